//! Where a text says what was wanted.

use tantivy::tokenizer::Token;

use super::analyser::Stems;
use super::wanted::{Piece, Wanted};

/// Most characters of a snippet.
const LENGTH: usize = 240;
/// Bytes of a text that are looked at: what is found later in a longer one is not worth the time.
const LOOKED_AT: usize = 100_000;

/// A part of a text with the words that were found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Plain text, with `…` where the text goes on.
    pub text: String,
    /// What was found, as ranges of Unicode scalar values of `text`, in order, apart from each other.
    pub spans: Vec<(usize, usize)>,
}

impl Wanted {
    /// The part of a text in a language that has most of what was wanted; none if it has nothing of it in its
    /// first 100,000 bytes. The whole text if it is short; never more than one paragraph.
    pub fn snippet(&self, text: &str, language: &str) -> Option<Snippet> {
        let mut best: Option<(usize, Snippet)> = None;
        let stems = Stems::of(language);
        let sought: Vec<Sought> = self.all.iter().map(|of| Sought::of(of, stems)).collect();
        let text = &text[..text.floor_char_boundary(LOOKED_AT)];
        for paragraph in text.split("\n\n") {
            let found = found(&sought, paragraph, stems);
            let Some((worth, snippet)) = cut(paragraph, &found) else {
                continue;
            };
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, snippet));
            }
        }
        best.map(|(_, snippet)| snippet)
    }
}

/// A piece of what is wanted, cut as the text is.
enum Sought {
    /// The beginning of a word.
    Beginning(Option<Token>),
    /// Words that follow each other.
    Words(Vec<Token>),
}

impl Sought {
    fn of(piece: &Piece, stems: Stems) -> Self {
        match piece.prefix {
            true => Self::Beginning(Stems::None.words(&piece.text).into_iter().next()),
            false => Self::Words(stems.words(&piece.text)),
        }
    }
}

/// Bytes of what is sought in a text, each with the number of the piece it is of, in order.
fn found(sought: &[Sought], text: &str, stems: Stems) -> Vec<(usize, usize, usize)> {
    let words = stems.words(text);
    let begins = |piece: &Sought| matches!(piece, Sought::Beginning(_));
    let plain = match sought.iter().any(begins) {
        true => Stems::None.words(text),
        false => Vec::new(),
    };
    let mut found = Vec::new();
    for (number, piece) in sought.iter().enumerate() {
        let spans = match piece {
            Sought::Beginning(beginning) => beginning_so(&plain, beginning.as_ref()),
            Sought::Words(sought) => following(&words, sought),
        };
        found.extend(spans.into_iter().map(|(from, to)| (from, to, number)));
    }
    found.sort_unstable();
    // What overlaps is shown once.
    let mut apart: Vec<(usize, usize, usize)> = Vec::new();
    for (from, to, number) in found {
        match apart.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to, number)),
        }
    }
    apart
}

fn beginning_so(words: &[Token], beginning: Option<&Token>) -> Vec<(usize, usize)> {
    let Some(beginning) = beginning else {
        return Vec::new();
    };
    let begin = words
        .iter()
        .filter(|word| word.text.starts_with(&beginning.text));
    begin
        .map(|word| (word.offset_from, word.offset_to))
        .collect()
}

fn following(words: &[Token], wanted: &[Token]) -> Vec<(usize, usize)> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let alike = |run: &&[Token]| {
        run.iter()
            .zip(wanted)
            .all(|(one, other)| one.text == other.text)
    };
    words
        .windows(wanted.len())
        .filter(alike)
        .map(|run| (run[0].offset_from, run[run.len() - 1].offset_to))
        .collect()
}

/// The part of a paragraph with the most different pieces, then the most words found; and how much that is worth.
fn cut(paragraph: &str, found: &[(usize, usize, usize)]) -> Option<(usize, Snippet)> {
    // Room for some words before and after what is found.
    let room = LENGTH * 3 / 4;
    let reach = |first: usize| {
        let from = found[first].0;
        let near = found[first..]
            .iter()
            .take_while(|(_, to, _)| paragraph[from..*to].chars().count() <= room);
        near.count().max(1)
    };
    let worth = |first: usize| {
        let near = &found[first..first + reach(first)];
        let mut pieces: Vec<usize> = near.iter().map(|(_, _, piece)| *piece).collect();
        pieces.sort_unstable();
        pieces.dedup();
        pieces.len() * 1000 + near.len().min(999)
    };
    // The first of the best: a paragraph says what it is about at its beginning.
    let mut best = (0, 0);
    for first in 0..found.len().min(200) {
        let value = worth(first);
        if value > best.0 {
            best = (value, first);
        }
    }
    let (value, first) = best;
    if value == 0 {
        return None;
    }
    let near = &found[first..first + reach(first)];
    let (from, to) = around(paragraph, near[0].0, near[near.len() - 1].1);
    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    let shift = text.chars().count();
    let place = |at: usize| shift + paragraph[from..at].chars().count();
    let spans = found
        .iter()
        .filter(|(start, end, _)| from <= *start && *end <= to)
        .map(|(start, end, _)| (place(*start), place(*end)))
        .collect();
    // One scalar value for one: line feeds and tabs of a paragraph become spaces.
    text.extend(paragraph[from..to].chars().map(|letter| {
        if letter.is_whitespace() || letter.is_control() {
            ' '
        } else {
            letter
        }
    }));
    if to < paragraph.len() {
        text.push('…');
    }
    Some((value, Snippet { text, spans }))
}

