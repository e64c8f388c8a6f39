//! What the store keeps of pages that come again, change, come back, or repeat one another.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use api::ingest::{Page, Repeats, read};
use api::store::Store;
use api::store::articles::{ArticleFilter, ArticleOrder};
use api::store::editing::Deed;
use api::store::save::{Outcome, SavedPage};
use api::store::window::{End, Window};
use chrono::{DateTime, TimeDelta, Utc};
use entity::article;
use entity::id::ArticleId;
use entity::token::Scope;
use tests::on_both_engines;

pub(crate) type Tested = Result<(), Box<dyn std::error::Error>>;

pub(crate) const OPENING: &str = "Agency Opens a River Station in Northford";
pub(crate) const OPENING_TEXT: &str = "The Agency for Rivers opened a measuring station in Northford today, Thursday, April 1, 2021, in the \
    presence of the mayor and of some forty pupils who had built the model that stands in its hall.\n\n\
    The station measures the height, the speed and the temperature of the water every ten minutes and sends them to \
    everybody who asks for them, free of charge, as the Agency promised when the works began.";
pub(crate) const CLOSING: &str = "Conference on Clean Lakes Ends with a Common Declaration";
pub(crate) const CLOSING_TEXT: &str = "The conference on clean lakes that the Agency for Rivers held in Southmere ended on March 29, 2021, with \
    a declaration that twelve countries signed after three days of talks about money and mud.\n\n\
    It asks all that live upstream of a lake to tell those downstream within one day what they let into the water.";

pub(crate) fn page(name: &str, articles: &[(&str, &str)]) -> Page {
    let text: Vec<String> = articles
        .iter()
        .map(|(title, body)| format!("{title}\n\n{body}\n"))
        .collect();
    Page::decode(name, text.join("\n").into_bytes()).expect("a page of plain text")
}

pub(crate) fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000, 0).expect("a moment in 2023")
}

/// Save a page as an ingest of `source` would, so many minutes after the first moment.
pub(crate) async fn save(
    store: &Store,
    source: &str,
    page: &Page,
    minutes: i64,
) -> Result<SavedPage, Box<dyn std::error::Error>> {
    let now = moment() + TimeDelta::minutes(minutes);
    let reading = read(page, &Repeats::default(), now.date_naive());
    Ok(store.save(source, page, &reading, now).await?)
}

async fn all(store: &Store) -> Result<Vec<article::Model>, Box<dyn std::error::Error>> {
    let filter = ArticleFilter {
        include_duplicates: true,
        ..ArticleFilter::default()
    };
    let window = Window {
        size: 100,
        end: End::First,
        after: None,
        before: None,
    };
    Ok(store
        .articles(&filter, ArticleOrder::default(), &window)
        .await?
        .rows)
}

fn outcomes(saved: &SavedPage) -> Vec<(Outcome, bool)> {
    saved
        .articles
        .iter()
        .map(|article| (article.outcome, article.duplicate))
        .collect()
}

pub(crate) async fn archive(url: &str) -> Result<Store, Box<dyn std::error::Error>> {
    let store = Store::open(url).await?;
    store.migrate_up().await?;
    Ok(store)
}

/// An archive, and what an editor does in it.
pub(crate) async fn desk(url: &str) -> Result<(Store, Deed), Box<dyn std::error::Error>> {
    let store = archive(url).await?;
    let scopes = [Scope::Edit];
    let secret = store.create_token("ada", &scopes, None, moment()).await?;
    let holder = store.holder(&secret, moment()).await?;
    let (holder, _) = holder.ok_or("the token is not there")?;
    let deed = Deed {
        token: holder.id,
        action: "edit",
        client_mutation_id: None,
        request: serde_json::Value::Null,
        at: moment() + TimeDelta::minutes(1),
    };
    Ok((store, deed))
}

