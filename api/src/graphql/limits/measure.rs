//! One walk over a document that measures all that is bounded, each fragment once.
//!
//! A fragment is measured apart from where it is used: whatever depends on that is kept as a number to be multiplied
//! later ([`Measure::per_item`]). So a document of doubling fragments takes no longer than it is long.

use std::collections::HashMap;

use async_graphql::parser::types::{
    ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::{Name, Value, Variables};
use async_graphql_value::Value as Literal;

use super::introspection;
use super::prices::{Prices, Size, TypeId, natural, of_argument};

/// Longest way through selections and fragments. Each step is one level of the validator's stack.
pub(super) const STEPS: u64 = 100;

/// What was measured of a selection, fragments put in place. Sums, but for what says deepest or largest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Measure {
    /// Cost of all that is there once.
    pub(super) cost: u64,
    /// Cost of what is there for each item of the connection around it.
    pub(super) per_item: u64,
    /// Cost of what is asked about the schema.
    pub(super) introspection: u64,
    /// Deepest nesting of fields.
    pub(super) depth: u64,
    /// Deepest nesting of fields that ask about the schema.
    pub(super) introspection_depth: u64,
    /// Deepest nesting of lists of the schema that lead on to types.
    pub(super) introspection_lists: u64,
    /// Fields, spreads and inline fragments.
    pub(super) selections: u64,
    /// Fields under another name.
    pub(super) aliases: u64,
    /// Directives.
    pub(super) directives: u64,
    /// Fields on the outermost level.
    pub(super) roots: u64,
    /// Largest page asked for.
    pub(super) page: u64,
    /// Longest way through selections and fragments.
    pub(super) steps: u64,
}

/// Why a document cannot be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unmeasurable {
    /// This fragment uses itself.
    Cycle(Name),
    /// The way through selections and fragments is too long.
    TooLong,
}

/// What the fields of a selection are fields of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parent {
    /// This type of the schema.
    Of(TypeId),
    /// A type that describes the schema: `__Type` and its like.
    Introspection,
    /// A type that is not there; the validator says so.
    Unknown,
}

/// Measure an operation of a document with these variables.
pub(super) fn measure(
    prices: &Prices,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
) -> Result<Measure, Unmeasurable> {
    let root = match operation.ty {
        OperationType::Query => 0,
        OperationType::Mutation => 1,
        OperationType::Subscription => 2,
    };
    let parent = prices.roots[root].map_or(Parent::Unknown, Parent::Of);
    let mut walk = Walk {
        prices,
        document,
        operation,
        variables,
        fragments: HashMap::new(),
    };
    let mut measure = walk.set(&operation.selection_set.node, parent, 0)?;
    let declared = operation.variable_definitions.iter();
    let on_variables: usize = declared
        .map(|variable| variable.node.directives.len())
        .sum();
    measure.directives += (operation.directives.len() + on_variables) as u64;
    Ok(measure)
}

struct Walk<'a> {
    prices: &'a Prices,
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    /// Of each fragment met; none while it is being measured.
    fragments: HashMap<&'a Name, Option<Measure>>,
}

impl<'a> Walk<'a> {
    fn set(
        &mut self,
        set: &'a SelectionSet,
        parent: Parent,
        steps: u64,
    ) -> Result<Measure, Unmeasurable> {
        if steps > STEPS {
            return Err(Unmeasurable::TooLong);
        }
        let mut total = Measure::default();
        for item in &set.items {
            let (mut found, directives) = match &item.node {
                Selection::Field(field) => (
                    self.field(&field.node, parent, steps)?,
                    &field.node.directives,
                ),
                Selection::InlineFragment(inline) => {
                    let inline = &inline.node;
                    let within = match &inline.type_condition {
                        Some(condition) => self.parent(&condition.node.on.node),
                        None => parent,
                    };
                    let found = self.set(&inline.selection_set.node, within, steps + 1)?;
                    (found, &inline.directives)
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    (self.fragment(name, steps)?, &spread.node.directives)
                }
            };
            found.selections = found.selections.saturating_add(1);
            found.directives = found.directives.saturating_add(directives.len() as u64);
            found.steps += 1;
            total.add(&found);
        }
        // A fragment measured before may be used far from where it was: its own length counts too.
        if steps + total.steps > STEPS {
            return Err(Unmeasurable::TooLong);
        }
        Ok(total)
    }

    fn parent(&self, name: &str) -> Parent {
        if name.starts_with("__") {
            return Parent::Introspection;
        }
        self.prices.named(name).map_or(Parent::Unknown, Parent::Of)
    }

