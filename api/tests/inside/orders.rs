//! Every order reads the whole archive once, in steps of any size, both ways, also while pages are being ingested.

use api::ingest::{Page, Repeats, read};
use api::store::Store;
use api::store::articles::{
    ArticleFilter, ArticleOrder, ArticlePlace, Direction, OrderField, SortKey,
};
use api::store::window::{End, Window};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::article::{self, DateBasis};
use entity::id::{ArticleId, PageId};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sea_orm::ActiveValue::Set;
use sea_orm::{DatabaseConnection, EntityTrait};
use tests::on_both_engines;

type Tested = Result<(), Box<dyn std::error::Error>>;

fn orders() -> Vec<ArticleOrder> {
    let of = |field| {
        [Direction::Asc, Direction::Desc].map(|direction| ArticleOrder { field, direction })
    };
    [
        OrderField::PublishedAt,
        OrderField::Title,
        OrderField::IngestedAt,
    ]
    .into_iter()
    .flat_map(of)
    .collect()
}

/// Stores an article. Days, titles and moments of ingest are shared by several, a third has no day.
async fn publish(store: &Archive, number: usize) -> Tested {
    let start: DateTime<Utc> =
        DateTime::from_timestamp(1_700_000_000, 0).expect("a moment in 2023");
    let titles = ["", "a", "a b", "ab", "éclair", "zebra"];
    let title = titles[number % titles.len()];
    let moment = start + TimeDelta::microseconds(1 + number as i64 / 4);
    let day = NaiveDate::from_ymd_opt(2021, 3, 1 + (number % 7) as u32)
        .filter(|_| !number.is_multiple_of(3));
    article::Entity::insert(article::ActiveModel {
        id: Set(ArticleId::of(&[&number.to_string()])),
        page_id: Set(store.page.clone()),
        position: Set(1),
        slug: Set(format!("article-{number}")),
        title: Set(format!("Title: {title}")),
        title_key: Set(title.to_owned()),
        language: Set("en".to_owned()),
        published_on: Set(day),
        date_basis: Set(day.map(|_| DateBasis::Dateline)),
        body: Set("It rained.".to_owned()),
        word_count: Set(2),
        fingerprint: Set(number.to_string()),
        text_hash: Set(number.to_string()),
        ingested_at: Set(moment),
        changed_at: Set(moment),
        ..Default::default()
    })
    .exec_without_returning(&store.connection)
    .await?;
    Ok(())
}

fn window(end: End, size: u64, from: Option<ArticlePlace>) -> Window<ArticlePlace> {
    let (after, before) = match end {
        End::First => (from, None),
        End::Last => (None, from),
    };
    Window {
        size,
        end,
        after,
        before,
    }
}

/// The whole list in steps, in the list's order; `between` is done after each step but the last.
async fn whole(
    Archive { store, .. }: &Archive,
    order: ArticleOrder,
    end: End,
    size: u64,
    mut between: impl AsyncFnMut() -> Tested,
) -> Result<Vec<article::Model>, Box<dyn std::error::Error>> {
    let filter = ArticleFilter::default();
    let mut all: Vec<article::Model> = Vec::new();
    let mut from = None;
    loop {
        let slice = store
            .articles(&filter, order, &window(end, size, from))
            .await?;
        let more = match end {
            End::First => {
                all.extend(slice.rows);
                slice.later
            }
            End::Last => {
                all.splice(0..0, slice.rows);
                slice.earlier
            }
        };
        let last = match end {
            End::First => all.last(),
            End::Last => all.first(),
        };
        from = last.map(|row| order.place(row));
        if !more {
            return Ok(all);
        }
        between().await?;
    }
}

/// The order, said once more in other words: what two neighbours of a list must satisfy.
fn in_order(order: ArticleOrder, rows: &[article::Model]) -> bool {
    rows.is_sorted_by(|one, other| {
        let (one, other) = (order.place(one), order.place(other));
        let undated = |place: &ArticlePlace| place.key == SortKey::PublishedOn(None);
        if undated(&one) != undated(&other) {
            return undated(&other);
        }
        let keys = match (&one.key, &other.key) {
            (SortKey::PublishedOn(one), SortKey::PublishedOn(other)) => one.cmp(other),
            (SortKey::Title(one), SortKey::Title(other)) => one.as_bytes().cmp(other.as_bytes()),
            (SortKey::IngestedAt(one), SortKey::IngestedAt(other)) => one.cmp(other),
            _ => unreachable!("keys of one order"),
        };
        let ascending = keys.then_with(|| one.id.as_str().cmp(other.id.as_str()));
        match order.direction {
            Direction::Asc => ascending.is_lt(),
            Direction::Desc => ascending.is_gt(),
        }
    })
}

