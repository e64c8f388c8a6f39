//! What holds for results and failures: all of it is saved or nothing, and an editor has the last word.

use chrono::TimeDelta;
use entity::id::TopicId;
use entity::job::State;
use entity::keyphrase;
use entity::label::{self, Origin};
use sea_orm::{EntityTrait, Set};
use summarizer::queue::{Claim, Failure, Queue};
use summarizer::topic::Vocabulary;
use summarizer::understanding::Understanding;
use tests::{Fresh, on_both_engines};

use crate::archive::{Archive, id, understanding};

/// An archive of one article that is summarised, and what was understood of it.
async fn summarised(fresh: &Fresh) -> (Archive, Queue, Understanding) {
    let archive = Archive::with(fresh, 1).await;
    let queue = archive.queue().await;
    let order = queue.claim(1).await.expect("a claim").remove(0);
    let understanding = understanding(&order);
    queue
        .complete(&order, &understanding, "model", "1")
        .await
        .expect("saved");
    (archive, queue, understanding)
}

on_both_engines!(a_result_is_saved_whole, async |fresh| {
    let (archive, _, understanding) = summarised(&fresh).await;

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
    let phrases = keyphrase::Entity::find().one(&archive.database).await;
    let phrases = phrases.expect("a row").expect("keyphrases").phrases.0;
    assert_eq!(
        (phrases[0].text.as_str(), phrases[0].score),
        ("a garden", 1.0)
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
    the_same_result_again_keeps_its_moment_and_another_does_not,
    async |fresh| {
        let (archive, queue, understanding) = summarised(&fresh).await;
        let then = archive.now();
        let moments = async || {
            let abstracts = archive.abstracts().await.into_iter();
            let labels = archive.labels().await.into_iter();
            let labels = labels.map(|label| label.created_at);
            abstracts
                .map(|row| row.created_at)
                .chain(labels)
                .collect::<Vec<_>>()
        };
        for (topic, sooner) in [(None, true), (Some("medtop:15000000"), false)] {
            archive.pass(60);
            archive.order_anew(0).await;
            let again = queue.claim(1).await.expect("a claim").remove(0);
            let mut understanding = understanding.clone();
            if let Some(topic) = topic {
                understanding.labels[0].topic = topic.into();
                let abstract_ = understanding.abstract_.as_mut().expect("an abstract");
                abstract_.text.push_str(" And more.");
            }
            queue
                .complete(&again, &understanding, "model", "2")
                .await
                .expect("saved");
            assert_eq!(archive.abstracts().await[0].model_version, "2");
            let made = moments().await;
            assert_eq!(made.len(), 3);
            assert!(
                made.iter().all(|made| (*made == then) == sooner),
                "{made:?}"
            );
        }
    }
);

on_both_engines!(
    a_new_result_replaces_the_models_labels_and_keeps_an_editors,
    async |fresh| {
        let (archive, queue, mut understanding) = summarised(&fresh).await;
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
