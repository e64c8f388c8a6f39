//! What editors teach: their labels are read with the embeddings, and what was learned is kept and forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use entity::article;
use entity::id::TopicId;
use entity::label::{self, Origin};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use summarizer::encoder::Embedding;
use summarizer::topic::{Agreement, Head, Learned, Taught, Vocabulary};
use tests::on_both_engines;
use tests::program::{Signal, summarizer};
use tests::wait::eventually;

use crate::archive::{Archive, id, understanding};

on_both_engines!(
    what_editors_labelled_is_read_with_its_embedding,
    async |fresh| {
        let archive = Archive::with(&fresh, 3).await;
        let queue = archive.queue().await;
        for order in queue.claim(3).await.expect("a claim") {
            let understanding = understanding(&order);
            let saved = queue.complete(&order, &understanding, "model", "1").await;
            saved.expect("saved");
        }
        // Of the second article an editor said that it has no topic; of the third nothing was said.
        for number in [0, 1] {
            let set = article::ActiveModel {
                id: Set(id(number)),
                labels_set_at: Set(Some(archive.now())),
                ..Default::default()
            };
            set.update(&archive.database).await.expect("an article");
            label::Entity::delete_many()
                .filter(label::Column::ArticleId.eq(id(number)))
                .exec(&archive.database)
                .await
                .expect("no labels");
        }
        let given = label::ActiveModel {
            article_id: Set(id(0)),
            topic_id: Set(TopicId("medtop:15000000".into())),
            score: Set(1.0),
            evidence_start: Set(None),
            evidence_end: Set(None),
            origin: Set(Origin::Editor),
            model: Set(None),
            created_at: Set(archive.now()),
        };
        label::Entity::insert(given)
            .exec_without_returning(&archive.database)
            .await
            .expect("a label");

        let edited = queue.edited("model").await.expect("labels");
        assert_eq!(edited.len(), 2);
        assert_eq!(
            edited[0].topics,
            BTreeSet::from(["medtop:15000000".to_owned()])
        );
        assert_eq!(
            (edited[1].topics.len(), edited[1].language.as_str()),
            (0, "en")
        );
        assert_eq!(edited[0].embedding.values(), [0.6, 0.8]);
        assert!(queue.edited("another").await.expect("none").is_empty());
        assert_eq!(queue.embeddings("model").await.expect("all").len(), 3);
    }
);

/// What is learned from six articles of this embedding, all about sport.
fn learned(embedding: Embedding) -> Learned {
    let vocabulary = Vocabulary::built_in().expect("the topics that are built in");
    let taught = Taught {
        embedding,
        likely: BTreeMap::from([("medtop:15000000".to_owned(), 0.4)]),
        topics: BTreeSet::from(["medtop:15000000".to_owned()]),
    };
    let agreement = |all| Agreement { first: 1.0, all };
    Learned {
        articles: 20,
        zero_shot: agreement(0.7),
        taught: agreement(0.8),
        head: Some(Head::fit(&vec![taught; 6], &vocabulary)),
    }
}

on_both_engines!(what_was_learned_is_kept_until_it_is_worse, async |fresh| {
    let archive = Archive::with(&fresh, 0).await;
    let queue = archive.queue().await;
    let mut learned = learned(Embedding::normalised(&[1.0, 2.0]));
    for _ in 0..2 {
        queue.keep_learned("model", &learned).await.expect("kept");
        let heads = queue.learned().await.expect("heads");
        assert_eq!(heads.get("model"), learned.head.as_ref());
    }
    learned.head = None;
    queue
        .keep_learned("model", &learned)
        .await
        .expect("forgotten");
    assert!(queue.learned().await.expect("heads").is_empty());
});

on_both_engines!(
    a_worker_that_stays_follows_what_editors_taught_meanwhile,
    async |fresh| {
        let archive = Archive::with(&fresh, 1).await;
        let queue = archive.queue().await;
        let arguments = ["run", "--watch", "--multilingual", "off"];
        let mut running = summarizer(fresh.url(), arguments).start();
        let made = |ending: &str| {
            let count =
                format!("SELECT count(*) FROM abstract WHERE model_version LIKE '%{ending}'");
            eventually("an abstract", Duration::from_secs(30), || {
                (fresh.number(&count) == 1).then_some(())
            });
        };
        made("");
        let learned = learned(Embedding::normalised(&[1.0; 384]));
        let kept = queue.keep_learned("all-MiniLM-L6-v2", &learned).await;
        kept.expect("kept");
        running.line(|line| line.contains("what editors taught").then_some(()));
        archive.change(0).await;
        made(&learned.head.expect("a head").version());
        running.signal(Signal::TERM);
        let _ = running.ended().exits(0);
    }
);

on_both_engines!(
    articles_that_were_labelled_before_something_was_learned_are_of_another_version,
    async |fresh| {
        let archive = Archive::with(&fresh, 2).await;
        let queue = archive.queue().await;
        let run = |more: &[&str]| {
            let arguments = [&["run", "--multilingual", "off"], more].concat();
            summarizer(fresh.url(), arguments).run().succeeds()
        };
        run(&[]);
        let model = "all-MiniLM-L6-v2";
        let mut learned = learned(Embedding::normalised(&[1.0; 384]));
        queue.keep_learned(model, &learned).await.expect("kept");
        run(&[]).says("2 articles by another model or version; --again");
        run(&["--again"]).says("summarised 2 articles");
        run(&["--again"]).says("0 articles by another model or version");
        let version = learned.head.take().expect("a head").version();
        let abstracts = archive.abstracts().await;
        assert!(abstracts[0].model_version.ends_with(&version), "{version}");
        queue
            .keep_learned(model, &learned)
            .await
            .expect("forgotten");
        run(&[]).says("2 articles by another model or version; --again");
    }
);
