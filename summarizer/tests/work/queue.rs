//! What holds for every claim, result and failure, on both engines.

use chrono::TimeDelta;
use entity::id::TopicId;
use entity::job::State;
use entity::label::{self, Origin};
use sea_orm::{EntityTrait, Set};
use summarizer::queue::{Claim, Failure, QueueError};
use summarizer::topic::Vocabulary;
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

on_both_engines!(a_result_is_saved_whole, async |fresh| {
    let archive = Archive::with(&fresh, 1).await;
    let queue = archive.queue().await;
    let order = queue.claim(1).await.expect("a claim").remove(0);
    let understanding = understanding(&order);
    queue
        .complete(&order, &understanding, "model", "1")
        .await
        .expect("saved");

    let saved = archive.order(0).await;
    assert_eq!(
        (
            saved.state,
            saved.lease_owner,
            saved.lease_until,
            saved.error
        ),
        (State::Done, None, None, None)
    );
    let abstract_ = archive.abstracts().await.remove(0);
    assert_eq!(
        Some(&abstract_.text),
        understanding.abstract_.as_ref().map(|found| &found.text)
    );
    assert_eq!(
        (abstract_.model.as_str(), abstract_.model_version.as_str()),
        ("model", "1")
    );
    assert_eq!(
        (abstract_.text_hash.as_str(), abstract_.created_at),
        ("hash-0", archive.now())
    );
    assert_eq!(abstract_.ranking.0[0].score, 0.1235);
    assert_eq!(abstract_.sentences.0[0].end, abstract_.ranking.0[0].end);
    let labels = archive.labels().await;
    assert_eq!(labels.len(), 2);
    assert_eq!(
        (labels[0].score, labels[0].origin, labels[0].evidence_start),
        (0.5, Origin::Model, Some(0))
    );
    let embedding = archive.embeddings().await.remove(0);
    let values: Vec<f32> = embedding
        .vector
        .chunks_exact(4)
        .map(|bytes| f32::from_le_bytes(bytes.try_into().expect("four bytes")))
        .collect();
    assert_eq!((embedding.dimension, values), (2, vec![0.6, 0.8]));
});

on_both_engines!(
    a_new_result_replaces_the_models_labels_and_keeps_an_editors,
    async |fresh| {
        let archive = Archive::with(&fresh, 1).await;
        let queue = archive.queue().await;
        let order = queue.claim(1).await.expect("a claim").remove(0);
        let mut understanding = understanding(&order);
        queue
            .complete(&order, &understanding, "model", "1")
            .await
            .expect("saved");
        let editor = |topic: &str| label::ActiveModel {
            article_id: Set(id(0)),
            topic_id: Set(TopicId(topic.into())),
            score: Set(1.0),
            evidence_start: Set(None),
            evidence_end: Set(None),
            origin: Set(Origin::Editor),
            model: Set(None),
            created_at: Set(archive.now()),
        };
        label::Entity::insert(editor("medtop:15000000"))
            .exec_without_returning(&archive.database)
            .await
            .expect("a label");

        archive.change(0).await;
        let again = queue.claim(1).await.expect("a claim").remove(0);
        assert_eq!((again.attempt, again.body.as_str()), (1, "It was changed."));
        understanding.labels[0].topic = "medtop:15000000".into();
        understanding.labels[1].topic = "medtop:01000000".into();
        queue
            .complete(&again, &understanding, "model", "2")
            .await
            .expect("saved");
        let labels: Vec<(String, Origin)> = archive
            .labels()
            .await
            .into_iter()
            .map(|label| (label.topic_id.0, label.origin))
            .collect();
        let expected = [
            ("medtop:01000000", Origin::Model),
            ("medtop:15000000", Origin::Editor),
        ];
        assert_eq!(
            labels,
            expected.map(|(topic, origin)| (topic.to_owned(), origin))
        );
        assert_eq!(archive.abstracts().await.len(), 1);
        assert_eq!(archive.abstracts().await[0].text_hash, "hash-changed");
        assert_eq!(archive.embeddings().await.len(), 1);
    }
);

