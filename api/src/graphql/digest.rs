//! `Digest`: a newsletter issue as a query.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, InputObject, Object};
use entity::article as stored;

use super::PublicUrl;
use super::article::Article;
use super::date::{Date, Moment};
use super::error::{Code, Nullable, bad, internal, storable};
use super::filter::folded;
use super::label::Label;
use super::topic::Topic;
use crate::digest::{Chars, Count, Days, Entry, Group, Name, NotOne, Period, Selection, Wanted};
use crate::store::Store;

/// What is wanted in a digest.
#[derive(Clone, Debug, InputObject)]
pub(super) struct DigestInput {
    /// Name of the digest, of a-z, 0-9 and -: `weekly`. The edition's id depends on it.
    name: String,
    /// The first day of the period; give either this or `last`.
    since: Option<Date>,
    /// How long the period is, in days or weeks: `7d` (which is what is taken if nothing is given), `2w`. It goes back to
    /// the same day of the week before.
    last: Option<String>,
    /// The last day of the period; today unless given.
    until: Option<Date>,
    /// Only articles labelled with one of these topics, by id or by English name in lower case with hyphens; the sections
    /// come in this order. At most 100.
    topics: Option<Vec<ID>>,
    /// Only articles in one of these languages; of a story, the one in the first of them. At most 100.
    languages: Option<Vec<String>>,
    /// Only articles from one of these sources. At most 100.
    sources: Option<Vec<String>>,
    /// Most articles under one topic, 1 to 100.
    #[graphql(default = 5)]
    max_per_topic: i32,
    /// Most articles in all, 1 to 100. Where it bites, every topic gives up its last articles first.
    #[graphql(default = 30)]
    max_articles: i32,
    /// Most characters of an abstract, 40 to 4000.
    #[graphql(default = 300)]
    abstract_chars: i32,
    /// The article that opens the issue, by id or slug; it may be older than the period.
    lead: Option<ID>,
    /// Also articles that an edition of this digest held which was sent (`communique digest --mark-sent`); otherwise they are
    /// left out, and only where nothing changed since is it that edition again.
    #[graphql(default = false)]
    again: bool,
}

/// Most values of one part of the input.
const MOST: usize = 100;

fn wrong(field: &str, why: &NotOne) -> Error {
    bad(Code::BadUserInput, format!("input: {field}: {why}"))
}

fn plain(ids: Vec<ID>) -> Vec<String> {
    ids.into_iter().map(|id| id.0).collect()
}

fn few(field: &str, list: Option<Vec<String>>) -> Result<Vec<String>, Error> {
    let list = list.unwrap_or_default();
    if list.len() > MOST {
        let message = format!(
            "input: {} {field} are given; expected at most {MOST}",
            list.len()
        );
        return Err(bad(Code::BadUserInput, message));
    }
    storable(&format!("input: {field}"), &list)?;
    Ok(list)
}

impl DigestInput {
    /// What is wanted, if it makes sense.
    pub(super) fn checked(self) -> Result<Wanted, Error> {
        let name: Name = self.name.try_into().map_err(|why| wrong("name", &why))?;
        let period = match (self.since, self.last) {
            (Some(_), Some(_)) => {
                let message =
                    "input: since and last both say where the period begins; give one of them";
                return Err(bad(Code::BadUserInput, message));
            }
            (Some(day), None) => Period::Since(day.0),
            (None, Some(last)) => Period::Last(last.parse().map_err(|why| wrong("last", &why))?),
            (None, None) => Period::Last(Days::default()),
        };
        let count = |field: &str, number: i32| {
            Count::try_from(i64::from(number)).map_err(|why| wrong(field, &why))
        };
        Ok(Wanted {
            period,
            until: self.until.map(|day| day.0),
            topics: few("topics", self.topics.map(plain))?,
            languages: few("languages", folded(self.languages))?,
            sources: few("sources", self.sources)?,
            max_per_topic: count("maxPerTopic", self.max_per_topic)?,
            max_articles: count("maxArticles", self.max_articles)?,
            abstract_chars: Chars::try_from(i64::from(self.abstract_chars))
                .map_err(|why| wrong("abstractChars", &why))?,
            lead: few("lead", self.lead.map(|id| vec![id.0]))?.pop(),
            again: self.again,
            ..Wanted::named(name)
        })
    }
}

