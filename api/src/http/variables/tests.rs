use super::*;
use async_graphql::parser::parse_query;

/// The variables of a document over a schema with an enum and an input object.
fn variables(declared: &str) -> Vec<Variable> {
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
    let inputs = Inputs(known.map(|(name, kind)| (name.to_owned(), kind)).into());
    let document = parse_query(format!("query A({declared}) {{ a }}")).expect("a document");
    let (_, operation) = document.operations.iter().next().expect("an operation");
    inputs.variables(&operation.node)
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
