//! `ingestText`.

use async_graphql::{Context, Enum, Error, InputObject, Object, SimpleObject};
use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use entity::token::Scope;
use sha2::{Digest, Sha256};

use super::{deed, failed, payload, plain};
use crate::graphql::article::Article;
use crate::graphql::date::Date;
use crate::graphql::error::{Code, bad, internal};
use crate::graphql::loader::{PageOf, load};
use crate::graphql::page::Page;
use crate::graphql::who::Needs;
use crate::ingest::{self, PageError, Reading, Repeats, by_hand};
use crate::store::editing::{Record, TITLE, Text};
use crate::store::{Store, StoreError};

/// Longest text, in bytes: what fits into a request with room to spare.
const LONGEST: usize = 800_000;

/// Where texts come from that do not say so.
const SOURCE: &str = "api";

/// Bringing in texts.
#[derive(Default)]
pub(super) struct TextMutations;

/// A text to be read.
#[derive(InputObject)]
struct IngestTextInput {
    /// The text as it was found, boilerplate and all; it may hold several articles. At most 800,000 bytes.
    text: String,
    /// Title of the first article, where the text has none or a wrong one. With it a text is an article however short
    /// it is. At most 300 characters.
    title: Option<String>,
    /// Where it comes from; `api` unless given. Lines that many texts of a source share are taken for boilerplate.
    source: Option<String>,
    /// Name of the page. A later text of the same source and name is a newer version of it. A name of its own unless
    /// given.
    name: Option<String>,
    /// Day of publication, where it is known. It goes before what the text says; of several articles, those with a
    /// dateline keep it. Not in the future: at the latest tomorrow in UTC, as it is that day somewhere already.
    published_on: Option<Date>,
    /// Your name for this mutation: sent again with the same input, it answers again and changes nothing.
    client_mutation_id: Option<String>,
}

/// What came of `ingestText`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum IngestTextOutcome {
    /// At least one article is new.
    Inserted,
    /// No article is new, at least one is another now.
    Changed,
    /// All was so before.
    Unchanged,
    /// No article was found in the text. The page is kept; its lines say why.
    NothingRead,
}

/// What came of `ingestText`.
#[derive(SimpleObject)]
struct IngestTextPayload {
    /// In a word.
    outcome: IngestTextOutcome,
    /// The articles read out of the text, in its order.
    articles: Vec<Article>,
    /// The page that keeps the text, and says what became of each line.
    page: Option<Page>,
    /// Lines that went to no article; blank lines do not count.
    rejected_lines: u64,
    /// As it was sent.
    client_mutation_id: Option<String>,
}

#[Object]
impl TextMutations {
    /// Read a text into the archive, as a file of that text would be: it is kept whole, the articles are read out of
    /// it, and every line is accounted for. Needs the scope `ingest`.
    #[graphql(guard = "Needs(Scope::Ingest)")]
    async fn ingest_text(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The text, and what is known of it.")] input: IngestTextInput,
    ) -> Result<IngestTextPayload, Error> {
        let record = ingest(context, &input).await?;
        let page = match record.page.clone() {
            Some(page) => load(context, PageOf(page)).await?.map(Page),
            None => None,
        };
        Ok(IngestTextPayload {
            outcome: payload::outcome(&record)?,
            articles: payload::articles(context, &record).await?,
            page,
            rejected_lines: record.count.unwrap_or_default(),
            client_mutation_id: input.client_mutation_id,
        })
    }
}

async fn ingest(context: &Context<'_>, input: &IngestTextInput) -> Result<Record, Error> {
    let deed = deed(context, "ingestText", &input.client_mutation_id)?;
    let store = context.data_unchecked::<Store>();
    // Reading is work: it is not done twice for an answer that is there.
    if let Some(record) = store.done_before(&deed).await.map_err(failed)? {
        return Ok(record);
    }
    if input.text.len() > LONGEST {
        let message = format!(
            "text: it has {} bytes; expected at most {LONGEST}",
            input.text.len()
        );
        return Err(bad(Code::BadUserInput, message));
    }
    let line = |name, text: &Option<String>, most| {
        let given = text.as_ref();
        given.map(|text| plain::line(name, text, most)).transpose()
    };
    let title = line("title", &input.title, TITLE)?;
    let source = line("source", &input.source, 200)?.unwrap_or_else(|| SOURCE.to_owned());
    let name = line("name", &input.name, 200)?;
    let today = deed.at.date_naive();
    let day = input.published_on.map(|day| day.0);
    if let Some(day) = day {
        has_come(day, today)?;
    }
    let pages = store
        .newest_pages(&source, Repeats::PAGES)
        .await
        .map_err(internal)?;
    let text = input.text.clone();
    // Reading a large text takes a while of computing, which must not keep others waiting.
    let read = tokio::task::spawn_blocking(move || -> Result<_, PageError> {
        let name = name.unwrap_or_else(|| made_name(&text));
        let mut repeats = Repeats::default();
        for page in &pages {
            repeats.add(page);
        }
        let (page, mut reading): (ingest::Page, Reading) = match title {
            Some(title) => by_hand::read_entitled(&name, &title, &text, &repeats, today)?,
            None => {
                let page = ingest::Page::decode(name, text.into_bytes())?;
                let reading = ingest::read(&page, &repeats, today);
                (page, reading)
            }
        };
        if let Some(day) = day {
            reading.date(day);
        }
        Ok((page, reading))
    });
    let (page, reading) = read
        .await
        .map_err(|cause| internal(StoreError::Damaged(format!("a text was not read: {cause}"))))?
        .map_err(|error| bad(Code::BadUserInput, format!("text: {error}")))?;
    let text = Text {
        source,
        page,
        reading,
        dated: day.is_some(),
    };
    store.ingest_text(&deed, &text).await.map_err(failed)
}

/// Refuse a day that has come nowhere yet, where it is today in UTC: east of Greenwich it is tomorrow already.
fn has_come(day: NaiveDate, today: NaiveDate) -> Result<(), Error> {
    let latest = ingest::latest_day(today);
    if day > latest {
        let message = format!("publishedOn: {day} is in the future; expected {latest} or earlier");
        return Err(bad(Code::BadUserInput, message));
    }
    Ok(())
}

/// A name that no other text has.
fn made_name(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    format!("text-{}.txt", HEXLOWER.encode(&hash[..8]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_come_once_it_is_that_day_somewhere() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day of November");
        for (published, come) in [(1, true), (26, true), (27, true), (28, true), (29, false)] {
            assert_eq!(
                has_come(day(published), day(27)).is_ok(),
                come,
                "{published}"
            );
        }
    }
}
