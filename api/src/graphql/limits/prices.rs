//! What each field costs, and how many things it brings: read out of the schema, with one table of exceptions.
//!
//! The rules, which `docs/limits.md` tells to users:
//! - a field costs 1, or what [`WEIGHTS`] says;
//! - what is selected below a list costs that much for each of its items: as many as `first` or `last` asks for, or as
//!   `ids` names, or else as many as [`SIZES`] says. A list that [`SIZES`] knows is no page, however many `first` asks for;
//! - in a connection that is so for `nodes` and `edges`, and for nothing else of it.

use std::collections::HashMap;
use std::sync::LazyLock;

use async_graphql::Value;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, ServiceDocument, Type, TypeKind, TypeSystemDefinition,
};

/// Fields that cost more than 1, by name, whatever type they are of: each is a statement or a search of its own, or
/// much text.
const WEIGHTS: [(&str, u64); 13] = [
    ("articleCounts", 50),
    ("body", 5),
    ("digest", 50),
    ("facets", 50),
    ("highlights", 5),
    ("lines", 50),
    ("paragraphs", 5),
    ("rejectedLines", 20),
    ("related", 20),
    ("search", 50),
    ("status", 20),
    ("text", 2),
    ("totalCount", 20),
];

/// How many items a list has whose arguments do not say it, where that is not [`LIST`].
const SIZES: [(&str, u64); 6] = [
    ("highlights", 3),
    ("spans", 5),
    ("lines", 100),
    ("rejectedLines", 50),
    ("articleCounts", 50),
    ("topics", 20),
];

/// How many items a list has whose arguments do not say it.
const LIST: u64 = 10;

/// Items on a page when neither `first` nor `last` is given, here or in the schema.
const PAGE: u64 = 20;

/// How many things a field brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// One, or none.
    One,
    /// A list of about so many.
    About(u64),
    /// A list as long as its argument `ids`.
    Ids,
    /// A list of as many as `first` or `last` says; so many if neither is given.
    Page(u64),
    /// Rows of a table that is counted as a whole, so no page: at most as many as `first` says; about so many if it does not.
    Rows(u64),
    /// A connection: its items are as many as `first` or `last` says; so many if neither is given.
    Connection(u64),
    /// The items of the connection around it.
    Items,
}

/// What one field costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price {
    /// Of the field itself.
    pub(super) weight: u64,
    /// What multiplies the cost of what is selected below it.
    pub(super) size: Size,
    /// The type of what it brings, if that has fields.
    pub(super) of: Option<TypeId>,
}

/// Which type of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TypeId(usize);

/// The price of every field of a schema.
#[derive(Debug, Default)]
pub(super) struct Prices {
    names: HashMap<String, TypeId>,
    fields: Vec<HashMap<String, Price>>,
    /// Types of query, mutation and subscription.
    pub(super) roots: [Option<TypeId>; 3],
}

/// The prices of the schema that is served.
pub(super) static PRICES: LazyLock<Prices> = LazyLock::new(|| Prices::of(&crate::graphql::sdl()));