on_both_engines!(
    a_page_ingested_twice_changes_nothing,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let page = page("a.txt", &[(OPENING, OPENING_TEXT), (CLOSING, CLOSING_TEXT)]);
        let first = save(&store, "agency", &page, 0).await?;
        assert_eq!(outcomes(&first), [(Outcome::Inserted, false); 2]);
        let before = (all(&store).await?, store.tallies().await?);
        let again = save(&store, "agency", &page, 1).await?;
        assert!(again.known);
        assert_eq!(outcomes(&again), [(Outcome::Unchanged, false); 2]);
        assert_eq!((all(&store).await?, store.tallies().await?), before);
        Ok(())
    }
);

on_both_engines!(
    an_article_keeps_its_id_and_slug_when_its_page_changes,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let first = save(
            &store,
            "agency",
            &page("a.txt", &[(OPENING, OPENING_TEXT), (CLOSING, CLOSING_TEXT)]),
            0,
        )
        .await?;
        let before = all(&store).await?;
        let longer = format!(
            "{OPENING_TEXT}\n\nA second station is to open in Westford in the autumn of the same year, it said."
        );
        let second = save(&store, "agency", &page("a.txt", &[(OPENING, &longer)]), 1).await?;
        assert_eq!(outcomes(&second), [(Outcome::Changed, false)]);
        assert_eq!(second.articles[0].id, first.articles[0].id);
        let after = all(&store).await?;
        assert_eq!(
            after.len(),
            2,
            "an article that only the older version has is kept"
        );
        for article in &after {
            let old = before
                .iter()
                .find(|old| old.id == article.id)
                .expect("no article is new");
            assert_eq!(article.slug, old.slug);
            assert_eq!(article.ingested_at, old.ingested_at);
        }
        let older = store.pages_by_id(&[first.id]).await?;
        assert_eq!(older[0].superseded_by, Some(second.id));
        let (queued, _) = store
            .tallies()
            .await?
            .jobs
            .iter()
            .fold((0, 0), |(sum, _), (_, count)| (sum + count, 0));
        assert_eq!(queued, 2, "one job for each article");
        Ok(())
    }
);

on_both_engines!(
    a_page_that_goes_back_to_its_older_text_goes_back_in_the_archive,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let old = page("a.txt", &[(OPENING, OPENING_TEXT)]);
        let first = save(&store, "agency", &old, 0).await?;
        let longer = format!(
            "{OPENING_TEXT}\n\nA second station is to open in Westford in the autumn of the same year, it said."
        );
        let second = save(&store, "agency", &page("a.txt", &[(OPENING, &longer)]), 1).await?;
        let back = save(&store, "agency", &old, 2).await?;
        assert!(!back.known);
        assert_eq!(outcomes(&back), [(Outcome::Changed, false)]);
        assert_eq!(back.id, first.id);
        let pages = store
            .pages_by_id(&[first.id.clone(), second.id.clone()])
            .await?;
        for page in pages {
            assert_eq!(
                page.superseded_by,
                (page.id == second.id).then(|| first.id.clone())
            );
        }
        Ok(())
    }
);

on_both_engines!(
    the_same_article_on_another_page_is_a_duplicate_of_the_first,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let first = save(
            &store,
            "agency",
            &page("a.txt", &[(OPENING, OPENING_TEXT)]),
            0,
        )
        .await?;
        let wrapped = OPENING_TEXT.replace(" in Northford today", "\nin Northford today");
        let second = save(
            &store,
            "agency",
            &page("b.txt", &[(CLOSING, CLOSING_TEXT), (OPENING, &wrapped)]),
            1,
        )
        .await?;
        let third = save(
            &store,
            "mirror",
            &page(
                "c.txt",
                &[("Agency: a River Station for Northford", OPENING_TEXT)],
            ),
            2,
        )
        .await?;
        assert_eq!(
            outcomes(&second),
            [(Outcome::Inserted, false), (Outcome::Inserted, true)]
        );
        assert_eq!(outcomes(&third), [(Outcome::Inserted, true)]);
        let original = first.articles[0].id.clone();
        for article in all(&store).await? {
            let repeats = article.id == second.articles[1].id || article.id == third.articles[0].id;
            assert_eq!(
                article.duplicate_of,
                repeats.then(|| original.clone()),
                "{}",
                article.title
            );
        }
        assert_eq!(store.count_articles(&ArticleFilter::default()).await?, 2);

        // The first changes: the next oldest takes its place.
        let longer = format!(
            "{OPENING_TEXT}\n\nA second station is to open in Westford in the autumn of the same year, it said."
        );
        save(&store, "agency", &page("a.txt", &[(OPENING, &longer)]), 3).await?;
        for article in all(&store).await? {
            let repeats = article.id == third.articles[0].id;
            assert_eq!(
                article.duplicate_of,
                repeats.then(|| second.articles[1].id.clone()),
                "{}",
                article.title
            );
        }
        Ok(())
    }
);

