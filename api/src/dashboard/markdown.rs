//! Plain text as Markdown that shows it letter for letter.

/// Text of one line: nothing in it is taken for markup, and nothing breaks the line.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '!' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            letter if letter.is_whitespace() => escaped.push(' '),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    let escaped = escaped.split_whitespace().collect::<Vec<_>>().join(" ");
    opened(escaped)
}

/// A line that begins like a heading, a list or a rule is made to begin like text.
fn opened(line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line.as_bytes().get(digits);
    if digits > 0 && matches!(after, Some(b'.' | b')')) {
        let (number, rest) = line.split_at(digits);
        return format!("{number}\\{rest}");
    }
    if line.starts_with(['#', '-', '+', '=']) {
        return format!("\\{line}");
    }
    line
}

/// An address between the parentheses of a link.
pub(super) fn address(address: &str) -> String {
    address
        .replace('(', "%28")
        .replace(')', "%29")
        .replace(' ', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_taken_for_markup() {
        for (text, expected) in [
            (
                "Plain, with 3.5 and a-b (c).",
                "Plain, with 3.5 and a-b (c).",
            ),
            (
                "<script>alert(1)</script>",
                "\\<script\\>alert(1)\\</script\\>",
            ),
            (
                "*a* _b_ `c` [d](e) ![f](g)",
                "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\!\\[f\\](g)",
            ),
            ("# Title", "\\# Title"),
            ("- item", "\\- item"),
            ("2021. A year", "2021\\. A year"),
            ("7) seven", "7\\) seven"),
            ("a\n# b\u{0}\u{7}", "a # b"),
            ("&lt;", "\\&lt;"),
            ("😀 déjà", "😀 déjà"),
        ] {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }
}
