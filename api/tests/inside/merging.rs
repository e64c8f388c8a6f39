//! What a newer version of a page does to articles that an editor had merged, and that it did something.

use api::store::articles::ArticleFilter;
use tests::on_both_engines;

use crate::hiding::two;
use crate::saving::{CLOSING, CLOSING_TEXT, OPENING, OPENING_TEXT, Tested, page, save};

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
