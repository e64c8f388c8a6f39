//! An issue in Markdown (CommonMark), to paste into whatever takes it.

use super::issue::{Issue, Item};

/// The issue in Markdown.
pub(super) fn write(issue: &Issue) -> String {
    let mut blocks = vec![
        format!("# {}", escaped(&issue.title)),
        format!(
            "*{}*",
            issue.language.period(issue.period_from, issue.period_to)
        ),
        issue.intro.markdown(),
    ];
    if issue.is_empty {
        blocks.push(issue.language.nothing(issue.waiting));
    }
    blocks.extend(
        issue
            .lead
            .iter()
            .map(|lead| article(issue, lead, ("##", ""))),
    );
    for section in &issue.sections {
        blocks.push(format!("## {}", escaped(&section.title)));
        let place = ("###", section.title.as_str());
        blocks.extend(section.items.iter().map(|item| article(issue, item, place)));
    }
    if issue.rest() > 0 {
        let more = issue.language.more(issue.rest());
        blocks.push(link(&more, issue.more.as_deref()));
    }
    let footer = issue.footer.markdown();
    if !footer.is_empty() {
        blocks.push(format!("---\n\n{footer}"));
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

/// An article with a heading of this level, below a heading of these words.
fn article(issue: &Issue, item: &Item, (level, heading): (&str, &str)) -> String {
    let mut blocks = vec![format!(
        "{level} {}",
        link(&escaped(&item.title), item.link.as_deref())
    )];
    let facts = item.facts(issue.language, heading);
    if !facts.is_empty() {
        blocks.push(format!("*{}*", escaped(&facts)));
    }
    blocks.extend(item.abstract_.as_deref().map(escaped));
    if !item.also.is_empty() {
        let others: Vec<String> = item
            .also
            .iter()
            .map(|also| link(&escaped(&also.title), also.link.as_deref()))
            .collect();
        blocks.push(format!("{} {}", issue.language.also(), others.join("; ")));
    }
    blocks.join("\n\n")
}

/// Words already escaped, with a link to where they lead.
pub(super) fn link(words: &str, address: Option<&str>) -> String {
    let Some(address) = address else {
        return words.to_owned();
    };
    // In angle brackets neither spaces nor parentheses end it.
    let plain =
        !address.contains(|letter: char| letter.is_whitespace() || "()<>\\".contains(letter));
    if plain {
        return format!("[{words}]({address})");
    }
    let bare: String = address
        .chars()
        .filter(|letter| !matches!(letter, '<' | '>' | '\n' | '\r'))
        .collect();
    format!("[{words}](<{bare}>)")
}

/// Text of which Markdown makes nothing else. What tools take for placeholders (`{{…}}`, `{%…%}`, `*|…|*`) is written so
/// that none is seen.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut line = String::new();
    for (number, raw) in text.lines().enumerate() {
        if number > 0 {
            escaped.push('\n');
        }
        line.clear();
        let mut letters = raw.trim().chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => {
                    line.push('\\');
                    line.push(letter);
                }
                '<' => line.push_str("&lt;"),
                '{' if matches!(letters.peek(), Some('{' | '%' | '#')) => line.push_str("&#123;"),
                // The beginning of an entity.
                '&' if letters
                    .peek()
                    .is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#') =>
                {
                    line.push_str("&amp;");
                }
                _ => line.push(letter),
            }
        }
        escaped.push_str(&unmarked(&line));
    }
    escaped
}

/// A line that begins no heading, list, quotation or rule.
fn unmarked(line: &str) -> String {
    let first = line.chars().next();
    if matches!(first, Some('#' | '+' | '-' | '=' | '>' | ':')) {
        return format!("\\{line}");
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line[digits..].chars().next();
    if digits > 0 && matches!(after, Some('.' | ')')) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::newsletter::passage::Passage;

    #[test]
    fn text_comes_back_from_markdown_as_it_was() {
        for text in [
            "plain words, 3.5 % & more: a-b (c) \"d\"",
            "*stars* _lines_ `ticks` [brackets](x) ~~gone~~ a\\b a|b",
            "<script>alert(1)</script> &lt; &amp; & &copy;",
            "# none",
            "- none",
            "+ none",
            "> none",
            "=== none",
            "1. none",
            "12) none",
            "{ braces } 100 %} a*b",
        ] {
            let passage = Passage::of_markdown(escaped(text));
            assert_eq!(passage.text(), text, "{}", escaped(text));
        }
    }

    #[test]
    fn no_placeholder_of_a_tool_is_left() {
        let written = escaped("{{ .Email }} {% raw %} {# x #} *|UNSUB|*");
        for mark in ["{{", "{%", "{#", "*|"] {
            assert!(!written.contains(mark), "{written}");
        }
    }

    #[test]
    fn a_link_stays_whole_whatever_is_in_it() {
        for (address, expected) in [
            (Some("https://a.example/x"), "[w](https://a.example/x)"),
            (
                Some("https://a.example/(x) y"),
                "[w](<https://a.example/(x) y>)",
            ),
            (None, "w"),
        ] {
            assert_eq!(link("w", address), expected);
        }
    }
}
