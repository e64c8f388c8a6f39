//! PostgreSQL ends one of two transactions that wait for each other. We write an article and then its job; the summarizer ends
//! a job, and then places its article. Of the two it is ours that is ended here, and begun again.

use api::store::Store;
use entity::id::ArticleId;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};
use tests::both_engines::block_on;
use tests::{Engine, Fresh};

use crate::saving::{OPENING, OPENING_TEXT, Tested, desk, page, save};

/// Whoever writes a job stops at a gate before it, and is counted, also if nothing comes of it.
const GATE: &str = "CREATE SEQUENCE passed; \
    CREATE FUNCTION stop_at_the_gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
      PERFORM pg_advisory_xact_lock(7); PERFORM nextval('passed'); RETURN NEW; END $$; \
    CREATE TRIGGER gate BEFORE INSERT ON job FOR EACH ROW EXECUTE FUNCTION stop_at_the_gate()";

/// Until so many sessions of this database wait for a lock.
async fn waiting(connection: &DatabaseConnection, sessions: i64) -> Tested {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while number(connection, sql).await? != sessions {
        tokio::task::yield_now().await;
    }
    Ok(())
}

async fn number(
    connection: &DatabaseConnection,
    sql: &str,
) -> Result<i64, Box<dyn std::error::Error>> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection.query_one_raw(statement).await?.ok_or("no row")?;
    Ok(row.try_get_by_index(0)?)
}

/// Does our work while a summarizer holds the job of the article and comes to want the article: how often a job was written.
async fn in_the_way(
    url: &str,
    id: &ArticleId,
    ours: impl Future<Output = Tested>,
) -> Result<i64, Box<dyn std::error::Error>> {
    let others = entity::database::open(url, 3).await?;
    others.execute_unprepared(GATE).await?;
    let gate = others.begin().await?;
    gate.execute_unprepared("SELECT pg_advisory_xact_lock(7)")
        .await?;
    let summarizer = others.begin().await?;
    // It does not look for deadlocks; so the one that is found, and ended, is ours.
    summarizer
        .execute_unprepared("SET LOCAL deadlock_timeout = '1h'")
        .await?;
    summarizer
        .execute_unprepared(&format!(
            "UPDATE job SET attempts = attempts WHERE article_id = '{id}'"
        ))
        .await?;
    let theirs = async {
        waiting(&others, 1).await?;
        let place = format!("UPDATE article SET story_id = story_id WHERE id = '{id}'");
        let place = async { Ok(summarizer.execute_unprepared(&place).await.map(drop)?) };
        let open = async {
            waiting(&others, 2).await?;
            Ok(gate.commit().await?)
        };
        let (placed, opened): (Tested, Tested) = tokio::join!(place, open);
        placed?;
        opened?;
        Ok(summarizer.commit().await?)
    };
    let (ours, theirs): (Tested, Tested) = tokio::join!(ours, theirs);
    theirs?;
    ours?;
    number(&others, "SELECT last_value FROM passed").await
}

#[test]
fn a_page_that_stood_in_the_way_of_the_summarizer_is_saved() {
    block_on(Engine::Postgres, |database: Fresh| async move {
        let (store, _) = desk(database.url()).await?;
        let id = opening(&store).await?;
        let longer = format!("{OPENING_TEXT}\n\nA second station is to open in the autumn.");
        let page = page("a.txt", &[(OPENING, &longer)]);
        let ours = async { save(&store, "agency", &page, 1).await.map(drop) };
        assert_eq!(in_the_way(database.url(), &id, ours).await?, 2);
        let saved = store.articles_by_id(&[id]).await?;
        assert!(saved[0].body.ends_with("in the autumn."));
        Tested::Ok(())
    });
}

#[test]
fn a_deed_that_stood_in_the_way_of_the_summarizer_is_done_once() {
    block_on(Engine::Postgres, |database: Fresh| async move {
        let (store, deed) = desk(database.url()).await?;
        let id = opening(&store).await?;
        let ours = async {
            let split = store.split_article(&deed, &id, 1, Some("A Part")).await;
            Ok(split.map(drop)?)
        };
        // One job before the end, and both anew.
        assert_eq!(in_the_way(database.url(), &id, ours).await?, 3);
        assert_eq!(store.count_audit().await?, 1);
        Tested::Ok(())
    });
}

async fn opening(store: &Store) -> Result<ArticleId, Box<dyn std::error::Error>> {
    let page = page("a.txt", &[(OPENING, OPENING_TEXT)]);
    Ok(save(store, "agency", &page, 0).await?.articles[0]
        .id
        .clone())
}
