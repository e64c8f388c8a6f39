//! Lines joined into blocks: hard-wrapped lines become one paragraph, and what belongs to the site is set aside.

use std::ops::Range;

use super::{
    boilerplate::{self, Verdict},
    date, fold,
    line::Row,
    reading::Reason,
    repeats::Repeats,
};

mod byline;
mod ending;
mod margin;
mod prose;
mod wrap;

pub(super) use ending::{Ending, ending, is_abbreviated, starts_lower};
pub(super) use prose::{LONGEST_TITLE, words};

/// What a piece of a page is, before it is known which article it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Belongs to the site.
    Site(Verdict),
    /// A date on a line of its own.
    Date,
    /// An item of a list.
    Item,
    /// Anything else.
    Text,
}

/// Consecutive lines that belong together.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Indices of its rows; blank rows and rows of the site may stand between the first and the last.
    pub(super) rows: Range<usize>,
    pub(super) kind: Kind,
    /// Its words, cleaned.
    pub(super) text: String,
    /// Characters of `text`.
    pub(super) chars: usize,
    /// Blank rows above it.
    pub(super) gap: usize,
    /// Printed on many pages of the source.
    pub(super) repeated: bool,
    /// A paragraph or a whole sentence: text that a title may head.
    pub(super) prose: bool,
}

