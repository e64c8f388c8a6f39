//! A list whose answer is written from the database's JSON says what the schema's machinery says, value for value.

use api::graphql::{self, AsJson, PublicUrl, Schema};
use api::store::Store;
use async_graphql::parser::parse_query;
use async_graphql::{Request, Variables};
use entity::id::{ArticleId, TopicId};
use entity::span::{Ranking, Spans};
use entity::{abstracts, label, page, topic};
use sea_orm::ActiveValue::Set;
use sea_orm::{Database, DatabaseConnection, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use tests::on_both_engines;

use super::rows::{ODD, article, at, page};

type Tested = Result<(), Box<dyn std::error::Error>>;

/// Four articles with odd texts: with a model's abstract and an editor's, with a long one, with none; with labels of equal
/// score and without any.
async fn fill(connection: &DatabaseConnection) -> Tested {
    let page = page();
    let of_page = page.id.clone();
    page::Entity::insert(page.into_active_model())
        .exec_without_returning(connection)
        .await?;
    let articles: Vec<_> = (1..=4).map(|number| article(number, &of_page)).collect();
    let ids: Vec<ArticleId> = articles.iter().map(|article| article.id.clone()).collect();
    entity::article::Entity::insert_many(
        articles.into_iter().map(IntoActiveModel::into_active_model),
    )
    .exec_without_returning(connection)
    .await?;
    for number in 0..4 {
        topic::Entity::insert(topic::ActiveModel {
            id: Set(TopicId(format!("t:{}", ["b", "A", "a", "é"][number]))),
            name: Set(format!("{number} {ODD}")),
            names: Set(topic::Names::default()),
            description: Set(String::new()),
            position: Set(0),
        })
        .exec_without_returning(connection)
        .await?;
    }
    for (article, topic, score) in [
        (0, "b", 0.5),
        (0, "A", 0.5),
        (0, "é", 0.5),
        (0, "a", 0.1 + 0.2),
        (1, "a", 1.0),
        (2, "a", 0.001),
        (2, "b", 1.0 / 3.0),
    ] {
        label::Entity::insert(label::ActiveModel {
            article_id: Set(ids[article].clone()),
            topic_id: Set(TopicId(format!("t:{topic}"))),
            score: Set(score),
            evidence_start: Set(None),
            evidence_end: Set(None),
            origin: Set(match article {
                1 => label::Origin::Editor,
                _ => label::Origin::Model,
            }),
            model: Set(None),
            created_at: Set(at(1)),
        })
        .exec_without_returning(connection)
        .await?;
    }
    let long = format!("{ODD}. ").repeat(12);
    for (article, kind, text) in [
        (0, abstracts::Kind::Extractive, "A model's."),
        (0, abstracts::Kind::Edited, ODD),
        (1, abstracts::Kind::Edited, &long),
        (2, abstracts::Kind::Extractive, "A model's."),
        (2, abstracts::Kind::Abstractive, "A model's own."),
    ] {
        abstracts::Entity::insert(abstracts::ActiveModel {
            article_id: Set(ids[article].clone()),
            kind: Set(kind),
            text: Set(text.to_owned()),
            sentences: Set(Spans(Vec::new())),
            ranking: Set(Ranking::default()),
            model: Set("m".to_owned()),
            model_version: Set("1".to_owned()),
            text_hash: Set("h".to_owned()),
            created_at: Set(at(1)),
        })
        .exec_without_returning(connection)
        .await?;
    }
    Ok(())
}

/// The answer by the schema's machinery and the one that was written, and whether it was.
async fn both(schema: &Schema, query: &str, variables: &Value) -> (Value, Value, bool) {
    let request = || Request::new(query).variables(Variables::from_json(variables.clone()));
    let plain = graphql::execute(schema, request()).await;
    assert!(plain.errors.is_empty(), "{query}: {:?}", plain.errors);
    let written = graphql::execute(schema, request().data(AsJson)).await;
    assert!(written.errors.is_empty(), "{query}: {:?}", written.errors);
    // By way of the text, as it goes to a client.
    let said = |value| {
        let mut text = Vec::new();
        graphql::write(&mut text, value).expect("JSON");
        serde_json::from_slice(&text).expect("JSON")
    };
    let was = holds_bytes(&written.data);
    assert!(!holds_bytes(&plain.data), "{query}");
    (said(&plain.data), said(&written.data), was)
}

/// Whether anything in it was written.
fn holds_bytes(value: &async_graphql::Value) -> bool {
    match value {
        async_graphql::Value::Binary(_) => true,
        async_graphql::Value::Object(fields) => fields.values().any(holds_bytes),
        async_graphql::Value::List(values) => values.iter().any(holds_bytes),
        _ => false,
    }
}

on_both_engines!(
    a_written_list_says_what_the_machinery_says,
    async |database| -> Tested {
        let store = Store::open(database.url()).await?;
        store.migrate_up().await?;
        fill(&Database::connect(database.url()).await?).await?;
        let public: PublicUrl = "https://news.example.org".parse()?;
        let everything = "id slug url title language publishedOn dateBasis wordCount readingMinutes position __typename
            abstract { text kind __typename } labels { score origin __typename topic { id name __typename } }";
        let first = "query($after: String) { articles(first: 2, after: $after) { pageInfo { endCursor } } }";
        for public in [None, Some(public)] {
            let schema = graphql::schema_at(store.clone(), public);
            let page = graphql::execute(&schema, Request::new(first)).await;
            let page = serde_json::to_value(&page)?;
            let after = &page["data"]["articles"]["pageInfo"]["endCursor"];
            for (query, by_database) in [
                (format!("{{ articles {{ nodes {{ {everything} }} }} }}"), true),
                (format!("{{ articles {{ edges {{ cursor __typename node {{ {everything} }} }} }} }}"), true),
                ("{ articles { totalCount __typename nodes { t: title s: slug } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }".to_owned(), true),
                ("{ articles(last: 1) { nodes { title } edges { node { slug } cursor } pageInfo { startCursor hasPreviousPage } } }".to_owned(), true),
                ("query($after: String) { articles(first: 9, after: $after) { nodes { title } pageInfo { startCursor hasNextPage } } }".to_owned(), true),
                ("{ articles(orderBy: { field: TITLE, direction: ASC }, first: 3) { edges { cursor } pageInfo { endCursor } } }".to_owned(), true),
                ("{ articles(orderBy: { field: INGESTED_AT, direction: DESC }, first: 3) { edges { cursor } pageInfo { endCursor } } }".to_owned(), true),
                ("{ articles(first: 0) { nodes { title } pageInfo { endCursor } } }".to_owned(), true),
                ("{ articles(filter: { topics: [\"t:a\"], languages: [\"fr\"], publishedFrom: \"2021-01-01\" }) { nodes { title labels { score } } } }".to_owned(), true),
                ("{ one: articles(first: 1) { nodes { title } } two: articles(last: 1) { nodes { title } } }".to_owned(), true),
                ("{ articles { ...List } } fragment List on ArticleConnection { nodes { ...Card } } fragment Card on Article { title ... on Node { id } labels { ...Of } } fragment Of on Label { topic { name } }".to_owned(), true),
                ("{ articles { nodes { title @skip(if: true) slug @include(if: true) } } }".to_owned(), true),
                ("{ topics { name articles { nodes { title } } } }".to_owned(), true),
                ("{ articles { nodes { title body } } }".to_owned(), false),
                ("{ articles { nodes { abstract(maxChars: 100) { text } } } }".to_owned(), false),
                ("{ articles { nodes { labels(minScore: 0.4) { score } } } }".to_owned(), false),
                ("{ articles { nodes { labels { createdAt } } } }".to_owned(), false),
                ("{ articles { pageInfo { endCursor } } }".to_owned(), false),
            ] {
                let (plain, written, was) = both(&schema, &query, &json!({ "after": after })).await;
                assert_eq!(plain, written, "{query}");
                assert_eq!(was, by_database, "{query}");
            }
        }
        Ok(())
    }
);

#[test]
fn a_document_is_apart_if_nothing_in_it_is_answered_twice() {
    for (document, apart) in [
        ("{ articles { nodes { title } } }", true),
        (
            "{ articles { nodes { title } } articles { nodes { slug } } }",
            false,
        ),
        ("{ articles { nodes { title } nodes { slug } } }", false),
        ("{ articles { nodes { title t: title } } }", true),
        ("{ articles { nodes { title title } } }", false),
        (
            "{ articles { nodes { title } ...A } } fragment A on ArticleConnection { nodes { slug } }",
            false,
        ),
        (
            "{ articles { ...A } } fragment A on ArticleConnection { nodes { slug } }",
            true,
        ),
        (
            "{ articles { ... { nodes { slug } } ... { totalCount } } }",
            true,
        ),
        (
            "{ articles { ... { nodes { slug } } ... { nodes { id } } } }",
            false,
        ),
        (
            "{ a: articles { nodes { title } } b: articles { nodes { title } } }",
            true,
        ),
        (
            "query A { articles { totalCount } } query B { articles { totalCount totalCount } }",
            false,
        ),
        ("{ ...A } fragment A on Query { ...A }", false),
    ] {
        let parsed = parse_query(document).expect("a document");
        assert_eq!(graphql::is_apart(&parsed), apart, "{document}");
    }
    // Fragments that double say too much to be looked at.
    let mut document = "{ ...F0 }".to_owned();
    for number in 0..20 {
        let next = number + 1;
        document += &format!(
            " fragment F{number} on Query {{ a{number}: x {{ ...F{next} }} b{number}: x {{ ...F{next} }} }}"
        );
    }
    document += " fragment F20 on Query { z }";
    let parsed = parse_query(document).expect("a document");
    assert!(!graphql::is_apart(&parsed));
}
