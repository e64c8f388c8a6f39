//! The pages a person has read: the reader must read the same out of them.

use std::fs;

use chrono::NaiveDate;
use serde::Deserialize;

use api::ingest::{Draft, Fate, Page, Reason, Repeats, read};

#[derive(Deserialize)]
struct Expected {
    page: String,
    language: String,
    articles: Vec<Article>,
}

#[derive(Deserialize)]
struct Article {
    title: String,
    published_on: Option<NaiveDate>,
    date_basis: Option<String>,
    paragraphs: usize,
    first: String,
    last: String,
    words: usize,
}

#[test]
fn the_seed_pages_are_read_as_a_person_reads_them() -> Result<(), Box<dyn std::error::Error>> {
    let Some(seeds) = tests::shared::seeds() else {
        return Ok(());
    };
    let expected: Vec<Expected> = serde_json::from_slice(&fs::read(seeds.join("expected.json"))?)?;
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).ok_or("no such day")?;
    let pages = expected.iter().map(|e| {
        Ok(Page::decode(
            e.page.clone(),
            fs::read(seeds.join(&e.page))?,
        )?)
    });
    let pages = pages.collect::<Result<Vec<Page>, Box<dyn std::error::Error>>>()?;
    let mut repeats = Repeats::default();
    pages.iter().for_each(|page| repeats.add(page));

    for known in [&repeats, &Repeats::default()] {
        for (page, expected) in pages.iter().zip(&expected) {
            let reading = read(page, known, today);
            let titles = |drafts: &[Draft]| {
                drafts
                    .iter()
                    .map(|d| d.title.text.clone())
                    .collect::<Vec<_>>()
            };
            assert_eq!(
                titles(&reading.drafts),
                expected
                    .articles
                    .iter()
                    .map(|a| a.title.clone())
                    .collect::<Vec<_>>(),
                "{}",
                page.name
            );
            for (draft, article) in reading.drafts.iter().zip(&expected.articles) {
                let at = format!("{}: {}", page.name, article.title);
                assert_eq!(draft.paragraphs.len(), article.paragraphs, "{at}");
                assert_eq!(draft.word_count(), article.words, "{at}");
                assert_eq!(draft.language, expected.language, "{at}");
                let body = draft.body();
                assert!(body.starts_with(&article.first), "{at}: {body}");
                assert!(body.ends_with(&article.last), "{at}: {body}");
                assert_eq!(
                    draft.published.as_ref().map(|p| p.on),
                    article.published_on,
                    "{at}: {:?}",
                    draft.published
                );
                assert_eq!(
                    draft.published.as_ref().map(|p| p.basis.as_str()),
                    article.date_basis.as_deref(),
                    "{at}"
                );
            }
            let lost = reading.lines.iter().filter(|line| {
                matches!(line.fate, Fate::Rejected(Reason::Orphan | Reason::NoText))
            });
            assert_eq!(lost.count(), 0, "{}", page.name);
        }
    }
    Ok(())
}
