//! Documents and variables made to exhaust who reads them.

use serde_json::{Value, json};
use tests::Server;
use tests::client::Answer;

use super::{GRAPHQL, JSON, MORE_KIB, PROMPT, ask, best_of_three, code, empty, lives};

/// What a server may take once for requests as large as they may be, many at a time, in KiB.
const ROOM_KIB: u64 = 48 * 1024;

/// A document, its variables, and the code that refuses it.
type Attack = (&'static str, String, Value, &'static str);

fn nested(open: &str, close: &str, levels: usize) -> String {
    format!("{}1{}", open.repeat(levels), close.repeat(levels))
}

fn articles(filter: &str) -> String {
    format!("{{ articles(filter: {filter}) {{ totalCount }} }}")
}

fn brackets() -> Vec<Attack> {
    let mut attacks = Vec::new();
    for levels in [100, 2_000, 100_000] {
        let (lists, objects) = (nested("[", "]", levels), nested("{a:", "}", levels));
        let types = format!("{}Int{}", "[".repeat(levels), "]".repeat(levels));
        for (what, document) in [
            ("lists in lists", articles(&lists)),
            ("objects in objects", articles(&objects)),
            ("lists that do not end", articles(&"[".repeat(levels))),
            (
                "a default value",
                format!("query ($a: Int = {lists}) {{ topics {{ id }} }}"),
            ),
            (
                "a default value of objects",
                format!("query ($a: Int = {objects}) {{ topics {{ id }} }}"),
            ),
            (
                "a type",
                format!("query ($a: {types}) {{ topics {{ id }} }}"),
            ),
            (
                "an argument of a directive",
                format!("{{ topics @skip(if: {lists}) {{ id }} }}"),
            ),
            (
                "fields in fields",
                format!("{} id {}", "{ page ".repeat(levels), "}".repeat(levels)),
            ),
            (
                "inline fragments",
                format!("{} id {}", "{ ... ".repeat(levels), "}".repeat(levels)),
            ),
            ("brackets only", "([{".repeat(levels)),
        ] {
            attacks.push((what, document, json!({}), "TOO_DEEP"));
        }
    }
    attacks
}

fn sizes() -> Vec<Attack> {
    let numbered = |count: usize, piece: &str| -> String {
        (0..count)
            .map(|n| piece.replace('#', &n.to_string()))
            .collect()
    };
    let doubling = |levels: usize| {
        let fragments: String = (0..levels)
            .map(|level| {
                format!(
                    " fragment F{level} on Query {{ ...F{0} ...F{0} }}",
                    level + 1
                )
            })
            .collect();
        format!("{{ ...F0 }}{fragments} fragment F{levels} on Query {{ __typename }}")
    };
    let levels = "page { articles { ".repeat(10);
    let round = |turns: usize| {
        let turn = "fields { type { ".repeat(turns);
        format!(
            "{{ __schema {{ types {{ {turn} name {} }} }} }}",
            "} }".repeat(turns)
        )
    };
    vec![
        ("doubling fragments", doubling(20), json!({}), "TOO_LARGE"),
        ("more of them", doubling(300), json!({}), "TOO_DEEP"),
        ("a fragment in itself", "{ ...F } fragment F on Query { ...F }".to_owned(), json!({}), "BAD_REQUEST"),
        (
            "fragments in each other, doubling",
            "{ ...F } fragment F on Query { ...G ...G } fragment G on Query { ...F ...F }".to_owned(),
            json!({}),
            "BAD_REQUEST",
        ),
        ("1,000 aliases of a costly field", format!("{{ articles {{ {} }} }}", numbered(1_000, "a#: totalCount ")), json!({}), "TOO_MANY_ALIASES"),
        ("1,000 aliases on the outermost level", format!("{{ {} }}", numbered(1_000, "a#: __typename ")), json!({}), "TOO_MANY_ROOT_FIELDS"),
        ("1,000 directives", format!("{{ __typename {} }}", "@skip(if: false) ".repeat(700)), json!({}), "TOO_MANY_DIRECTIVES"),
        ("1,000 unknown directives", format!("{{ __typename {} }}", "@a ".repeat(1_000)), json!({}), "TOO_MANY_DIRECTIVES"),
        ("1,000 directives on the operation", format!("query {} {{ __typename }}", "@a ".repeat(1_000)), json!({}), "TOO_MANY_DIRECTIVES"),
        ("a megabyte of tokens", format!("{{ {} }}", "a ".repeat(500_000)), json!({}), "TOO_MANY_TOKENS"),
        ("a megabyte of spreads", format!("{{ {} }}", "...a".repeat(240_000)), json!({}), "TOO_MANY_TOKENS"),
        ("a megabyte of punctuation", "!".repeat(1_000_000), json!({}), "TOO_MANY_TOKENS"),
        ("the same field thousands of times", format!("{{ topics {{ {} }} }}", "id ".repeat(4_900)), json!({}), "TOO_COSTLY"),
        ("the same argument thousands of times", format!("{{ articles({}) {{ totalCount }} }}", "first: 1 ".repeat(1_600)), json!({}), ""),
        ("thousands of variables", format!("query ({}) {{ topics {{ id }} }}", numbered(1_200, "$v#: Int ")), json!({}), ""),
        ("hundreds of operations", numbered(800, "query Q# { __typename } "), json!({}), ""),
        ("20 levels", format!("{{ articles {{ nodes {{ {levels} id {} }} }} }}", "} }".repeat(10)), json!({}), "TOO_DEEP"),
        ("round and round in the schema", round(4), json!({}), "TOO_DEEP"),
        ("a page of a billion", articles("{}").replace("filter: {}", "first: 1000000000"), json!({}), "PAGE_TOO_LARGE"),
        (
            "a page of a billion in a variable",
            "query ($n: Int) { articles(first: $n) { totalCount } }".to_owned(),
            json!({ "n": 1_000_000_000 }),
            "PAGE_TOO_LARGE",
        ),
        (
            "pages in lists in pages",
            "{ pages(first: 100) { nodes { articles { duplicates { labels { topic { id name } } } } } } }".to_owned(),
            json!({}),
            "TOO_COSTLY",
        ),
        (
            "more ids than a page has",
            "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }".to_owned(),
            json!({ "ids": vec!["a"; 10_000] }),
            "PAGE_TOO_LARGE",
        ),
    ]
}

