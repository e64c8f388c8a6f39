//! Texts as they are usually written, character by character: those in small letters or capitals only, and those that were
//! cut into tokens, as collections of texts for language tools have them, are split by what they look like then.

/// Letters that a text has before its case says anything.
const ENOUGH: usize = 40;

/// Brackets as tokenizers write them, in small letters, and what they stand for, as wide.
const BRACKETS: [(&str, &str); 4] = [
    ("-lrb-", "(    "),
    ("-rrb-", "    )"),
    ("-lsb-", "[    "),
    ("-rsb-", "    ]"),
];

/// Whether capitals tell words apart in a text: not where nearly all of its letters are small, or are capitals.
pub(super) fn case_tells(text: impl Iterator<Item = char>) -> bool {
    let (mut small, mut capital) = (0, 0);
    for c in text {
        small += usize::from(c.is_lowercase());
        capital += usize::from(c.is_uppercase());
    }
    let letters = small + capital;
    letters < ENOUGH || (capital > letters / 400 && small > letters / 20)
}

/// The characters of a text with brackets as brackets, and, where its case tells nothing, a capital at the head of each word.
pub(super) fn written(chars: &[char], case_tells: bool) -> Vec<char> {
    let mut usual = chars.to_vec();
    if !case_tells {
        let mut inside = false;
        for at in 0..usual.len() {
            let c = chars[at];
            usual[at] = if inside || is_me(&chars[at..]) {
                one(c, c.to_lowercase())
            } else {
                one(c, c.to_uppercase())
            };
            // "o'clock" and "3-iron" are one word each, "(two" begins one.
            inside = c.is_alphanumeric() || (inside && !c.is_whitespace());
        }
    }
    for at in 0..usual.len() {
        if chars[at] != '-' {
            continue;
        }
        for (token, bracket) in BRACKETS {
            let there = chars[at..].iter().take(token.len());
            if there.map(char::to_ascii_lowercase).eq(token.chars()) {
                usual.splice(at..at + token.len(), bracket.chars());
            }
        }
    }
    usual
}

/// Whether these begin with the word "me": as "Me" it would be the title of a French advocate.
fn is_me(chars: &[char]) -> bool {
    let word = chars.iter().take_while(|c| c.is_alphanumeric());
    word.map(char::to_ascii_lowercase).eq("me".chars())
}

/// The other case of a character, if it is one character as well.
fn one(c: char, mut other: impl ExactSizeIterator<Item = char>) -> char {
    if other.len() == 1 {
        other.next().unwrap_or(c)
    } else {
        c
    }
}
