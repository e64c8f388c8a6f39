//! The words, numbers and signs of one sentence.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lexicon;

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Small letters.
    Word,
    /// A capital, then small letters.
    Capital,
    /// Two capitals or more.
    Acronym,
    /// Begins with a digit.
    Number,
    /// %, €, $ and the like.
    Sign,
    /// A mark that parts clauses.
    Mark,
}

/// A token of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// As it is written.
    pub(super) raw: String,
    /// Small letters without accents.
    pub(super) folded: String,
    pub(super) kind: Kind,
    /// Scalar values of the sentence before it.
    pub(super) start: usize,
    /// One past its last.
    pub(super) end: usize,
    /// Whether no word stands before it, so that a capital means little.
    pub(super) first: bool,
}

impl Token {
    /// Whether it carries meaning of its own, as "the" and "of" do not.
    pub(super) fn is_content(&self) -> bool {
        match self.kind {
            Kind::Word | Kind::Capital => {
                self.folded.chars().count() > 1 && !lexicon::is_function_word(&self.folded)
            }
            Kind::Acronym | Kind::Number => true,
            Kind::Sign | Kind::Mark => false,
        }
    }

    /// Whether it begins with a capital.
    pub(super) fn is_capital(&self) -> bool {
        matches!(self.kind, Kind::Capital | Kind::Acronym)
    }
}

/// Small letters without accents.
pub(super) fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|letter| !is_combining_mark(*letter));
    plain
        .flat_map(char::to_lowercase)
        .map(|letter| if letter == '’' { '\'' } else { letter })
        .collect()
}

/// Whether two folded words are forms of one: "open" and "opened", "inaugure" and "inaugurera".
pub(super) fn related(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (short, long) = (one.chars().count(), other.chars().count());
    let (short, long) = (short.min(long), short.max(long));
    let shared = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let plural = shared == short && long == short + 1 && short >= 2 && {
        let longer = if one.chars().count() == long {
            one
        } else {
            other
        };
        longer.ends_with(['s', 'x', 'e'])
    };
    plural || (shared >= 4 && long - shared <= 5 && shared * 100 >= long * 55)
}

/// The tokens of a sentence in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<char> = text.chars().map(western).collect();
    let mut found: Vec<Token> = Vec::new();
    let mut first = true;
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let (length, kind) = if letter.is_ascii_digit() {
            (number(&letters[at..]), Kind::Number)
        } else if is_minus(&letters, at) {
            (1 + number(&letters[at + 1..]), Kind::Number)
        } else if letter.is_alphabetic() {
            let length = word(&letters[at..]);
            (length, looks(&letters[at..at + length]))
        } else if matches!(letter, '%' | '€' | '$' | '£' | '¥') {
            (1, Kind::Sign)
        } else if is_mark(letter) {
            (1, Kind::Mark)
        } else {
            at += 1;
            continue;
        };
        let raw: String = letters[at..at + length].iter().collect();
        let raw = raw.replace('\u{2212}', "-");
        let end = at + length;
        if kind == Kind::Word || kind == Kind::Capital {
            found.extend(contracted(&raw, kind, at, first));
        } else {
            found.push(Token {
                folded: fold(&raw),
                raw,
                kind,
                start: at,
                end,
                first,
            });
        }
        first = match kind {
            Kind::Mark => first || matches!(letter, ':' | '“' | '«' | '"' | '•'),
            Kind::Sign => first,
            _ => false,
        };
        at = end;
    }
    found
}

/// A word, or the two that English writes as one: "isn't" is "is" and "not".
fn contracted(raw: &str, kind: Kind, start: usize, first: bool) -> Vec<Token> {
    let token = |raw: &str, folded: String| Token {
        raw: raw.to_owned(),
        folded,
        kind,
        start,
        end: start + raw.chars().count(),
        first,
    };
    let folded = fold(raw);
    let Some(verb) = folded.strip_suffix("n't") else {
        return vec![token(raw, folded)];
    };
    let verb = match verb {
        "ca" => "can",
        "wo" => "will",
        "sha" => "shall",
        other => other,
    };
    let not = Token {
        kind: Kind::Word,
        first: false,
        ..token(raw, "not".to_owned())
    };
    vec![token(raw, verb.to_owned()), not]
}

/// Length of a word: letters and digits, and the "n't" of English.
fn word(letters: &[char]) -> usize {
    let length = letters
        .iter()
        .take_while(|letter| letter.is_alphanumeric() || is_combining_mark(**letter))
        .count();
    let negated = letters[..length].ends_with(&['n'])
        && matches!(letters.get(length), Some('\'' | '’'))
        && letters.get(length + 1) == Some(&'t')
        && !letters
            .get(length + 2)
            .is_some_and(|letter| letter.is_alphabetic());
    if negated { length + 2 } else { length }
}

/// The digits of other scripts as those of this one, and the marks between them.
fn western(letter: char) -> char {
    // The noughts; the other nine digits of each follow.
    const NOUGHTS: [u32; 17] = [
        0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
        0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0xFF10,
    ];
    let digit = |nought: &u32| u32::from(letter).checked_sub(*nought);
    let mut digits = NOUGHTS.iter().filter_map(digit);
    match (letter, digits.find(|digit| *digit < 10)) {
        (_, Some(digit)) => char::from_digit(digit, 10).unwrap_or(letter),
        ('\u{66b}', None) => ',',
        ('\u{66c}', None) => '.',
        _ => letter,
    }
}

/// Whether a minus stands here, right before a digit and after no letter: a hyphen joins two.
fn is_minus(letters: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| letters[before]);
    matches!(letters[at], '-' | '\u{2212}')
        && letters.get(at + 1).is_some_and(char::is_ascii_digit)
        && before.is_none_or(|before| before.is_whitespace() || matches!(before, '(' | '['))
}

/// Length of a number: "11,000", "11 000" and "2.5" are one each.
fn number(letters: &[char]) -> usize {
    let digits = |from: usize| {
        letters[from.min(letters.len())..]
            .iter()
            .take_while(|letter| letter.is_ascii_digit())
            .count()
    };
    let mut length = digits(0);
    let mut leading = length;
    loop {
        let following = digits(length + 1);
        let goes_on = match letters.get(length) {
            Some('.' | ',') => following > 0,
            Some(' ' | '\u{a0}' | '\u{202f}' | '\u{2009}') => leading <= 3 && following == 3,
            _ => false,
        };
        if !goes_on {
            return length;
        }
        length += 1 + following;
        leading = following;
    }
}

fn looks(letters: &[char]) -> Kind {
    let capitals = letters
        .iter()
        .filter(|letter| letter.is_uppercase())
        .count();
    match capitals {
        2.. => Kind::Acronym,
        _ if letters[0].is_uppercase() => Kind::Capital,
        _ => Kind::Word,
    }
}

fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        ',' | ';'
            | ':'
            | '('
            | ')'
            | '.'
            | '!'
            | '?'
            | '…'
            | '–'
            | '—'
            | '“'
            | '”'
            | '«'
            | '»'
            | '"'
            | '/'
            | '•'
    )
}
