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

/// First words, folded, of a line that tells when and by whom a text was published.
const PUBLISHING: &[&str] = &[
    "posted",
    "published",
    "submitted",
    "written",
    "updated",
    "ecrit",
    "mis",
    "poste",
    "publie",
    "redige",
];

/// Words, folded, that lead from such a date to an author or a rubric.
const LEADING_ON: &[&str] = &[
    "a", "at", "avec", "by", "dans", "filed", "in", "par", "sous", "to", "under", "with",
];

/// First words, folded, that name the rubric a text is filed under.
const RUBRICS: &[&str] = &["category", "categorie", "section", "rubrique", "topic"];

/// Parts of a line between bars at most, and words of each that is not the date.
const MOST_PARTS: usize = 4;
const MOST_WORDS: usize = 4;

/// Whether `text`, a line of `chars` characters, is a dateline: one date, with at most a label, a place or a rubric beside it, or who
/// published it.
pub(in super::super) fn is_dateline(text: &str, chars: usize) -> bool {
    is_dated(text, chars) && (is_plain(text) || is_signed(text, chars))
}

fn is_dated(text: &str, chars: usize) -> bool {
    chars <= LONGEST && text.bytes().any(|b| b.is_ascii_digit())
}

/// Whether `text` says when and by whom it was published: "Posted by admin on October 12, 2022 in News", "By Jane Doe | 3 June 2023 | 4 min
/// read".
pub(in super::super) fn is_signed(text: &str, chars: usize) -> bool {
    is_dated(text, chars) && (is_publishing(text) || is_barred(text))
}

fn is_publishing(text: &str) -> bool {
    let key = fold::key(text);
    let found = mentions(text);
    let [date] = found.as_slice() else {
        return false;
    };
    let after = text[date.end..].trim_start();
    let next = fold::key(after);
    let leads_on = LEADING_ON.contains(&next.split(' ').next().unwrap_or_default());
    let beside = format!("{} {next}", fold::key(&text[..date.start]));
    let others = beside
        .split(' ')
        .filter(|word| !word.is_empty() && !LABELS.contains(word));
    let first = key.split(' ').next().unwrap_or_default();
    let by = matches!(first, "by" | "par") && after.is_empty() && {
        let before = fold::key(&text[..date.start]);
        (before.ends_with(" on") || before.ends_with(" le"))
            && before.split(' ').count() <= MOST_WORDS + 1
    };
    let led =
        date.start == 0 && (next.starts_with("by ") || next.starts_with("par ") || counts(&next));
    let led = led && next.split(' ').count() <= MOST_WORDS;
    (by || led || PUBLISHING.contains(&first))
        && date.relative.is_none()
        && (led || leads_on || !after.starts_with(char::is_alphanumeric))
        && others.count() <= MOST_OTHER_WORDS + 2
        && !text.ends_with(['.', '?', '!', ':'])
}

/// Whether folded words count something: "4 min read", "no comments".
fn counts(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_digit())
        || matches!(key, "no comments" | "aucun commentaire")
}

/// Whether one part of `text` between bars is a dateline, and the others say who wrote it, or count something.
fn is_barred(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['|', '·', '•']).map(str::trim).collect();
    if !(2..=MOST_PARTS).contains(&parts.len()) {
        return false;
    }
    let beside = |part: &str| {
        let key = fold::key(part);
        let by = key.starts_with("by ") || key.starts_with("par ");
        let rubric = RUBRICS.contains(&key.split(' ').next().unwrap_or_default());
        (by || rubric || counts(&key)) && key.split(' ').count() <= MOST_WORDS
    };
    let dated = |part: &str| is_plain(part) || is_publishing(part);
    let dates = parts.iter().filter(|part| dated(part)).count();
    dates == 1 && parts.iter().all(|part| dated(part) || beside(part))
}

fn is_plain(text: &str) -> bool {
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
            Kind::Word(word) if !LABELS.contains(&word.as_str()) && word != "and" => {
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
