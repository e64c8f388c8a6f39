//! Doing anew what another model or version did: what is there stays until the new result is.

use entity::article;
use entity::job::{self, State};
use sea_orm::{ActiveModelTrait, Set};
use summarizer::queue::{Makers, Queue, Which};
use summarizer::understanding::Maker;
use tests::on_both_engines;

use crate::archive::{Archive, id, understanding};

fn maker(model: &str, version: &str) -> Maker {
    Maker::of((model.to_owned(), version.to_owned()), model == "many")
}

fn makers(version: &str) -> Makers {
    Makers {
        english: maker("english", version),
        other: maker("many", version),
        judge: None,
    }
}

/// Work the queue with these makers.
async fn work(queue: &Queue, makers: &Makers) -> usize {
    let mut done = 0;
    loop {
        let claimed = queue.claim(10).await.expect("a claim");
        if claimed.is_empty() {
            return done;
        }
        for order in claimed {
            let maker = match order.language.as_str() {
                "en" => &makers.english,
                _ => &makers.other,
            };
            let understood = understanding(&order);
            let made = queue.complete(&order, &understood, &maker.model, &maker.version);
            made.await.expect("saved");
            done += 1;
        }
    }
}

/// Four articles, of which the second and the last are in French.
async fn archive(fresh: &tests::Fresh) -> Archive {
    let archive = Archive::with(fresh, 4).await;
    for number in [1, 3] {
        let french = article::ActiveModel {
            id: Set(id(number)),
            language: Set("fr".into()),
            ..Default::default()
        };
        french.update(&archive.database).await.expect("an article");
    }
    archive
}

on_both_engines!(
    what_another_version_made_is_ordered_anew_and_stays_until_it_is_made,
    async |fresh| {
        let archive = archive(&fresh).await;
        let queue = archive.queue().await;
        assert_eq!(work(&queue, &makers("1")).await, 4);
        let all = Which::default();
        let again = async |version| {
            queue
                .order_again(&makers(version), &all)
                .await
                .expect("orders")
        };
        assert_eq!(again("1").await, 0, "nothing is older");
        let older = queue.made_by_others(&makers("2"), &all).await;
        assert_eq!(older.expect("a count"), 4);
        assert_eq!(again("2").await, 4);
        let before = archive.abstracts().await;
        assert!(
            before.iter().all(|found| found.model_version == "1"),
            "they stay"
        );
        // Interrupted after one; the same command goes on with the rest.
        let first = queue.claim(1).await.expect("a claim").remove(0);
        let understood = understanding(&first);
        let made = queue.complete(&first, &understood, "english", "2");
        made.await.expect("saved");
        assert_eq!(again("2").await, 0, "the rest is ordered already");
        assert_eq!(work(&queue, &makers("2")).await, 3);
        assert!(
            archive
                .abstracts()
                .await
                .iter()
                .all(|found| found.model_version == "2")
        );
    }
);

on_both_engines!(only_what_passes_the_filter_is_ordered_anew, async |fresh| {
    let archive = archive(&fresh).await;
    let queue = archive.queue().await;
    work(&queue, &makers("1")).await;
    let french = Which {
        languages: vec!["fr".into()],
        ..Which::default()
    };
    let elsewhere = Which {
        source: Some("elsewhere".into()),
        ..Which::default()
    };
    let new = makers("2");
    assert_eq!(
        queue.order_again(&new, &elsewhere).await.expect("orders"),
        0
    );
    assert_eq!(queue.order_again(&new, &french).await.expect("orders"), 2);
    let queued: Vec<_> = archive
        .orders()
        .await
        .into_iter()
        .filter(|order| order.state == State::Queued)
        .map(|order| order.article_id)
        .collect();
    assert_eq!(queued, [id(1), id(3)]);
});

on_both_engines!(
    an_encoder_that_comes_for_other_languages_leaves_english_as_it_is,
    async |fresh| {
        let archive = archive(&fresh).await;
        let queue = archive.queue().await;
        let one = Makers {
            english: maker("english", "1"),
            other: maker("english", "1"),
            judge: None,
        };
        work(&queue, &one).await;
        let ordered = queue.order_again(&makers("1"), &Which::default()).await;
        assert_eq!(ordered.expect("orders"), 2);
    }
);

on_both_engines!(
    an_order_for_a_model_by_name_is_claimed_by_whoever_has_it,
    async |fresh| {
        let archive = archive(&fresh).await;
        let wanted = job::ActiveModel {
            article_id: Set(id(2)),
            model: Set(Some("many".into())),
            ..Default::default()
        };
        wanted.update(&archive.database).await.expect("an order");
        let one = archive.queue().await.of_models(vec!["english".into()]);
        assert_eq!(one.outlook().await.expect("an outlook").queued, 3);
        assert_eq!(one.claim(10).await.expect("a claim").len(), 3);
        let both = archive
            .queue()
            .await
            .of_models(vec!["english".into(), "many".into()]);
        let claimed = both.claim(10).await.expect("a claim");
        assert_eq!(claimed.len(), 1);
        assert_eq!(
            (&claimed[0].article, claimed[0].model.as_deref()),
            (&id(2), Some("many"))
        );
    }
);
