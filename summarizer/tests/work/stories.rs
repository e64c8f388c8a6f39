//! Articles come into stories as they are summarised, whoever summarises them and in whatever order.

use chrono::{Days, NaiveDate};
use entity::id::ArticleId;
use entity::{article, job};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, EntityTrait, QueryOrder, Set, Statement,
    TransactionTrait,
};
use summarizer::encoder::Embedding;
use summarizer::queue::{Claim, Order, Queue};
use summarizer::understanding::Understanding;
use tests::on_both_engines;
use tests::program::summarizer;

use crate::archive::{Archive, id, understanding};

/// What an article tells: the day, the direction of its embedding in degrees.
#[derive(Clone, Copy)]
struct Told(Option<u64>, f64);

const NAMES: &str = "Ada Bell Cora Dean Ebba Finn Gail Hank Iris Jack";

/// Articles on the two events of the tests, 0°and 90°: 0 1 2 on one, 3 4 on the other, 5 on neither.
const TWO_EVENTS: [Told; 6] = [
    Told(Some(10), 0.0),
    Told(Some(12), 20.0),
    Told(Some(28), 10.0),
    Told(Some(11), 90.0),
    Told(Some(12), 100.0),
    Told(Some(90), 0.0),
];

/// An archive with these articles, none of them summarised.
async fn archive(fresh: &tests::Fresh, told: &[Told]) -> Archive {
    let archive = Archive::with(fresh, told.len()).await;
    for (number, &told) in told.iter().enumerate() {
        tell(&archive, number, told).await;
    }
    archive
}

async fn tell(archive: &Archive, number: usize, Told(day, _): Told) {
    let first = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
    let changed = article::ActiveModel {
        id: Set(id(number)),
        title: Set("An Event".into()),
        body: Set(format!("It was seen by {NAMES}.")),
        published_on: Set(day.map(|day| first + Days::new(day))),
        date_basis: Set(day.map(|_| article::DateBasis::Dateline)),
        ..Default::default()
    };
    changed.update(&archive.database).await.expect("an article");
}

fn understood(order: &Order, degrees: f64) -> Understanding {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    Understanding {
        own_words: None,
        judge: None,
        embedding: Some(Embedding::normalised(&[cosine, sine])),
        ..understanding(order)
    }
}

/// Let one article be summarised, again if it was.
async fn summarise(archive: &Archive, queue: &Queue, number: usize, degrees: f64) {
    let again = job::ActiveModel {
        article_id: Set(id(number)),
        state: Set(job::State::Queued),
        available_at: Set(archive.now()),
        ..Default::default()
    };
    let others: Vec<usize> = (0..archive.orders().await.len())
        .filter(|&other| other != number)
        .collect();
    for other in others {
        hold(archive, other).await;
    }
    again.update(&archive.database).await.expect("an order");
    let order = queue.claim(1).await.expect("a claim").remove(0);
    assert_eq!(order.article, id(number));
    let understood = understood(&order, degrees);
    let claim = queue.complete(&order, &understood, "model", "1");
    assert_eq!(claim.await.expect("saved"), Claim::Held);
}

/// Whether anybody waits for a lock in this database, on PostgreSQL.
async fn waits_for_a_lock(archive: &Archive) -> bool {
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    let asked = Statement::from_string(DbBackend::Postgres, waiting);
    let row = archive.database.query_one_raw(asked).await;
    let row = row.expect("a query").expect("a row");
    row.try_get_by_index::<i64>(0).expect("a number") > 0
}

/// Let an order that waits not be claimed.
async fn hold(archive: &Archive, number: usize) {
    let order = archive.order(number).await;
    if order.state == job::State::Queued {
        let later = job::ActiveModel {
            article_id: Set(id(number)),
            available_at: Set(archive.now() + chrono::TimeDelta::days(1)),
            ..Default::default()
        };
        later.update(&archive.database).await.expect("an order");
    }
}

/// The number of each article's story, -1 where it has none.
async fn stories(archive: &Archive) -> Vec<i32> {
    let all = article::Entity::find().order_by_asc(article::Column::Id);
    let all = all.all(&archive.database).await.expect("articles");
    let number = |story: &ArticleId| {
        let digits = story.as_str().trim_start_matches(ArticleId::PREFIX);
        digits.parse().expect("a number")
    };
    all.iter()
        .map(|article| article.story_id.as_ref().map_or(-1, number))
        .collect()
}