on_both_engines!(
    a_result_for_a_text_that_changed_meanwhile_is_refused,
    async |fresh| {
        let archive = Archive::with(&fresh, 1).await;
        let queue = archive.queue().await;
        let old = queue.claim(1).await.expect("a claim").remove(0);
        archive.change(0).await;
        assert_eq!(
            queue
                .complete(&old, &understanding(&old), "model", "1")
                .await
                .expect("an answer"),
            Claim::Lost
        );
        assert_eq!(archive.order(0).await.state, State::Queued);
        // Also when the same worker has claimed the new text by then.
        let new = queue.claim(1).await.expect("a claim").remove(0);
        assert_eq!(
            queue
                .complete(&old, &understanding(&old), "model", "1")
                .await
                .expect("an answer"),
            Claim::Lost
        );
        assert!(archive.abstracts().await.is_empty());
        assert_eq!(
            queue
                .complete(&new, &understanding(&new), "model", "1")
                .await
                .expect("saved"),
            Claim::Held
        );
    }
);

on_both_engines!(
    a_failure_is_tried_again_after_growing_waits_then_given_up,
    async |fresh| {
        let archive = Archive::with(&fresh, 1).await;
        let queue = archive.queue().await;
        for wait in [10, 20] {
            let order = queue.claim(1).await.expect("a claim").remove(0);
            let due = archive.now() + TimeDelta::seconds(wait);
            assert_eq!(
                queue.fail(&order, "no luck").await.expect("an answer"),
                Failure::Retry(due)
            );
            assert_eq!(queue.outlook().await.expect("an outlook").next, Some(due));
            archive.pass(wait - 1);
            assert!(queue.claim(1).await.expect("a claim").is_empty());
            archive.pass(1);
        }
        let order = queue.claim(1).await.expect("a claim").remove(0);
        assert_eq!(
            queue
                .fail(&order, "no luck at all")
                .await
                .expect("an answer"),
            Failure::GivenUp
        );
        let failures = queue.failures(archive.now()).await.expect("failures");
        assert_eq!(
            failures,
            [(
                id(0),
                "New School Number 0 Opens in the Valley".into(),
                "no luck at all".into()
            )]
        );
        let outlook = queue.outlook().await.expect("an outlook");
        assert_eq!(
            (outlook.unfinished(), outlook.failed, outlook.next),
            (0, 1, None)
        );

        assert_eq!(queue.retry_failed().await.expect("put back"), 1);
        let order = queue.claim(1).await.expect("a claim").remove(0);
        queue
            .complete(&order, &understanding(&order), "model", "1")
            .await
            .expect("saved");
        assert_eq!(archive.order(0).await.error, None);
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

on_both_engines!(
    topics_follow_the_vocabulary_but_labels_keep_theirs,
    async |fresh| {
        let archive = Archive::with(&fresh, 1).await;
        let queue = archive.queue().await;
        queue
            .save_vocabulary(&Vocabulary::built_in().expect("a vocabulary"))
            .await
            .expect("saved twice");
        let topics = archive.topics().await;
        assert_eq!(topics.len(), 17);
        assert_eq!(
            (topics[0].id.as_str(), topics[0].position),
            ("medtop:01000000", 0)
        );
        assert_eq!(
            topics[5].names.0.get("fr").map(String::as_str),
            Some("Éducation")
        );
        let order = queue.claim(1).await.expect("a claim").remove(0);
        queue
            .complete(&order, &understanding(&order), "model", "1")
            .await
            .expect("saved");

        let own = "[[topic]]\nid = \"own\"\nname.en = \"Own\"\ndescription.en = \"Ours.\"\n";
        queue
            .save_vocabulary(&Vocabulary::parse(own, "own").expect("a vocabulary"))
            .await
            .expect("saved");
        let mut ids: Vec<String> = archive
            .topics()
            .await
            .into_iter()
            .map(|topic| topic.id.0)
            .collect();
        ids.sort_unstable();
        assert_eq!(ids, ["medtop:05000000", "medtop:07000000", "own"]);
    }
);

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
