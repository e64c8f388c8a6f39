//! The names and numbers in a text: what tells two events of one kind apart, and stays the same in another language.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The names and numbers of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Every word of it, folded.
    words: HashSet<String>,
    /// The names and numbers that its beginning tells, folded.
    told: HashSet<String>,
    /// Those that stand in its title.
    titled: HashSet<String>,
}

/// Characters in which a press release says who, what, where and when.
const BEGINNING: usize = 900;

/// A text with fewer names counts as one with so many: to share all three of them says little.
const FEW: usize = 10;

/// Letters of a word that count: "Brazil" and "Brazilian" are the same name.
const STEM: usize = 5;

/// Letters that make a word a name, if it begins with a capital.
const SHORTEST: usize = 3;

impl Names {
    /// The names and numbers of a title and a body, or as much of the body as there is.
    ///
    /// A number has a digit, an acronym two capitals. Any other name begins with a capital in the midst of a sentence
    /// of the body, and nowhere in it with a small letter: titles of English texts write every word as if it were one.
    #[must_use]
    pub fn of(title: &str, body: &str) -> Self {
        let (title, body) = (words(title), words(body));
        let small: HashSet<&str> = body
            .iter()
            .filter(|word| word.kind == Kind::Small)
            .map(|word| word.stem.as_str())
            .collect();
        let is_name = |word: &&Word| match word.kind {
            Kind::Small => false,
            Kind::Number => word.letters > 1,
            Kind::Acronym => true,
            Kind::Capital => {
                word.within && word.letters >= SHORTEST && !small.contains(word.stem.as_str())
            }
        };
        let names: HashSet<&str> = body
            .iter()
            .filter(is_name)
            .map(|word| word.stem.as_str())
            .collect();
        let told = body
            .iter()
            .filter(|word| word.at < BEGINNING)
            .filter(is_name)
            .map(|word| word.stem.clone())
            .collect();
        let titled = title
            .iter()
            .filter(|word| match word.kind {
                Kind::Small => false,
                Kind::Number | Kind::Acronym => true,
                Kind::Capital => names.contains(word.stem.as_str()),
            })
            .map(|word| word.stem.clone())
            .collect();
        let words = title.iter().chain(&body);
        Self {
            words: words.map(|word| word.stem.clone()).collect(),
            told,
            titled,
        }
    }

    /// Whether each title names something that the other text does not know: two ambassadors, two quarters, two
    /// counties. Of texts in one language only, as names are translated too.
    #[must_use]
    pub fn part(&self, other: &Self) -> bool {
        self.titled.iter().any(|name| !other.words.contains(name))
            && other.titled.iter().any(|name| !self.words.contains(name))
    }

    /// How many names and numbers the beginnings of both texts have, and their share among those of the one that has
    /// fewer.
    #[must_use]
    pub fn shared(&self, other: &Self) -> (usize, f64) {
        let shared = self.told.intersection(&other.told).count();
        let fewer = self.told.len().min(other.told.len());
        (shared, shared as f64 / fewer.max(FEW) as f64)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Small,
    Capital,
    Acronym,
    Number,
}

struct Word {
    /// Where it begins, in characters.
    at: usize,
    /// Folded, and cut to what counts; of a number, its digits.
    stem: String,
    kind: Kind,
    letters: usize,
    /// Whether a word of the same sentence stands before it.
    within: bool,
}

/// The words and numbers of a text in order.
fn words(text: &str) -> Vec<Word> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut within = false;
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let length = match letter {
            _ if letter.is_numeric() => number(&letters[at..]),
            _ if letter.is_alphabetic() => letters[at..]
                .iter()
                .take_while(|letter| letter.is_alphanumeric())
                .count(),
            _ => {
                within = within && !ends_sentence(letter);
                at += 1;
                continue;
            }
        };
        found.push(Word::of(&letters[at..at + length], at, within));
        within = true;
        at += length;
    }
    found
}

/// Length of the number with which the text begins: "11,000" is one, and so it is with a no-break space.
fn number(text: &[char]) -> usize {
    let digit = |at: usize| text.get(at).is_some_and(|letter| letter.is_numeric());
    let mut length = 0;
    while digit(length) || (is_inside_number(text.get(length)) && digit(length + 1)) {
        length += 1;
    }
    length
}

fn is_inside_number(letter: Option<&char>) -> bool {
    matches!(letter, Some('.' | ',' | '\u{a0}' | '\u{202f}' | '\u{2009}'))
}

/// Whether a capital after this mark means nothing.
fn ends_sentence(mark: char) -> bool {
    matches!(
        mark,
        '.' | '!' | '?' | '…' | ':' | ';' | '\n' | '|' | '•' | '*' | '-' | '–' | '—'
    ) || matches!(mark, '“' | '”' | '‘' | '"' | '«' | '»')
}

impl Word {
    fn of(letters: &[char], at: usize, within: bool) -> Self {
        let capitals = letters
            .iter()
            .filter(|letter| letter.is_uppercase())
            .count();
        let first = letters.first().copied().unwrap_or_default();
        let kind = match capitals {
            _ if first.is_numeric() => Kind::Number,
            2.. => Kind::Acronym,
            _ if first.is_uppercase() => Kind::Capital,
            _ => Kind::Small,
        };
        let stem: String = if kind == Kind::Number {
            letters
                .iter()
                .filter(|letter| letter.is_numeric())
                .collect()
        } else {
            let folded = letters.iter().copied().nfkd();
            let plain = folded.filter(|letter| !is_combining_mark(*letter));
            plain.flat_map(char::to_lowercase).take(STEM).collect()
        };
        Self {
            at,
            stem,
            kind,
            letters: letters.len(),
            within,
        }
    }
}

#[cfg(test)]
mod tests;
