//! What holds for claims: who has an order, for how long, and what becomes of it when they are gone.

use chrono::TimeDelta;
use entity::job::State;
use summarizer::queue::{Claim, Failure, QueueError};
use tests::on_both_engines;

use crate::archive::{Archive, body, id, understanding};

on_both_engines!(an_order_is_claimed_once, async |fresh| {
    let archive = Archive::with(&fresh, 3).await;
    let (first, second) = (archive.queue().await, archive.queue().await);
    let claimed = first.claim(2).await.expect("a claim");
    let articles: Vec<_> = claimed.iter().map(|order| order.article.clone()).collect();
    assert_eq!(articles, [id(0), id(1)]);
    assert_eq!(
        (claimed[1].attempt, claimed[1].body.as_str()),
        (1, body(1).as_str())
    );
    let rest = second.claim(10).await.expect("a claim");
    assert_eq!(rest.len(), 1);
    assert!(first.claim(10).await.expect("a claim").is_empty());
    let outlook = first.outlook().await.expect("an outlook");
    assert_eq!((outlook.queued, outlook.running, outlook.failed), (0, 3, 0));
    assert_eq!(outlook.next, Some(archive.now() + TimeDelta::seconds(60)));
});

on_both_engines!(
    workers_that_claim_at_the_same_time_share_the_orders,
    async |fresh| {
        let archive = Archive::with(&fresh, 60).await;
        let mut workers = Vec::new();
        for _ in 0..4 {
            let queue = archive.queue().await;
            workers.push(tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let claimed = queue.claim(3).await.expect("a claim");
                    assert!(claimed.len() <= 3);
                    if claimed.is_empty() {
                        return mine;
                    }
                    for order in claimed {
                        let claim = queue
                            .complete(&order, &understanding(&order), "model", "1")
                            .await;
                        assert_eq!(claim.expect("saved"), Claim::Held);
                        mine.push(order.article);
                    }
                }
            }));
        }
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.await.expect("no panic"));
        }
        all.sort_unstable();
        assert_eq!(all, (0..60).map(id).collect::<Vec<_>>());
        assert!(
            archive
                .orders()
                .await
                .iter()
                .all(|order| order.state == State::Done && order.attempts == 1)
        );
    }
);

on_both_engines!(
    what_a_dead_worker_held_is_claimed_when_its_lease_ends,
    async |fresh| {
        let archive = Archive::with(&fresh, 1).await;
        let (dead, alive) = (archive.queue().await, archive.queue().await);
        let lost = dead.claim(1).await.expect("a claim").remove(0);
        archive.pass(59);
        assert!(alive.claim(1).await.expect("a claim").is_empty());
        archive.pass(2);
        let order = alive.claim(1).await.expect("a claim").remove(0);
        assert_eq!((order.article.clone(), order.attempt), (id(0), 2));
        // The first one was not dead after all, but too late: nothing of its result is saved.
        assert_eq!(
            dead.complete(&lost, &understanding(&lost), "model", "1")
                .await
                .expect("an answer"),
            Claim::Lost
        );
        assert!(archive.abstracts().await.is_empty() && archive.labels().await.is_empty());
        assert_eq!(
            dead.fail(&lost, "too late").await.expect("an answer"),
            Failure::Lost
        );
        assert_eq!(
            alive
                .complete(&order, &understanding(&order), "model", "1")
                .await
                .expect("saved"),
            Claim::Held
        );
        assert_eq!(archive.order(0).await.state, State::Done);
    }
);

on_both_engines!(a_renewed_lease_is_kept, async |fresh| {
    let archive = Archive::with(&fresh, 1).await;
    let (holder, other) = (archive.queue().await, archive.queue().await);
    let order = holder.claim(1).await.expect("a claim").remove(0);
    for _ in 0..5 {
        archive.pass(40);
        holder.renew().await.expect("renewed");
        other.renew().await.expect("renewed");
        assert!(other.claim(1).await.expect("a claim").is_empty());
    }
    assert_eq!(
        holder
            .complete(&order, &understanding(&order), "model", "1")
            .await
            .expect("saved"),
        Claim::Held
    );
});

on_both_engines!(
    a_worker_does_not_take_its_own_expired_order_for_the_renewed_one,
    async |fresh| {
        let archive = Archive::with(&fresh, 1).await;
        let queue = archive.queue().await;
        let first = queue.claim(1).await.expect("a claim").remove(0);
        archive.pass(61);
        let second = queue.claim(1).await.expect("a claim").remove(0);
        assert_eq!(
            queue
                .complete(&first, &understanding(&first), "model", "1")
                .await
                .expect("an answer"),
            Claim::Lost
        );
        assert_eq!(
            queue
                .complete(&second, &understanding(&second), "model", "1")
                .await
                .expect("saved"),
            Claim::Held
        );
    }
);

on_both_engines!(what_is_given_back_counts_as_never_claimed, async |fresh| {
    let archive = Archive::with(&fresh, 3).await;
    let (queue, other) = (archive.queue().await, archive.queue().await);
    let kept = other.claim(1).await.expect("a claim").remove(0);
    queue.claim(2).await.expect("a claim");
    assert_eq!(queue.release().await.expect("released"), 2);
    let order = archive.order(1).await;
    assert_eq!(
        (order.state, order.attempts, order.lease_owner),
        (State::Queued, 0, None)
    );
    assert_eq!(archive.order(0).await.state, State::Running);
    assert_eq!(
        other
            .complete(&kept, &understanding(&kept), "model", "1")
            .await
            .expect("saved"),
        Claim::Held
    );
});

on_both_engines!(a_database_without_tables_says_what_to_do, async |fresh| {
    let database = entity::database::open(fresh.url(), 1)
        .await
        .expect("a database");
    let queue = summarizer::queue::Queue::new(
        database,
        Default::default(),
        summarizer::clock::Clock::system(),
    );
    let error = queue.outlook().await.expect_err("an error");
    assert!(matches!(error, QueueError::NotMigrated(_)));
    assert!(error.to_string().contains("communique migrate up"));
});
