//! What a newer version of a page does to articles that an editor had merged, and that it did something.

use api::store::articles::ArticleFilter;
use chrono::TimeDelta;
use tests::on_both_engines;

use crate::hiding::two;
use crate::saving::{
    CLOSING, CLOSING_TEXT, OPENING, OPENING_TEXT, Tested, archive, moment, page, save,
};

on_both_engines!(
    what_is_an_article_again_has_its_text_to_itself,
    async |database| -> Tested {
        let (store, deed, ids) = two(database.url()).await?;
        store.merge_articles(&deed, &ids).await?;
        let elsewhere = page("b.txt", &[("Lakes: a Declaration by All", CLOSING_TEXT)]);
        let saved = save(&store, "mirror", &elsewhere, 5).await?;
        assert!(!saved.articles[0].duplicate, "a part stands for nothing");
        let longer = format!("{OPENING_TEXT}\n\nA second station is to open in the autumn.");
        let page = page("a.txt", &[(OPENING, &longer), (CLOSING, CLOSING_TEXT)]);
        save(&store, "agency", &page, 10).await?;
        let rows = store
            .articles_by_id(&[ids[1].clone(), saved.articles[0].id.clone()])
            .await?;
        for row in rows {
            let repeats = row.id != ids[1];
            assert_eq!(row.duplicate_of, repeats.then(|| ids[1].clone()));
        }
        assert_eq!(store.count_articles(&ArticleFilter::default()).await?, 2);
        Ok(())
    }
);

on_both_engines!(
    the_archive_was_touched_when_an_article_changed,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        assert_eq!(store.last_touched().await?, None);
        let first = page("a.txt", &[(OPENING, OPENING_TEXT)]);
        save(&store, "agency", &first, 0).await?;
        save(
            &store,
            "agency",
            &page("b.txt", &[(CLOSING, CLOSING_TEXT)]),
            5,
        )
        .await?;
        let at = |minutes| Some(moment() + TimeDelta::minutes(minutes));
        assert_eq!(store.last_touched().await?, at(5));
        // It may have left a list for it.
        let longer = format!("{OPENING_TEXT}\n\nA second station is to open in the autumn.");
        save(&store, "agency", &page("a.txt", &[(OPENING, &longer)]), 10).await?;
        assert_eq!(store.last_touched().await?, at(10));
        save(&store, "agency", &page("a.txt", &[(OPENING, &longer)]), 15).await?;
        assert_eq!(store.last_touched().await?, at(10));
        Ok(())
    }
);

on_both_engines!(
    the_archive_was_touched_when_a_part_became_an_article_again,
    async |database| -> Tested {
        let (store, deed, ids) = two(database.url()).await?;
        store.merge_articles(&deed, &ids).await?;
        assert_eq!(store.last_touched().await?, Some(deed.at));
        // Its text is what it was, and so is that of the whole.
        save(
            &store,
            "agency",
            &page("a.txt", &[(CLOSING, CLOSING_TEXT)]),
            10,
        )
        .await?;
        let touched = Some(moment() + TimeDelta::minutes(10));
        assert_eq!(store.last_touched().await?, touched);
        Ok(())
    }
);
