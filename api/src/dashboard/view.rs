//! What every page has around what it shows, and how it goes out.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use askama::Template;
use tracing::error;

use super::{Site, assets, language};
use crate::feed::{Link, View, alternates};
use crate::http::{base, conditional};

/// What a browser may do with a page: nothing from elsewhere, and nothing that stands in the page itself is run or
/// styles it. Whatever text an article has, it stays text.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What the archive is called.
const NAME: &str = "Communiqué";

/// The part of the site that a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Home,
    Articles,
    Topics,
    Pages,
    Search,
    None,
}

/// The head of a page and its navigation.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) title: String,
    pub(super) section: Section,
    /// One or two sentences on what the page shows; empty for none.
    pub(super) description: String,
    /// Where readers reach the server, for what is read away from it; empty for a page without an address of its own.
    pub(super) origin: String,
    /// Its one address; empty for a page that has none.
    pub(super) canonical: String,
    /// For OpenGraph: `website` or `article`.
    pub(super) kind: &'static str,
    /// Facts for machines (schema.org), as JSON that may stand in a page; empty for none.
    pub(super) facts: String,
    /// What was searched for, to stand in the search box.
    pub(super) sought: String,
    /// For OpenGraph: the language of what it shows, as [`language::locale`] has it.
    pub(super) locale: Option<&'static str>,
    /// For OpenGraph: the address of a picture that goes with links to it; empty for a page without an address of its own.
    pub(super) image: String,
    /// The feeds of what the page shows, in every format; of all articles where it shows no list.
    pub(super) feeds: [Link; 3],
}

impl Frame {
    /// Of the page at this path.
    pub(super) fn of(
        http: &HttpRequest,
        site: &Site,
        section: Section,
        title: &str,
        path: &str,
    ) -> Self {
        let origin = origin(http, site);
        Self {
            section,
            canonical: format!("{origin}{path}"),
            image: format!("{origin}{}", assets::address("card.png")),
            origin,
            ..Self::bare(title)
        }
    }

    /// Of a page without an address of its own.
    pub(super) fn bare(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            section: Section::None,
            description: String::new(),
            origin: String::new(),
            canonical: String::new(),
            kind: "website",
            facts: String::new(),
            sought: String::new(),
            locale: language::locale("en"),
            image: String::new(),
            feeds: alternates(&View::default(), NAME),
        }
    }

    /// The same with a description.
    pub(super) fn about(self, description: impl Into<String>) -> Self {
        Self {
            description: description.into(),
            ..self
        }
    }

    /// The same with the feeds of a list, which is called by what narrows it.
    pub(super) fn fed(self, view: &View, called: &str) -> Self {
        let title = match called.is_empty() {
            true => NAME.to_owned(),
            false => format!("{NAME}: {called}"),
        };
        Self {
            feeds: alternates(view, &title),
            ..self
        }
    }

    /// Where a file is that the page asks for.
    pub(super) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// `page` for the link of the navigation that leads to the part the page belongs to.
    pub(super) fn current(&self, link: &str) -> &'static str {
        let own = match self.section {
            Section::Home => "home",
            Section::Articles => "articles",
            Section::Topics => "topics",
            Section::Pages => "pages",
            Section::Search | Section::None => "",
        };
        if own == link { "page" } else { "false" }
    }
}

/// Where readers reach this server, without a slash at its end.
pub(super) fn origin(http: &HttpRequest, site: &Site) -> String {
    base(http, site.public.as_ref()).as_str().to_owned()
}

/// A page as it goes out; 304 to whoever has it already.
pub(super) fn page(http: &HttpRequest, template: &impl Template) -> HttpResponse {
    let text = written(template);
    let tag = conditional::tag(text.as_bytes());
    let whose = match http.headers().contains_key(header::AUTHORIZATION) {
        true => "private, no-cache",
        false => "public, no-cache",
    };
    let mut response = headed(StatusCode::OK);
    response
        .insert_header((header::CACHE_CONTROL, whose))
        .insert_header((header::ETAG, tag.as_str()));
    if conditional::is_known(http, &tag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response.body(text)
}

/// A page that stands in place of another, which nobody is to keep.
pub(super) fn html(status: StatusCode, template: &impl Template) -> HttpResponse {
    headed(status)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(written(template))
}

fn written(template: &impl Template) -> String {
    template.render().unwrap_or_else(|cause| {
        error!(%cause, "a page cannot be written");
        String::new()
    })
}

/// The headers of every page.
fn headed(status: StatusCode) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::REFERRER_POLICY, "same-origin"));
    response
}