/// The pieces of a page, in order, and what the vocabulary says of each row.
pub(super) fn pieces(rows: &[Row<'_>], repeats: &Repeats) -> (Vec<Piece>, Vec<Option<Verdict>>) {
    let mut verdicts = verdicts(rows);
    let dates: Vec<bool> = rows
        .iter()
        .zip(&mut verdicts)
        .map(|(row, verdict)| is_date(row, verdict))
        .collect();
    let width = wrap::width(rows);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut gap = 0;
    let mut at = 0;
    while at < rows.len() {
        if rows[at].is_blank() {
            gap += 1;
            at += 1;
            continue;
        }
        let first = at;
        let alone = |at: usize| dates[at] || verdicts[at].is_some_and(|v| v.whole);
        while at + 1 < rows.len() && !rows[at + 1].is_blank() && !alone(at) {
            let (above, below) = (&rows[at], &rows[at + 1]);
            // A line of wrapped text may look like the site's own, or like a date, when taken alone.
            let torn = match (verdicts[at + 1], dates[at + 1]) {
                (None, false) => true,
                (Some(_), _) => verdicts[first].is_none() && wrap::breaks_off(above, below),
                (None, true) => matches!(ending(&above.text), Ending::Dangling | Ending::Open),
            };
            let so_far = wrap::Block {
                item: is_item(&rows[first].text),
                opening: at - first < 2 && !rows[first].text.contains(". "),
            };
            if !torn || !wrap::continues(above, below, width, so_far) {
                break;
            }
            at += 1;
        }
        at += 1;
        let piece = piece(rows, first..at, &verdicts, dates[first], gap, repeats);
        let verdict = match piece.kind {
            Kind::Site(verdict) => Some(verdict),
            _ => None,
        };
        verdicts[first..at].fill(verdict);
        gap = 0;
        pieces.push(piece);
    }
    mend(&mut pieces);
    byline::settle(&mut pieces);
    for piece in &mut pieces {
        piece.prose = piece.kind == Kind::Text
            && !piece.repeated
            && prose::is_prose(&piece.text, piece.chars);
    }
    margin::settle(&mut pieces);
    (pieces, verdicts)
}

/// Whether a row is a dateline. A byline that says when, too, is one and no line of the site.
fn is_date(row: &Row<'_>, verdict: &mut Option<Verdict>) -> bool {
    let date = match verdict {
        None => date::is_dateline(&row.text, row.chars),
        Some(v) if matches!(v.reason, Reason::Byline | Reason::Tags) && !v.whole => {
            date::is_signed(&row.text, row.chars)
        }
        Some(_) => false,
    };
    if date {
        *verdict = None;
    }
    date
}

/// What the vocabulary says of each row. A row that another breaks off into goes on with its sentence: it is not looked at alone.
fn verdicts(rows: &[Row<'_>]) -> Vec<Option<Verdict>> {
    let mut verdicts: Vec<Option<Verdict>> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let above = at
            .checked_sub(1)
            .filter(|&above| verdicts[above].is_none() && !rows[above].is_blank());
        let goes_on = above.is_some_and(|above| wrap::goes_on(&rows[above], row));
        let alone = !row.is_blank() && !goes_on;
        verdicts.push(
            alone
                .then(|| boilerplate::judge(&row.text, row.chars))
                .flatten(),
        );
    }
    verdicts
}

fn piece(
    rows: &[Row<'_>],
    range: Range<usize>,
    verdicts: &[Option<Verdict>],
    date: bool,
    gap: usize,
    repeats: &Repeats,
) -> Piece {
    let first = &rows[range.start];
    let text = if range.len() == 1 {
        fold::clean(&first.text)
    } else {
        joined(rows, range.clone())
    };
    let chars = if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    };
    let site = verdicts[range.start].or_else(|| {
        (range.len() > 1)
            .then(|| boilerplate::judge(&text, chars))
            .flatten()
    });
    // A verdict on the first line of several holds only if it holds for all of them: a paragraph may begin like a notice.
    let site =
        site.filter(|v| v.whole || range.len() == 1 || boilerplate::judge(&text, chars).is_some());
    let kind = match site {
        Some(verdict) => Kind::Site(verdict),
        None if date => Kind::Date,
        None if is_item(&text) => Kind::Item,
        None => Kind::Text,
    };
    let repeated = kind == Kind::Text && range.len() == 1 && repeats.is_boilerplate(&first.text);
    Piece {
        kind,
        text,
        chars,
        gap,
        rows: range,
        repeated,
        prose: false,
    }
}

/// The cleaned text of some rows. A word broken at its hyphen is made whole: the hyphen was there before the line was wrapped.
fn joined(rows: &[Row<'_>], range: Range<usize>) -> String {
    let mut text = String::with_capacity(
        rows[range.clone()]
            .iter()
            .map(|row| row.text.len() + 1)
            .sum(),
    );
    for row in &rows[range] {
        let line = fold::clean(&row.text);
        append(&mut text, &line);
    }
    text
}

fn append(text: &mut String, line: &str) {
    if !text.is_empty() && !ending::is_broken_word(text, line) {
        text.push(' ');
    }
    text.push_str(line);
}

/// Joins a paragraph that was torn apart, by a blank line or a page break, in the middle of a sentence.
fn mend(pieces: &mut Vec<Piece>) {
    let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
    // Only marks of a page break may stand inside a paragraph.
    let mut before: Option<usize> = None;
    for piece in pieces.drain(..) {
        let torn = |above: &Piece| {
            matches!(above.kind, Kind::Text | Kind::Item)
                && !above.repeated
                && piece.kind == Kind::Text
                && ending::is_torn(&above.text, above.chars, &piece.text)
        };
        if let Some(at) = before
            && torn(&kept[at])
        {
            let whole = &mut kept[at];
            let length = whole.text.len();
            append(&mut whole.text, &piece.text);
            whole.chars += piece.chars + (whole.text.len() - length - piece.text.len());
            whole.rows.end = piece.rows.end;
            continue;
        }
        let page_break = matches!(piece.kind, Kind::Site(v) if v.reason == Reason::Pagination);
        if !page_break {
            before = Some(kept.len());
        }
        kept.push(piece);
    }
    *pieces = kept;
}

/// Whether `text` opens with the mark of a list item.
pub(super) fn is_item(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        // Notes: "* Based on …", "**vs leading brand".
        Some('*') => chars.any(char::is_alphanumeric),
        Some(
            '•' | '●' | '▪' | '■' | '◦' | '‣' | '⁃' | '·' | '►' | '➢' | '✓' | '✔' | '→' | '○' | '§'
            | 'o',
        ) => match chars.next() {
            Some(c) => {
                c.is_whitespace()
                    && (!text.starts_with('o') || chars.next().is_some_and(char::is_uppercase))
            }
            None => false,
        },
        Some('-' | '–' | '—') if text.starts_with("-- ") => true,
        Some('-' | '–' | '—') => chars.next().is_some_and(char::is_whitespace),
        Some('(') => numbered(&text[1..], &[')']),
        Some(c) if c.is_alphanumeric() => numbered(text, &[')', '.']),
        _ => false,
    }
}

/// "1.", "12)", "a)", "iv." and a space.
fn numbered(text: &str, closers: &[char]) -> bool {
    let Some(close) = text
        .char_indices()
        .take(5)
        .find(|(_, c)| closers.contains(c))
        .map(|(at, _)| at)
    else {
        return false;
    };
    let label = &text[..close];
    let number = !label.is_empty() && label.len() <= 2 && label.bytes().all(|b| b.is_ascii_digit());
    let letter = label.len() == 1 && label.bytes().all(|b| b.is_ascii_lowercase());
    let roman = !label.is_empty()
        && label.len() <= 4
        && label.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    (number || letter || roman) && text[close + 1..].starts_with(char::is_whitespace)
}

#[cfg(test)]
mod tests;
