//! Digests by plain addresses: `GET /digest/weekly.html`, for newsletter tools and whoever copies out of a browser.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use tracing::error;

use super::{base, conditional};
use crate::clock::Clock;
use crate::digest::{Definition, Definitions, Selection, Setting};
use crate::graphql::PublicUrl;
use crate::newsletter::{Envelope, Format, render};
use crate::store::Store;

/// What a server knows of digests.
#[derive(Clone, Debug, Default)]
pub struct Digests {
    /// Those it was told of.
    pub definitions: Option<Definitions>,
    /// Where readers reach the server; where the request says, if it was not told.
    pub public: Option<PublicUrl>,
}

/// Styles stand in the mail itself; nothing else is taken from anywhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `GET /digest/NAME.FORMAT`.
pub(super) async fn get(
    http: HttpRequest,
    digests: web::Data<Digests>,
    store: web::Data<Store>,
    file: web::Path<String>,
) -> HttpResponse {
    let (format, body) = match make(&http, &digests, &store, &file).await {
        Ok(made) => made,
        Err(Absent::Wrong(text)) => return plain(HttpResponse::BadRequest(), &text),
        Err(Absent::Unknown(text)) => return plain(HttpResponse::NotFound(), &text),
        Err(Absent::Ours(cause)) => {
            error!(%cause, file = %file, "a digest could not be made");
            let message = "something failed on our side; the log has the cause";
            return plain(HttpResponse::InternalServerError(), message);
        }
    };
    let tag = conditional::tag(body.as_bytes());
    let known = conditional::is_known(&http, &tag);
    let mut response = match known {
        true => HttpResponse::NotModified(),
        false => HttpResponse::Ok(),
    };
    response
        .insert_header((header::ETAG, tag))
        // It changes with the archive and with the day: whoever keeps it asks again.
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "authorization"))
        .insert_header((header::CONTENT_TYPE, media_type(format)));
    if format == Format::Html {
        response.insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY));
    }
    match known {
        true => response.finish(),
        false => response.body(body),
    }
}

fn media_type(format: Format) -> &'static str {
    match format {
        Format::Html => "text/html; charset=utf-8",
        // MJML has no media type of its own.
        Format::Mjml | Format::Text => "text/plain; charset=utf-8",
        Format::Markdown => "text/markdown; charset=utf-8",
        Format::Json => "application/json",
        Format::Eml => "message/rfc822",
    }
}

fn plain(mut status: HttpResponseBuilder, message: &str) -> HttpResponse {
    status
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(format!("{message}\n"))
}