    fn fragment(&mut self, name: &'a Name, steps: u64) -> Result<Measure, Unmeasurable> {
        match self.fragments.get(name) {
            Some(Some(measured)) => return Ok(*measured),
            Some(None) => return Err(Unmeasurable::Cycle(name.clone())),
            None => {}
        }
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(Measure::default());
        };
        let fragment: &'a FragmentDefinition = &fragment.node;
        self.fragments.insert(name, None);
        let parent = self.parent(&fragment.type_condition.node.on.node);
        let mut measured = self.set(&fragment.selection_set.node, parent, steps + 1)?;
        measured.directives = measured
            .directives
            .saturating_add(fragment.directives.len() as u64);
        self.fragments.insert(name, Some(measured));
        Ok(measured)
    }

    fn field(
        &mut self,
        field: &'a Field,
        parent: Parent,
        steps: u64,
    ) -> Result<Measure, Unmeasurable> {
        let name = field.name.node.as_str();
        let set = &field.selection_set.node;
        if parent == Parent::Introspection || name == "__schema" || name == "__type" {
            let below = self.set(set, Parent::Introspection, steps + 1)?;
            return Ok(
                introspection::field(name, parent != Parent::Introspection, below).named(field),
            );
        }
        let price = match parent {
            Parent::Of(of) => self.prices.field(of, name),
            Parent::Introspection | Parent::Unknown => None,
        };
        let within = price
            .and_then(|price| price.of)
            .map_or(Parent::Unknown, Parent::Of);
        let below = self.set(set, within, steps + 1)?;
        let mut total = Measure {
            depth: below.depth + 1,
            roots: 1,
            ..below
        };
        let Some(price) = price else {
            total.cost = total.cost.saturating_add(u64::from(name == "__typename"));
            return Ok(total.named(field));
        };
        let weight = price.weight + self.extra(field);
        let (times, page) = match price.size {
            Size::One | Size::Items => (1, None),
            Size::About(items) => (items, None),
            Size::Ids => {
                let ids = self.ids(field);
                (ids, Some(ids))
            }
            Size::Rows(default) => (self.page(field).unwrap_or(default), None),
            Size::Page(default) | Size::Connection(default) => {
                let size = self.page(field).unwrap_or(default);
                (size, Some(size))
            }
        };
        total.page = total.page.max(page.unwrap_or(0));
        (total.cost, total.per_item) = match price.size {
            Size::Items => {
                let each = below.cost.saturating_add(below.per_item);
                (0, weight.saturating_add(each))
            }
            Size::Connection(_) => {
                let items = below.per_item.saturating_mul(times);
                (weight.saturating_add(below.cost).saturating_add(items), 0)
            }
            _ => {
                let each = below.cost.saturating_add(below.per_item);
                (weight.saturating_add(each.saturating_mul(times)), 0)
            }
        };
        Ok(total.named(field))
    }

    /// What the arguments of a field add to its cost.
    fn extra(&self, field: &Field) -> u64 {
        let arguments = field.arguments.iter();
        let each = arguments.map(|(name, value)| {
            let within = match &value.node {
                Literal::Object(fields) => given(fields, |value| *value != Literal::Null),
                Literal::Variable(name) => match self.variable(name) {
                    Some(Value::Object(fields)) => given(fields, |value| *value != Value::Null),
                    _ => 0,
                },
                _ => 0,
            };
            of_argument(&name.node).saturating_add(within)
        });
        each.fold(0, u64::saturating_add)
    }

    /// How many items `first` or `last` asks for, if either does.
    fn page(&self, field: &Field) -> Option<u64> {
        let size = |name: &str| match field.get_argument(name).map(|value| &value.node)? {
            Literal::Number(number) => number.as_u64(),
            Literal::Variable(name) => self.variable(name).and_then(natural),
            _ => None,
        };
        size("first").max(size("last"))
    }

    /// How many ids the argument `ids` names.
    fn ids(&self, field: &Field) -> u64 {
        match field.get_argument("ids").map(|value| &value.node) {
            Some(Literal::List(ids)) => ids.len() as u64,
            Some(Literal::Variable(name)) => match self.variable(name) {
                Some(Value::List(ids)) => ids.len() as u64,
                _ => 1,
            },
            _ => 1,
        }
    }

    /// The value of a variable, or else the one that the operation gives it.
    fn variable(&self, name: &Name) -> Option<&Value> {
        self.variables.get(name).or_else(|| {
            let mut declared = self.operation.variable_definitions.iter();
            let found = declared.find(|variable| variable.node.name.node == *name)?;
            found.node.default_value.as_ref().map(|value| &value.node)
        })
    }
}

/// What the names of an input object's fields add, where a value is given.
fn given<'v, V: 'v>(
    fields: impl IntoIterator<Item = (&'v Name, &'v V)>,
    there: impl Fn(&V) -> bool,
) -> u64 {
    let given = fields.into_iter().filter(|(_, value)| there(value));
    given
        .map(|(name, _)| of_argument(name))
        .fold(0, u64::saturating_add)
}

impl Measure {
    /// Take another selection of the same set into account.
    fn add(&mut self, other: &Self) {
        for (sum, more) in [
            (&mut self.cost, other.cost),
            (&mut self.per_item, other.per_item),
            (&mut self.introspection, other.introspection),
            (&mut self.selections, other.selections),
            (&mut self.aliases, other.aliases),
            (&mut self.directives, other.directives),
            (&mut self.roots, other.roots),
        ] {
            *sum = sum.saturating_add(more);
        }
        for (most, other) in [
            (&mut self.depth, other.depth),
            (&mut self.introspection_depth, other.introspection_depth),
            (&mut self.introspection_lists, other.introspection_lists),
            (&mut self.page, other.page),
            (&mut self.steps, other.steps),
        ] {
            *most = other.max(*most);
        }
    }

    /// Count the other name of a field.
    fn named(mut self, field: &Field) -> Self {
        self.aliases = self
            .aliases
            .saturating_add(u64::from(field.alias.is_some()));
        self
    }
}
