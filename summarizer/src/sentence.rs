//! Text into sentences, each with its place.

mod abbreviation;
mod closing;
mod opening;
mod run_together;
mod sign;
mod starter;
mod usual;
mod words;

use abbreviation::Reading;
use closing::{closes, skip_closing};
use run_together::{lacks_space, runs_on};
use sign::opens;
pub(crate) use sign::{is_full_width, is_stop};
pub use words::count_words;

/// A stretch of a text in Unicode scalar values from its start; `end` is the first one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First scalar value.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A sentence of a text; no white space at either end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// Its words, exactly as in the text.
    pub text: &'a str,
    /// Where it stands.
    pub span: Span,
    /// Number of its paragraph, from 0.
    pub paragraph: usize,
}

/// Split a text in English or French into sentences: in order, disjoint, and together all of it but white space.
///
/// A blank line always ends a sentence. A full stop ends one unless it belongs to an abbreviation, an initial, a
/// number, an ellipsis in mid-sentence or an address. Closing quotes and brackets stay with their sentence. A text without
/// capitals, or of nothing else, is split like any other, and so is one whose words and signs stand apart ("… . the …").
#[must_use]
pub fn split(text: &str) -> Vec<Sentence<'_>> {
    let own: Vec<char> = text.chars().collect();
    let case_tells = usual::case_tells(text.chars());
    let chars = usual::written(&own, case_tells);
    let longest_line = text.lines().map(|line| line.chars().count()).max();
    let longest_line = longest_line.unwrap_or(0);
    let mut spans = Vec::new();
    let mut paragraph = 0;
    let mut start = 0;
    let mut at = 0;
    while at < chars.len() {
        let cut = match chars[at] {
            '\n' if is_blank_line(&chars, at) => Some((at, true)),
            '\n' if item_mark(&chars[at + 1..]) > 0 => Some((at, false)),
            // The line before a dateline is a subtitle.
            '\n' if case_tells && opening::starts_dateline(&chars[at + 1..]) => Some((at, true)),
            '\n' if is_heading(&chars[start..at], &chars[at + 1..], longest_line) => {
                Some((at, false))
            }
            c if is_bullet(c) => Some((at, false)),
            c if is_stop(c) => sentence_end(&chars, start, at).map(|end| (end, false)),
            c if c.is_uppercase() && case_tells && runs_on(&chars, start, at) => Some((at, false)),
            _ => None,
        };
        if let Some((end, ends_paragraph)) = cut {
            push(&own, start..end, paragraph, &mut spans);
            start = end;
            if ends_paragraph && spans.last().is_some_and(|&(_, last)| last == paragraph) {
                paragraph += 1;
            }
            // A bullet or line feed that ended the last sentence begins the next one; step over it.
            at = end.max(at + 1);
        } else if is_stop(chars[at]) {
            // The whole run ("...", "?!") was judged at once.
            at += chars[at..].iter().take_while(|&&c| is_stop(c)).count();
        } else {
            at += 1;
        }
    }
    push(&own, start..own.len(), paragraph, &mut spans);
    with_text(text, &spans)
}

/// The sentences without what stands before their news: datelines and agencies at the head of a paragraph, the marks of
/// list items and stray signs anywhere. Spans and words are shortened alike. Where words have stars ("of the nation*"), so do
/// notes, and keep them.
#[must_use]
pub fn without_openings(mut sentences: Vec<Sentence<'_>>) -> Vec<Sentence<'_>> {
    let mut paragraph = None;
    let case_tells = usual::case_tells(sentences.iter().flat_map(|sentence| sentence.text.chars()));
    let has_notes = sentences.iter().any(|sentence| has_star(sentence.text));
    for sentence in &mut sentences {
        let first = paragraph.replace(sentence.paragraph) != Some(sentence.paragraph);
        let head: Vec<char> = sentence.text.chars().take(LONGEST_MARK + 1).collect();
        let mark = if has_notes && head.first() == Some(&'*') {
            0
        } else {
            item_mark(&head)
        };
        let text = after(sentence.text, mark);
        let cut = if first {
            mark + opening::opening(text, case_tells)
        } else {
            mark + opening::stray(text)
        };
        sentence.text = after(sentence.text, cut);
        sentence.span.start += cut;
    }
    sentences
}

/// Whether a star follows a word, and no other letter it.
fn has_star(text: &str) -> bool {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '*'
            && before.is_alphanumeric()
            && !chars.peek().is_some_and(|c| c.is_alphanumeric())
        {
            return true;
        }
        before = c;
    }
    false
}

