//! The feed of changes: every change comes, in the order of commits, to whoever follows, whoever wrote it.

use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;

use api::ingest::{Page, Repeats, read};
use api::store::Store;
use api::store::changes::{Change, Follower, Position};
use chrono::DateTime;
use entity::change::Kind;
use entity::id::ArticleId;
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tests::{Engine, Fresh, on_both_engines};

type Tested = Result<(), Box<dyn std::error::Error>>;

/// Longer than a loaded machine may need; nothing waits so long when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

async fn archive(url: &str) -> Result<Store, Box<dyn std::error::Error>> {
    let store = Store::open(url).await?;
    store.migrate_up().await?;
    Ok(store)
}

/// Save pages of one article each; their ids.
async fn add(
    store: &Store,
    names: impl IntoIterator<Item = usize>,
) -> Result<Vec<ArticleId>, Box<dyn std::error::Error>> {
    let mut ids = Vec::new();
    for name in names {
        let text = format!(
            "Agency Opens River Station Number {name}\n\nThe Agency for Rivers opened measuring station {name} in Northford, in the \
            presence of the mayor and of some forty pupils who had built the model that stands in its hall.\n\nIt measures the \
            height, the speed and the temperature of the water every ten minutes, and sends them to everybody who asks.\n"
        );
        let page = Page::decode(format!("{name}.txt").as_str(), text.into_bytes())?;
        let now = DateTime::from_timestamp(1_700_000_000, 0).ok_or("a moment")?;
        let reading = read(&page, &Repeats::default(), now.date_naive());
        let saved = store.save("agency", &page, &reading, now).await?;
        ids.extend(saved.articles.into_iter().map(|article| article.id));
    }
    Ok(ids)
}

async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, what)
        .await
        .expect("it comes in time")
}

async fn touch(on: &impl ConnectionTrait, article: &ArticleId) -> Tested {
    let statement = format!("UPDATE article SET position = position WHERE id = '{article}'");
    on.execute_unprepared(&statement).await?;
    Ok(())
}

fn writing() -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    }
}

async fn connection(database: &Fresh) -> Result<DatabaseConnection, Box<dyn std::error::Error>> {
    Ok(Database::connect(database.url()).await?)
}

/// Save so many articles, and follow until all that this makes has come.
async fn caught_up(
    store: &Store,
    count: usize,
) -> Result<(Vec<ArticleId>, Follower, Vec<Change>), Box<dyn std::error::Error>> {
    let ids = add(store, 0..count).await?;
    let mut follower = store.follow(Position::START);
    let mut changes = Vec::new();
    while changes.len() < 2 * count {
        changes.extend(soon(follower.next(3)).await?);
    }
    Ok((ids, follower, changes))
}

/// Follow until this article's change of this kind came; all that came until then.
async fn until(
    follower: &mut Follower,
    article: &ArticleId,
    kind: Kind,
) -> Result<Vec<Change>, Box<dyn std::error::Error>> {
    let mut all = Vec::new();
    while !all
        .iter()
        .any(|change: &Change| change.article == *article && change.kind == kind)
    {
        all.extend(soon(follower.next(3)).await?);
    }
    Ok(all)
}

on_both_engines!(
    an_article_that_comes_and_changes_is_in_the_feed,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        assert_eq!(store.newest_change().await?, Position::START);
        let (ids, mut follower, came) = caught_up(&store, 1).await?;
        let kinds: Vec<Kind> = came.iter().map(|change| change.kind).collect();
        assert_eq!(kinds.len(), 2, "{came:?}");
        assert!(kinds.contains(&Kind::Added) && kinds.contains(&Kind::Article));
        assert!(came.iter().all(|change| change.article == ids[0]));

        let newest = follower.position();
        assert_eq!(newest, came[1].at);
        assert_eq!(store.newest_change().await?, newest);
        assert_eq!(store.changes(&newest, 10).await?, []);
        touch(&connection(&database).await?, &ids[0]).await?;
        let changed = soon(follower.next(10)).await?;
        assert_eq!(changed.len(), 1);
        assert_eq!(changed[0].kind, Kind::Article, "it came only once");
        assert!(changed[0].at > newest);
        let first = store.changes(&Position::START, 1).await?;
        assert_eq!((first.len(), first[0].kind), (1, Kind::Added));
        Ok(())
    }
);

