//! `Highlight`: where an article says what was searched for.

use async_graphql::{Enum, SimpleObject};

use crate::index::{Snippet, Wanted};

/// A part of an article in which what was searched for stands.
#[derive(SimpleObject)]
pub(super) struct Highlight {
    /// Which part of the article.
    field: HighlightField,
    /// Plain text around what was found, with "…" where the text goes on. It holds no markup: `spans` says what to mark.
    snippet: String,
    /// What was found, in the order of the snippet.
    spans: Vec<HighlightSpan>,
}

/// A part of an article that is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
enum HighlightField {
    /// The title, whole.
    Title,
    /// The abstract.
    Abstract,
    /// The text.
    Body,
}

/// A range of a snippet, counted in Unicode scalar values (in JavaScript: of `Array.from(snippet)`).
#[derive(SimpleObject)]
struct HighlightSpan {
    /// The first that was found.
    start: usize,
    /// One past the last.
    end: usize,
}

/// The highlights of a title, an abstract and a text in a language.
pub(super) fn highlights(
    wanted: &Wanted,
    language: &str,
    title: &str,
    summary: Option<&str>,
    body: &str,
) -> Vec<Highlight> {
    [
        (HighlightField::Title, Some(title)),
        (HighlightField::Abstract, summary),
        (HighlightField::Body, Some(body)),
    ]
    .into_iter()
    .filter_map(|(field, text)| Some(Highlight::of(field, wanted.snippet(text?, language)?)))
    .collect()
}

impl Highlight {
    fn of(field: HighlightField, snippet: Snippet) -> Self {
        let span = |(start, end)| HighlightSpan { start, end };
        Self {
            field,
            snippet: snippet.text,
            spans: snippet.spans.into_iter().map(span).collect(),
        }
    }
}