fn variables() -> Vec<(&'static str, String, &'static str)> {
    let query = "query ($f: ArticleFilter) { articles(filter: $f) { totalCount } }";
    let body = |value: &str| format!("{{\"query\":\"{query}\",\"variables\":{{\"f\":{value}}}}}");
    let mut attacks = Vec::new();
    for levels in [100, 2_000, 100_000] {
        attacks.push((
            "lists in the variables",
            body(&nested("[", "]", levels)),
            "TOO_DEEP",
        ));
        attacks.push((
            "objects in the variables",
            body(&nested("{\"a\":", "}", levels)),
            "TOO_DEEP",
        ));
        attacks.push((
            "lists that do not end",
            body(&"[".repeat(levels)),
            "TOO_DEEP",
        ));
    }
    attacks.push((
        "a batch",
        format!(
            "[{}]",
            vec!["{\"query\":\"{__typename}\"}"; 1_000].join(",")
        ),
        "BATCH_TOO_LARGE",
    ));
    attacks.push((
        "a number out of all bounds",
        body("1e999999"),
        "BAD_REQUEST",
    ));
    attacks.push((
        "half a character",
        "{\"query\":\"\\ud800\"}".to_owned(),
        "BAD_REQUEST",
    ));
    attacks.push(("NUL", "{\"query\":\"\u{0}\"}".to_owned(), "BAD_REQUEST"));
    attacks
}

/// Each is refused with its code, quickly, and the server lives. An empty code: by the validator, in its own words.
fn refused(server: &Server, what: &str, expected: &str, attack: impl Fn() -> Answer) {
    let (answer, took) = best_of_three(attack);
    let shown = answer.body.chars().take(300).collect::<String>();
    assert!(
        (400..500).contains(&answer.status),
        "{what}: {} {shown}",
        answer.status
    );
    assert!(
        !shown.is_empty() && shown.contains("errors"),
        "{what}: {shown}"
    );
    if !expected.is_empty() {
        assert_eq!(code(&answer), expected, "{what}: {shown}");
    }
    assert!(took < PROMPT, "{what}: {took:?}");
    assert!(lives(server), "after {what}");
}

#[test]
fn what_would_exhaust_the_server_is_refused_and_leaves_no_trace() {
    let (_database, server) = empty();
    let table = || brackets().into_iter().chain(sizes());
    // What a server takes once, for requests as large as they may be, is no trace of an attack.
    let large = format!("{{ status {{ pages }} }} #{}", "a".repeat(1_000_000));
    for _ in 0..10 {
        assert_eq!(ask(&server, &large, json!({})).status, 200);
    }
    let all = || {
        for (what, document, variables, expected) in table() {
            refused(&server, what, expected, || {
                ask(&server, &document, variables.clone())
            });
        }
        for (what, body, expected) in variables() {
            refused(&server, what, expected, || {
                server.post("/graphql", &[JSON, GRAPHQL], &body)
            });
        }
        server.resident_kib()
    };
    // The first round leaves behind what the largest requests need once; from then on nothing may grow.
    let before = server.resident_kib();
    let once = all();
    assert!(
        once < before + ROOM_KIB,
        "{before} KiB before, {once} KiB after"
    );
    let twice = all();
    assert!(
        twice < once + MORE_KIB,
        "{once} KiB after one round, {twice} KiB after another"
    );
}

