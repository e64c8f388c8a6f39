//! What every page has around what it shows, and how it goes out.

use actix_web::http::header::{self, HeaderName};
use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Resource, Responder, web};
use askama::Template;
use tracing::error;

use super::{Site, assets};
use crate::http::conditional;

/// What a browser may do with a page: nothing from elsewhere, and nothing that stands in the page itself is run or
/// styles it. Whatever text an article has, it stays text.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

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
    /// Its one address; empty for a page that has none.
    pub(super) canonical: String,
    /// For OpenGraph: `website` or `article`.
    pub(super) kind: &'static str,
    /// Facts for machines (schema.org), as JSON that may stand in a page; empty for none.
    pub(super) facts: String,
    /// What was searched for, to stand in the search box.
    pub(super) sought: String,
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
        Self {
            title: title.to_owned(),
            section,
            canonical: format!("{}{path}", origin(http, site)),
            ..Self::bare(title)
        }
    }

    /// Of a page without an address of its own.
    pub(super) fn bare(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            section: Section::None,
            description: String::new(),
            canonical: String::new(),
            kind: "website",
            facts: String::new(),
            sought: String::new(),
        }
    }

    /// The same with a description.
    pub(super) fn about(self, description: impl Into<String>) -> Self {
        Self {
            description: description.into(),
            ..self
        }
    }

    fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// `page` for the link to the page that is shown, so that it can be told apart.
    fn current(&self, section: &Section) -> &'static str {
        if self.section == *section {
            "page"
        } else {
            "false"
        }
    }
}

/// Where readers reach this server, without a slash at its end: as it was told, or else as the request says.
pub(super) fn origin(http: &HttpRequest, site: &Site) -> String {
    match &site.public {
        Some(public) => public.as_str().to_owned(),
        None => {
            let connection = http.connection_info();
            format!("{}://{}", connection.scheme(), connection.host())
        }
    }
}

/// A page that is only read.
pub(super) fn resource<F, Args>(path: &str, read: F) -> Resource
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path)
        .get(read.clone())
        .head(read)
        .default_service(web::to(async || {
            HttpResponse::MethodNotAllowed()
                .insert_header((header::ALLOW, "GET, HEAD"))
                .finish()
        }))
}

/// A page as it goes out; 304 to whoever has it already.
pub(super) fn page(http: &HttpRequest, template: &impl Template) -> HttpResponse {
    let mut response = html(StatusCode::OK, template);
    let Some(tag) = response.extensions().get::<Tag>().cloned() else {
        return response;
    };
    let whose = match http.headers().contains_key(header::AUTHORIZATION) {
        true => "private, no-cache",
        false => "public, no-cache",
    };
    let caching = header::HeaderValue::from_static(whose);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, caching);
    if let Ok(value) = header::HeaderValue::from_str(&tag.0) {
        response.headers_mut().insert(header::ETAG, value);
    }
    if conditional::is_known(http, &tag.0) && *http.method() == Method::GET {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response.drop_body().map_into_boxed_body();
    }
    response
}

/// The entity tag of a page, beside it until it is sent.
#[derive(Clone)]
struct Tag(String);

/// A template with the headers of every page.
pub(super) fn html(status: StatusCode, template: &impl Template) -> HttpResponse {
    let text = template.render().unwrap_or_else(|cause| {
        error!(%cause, "a page cannot be written");
        String::new()
    });
    let tag = Tag(conditional::tag(text.as_bytes()));
    let mut response = HttpResponse::build(status)
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::REFERRER_POLICY, "same-origin"))
        .insert_header((
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text);
    response.extensions_mut().insert(tag);
    response
}