impl Prices {
    /// The prices of a schema in the schema definition language; none, if it is not one.
    pub(super) fn of(schema: &str) -> Self {
        let document = parse_schema(schema).unwrap_or(ServiceDocument {
            definitions: Vec::new(),
        });
        let mut prices = Self::default();
        let mut roots = ["Query", "Mutation", "Subscription"].map(str::to_owned);
        let mut types = Vec::new();
        for definition in &document.definitions {
            match definition {
                TypeSystemDefinition::Type(definition) => {
                    let fields = match &definition.node.kind {
                        TypeKind::Object(object) => &object.fields[..],
                        TypeKind::Interface(interface) => &interface.fields,
                        TypeKind::Union(_) => &[],
                        _ => continue,
                    };
                    let name = definition.node.name.node.to_string();
                    prices.names.insert(name.clone(), TypeId(types.len()));
                    types.push((name, fields));
                }
                TypeSystemDefinition::Schema(definition) => {
                    let schema = &definition.node;
                    let named = [&schema.query, &schema.mutation, &schema.subscription];
                    for (root, named) in roots.iter_mut().zip(named) {
                        if let Some(named) = named {
                            *root = named.node.to_string();
                        }
                    }
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        prices.fields = types
            .into_iter()
            .map(|(name, fields)| {
                let fields = fields.iter().map(|field| &field.node);
                let priced =
                    fields.map(|field| (field.name.node.to_string(), prices.price(&name, field)));
                priced.collect()
            })
            .collect();
        prices.roots = roots.map(|name| prices.named(&name));
        prices
    }

    /// The type of this name.
    pub(super) fn named(&self, name: &str) -> Option<TypeId> {
        self.names.get(name).copied()
    }

    /// The price of a field of a type.
    pub(super) fn field(&self, of: TypeId, name: &str) -> Option<Price> {
        self.fields[of.0].get(name).copied()
    }

    fn price(&self, parent: &str, field: &FieldDefinition) -> Price {
        let name = field.name.node.as_str();
        let argument = |name: &str| {
            let mut arguments = field.arguments.iter().map(|argument| &argument.node);
            arguments.find(|argument| argument.name.node == name)
        };
        let (base, list) = innermost(&field.ty.node);
        let of = self.named(base);
        let page = argument("first").map(|first| match &first.default_value {
            Some(value) => natural(&value.node).unwrap_or(PAGE),
            None => PAGE,
        });
        let size = match (list, page) {
            _ if of.is_none() => Size::One,
            (false, Some(page)) => Size::Connection(page),
            (false, None) => Size::One,
            (true, Some(page)) => of_table(&SIZES, name).map_or(Size::Page(page), Size::Rows),
            (true, None) if argument("ids").is_some() => Size::Ids,
            (true, None) if parent.ends_with("Connection") => Size::Items,
            (true, None) => Size::About(of_table(&SIZES, name).unwrap_or(LIST)),
        };
        Price {
            weight: of_table(&WEIGHTS, name).unwrap_or(1),
            size,
            of,
        }
    }
}

/// What giving an argument adds to the cost of a field.
pub(super) fn of_argument(name: &str) -> u64 {
    match name {
        "search" => of_table(&WEIGHTS, name).unwrap_or(0),
        _ => 0,
    }
}

fn of_table(table: &[(&str, u64)], name: &str) -> Option<u64> {
    table
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, number)| *number)
}

/// A whole number, if it is one that is not below 0.
pub(super) fn natural(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

/// The name of what a type is made of, and whether it is a list of that.
fn innermost(ty: &Type) -> (&str, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.as_str(), false),
        BaseType::List(item) => (innermost(item).0, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_list_brings_is_read_out_of_the_schema() {
        let prices = Prices::of(
            "type Query { a(first: Int, last: Int): AConnection! b: [A!] c(ids: [ID!]!): [A]! d(first: Int = 5): [A!]! e: A f: [String!]! totalCount: Int! }
             type AConnection { nodes: [A!]! totalCount: Int! }
             interface A { id: ID! rejectedLines: [A!]! lines(first: Int = 100): [A!]! }
             schema { query: Query }",
        );
        let query = prices.roots[0].expect("a query type");
        for (name, size, weight) in [
            ("a", Size::Connection(20), 1),
            ("b", Size::About(10), 1),
            ("c", Size::Ids, 1),
            ("d", Size::Page(5), 1),
            ("e", Size::One, 1),
            ("f", Size::One, 1),
            ("totalCount", Size::One, 20),
        ] {
            let price = prices.field(query, name).expect(name);
            assert_eq!((price.size, price.weight), (size, weight), "{name}");
        }
        let within = |of: &str, name: &str| {
            let of = prices.named(of).expect(of);
            prices.field(of, name).expect(name).size
        };
        assert_eq!(within("AConnection", "nodes"), Size::Items);
        assert_eq!(within("A", "rejectedLines"), Size::About(50));
        assert_eq!(within("A", "lines"), Size::Rows(100));
        assert_eq!(prices.roots[1], None);
        assert!(prices.field(query, "z").is_none());
    }

    #[test]
    fn the_served_schema_has_prices() {
        let query = PRICES.roots[0].expect("a query type");
        let articles = PRICES.field(query, "articles").expect("articles");
        assert_eq!(articles.size, Size::Connection(20));
        assert!(articles.of.is_some());
        let counts = PRICES.field(query, "articleCounts").expect("articleCounts");
        assert_eq!(counts.size, Size::Rows(50));
    }
}
