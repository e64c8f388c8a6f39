//! JSON Feed 1.1.

use serde::Serialize;

use super::text::{html, plain};
use super::{Entry, Format, Head, WriteError};

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: String,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: String,
    content_html: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    date_modified: String,
    authors: [Author; 1],
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

pub(super) fn write(head: &Head, entries: &[Entry]) -> Result<Vec<u8>, WriteError> {
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: plain(&head.title),
        home_page_url: &head.page,
        feed_url: head.address(Format::Json),
        next_url: head.parts.next.as_deref(),
        language: head.language.as_deref(),
        items: entries.iter().map(item).collect(),
    };
    Ok(serde_json::to_vec(&feed)?)
}

fn item(entry: &Entry) -> Item<'_> {
    let tag = |category: &super::Category| plain(&category.name);
    Item {
        id: &entry.id,
        url: &entry.url,
        title: plain(&entry.title),
        content_html: html(&entry.paragraphs),
        summary: entry.summary.as_deref().map(plain),
        date_published: entry.published().map(|moment| moment.to_rfc3339()),
        date_modified: entry.updated.to_rfc3339(),
        authors: [Author {
            name: plain(&entry.source),
        }],
        tags: entry.categories.iter().map(tag).collect(),
        language: entry.language.as_deref(),
    }
}