/// The text without its first characters.
fn after(text: &str, characters: usize) -> &str {
    let rest = text.char_indices().nth(characters);
    rest.map_or("", |(byte, _)| &text[byte..])
}

/// Add the stretch without the white space around it, unless nothing is left.
fn push(
    chars: &[char],
    range: std::ops::Range<usize>,
    paragraph: usize,
    spans: &mut Vec<(Span, usize)>,
) {
    let inside = &chars[range.clone()];
    let leading = inside.iter().take_while(|c| c.is_whitespace()).count();
    let trailing = inside
        .iter()
        .rev()
        .take_while(|c| c.is_whitespace())
        .count();
    if leading < inside.len() {
        let span = Span {
            start: range.start + leading,
            end: range.end - trailing,
        };
        spans.push((span, paragraph));
    }
}

fn with_text<'a>(text: &'a str, spans: &[(Span, usize)]) -> Vec<Sentence<'a>> {
    let mut offsets = text.char_indices().map(|(byte, _)| byte).enumerate();
    let mut byte_of = |char: usize| {
        let found = offsets.find(|&(index, _)| index == char);
        found.map_or(text.len(), |(_, byte)| byte)
    };
    spans
        .iter()
        .map(|&(span, paragraph)| {
            let first = byte_of(span.start);
            // The end of one sentence may be the start of the next, so look for its last character instead.
            let last = if span.end - 1 == span.start {
                first
            } else {
                byte_of(span.end - 1)
            };
            let width = text[last..].chars().next().map_or(0, char::len_utf8);
            Sentence {
                text: &text[first..last + width],
                span,
                paragraph,
            }
        })
        .collect()
}

/// The most characters of a list item's mark with its space.
const LONGEST_MARK: usize = 7;

/// How many characters are the mark of a list item and the space after it: "- ", "* ", "– ", "1. ", "12) ", "•"; 0 if
/// these do not begin with one, or have nothing else. The server leaves out the same marks (`api/src/abstracts/mark.rs`).
fn item_mark(chars: &[char]) -> usize {
    let digits = chars.iter().take(3).take_while(|c| c.is_ascii_digit());
    let (mark, spaced) = match (digits.count(), chars.first()) {
        (0, Some(&c)) if is_bullet(c) => (1, false),
        (0, Some('-' | '*' | '–' | '—')) => (1, true),
        (digits @ 1..=2, _) if matches!(chars.get(digits), Some('.' | ')')) => (digits + 1, true),
        _ => return 0,
    };
    let spaces = chars[mark..].iter().take_while(|c| c.is_whitespace());
    let spaces = spaces.count();
    if chars.len() > mark + spaces && (spaces > 0 || !spaced) {
        mark + spaces
    } else {
        0
    }
}

/// Signs that begin an item of a list wherever they stand.
fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '▪' | '●' | '◦' | '‣' | '■' | '▶' | '➢' | '✓')
}

/// Words of the longest heading.
const HEADING: usize = 12;

/// Whether the line that ends here is a heading over what comes next: short beside the `longest` of the text, without a sign
/// at its end, and before a capital. A line that is only wrapped is about as long as the others.
fn is_heading(before: &[char], next: &[char], longest: usize) -> bool {
    let line = before.rsplit(|&c| c == '\n').next().unwrap_or(before);
    let last = line.iter().rfind(|c| !c.is_whitespace());
    let words = line
        .split(|c| c.is_whitespace())
        .filter(|word| !word.is_empty());
    line.len() * 2 < longest
        && words.take(HEADING + 1).count() <= HEADING
        && last.is_some_and(|&c| c.is_alphanumeric() || closes(c))
        && next
            .iter()
            .find(|c| !c.is_whitespace())
            .is_some_and(|c| c.is_uppercase())
}

/// Whether only white space stands between this line feed and another one.
fn is_blank_line(chars: &[char], at: usize) -> bool {
    let blank = chars[at + 1..].iter().take_while(|c| c.is_whitespace());
    blank.into_iter().any(|&c| c == '\n')
}

