//! Several requests in one body.

use serde_json::{Value, json};

use crate::{GRAPHQL, JSON, code, serving};

fn pages(alias: &str) -> Value {
    json!({ "query": format!("{{ {alias}: status {{ pages }} }}") })
}

#[test]
fn a_list_of_requests_is_refused_with_the_option_that_allows_it() {
    let (_database, server) = serving(&[]);
    let body = json!([pages("a")]).to_string();
    let answer = server.post("/graphql", &[JSON, GRAPHQL], &body);
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(code(&answer), "BATCH_TOO_LARGE", "{}", answer.body);
    assert!(answer.body.contains("--batch"), "{}", answer.body);
}

#[test]
fn requests_of_a_list_are_answered_in_their_order_each_for_itself() {
    let (_database, server) = serving(&["--batch", "5"]);
    let post = |body: Value| server.post("/graphql", &[JSON, GRAPHQL], &body.to_string());
    let mixed = post(json!([pages("a"), { "query": "{ moon }" }, pages("b"), 7, { "query": "{" }]));
    assert_eq!(mixed.status, 200, "{}", mixed.body);
    let answers = mixed.json();
    assert_eq!(answers.as_array().map(Vec::len), Some(5), "{answers}");
    assert_eq!(answers[0]["data"]["a"]["pages"], 0, "{answers}");
    assert_eq!(answers[2]["data"]["b"]["pages"], 0, "{answers}");
    for (place, expected) in [
        (1, "GRAPHQL_VALIDATION_FAILED"),
        (3, "BAD_REQUEST"),
        (4, "GRAPHQL_PARSE_FAILED"),
    ] {
        assert_eq!(
            answers[place]["errors"][0]["extensions"]["code"], expected,
            "{answers}"
        );
        assert!(answers[place].get("data").is_none(), "{answers}");
    }
    let many = post(json!(vec![pages("a"); 6]));
    assert_eq!(
        (many.status, code(&many).as_str()),
        (400, "BATCH_TOO_LARGE"),
        "{}",
        many.body
    );
    let none = post(json!([]));
    assert_eq!(
        (none.status, code(&none).as_str()),
        (400, "BAD_REQUEST"),
        "{}",
        none.body
    );
    let one = post(pages("a"));
    assert_eq!(
        one.json()["data"]["a"]["pages"],
        0,
        "one request is not a list: {}",
        one.body
    );
}
