//! Datelines: a date on a line of its own, or at the head of the first paragraph.

use super::{
    super::fold,
    mention::{Mention, mentions},
    token::{Kind, tokens},
};

/// Longest line, in characters, that can be a dateline.
const LONGEST: usize = 110;

/// Most words of place or rubric beside the date on its line.
const MOST_OTHER_WORDS: usize = 5;

/// How far into a paragraph its dateline may reach, in bytes.
const REACH: usize = 140;

/// Words that go with a date and say nothing else.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "a", "added", "am", "at", "bst", "by", "cest", "cet", "created", "date", "de", "du", "edt", "est", "et",
    "gmt", "gmtplus", "h", "heure", "heures", "hours", "hrs", "issued", "jour", "la", "last", "le", "les",
    "mis", "mise", "modified", "modifie", "n", "of", "on", "online", "parution", "pdt", "pm", "post", "poste",
    "postee", "posted", "pst", "publication", "publie", "publiee", "publies", "published", "release",
    "released", "t", "the", "time", "updated", "utc", "z", "en", "ligne", "s", "min", "mn", "fait", "d", "l",
    "for", "immediate", "pour", "diffusion",
];

/// Whether `text`, a line of `chars` characters, is a dateline: one date, with at most a label, a place or a rubric beside it.
pub(in super::super) fn is_dateline(text: &str, chars: usize) -> bool {
    if chars > LONGEST || !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let found = mentions(text);
    match found.as_slice() {
        [] => false,
        // "15 March 2021 (updated 16 March 2021)"
        [first, rest @ ..] => {
            rest.len() <= 1 && first.relative.is_none() && others_are_few(text, first, rest.first())
        }
    }
}

fn others_are_few(text: &str, first: &Mention, second: Option<&Mention>) -> bool {
    let middle = second.map_or(first.end, |m| m.start);
    let tail = second.map_or(first.end, |m| m.end);
    let before = &text[..first.start];
    let between = &text[first.end..middle];
    let after = &text[tail..];
    // Words after the date without a mark between ("15 March 2021 marked the end") make a sentence of it.
    let parted = fold::key(after).split(' ').next().is_none_or(|word| {
        word.is_empty() || LABELS.contains(&word) || word.bytes().any(|b| b.is_ascii_digit())
    }) || after
        .trim_start()
        .starts_with(|c: char| !c.is_alphanumeric());
    let mut words = 0;
    for part in [before, between, after] {
        for token in tokens(part) {
            let raw = &part[token.start..token.end];
            match token.kind {
                Kind::Number { digits, .. }
                    if digits > 2 && !(digits == 4 && part.trim().len() == 4) =>
                {
                    return false;
                }
                Kind::Word(word) if !LABELS.contains(&word.as_str()) => {
                    words += 1;
                    if words > MOST_OTHER_WORDS || !raw.starts_with(char::is_uppercase) {
                        return false;
                    }
                }
                Kind::Mark('?' | '!' | '"' | '“' | '”' | '«' | '»' | ';') => return false,
                _ => {}
            }
        }
    }
    parted && !(words > 0 && text.ends_with('.') && !text.ends_with("M.") && words > 3)
}

/// The date at the head of a paragraph ("Rabat, 15 March 2021 – The …", "CAIRO, Jan. 7, 2026 /Wire/ -- …", "(Paris, le 3 mai 2022) …").
pub(super) fn opening(text: &str) -> Option<Mention> {
    let head = fold::head(text, REACH);
    let first = mentions(head).into_iter().next()?;
    let before = &head[..first.start];
    let after = head[first.end..].trim_start_matches([' ', ')', ']']);
    let marked = |c: char| {
        matches!(c, '–' | '—' | '-' | ':' | '/' | '|' | '―')
            || (c == '(' && !before.trim().is_empty())
    };
    let rubric = after.starts_with('.') && !before.trim().is_empty();
    if first.relative.is_some() || !(after.starts_with(marked) || rubric) {
        return None;
    }
    let mut words = 0;
    for token in tokens(before) {
        match token.kind {
            Kind::Word(word) if !LABELS.contains(&word.as_str()) => {
                words += 1;
                if words > MOST_OTHER_WORDS + 2
                    || !before[token.start..].starts_with(char::is_uppercase)
                {
                    return None;
                }
            }
            Kind::Mark(';' | '?' | '!' | '“' | '"') => return None,
            _ => {}
        }
    }
    Some(first)
}

/// Whether a paragraph opens as a release does: with a dated or undated place ("RABAT, Morocco, 15 March 2021 – …", "RABAT — …").
pub(in super::super) fn opening_dateline(text: &str) -> bool {
    if opening(text).is_some() {
        return true;
    }
    let head = fold::head(text, 80);
    let Some(dash) = [" – ", " — ", " -- ", "--", "—"]
        .iter()
        .filter_map(|dash| head.find(dash))
        .min()
    else {
        return false;
    };
    let place = head[..dash].trim();
    let first = place.split([' ', ',']).next().unwrap_or_default();
    let capitals = first.chars().count() >= 3
        && first
            .chars()
            .all(|c| c.is_uppercase() || !c.is_alphabetic());
    capitals && place.split_whitespace().count() <= 6 && place.contains(|c: char| c.is_alphabetic())
}

#[cfg(test)]
mod tests;
