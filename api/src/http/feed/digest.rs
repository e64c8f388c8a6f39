//! A digest of the server as a feed: what is in it now, in its order, for newsletter tools that read feeds.

use actix_web::{HttpRequest, HttpResponse, web};
use entity::article;

use super::answer::{self, Answer, Refused};
use super::{Feeds, entries};
use crate::feed::{self, Entry, Format, Head, Parts, feed_id};
use crate::http::digest::{Absent, Digests, switches};

impl From<Absent> for Refused {
    fn from(absent: Absent) -> Self {
        match absent {
            Absent::Wrong(text) => Self::Wrong(text),
            Absent::Unknown(text) => Self::NotFound(text),
            Absent::Ours(error) => Self::Ours(error),
        }
    }
}

/// `GET /digest/NAME.atom`, `.rss` and `.feed.json`.
pub(super) async fn get(
    http: HttpRequest,
    feeds: web::Data<Feeds>,
    digests: web::Data<Digests>,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (name, ending) = path.into_inner();
    let written = match Format::ALL
        .into_iter()
        .find(|format| self::ending(*format) == ending)
    {
        Some(format) => written(&http, &feeds, &digests, &name, format).await,
        // The route lets no other pass.
        None => Err(Refused::NotFound("no such feed".to_owned())),
    };
    // It changes with the day and with a file, not with the archive alone.
    answer::send(&http, 0, written)
}

/// What the address in a format ends with; `.json` is the digest itself.
fn ending(format: Format) -> &'static str {
    match format {
        Format::Json => "feed.json",
        other => other.extension(),
    }
}

async fn written(
    http: &HttpRequest,
    feeds: &Feeds,
    digests: &Digests,
    name: &str,
    format: Format,
) -> Result<Answer, Refused> {
    let [] = switches(http.query_string(), [])?;
    // What was sent as an issue too: readers of feeds know themselves what they have seen.
    let (definition, selection) = digests.read(&feeds.store, name, true).await?;
    let public = digests.public(http, &definition.setting);
    let chosen: Vec<article::Model> = selection
        .entries()
        .map(|entry| (*entry.article).clone())
        .collect();
    let language = match selection.wanted.languages.as_slice() {
        [only] => Some(only.as_str()),
        _ => None,
    };
    let entries = entries::of(&feeds.store, &chosen, language, &public).await?;
    // Abstracts and links as the issue has them.
    let dressed = selection.entries().map(|entry| {
        let link = definition.setting.utm.on(&public.of(&entry.article.slug));
        (entry.abstract_.clone(), link)
    });
    let entries: Vec<Entry> = entries
        .into_iter()
        .zip(dressed)
        .map(|(entry, (summary, url))| Entry {
            url,
            summary,
            ..entry
        })
        .collect();
    let made = feeds.store.made_at().await?;
    let head = Head {
        id: feed_id(&format!("archive-{made}"), &format!("digest/{name}")),
        title: selection.title(&definition.setting),
        language: language.map(str::to_owned),
        updated: entries
            .iter()
            .map(|entry| entry.updated)
            .max()
            .unwrap_or_else(|| chrono::DateTime::from_timestamp(made, 0).unwrap_or_default()),
        page: public.at(&format!("/digest/{name}.html")),
        addresses: Format::ALL.map(|format| {
            let path = format!("/digest/{name}.{}", ending(format));
            (format, public.at(&path))
        }),
        parts: Parts::default(),
    };
    Ok(Answer {
        media_type: format.media_type(),
        body: feed::write(&head, &entries, format)?,
        changed: None,
        of_the_archive: false,
    })
}
