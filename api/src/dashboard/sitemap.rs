//! What is for machines that collect pages: `robots.txt` and the site map, a part for each month.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde_json::json;

use super::problem::Problem;
use super::topics::{self, TopicName};
use super::{Site, day, view};

/// Most addresses of one part (sitemaps.org).
const MOST: usize = 50_000;

/// The part of articles without a date.
const UNDATED: &str = "undated";
/// The part of what is no article.
const PAGES: &str = "pages";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Months {
    article_counts: Vec<Month>,
}

#[derive(Deserialize)]
struct Month {
    month: Option<String>,
}

#[derive(Deserialize)]
struct Addresses {
    articles: Articles,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Articles {
    page_info: Next,
    nodes: Vec<Address>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Next {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Address {
    slug: String,
    ingested_at: String,
}

/// An address and the day it is from, if it has one.
struct Entry {
    address: String,
    day: Option<String>,
}

#[derive(Template)]
#[template(path = "sitemap_index.xml")]
struct Index {
    parts: Vec<String>,
}

#[derive(Template)]
#[template(path = "sitemap.xml")]
struct Part {
    entries: Vec<Entry>,
}

/// `GET /sitemap.xml`: which parts there are.
pub(super) async fn index(
    http: HttpRequest,
    site: web::Data<Site>,
) -> Result<HttpResponse, Problem> {
    let months: Months = site.questions.ask(&http, "Months", json!({})).await?;
    let origin = view::origin(&http, &site);
    let mut names: Vec<String> = months
        .article_counts
        .into_iter()
        .map(|month| month.month.unwrap_or_else(|| UNDATED.to_owned()))
        .collect();
    names.sort_unstable_by(|a, b| b.cmp(a));
    names.insert(0, PAGES.to_owned());
    let parts = names
        .iter()
        .map(|name| format!("{origin}/sitemap/{name}.xml"));
    xml(&Index {
        parts: parts.collect(),
    })
}

/// `GET /sitemap/PART.xml`: the addresses of a month.
pub(super) async fn part(
    http: HttpRequest,
    site: web::Data<Site>,
    part: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let origin = view::origin(&http, &site);
    let entries = match part.as_str() {
        PAGES => pages(&http, &site, &origin).await?,
        UNDATED => addresses(&http, &site, &origin, json!({ "undated": true })).await?,
        month => {
            let Some((first, last)) = day::bounds(month) else {
                return Err(Problem::missing("The site map has no such part."));
            };
            let filter =
                json!({ "publishedFrom": first.to_string(), "publishedTo": last.to_string() });
            addresses(&http, &site, &origin, filter).await?
        }
    };
    xml(&Part { entries })
}

async fn pages(http: &HttpRequest, site: &Site, origin: &str) -> Result<Vec<Entry>, Problem> {
    let topics = topics::names(http, site).await?;
    let own = ["/", "/articles", "/topics", "/pages"].map(str::to_owned);
    let topics = topics.iter().map(TopicName::address);
    let entries = own.into_iter().chain(topics).map(|path| Entry {
        address: format!("{origin}{path}"),
        day: None,
    });
    Ok(entries.collect())
}

async fn addresses(
    http: &HttpRequest,
    site: &Site,
    origin: &str,
    filter: serde_json::Value,
) -> Result<Vec<Entry>, Problem> {
    let mut entries = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let variables = json!({ "filter": filter, "after": after });
        let read: Addresses = site.questions.ask(http, "Addresses", variables).await?;
        entries.extend(read.articles.nodes.into_iter().map(|article| Entry {
            address: format!("{origin}/articles/{}", article.slug),
            day: article.ingested_at.get(..10).map(str::to_owned),
        }));
        after = read.articles.page_info.end_cursor;
        if !read.articles.page_info.has_next_page || after.is_none() || entries.len() >= MOST {
            return Ok(entries);
        }
    }
}

fn xml(template: &impl Template) -> Result<HttpResponse, Problem> {
    let text = template.render().map_err(|_| Problem::ours())?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/xml; charset=utf-8"))
        .body(text))
}

/// `GET /robots.txt`.
pub(super) async fn robots(http: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let text = if site.private {
        "User-agent: *\nDisallow: /\n".to_owned()
    } else {
        let origin = view::origin(&http, &site);
        format!(
            "User-agent: *\nDisallow: /graphql\nDisallow: /clippings\nDisallow: /search\n\nSitemap: {origin}/sitemap.xml\n"
        )
    };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .body(text)
}
