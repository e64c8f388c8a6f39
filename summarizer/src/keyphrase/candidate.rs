//! Candidates: runs of words that could be a keyphrase.

use std::collections::HashMap;

use super::function_word::is_function_word;

/// Words of a phrase at most.
const LONGEST: usize = 4;

/// Words of a text that are read: many times those of an article.
pub(super) const MOST: usize = 50_000;

/// A phrase and where it stands.
#[derive(Debug)]
pub(super) struct Candidate {
    /// As it stands where it stands first; its words apart from how they are written in capitals.
    pub(super) text: String,
    /// In small letters.
    pub(super) words: Vec<String>,
    /// What the sentences that hold it are worth, together.
    pub(super) worth: f64,
    /// How often it stands there.
    pub(super) count: usize,
    /// Whether all its content words have a capital, not only because a sentence begins.
    pub(super) is_name: bool,
}

impl Candidate {
    /// The runs of words that this phrase holds beside itself, each once.
    pub(super) fn parts(&self) -> Vec<&[String]> {
        let shorter = (1..self.words.len()).flat_map(|length| self.words.windows(length));
        let mut parts: Vec<&[String]> = Vec::new();
        for part in shorter {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts
    }
}

/// A word of a sentence.
struct Word<'a> {
    text: &'a str,
    small: String,
    /// Bytes from the start of the sentence.
    start: usize,
    is_function: bool,
    /// Whether something other than a space or an elision stands before it.
    is_parted: bool,
}

/// All candidates of some texts, in the order in which they stand there first; each text comes with what it is worth.
pub(super) fn candidates<'a>(
    language: &str,
    texts: impl Iterator<Item = (&'a str, f64)>,
) -> Vec<Candidate> {
    let mut places: HashMap<Vec<String>, usize> = HashMap::new();
    let mut found: Vec<Candidate> = Vec::new();
    let mut room = MOST;
    for (text, worth) in texts {
        let words = words(language, text, room);
        room -= words.len();
        for first in 0..words.len() {
            for last in first..words.len().min(first + LONGEST) {
                if last > first && words[last].is_parted {
                    break;
                }
                let phrase = &words[first..=last];
                if !is_phrase(phrase) {
                    continue;
                }
                let key: Vec<String> = phrase.iter().map(|word| word.small.clone()).collect();
                let end = words[last].start + words[last].text.len();
                let place = *places.entry(key.clone()).or_insert_with(|| {
                    found.push(Candidate {
                        text: text[words[first].start..end].to_owned(),
                        words: key,
                        worth: 0.0,
                        count: 0,
                        is_name: false,
                    });
                    found.len() - 1
                });
                found[place].worth += worth;
                found[place].count += 1;
                found[place].is_name |= first > 0 && is_name(phrase);
            }
        }
    }
    found
}

/// Function words that may stand within a phrase; others part a verb from what goes with it.
const LINKS: [&str; 11] = [
    "of", "de", "du", "des", "la", "le", "les", "d'", "d’", "l'", "l’",
];

/// Neither end is a function word, only links stand between, and both ends are words rather than numbers.
fn is_phrase(words: &[Word<'_>]) -> bool {
    let is_linked = words
        .iter()
        .all(|word| !word.is_function || LINKS.contains(&word.small.as_str()));
    if !is_linked {
        return false;
    }
    let ends = [words.first(), words.last()];
    let content = ends
        .iter()
        .flatten()
        .all(|word| !word.is_function && word.text.chars().any(char::is_alphabetic));
    // Alone, a short word is an abbreviation or nothing.
    let is_long = words.len() > 1
        || words.iter().all(|word| {
            let letters = word.text.chars().count();
            letters > 3 || (letters > 1 && word.text.chars().all(char::is_uppercase))
        });
    content && is_long
}

fn is_name(words: &[Word<'_>]) -> bool {
    let mut content = words.iter().filter(|word| !word.is_function);
    content.all(|word| word.text.chars().next().is_some_and(char::is_uppercase))
}

/// The words of a text, the first `most` of them.
fn words<'a>(language: &str, text: &'a str, most: usize) -> Vec<Word<'a>> {
    let mut words: Vec<Word<'a>> = Vec::new();
    let mut end = 0;
    let mut at = 0;
    while at < text.len() && words.len() < most {
        let rest = &text[at..];
        let Some(from) = rest.find(char::is_alphanumeric) else {
            break;
        };
        let start = at + from;
        let length = word_length(&text[start..]);
        let word = &text[start..start + length];
        let between = text[end..start].trim_end();
        let small = word.to_lowercase();
        words.push(Word {
            is_function: is_function_word(language, small.trim_end_matches(['\'', '’'])),
            small,
            text: word,
            start,
            is_parted: !between.is_empty(),
        });
        end = start + length;
        at = end;
    }
    words
}

/// Bytes of the word that begins here: letters and digits, hyphens between them; an elision ("l’") is a word of its own.
fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut letters = 0;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let goes_on = next.is_some_and(char::is_alphanumeric);
        match c {
            _ if c.is_alphanumeric() => letters += 1,
            '-' | '‑' if goes_on => {}
            '\'' | '’' if goes_on && letters <= 2 => return at + c.len_utf8(),
            '\'' | '’' if goes_on => {}
            _ => return at,
        }
    }
    text.len()
}
