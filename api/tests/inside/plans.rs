//! However large the archive, a page of articles is found by an index: under every order, however far into the list,
//! and whether few or many pass the filter.

use std::sync::{Arc, Mutex};

use api::digest::{Period, Selection, Wanted};
use api::store::Store;
use api::store::articles::{
    ArticleFilter, ArticleOrder, ArticlePlace, Direction, Match, OrderField,
};
use api::store::window::{End, Window};
use entity::id::{ArticleId, TopicId};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use tests::on_both_engines;

type Tested = Result<(), Box<dyn std::error::Error>>;

/// Articles: a tenth undated, a twentieth repeats, a quarter French, five German, a third each of three topics, five
/// of a rare one, sources alike but for one.
const ARTICLES: usize = 20_000;

/// Most rows that a page of 20 may cost.
const MOST_ROWS: f64 = 4_000.0;

async fn fill(connection: &DatabaseConnection) -> Tested {
    let postgres = connection.get_database_backend() == DbBackend::Postgres;
    let numbers = |most: usize| {
        if postgres {
            format!("SELECT i FROM generate_series(0, {most}) AS n(i)")
        } else {
            format!(
                "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) SELECT i FROM n"
            )
        }
    };
    let (day, moment, hash, json) = if postgres {
        (
            "DATE '2010-01-01' + i % 5000",
            "TIMESTAMPTZ '2026-01-01T00:00:00Z' + i % 60 * INTERVAL '1 second'",
            "md5(i::text)",
            "'{}'::jsonb",
        )
    } else {
        (
            "date('2010-01-01', '+' || (i % 5000) || ' days')",
            "'2026-01-01T00:00:' || printf('%02d', i % 60) || '+00:00'",
            "printf('%08x', i * 7919 % 1000003)",
            "'{}'",
        )
    };
    let (pages, articles) = (numbers(199), numbers(ARTICLES - 1));
    // The id is made of the number's digits, so that it sorts alike everywhere and looks like one.
    let id = "'art_' || substr('0000000000000000' || i, length('0000000000000000' || i) - 15)";
    for sql in [
        format!(
            "INSERT INTO page (id, source, name, media_type, encoding, content_hash, byte_count, reader, ingested_at) \
             SELECT 'page_' || i, CASE WHEN i = 7 THEN 'rare' WHEN i % 2 = 0 THEN 'even' ELSE 'odd' END, i || '.txt', \
             'text/plain', 'utf-8', 'hash ' || i, 1, '1', {moment} FROM ({pages}) AS numbered"
        ),
        format!(
            "INSERT INTO article (id, page_id, position, slug, title, language, published_on, date_basis, body, word_count, \
             fingerprint, text_hash, ingested_at, changed_at, title_key) \
             SELECT {id}, 'page_' || (i % 200), i, 'slug-' || i, 'Title', \
             CASE WHEN i % 4000 = 3 THEN 'de' WHEN i % 4 = 1 THEN 'fr' ELSE 'en' END, \
             CASE WHEN i % 10 = 0 THEN NULL ELSE {day} END, CASE WHEN i % 10 = 0 THEN NULL ELSE 'DATELINE' END, \
             'Body.', 1, 'print ' || i, 'hash ' || i, {moment}, {moment}, {hash} FROM ({articles}) AS numbered"
        ),
        "UPDATE article SET duplicate_of = 'art_0000000000000001' WHERE position % 20 = 2"
            .to_owned(),
        format!(
            "INSERT INTO topic (id, name, names, description, position) SELECT 't:' || i, 'topic', {json}, '', i FROM ({}) AS numbered",
            numbers(3)
        ),
        "INSERT INTO label (article_id, topic_id, score, origin, created_at) \
         SELECT id, 't:' || (position % 3), 0.5, 'MODEL', ingested_at FROM article"
            .to_owned(),
        "INSERT INTO label (article_id, topic_id, score, origin, created_at) \
         SELECT id, 't:3', 0.5, 'MODEL', ingested_at FROM article WHERE position % 4000 = 77"
            .to_owned(),
    ] {
        connection.execute_unprepared(&sql).await?;
    }
    if postgres {
        connection.execute_unprepared("ANALYZE").await?;
    }
    Ok(())
}

/// Every statement that was sent.
type Heard = Arc<Mutex<Vec<Statement>>>;