#[test]
fn get_is_bounded_as_post_is() {
    let (_database, server) = empty();
    let query = "/graphql?query=%7Barticles(filter:FILTER)%7BtotalCount%7D%7D";
    let variables = "/graphql?query=%7B__typename%7D&variables=";
    for (what, path) in [
        (
            "lists in the document",
            query.replace("FILTER", &"[".repeat(2_000)),
        ),
        (
            "objects in the document",
            query.replace("FILTER", &"%7Ba:".repeat(2_000)),
        ),
        (
            "lists in the variables",
            format!("{variables}%7B%22f%22:{}", "[".repeat(2_000)),
        ),
        (
            "objects in the variables",
            format!("{variables}{}", "%7B%22a%22:".repeat(2_000)),
        ),
    ] {
        refused(&server, what, "TOO_DEEP", || server.get(&path, &[GRAPHQL]));
    }
}

#[test]
fn a_refusal_says_how_much_was_asked_for_and_how_much_may_be() {
    let (_database, server) = empty();
    let answer = ask(
        &server,
        "{ articles(first: 500) { totalCount } }",
        json!({}),
    )
    .json();
    let extensions = &answer["errors"][0]["extensions"];
    assert_eq!(
        (&extensions["requested"], &extensions["limit"]),
        (&json!(500), &json!(100)),
        "{answer}"
    );
    assert!(answer.get("data").is_none(), "{answer}");
    let cost = json!({ "requested": 21, "limit": 20_000 });
    assert_eq!(answer["extensions"]["cost"], cost, "{answer}");
    let unread = ask(&server, "{ articles", json!({})).json();
    assert!(unread.get("extensions").is_none(), "{unread}");
}

#[test]
fn fragments_may_lie_in_each_other_as_deep_as_is_said() {
    let (_database, server) = empty();
    let inline = |levels| nested("{ ...", "}", levels).replacen("...1", "__typename ", 1);
    let chain = |length: usize| {
        let link = |at| format!(" fragment F{at} on Query {{ ...F{} }}", at + 1);
        let links: String = (0..length).map(link).collect();
        format!("{{ ...F0 }}{links} fragment F{length} on Query {{ __typename }}")
    };
    for (document, expected) in [
        (inline(60), ""),
        (inline(70), "TOO_DEEP"),
        (chain(95), ""),
        (chain(101), "TOO_DEEP"),
    ] {
        let answer = ask(&server, &document, json!({}));
        assert_eq!(code(&answer), expected, "{document:.80}: {}", answer.body);
    }
}

#[test]
fn every_answer_says_what_it_cost_and_a_dry_run_says_it_without_the_answer() {
    let (_database, server) = empty();
    let query = "query ($n: Int) { articles(first: $n) { nodes { title } } }";
    let cost = json!({ "requested": 11, "limit": 20_000 });
    let answer = ask(&server, query, json!({ "n": 5 })).json();
    assert_eq!(answer["extensions"]["cost"], cost, "{answer}");
    assert!(answer["data"]["articles"].is_object(), "{answer}");
    let dry = |query: &str| {
        let body = json!({ "query": query, "variables": { "n": 5 } }).to_string();
        server.post("/graphql", &[JSON, GRAPHQL, ("X-Cost-Dry-Run", "1")], &body)
    };
    let answer = dry(query);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.json(),
        json!({ "data": null, "extensions": { "cost": cost } })
    );
    let answer = dry("query ($n: Int) { articles(first: $n) { moon } }");
    assert!(
        answer.json()["errors"][0]["message"]
            .to_string()
            .contains("moon"),
        "{}",
        answer.body
    );
    assert_eq!(
        code(&dry("{ articles(first: 500) { totalCount } }")),
        "PAGE_TOO_LARGE"
    );
}

#[test]
fn the_limits_are_options() {
    let (_database, server) = super::with(&[
        "--max-depth",
        "3",
        "--max-cost",
        "50",
        "--max-aliases",
        "1",
        "--max-root-fields",
        "2",
        "--max-directives",
        "1",
        "--max-tokens",
        "40",
        "--max-page-size",
        "30",
    ]);
    for (query, expected) in [
        ("{ articles { nodes { title } } }", ""),
        ("{ articles { nodes { page { id } } } }", "TOO_DEEP"),
        ("{ articles { nodes { title slug } } }", "TOO_COSTLY"),
        ("{ a: __typename b: __typename }", "TOO_MANY_ALIASES"),
        (
            "{ topics { id } __typename articles { nodes { id } } }",
            "TOO_MANY_ROOT_FIELDS",
        ),
        (
            "{ __typename @skip(if: true) @include(if: true) }",
            "TOO_MANY_DIRECTIVES",
        ),
        ("{ articles(first: 31) { totalCount } }", "PAGE_TOO_LARGE"),
        (
            "{ a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a }",
            "TOO_MANY_TOKENS",
        ),
    ] {
        let answer = ask(&server, query, json!({}));
        assert_eq!(code(&answer), expected, "{query}: {}", answer.body);
    }
}