/// Widen a range of bytes to a snippet's length, to the ends of words.
fn around(text: &str, from: usize, to: usize) -> (usize, usize) {
    let spare = LENGTH.saturating_sub(text[from..to].chars().count());
    if text.chars().count() <= LENGTH {
        return (0, text.len());
    }
    let before = text[..from].char_indices().rev().take(spare / 2);
    let mut start = before.last().map_or(from, |(at, _)| at);
    if start > 0
        && let Some(space) = text[start..from].find(char::is_whitespace)
    {
        start += space + 1;
    }
    let start = text.ceil_char_boundary(start);
    let left = LENGTH.saturating_sub(text[start..to].chars().count());
    let mut end = text[to..]
        .char_indices()
        .nth(left)
        .map_or(text.len(), |(at, _)| to + at);
    if end < text.len()
        && let Some(space) = text[to..end].rfind(char::is_whitespace)
    {
        end = to + space;
    }
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(search: &str, text: &str, language: &str) -> Option<String> {
        let snippet = Wanted::read(search)
            .expect(search)
            .snippet(text, language)?;
        let letters: Vec<char> = snippet.text.chars().collect();
        assert!(letters.len() <= LENGTH + 2, "{}", letters.len());
        let mut marked = String::new();
        let mut at = 0;
        for (from, to) in snippet.spans {
            assert!(at <= from && from < to);
            marked.extend(&letters[at..from]);
            marked.push('[');
            marked.extend(&letters[from..to]);
            marked.push(']');
            at = to;
        }
        marked.extend(&letters[at..]);
        Some(marked)
    }

    #[test]
    fn what_was_wanted_is_marked_in_any_form() {
        for (search, text, language, marked) in [
            (
                "universities",
                "A University of rivers",
                "en",
                Some("A [University] of rivers"),
            ),
            (
                "education",
                "L’éducation 🎓 à l’école",
                "fr",
                Some("L’[éducation] 🎓 à l’école"),
            ),
            (
                "\"clean water\"",
                "water, clean; clean water.",
                "en",
                Some("water, clean; [clean water]."),
            ),
            (
                "educ*",
                "education is edited",
                "en",
                Some("[education] is edited"),
            ),
            ("water -salt", "salt water", "en", Some("salt [water]")),
            ("rivers", "nothing of it", "en", None),
            ("two", "one\n\nline\ntwo", "en", Some("line [two]")),
        ] {
            assert_eq!(shown(search, text, language).as_deref(), marked, "{search}");
        }
    }

    #[test]
    fn a_long_text_is_cut_between_words_where_most_was_found() {
        let filler = "Some words that are not of interest here. ".repeat(20);
        let text = format!("{filler}water {filler}clean water springs {filler}");
        let marked = shown("clean water springs", &text, "en").expect("it is there");
        assert!(marked.contains("[clean] [water] [springs]"), "{marked}");
        assert!(marked.starts_with('…') && marked.ends_with('…'), "{marked}");
        let long = "é".repeat(5_000);
        assert_eq!(shown("water", &long, "fr"), None);
        assert!(shown("water", &format!("{long} water {long}"), "fr").is_some());
    }

    #[test]
    fn of_a_text_without_end_only_the_beginning_is_looked_at() {
        let text = "été. Some words that are not of interest.\n\n".repeat(120_000);
        let many: String = (0..60).map(|number| format!("interest{number} ")).collect();
        assert!(shown(&format!("{many} interest"), &text, "en").is_some());
        let late = format!("{}\n\nwater", "é ".repeat(50_000));
        assert_eq!(shown("water", &late, "fr"), None);
        let early = format!("{}\n\nwater\n\n{text}", "é ".repeat(30_000));
        assert_eq!(shown("water", &early, "fr").as_deref(), Some("[water]"));
    }
}
