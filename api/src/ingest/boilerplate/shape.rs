//! Boilerplate told by its shape: breadcrumbs, rows of hashtags, bare addresses, rules, images.

use super::{Effect, Reason, Verdict};

/// Longest line, in characters, that is looked at here.
const LIMIT: usize = 160;

/// Characters that stand between the links of a bar, and nowhere between the words of a sentence.
fn is_bar(c: char) -> bool {
    matches!(c, '|' | '›' | '»' | '>' | '•' | '·' | '→' | '/' | '∣' | '❯')
}

/// What a line is made of, seen in one pass.
#[derive(Debug, Default)]
struct Makeup {
    alphanumeric: bool,
    digits: usize,
    /// Marks that may part the links of a bar.
    bars: bool,
    /// Signs of a web or mail address.
    address: bool,
    beyond_ascii: bool,
}

impl Makeup {
    fn of(text: &str) -> Makeup {
        let mut makeup = Makeup::default();
        for byte in text.bytes() {
            match byte {
                b'0'..=b'9' => makeup.digits += 1,
                b'a'..=b'z' | b'A'..=b'Z' => makeup.alphanumeric = true,
                b'|' | b'>' | b'/' => makeup.bars = true,
                b'@' => makeup.address = true,
                0x80.. => makeup.beyond_ascii = true,
                _ => {}
            }
        }
        makeup.alphanumeric |=
            makeup.digits > 0 || (makeup.beyond_ascii && text.chars().any(char::is_alphanumeric));
        makeup.bars |= makeup.beyond_ascii && text.chars().any(is_bar);
        makeup.address |=
            makeup.digits >= SHORTEST_NUMBER || text.contains("://") || text.starts_with("www.");
        makeup
    }
}

/// Digits of a telephone number, at least.
const SHORTEST_NUMBER: usize = 7;

pub(super) fn judge(text: &str, chars: usize) -> Option<Verdict> {
    let image = is_image(text);
    if (chars > LIMIT && !image) || chars == 0 {
        return None;
    }
    let makeup = Makeup::of(text);
    let reason = if image {
        Reason::Byline
    } else if !makeup.alphanumeric || is_end_mark(text) {
        Reason::Separator
    } else if text.starts_with('©') || text.starts_with("(c) ") || text.starts_with("(C) ") {
        Reason::Legal
    } else if text.starts_with("SOURCE ") || text.starts_with("SOURCE:") {
        // "SOURCE Example Corp.", in capitals: how wire services sign.
        Reason::Byline
    } else if is_hashtags(text) {
        Reason::Tags
    } else if makeup.address && is_address(text, makeup.digits) {
        Reason::Contact
    } else if makeup.bars && is_breadcrumb(text) {
        Reason::Navigation
    } else {
        return None;
    };
    Some(Verdict {
        reason,
        effect: Effect::Line,
        whole: true,
    })
}

/// "![The quay](quay.jpg)": an image of Markdown, perhaps a link at the same time.
fn is_image(text: &str) -> bool {
    (text.starts_with("![") || text.starts_with("[!["))
        && text.contains("](")
        && text.ends_with(')')
}

/// "# # #", "-30-", "- END -", "***ENDS***": a word set off by rules on both sides.
fn is_end_mark(text: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    let inner = text.trim_matches(|c: char| {
        matches!(
            c,
            '-' | '–' | '—' | '*' | '#' | '=' | '_' | ' ' | '[' | ']' | '(' | ')' | '<' | '>'
        )
    });
    inner.len() < text.len()
        && matches!(
            inner.to_ascii_lowercase().as_str(),
            "30" | "end" | "ends" | "fin" | "the end" | "end of release"
        )
}

fn is_hashtags(text: &str) -> bool {
    if !text.starts_with('#') {
        return false;
    }
    let mut words = text.split_whitespace().peekable();
    let tag = |word: &str| {
        word.len() > 1 && word.starts_with('#') && word[1..].starts_with(char::is_alphabetic)
    };
    words.peek().is_some() && words.all(|word| tag(word) || word == ",")
}

/// A line that is only web addresses, mail addresses or telephone numbers.
fn is_address(text: &str, digits: usize) -> bool {
    let is_phone = |word: &str| {
        word.chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '.' | '/'))
            && word.chars().any(|c| c.is_ascii_digit())
    };
    let mut linked = false;
    let all = text.split_whitespace().all(|word| {
        let link = word.contains("://")
            || word.starts_with("www.")
            || (word.contains('@') && word.contains('.') && word.len() > 5);
        linked |= link;
        link || is_phone(word)
    });
    let is_date = text
        .bytes()
        .filter(|b| matches!(b, b'/' | b'.' | b'-'))
        .count()
        == 2
        && digits <= 8;
    all && (linked || (digits >= SHORTEST_NUMBER && !is_date && text.len() >= 9))
}

/// "Home > News > Press releases", "Accueil | Actualités | Contact": at least two bars between short parts, none of them a sentence.
fn is_breadcrumb(text: &str) -> bool {
    let spaced = |c: char| is_bar(c) || c == '–';
    let bars = text
        .split(' ')
        .filter(|word| word.chars().count() == 1 && word.chars().all(spaced))
        .count();
    let tight = text
        .chars()
        .filter(|&c| matches!(c, '|' | '›' | '»' | '>' | '❯'))
        .count();
    let starts_home = {
        let first = text.split(spaced).next().unwrap_or_default();
        matches!(
            super::fold_numbers(first).as_str(),
            "home" | "accueil" | "you are here" | "vous etes ici" | "homepage"
        )
    };
    if starts_home && bars.max(tight) >= 1 {
        return true;
    }
    let parts: Vec<&str> = text
        .split(is_bar)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let short = parts
        .iter()
        .all(|part| part.split_whitespace().count() <= 4 && !part.ends_with('.'));
    bars.max(tight) >= 2
        && parts.len() >= 3
        && short
        && !parts
            .iter()
            .any(|part| part.bytes().any(|b| b.is_ascii_digit()))
}
