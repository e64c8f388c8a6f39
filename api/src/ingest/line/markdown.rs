//! The marks of Markdown, which many dumps hold: a line is read without those of headings, quotations, bold words and links.
//!
//! Only marks that come in pairs, or stand where nothing else would, are taken for marks: a note's asterisk or a hashtag stays.

use std::borrow::Cow;

/// Longest text, and longest address, of a link, in bytes.
const LONGEST: usize = 600;

/// How deep the brackets of a link may be nested.
const NESTED: i32 = 3;

/// Most marks `#` of a heading.
const DEEPEST: usize = 6;

/// `line` without its marks. A line that is nothing but an image stays as it is.
pub(super) fn bare(line: &str) -> Cow<'_, str> {
    let led = lead(line);
    if !led.bytes().any(|b| matches!(b, b'*' | b'_' | b'[')) {
        return Cow::Borrowed(led);
    }
    let linked = links(led, 0);
    if !linked.chars().any(char::is_alphanumeric) {
        return Cow::Borrowed(line);
    }
    let mut text = linked;
    for mark in ["***", "**", "__"] {
        if text.contains(mark) {
            text = Cow::Owned(unpaired(&text, mark));
        }
    }
    let inner = emphasised(&text).unwrap_or(&text).trim();
    match inner == led {
        true => Cow::Borrowed(led),
        false => Cow::Owned(inner.to_owned()),
    }
}

/// `line` without the marks of a quotation or a heading at its start. "# # #" is a rule, "#port" a tag, "# 12" a number.
fn lead(line: &str) -> &str {
    let mut text = line;
    while let Some(quoted) = text.strip_prefix("> ").map(str::trim_start)
        && !quoted.is_empty()
    {
        text = quoted;
    }
    let marks = text.bytes().take_while(|&b| b == b'#').count();
    let heading = text[marks..].strip_prefix(' ').map(str::trim_start);
    match heading {
        Some(heading) if (1..=DEEPEST).contains(&marks) && is_heading(heading, marks) => {
            let closed = heading.trim_end_matches('#');
            closed.strip_suffix(' ').unwrap_or(heading).trim_end()
        }
        _ => text,
    }
}

fn is_heading(text: &str, marks: usize) -> bool {
    let number = marks == 1 && text.starts_with(|c: char| c.is_ascii_digit());
    !text.starts_with('#') && !number && text.contains(char::is_alphabetic)
}

/// `text` with every link reduced to its words and every image left out.
fn links(text: &str, depth: usize) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut from = 0;
    while let Some(open) = memchr::memchr(b'[', &text.as_bytes()[from..]).map(|at| from + at) {
        from = open + 1;
        let Some((words, end)) = link(&text[open..]) else {
            continue;
        };
        let image = text[copied..open].ends_with('!');
        out.push_str(&text[copied..open - usize::from(image)]);
        match depth {
            _ if image => {}
            0 => out.push_str(&links(words, 1)),
            _ => out.push_str(words),
        }
        copied = open + end;
        from = copied;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// The words of the link that `text` begins with, and where it ends: "[words](address)".
fn link(text: &str) -> Option<(&str, usize)> {
    let close = closing(text, b'[', b']')?;
    let address = &text[close + 1..];
    let end = closing(address, b'(', b')')?;
    let target = &address[1..end];
    let (place, title) = target.split_once(' ').unwrap_or((target, "\""));
    // "[sic](he said)" is none.
    let is_address = place.is_empty() || place.contains(['/', '#', ':', '.', '?']);
    (is_address && title.trim_start().starts_with(['"', '\'']))
        .then_some((&text[1..close], close + 1 + end + 1))
}

/// Where the bracket `open` that `text` begins with, if it does, is closed.
fn closing(text: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
        }
        match depth {
            0 => return Some(at).filter(|&at| at > 0),
            1..=NESTED => {}
            _ => return None,
        }
    }
    None
}

/// `text` without each pair of `mark` that encloses words: one that opens before a word, and one that closes behind one.
fn unpaired(text: &str, mark: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(at) = rest.find(mark) {
        let inside = &rest[at + mark.len()..];
        let opens = rest[..at]
            .chars()
            .next_back()
            .or(before)
            .is_none_or(opens_before)
            && !inside.starts_with(|c: char| c.is_whitespace() || mark.starts_with(c));
        out.push_str(&rest[..at]);
        if !opens {
            out.push_str(mark);
            before = mark.chars().next();
            rest = inside;
            continue;
        }
        let mut closes = inside.match_indices(mark).map(|(close, _)| close);
        let words = |&close: &usize| inside[..close].ends_with(|c: char| !c.is_whitespace());
        let Some(close) = closes.find(words) else {
            rest = &rest[at..];
            break;
        };
        out.push_str(&inside[..close]);
        before = inside[..close].chars().next_back();
        rest = &inside[close + mark.len()..];
    }
    out.push_str(rest);
    out
}

/// Whether marks may open directly behind `c`: a footnote's stand behind a word, those of a programme behind a point.
fn opens_before(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '«' | '‘' | '—' | '–')
}

/// What stands between the marks of a line that is emphasised as a whole: "*4 March 2025*".
fn emphasised(text: &str) -> Option<&str> {
    let mark = text.chars().next().filter(|c| matches!(c, '*' | '_'))?;
    let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
    let tight = !inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace);
    (tight && !inner.contains(mark) && inner.contains(char::is_alphanumeric)).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn the_marks_of_markdown_are_no_words_of_a_line() {
        for (line, words) in [
            ("# Port Opens a Terminal", "Port Opens a Terminal"),
            ("## Port Opens a Terminal ##", "Port Opens a Terminal"),
            ("### 2024 in review", "2024 in review"),
            (
                "> “We wrote it down,” she said.",
                "“We wrote it down,” she said.",
            ),
            ("> > twice quoted", "twice quoted"),
            (
                "**Brisk, 7 March 2025** – The mayors met.",
                "Brisk, 7 March 2025 – The mayors met.",
            ),
            (
                "A **cold store**, __new__ and ***large***.",
                "A cold store, new and large.",
            ),
            ("*4 March 2025*", "4 March 2025"),
            ("_4 March 2025_", "4 March 2025"),
            ("* [Facebook](https://f.example/a_(b))", "* Facebook"),
            (
                "The [port](https://p.example \"Port\") and [**town**](/t).",
                "The port and town.",
            ),
            ("Seen ![a map](m.png) from above", "Seen  from above"),
            ("[![The quay](a.jpg) The quay](/quay)", "The quay"),
        ] {
            assert_eq!(bare(line), words, "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_a_mark_stays() {
        for line in [
            "# # #",
            "#port #quay",
            "# 12",
            "> ",
            "* Based on 2024 prices",
            "**vs leading brand",
            "Price** and weight** per piece",
            "2 ** 3 ** 4",
            "snake__case__name",
            "this.__data__ and this.__proto__",
            "Name: ____ Date: ____",
            "[sic](he said)",
            "[1] see below",
            "[unclosed](https://p.example",
            "![The quay](a.jpg)",
            "* * *",
        ] {
            assert_eq!(bare(line), line);
        }
    }
}
