//! Headings inside an article: known by `headings.toml`, and never the title of another one.

use std::{collections::HashSet, sync::LazyLock};

use serde::Deserialize;

use super::{fold_numbers, fold_phrase};

/// Longest heading, in bytes.
const LONGEST: usize = 90;

/// A heading inside an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Heading {
    /// Somewhere inside ("Key figures").
    Inner,
    /// At the end of a release ("About …", "Notes to editors").
    Tail,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    whole: HashSet<String>,
    tail: Vec<String>,
}

static HEADINGS: LazyLock<File> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../headings.toml")).expect("headings.toml is well-formed");
    File {
        whole: file.whole.iter().map(|p| fold_phrase(p)).collect(),
        tail: file.tail.iter().map(|p| fold_phrase(p)).collect(),
    }
});

/// Whether `text` heads a section inside an article.
pub(in super::super) fn heading(text: &str) -> Option<Heading> {
    if text.len() > LONGEST {
        return None;
    }
    let key = fold_numbers(text);
    if HEADINGS.tail.iter().any(|phrase| starts_with(&key, phrase)) {
        Some(Heading::Tail)
    } else {
        HEADINGS.whole.contains(&key).then_some(Heading::Inner)
    }
}

/// Whether a folded line begins with `phrase`, at a word's end and not before a number: "About 2,000 schools" is no heading.
fn starts_with(key: &str, phrase: &str) -> bool {
    key.strip_prefix(phrase)
        .is_some_and(|rest| rest.is_empty() || (rest.starts_with(' ') && !rest.starts_with(" #")))
}
