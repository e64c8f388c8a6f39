//! Text made comparable: cleaned for a reader, folded for a comparison.

use unicode_normalization::{
    IsNormalized, UnicodeNormalization, char::decompose_canonical, is_nfc_quick,
};

/// `raw` as it is stored: NFC, every run of space (no-break, thin, tab …) one space, no invisible characters, trimmed.
pub(super) fn clean(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    clean_onto(raw, &mut out);
    out
}

/// Appends `raw`, cleaned, to `out`.
pub(super) fn clean_onto(raw: &str, out: &mut String) {
    let plain = |pair: &[u8]| pair[0] > b' ' || (pair[0] == b' ' && pair[1] > b' ');
    let trimmed = raw.trim_ascii();
    if raw.is_ascii() && trimmed.as_bytes().windows(2).all(plain) {
        out.push_str(trimmed);
    } else if raw.is_ascii() || is_nfc_quick(raw.chars()) == IsNormalized::Yes {
        squeeze(raw, out);
    } else {
        squeeze(&raw.nfc().collect::<String>(), out);
    }
}

/// Copies the words of `text`, runs of plain text at a time.
fn squeeze(text: &str, out: &mut String) {
    let from = out.len();
    let mut copied = 0;
    let mut pending = false;
    for (at, c) in text.char_indices() {
        if c > ' ' && c < '\u{7f}' || !is_odd(c) {
            if pending && copied == at {
                if out.len() > from {
                    out.push(' ');
                }
                pending = false;
            }
            continue;
        }
        out.push_str(&text[copied..at]);
        copied = at + c.len_utf8();
        pending |= is_separator(c);
    }
    out.push_str(&text[copied..]);
}

fn is_odd(c: char) -> bool {
    is_separator(c) || is_invisible(c)
}

/// Space of any width, and control characters (which print nothing but may stand between words).
fn is_separator(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Characters that take no room: zero-width space, soft hyphen, word joiner, byte order mark, direction marks.
/// The two joiners are kept: Persian words and emoji are spelt with them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// `text` for a comparison: lower case, no diacritics, every run of anything but letters and digits one space.
pub(super) fn key(text: &str) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut gap = false;
    let mut at = 0;
    while at < bytes.len() {
        match ASCII[usize::from(bytes[at])] {
            Class::Letter(letter) => {
                if gap && !out.is_empty() {
                    out.push(b' ');
                }
                gap = false;
                out.push(letter);
                at += 1;
            }
            Class::Gap => {
                gap = true;
                at += 1;
            }
            Class::Beyond => {
                let Some(c) = text[at..].chars().next() else {
                    break;
                };
                fold_char(c, &mut out, &mut gap);
                at += c.len_utf8();
            }
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// What a byte is in a key.
#[derive(Clone, Copy)]
enum Class {
    /// A letter or digit of ASCII, in lower case.
    Letter(u8),
    /// Anything else of ASCII.
    Gap,
    /// Part of a character beyond ASCII.
    Beyond,
}

/// The class of every byte.
const ASCII: [Class; 256] = {
    let mut classes = [Class::Gap; 256];
    let mut byte = 0_u8;
    loop {
        if byte >= 0x80 {
            classes[byte as usize] = Class::Beyond;
        } else if byte.is_ascii_alphanumeric() {
            classes[byte as usize] = Class::Letter(byte.to_ascii_lowercase());
        }
        if byte == 0xff {
            break;
        }
        byte += 1;
    }
    classes
};

/// Folds a character beyond ASCII.
fn fold_char(c: char, out: &mut Vec<u8>, gap: &mut bool) {
    let mut push = |c: char| {
        if c.is_alphanumeric() {
            if *gap && !out.is_empty() {
                out.push(b' ');
            }
            *gap = false;
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        } else if !is_invisible(c) && !is_mark(c) {
            *gap = true;
        }
    };
    match c {
        'é' | 'è' | 'ê' | 'ë' => push('e'),
        'à' | 'â' => push('a'),
        'ô' => push('o'),
        'ç' => push('c'),
        // General punctuation: quotes, dashes, thin spaces.
        '\u{2000}'..='\u{206f}' if !is_invisible(c) => push(' '),
        'œ' | 'Œ' => "oe".chars().for_each(push),
        'æ' | 'Æ' => "ae".chars().for_each(push),
        'ß' => "ss".chars().for_each(push),
        _ => decompose_canonical(c, |part| part.to_lowercase().for_each(&mut push)),
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Bytes of `text` up to the last character boundary at or before `limit`.
pub(super) fn head(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

#[cfg(test)]
mod tests {
    use super::{clean, key};

    #[test]
    fn odd_spaces_become_one_space_and_invisible_characters_nothing() {
        for (raw, cleaned) in [
            (
                "  \u{a0}\u{a0}On  Wednesday,\tMarch\u{202f}24 ",
                "On Wednesday, March 24",
            ),
            ("co\u{ad}opera\u{200b}tion", "cooperation"),
            ("e\u{301}cole", "école"),
            ("\u{feff}A", "A"),
            ("a\u{200b} \u{200b}b", "a b"),
            (" \u{ad} ", ""),
            ("plain", "plain"),
        ] {
            assert_eq!(clean(raw), cleaned, "{raw:?}");
        }
    }

    #[test]
    fn keys_ignore_case_diacritics_and_punctuation() {
        for (text, folded) in [
            ("Clôture de l’atelier", "cloture de l atelier"),
            ("  LATEST — Articles… ", "latest articles"),
            ("Œuvre, e\u{301}cole", "oeuvre ecole"),
            ("İstanbul 2021", "istanbul 2021"),
            ("…", ""),
        ] {
            assert_eq!(key(text), folded, "{text:?}");
        }
    }
}
