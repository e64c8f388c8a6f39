//! Each limit, one step on either side of it.

use async_graphql::{Request, Variables};
use serde_json::json;

use super::*;

fn price(document: &str, variables: serde_json::Value) -> Result<u64, String> {
    price_within(&Limits::default(), document, variables)
}

fn price_within(
    limits: &Limits,
    document: &str,
    variables: serde_json::Value,
) -> Result<u64, String> {
    let code = |error: ServerError| {
        let extensions = error.extensions.unwrap_or_default();
        match extensions.get("code") {
            Some(async_graphql::Value::String(code)) => code.clone(),
            other => panic!("{other:?}"),
        }
    };
    limits.check_text(document).map_err(code)?;
    let mut request = Request::new(document).variables(Variables::from_json(variables));
    let priced = limits.price(&mut request);
    let priced = priced.map_err(|refused| code(*refused.error))?;
    Ok(priced.expect("an operation").requested)
}

fn code(document: &str) -> String {
    price(document, json!({})).expect_err(document)
}

#[test]
fn the_cost_follows_the_size_of_the_page() {
    for (document, expected) in [
        ("{ topics { name } }", 1 + 20),
        ("{ articles { nodes { title } } }", 1 + 20 * (1 + 1)),
        (
            "{ articles(first: 5) { nodes { title slug } } }",
            1 + 5 * (1 + 2),
        ),
        (
            "{ articles(last: 5) { edges { node { title } cursor } } }",
            1 + 5 * 4,
        ),
        ("{ articles(first: 0) { nodes { title } } }", 1),
        ("{ articles(first: 100) { totalCount } }", 1 + 20),
        (
            "{ articles(first: 10) { nodes { labels { topic { name } } } } }",
            1 + 10 * (1 + 1 + 10 * 2),
        ),
        ("{ nodes(ids: [\"a\", \"b\", \"c\"]) { id } }", 1 + 3),
        (
            "query ($n: Int) { articles(first: $n) { nodes { title } } }",
            1 + 7 * 2,
        ),
        (
            "query ($m: Int = 4) { articles(first: $m) { nodes { title } } }",
            1 + 4 * 2,
        ),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", 1 + 2),
        ("{ a: status { pages } b: status { pages } }", 2 * (20 + 1)),
        (
            "{ articles(first: 5) { ...c } } fragment c on ArticleConnection { totalCount nodes { ...a } } fragment a on Article { title }",
            1 + 20 + 5 * 2,
        ),
        (
            "{ articles(first: 5) { nodes { ... on Article { title } ... { slug } } } }",
            1 + 5 * 3,
        ),
        ("{ __typename }", 1),
        ("{ __schema { types { name fields { name } } } }", 0),
    ] {
        let variables = json!({ "n": 7, "ids": ["a", "b"] });
        assert_eq!(price(document, variables), Ok(expected), "{document}");
    }
}

#[test]
fn each_limit_lets_through_what_reaches_it_and_refuses_one_more() {
    let levels = |depth: usize| {
        let chain = ["page { ", "articles { "].iter().cycle().take(depth - 3);
        let chain: String = chain.copied().collect();
        format!(
            "{{ articles {{ nodes {{ {chain} id {} }} }} }}",
            "} ".repeat(depth - 3)
        )
    };
    let aliases = |count: usize| (0..count).map(|n| format!("a{n}: id ")).collect::<String>();
    let roots = |count: usize| {
        (0..count)
            .map(|n| format!("a{n}: __typename "))
            .collect::<String>()
    };
    for (code_of, good, bad) in [
        ("TOO_DEEP", levels(12), levels(13)),
        (
            "TOO_MANY_ALIASES",
            format!(
                "{{ articles(first: 1) {{ nodes {{ {} }} }} }}",
                aliases(100)
            ),
            format!(
                "{{ articles(first: 1) {{ nodes {{ {} }} }} }}",
                aliases(101)
            ),
        ),
        (
            "TOO_MANY_ROOT_FIELDS",
            format!("{{ {} }}", roots(20)),
            format!("{{ {} }}", roots(21)),
        ),
        (
            "TOO_MANY_DIRECTIVES",
            format!("{{ __typename {} }}", "@a ".repeat(100)),
            format!("{{ __typename {} }}", "@a ".repeat(101)),
        ),
        (
            "TOO_MANY_TOKENS",
            format!("{{ topics {{ {} }} }}", "id ".repeat(4_995)),
            format!("{{ topics {{ {} }} }}", "id ".repeat(4_996)),
        ),
        (
            "PAGE_TOO_LARGE",
            "{ articles(first: 100) { totalCount } }".to_owned(),
            "{ articles(first: 101) { totalCount } }".to_owned(),
        ),
    ] {
        let unbounded = Limits {
            cost: u64::MAX,
            ..Limits::default()
        };
        let passed = price_within(&unbounded, &good, json!({}));
        assert!(passed.is_ok(), "{code_of}: {passed:?} {good:.80}");
        assert_eq!(code(&bad), code_of, "{bad:.80}");
    }
}

