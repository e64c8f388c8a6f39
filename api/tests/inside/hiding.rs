//! What an editor hid stays hidden, however its page is cut and whatever comes of it.

use api::store::Store;
use api::store::articles::{ArticleFilter, ArticleOrder};
use api::store::editing::{Deed, EditError, Outcome};
use api::store::window::{End, Window};
use entity::id::ArticleId;
use tests::on_both_engines;

use crate::saving::{CLOSING, CLOSING_TEXT, OPENING, OPENING_TEXT, Tested, desk, page, save};

/// An archive with a page of two articles, their ids, and an editor.
pub(crate) async fn two(
    url: &str,
) -> Result<(Store, Deed, [ArticleId; 2]), Box<dyn std::error::Error>> {
    let (store, deed) = desk(url).await?;
    let page = page("a.txt", &[(OPENING, OPENING_TEXT), (CLOSING, CLOSING_TEXT)]);
    let saved = save(&store, "agency", &page, 0).await?;
    let ids = [0, 1].map(|index| saved.articles[index].id.clone());
    Ok((store, deed, ids))
}

/// A newer version of that page, with the same two articles, one of which says more.
async fn newer(store: &Store) -> Tested {
    let longer = format!("{CLOSING_TEXT}\n\nThe next conference is to be held in Eastwick.");
    let page = page("a.txt", &[(OPENING, OPENING_TEXT), (CLOSING, &longer)]);
    save(store, "agency", &page, 10).await?;
    Ok(())
}

/// The titles that readers see.
async fn shown(store: &Store) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let window = Window {
        size: 100,
        end: End::First,
        after: None,
        before: None,
    };
    let (filter, order) = (ArticleFilter::default(), ArticleOrder::default());
    let rows = store.articles(&filter, order, &window).await?.rows;
    let mut titles: Vec<String> = rows.into_iter().map(|row| row.title).collect();
    titles.sort();
    Ok(titles)
}

const NONE: [&str; 0] = [];

on_both_engines!(
    what_is_split_off_a_hidden_article_is_hidden,
    async |database| -> Tested {
        let (store, deed, [id, other]) = two(database.url()).await?;
        for id in [&id, &other] {
            store.set_hidden(&deed, id, true).await?;
        }
        let split = store.split_article(&deed, &id, 1, Some("A Part")).await?;
        assert_eq!(split.outcome, Outcome::Split);
        assert_eq!(shown(&store).await?, NONE);
        // Each is shown by itself again.
        store.set_hidden(&deed, &split.articles[1], false).await?;
        assert_eq!(shown(&store).await?, ["A Part"]);
        Ok(())
    }
);

on_both_engines!(
    a_hidden_article_is_not_merged_with_one_that_is_shown,
    async |database| -> Tested {
        let (store, deed, ids) = two(database.url()).await?;
        for (hidden, other) in [(0, 1), (1, 0)] {
            store.set_hidden(&deed, &ids[hidden], true).await?;
            match store.merge_articles(&deed, &ids).await {
                Err(EditError::Refused(why)) => {
                    for word in [
                        format!("{} is hidden", ids[hidden]),
                        format!("{} is shown", ids[other]),
                    ] {
                        assert!(why.contains(&word), "{why}");
                    }
                }
                other => panic!("it is not refused: {other:?}"),
            }
            assert_eq!(shown(&store).await?.len(), 1);
            store.set_hidden(&deed, &ids[hidden], false).await?;
        }
        Ok(())
    }
);

on_both_engines!(
    what_was_hidden_and_merged_is_not_shown_by_a_newer_version_of_its_page,
    async |database| -> Tested {
        let (store, deed, ids) = two(database.url()).await?;
        for id in &ids {
            store.set_hidden(&deed, id, true).await?;
        }
        let merged = store.merge_articles(&deed, &ids).await?;
        assert_eq!(merged.outcome, Outcome::Merged);
        newer(&store).await?;
        assert_eq!(shown(&store).await?, NONE);
        for id in &ids {
            let shown = store.set_hidden(&deed, id, false).await?;
            assert_eq!(shown.outcome, Outcome::Shown, "it is an article of its own");
        }
        Ok(())
    }
);

on_both_engines!(
    a_part_is_shown_or_hidden_again_as_its_whole_was,
    async |database| -> Tested {
        let (store, deed, ids) = two(database.url()).await?;
        store.merge_articles(&deed, &ids).await?;
        for hidden in [true, false] {
            let part = store.set_hidden(&deed, &ids[1], hidden).await;
            assert!(
                matches!(&part, Err(EditError::Refused(why)) if why.contains("was merged into")),
                "{part:?}"
            );
        }
        store.set_hidden(&deed, &ids[0], true).await?;
        newer(&store).await?;
        assert_eq!(shown(&store).await?, NONE);
        Ok(())
    }
);

on_both_engines!(
    a_part_is_shown_again_by_a_newer_version_of_its_page,
    async |database| -> Tested {
        let (store, deed, ids) = two(database.url()).await?;
        store.merge_articles(&deed, &ids).await?;
        assert_eq!(shown(&store).await?, [OPENING]);
        newer(&store).await?;
        assert_eq!(shown(&store).await?, [OPENING, CLOSING]);
        Ok(())
    }
);
