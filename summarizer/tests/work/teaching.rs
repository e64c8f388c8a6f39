//! What editors teach: their labels are read with the embeddings, and what was learned is kept and forgotten.

use std::collections::{BTreeMap, BTreeSet};

use entity::article;
use entity::id::TopicId;
use entity::label::{self, Origin};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use summarizer::encoder::Embedding;
use summarizer::topic::{Agreement, Head, Learned, Taught};
use tests::on_both_engines;

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

on_both_engines!(what_was_learned_is_kept_until_it_is_worse, async |fresh| {
    let archive = Archive::with(&fresh, 0).await;
    let queue = archive.queue().await;
    let taught = Taught {
        embedding: Embedding::normalised(&[1.0, 2.0]),
        likely: BTreeMap::from([("medtop:15000000".to_owned(), 0.4)]),
        topics: BTreeSet::from(["medtop:15000000".to_owned()]),
    };
    let agreement = |all| Agreement { first: 1.0, all };
    let mut learned = Learned {
        articles: 20,
        zero_shot: agreement(0.7),
        taught: agreement(0.8),
        head: Some(Head::fit(&vec![taught; 6])),
    };
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
