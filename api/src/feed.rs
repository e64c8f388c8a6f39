//! Feeds: a list of articles as Atom 1.0, RSS 2.0 or JSON Feed 1.1, and all feeds as OPML.
//!
//! A door selects the articles and says where they stand on the web; what comes out of here depends on that alone. Text of
//! articles is text: what a reader may take for markup is escaped, and what XML cannot carry is left out.

mod atom;
mod json;
mod rss;
mod subscriptions;
#[cfg(test)]
mod tests;
mod text;
mod view;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

pub use subscriptions::{Subscription, subscriptions};
pub use view::{Link, View, alternates};

/// What the ids of articles and feeds begin with: a tag (RFC 4151) of an authority that nobody can own, so that an id stays
/// the same wherever the archive is served from.
const AUTHORITY: &str = "tag:communique.invalid,2026:";

/// The name of this program, as feeds tell it.
const GENERATOR: &str = "Communiqué";

/// How a feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Atom, Self::Rss, Self::Json];

    /// What an address in this format ends with, after a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Atom => "atom",
            Self::Rss => "rss",
            Self::Json => "json",
        }
    }

    /// The format of an extension.
    pub fn of(extension: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.extension() == extension)
    }

    /// The media type, as links name it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
            Self::Json => "application/feed+json",
        }
    }
}

/// What a feed says of itself.
#[derive(Clone, Debug)]
pub struct Head {
    /// The same for as long as the feed is there: see [`feed_id`].
    pub id: String,
    /// What a person calls it.
    pub title: String,
    /// The language of all its articles, where that is one.
    pub language: Option<String>,
    /// When an article shown here last changed.
    pub updated: DateTime<Utc>,
    /// The address of the page that shows the same.
    pub page: String,
    /// The addresses of this part of the feed, in every format.
    pub addresses: [(Format, String); 3],
    /// The parts around this one, in the format that is written (RFC 5005).
    pub parts: Parts,
}

/// Addresses of other parts of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The one with the newest articles.
    pub first: Option<String>,
    /// The one with the articles that follow in the list, which are older.
    pub next: Option<String>,
    /// The one with the articles that precede in the list.
    pub previous: Option<String>,
}

/// An article in a feed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The same for as long as the article is there: see [`entry_id`].
    pub id: String,
    /// Its address on the web.
    pub url: String,
    /// Title.
    pub title: String,
    /// Language; none where it cannot be told.
    pub language: Option<String>,
    /// Day of publication, where it is known.
    pub published_on: Option<NaiveDate>,
    /// When what is shown of it last changed.
    pub updated: DateTime<Utc>,
    /// Who published it: the source of its page.
    pub source: String,
    /// Its abstract, where it has one.
    pub summary: Option<String>,
    /// Its text.
    pub paragraphs: Vec<String>,
    /// Its labels.
    pub categories: Vec<Category>,
}

/// A topic of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its id in the vocabulary.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Why a feed could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// As Atom.
    #[error("the feed cannot be written as Atom: {0}")]
    Atom(#[from] atom_syndication::Error),
    /// As RSS.
    #[error("the feed cannot be written as RSS: {0}")]
    Rss(#[from] ::rss::Error),
    /// As JSON Feed.
    #[error("the feed cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// As OPML.
    #[error("the feeds cannot be written as OPML: {0}")]
    Opml(#[from] opml::Error),
}

/// A feed of these articles, in their order.
///
/// # Errors
///
/// When the writer of the format refuses, which no text makes it do.
pub fn write(head: &Head, entries: &[Entry], format: Format) -> Result<Vec<u8>, WriteError> {
    match format {
        Format::Atom => atom::write(head, entries),
        Format::Rss => rss::write(head, entries),
        Format::Json => json::write(head, entries),
    }
}

/// The id of an article in every feed, made of its id in the archive.
pub fn entry_id(article: &str) -> String {
    format!("{AUTHORITY}{article}")
}

/// The id of a feed, made of what tells its archive from others and of what it is of.
pub fn feed_id(archive: &str, of: &str) -> String {
    format!("{AUTHORITY}{archive}/{of}")
}

impl Head {
    /// The address in a format.
    fn address(&self, format: Format) -> &str {
        let found = self.addresses.iter().find(|(other, _)| *other == format);
        found.map_or("", |(_, address)| address)
    }

    /// The parts around this one, by the names that links to them have.
    fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let Parts {
            first,
            next,
            previous,
        } = &self.parts;
        [("first", first), ("next", next), ("previous", previous)]
            .into_iter()
            .filter_map(|(name, address)| Some((name, address.as_deref()?)))
    }
}

impl Entry {
    /// The day of publication as a moment, which feeds insist on: its first.
    fn published(&self) -> Option<DateTime<Utc>> {
        let day = self.published_on?;
        Some(day.and_time(NaiveTime::MIN).and_utc())
    }
}
