//! Texts that clients send: plain, and of a sensible length.

use async_graphql::Error;

use crate::graphql::error::{Code, bad};
use crate::ingest::by_hand::clean;

/// A text of one line, cleaned: 1 to `most` characters, none of them a control character.
pub(super) fn line(argument: &str, text: &str, most: usize) -> Result<String, Error> {
    if text.chars().any(char::is_control) {
        let message =
            format!("{argument}: it holds control characters; expected plain text in one line");
        return Err(bad(Code::BadUserInput, message));
    }
    of_length(argument, clean(text), most)
}

/// A text of any lines, made one line: 1 to `most` characters.
pub(super) fn paragraph(argument: &str, text: &str, most: usize) -> Result<String, Error> {
    let odd = |c: char| c.is_control() && !c.is_whitespace();
    if text.chars().any(odd) {
        let message = format!("{argument}: it holds control characters; expected plain text");
        return Err(bad(Code::BadUserInput, message));
    }
    of_length(argument, clean(text), most)
}

fn of_length(argument: &str, text: String, most: usize) -> Result<String, Error> {
    let length = text.chars().count();
    if (1..=most).contains(&length) {
        return Ok(text);
    }
    let message = format!("{argument}: it has {length} characters; expected 1 to {most}");
    Err(bad(Code::BadUserInput, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cleaned_measured_and_freed_of_nothing_but_space() {
        assert_eq!(
            line("name", "  a \u{a0} b ", 3).ok().as_deref(),
            Some("a b")
        );
        assert_eq!(
            paragraph("text", "One.\n\nTwo.\t<b>", 14).ok().as_deref(),
            Some("One. Two. <b>")
        );
        for text in ["", "   ", "abcd", "a\nb", "a\u{7}"] {
            assert!(line("name", text, 3).is_err(), "{text:?}");
        }
        for text in ["", "\n", "a\u{0}b", "a\u{1b}[0m"] {
            assert!(paragraph("text", text, 9).is_err(), "{text:?}");
        }
    }
}
