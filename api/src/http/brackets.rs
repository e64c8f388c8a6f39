//! How deep a document nests, told from its raw text.
//!
//! The parser of async-graphql 7.2 recurses for each bracket of a literal, a type or a selection: 4 kB of nested lists
//! overflow the stack and end the process. No limit of the schema comes before the parser, so this one does.

/// Deepest nesting of brackets that is parsed. A person's document seldom passes 20.
const LIMIT: usize = 64;

/// Whether some bracket of `document` lies deeper than is parsed. Brackets in strings and comments do not count.
pub(super) fn too_deep(document: &str) -> bool {
    let bytes = document.as_bytes();
    let mut depth = 0usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' | b'(' => {
                depth += 1;
                if depth > LIMIT {
                    return true;
                }
            }
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            b'#' => {
                at += memchr::memchr2(b'\n', b'\r', &bytes[at..]).unwrap_or(bytes.len() - at) - 1
            }
            b'"' => at = string_end(bytes, at),
            _ => {}
        }
        at += 1;
    }
    false
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

    #[test]
    fn only_brackets_that_the_parser_sees_count() {
        let deep = "[".repeat(LIMIT + 1);
        for (document, expected) in [
            ("{ a(b: [[1]]) { c } }".to_owned(), false),
            (deep.clone(), true),
            ("{".repeat(LIMIT), false),
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
}
