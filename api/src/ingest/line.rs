//! A page's text as lines, each with its place.

use std::{borrow::Cow, ops::Range};

use memchr::{memchr3, memmem};

mod markdown;

/// One line of a page, without its line end.
#[derive(Debug, Clone)]
pub(super) struct Row<'t> {
    /// Byte range of the whole line in the page's text, without the line end.
    pub(super) span: Range<usize>,
    /// The line without the space around it, and without the marks of Markdown.
    pub(super) text: Cow<'t, str>,
    /// Byte range in the page's text that `text` was read from.
    pub(super) printed: Range<usize>,
    /// Characters of `text`.
    pub(super) chars: usize,
    /// Columns of space before `text`; a tab counts four.
    pub(super) indent: usize,
}

impl Row<'_> {
    /// Whether nothing is printed on the line.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// The lines of `text`. They end at `\n`, `\r\n`, `\r`, a form feed, a vertical tab, NEL, or the Unicode line and paragraph separators;
/// a line end at the very end of the text opens no further line.
pub(super) fn rows(text: &str) -> Vec<Row<'_>> {
    let bytes = text.as_bytes();
    let rare = ["\u{b}", "\u{85}", "\u{2028}", "\u{2029}"]
        .iter()
        .any(|end| memmem::find(bytes, end.as_bytes()).is_some());
    let mut rows = Vec::with_capacity(bytes.len() / 80 + 1);
    let mut start = 0;
    while start < bytes.len() {
        let (end, next) = if rare {
            rare_end(text, start)
        } else {
            match memchr3(b'\n', b'\r', b'\x0c', &bytes[start..]) {
                Some(at) => {
                    let at = start + at;
                    (at, at + line_end_width(bytes, at))
                }
                None => (bytes.len(), bytes.len()),
            }
        };
        rows.push(row(text, start..end));
        start = next;
    }
    rows
}

fn line_end_width(bytes: &[u8], at: usize) -> usize {
    if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
        2
    } else {
        1
    }
}

fn rare_end(text: &str, start: usize) -> (usize, usize) {
    let found = text[start..].char_indices().find(|(_, c)| {
        matches!(
            c,
            '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    });
    match found {
        Some((at, '\n' | '\r')) => (
            start + at,
            start + at + line_end_width(text.as_bytes(), start + at),
        ),
        Some((at, c)) => (start + at, start + at + c.len_utf8()),
        None => (text.len(), text.len()),
    }
}

/// Space, and the characters that print nothing.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
        )
}

fn row(text: &str, span: Range<usize>) -> Row<'_> {
    let line = &text[span.clone()];
    let trimmed = line.trim_start_matches(is_space);
    let lead = &line[..line.len() - trimmed.len()];
    let trimmed = trimmed.trim_end_matches(is_space);
    let start = span.start + lead.len();
    let printed = start..start + trimmed.len();
    let text = markdown::bare(trimmed);
    let chars = if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    };
    let indent = lead.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    Row {
        span,
        text,
        printed,
        chars,
        indent,
    }
}

#[cfg(test)]
mod tests {
    use super::{Cow, rows};

    fn texts(text: &str) -> Vec<Cow<'_, str>> {
        rows(text).into_iter().map(|row| row.text).collect()
    }

    #[test]
    fn every_line_end_in_use_ends_a_line() {
        for end in [
            "\n", "\r\n", "\r", "\x0c", "\x0b", "\u{85}", "\u{2028}", "\u{2029}",
        ] {
            let text = format!("one{end}{end}two{end}");
            assert_eq!(texts(&text), ["one", "", "two"], "{end:?}");
        }
        assert_eq!(
            texts("one\u{2028}two\r\nthree\nfour"),
            ["one", "two", "three", "four"]
        );
        assert!(texts("").is_empty());
    }

    #[test]
    fn a_row_knows_its_place_without_the_space_around_it() {
        let text = "first\r\n \t\u{a0}M’hamad \u{200b}\r\n";
        let rows = rows(text);
        assert_eq!(rows[1].text, "M’hamad");
        assert_eq!(&text[rows[1].printed.clone()], "M’hamad");
        assert_eq!((rows[1].indent, rows[1].chars), (6, 7));
        assert_eq!(&text[rows[1].span.clone()], " \t\u{a0}M’hamad \u{200b}");
    }
}
