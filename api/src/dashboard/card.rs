//! An article as lists show it.

use serde::Deserialize;

use super::{day, language};
use crate::store::slug::slug_of_topic;

/// An article in a list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Card {
    pub(super) id: String,
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) language: String,
    pub(super) published_on: Option<String>,
    pub(super) date_basis: Option<String>,
    pub(super) reading_minutes: u32,
    pub(super) summary_status: String,
    #[serde(rename = "abstract")]
    pub(super) summary: Option<Summary>,
    pub(super) labels: Vec<Label>,
    /// Where it has what was searched for.
    #[serde(skip)]
    pub(super) found: Vec<Found>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Summary {
    pub(super) text: String,
    pub(super) kind: String,
    pub(super) stale: bool,
}

/// A topic of an article.
#[derive(Debug, Deserialize)]
pub(super) struct Label {
    pub(super) topic: Topic,
}

/// A topic by id and name.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Topic {
    pub(super) id: String,
    pub(super) name: String,
}

/// An article that another one points to.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pointer {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) language: String,
    pub(super) published_on: Option<String>,
}

/// A part of an article in which something was found.
#[derive(Debug, Deserialize)]
pub(super) struct Found {
    pub(super) field: String,
    pub(super) snippet: String,
    spans: Vec<Span>,
}

#[derive(Debug, Deserialize)]
struct Span {
    start: usize,
    end: usize,
}

/// Where a page of a list lies in it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageInfo {
    pub(super) has_previous_page: bool,
    pub(super) has_next_page: bool,
    pub(super) start_cursor: Option<String>,
    pub(super) end_cursor: Option<String>,
}

impl Topic {
    /// Its readable name, for links.
    pub(super) fn slug(&self) -> String {
        slug_of_topic(&self.id, &self.name)
    }
}

impl Label {
    pub(super) fn name(&self) -> &str {
        &self.topic.name
    }

    pub(super) fn slug(&self) -> String {
        self.topic.slug()
    }
}

impl Card {
    pub(super) fn date(&self) -> Option<String> {
        self.published_on.as_deref().map(day::day)
    }

    pub(super) fn basis(&self) -> &'static str {
        day::basis(self.date_basis.as_deref().unwrap_or_default())
    }

    pub(super) fn lang(&self) -> &str {
        language::attribute(&self.language)
    }

    pub(super) fn language_name(&self) -> &str {
        language::name(&self.language)
    }

    pub(super) fn waits(&self) -> &'static str {
        missing(&self.summary_status)
    }
}

/// Why there is no abstract, by the state of its order.
pub(super) fn missing(state: &str) -> &'static str {
    match state {
        "QUEUED" => "No abstract yet: it waits for the summarizer.",
        "RUNNING" => "No abstract yet: the summarizer is at work on it.",
        "FAILED" => "No abstract: the summarizer gave up on it.",
        _ => "No abstract: the text is too short for one.",
    }
}

impl Pointer {
    pub(super) fn date(&self) -> Option<String> {
        self.published_on.as_deref().map(day::day)
    }

    pub(super) fn lang(&self) -> &str {
        language::attribute(&self.language)
    }

    pub(super) fn language_name(&self) -> &str {
        language::name(&self.language)
    }
}

impl Found {
    /// Whether it is of the text: the title and the abstract are shown anyway.
    pub(super) fn is_of_text(&self) -> bool {
        self.field == "BODY"
    }

    /// The snippet in pieces, each with whether it was found.
    pub(super) fn pieces(&self) -> Vec<(bool, String)> {
        let letters: Vec<char> = self.snippet.chars().collect();
        let mut pieces = Vec::new();
        let mut done = 0;
        let mut piece = |found, from: usize, to: usize| {
            if let Some(text) = letters.get(from..to)
                && !text.is_empty()
            {
                pieces.push((found, text.iter().collect()));
            }
        };
        for span in &self.spans {
            let (start, end) = (span.start.max(done), span.end.min(letters.len()));
            if start < end {
                piece(false, done, start);
                piece(true, start, end);
                done = end;
            }
        }
        piece(false, done, letters.len());
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_is_parted_by_what_was_found() {
        for (snippet, spans, expected) in [
            (
                "a été là",
                &[(2, 5)][..],
                &[(false, "a "), (true, "été"), (false, " là")][..],
            ),
            ("abc", &[], &[(false, "abc")]),
            ("abc", &[(0, 3)], &[(true, "abc")]),
            ("abc", &[(0, 2), (1, 9)], &[(true, "ab"), (true, "c")]),
            ("", &[(0, 1)], &[]),
        ] {
            let spans = spans
                .iter()
                .map(|&(start, end)| Span { start, end })
                .collect();
            let found = Found {
                field: "BODY".to_owned(),
                snippet: snippet.to_owned(),
                spans,
            };
            let pieces = found.pieces();
            let pieces: Vec<_> = pieces
                .iter()
                .map(|(found, text)| (*found, text.as_str()))
                .collect();
            assert_eq!(pieces, expected, "{snippet}");
        }
    }
}
