//! The user's own words around the articles: Markdown, read once, set in each format.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use serde::{Serialize, Serializer};

use super::html::escaped;
use super::markdown;
use super::text::append;
use super::wrap::wrap;

/// A passage in Markdown: paragraphs, headings, lists, emphasis and links. Markup in it is text, pictures are their
/// descriptions: nothing in an issue is fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage(String);

impl Serialize for Passage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.markdown())
    }
}

impl Passage {
    /// Of Markdown.
    pub fn of_markdown(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As Markdown, without what would be markup or fetched where it is shown.
    pub(super) fn markdown(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        let mut written = 0;
        let mut put = |range: Range<usize>, instead: &str| {
            // Within a picture that was put already.
            if range.start >= written {
                text.push_str(&self.0[written..range.start]);
                text.push_str(instead);
                written = range.end;
            }
        };
        let mut picture: Option<(Range<usize>, String)> = None;
        for (event, range) in Parser::new(&self.0).into_offset_iter() {
            match event {
                Event::Start(Tag::Image { .. }) if picture.is_none() => {
                    picture = Some((range, String::new()));
                }
                Event::End(TagEnd::Image) => {
                    // The end of the outermost spans what its beginning does.
                    if let Some((whole, words)) = picture.take_if(|(whole, _)| *whole == range) {
                        put(whole, &markdown::escaped(&words));
                    }
                }
                Event::Text(words) | Event::Code(words) => {
                    if let Some((_, description)) = &mut picture {
                        description.push_str(&words);
                    }
                }
                Event::Html(_) | Event::InlineHtml(_) if picture.is_none() => {
                    put(range.clone(), &self.0[range].replace('<', "&lt;"));
                }
                _ => {}
            }
        }
        text.push_str(&self.0[written..]);
        text
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
        // The number of the next item of each list that is open; none where it has no numbers.
        let mut lists: Vec<Option<u64>> = Vec::new();
        for event in Parser::new(&self.0) {
            match event {
                Event::Start(Tag::List(start)) => {
                    if !lists.is_empty() && !text.ends_with('\n') {
                        text.push('\n');
                    }
                    lists.push(start);
                }
                Event::Start(Tag::Item) => match lists.last_mut() {
                    Some(Some(number)) => {
                        text.push_str(&format!("{number}. "));
                        *number += 1;
                    }
                    _ => text.push_str("- "),
                },
                Event::Start(Tag::Link { dest_url, .. }) => links.push((text.len(), dest_url)),
                Event::End(TagEnd::Link) => {
                    if let Some((start, address)) = links.pop()
                        && text.get(start..) != Some(&*address)
                    {
                        text.push_str(&format!(" ({address})"));
                    }
                }
                Event::End(TagEnd::List(_)) => {
                    lists.pop();
                    if lists.is_empty() {
                        text.push('\n');
                    }
                }
                Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => text.push_str("\n\n"),
                Event::End(TagEnd::Item) => {
                    text.truncate(text.trim_end_matches('\n').len());
                    text.push('\n');
                }
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
        for (markdown, text) in [
            ("3. three\n4. four\n\nEnd", "3. three\n4. four\n\nEnd"),
            ("1. one\n\n2. two\n", "1. one\n2. two"),
            ("1. one\n   - in it\n2. two\n", "1. one\n- in it\n2. two"),
        ] {
            assert_eq!(Passage::of_markdown(markdown).text(), text, "{markdown}");
        }
    }

    #[test]
    fn markdown_stays_as_it_was_but_for_markup_and_pictures() {
        for (written, markdown) in [
            (
                "# Hello\n\n1. *one* & [two](https://a.example/?a=1&b=2)\n\n> three <https://b.example/>",
                "# Hello\n\n1. *one* & [two](https://a.example/?a=1&b=2)\n\n> three <https://b.example/>",
            ),
            (
                "<script>x</script>\n\nend",
                "&lt;script>x&lt;/script>\n\nend",
            ),
            ("a <b onclick=1>b</b> c", "a &lt;b onclick=1>b&lt;/b> c"),
            (
                "![our *logo*](https://a.example/x.png \"t\") and ![](https://a.example/y.png).",
                "our logo and .",
            ),
            (
                "[![in](https://a.example/x.png)](https://b.example/)",
                "[in](https://b.example/)",
            ),
            ("", ""),
        ] {
            let passage = Passage::of_markdown(written);
            assert_eq!(passage.markdown(), markdown, "{written}");
            assert_eq!(
                serde_json::to_value(&passage).expect("JSON"),
                markdown,
                "{written}"
            );
        }
    }
}
