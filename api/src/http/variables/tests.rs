use super::*;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::ExecutableDocument;

/// The variables of a document over a schema with an enum and an input object.
fn variables(declared: &str) -> Vec<Variable> {
    let document = document(declared);
    let (_, operation) = document.operations.iter().next().expect("an operation");
    inputs().variables(&operation.node)
}

fn document(declared: &str) -> ExecutableDocument {
    parse_query(format!("query A({declared}) {{ a }}")).expect("a document")
}

fn inputs() -> Inputs {
    let known = [
        ("Int", Kind::Int),
        ("Float", Kind::Float),
        ("Boolean", Kind::Boolean),
        ("Date", Kind::Date),
        (
            "Order",
            Kind::Enum(vec!["TITLE".to_owned(), "DATE".to_owned()]),
        ),
        ("Filter", Kind::Object),
    ];
    Inputs(known.map(|(name, kind)| (name.to_owned(), kind)).into())
}

fn read(declared: &str, parameters: &[(&str, &str)]) -> Result<Value, String> {
    let owned: Vec<_> = parameters
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    given(&variables(declared), &owned).map(Value::Object)
}

#[test]
fn a_parameter_is_read_by_the_type_of_its_variable() {
    for (declared, parameters, expected) in [
        ("$a: Int!", &[("a", "-5")][..], json!({ "a": -5 })),
        ("$a: Float", &[("a", "0.5")], json!({ "a": 0.5 })),
        ("$a: Boolean", &[("a", "true")], json!({ "a": true })),
        ("$a: String", &[("a", "5, true")], json!({ "a": "5, true" })),
        ("$a: ID!", &[("a", "7")], json!({ "a": "7" })),
        (
            "$a: Date",
            &[("a", "2024-02-29")],
            json!({ "a": "2024-02-29" }),
        ),
        ("$a: Order", &[("a", "TITLE")], json!({ "a": "TITLE" })),
        (
            "$a: Filter",
            &[("a", r#"{"b":[1]}"#)],
            json!({ "a": { "b": [1] } }),
        ),
        (
            "$a: [Int!]",
            &[("a", "1,2"), ("a", "3")],
            json!({ "a": [1, 2, 3] }),
        ),
        (
            "$a: [String!]",
            &[("a", r#"["x, y"]"#)],
            json!({ "a": ["x, y"] }),
        ),
        (
            "$a: [Filter!]",
            &[("a", r#"{"b":1,"c":2}"#)],
            json!({ "a": [{ "b": 1, "c": 2 }] }),
        ),
        ("$a: Int = 3", &[], json!({})),
        ("$a: Int! = 3", &[("a", "")], json!({})),
        ("$a: String", &[("a", "")], json!({})),
    ] {
        assert_eq!(
            read(declared, parameters),
            Ok(expected),
            "{declared} {parameters:?}"
        );
    }
}

#[test]
fn a_value_that_does_not_fit_is_named_with_what_would() {
    for (declared, parameters, words) in [
        ("$a: Int!", &[][..], &["a is missing", "Int!"][..]),
        ("$a: Int!", &[("a", "")], &["a is missing"]),
        (
            "$a: Int",
            &[("a", "ten")],
            &["a is \"ten\"", "whole number"],
        ),
        ("$a: Int", &[("a", "3000000000")], &["whole number"]),
        (
            "$a: Int",
            &[("a", "1"), ("a", "2")],
            &["a is given 2 times"],
        ),
        ("$a: Float", &[("a", "NaN")], &["a number"]),
        ("$a: Boolean", &[("a", "yes")], &["true or false"]),
        ("$a: Date", &[("a", "2024-02-30")], &["a day like"]),
        ("$a: Order", &[("a", "title")], &["one of TITLE, DATE"]),
        ("$a: [Order!]", &[("a", "TITLE,SIZE")], &["a is \"SIZE\""]),
        ("$a: Filter", &[("a", "[1]")], &["an object in JSON"]),
        ("$a: [Int]", &[("a", "[1")], &["a list in JSON"]),
        (
            "$a: Int",
            &[("b", "1")],
            &["no variable b", "expected one of: a"],
        ),
    ] {
        let said = read(declared, parameters).expect_err(declared);
        assert!(
            words.iter().all(|word| said.contains(word)),
            "{declared}: {said}"
        );
    }
}

#[test]
fn a_value_that_cannot_be_of_the_type_of_its_variable_is_told() {
    for (declared, value, words) in [
        (
            "$a: Filter",
            json!("x"),
            Some("$a is \"x\"; expected an object"),
        ),
        ("$a: Filter!", json!(1), Some("as its type is Filter!")),
        ("$a: Filter", json!({ "b": 1 }), None),
        ("$a: Filter", json!(null), None),
        ("$a: [Filter!]", json!([{}, true]), Some("$a is true")),
        ("$a: [Filter!]", json!([{}, {}]), None),
        ("$a: [Filter!]", json!({}), None),
        ("$a: Order", json!("TITLE"), None),
        (
            "$a: Order",
            json!("title"),
            Some("expected one of TITLE, DATE"),
        ),
        ("$a: Order", json!({ "TITLE": 1 }), Some("expected one of")),
        ("$a: [Order!]", json!(["DATE", 2]), Some("$a is 2")),
        ("$a: Int", json!("x"), None),
        ("$a: Unknown", json!("x"), None),
    ] {
        let document = document(declared);
        let (_, operation) = document.operations.iter().next().expect("an operation");
        let given = Map::from_iter([("a".to_owned(), value.clone())]);
        let said = inputs().misfit(&operation.node, &given);
        match (said.map(|(_, said)| said), words) {
            (None, None) => {}
            (Some(said), Some(words)) => assert!(said.contains(words), "{said}"),
            (said, words) => panic!("{declared} {value}: {said:?}, not {words:?}"),
        }
    }
}