on_both_engines!(
    a_change_that_commits_after_a_later_one_is_not_skipped,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let (ids, mut follower, _) = caught_up(&store, 2).await?;
        let other = connection(&database).await?;
        let early = other.begin_with_options(writing()).await?;
        touch(&early, &ids[0]).await?;
        // On SQLite writers take turns: the second waits for the first.
        let late = tokio::spawn({
            let (url, id) = (database.url().to_owned(), ids[1].clone());
            async move {
                let connection = Database::connect(url).await.expect("a connection");
                touch(&connection, &id).await.expect("it is written");
            }
        });
        if database.engine() == Engine::Postgres {
            late.await?;
            assert_eq!(store.changes(&follower.position(), 10).await?, []);
            early.commit().await?;
        } else {
            early.commit().await?;
            late.await?;
        }
        let changes = until(&mut follower, &ids[1], Kind::Article).await?;
        let articles: Vec<&ArticleId> = changes.iter().map(|change| &change.article).collect();
        assert_eq!(articles, [&ids[0], &ids[1]]);
        Ok(())
    }
);

on_both_engines!(
    an_end_without_changes_of_an_older_transaction_lets_later_changes_through,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let (ids, mut follower, _) = caught_up(&store, 2).await?;
        let other = connection(&database).await?;
        let early = other.begin_with_options(writing()).await?;
        touch(&early, &ids[0]).await?;
        let late = tokio::spawn({
            let (url, id) = (database.url().to_owned(), ids[1].clone());
            async move {
                let connection = Database::connect(url).await.expect("a connection");
                touch(&connection, &id).await.expect("it is written");
            }
        });
        if database.engine() == Engine::Postgres {
            late.await?;
            let waits = follower.next(10);
            tokio::pin!(waits);
            assert!(futures_util::poll!(&mut waits).is_pending());
            early.rollback().await?;
            let changes = soon(waits).await?;
            assert_eq!(changes[0].article, ids[1]);
        } else {
            early.rollback().await?;
            late.await?;
            let changes = soon(follower.next(10)).await?;
            assert_eq!(changes[0].article, ids[1]);
        }
        Ok(())
    }
);

on_both_engines!(
    a_transaction_of_another_database_holds_nothing_back,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let (ids, mut follower, _) = caught_up(&store, 1).await?;
        // In the same cluster, where there is one.
        let neighbour = Fresh::new(database.engine()).ok_or("a database")?;
        let there = connection(&neighbour).await?;
        let open = there.begin_with_options(writing()).await?;
        open.execute_unprepared("CREATE TABLE busy (number INTEGER)")
            .await?;
        touch(&connection(&database).await?, &ids[0]).await?;
        let changes = soon(follower.next(10)).await?;
        assert_eq!(changes[0].article, ids[0]);
        open.rollback().await?;
        Ok(())
    }
);