/// An archive of so many articles whose statements are heard.
async fn listening(
    url: &str,
) -> Result<(DatabaseConnection, Store, Heard), Box<dyn std::error::Error>> {
    let mut connection = entity::database::open(url, 1).await?;
    let heard = Heard::default();
    let listener = heard.clone();
    connection.set_metric_callback(move |info| {
        listener
            .lock()
            .expect("no panic")
            .push(info.statement.clone());
    });
    let store = Store::over(connection.clone());
    store.migrate_up().await?;
    fill(&connection).await?;
    Ok((connection, store, heard))
}

/// The filters of the test, each with how many of the articles pass it.
fn filters() -> Vec<(&'static str, ArticleFilter)> {
    let shown = ArticleFilter::default;
    let topics = |ids: &[&str], topics_match| ArticleFilter {
        topics: Some(ids.iter().map(|id| TopicId((*id).to_owned())).collect()),
        topics_match,
        ..shown()
    };
    let languages = |language: &str| ArticleFilter {
        languages: Some(vec![language.to_owned()]),
        ..shown()
    };
    let sources = |source: &str| ArticleFilter {
        sources: Some(vec![source.to_owned()]),
        ..shown()
    };
    let day = |day: &str| day.parse().ok();
    vec![
        ("all that is shown", shown()),
        (
            "duplicates too",
            ArticleFilter {
                include_duplicates: true,
                ..shown()
            },
        ),
        ("a common topic", topics(&["t:1"], Match::Any)),
        ("a rare topic", topics(&["t:3"], Match::Any)),
        ("common topics", topics(&["t:0", "t:1"], Match::Any)),
        (
            "a rare topic with a common one",
            topics(&["t:3", "t:2"], Match::All),
        ),
        ("a common language", languages("fr")),
        ("a rare language", languages("de")),
        ("a language that there is not", languages("tlh")),
        ("a common source", sources("odd")),
        ("a rare source", sources("rare")),
        (
            "a short period",
            ArticleFilter {
                published_from: day("2012-01-01"),
                published_to: day("2012-01-31"),
                ..shown()
            },
        ),
        (
            "a long period",
            ArticleFilter {
                published_from: day("2011-01-01"),
                ..shown()
            },
        ),
        (
            "the undated",
            ArticleFilter {
                undated: Some(true),
                ..shown()
            },
        ),
        (
            "the dated",
            ArticleFilter {
                undated: Some(false),
                ..shown()
            },
        ),
        (
            "one",
            ArticleFilter {
                ids: Some(vec![ArticleId("art_0000000000000001".to_owned())]),
                ..shown()
            },
        ),
    ]
}

fn orders() -> Vec<ArticleOrder> {
    let of = |field| {
        [Direction::Asc, Direction::Desc].map(|direction| ArticleOrder { field, direction })
    };
    [
        OrderField::PublishedAt,
        OrderField::Title,
        OrderField::IngestedAt,
    ]
    .into_iter()
    .flat_map(of)
    .collect()
}

fn window(
    end: End,
    after: Option<ArticlePlace>,
    before: Option<ArticlePlace>,
) -> Window<ArticlePlace> {
    Window {
        size: 20,
        end,
        after,
        before,
    }
}

/// What SQLite says it will do, one step a line.
async fn steps(
    connection: &DatabaseConnection,
    statement: &Statement,
) -> Result<String, sea_orm::DbErr> {
    let mut explain = statement.clone();
    explain.sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
    let rows = connection.query_all_raw(explain).await?;
    let lines: Result<Vec<String>, _> = rows.iter().map(|row| row.try_get("", "detail")).collect();
    Ok(lines?.join("\n"))
}

/// The rows that PostgreSQL really looked at, in all tables and indexes, and its plan.
async fn rows_read(
    connection: &DatabaseConnection,
    statement: &Statement,
) -> Result<(f64, String), Box<dyn std::error::Error>> {
    let mut explain = statement.clone();
    explain.sql = format!(
        "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {}",
        statement.sql
    );
    let row = connection.query_one_raw(explain).await?.ok_or("no plan")?;
    let plan: serde_json::Value = row.try_get_by_index(0)?;
    fn read(node: &serde_json::Value) -> f64 {
        let number = |name: &str| node[name].as_f64().unwrap_or(0.0);
        let scans = node["Node Type"]
            .as_str()
            .is_some_and(|kind| kind.contains("Scan"));
        let here = (number("Actual Rows")
            + number("Rows Removed by Filter")
            + number("Rows Removed by Index Recheck"))
            * number("Actual Loops");
        let below: f64 = node["Plans"]
            .as_array()
            .map_or(0.0, |plans| plans.iter().map(read).sum());
        below + if scans { here } else { 0.0 }
    }
    Ok((read(&plan[0]["Plan"]), format!("{plan:#}")))
}

