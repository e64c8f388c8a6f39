//! `communique serve` over HTTP: what each method, path and header is answered, and how it behaves under load and attack.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::client::{Answer, Client};
use tests::{Engine, Fresh, Server, archive};

const JSON: (&str, &str) = ("Content-Type", "application/json");
const GRAPHQL: (&str, &str) = ("Accept", "application/graphql-response+json");
const BROWSER: (&str, &str) = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

/// 64 MB in the KiB that the kernel counts in: 60, and what the search index holds ready while it writes.
const MOST_RESIDENT_KIB: u64 = 64_000_000 / 1024;

/// A server over a database with tables and nothing in them, which must outlive it.
fn empty() -> (Fresh, Server) {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let server = Server::start(database.url());
    (database, server)
}

fn ask(server: &Server, query: &str) -> Answer {
    server.post(
        "/graphql",
        &[JSON, GRAPHQL],
        &json!({ "query": query }).to_string(),
    )
}

#[test]
fn get_reads_the_operation_name_and_the_variables() {
    let (_database, server) = empty();
    let query = "query%20A%7Bstatus%7Bpages%7D%7D%20query%20B(%24n:Int)%7Barticles(first:%24n)%7BtotalCount%7D%7D";
    let named = format!("/graphql?query={query}&operationName=B&variables=%7B%22n%22:1%7D");
    let answer = server.get(&named, &[GRAPHQL]);
    assert_eq!(
        answer.json()["data"]["articles"]["totalCount"],
        0,
        "{}",
        answer.body
    );
}

#[test]
fn an_answer_names_its_media_type_and_its_request() {
    let (_database, server) = empty();
    let answer = ask(&server, "{ status { pages } }");
    assert!(
        answer
            .header("content-type")
            .starts_with("application/graphql-response+json"),
        "{:?}",
        answer.headers
    );
    let one = answer.header("x-request-id").to_owned();
    let other = ask(&server, "{ status { pages } }")
        .header("x-request-id")
        .to_owned();
    assert!(!one.is_empty() && one != other, "{one:?} {other:?}");
}

#[test]
fn the_probes_tell_a_server_that_lives_from_one_that_can_work() {
    let (_database, server) = empty();
    assert_eq!(server.get("/healthz", &[]).status, 200);
    assert_eq!(server.get("/readyz", &[]).status, 200);
}

#[test]
fn a_server_that_lost_its_database_lives_and_is_not_ready() {
    let Some(database) = Fresh::new(Engine::Postgres) else {
        return;
    };
    archive::migrate(database.url());
    let server = Server::start(database.url());
    drop(database);
    assert_eq!(server.get("/healthz", &[]).status, 200);
    assert_eq!(server.get("/readyz", &[]).status, 503);
    let answer = server.graphql("{ status { pages } }", json!({}));
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "INTERNAL", "{answer}");
    let shown = answer.to_string();
    for cause in [
        "communique_test_",
        "does not exist",
        "SELECT",
        "sqlx",
        "postgres",
    ] {
        assert!(
            !shown.contains(cause),
            "the cause {cause:?} is for the log, not for a client: {shown}"
        );
    }
}

#[test]
fn a_browser_gets_the_playground_and_all_its_files_from_here() {
    let (_database, server) = empty();
    let page = server.get("/graphql", &[BROWSER]);
    assert_eq!(page.status, 200);
    assert!(
        page.header("content-type").starts_with("text/html"),
        "{:?}",
        page.headers
    );
    assert!(page.body.contains("Communiqué playground"), "{}", page.body);
    assert!(
        page.header("content-security-policy")
            .contains("frame-ancestors 'none'"),
        "{:?}",
        page.headers
    );
    let names = ["src=\"", "href=\""]
        .iter()
        .flat_map(|attribute| page.body.split(attribute).skip(1));
    let mut files = 0;
    for name in names
        .filter_map(|rest| rest.split('"').next())
        .filter(|name| name.starts_with('/'))
    {
        let file = server.get(name, &[]);
        assert_eq!(file.status, 200, "{name}");
        assert!(!file.body.is_empty(), "{name}");
        files += 1;
    }
    assert!(files > 0, "the page has no script: {}", page.body);
    for elsewhere in [
        "/playground/nothing.js",
        "/playground/../Cargo.toml",
        "/playground/%2e%2e/%2e%2e/etc/passwd",
    ] {
        assert_eq!(server.get(elsewhere, &[]).status, 404, "{elsewhere}");
    }
}

