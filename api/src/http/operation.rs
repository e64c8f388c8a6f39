//! The one operation of a document that a request means.

use async_graphql::Name;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition};
use serde_json::{Map, Value};

/// The operation of this name; without a name, the only one. Else what would be right.
pub(super) fn meant<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a OperationDefinition, String> {
    let names = || {
        let named = document.operations.iter().filter_map(|(name, _)| name);
        let mut names: Vec<_> = named.map(Name::as_str).collect();
        names.sort_unstable();
        names.join(", ")
    };
    let mut operations = document.operations.iter();
    match (name, operations.next(), operations.next()) {
        (Some(name), ..) => {
            let found = document
                .operations
                .iter()
                .find(|(found, _)| found.map(Name::as_str) == Some(name));
            found.map(|(_, operation)| &operation.node).ok_or_else(|| {
                format!(
                    "the document has no operation {name:?}; it has: {}",
                    names()
                )
            })
        }
        (None, Some((_, operation)), None) => Ok(&operation.node),
        (None, ..) => Err(format!(
            "the document has several operations; expected operationName to be one of: {}",
            names()
        )),
    }
}

/// What to say of the first variable that the operation needs and nobody gave.
pub(super) fn missing(
    operation: &OperationDefinition,
    variables: &Map<String, Value>,
) -> Option<(async_graphql::Pos, String)> {
    operation.variable_definitions.iter().find_map(|variable| {
        let (name, wanted) = (&variable.node.name.node, &variable.node.var_type.node);
        let given = variables.get(name.as_str());
        let lacks = match given {
            None => !wanted.nullable && variable.node.default_value.is_none(),
            Some(value) => !wanted.nullable && value.is_null(),
        };
        let how = if given.is_some() { "null" } else { "missing" };
        lacks.then(|| {
            let message = format!("the variable ${name} is {how}; expected a value of {wanted}");
            (variable.pos, message)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;
    use serde_json::json;

    #[test]
    fn the_operation_that_is_meant_is_found_by_its_name_or_by_being_alone() {
        for (document, name, found) in [
            ("{ a }", None, Ok(1)),
            ("query A { a }", None, Ok(1)),
            ("query A { a }", Some("A"), Ok(1)),
            ("query A { a } query B { a b }", Some("B"), Ok(2)),
            ("query A { a } query B { a b }", None, Err("A, B")),
            ("query A { a }", Some("C"), Err("it has: A")),
            ("{ a }", Some("A"), Err("no operation")),
        ] {
            let document = parse_query(document).expect("a document");
            let fields = meant(&document, name).map(|found| found.selection_set.node.items.len());
            match (fields, found) {
                (Ok(fields), Ok(expected)) => assert_eq!(fields, expected),
                (Err(message), Err(words)) => assert!(message.contains(words), "{message}"),
                (got, expected) => panic!("{got:?}, not {expected:?}"),
            }
        }
    }

    #[test]
    fn a_variable_that_must_be_given_is_named_when_it_is_not() {
        let document = parse_query("query A($a: Int!, $b: Int, $c: [ID!]! = [\"1\"]) { a }");
        let document = document.expect("a document");
        let operation = meant(&document, None).expect("one operation");
        for (variables, words) in [
            (json!({}), Some("$a is missing; expected a value of Int!")),
            (json!({ "a": null }), Some("$a is null")),
            (json!({ "a": 1 }), None),
            (json!({ "a": 1, "b": null }), None),
            (
                json!({ "a": 1, "c": null }),
                Some("$c is null; expected a value of [ID!]!"),
            ),
        ] {
            let Value::Object(variables) = variables else {
                unreachable!("each is an object")
            };
            let said = missing(operation, &variables).map(|(_, message)| message);
            match (said, words) {
                (None, None) => {}
                (Some(said), Some(words)) => assert!(said.contains(words), "{said}"),
                (said, words) => panic!("{said:?}, not {words:?}"),
            }
        }
    }
}