on_both_engines!(
    articles_of_one_title_and_no_date_stay_apart,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let undated = |text: &str| {
            text.replace("today, Thursday, April 1, 2021,", "lately")
                .replace("on March 29, 2021,", "lately")
        };
        let (one, other) = (undated(OPENING_TEXT), undated(CLOSING_TEXT));
        let title = "News from the Agency for Rivers and Lakes";
        let first = save(&store, "agency", &page("a.txt", &[(title, &one)]), 0).await?;
        let second = save(&store, "agency", &page("b.txt", &[(title, &other)]), 1).await?;
        assert_ne!(first.articles[0].id, second.articles[0].id);
        let articles = all(&store).await?;
        assert_eq!(articles.len(), 2);
        assert_ne!(articles[0].slug, articles[1].slug);
        assert!(
            articles
                .iter()
                .all(|article| article.published_on.is_none() && article.duplicate_of.is_none())
        );
        Ok(())
    }
);

on_both_engines!(
    articles_of_one_title_are_numbered_in_few_statements,
    async |database| -> Tested {
        let mut connection = entity::database::open(database.url(), 2).await?;
        let count = Arc::new(AtomicUsize::new(0));
        let counted = count.clone();
        connection.set_metric_callback(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        let store = Store::over(connection);
        store.migrate_up().await?;
        let mut costs = Vec::new();
        for number in 0..40 {
            let text = OPENING_TEXT.replace(
                "today, Thursday, April 1, 2021,",
                &format!("in room {number}"),
            );
            let page = page(
                &format!("{number}.txt"),
                &[("News from the Agency for Rivers and Lakes", &text)],
            );
            let before = count.load(Ordering::Relaxed);
            let saved = save(&store, "agency", &page, 0).await?;
            costs.push(count.load(Ordering::Relaxed) - before);
            let id = ArticleId::of(&[
                "agency",
                "newsfromtheagencyforriversandlakes",
                "",
                &number.to_string(),
            ]);
            assert_eq!(saved.articles[0].id, id, "{number}");
        }
        assert!(costs[39] <= costs[1] + 12, "{costs:?}");
        Ok(())
    }
);

on_both_engines!(
    every_line_stored_has_exactly_one_fate,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let page = page("a.txt", &[(OPENING, OPENING_TEXT), (CLOSING, CLOSING_TEXT)]);
        let saved = save(&store, "agency", &page, 0).await?;
        let lines = store.lines(&saved.id).await?;
        let numbers: Vec<i32> = lines.iter().map(|line| line.number).collect();
        let written: Vec<i32> = (1..)
            .zip(page.text.lines())
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(number, _)| number)
            .collect();
        assert_eq!(numbers, written);
        assert_eq!(
            store
                .read_page(&store.pages_by_id(&[saved.id]).await?[0])
                .await?,
            page
        );
        Ok(())
    }
);

on_both_engines!(
    two_ingests_at_once_keep_one_of_each,
    async |database| -> Tested {
        let store = archive(database.url()).await?;
        let page = page("a.txt", &[(OPENING, OPENING_TEXT), (CLOSING, CLOSING_TEXT)]);
        let other = Store::open(database.url()).await?;
        let (one, two) = tokio::join!(
            save(&store, "agency", &page, 0),
            save(&other, "agency", &page, 0)
        );
        assert_ne!(one?.known, two?.known);
        assert_eq!(all(&store).await?.len(), 2);
        Ok(())
    }
);
