//! How deep a text nests and how many tokens it has, told before anything parses it.
//!
//! The parser of async-graphql 7.2 recurses for each bracket of a literal or a type: 4 kB of nested lists overflow the
//! stack and end the process. And it takes its time with a megabyte of tokens. No limit of the schema comes before the
//! parser, so these do.

/// Deepest nesting of brackets that is parsed. A person's document seldom passes 20.
pub(super) const BRACKETS: usize = 64;

/// What was counted in a text until it ended or a limit was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// So many tokens, none of them too deep.
    Tokens(u64),
    /// A bracket lies deeper than [`BRACKETS`].
    TooDeep,
    /// There are more tokens than were asked for.
    TooMany,
}

/// Count the tokens of `text`, a document or JSON. Brackets in strings and comments do not count.
pub(super) fn count(text: &[u8], most: u64) -> Counted {
    let mut depth = 0usize;
    let mut tokens = 0u64;
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at += line_end(&text[at..]);
                continue;
            }
            b'{' | b'[' | b'(' => {
                depth += 1;
                if depth > BRACKETS {
                    return Counted::TooDeep;
                }
            }
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            b'"' => at = string_end(text, at),
            b'.' if text[at..].starts_with(b"...") => at += 2,
            byte if in_word(byte) || matches!(byte, b'-' | b'+') => at = word_end(text, at),
            _ => {}
        }
        tokens += 1;
        if tokens > most {
            return Counted::TooMany;
        }
        at += 1;
    }
    Counted::Tokens(tokens)
}

fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The index of the last byte of the name or number that begins at `start`. An exponent with a sign counts as two.
fn word_end(text: &[u8], start: usize) -> usize {
    let mut at = start;
    loop {
        let digit_after = |at: usize| text.get(at + 1).is_some_and(u8::is_ascii_digit);
        match text.get(at + 1) {
            Some(byte) if in_word(*byte) => at += 1,
            Some(b'.') if digit_after(at + 1) => at += 1,
            _ => return at,
        }
    }
}

fn line_end(rest: &[u8]) -> usize {
    memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())
}

/// The index of the last quote of the string that begins at `start`, or of the end of its line if it is not closed.
fn string_end(bytes: &[u8], start: usize) -> usize {
    if bytes[start..].starts_with(b"\"\"\"") {
        let mut at = start + 3;
        while at < bytes.len() {
            if bytes[at..].starts_with(b"\\\"\"\"") {
                at += 4;
            } else if bytes[at..].starts_with(b"\"\"\"") {
                return at + 2;
            } else {
                at += 1;
            }
        }
        return bytes.len();
    }
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' | b'\n' | b'\r' => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn too_deep(text: &str) -> bool {
        count(text.as_bytes(), u64::MAX) == Counted::TooDeep
    }

    #[test]
    fn only_brackets_that_the_parser_sees_count() {
        let deep = "[".repeat(BRACKETS + 1);
        for (document, expected) in [
            ("{ a(b: [[1]]) { c } }".to_owned(), false),
            (deep.clone(), true),
            ("{".repeat(BRACKETS), false),
            (format!("{{ a(b: \"{deep}\") }}"), false),
            (
                format!("{{ a(b: \"\"\"{deep}\\\"\"\" {deep}\"\"\") }}"),
                false,
            ),
            (format!("{{ a(b: \"\\\"{deep}\") }}"), false),
            (format!("# {deep}\n{{ a }}"), false),
            (format!("# comment\n{deep}"), true),
            (format!("\"unclosed\n{deep}"), true),
            (format!("\"\" {deep}"), true),
            ("[] ".repeat(1_000), false),
        ] {
            assert_eq!(too_deep(&document), expected, "{document:.60}");
        }
    }

    #[test]
    fn tokens_are_counted_as_the_specification_does() {
        for (document, expected) in [
            ("", 0),
            ("{ a }", 3),
            ("{a,b,,c}", 5),
            ("query Q($n: Int = -1.5e+3) { a(b: $n) }", 20),
            ("# only a comment", 0),
            ("{ a(b: \"x y z\") }", 8),
            ("{ a(b: \"\"\"x \"y\" z\"\"\") }", 8),
            ("{ ...f @include(if: true) }", 11),
        ] {
            assert_eq!(
                count(document.as_bytes(), u64::MAX),
                Counted::Tokens(expected),
                "{document}"
            );
        }
        assert_eq!(count(b"a a a", 2), Counted::TooMany);
        assert_eq!(count(b"a a a", 3), Counted::Tokens(3));
    }
}