/// Why there is no digest of a name.
pub(super) enum Absent {
    /// A parameter is wrong; the text says which, and what would be right.
    Wrong(String),
    /// There is none, or nothing in it; the text says which there are, or why.
    Unknown(String),
    /// It is our fault.
    Ours(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Absent {
    fn from(error: E) -> Self {
        Self::Ours(error.into())
    }
}

impl Digests {
    /// Where readers reach the server, for the links of a digest: as its operator says, else as the digest does, else as the
    /// request names it.
    pub(super) fn public(&self, http: &HttpRequest, setting: &Setting) -> PublicUrl {
        base(http, self.public.as_ref().or(setting.public.as_ref()))
    }

    /// The digest of this name as the file has it now, and what is in it today.
    pub(super) async fn read(
        &self,
        store: &Store,
        name: &str,
        again: bool,
    ) -> Result<(Definition, Selection), Absent> {
        let Some(definitions) = &self.definitions else {
            let text =
                "this server was told of no digests; `communique serve --digests FILE` tells it";
            return Err(Absent::Unknown(text.to_owned()));
        };
        let vocabulary = store.topics().await?;
        let known = definitions.now(&vocabulary);
        let Some(definition) = known
            .iter()
            .find_map(|(known, one)| (known.as_str() == name).then_some(one))
        else {
            let names: Vec<&str> = known.keys().map(|name| name.as_str()).collect();
            return Err(Absent::Unknown(format!(
                "no digest is called {name:?}; expected one of: {}",
                names.join(", ")
            )));
        };
        let today = Clock::System.now().date_naive();
        let mut definition = definition.clone();
        definition.wanted.again = again;
        let selection = Selection::read(store, &definition.wanted, today).await?;
        Ok((definition, selection))
    }
}

/// The issue, in the format that the file's name asks for.
async fn make(
    http: &HttpRequest,
    digests: &Digests,
    store: &Store,
    file: &str,
) -> Result<(Format, String), Absent> {
    let (name, format) = named(file).ok_or_else(|| {
        Absent::Unknown(format!(
            "there is no digest at {file:?}; expected NAME.html, .mjml, .txt, .md, .json, .eml, .atom, .rss or .feed.json"
        ))
    })?;
    let [again, empty] = switches(http.query_string(), ["again", "empty"])?;
    let (definition, selection) = digests.read(store, name, again).await?;
    // A tool that sends what it fetches must not send nothing; a program that reads fields sees `isEmpty`.
    if let Some(nothing) = selection.nothing()
        && format != Format::Json
        && !empty
    {
        let more = match selection.sent {
            0 => "?empty=yes gives the empty issue all the same",
            _ => "?again=yes gives what was sent, ?empty=yes the empty issue",
        };
        return Err(Absent::Unknown(format!("{nothing}; {more}")));
    }
    let public = digests.public(http, &definition.setting);
    let issue = selection.issue(&definition.setting, Some(&public))?;
    let envelope = Envelope {
        from: definition.setting.from.clone(),
        to: None,
        // The same issue is the same message on the same day, so that its tag holds.
        date: selection
            .to
            .and_time(chrono::NaiveTime::MIN)
            .and_utc()
            .timestamp(),
    };
    // Setting an issue takes some milliseconds of computing, which others must not wait for.
    let body = web::block(move || render(&issue, format, &envelope)).await??;
    Ok((format, body))
}

/// Which of the switches of an address are on; an address that has anything else is refused, as a switch that does nothing
/// is only seen in what was sent.
pub(super) fn switches<const N: usize>(query: &str, names: [&str; N]) -> Result<[bool; N], Absent> {
    let mut on = [false; N];
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let place = names.iter().position(|known| *known == name);
        let place = place.ok_or_else(|| {
            Absent::Wrong(match N {
                0 => format!("there is no parameter {name:?}; a digest as a feed takes none"),
                _ => format!(
                    "there is no parameter {name:?}; expected one of: {}",
                    names.join(", ")
                ),
            })
        })?;
        on[place] = match &*value {
            "yes" => true,
            "no" | "" => false,
            other => {
                let message = format!("{name}: {other:?} is neither yes nor no");
                return Err(Absent::Wrong(message));
            }
        };
    }
    Ok(on)
}

/// The name and the format that a file's name is made of.
fn named(file: &str) -> Option<(&str, Format)> {
    let (name, ending) = file.rsplit_once('.')?;
    let (format, _) = Format::ALL.iter().find(|(_, known)| *known == ending)?;
    Some((name, *format))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_of_a_digest_is_on_or_off_and_no_other_is_there() {
        for (query, expected) in [
            ("", Ok([false, false])),
            ("again=yes&empty=no", Ok([true, false])),
            ("empty=yes&again=", Ok([false, true])),
            ("again=maybe", Err("again: \"maybe\" is neither yes nor no")),
            (
                "nope=1",
                Err("there is no parameter \"nope\"; expected one of: again, empty"),
            ),
        ] {
            let read = switches(query, ["again", "empty"]).map_err(|absent| match absent {
                Absent::Wrong(text) => text,
                Absent::Unknown(_) | Absent::Ours(_) => String::new(),
            });
            assert_eq!(read, expected.map_err(str::to_owned), "{query}");
        }
        assert!(switches("again=yes", []).is_err());
    }
}
