//! Which status a request is answered with, by each media type; and which methods it may come by.

use serde_json::{Value, json};
use tests::client::Answer;

use crate::{GRAPHQL, JSON, LEGACY, ask, code, path, serving};

const QUERY: &str = "{ status { pages } }";

/// The requests that are wrong, each with its status and code for clients of `application/graphql-response+json`.
fn wrong() -> Vec<(&'static str, Value, u16, &'static str)> {
    let invalid = |query: &str| json!({ "query": query });
    let with = |variables: Value| json!({ "query": "query A($n: Int!) { articles(first: $n) { totalCount } }", "variables": variables });
    vec![
        ("a syntax error", invalid("{"), 400, "GRAPHQL_PARSE_FAILED"),
        (
            "no document at all",
            invalid(""),
            400,
            "GRAPHQL_PARSE_FAILED",
        ),
        (
            "an unknown field",
            invalid("{ moon }"),
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "an argument of another type",
            invalid("{ articles(first: \"ten\") { totalCount } }"),
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "a variable that is missing",
            with(json!({})),
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "a variable that is null",
            with(json!({ "n": null })),
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "a variable of another type",
            with(json!({ "n": "ten" })),
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "text in a variable of an input object",
            json!({ "query": "query A($f: ArticleFilter) { articles(filter: $f) { totalCount } }", "variables": { "f": "x" } }),
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "a number in a variable of an enum",
            json!({ "query": "query A($g: [ArticleGroup!]!) { articleCounts(groupBy: $g) { count } }", "variables": { "g": [1] } }),
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "a day that is none",
            invalid("{ articles(filter: { publishedFrom: \"yesterday\" }) { totalCount } }"),
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "a day in a variable that is none",
            json!({ "query": "query A($d: Date) { articles(filter: { publishedFrom: $d }) { totalCount } }", "variables": { "d": "2026-02-30" } }),
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "an operation that is not there",
            json!({ "query": "query A { status { pages } }", "operationName": "B" }),
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "several operations and no name",
            invalid("query A { status { pages } } query B { status { pages } }"),
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
    ]
}

/// Requests that are not GraphQL over HTTP, whatever is accepted.
fn malformed() -> Vec<(&'static str, &'static str)> {
    vec![
        ("no query", "{}"),
        ("a query that is no text", "{ \"query\": 1 }"),
        (
            "variables that are no object",
            "{ \"query\": \"{ status { pages } }\", \"variables\": [] }",
        ),
        (
            "extensions that are no object",
            "{ \"query\": \"{ status { pages } }\", \"extensions\": 1 }",
        ),
        (
            "an operation name that is no text",
            "{ \"query\": \"{ status { pages } }\", \"operationName\": {} }",
        ),
        ("no JSON", "status"),
        ("no object", "\"{ status { pages } }\""),
        ("an empty body", ""),
    ]
}

/// An answer without data: one error at least, each with a code, and no `data`.
#[track_caller]
fn has_only_errors(what: &str, answer: &Answer) {
    let body = answer.json();
    assert!(body.get("data").is_none(), "{what}: {body}");
    let errors = body["errors"].as_array().expect("errors");
    assert!(!errors.is_empty(), "{what}: {body}");
    for error in errors {
        assert!(error["extensions"]["code"].is_string(), "{what}: {body}");
        assert!(error["message"].is_string(), "{what}: {body}");
    }
}

#[test]
fn what_is_wrong_with_a_request_decides_its_status() {
    let (_database, server) = serving(&[]);
    for (what, body, status, expected) in wrong() {
        let answer = server.post("/graphql", &[JSON, GRAPHQL], &body.to_string());
        assert_eq!(answer.status, status, "{what}: {}", answer.body);
        assert_eq!(code(&answer), expected, "{what}: {}", answer.body);
        has_only_errors(what, &answer);
        assert_eq!(
            what.starts_with("a day"),
            answer.body.contains("a day like \\\"2026-11-22\\\""),
            "{what}: {}",
            answer.body
        );
        for accept in [&[JSON, LEGACY][..], &[JSON]] {
            let legacy = server.post("/graphql", accept, &body.to_string());
            assert_eq!(legacy.status, 200, "{what}: {}", legacy.body);
            assert_eq!(legacy.json(), answer.json(), "{what}");
        }
    }
    for (what, body) in malformed() {
        for accept in [GRAPHQL, LEGACY] {
            let answer = server.post("/graphql", &[JSON, accept], body);
            assert_eq!(answer.status, 400, "{what}: {}", answer.body);
            assert_eq!(code(&answer), "BAD_REQUEST", "{what}: {}", answer.body);
            has_only_errors(what, &answer);
        }
    }
}

#[test]
fn a_query_is_answered_with_200_in_the_media_type_it_accepts() {
    let (_database, server) = serving(&[]);
    let body = json!({ "query": QUERY }).to_string();
    for (accept, status, media) in [
        (
            Some("application/graphql-response+json"),
            200,
            "application/graphql-response+json; charset=utf-8",
        ),
        (
            Some("application/json"),
            200,
            "application/json; charset=utf-8",
        ),
        (Some("*/*"), 200, "application/json; charset=utf-8"),
        (
            Some("application/*"),
            200,
            "application/json; charset=utf-8",
        ),
        (None, 200, "application/json; charset=utf-8"),
        (
            Some("application/json;q=0.5, application/graphql-response+json"),
            200,
            "application/graphql-response+json; charset=utf-8",
        ),
        (Some("image/png"), 406, "text/plain; charset=utf-8"),
    ] {
        let mut headers = vec![("Content-Type", "application/json; charset=utf-8")];
        headers.extend(accept.map(|accept| ("Accept", accept)));
        let answer = server.post("/graphql", &headers, &body);
        assert_eq!(answer.status, status, "{accept:?}: {}", answer.body);
        assert_eq!(answer.header("content-type"), media, "{accept:?}");
        assert!(
            answer.header("vary").contains("accept") || status == 406,
            "{accept:?}: {:?}",
            answer.headers
        );
    }
}

#[test]
fn what_is_not_valid_gets_400_when_the_operator_says_so() {
    let (_database, server) = serving(&["--validation-status", "400"]);
    for (what, body, _, expected) in wrong() {
        let answer = server.post("/graphql", &[JSON, GRAPHQL], &body.to_string());
        assert_eq!(answer.status, 400, "{what}: {}", answer.body);
        assert_eq!(code(&answer), expected, "{what}: {}", answer.body);
    }
}

#[test]
fn what_another_site_could_send_is_not_read() {
    let (_database, server) = serving(&[]);
    let query = json!({ "query": QUERY }).to_string();
    for (what, headers, body) in [
        (
            "plain text",
            &[("Content-Type", "text/plain")][..],
            query.as_str(),
        ),
        (
            "plain text that says it is JSON",
            &[("Content-Type", "text/plain; application/json")],
            &query,
        ),
        (
            "a form",
            &[("Content-Type", "application/x-www-form-urlencoded")],
            "query=%7Bstatus%7Bpages%7D%7D",
        ),
        (
            "a form with files",
            &[("Content-Type", "multipart/form-data; boundary=a")],
            "--a\r\n\r\n--a--",
        ),
        ("no content type", &[], &query),
        (
            "JSON in another encoding",
            &[("Content-Type", "application/json; charset=utf-16")],
            &query,
        ),
        (
            "GraphQL as itself",
            &[("Content-Type", "application/graphql")],
            QUERY,
        ),
    ] {
        let answer = server.post("/graphql", headers, body);
        assert_eq!(answer.status, 415, "{what}: {}", answer.body);
        has_only_errors(what, &answer);
    }
}

#[test]
fn a_body_may_say_that_it_is_utf_8_and_begin_with_its_mark() {
    let (_database, server) = serving(&[]);
    let query = json!({ "query": QUERY }).to_string();
    for media in [
        "application/json",
        "application/json; charset=UTF-8",
        "application/json;charset=\"utf-8\"",
    ] {
        for body in [query.clone(), format!("\u{feff}{query}")] {
            let answer = server.post("/graphql", &[("Content-Type", media), GRAPHQL], &body);
            assert_eq!(answer.status, 200, "{media}: {}", answer.body);
        }
    }
}

#[test]
fn a_mutation_is_never_executed_by_get() {
    let (_database, server) = serving(&[]);
    for (what, parameters) in [
        ("alone", vec![("query", "mutation { __typename }")]),
        (
            "alone, with a name",
            vec![("query", "mutation A { __typename }")],
        ),
        (
            "alone, called by its name",
            vec![
                ("query", "mutation A { __typename }"),
                ("operationName", "A"),
            ],
        ),
        (
            "among others",
            vec![
                (
                    "query",
                    "query Q { status { pages } } mutation A { __typename }",
                ),
                ("operationName", "A"),
            ],
        ),
    ] {
        let answer = server.get(&path("/graphql", &parameters), &[GRAPHQL]);
        assert_eq!(answer.status, 405, "{what}: {}", answer.body);
        assert_eq!(answer.header("allow"), "POST", "{what}");
        has_only_errors(what, &answer);
    }
}

#[test]
fn other_methods_are_told_which_ones_there_are() {
    let (_database, server) = serving(&[]);
    let query = path("/graphql", &[("query", QUERY)]);
    for method in ["PUT", "DELETE", "PATCH"] {
        let answer = server.call(method, &query, &[GRAPHQL]);
        assert_eq!(answer.status, 405, "{method}: {}", answer.body);
        assert_eq!(answer.header("allow"), "GET, HEAD, POST", "{method}");
    }
    let (get, head) = (
        server.call("GET", &query, &[GRAPHQL]),
        server.call("HEAD", &query, &[GRAPHQL]),
    );
    assert_eq!((get.status, head.status), (200, 200));
    assert_eq!(head.bytes.len(), 0, "{:?}", head.body);
    for header in ["content-type", "content-length"] {
        assert_eq!(get.header(header), head.header(header), "{header}");
        assert!(!get.header(header).is_empty(), "{header}");
    }
}

#[test]
fn get_of_what_cannot_be_read_is_refused_with_the_reason() {
    let (_database, server) = serving(&[]);
    for (parameters, words) in [
        (vec![], "query is missing"),
        (
            vec![("query", QUERY), ("variables", "{")],
            "variables is not JSON",
        ),
        (
            vec![("query", QUERY), ("variables", "[]")],
            "variables is not an object",
        ),
        (
            vec![("query", QUERY), ("extensions", "1")],
            "extensions is not an object",
        ),
    ] {
        let answer = server.get(&path("/graphql", &parameters), &[GRAPHQL]);
        assert_eq!(answer.status, 400, "{parameters:?}: {}", answer.body);
        assert!(
            answer.body.contains(words),
            "{parameters:?}: {}",
            answer.body
        );
    }
}

#[test]
fn an_error_in_a_field_leaves_the_request_executed() {
    let (_database, server) = serving(&[]);
    let cursor = ask(
        &server,
        "{ status { pages } articles(after: \"nonsense\") { totalCount } }",
    );
    assert_eq!(cursor.status, 200, "{}", cursor.body);
    assert_eq!(code(&cursor), "BAD_CURSOR", "{}", cursor.body);
    assert!(cursor.json().get("data").is_some(), "{}", cursor.body);
}