on_both_engines!(
    every_page_is_found_by_an_index,
    async |database| -> Tested {
        let (connection, store, heard) = listening(database.url()).await?;
        let middle = store
            .articles_by_id(&[ArticleId("art_0000000000010001".to_owned())])
            .await?;
        let middle = middle.first().ok_or("no article in the middle")?;

        for (name, filter) in filters() {
            for order in orders() {
                let place = order.place(middle);
                for window in [
                    window(End::First, None, None),
                    window(End::Last, None, None),
                    window(End::First, Some(place.clone()), None),
                    window(End::Last, None, Some(place.clone())),
                ] {
                    heard.lock().expect("no panic").clear();
                    let slice = store.articles(&filter, order, &window).await?;
                    if window.after.is_none() && window.before.is_none() {
                        assert_eq!(
                            slice.rows.is_empty(),
                            name == "a language that there is not",
                            "{name}"
                        );
                    }
                    let statement = heard
                        .lock()
                        .expect("no panic")
                        .last()
                        .cloned()
                        .ok_or("no statement")?;
                    let case = format!("{name}, {order:?}, {window:?}\n{}\n", statement.sql);
                    if connection.get_database_backend() == DbBackend::Sqlite {
                        let plan = steps(&connection, &statement).await?;
                        let led = plan.contains("USING INDEX sqlite_autoindex_article_1 (id=?)");
                        let walks = plan.lines().any(|step| {
                            step.contains("article USING INDEX ix_article_")
                                && step.contains("_id")
                                && (step.starts_with("SCAN") || step.starts_with("SEARCH"))
                        });
                        let sorts =
                            plan.contains("TEMP B-TREE FOR ORDER BY") || plan.contains("TERM");
                        assert!(led || (walks && !sorts), "{case}{plan}");
                        assert!(
                            !plan.lines().any(|step| step == "SCAN article"),
                            "{case}{plan}"
                        );
                        let few = ["a rare", "that there is not", "one"];
                        assert_eq!(
                            led,
                            few.iter().any(|few| name.contains(few))
                                || (name == "a short period"
                                    && order.field != OrderField::PublishedAt),
                            "{case}{plan}"
                        );
                    } else {
                        let (rows, plan) = rows_read(&connection, &statement).await?;
                        assert!(rows <= MOST_ROWS, "{rows} rows: {case}{plan}");
                    }
                }
            }
        }
        Ok(())
    }
);

on_both_engines!(
    a_digest_of_a_week_reads_that_week_in_a_fixed_number_of_statements,
    async |database| -> Tested {
        let (connection, store, heard) = listening(database.url()).await?;
        let until = "2012-03-31".parse()?;
        let mut counts = Vec::new();
        for since in ["2012-03-24", "2012-03-17"] {
            heard.lock().expect("no panic").clear();
            let wanted = Wanted {
                period: Period::Since(since.parse()?),
                ..Wanted::named("weekly".parse()?)
            };
            let selection = Selection::read(&store, &wanted, until).await?;
            let found: i64 = selection.found.try_into()?;
            let days = (until - since.parse::<chrono::NaiveDate>()?).num_days() + 1;
            // Four a day, some of which are undated or repeats.
            assert!(
                (days * 2..=days * 4).contains(&found),
                "{found} in {days} days"
            );
            assert_eq!(
                selection.entries().count(),
                15,
                "five of each of three topics"
            );
            let statements = heard.lock().expect("no panic").clone();
            for statement in &statements {
                if connection.get_database_backend() == DbBackend::Sqlite {
                    let plan = steps(&connection, statement).await?;
                    let scans = ["SCAN article", "SCAN label", "SCAN abstract"];
                    let scanned = plan.lines().any(|step| scans.contains(&step));
                    assert!(!scanned, "{}\n{plan}", statement.sql);
                } else {
                    let (rows, plan) = rows_read(&connection, statement).await?;
                    assert!(rows <= MOST_ROWS, "{rows} rows: {}\n{plan}", statement.sql);
                }
            }
            counts.push(statements.len());
        }
        assert!(counts[0] <= 7 && counts[0] == counts[1], "{counts:?}");
        Ok(())
    }
);