#[test]
fn documents_made_to_exhaust_the_server_are_refused_quickly() {
    let (_database, server) = empty();
    let nested = format!(
        "{{ articles(filter: {}{}) {{ totalCount }} }}",
        "[".repeat(2000),
        "]".repeat(2000)
    );
    let objects = format!(
        "{{ articles(filter: {}1{}) {{ totalCount }} }}",
        "{a:".repeat(1300),
        "}".repeat(1300)
    );
    let deep = format!(
        "{{ articles {{ nodes {{ {} id {} }} }} }}",
        "page { articles { ".repeat(60),
        "} }".repeat(60)
    );
    let mut doubling = "{ ...F0 }".to_owned();
    for level in 0..30 {
        let next = level + 1;
        doubling += &format!(" fragment F{level} on Query {{ ...F{next} ...F{next} }}");
    }
    doubling += " fragment F30 on Query { __typename }";
    for (what, query) in [
        ("lists in lists", nested),
        ("objects in objects", objects),
        ("fields in fields", deep),
        ("doubling fragments", doubling),
    ] {
        let started = Instant::now();
        let answer = ask(&server, &query);
        let took = started.elapsed();
        assert!(took < Duration::from_secs(2), "{what}: {took:?}");
        assert_eq!(answer.status, 400, "{what}: {}", answer.body);
        assert_eq!(
            ask(&server, "{ status { pages } }").status,
            200,
            "after {what}"
        );
    }
    let large = json!({ "query": "{ status { pages } }", "extensions": { "padding": "a".repeat(20 << 20) } }).to_string();
    assert_eq!(
        server.post("/graphql", &[JSON, GRAPHQL], &large).status,
        413
    );
}

#[test]
fn the_standard_introspection_query_is_answered() {
    let (_database, server) = empty();
    let kinds = "kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } }";
    let value =
        format!("name description type {{ {kinds} }} defaultValue isDeprecated deprecationReason");
    let query = format!(
        "{{ __schema {{ queryType {{ name }} mutationType {{ name }} subscriptionType {{ name }} \
         types {{ kind name description fields(includeDeprecated: true) {{ name description args(includeDeprecated: true) {{ {value} }} \
         type {{ {kinds} }} isDeprecated deprecationReason }} inputFields(includeDeprecated: true) {{ {value} }} interfaces {{ {kinds} }} \
         enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} possibleTypes {{ {kinds} }} }} \
         directives {{ name description locations args(includeDeprecated: true) {{ {value} }} }} }} }}"
    );
    let answer = ask(&server, &query);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let types = answer.json()["data"]["__schema"]["types"]
        .as_array()
        .map(Vec::len);
    assert!(types.is_some_and(|types| types > 20), "{types:?}");
}

#[test]
fn the_served_schema_is_the_committed_one() {
    let printed = tests::program::Program::Communique
        .with(["schema"])
        .run()
        .succeeds();
    let committed = tests::shared::workspace().join("api/schema.graphql");
    let committed =
        std::fs::read_to_string(&committed).expect("api/schema.graphql; write it by `make schema`");
    assert!(
        printed.stdout == committed,
        "api/schema.graphql is not what the server serves; run `make schema`"
    );
}

#[test]
fn under_load_the_server_stays_within_its_memory() {
    let database = Fresh::sqlite();
    archive::fill(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let queries = [
        "{ articles(first: 100) { totalCount nodes { title body paragraphs abstract { text sentences { text } } labels { topic { name } } page { name } } } }",
        "{ pages(first: 80) { nodes { name rejectedLines { text explanation } articles { title body } } } }",
        "{ topics { id name articleCount } status { pages articles } }",
    ];
    thread::scope(|scope| {
        for client in 0..8 {
            let server: &Client = &server;
            scope.spawn(move || {
                for round in 0..60 {
                    let _ = server.data(queries[(client + round) % queries.len()], json!({}));
                }
            });
        }
    });
    let page = server.get("/graphql", &[BROWSER]);
    assert_eq!(page.status, 200);
    let resident = server.resident_kib();
    println!("{resident} KiB resident after 480 queries by 8 clients");
    assert!(
        resident <= MOST_RESIDENT_KIB,
        "{resident} KiB resident; at most {MOST_RESIDENT_KIB}"
    );
}

#[test]
fn a_node_is_found_by_the_id_that_any_list_gives() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let data = server.data(
        "{ articles(first: 1) { nodes { id slug title } } pages(first: 1) { nodes { id name } } }",
        json!({}),
    );
    let (article, page) = (&data["articles"]["nodes"][0], &data["pages"]["nodes"][0]);
    let query = "query One($id: ID!, $slug: String!, $ids: [ID!]!) { byId: article(by: { id: $id }) { title } \
        bySlug: article(by: { slug: $slug }) { title } node(id: $id) { __typename id } nodes(ids: $ids) { __typename id } \
        none: article(by: { slug: \"no such article\" }) { title } nobody: node(id: \"none\") { id } }";
    let ids = json!([page["id"], "none", article["id"]]);
    let found = server.data(
        query,
        json!({ "id": article["id"], "slug": article["slug"], "ids": ids }),
    );
    assert_eq!(found["byId"]["title"], article["title"]);
    assert_eq!(found["bySlug"]["title"], article["title"]);
    assert_eq!(
        found["node"],
        json!({ "__typename": "Article", "id": article["id"] })
    );
    assert_eq!(
        found["nodes"],
        json!([{ "__typename": "Page", "id": page["id"] }, null, { "__typename": "Article", "id": article["id"] }])
    );
    assert_eq!(
        (&found["none"], &found["nobody"]),
        (&Value::Null, &Value::Null)
    );
}