/// If the run of stops at `at` ends the sentence begun at `start`: where it ends, closing marks included.
fn sentence_end(chars: &[char], start: usize, at: usize) -> Option<usize> {
    let run = chars[at..].iter().take_while(|&&c| is_stop(c)).count();
    // Words and signs stand apart: a token of its own.
    let apart = at > start
        && chars[at - 1].is_whitespace()
        && chars.get(at + run).is_none_or(|c| c.is_whitespace());
    let closed = skip_closing(chars, start, at + run, apart);
    let next = closed
        + chars[closed..]
            .iter()
            .take_while(|c| c.is_whitespace())
            .count();
    if next == chars.len() {
        return Some(closed);
    }
    if is_full_width(chars[at]) {
        // "「……。」と語った": the sentence goes on behind the quotation.
        let goes_on = closed > at + run && chars[closed].is_alphanumeric();
        return (!goes_on).then_some(closed);
    }
    let blank_line = chars[closed..next].iter().filter(|&&c| c == '\n').count() > 1;
    if blank_line {
        return Some(closed);
    }
    let single = run == 1 && chars[at] == '.';
    if single && apart {
        let before = chars[start..at].iter().rev().find(|c| !c.is_whitespace());
        match (before, chars[next]) {
            // Of "he waited . . . and left" the last one decides.
            (_, after) if is_stop(after) => return None,
            (Some(&before), _) if !is_stop(before) => return Some(closed),
            _ => {}
        }
    }
    let word = word_before(chars, start, at);
    let following: String = {
        let opened = chars[next..]
            .iter()
            .take_while(|&&c| opens(c) || c.is_whitespace())
            .count();
        chars[next + opened..]
            .iter()
            .take_while(|c| !c.is_whitespace())
            .take(40)
            .collect()
    };
    if next == closed {
        // "…de la police".Ça et là": the word is the one in the quotation marks.
        let before = chars[start..at].iter().rev().take(4);
        let quoted = before.take_while(|&&c| closes(c)).count();
        let word = word_before(chars, start, at - quoted);
        return lacks_space(&chars[at..at + run], &word, &following).then_some(closed);
    }
    if !may_begin(chars[next], &following) {
        return None;
    }
    let ends = !single
        || match abbreviation::read(&word) {
            Reading::Word => true,
            Reading::Title => closed > at + run,
            Reading::BeforeNumber => {
                !following.starts_with(|c: char| c.is_ascii_digit() || c == '+')
            }
            Reading::Ordinal => !abbreviation::begins_with_month(&following),
            Reading::Initial => starter::begins_sentence_after_initial(&following),
            // "CITY, Conn. — The firm…"
            Reading::Ambiguous => {
                !matches!(chars[next], '–' | '—') && starter::begins_sentence(&following)
            }
            Reading::ListMark => !word.first,
        };
    ends.then_some(closed)
}

/// The word that ends before a stop.
struct Word {
    /// Without opening marks and elided articles.
    text: String,
    /// Whether it is the first of its sentence.
    first: bool,
}

fn word_before(chars: &[char], start: usize, at: usize) -> Word {
    // Longer than any abbreviation: a word beyond this is none, and a megabyte without spaces is not walked.
    let least = start.max(at.saturating_sub(40));
    let length = chars[least..at]
        .iter()
        .rev()
        .take_while(|c| !c.is_whitespace())
        .count();
    let mut first = at - length;
    if let Some(mark) = chars[first..at]
        .iter()
        .rposition(|&c| matches!(c, '\'' | '’' | '(' | '[' | '"' | '“' | '«' | '‘' | '/'))
    {
        first += mark + 1;
    }
    // The same bound again: what has no letter in its first hundred characters is no sentence.
    let is_first = !chars[start..first]
        .iter()
        .take(100)
        .any(|c| c.is_alphanumeric());
    Word {
        text: chars[first..at].iter().collect(),
        first: is_first,
    }
}

/// Whether a sentence may begin with this: not with a small letter, nor with a comma or the like.
fn may_begin(next: char, following: &str) -> bool {
    let mut letters = following.chars();
    match letters.next() {
        // Names such as iPhone or eBay.
        Some(first) if first.is_lowercase() => letters.next().is_some_and(char::is_uppercase),
        Some(first) if first.is_alphanumeric() => true,
        _ => !matches!(
            next,
            ',' | ';' | ':' | ')' | ']' | '/' | '%' | '&' | '=' | '<' | '>' | '|'
        ),
    }
}

#[cfg(test)]
mod tests;