on_both_engines!(
    of_many_writers_at_once_every_change_comes_in_order,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let (ids, mut follower, _) = caught_up(&store, 12).await?;
        let end = ids[11].clone();
        let writers: Vec<_> = (0..4usize)
            .map(|writer| {
                let (url, ids) = (database.url().to_owned(), ids[..11].to_vec());
                tokio::spawn(async move {
                    let connection = Database::connect(url).await.expect("a connection");
                    for round in 0..15 {
                        let transaction = connection
                            .begin_with_options(writing())
                            .await
                            .expect("a transaction");
                        // Each in the order of the ids, so that no two wait for each other.
                        for (place, id) in ids.iter().enumerate() {
                            if (place + round) % (writer + 2) == 0 {
                                touch(&transaction, id).await.expect("it is written");
                            }
                        }
                        transaction.commit().await.expect("it commits");
                    }
                })
            })
            .collect();
        let following = tokio::spawn(async move {
            let mut seen: HashMap<ArticleId, Position> = HashMap::new();
            let mut last = Position::START;
            while !seen.contains_key(&end) {
                for change in follower.next(3).await.expect("the database answers") {
                    assert!(change.at > last, "{change:?} came after {last:?}");
                    last = change.at;
                    if change.kind == Kind::Article {
                        seen.insert(change.article, change.at);
                    }
                }
            }
            seen
        });
        for writer in writers {
            soon(writer).await?;
        }
        touch(&connection(&database).await?, &ids[11]).await?;
        let seen = soon(following).await?;
        let stored = store.changes(&Position::START, 100).await?;
        for change in stored.iter().filter(|change| change.kind == Kind::Article) {
            assert_eq!(seen.get(&change.article), Some(&change.at));
        }
        assert_eq!(seen.len(), 12);
        Ok(())
    }
);

on_both_engines!(
    another_server_sees_what_this_one_writes,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let replica = Store::open(database.url()).await?;
        let mut here = store.follow(Position::START);
        let mut there = replica.follow(Position::START);
        for name in 0..3 {
            let ids = add(&store, [name]).await?;
            until(&mut here, &ids[0], Kind::Added).await?;
            until(&mut there, &ids[0], Kind::Added).await?;
        }
        Ok(())
    }
);

on_both_engines!(
    nothing_is_watched_while_nobody_follows,
    async |database| -> Tested {
        // On SQLite a pool of one connection, so that one more is the watch's.
        let store = Store::over(connection(&database).await?);
        store.migrate_up().await?;
        let watching = |database: &Fresh| match database.engine() {
            Engine::Postgres => {
                database.number(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                    AND query LIKE 'LISTEN%'",
                ) > 0
            }
            // The files that this process holds open: those of the store, and one more of the watch.
            Engine::Sqlite => {
                std::fs::read_dir("/proc/self/fd")
                    .expect("the open files")
                    .filter_map(|file| std::fs::read_link(file.ok()?.path()).ok())
                    .filter(|path| path.ends_with("test.db"))
                    .count()
                    > 1
            }
        };
        let eventually = async |expected: bool| {
            soon(async {
                while watching(&database) != expected {
                    tokio::task::yield_now().await;
                }
            })
            .await;
        };
        assert!(!watching(&database));
        let mut one = store.follow(Position::START);
        let other = store.clone().follow(Position::START);
        let ids = add(&store, [1]).await?;
        until(&mut one, &ids[0], Kind::Added).await?;
        eventually(true).await;
        drop(one);
        assert!(watching(&database), "the other still follows");
        drop(other);
        eventually(false).await;
        // And again, after the first watch has ended.
        let mut again = store.follow(store.newest_change().await?);
        let ids = add(&store, [2]).await?;
        until(&mut again, &ids[0], Kind::Added).await?;
        eventually(true).await;
        store.close().await?;
        eventually(false).await;
        Ok(())
    }
);

on_both_engines!(
    a_restored_archive_does_not_wait_for_transactions_of_where_it_was,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let (ids, ..) = caught_up(&store, 2).await?;
        if database.engine() == Engine::Postgres {
            // As another cluster, much older than this one, would have numbered them.
            connection(&database)
                .await?
                .execute_unprepared("UPDATE change SET transaction = 9000000000000")
                .await?;
        }
        let store = Store::open_migrated(database.url()).await?;
        let mut follower = store.follow(Position::START);
        let mut changes = Vec::new();
        while changes.len() < 4 {
            changes.extend(soon(follower.next(10)).await?);
        }
        touch(&connection(&database).await?, &ids[0]).await?;
        let later = soon(follower.next(10)).await?;
        assert_eq!(later[0].article, ids[0]);
        Ok(())
    }
);
