//! The worker's single step, called until the queue is empty, and its loop.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use entity::job::State;
use summarizer::config::default_model_folder;
use summarizer::encoder::Computing;
use summarizer::model::ModelFolder;
use summarizer::topic::Vocabulary;
use summarizer::understanding::{Options, Summarizer};
use summarizer::worker::{Ended, Notice, Outcome, Plan, Worker};
use tests::{Fresh, on_both_engines};
use tokio::sync::Notify;

use crate::archive::{Archive, body, id};

async fn summarizer() -> Arc<Summarizer> {
    let folder = ModelFolder::open(&default_model_folder()).expect("the encoder of `make setup`");
    let vocabulary = Vocabulary::built_in().expect("the built-in vocabulary");
    let options = Options {
        computing: Computing::on(NonZeroUsize::MIN),
        ..Options::default()
    };
    Arc::new(Summarizer::load(&folder, &vocabulary, options).expect("a summarizer"))
}

on_both_engines!(step_by_step_every_article_is_summarised, async |fresh| {
    let archive = Archive::with(&fresh, 7).await;
    let worker = Worker::new(archive.queue().await, summarizer().await, 3);
    let mut sizes = Vec::new();
    loop {
        let step = worker.step().await.expect("a step");
        assert!(
            step.orders
                .iter()
                .all(|(_, outcome)| *outcome == Outcome::Saved)
        );
        if step.orders.is_empty() {
            break;
        }
        sizes.push(step.orders.len());
    }
    assert_eq!(sizes, [3, 3, 1]);
    assert!(
        archive
            .orders()
            .await
            .iter()
            .all(|order| order.state == State::Done && order.attempts == 1)
    );
    for (number, found) in archive.abstracts().await.iter().enumerate() {
        let body: Vec<char> = body(number).chars().collect();
        let sentences: Vec<String> = found
            .sentences
            .0
            .iter()
            .map(|span| {
                body[span.start as usize..span.end as usize]
                    .iter()
                    .collect()
            })
            .collect();
        assert_eq!(
            (found.article_id.clone(), found.text.clone()),
            (id(number), sentences.join(" "))
        );
        assert_eq!(
            (found.model.as_str(), found.model_version.as_str()),
            ("all-MiniLM-L6-v2", "53aa51172d14+extract-5")
        );
    }
    assert_eq!(archive.embeddings().await.len(), 7);
    // An article that is near to no topic has no label.
    assert!(!archive.labels().await.is_empty());
});

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stored_does_not_depend_on_what_was_summarised_beside_it() {
    let summarizer = summarizer().await;
    let mut stored = Vec::new();
    for batch in [1, 5, 30] {
        let fresh = Fresh::sqlite();
        let archive = Archive::with(&fresh, 30).await;
        let worker = Worker::new(archive.queue().await, Arc::clone(&summarizer), batch);
        while !worker.step().await.expect("a step").orders.is_empty() {}
        stored.push((
            archive.abstracts().await,
            archive.labels().await,
            archive.embeddings().await,
        ));
    }
    assert_eq!(stored[0], stored[1]);
    assert_eq!(stored[0], stored[2]);
}

on_both_engines!(a_run_ends_when_the_queue_is_empty, async |fresh| {
    let archive = Archive::with(&fresh, 9).await;
    let worker = Worker::new(archive.queue().await, summarizer().await, 2);
    let ended = worker
        .run(Plan::UntilEmpty, std::future::pending(), |_| {})
        .await
        .expect("a run");
    assert_eq!(ended, Ended::Empty);
    assert_eq!(archive.abstracts().await.len(), 9);
});

on_both_engines!(
    a_run_that_is_told_to_stop_gives_back_what_it_has_in_hand,
    async |fresh| {
        let archive = Archive::with(&fresh, 40).await;
        let worker = Worker::new(archive.queue().await, summarizer().await, 4);
        let (one_step, stopped) = (Notify::new(), AtomicBool::new(false));
        let stop = async {
            one_step.notified().await;
            stopped.store(true, Ordering::Relaxed);
        };
        let notice = |notice: Notice<'_>| {
            if matches!(notice, Notice::Step(_)) {
                one_step.notify_one();
            }
        };
        let ended = worker.run(Plan::Watch, stop, notice).await.expect("a run");
        assert!(matches!(ended, Ended::Stopped(_)) && stopped.load(Ordering::Relaxed));
        let orders = archive.orders().await;
        let done = orders
            .iter()
            .filter(|order| order.state == State::Done)
            .count();
        let fresh_again = orders
            .iter()
            .filter(|order| order.state == State::Queued && order.attempts == 0)
            .count();
        assert!(
            done >= 4 && done + fresh_again == 40,
            "{done} done, {fresh_again} as if never claimed"
        );
        assert_eq!(archive.abstracts().await.len(), done);
    }
);