/// A newsletter issue.
pub(super) struct Digest(pub(super) Selection);

/// The articles of one topic in a digest.
struct DigestSection<'a>(&'a Group);

/// An article in a digest.
struct DigestItem<'a> {
    entry: &'a Entry,
}

/// A newsletter issue: the articles of a period, grouped by topic.
#[Object]
impl Digest {
    /// Id of the edition, made of the digest's name and the articles in it, those of `also` too, in whatever order: as long as
    /// these stay the same, so does it.
    async fn edition_id(&self) -> ID {
        ID(self.0.edition.to_string())
    }

    /// Name of the digest.
    async fn name(&self) -> &str {
        self.0.wanted.name.as_str()
    }

    /// Whether there is nothing in it.
    async fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// First day of its period.
    async fn period_from(&self) -> Date {
        Date(self.0.from)
    }

    /// Last day of its period.
    async fn period_to(&self) -> Date {
        Date(self.0.to)
    }

    /// How many articles of the period fit, whether they are in it or not; those that were sent before are left out.
    async fn found_count(&self) -> u64 {
        self.0.found
    }

    /// How many articles are in it, those of `also` left out.
    async fn item_count(&self) -> usize {
        self.0.entries().count()
    }

    /// The article that opens it; none unless `lead` was given.
    async fn lead(&self) -> Option<DigestItem<'_>> {
        self.0.lead.as_ref().map(|entry| DigestItem { entry })
    }

    /// Its sections, in the order of `topics` or else of the vocabulary; each has an article.
    async fn sections(&self) -> Vec<DigestSection<'_>> {
        self.0.groups.iter().map(DigestSection).collect()
    }

    /// When this edition was sent; none unless `communique digest --mark-sent` said so.
    async fn sent_at(&self, context: &Context<'_>) -> Nullable<Moment> {
        let store = context.data_unchecked::<Store>();
        let sent = store.edition(&self.0.edition).await.map_err(internal);
        let sent = sent.transpose()?;
        Some(sent.map(|edition| Moment(edition.sent_at)))
    }
}

/// The articles of one topic in a digest.
#[Object]
impl DigestSection<'_> {
    /// The topic; none for the articles that have none, which come last.
    async fn topic(&self) -> Option<Topic> {
        self.0.topic.clone().map(Topic)
    }

    /// Its articles, the newest first.
    async fn items(&self) -> Vec<DigestItem<'_>> {
        let entries = self.0.entries.iter();
        entries.map(|entry| DigestItem { entry }).collect()
    }

    /// How many stories of the topic found no room.
    async fn left_out_count(&self) -> usize {
        self.0.left_out
    }
}

/// An article in a digest.
#[Object]
impl DigestItem<'_> {
    /// Title.
    async fn title(&self) -> &str {
        &self.entry.article.title
    }

    /// Day of publication.
    async fn published_on(&self) -> Option<Date> {
        self.entry.article.published_on.map(Date)
    }

    /// Short summary of at most `abstractChars` characters; none while there is none.
    #[graphql(name = "abstract")]
    async fn abstract_(&self) -> Option<&str> {
        self.entry.abstract_.as_deref()
    }

    /// Its address on the web; none unless the server was told its own (`--public-url`).
    async fn link(&self, context: &Context<'_>) -> Option<String> {
        let public: &PublicUrl = context.data_opt()?;
        Some(public.of(&self.entry.article.slug))
    }

    /// Topics, the surest first.
    async fn labels(&self) -> Vec<Label> {
        let labels = self.entry.labels.iter();
        labels
            .map(|(row, _)| Label {
                article: self.entry.article.clone(),
                row: row.clone(),
            })
            .collect()
    }

    /// The article, with everything known about it.
    async fn article(&self) -> Article {
        Article(self.entry.article.clone())
    }

    /// The other articles of its story in the period, at most 10.
    async fn also(&self) -> Vec<Article> {
        let others = self.entry.also.iter();
        others
            .cloned()
            .map(|row: Arc<stored::Model>| Article(row))
            .collect()
    }
}
