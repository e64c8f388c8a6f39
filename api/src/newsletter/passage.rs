//! The user's own words around the articles: Markdown, read once, set in each format.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use serde::Serialize;

use super::html::escaped;
use super::text::append;
use super::wrap::wrap;

/// A passage in Markdown: paragraphs, headings, lists, emphasis and links. Markup in it is text, pictures are their
/// descriptions: nothing in an issue is fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Passage(String);

impl Passage {
    /// Of Markdown.
    pub fn of_markdown(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As Markdown.
    pub(super) fn markdown(&self) -> &str {
        &self.0
    }

    /// As HTML, styles inlined.
    pub(super) fn html(&self) -> String {
        let mut html = String::new();
        for event in Parser::new(&self.0) {
            match event {
                Event::Start(tag) => html.push_str(&opening(&tag)),
                Event::End(tag) => html.push_str(closing(&tag)),
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    html.push_str(&escaped(&text));
                }
                Event::Code(text) => {
                    html.push_str(&format!("<code>{}</code>", escaped(&text)));
                }
                Event::SoftBreak => html.push('\n'),
                Event::HardBreak => html.push_str("<br />"),
                Event::Rule => html.push_str("<hr />"),
                _ => {}
            }
        }
        html
    }

    /// As plain text: links with their addresses.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut links = Vec::new();
        for event in Parser::new(&self.0) {
            match event {
                Event::Start(Tag::Item) => text.push_str("- "),
                Event::Start(Tag::Link { dest_url, .. }) => links.push((text.len(), dest_url)),
                Event::End(TagEnd::Link) => {
                    if let Some((start, address)) = links.pop()
                        && text.get(start..) != Some(&*address)
                    {
                        text.push_str(&format!(" ({address})"));
                    }
                }
                Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_)) => {
                    text.push_str("\n\n");
                }
                Event::End(TagEnd::Item) => text.push('\n'),
                Event::Text(words)
                | Event::Code(words)
                | Event::Html(words)
                | Event::InlineHtml(words) => append(&mut text, &words),
                Event::SoftBreak => text.push(' '),
                Event::HardBreak => text.push('\n'),
                Event::Rule => text.push_str("---\n\n"),
                _ => {}
            }
        }
        wrap(text.trim(), "")
    }
}

const PARAGRAPH: &str = "<p style=\"margin:0 0 12px\">";

fn opening(tag: &Tag<'_>) -> String {
    match tag {
        Tag::Paragraph => PARAGRAPH.to_owned(),
        Tag::Heading { level, .. } => {
            let size = if *level == HeadingLevel::H1 { 20 } else { 17 };
            format!("<p style=\"margin:0 0 8px;font-size:{size}px;font-weight:bold\">")
        }
        Tag::List(None) => "<ul style=\"margin:0 0 12px;padding-left:24px\">".to_owned(),
        Tag::List(Some(start)) => {
            format!("<ol start=\"{start}\" style=\"margin:0 0 12px;padding-left:24px\">")
        }
        Tag::Item => "<li>".to_owned(),
        Tag::Emphasis => "<em>".to_owned(),
        Tag::Strong => "<strong>".to_owned(),
        Tag::Link { dest_url, .. } if is_safe(dest_url) => {
            format!(
                "<a class=\"link\" href=\"{}\" style=\"color:#0b57d0\">",
                escaped_address(dest_url)
            )
        }
        Tag::Link { .. } => "<a>".to_owned(),
        _ => String::new(),
    }
}

fn closing(tag: &TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph | TagEnd::Heading(_) => "</p>",
        TagEnd::List(false) => "</ul>",
        TagEnd::List(true) => "</ol>",
        TagEnd::Item => "</li>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Link => "</a>",
        _ => "",
    }
}

/// Whether a link leads somewhere and does nothing. What a newsletter tool puts an address in place of, as
/// `{{ UnsubscribeURL }}` or `*|UNSUB|*`, is one.
fn is_safe(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    let scheme = scheme
        .split_once(':')
        .map(|(scheme, _)| scheme.trim().to_ascii_lowercase());
    scheme.is_none_or(|scheme| ["http", "https", "mailto"].contains(&scheme.as_str()))
}

/// An address in an attribute. Unlike in the text of articles, placeholders of newsletter tools stay what they are.
fn escaped_address(address: &str) -> String {
    address
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html_without_markup_of_its_own() {
        for (markdown, html) in [
            (
                "Hello *you* and **all**",
                "<p style=\"margin:0 0 12px\">Hello <em>you</em> and <strong>all</strong></p>",
            ),
            ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
            (
                "a <b onclick=1>b</b>",
                "<p style=\"margin:0 0 12px\">a &lt;b onclick=1&gt;b&lt;/b&gt;</p>",
            ),
            (
                "[x](javascript:alert)",
                "<p style=\"margin:0 0 12px\"><a>x</a></p>",
            ),
            (
                "![logo](https://a.example/x.png)",
                "<p style=\"margin:0 0 12px\">logo</p>",
            ),
        ] {
            assert_eq!(Passage::of_markdown(markdown).html().trim(), html);
        }
        let links =
            Passage::of_markdown("[Leave](<{{ UnsubscribeURL }}>) or [leave](*|UNSUB|*)").html();
        assert!(links.contains("href=\"{{ UnsubscribeURL }}\""), "{links}");
        assert!(links.contains("href=\"*|UNSUB|*\""), "{links}");
    }

    #[test]
    fn markdown_becomes_text_with_the_addresses_of_its_links() {
        let passage = Passage::of_markdown(
            "# Hello\n\nRead [us](https://a.example/) and <https://b.example/>.\n\n- one\n- two\n",
        );
        assert_eq!(
            passage.text(),
            "Hello\n\nRead us (https://a.example/) and https://b.example/.\n\n- one\n- two"
        );
    }
}
