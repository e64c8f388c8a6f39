//! Lines of bounded length.

/// Letters of a line of plain text, as mail has been set since there is mail.
pub(super) const WIDTH: usize = 72;

/// The text in lines of [`WIDTH`] letters, each after `indent`; line breaks of its own are kept. A longer word is parted,
/// unless it is an address, which would be none then.
pub(super) fn wrap(text: &str, indent: &str) -> String {
    let width = WIDTH.saturating_sub(indent.chars().count()).max(1);
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut length = 0;
        for word in paragraph
            .split_whitespace()
            .flat_map(|word| parts(word, width))
        {
            let letters = word.chars().count();
            if length > 0 && length + 1 + letters > width {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(&word);
            length += letters;
        }
        lines.push(line);
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|line| match line.is_empty() {
            true => String::new(),
            false => format!("{indent}{line}"),
        })
        .collect();
    lines.join("\n")
}

/// A word in parts that fit.
fn parts(word: &str, width: usize) -> Vec<String> {
    if word.contains("://") || word.chars().count() <= width {
        return vec![word.to_owned()];
    }
    let letters: Vec<char> = word.chars().collect();
    letters
        .chunks(width)
        .map(|part| part.iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_it_may_be_but_an_address() {
        let long = "x".repeat(200);
        let text = format!(
            "{} {long}\n\nhttps://a.example/{long} end",
            "word ".repeat(50)
        );
        let wrapped = wrap(&text, "  ");
        for line in wrapped.lines() {
            assert!(
                line.contains("://") || line.chars().count() <= WIDTH,
                "{line}"
            );
            assert!(line.is_empty() || line.starts_with("  "), "{line:?}");
        }
        assert_eq!(wrapped.matches('x').count(), 401);
        assert!(wrapped.contains("\n\n"), "{wrapped}");
    }

    #[test]
    fn words_that_fit_stay_on_their_line() {
        assert_eq!(wrap("one two", ""), "one two");
        assert_eq!(wrap("", "  "), "");
    }
}
