//! Subscriptions in the schema: who is too slow, and what is left when nobody subscribes any more.

use std::time::Duration;

use api::graphql;
use api::store::Store;
use async_graphql::{Request, Response, Value};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use sea_orm::{ConnectionTrait, Database};
use tests::on_both_engines;

const ADDED: &str = "subscription { articleAdded { id } }";

type Tested = Result<(), Box<dyn std::error::Error>>;

async fn next(events: &mut BoxStream<'static, Response>) -> Option<Response> {
    tokio::time::timeout(Duration::from_secs(60), events.next())
        .await
        .expect("it comes in time")
}

/// Run a subscription until it is live; it is not asked for its events.
async fn begin(schema: &graphql::Schema) -> BoxStream<'static, Response> {
    let (live, begun) = graphql::Live::channel();
    let mut events = graphql::execute_stream(schema, Request::new(ADDED).data(live));
    tokio::select! {
        live = begun => live.expect("it begins"),
        event = events.next() => panic!("{event:?} before anything was added"),
    }
    events
}

on_both_engines!(
    a_subscriber_that_is_too_slow_is_told_so_and_let_go,
    async |database| -> Tested {
        let store = Store::open(database.url()).await?;
        store.migrate_up().await?;
        let schema = graphql::schema(store);
        let mut slow = begin(&schema).await;
        let mut quick = begin(&schema).await;
        let connection = Database::connect(database.url()).await?;
        let page = "INSERT INTO page (id, source, name, media_type, encoding, content_hash, byte_count, reader, ingested_at) \
            VALUES ('p', 's', 'n', 'text/plain', 'utf-8', 'h', 0, 'r', '2024-01-01 00:00:00+00:00')";
        connection.execute_unprepared(page).await?;
        // Each is told by itself, as it is waited for: more of them than a subscriber may be behind.
        for number in 0..70 {
            let article = format!(
                "INSERT INTO article (id, page_id, position, slug, title, language, body, word_count, fingerprint, text_hash, \
                ingested_at, changed_at) VALUES ('a{number}', 'p', {number}, 's{number}', 't', 'en', 'b', 1, 'f{number}', \
                'h{number}', '2024-01-01 00:00:00+00:00', '2024-01-01 00:00:00+00:00')"
            );
            connection.execute_unprepared(&article).await?;
            let event = next(&mut quick).await.ok_or("the quick one is let go")?;
            let told = event
                .into_result()
                .map_err(|errors| format!("{errors:?}"))?;
            let expected = format!("{{\"articleAdded\":{{\"id\":\"a{number}\"}}}}");
            assert_eq!(serde_json::to_string(&told.data)?, expected);
        }
        let event = next(&mut slow)
            .await
            .ok_or("the slow one is told nothing")?;
        let code = event.errors[0]
            .extensions
            .as_ref()
            .and_then(|extensions| extensions.get("code"));
        assert_eq!(code, Some(&Value::from("LAGGED")));
        assert!(next(&mut slow).await.is_none(), "and let go");
        Ok(())
    }
);