async fn execute(archive: &Archive, sql: &str) {
    archive
        .database
        .execute_unprepared(sql)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

on_both_engines!(
    articles_on_one_event_are_one_story_in_whatever_order_they_come,
    async |fresh| {
        let archive = archive(&fresh, &TWO_EVENTS).await;
        let queue = archive.queue().await;
        // The second time and the third, they come out of their stories as they are summarised again.
        for order in [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [2, 3, 0, 5, 4, 1]] {
            for number in order {
                summarise(&archive, &queue, number, TWO_EVENTS[number].1).await;
            }
            assert_eq!(stories(&archive).await, [0, 0, 0, 3, 3, -1], "{order:?}");
        }
    }
);

on_both_engines!(
    an_article_that_belongs_to_two_stories_makes_them_one,
    async |fresh| {
        let told = [
            Told(Some(1), 90.0),
            Told(Some(2), 0.0),
            Told(Some(3), 90.0),
            Told(Some(4), 0.0),
            Told(Some(5), 45.0),
        ];
        let archive = archive(&fresh, &told).await;
        let queue = archive.queue().await;
        for (number, told) in told.iter().enumerate().take(4) {
            summarise(&archive, &queue, number, told.1).await;
        }
        assert_eq!(stories(&archive).await, [0, 1, 0, 1, -1]);
        summarise(&archive, &queue, 4, 45.0).await;
        assert_eq!(stories(&archive).await, [0; 5]);
        // Without it they part again, each with the name it had.
        summarise(&archive, &queue, 4, 180.0).await;
        assert_eq!(stories(&archive).await, [0, 1, 0, 1, -1]);
    }
);

on_both_engines!(
    a_text_that_says_something_else_leaves_its_story,
    async |fresh| {
        let archive = archive(&fresh, &TWO_EVENTS).await;
        let queue = archive.queue().await;
        for (number, told) in TWO_EVENTS.iter().enumerate() {
            summarise(&archive, &queue, number, told.1).await;
        }
        // The first leaves, and with it its name; what is left of the other story is alone.
        summarise(&archive, &queue, 0, 180.0).await;
        summarise(&archive, &queue, 4, 0.0).await;
        assert_eq!(stories(&archive).await, [-1, 1, 1, -1, 1, -1]);
        // A text of which nothing is understood is in no story.
        archive.change(2).await;
        let order = queue.claim(1).await.expect("a claim").remove(0);
        let nothing = Understanding {
            embedding: None,
            ..understood(&order, 0.0)
        };
        let claim = queue.complete(&order, &nothing, "model", "1").await;
        assert_eq!(claim.expect("saved"), Claim::Held);
        assert_eq!(stories(&archive).await, [-1, 1, -1, -1, 1, -1]);
    }
);

on_both_engines!(
    repeats_and_what_is_hidden_are_left_out_until_they_are_no_more,
    async |fresh| {
        let archive = archive(&fresh, &[Told(Some(1), 0.0); 4]).await;
        let queue = archive.queue().await;
        execute(
            &archive,
            "UPDATE article SET duplicate_of = 'art_0000' WHERE id = 'art_0001'",
        )
        .await;
        execute(
            &archive,
            "UPDATE article SET hidden_at = changed_at WHERE id = 'art_0002'",
        )
        .await;
        for number in 0..4 {
            summarise(&archive, &queue, number, 0.0).await;
        }
        assert_eq!(stories(&archive).await, [0, -1, -1, 0]);
        assert_eq!(queue.place_waiting().await.expect("placed"), 0);
        execute(
            &archive,
            "UPDATE article SET duplicate_of = NULL, hidden_at = NULL",
        )
        .await;
        assert_eq!(queue.place_waiting().await.expect("placed"), 2);
        assert_eq!(stories(&archive).await, [0; 4]);
        // And what becomes a repeat goes.
        execute(
            &archive,
            "UPDATE article SET duplicate_of = 'art_0001' WHERE id = 'art_0000'",
        )
        .await;
        assert_eq!(queue.place_waiting().await.expect("placed"), 1);
        assert_eq!(stories(&archive).await, [-1, 1, 1, 1]);
    }
);

on_both_engines!(
    an_article_that_is_dated_anew_is_placed_anew,
    async |fresh| {
        let archive = archive(&fresh, &TWO_EVENTS).await;
        let queue = archive.queue().await;
        for (number, told) in TWO_EVENTS.iter().enumerate() {
            summarise(&archive, &queue, number, told.1).await;
        }
        tell(&archive, 5, Told(Some(20), 0.0)).await;
        tell(&archive, 3, Told(Some(200), 0.0)).await;
        tell(&archive, 0, Told(None, 0.0)).await;
        assert_eq!(queue.place_waiting().await.expect("placed"), 3);
        assert_eq!(queue.place_waiting().await.expect("placed"), 0);
        // Without a day an article must be nearer, and here it is.
        assert_eq!(stories(&archive).await, [0, 0, 0, -1, -1, 0]);
    }
);

on_both_engines!(
    what_an_older_version_summarised_is_placed_without_a_model,
    async |fresh| {
        let archive = archive(&fresh, &TWO_EVENTS).await;
        let queue = archive.queue().await;
        for (number, told) in TWO_EVENTS.iter().enumerate() {
            summarise(&archive, &queue, number, told.1).await;
        }
        let forget = "UPDATE job SET placed_by = NULL";
        execute(&archive, "UPDATE article SET story_id = NULL").await;
        execute(&archive, forget).await;
        // The folder has no model: none is asked for.
        let empty = tempfile::tempdir().expect("a folder");
        let arguments = ["run".as_ref(), "--model".as_ref(), empty.path().as_os_str()];
        let _ = summarizer(fresh.url(), arguments)
            .run()
            .refuses(1, &["model"]);
        let _ = summarizer(fresh.url(), ["run"])
            .run()
            .succeeds()
            .says("compared 6 articles");
        assert_eq!(stories(&archive).await, [0, 0, 0, 3, 3, -1]);
        // Nothing is left to do; and doing it again changes nothing.
        let ended = summarizer(fresh.url(), ["run"]).run().succeeds();
        assert!(!ended.stderr.contains("compared"), "{ended}");
        execute(&archive, forget).await;
        while queue.place_waiting().await.expect("placed") > 0 {}
        assert_eq!(stories(&archive).await, [0, 0, 0, 3, 3, -1]);
    }
);

on_both_engines!(
    workers_that_save_at_the_same_time_make_the_same_stories,
    async |fresh| {
        let told: Vec<Told> = (0..48)
            .map(|number| Told(Some(number % 8), (number % 4 * 90) as f64))
            .collect();
        let archive = archive(&fresh, &told).await;
        let mut workers = Vec::new();
        for _ in 0..4 {
            let queue = archive.queue().await;
            let told = told.clone();
            workers.push(tokio::spawn(async move {
                loop {
                    let claimed = queue.claim(3).await.expect("a claim");
                    if claimed.is_empty() {
                        return;
                    }
                    for order in claimed {
                        let digits = order.article.as_str().trim_start_matches("art_");
                        let number: usize = digits.parse().expect("a number");
                        let understood = understood(&order, told[number].1);
                        let claim = queue.complete(&order, &understood, "model", "1").await;
                        assert_eq!(claim.expect("saved"), Claim::Held);
                    }
                }
            }));
        }
        for worker in workers {
            worker.await.expect("no panic");
        }
        let expected: Vec<i32> = (0..48).map(|number| number % 4).collect();
        assert_eq!(stories(&archive).await, expected);
    }
);

on_both_engines!(
    a_worker_that_stands_in_a_servers_way_tries_again,
    async |fresh| {
        // SQLite has one writer at a time: nobody stands in another's way.
        if fresh.engine() == tests::Engine::Sqlite {
            return;
        }
        let archive = archive(&fresh, &[Told(Some(1), 0.0); 2]).await;
        let queue = archive.queue().await;
        summarise(&archive, &queue, 0, 0.0).await;
        // A server holds the first article, and will want what the worker holds: the second one's order.
        let server = archive.database.begin().await.expect("a transaction");
        server
            .execute_unprepared("SET LOCAL deadlock_timeout = '1h'")
            .await
            .expect("patience");
        server
            .execute_unprepared("UPDATE article SET slug = 'held' WHERE id = 'art_0000'")
            .await
            .expect("a row");
        let (worker, waiting) = tokio::join!(summarise(&archive, &queue, 1, 0.0), async {
            // Over the pool, not on a thread that is waited for: the worker is polled by the same task as this.
            while !waits_for_a_lock(&archive).await {}
            server
                .execute_unprepared("UPDATE job SET error = 'x' WHERE article_id = 'art_0001'")
                .await?;
            server.commit().await
        });
        let () = worker;
        waiting.expect("the server is not the one that is ended");
        assert_eq!(stories(&archive).await, [0, 0]);
    }
);
