//! Articles as they are copied into a newsletter: HTML, Markdown or plain text, written as issues are.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde_json::json;

use super::problem::Problem;
use super::{Site, day, language, view};
use crate::newsletter::{in_html, in_markdown, in_text, linked_in_markdown};

/// Most articles of one copy.
const MOST: usize = 100;

#[derive(Deserialize)]
struct Data {
    nodes: Vec<Option<Clipping>>,
}

/// An article as it is copied. Whatever else has an id has no title.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Clipping {
    slug: Option<String>,
    url: Option<String>,
    title: Option<String>,
    #[serde(default)]
    language: String,
    published_on: Option<String>,
    #[serde(rename = "abstract")]
    summary: Option<Summary>,
}

#[derive(Deserialize)]
struct Summary {
    text: String,
}

#[derive(Template)]
#[template(path = "clippings.html")]
struct Html<'a> {
    items: &'a [Item],
}

/// An article with all that is known of it in place.
struct Item {
    title: String,
    address: String,
    date: Option<String>,
    summary: Option<String>,
    lang: String,
}

#[derive(Clone, Copy)]
enum Format {
    Html,
    Markdown,
    Text,
}

/// `GET /clippings?article=ID&…&format=html|markdown|text`.
pub(super) async fn get(http: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, Problem> {
    let (ids, format) = asked(http.query_string())?;
    let data: Data = site
        .questions
        .ask(&http, "Clippings", json!({ "ids": ids }))
        .await?;
    let origin = view::origin(&http, &site);
    let found = data.nodes.into_iter().flatten();
    let items: Vec<Item> = found
        .filter_map(|clipping| Item::of(clipping, &origin))
        .collect();
    if items.is_empty() {
        return Err(Problem::missing("There are no such articles."));
    }
    let text = match format {
        Format::Html => Html { items: &items }
            .render()
            .map_err(|_| Problem::ours())?,
        Format::Markdown => joined(&items, Item::markdown),
        Format::Text => joined(&items, Item::text),
    };
    // Source to be copied, whatever the format: a browser shows it and runs nothing.
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text))
}

fn asked(query: &str) -> Result<(Vec<String>, Format), Problem> {
    let mut ids = Vec::new();
    let mut format = Format::Html;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match (&*name, &*value) {
            ("article", "") => {}
            ("article", _) => ids.push(value.into_owned()),
            ("format", "html") => format = Format::Html,
            ("format", "markdown") => format = Format::Markdown,
            ("format", "text") => format = Format::Text,
            ("format", other) => {
                let message = format!("{other:?} is no format; expected html, markdown or text.");
                return Err(Problem::bad(message));
            }
            _ => {}
        }
    }
    match ids.len() {
        0 => Err(Problem::bad(
            "No article was chosen: tick the boxes of those to copy.",
        )),
        1..=MOST => Ok((ids, format)),
        many => Err(Problem::bad(format!(
            "{many} articles are chosen; at most {MOST} are copied at once."
        ))),
    }
}

fn joined(items: &[Item], written: fn(&Item) -> String) -> String {
    let items: Vec<_> = items.iter().map(written).collect();
    items.join("\n\n") + "\n"
}

impl Item {
    fn of(clipping: Clipping, origin: &str) -> Option<Self> {
        let slug = clipping.slug?;
        Some(Self {
            title: clipping.title?,
            address: clipping
                .url
                .unwrap_or_else(|| format!("{origin}/articles/{slug}")),
            date: clipping.published_on.as_deref().map(day::day),
            summary: clipping.summary.map(|summary| summary.text),
            lang: language::attribute(&clipping.language).to_owned(),
        })
    }

    /// Its address, its title and its abstract as HTML, escaped here and not by the template.
    fn html(&self) -> (String, String, Option<String>) {
        let summary = self.summary.as_deref().map(in_html);
        (in_html(&self.address), in_html(&self.title), summary)
    }

    fn markdown(&self) -> String {
        let mut text = format!("### {}", linked_in_markdown(&self.title, &self.address));
        if let Some(date) = &self.date {
            text += &format!("\n\n*{date}*");
        }
        if let Some(summary) = &self.summary {
            text += &format!("\n\n{}", in_markdown(summary));
        }
        text
    }

    fn text(&self) -> String {
        let mut text = in_text(&self.title);
        if let Some(date) = &self.date {
            text += &format!("\n{date}");
        }
        if let Some(summary) = &self.summary {
            text += &format!("\n\n{}", in_text(summary));
        }
        text + &format!("\n{}", self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(title: &str, summary: Option<&str>) -> Item {
        Item {
            title: title.to_owned(),
            address: "https://n.example/articles/a".to_owned(),
            date: Some("2 March 2024".to_owned()),
            summary: summary.map(str::to_owned),
            lang: "en".to_owned(),
        }
    }

    #[test]
    fn each_format_is_escaped_once() {
        let items = [item("A <b> & *c*", Some("It said: \"1 < 2\"."))];
        let html = Html { items: &items }.render().expect("HTML");
        assert!(
            html.contains("href=\"https://n.example/articles/a\">A &lt;b&gt; &amp; *c*</a>"),
            "{html}"
        );
        assert!(
            !html.contains("&amp;lt;") && !html.contains("&#38;#60;"),
            "{html}"
        );
        assert_eq!(
            items[0].markdown(),
            "### [A &lt;b> & \\*c\\*](https://n.example/articles/a)\n\n*2 March 2024*\n\nIt said: \"1 &lt; 2\"."
        );
        assert_eq!(
            items[0].text(),
            "A <b> & *c*\n2 March 2024\n\nIt said: \"1 < 2\".\nhttps://n.example/articles/a"
        );
    }

    #[test]
    fn no_placeholder_of_a_newsletter_tool_is_copied() {
        let hostile = "{{ UnsubscribeURL }} *|UNSUB|* {% raw %}";
        let items = [item(hostile, Some(hostile))];
        let html = Html { items: &items }.render().expect("HTML");
        for written in [html, items[0].markdown(), items[0].text()] {
            for mark in ["{{", "{%", "*|"] {
                assert!(!written.contains(mark), "{mark}: {written}");
            }
        }
    }

    #[test]
    fn a_copy_is_asked_for_by_ids_and_a_format() {
        for (query, count) in [
            ("article=a&article=b&format=text", Some(2)),
            ("article=a", Some(1)),
            ("article=&format=text", None),
            ("", None),
            ("article=a&format=pdf", None),
        ] {
            assert_eq!(
                asked(query).ok().map(|(ids, _)| ids.len()),
                count,
                "{query}"
            );
        }
        assert!(asked(&"article=a&".repeat(101)).is_err());
    }
}
