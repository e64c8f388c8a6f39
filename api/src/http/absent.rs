//! Variables that a request leaves out: an argument that such a variable was to fill is one that is not given, so that
//! the default of the schema holds. Left to the library it would be null, which many an argument cannot be.

use std::collections::HashSet;

use async_graphql::Name;
use async_graphql::parser::types::{
    Directive, ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Positioned, parser::types::VariableDefinition};
use async_graphql_value::Value as Literal;
use serde_json::{Map, Value};

/// The document without the arguments and fields of inputs that are variables left out of the request; none if there
/// are no such variables. The document itself, which others may share, stays as it is.
///
/// A variable that was used nowhere else is no longer declared either: the validator refuses those that nothing uses. So
/// nothing looks at its type, which the next request that gives it will find wrong.
pub(super) fn without(
    document: &ExecutableDocument,
    operation_name: Option<&str>,
    variables: &Map<String, Value>,
) -> Option<ExecutableDocument> {
    let meant = |name: Option<&Name>| {
        operation_name.is_none_or(|meant| name.is_some_and(|name| name == meant))
    };
    let (_, operation) = document.operations.iter().find(|(name, _)| meant(*name))?;
    let absent = left_out(&operation.node, variables);
    if absent.is_empty() {
        return None;
    }
    let mut document = document.clone();
    let mut taken = HashSet::new();
    let mut take = |set: &mut SelectionSet| take_from(set, &absent, &mut taken);
    for (name, operation) in operations(&mut document) {
        if meant(name) {
            take(&mut operation.node.selection_set.node);
        }
    }
    for fragment in document.fragments.values_mut() {
        take(&mut fragment.node.selection_set.node);
    }
    let mut by_fragments = HashSet::new();
    for fragment in document.fragments.values() {
        used_by_directives(&fragment.node.directives, &mut by_fragments);
        used(&fragment.node.selection_set.node, &mut by_fragments);
    }
    for (_, operation) in operations(&mut document) {
        let operation = &mut operation.node;
        let mut still = by_fragments.clone();
        used_by_directives(&operation.directives, &mut still);
        used(&operation.selection_set.node, &mut still);
        let declared = |variable: &Positioned<VariableDefinition>| {
            let name = &variable.node.name.node;
            still.contains(name) || !taken.contains(name)
        };
        operation.variable_definitions.retain(declared);
    }
    Some(document)
}

/// The variables of an operation that may be left out, have no default of their own, and were left out.
fn left_out(operation: &OperationDefinition, variables: &Map<String, Value>) -> HashSet<Name> {
    let declared = operation.variable_definitions.iter().map(|one| &one.node);
    declared
        .filter(|one| one.var_type.node.nullable && one.default_value.is_none())
        .map(|one| &one.name.node)
        .filter(|name| !variables.contains_key(name.as_str()))
        .cloned()
        .collect()
}

fn operations(
    document: &mut ExecutableDocument,
) -> Vec<(Option<&Name>, &mut Positioned<OperationDefinition>)> {
    use async_graphql::parser::types::DocumentOperations::{Multiple, Single};
    match &mut document.operations {
        Single(operation) => vec![(None, operation)],
        Multiple(named) => named
            .iter_mut()
            .map(|(name, one)| (Some(name), one))
            .collect(),
    }
}

