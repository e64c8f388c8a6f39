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
    if raw.is_ascii() || is_nfc_quick(raw.chars()) == IsNormalized::Yes {
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
    let mut out = String::with_capacity(text.len());
    key_onto(text, &mut out);
    out
}

/// Appends the folded `text` to `out`.
pub(super) fn key_onto(text: &str, out: &mut String) {
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        } else if !is_invisible(c) && !is_mark(c) {
            gap = true;
        }
    };
    for c in text.chars() {
        if c.is_ascii() {
            push(c.to_ascii_lowercase());
            continue;
        }
        match c {
            'œ' | 'Œ' => "oe".chars().for_each(&mut push),
            'æ' | 'Æ' => "ae".chars().for_each(&mut push),
            'ß' => "ss".chars().for_each(&mut push),
            _ => decompose_canonical(c, |part| part.to_lowercase().for_each(&mut push)),
        }
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