/// A store, and the connection and the page that articles are put in by.
struct Archive {
    store: Store,
    connection: DatabaseConnection,
    page: PageId,
}

async fn archive(url: &str, articles: usize) -> Result<Archive, Box<dyn std::error::Error>> {
    let connection = entity::database::open(url, 2).await?;
    let store = Store::over(connection.clone());
    store.migrate_up().await?;
    let page = Page::decode("empty.txt", b"Nothing here.\n".to_vec())?;
    let now = DateTime::from_timestamp(1_700_000_000, 0).ok_or("no moment")?;
    let reading = read(&page, &Repeats::default(), now.date_naive());
    let page = store.save("agency", &page, &reading, now).await?.id;
    let archive = Archive {
        store,
        connection,
        page,
    };
    for number in 0..articles {
        publish(&archive, number).await?;
    }
    Ok(archive)
}

async fn nothing() -> Tested {
    Ok(())
}

on_both_engines!(
    every_order_reads_the_whole_once_in_steps_of_any_size_both_ways,
    |database| -> Tested {
        let runtime = tests::database::runtime();
        let store = runtime.block_on(archive(database.url(), 40))?;
        let lists: Result<Vec<_>, _> = orders()
            .into_iter()
            .map(|order| {
                runtime
                    .block_on(whole(&store, order, End::First, 100, nothing))
                    .map(|list| (order, list))
            })
            .collect();
        let lists = lists?;
        for (order, list) in &lists {
            assert_eq!(list.len(), 40, "{order:?}");
            assert!(in_order(*order, list), "{order:?}");
        }
        let mut runner = TestRunner::new(Config::with_cases(60));
        let steps = (0..lists.len(), 1_u64..=45, any::<bool>());
        runner.run(&steps, |(list, size, forwards)| {
            let (order, expected) = &lists[list];
            let end = if forwards { End::First } else { End::Last };
            let read = runtime.block_on(whole(&store, *order, end, size, nothing));
            let read = read.map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(&read, expected, "{:?}", order);
            Ok(())
        })?;
        Ok(())
    }
);

on_both_engines!(
    what_was_there_at_the_start_is_read_once_while_pages_are_ingested,
    async |database| -> Tested {
        let store = archive(database.url(), 30).await?;
        let mut next = 30;
        for order in orders() {
            for end in [End::First, End::Last] {
                let before = whole(&store, order, end, 100, nothing).await?;
                let ids = |rows: &[article::Model]| -> Vec<ArticleId> {
                    rows.iter().map(|row| row.id.clone()).collect()
                };
                let there = ids(&before);
                let read = whole(&store, order, end, 7, async || {
                    // Enough of them to land before and behind the place that is read on from.
                    for _ in 0..3 {
                        publish(&store, next).await?;
                        next += 1;
                    }
                    Ok(())
                })
                .await?;
                assert!(in_order(order, &read), "{order:?} {end:?}");
                let kept: Vec<ArticleId> = ids(&read)
                    .into_iter()
                    .filter(|id| there.contains(id))
                    .collect();
                assert_eq!(kept, there, "{order:?} {end:?}");
                // What is ingested while the newest are read first lies behind the reader.
                let newest_first = (order.direction == Direction::Desc) == (end == End::First);
                let behind = order.field == OrderField::IngestedAt && newest_first;
                assert_eq!(read.len() > there.len(), !behind, "{order:?} {end:?}");
            }
        }
        Ok(())
    }
);

on_both_engines!(
    no_period_has_an_article_without_a_day,
    async |database| -> Tested {
        let store = archive(database.url(), 12).await?;
        let first = NaiveDate::from_ymd_opt(1, 1, 1);
        let last = NaiveDate::from_ymd_opt(9999, 12, 31);
        for order in orders() {
            for (published_from, published_to) in [(first, None), (None, last), (first, last)] {
                let filter = ArticleFilter {
                    published_from,
                    published_to,
                    ..ArticleFilter::default()
                };
                let all = window(End::First, 100, None);
                let found = store.store.articles(&filter, order, &all).await?.rows;
                assert!(
                    found.iter().all(|row| row.published_on.is_some()),
                    "{order:?} {filter:?}"
                );
                assert_eq!(found.len(), 8, "{order:?} {filter:?}");
                assert_eq!(store.store.count_articles(&filter).await?, 8);
            }
        }
        Ok(())
    }
);