#[test]
fn fragments_count_each_time_they_are_used_and_are_walked_once() {
    let doubling = |levels: usize| {
        let fragments: String = (0..levels)
            .map(|level| {
                format!(
                    "fragment f{level} on Query {{ ...f{0} ...f{0} }} ",
                    level + 1
                )
            })
            .collect();
        format!("{{ ...f0 }} {fragments} fragment f{levels} on Query {{ __typename }}")
    };
    let chain = |length: usize| {
        let fragments: String = (0..length)
            .map(|link| format!("fragment f{link} on Query {{ ...f{} }} ", link + 1))
            .collect();
        format!("{{ ...f0 }} {fragments} fragment f{length} on Query {{ __typename }}")
    };
    assert_eq!(price(&doubling(4), json!({})), Ok(16));
    assert_eq!(code(&doubling(5)), "TOO_MANY_ROOT_FIELDS");
    assert_eq!(code(&doubling(70)), "TOO_LARGE");
    assert_eq!(price(&chain(90), json!({})), Ok(1));
    assert_eq!(code(&chain(110)), "TOO_DEEP");
    assert_eq!(code(&chain(400)), "TOO_DEEP");
    assert_eq!(
        code("{ ...f } fragment f on Query { __typename ...f }"),
        "BAD_REQUEST"
    );
    assert_eq!(
        code("{ ...f } fragment f on Query { ...g ...g } fragment g on Query { ...f ...f }"),
        "BAD_REQUEST"
    );
    assert_eq!(price("{ ...missing }", json!({})), Ok(0));
    // The same fragment near the surface and at the end of a long way.
    let twice = chain(90).replace(
        "{ ...f0 }",
        "{ ...f80 ...f0 ...{...{...{...{...{...{...{...{...{...{ ...f0 }}}}}}}}}} }",
    );
    assert_eq!(code(&twice), "TOO_DEEP");
}

#[test]
fn the_schema_may_be_asked_for_but_not_round_and_round() {
    let kinds = "kind name ofType { ".repeat(9) + "kind name" + &" }".repeat(9);
    let standard = format!(
        "query IntrospectionQuery {{ __schema {{ queryType {{ name kind }} types {{ ...FullType }} directives {{ name args {{ ...InputValue }} }} }} }}
         fragment FullType on __Type {{ kind name fields(includeDeprecated: true) {{ name args {{ ...InputValue }} type {{ ...TypeRef }} }}
           inputFields {{ ...InputValue }} interfaces {{ ...TypeRef }} enumValues {{ name }} possibleTypes {{ ...TypeRef }} }}
         fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} defaultValue }}
         fragment TypeRef on __Type {{ {kinds} }}"
    );
    assert_eq!(price(&standard, json!({})), Ok(0));
    let round = |turns: usize| {
        let fields = "fields { name type { ".repeat(turns) + "name" + &" } }".repeat(turns);
        format!("{{ __schema {{ types {{ {fields} }} }} }}")
    };
    assert_eq!(price(&round(2), json!({})), Ok(0));
    assert_eq!(code(&round(3)), "TOO_DEEP");
    let wide: String = (0..90)
        .map(|n| format!("a{n}: fields {{ type {{ fields {{ name description }} }} }} "))
        .collect();
    assert_eq!(
        code(&format!("{{ __schema {{ types {{ {wide} }} }} }}")),
        "TOO_COSTLY"
    );
    let long = "ofType { ".repeat(20) + "name" + &" }".repeat(20);
    assert_eq!(
        code(&format!("{{ __type(name: \"A\") {{ {long} }} }}")),
        "TOO_DEEP"
    );
}

#[test]
fn what_is_refused_says_what_it_would_have_cost() {
    for (document, code, expected) in [
        (
            "{ articles(first: 101) { nodes { id } } }",
            "PAGE_TOO_LARGE",
            Some(1 + 101 * 2),
        ),
        (
            "query A { articles(first: 101) { nodes { id } } } query B { __typename }",
            "PAGE_TOO_LARGE",
            Some(1 + 101 * 2),
        ),
        ("{ ...f } fragment f on Query { ...f }", "BAD_REQUEST", None),
    ] {
        let mut request = Request::new(document);
        if document.starts_with("query A") {
            request = request.operation_name("A");
        }
        let refused = Limits::default().price(&mut request).expect_err(document);
        assert_eq!(
            refused.cost.map(|cost| cost.requested),
            expected,
            "{document}"
        );
        let response = Response::from(refused);
        assert_eq!(response.extensions.contains_key("cost"), expected.is_some());
        let written = serde_json::to_string(&response).expect("JSON");
        assert!(written.contains(code), "{written}");
    }
}

#[test]
fn the_schema_is_not_told_where_it_is_kept_from_clients() {
    let closed = Limits {
        introspection: false,
        ..Limits::default()
    };
    for (document, told) in [
        ("{ __schema { queryType { name } } }", false),
        (
            "{ ...f } fragment f on Query { ... { __type(name: \"A\") { name } } }",
            false,
        ),
        ("{ __typename }", true),
    ] {
        let priced = price_within(&closed, document, json!({}));
        assert_eq!(priced.is_ok(), told, "{document}");
        assert!(told || priced == Err("GRAPHQL_VALIDATION_FAILED".to_owned()));
        assert!(price(document, json!({})).is_ok(), "{document}");
    }
}

#[test]
fn what_is_costly_is_refused_with_its_cost() {
    let document = "{ pages(first: 100) { nodes { articles { labels { topic { name } evidence { text } } } } } }";
    let mut request = Request::new(document);
    let refused = Limits::default()
        .price(&mut request)
        .expect_err("too costly");
    let told = refused.cost.map(|cost| cost.requested);
    assert_eq!(told, Some(51_201));
    let extensions = refused.error.extensions.expect("extensions");
    // 1 + 100 × (1 + 10 × (1 + 10 × (1 + 1 + 1 + 2)))
    assert_eq!(extensions.get("requested"), Some(&51_201_u64.into()));
    assert_eq!(extensions.get("limit"), Some(&20_000_u64.into()));
}