/// Take the arguments that are absent out of a selection, and note which variables they were.
fn take_from(set: &mut SelectionSet, absent: &HashSet<Name>, taken: &mut HashSet<Name>) {
    for item in &mut set.items {
        match &mut item.node {
            Selection::Field(field) => {
                let field = &mut field.node;
                field
                    .arguments
                    .retain_mut(|(_, value)| stays(&mut value.node, absent, taken));
                take_from(&mut field.selection_set.node, absent, taken);
            }
            Selection::InlineFragment(inline) => {
                take_from(&mut inline.node.selection_set.node, absent, taken);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

/// Whether a value is there; what is absent inside it is taken out. An item of a list stays: there it is null.
fn stays(value: &mut Literal, absent: &HashSet<Name>, taken: &mut HashSet<Name>) -> bool {
    match value {
        Literal::Variable(name) if absent.contains(name) => {
            let _ = taken.insert(name.clone());
            return false;
        }
        Literal::Object(fields) => fields.retain(|_, value| stays(value, absent, taken)),
        Literal::List(items) => {
            for item in items {
                if !matches!(item, Literal::Variable(_)) {
                    let _ = stays(item, absent, taken);
                }
            }
        }
        _ => {}
    }
    true
}

/// Note which variables a selection uses, its fragments apart.
fn used(set: &SelectionSet, names: &mut HashSet<Name>) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => {
                let field = &field.node;
                for (_, value) in &field.arguments {
                    used_by(&value.node, names);
                }
                used_by_directives(&field.directives, names);
                used(&field.selection_set.node, names);
            }
            Selection::InlineFragment(inline) => {
                used_by_directives(&inline.node.directives, names);
                used(&inline.node.selection_set.node, names);
            }
            Selection::FragmentSpread(spread) => {
                used_by_directives(&spread.node.directives, names);
            }
        }
    }
}

fn used_by_directives(directives: &[Positioned<Directive>], names: &mut HashSet<Name>) {
    for directive in directives {
        for (_, value) in &directive.node.arguments {
            used_by(&value.node, names);
        }
    }
}

fn used_by(value: &Literal, names: &mut HashSet<Name>) {
    match value {
        Literal::Variable(name) => {
            let _ = names.insert(name.clone());
        }
        Literal::Object(fields) => fields.values().for_each(|value| used_by(value, names)),
        Literal::List(items) => items.iter().for_each(|value| used_by(value, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;
    use serde_json::json;

    #[test]
    fn what_a_variable_left_out_was_to_fill_is_not_given() {
        for (document, name, variables, expected) in [
            (
                "query($m: Int) { a(b: $m, c: 1) }",
                None,
                json!({}),
                Some("{ a(c: 1) }"),
            ),
            (
                "query($m: Int) { a(b: $m) }",
                None,
                json!({ "m": null }),
                None,
            ),
            ("query($m: Int = 3) { a(b: $m) }", None, json!({}), None),
            ("query($m: Int!) { a(b: $m) }", None, json!({}), None),
            ("{ a }", None, json!({}), None),
            (
                "query($m: Int, $n: Int) { a { b(c: { d: $m, e: [{ f: $m, g: $n }] }) } }",
                None,
                json!({ "n": 1 }),
                Some("query($n: Int) { a { b(c: { e: [{ g: $n }] }) } }"),
            ),
            // In a list it is null, and stays declared; so does one that only a directive uses, and one nothing uses.
            (
                "query($m: Int) { a(b: [$m], c: $m) }",
                None,
                json!({}),
                Some("query($m: Int) { a(b: [$m]) }"),
            ),
            (
                "query($m: Boolean, $n: Int) { a(b: $m) @include(if: $m) }",
                None,
                json!({}),
                Some("query($m: Boolean, $n: Int) { a @include(if: $m) }"),
            ),
            // A fragment is shared: the other operation loses what only the fragment used.
            (
                "query A($m: Int) { ...f } query B($m: Int!, $n: Int) { ...f c(d: $n) } fragment f on T { ... { a(b: $m) } }",
                Some("A"),
                json!({}),
                Some(
                    "query A { ...f } query B($n: Int) { ...f c(d: $n) } fragment f on T { ... { a } }",
                ),
            ),
        ] {
            let Value::Object(variables) = variables else {
                unreachable!("each is an object")
            };
            let parsed = parse_query(document).expect("a document");
            let before = format!("{parsed:?}");
            let made = without(&parsed, name, &variables);
            assert_eq!(
                format!("{parsed:?}"),
                before,
                "the shared document is left alone"
            );
            let bare = |document: &ExecutableDocument| parts(document);
            let expected = expected.map(|text| parts(&parse_query(text).expect("a document")));
            assert_eq!(made.as_ref().map(bare), expected, "{document}");
        }
    }

    /// What a document says, without the places where it says it.
    fn parts(document: &ExecutableDocument) -> Vec<String> {
        let mut parts: Vec<String> = document
            .operations
            .iter()
            .map(|(name, operation)| {
                let declared = operation.node.variable_definitions.iter();
                let declared: Vec<&str> = declared.map(|one| one.node.name.node.as_str()).collect();
                format!(
                    "{name:?} {declared:?} {}",
                    written(&operation.node.selection_set.node)
                )
            })
            .collect();
        let fragments = document.fragments.values();
        parts.extend(fragments.map(|one| written(&one.node.selection_set.node)));
        parts.sort_unstable();
        parts
    }

    fn written(set: &SelectionSet) -> String {
        let items = set.items.iter().map(|item| match &item.node {
            Selection::Field(field) => {
                let field = &field.node;
                let arguments = field.arguments.iter();
                let arguments: Vec<String> = arguments
                    .map(|(name, value)| format!("{}: {}", name.node, value.node))
                    .collect();
                let directives = field.directives.len();
                format!(
                    "{} {arguments:?} {directives} {}",
                    field.name.node,
                    written(&field.selection_set.node)
                )
            }
            Selection::InlineFragment(inline) => written(&inline.node.selection_set.node),
            Selection::FragmentSpread(spread) => spread.node.fragment_name.node.to_string(),
        });
        items.collect::<Vec<_>>().join(" ")
    }
}
