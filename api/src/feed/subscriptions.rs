//! Feeds to subscribe to, as OPML 2.0, which every feed reader imports.

use opml::{Head, OPML, Outline};

use super::text::plain;
use super::{GENERATOR, WriteError};

/// A feed to subscribe to.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// What a person calls it.
    pub title: String,
    /// What it is about, in a sentence.
    pub description: Option<String>,
    /// The address of the feed.
    pub feed: String,
    /// The address of the page that shows the same.
    pub page: String,
}

/// A list of feeds.
///
/// # Errors
///
/// When the writer of the format refuses, which no text makes it do.
pub fn subscriptions(feeds: &[Subscription]) -> Result<Vec<u8>, WriteError> {
    let mut list = OPML {
        head: Some(Head {
            title: Some(GENERATOR.to_owned()),
            ..Head::default()
        }),
        ..OPML::default()
    };
    list.body.outlines = feeds.iter().map(outline).collect();
    let text = list.to_string()?;
    Ok(format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}").into_bytes())
}

fn outline(feed: &Subscription) -> Outline {
    Outline {
        text: plain(&feed.title),
        title: Some(plain(&feed.title)),
        // The word for any feed, whatever its format.
        r#type: Some("rss".to_owned()),
        description: feed.description.as_deref().map(plain),
        xml_url: Some(feed.feed.clone()),
        html_url: Some(feed.page.clone()),
        ..Outline::default()
    }
}
