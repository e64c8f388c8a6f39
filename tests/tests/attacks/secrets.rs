//! What a server does not tell: its schema and its words, if it is told not to, and its insides, ever.

use serde_json::json;
use tests::{Server, archive, on_both_engines};

use super::{ask, code, empty, with};

const SCHEMA: &str = "{ __schema { types { name } } }";
const MISSPELT: &str = "{ article(by: { id: \"a\" }) { languag } }";

#[test]
fn the_schema_is_told_unless_it_is_not_to_be() {
    let (_database, open) = empty();
    let types = ask(&open, SCHEMA, json!({})).json();
    assert!(types["data"]["__schema"]["types"].is_array(), "{types}");
    let (_database, closed) = with(&["--no-introspection"]);
    for query in [SCHEMA, "{ __type(name: \"Article\") { fields { name } } }"] {
        let answer = ask(&closed, query, json!({}));
        assert!(
            !answer.body.contains("ArticleConnection"),
            "{}",
            answer.body
        );
        assert!(!answer.body.contains("\"fields\""), "{}", answer.body);
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert_eq!(
            code(&answer),
            "GRAPHQL_VALIDATION_FAILED",
            "{}",
            answer.body
        );
    }
    let answer = ask(&closed, "{ __typename status { pages } }", json!({})).json();
    assert_eq!(answer["data"]["status"]["pages"], 0, "{answer}");
}

#[test]
fn misspelt_names_are_answered_with_known_ones_unless_they_are_not_to_be() {
    let (_database, open) = empty();
    let answer = ask(&open, MISSPELT, json!({}));
    assert!(answer.body.contains("Did you mean"), "{}", answer.body);
    let (_database, closed) = with(&["--no-suggestions"]);
    let answer = ask(&closed, MISSPELT, json!({}));
    assert!(answer.body.contains("languag"), "{}", answer.body);
    assert!(
        !answer.body.contains("Did you mean") && !answer.body.contains("\"language\\"),
        "{}",
        answer.body
    );
}

on_both_engines!(a_broken_database_is_not_shown, async |database| {
    archive::migrate(database.url());
    let server = Server::start(database.url());
    let connection = sea_orm::Database::connect(database.url())
        .await
        .expect("a connection");
    for table in ["article", "label", "topic", "page", "job"] {
        let broken = format!("ALTER TABLE {table} RENAME TO {table}_gone");
        sea_orm::ConnectionTrait::execute_unprepared(&connection, &broken)
            .await
            .expect("renamed");
    }
    for query in [
        "{ articles { totalCount } }",
        "{ articles(first: 5) { nodes { title labels { score } } } }",
        "{ topics { name } }",
        "{ pages { nodes { name } } }",
        "{ node(id: \"art_a\") { id } }",
        "{ status { pages } }",
    ] {
        let answer = ask(&server, query, json!({}));
        let shown = answer.body.to_lowercase();
        for inside in [
            "select",
            "sql",
            "table",
            "relation",
            "article_gone",
            "sea_orm",
            "postgres",
            ".rs",
            "panick",
        ] {
            assert!(
                !shown.contains(inside),
                "{inside:?} in the answer to {query}: {}",
                answer.body
            );
        }
        assert!(
            answer.body.contains("\"errors\"") || query.contains("node("),
            "{query}: {}",
            answer.body
        );
        if answer.body.contains("\"errors\"") {
            assert_eq!(code(&answer), "INTERNAL", "{query}: {}", answer.body);
        }
    }
    assert_eq!(server.get("/healthz", &[]).status, 200);
});
