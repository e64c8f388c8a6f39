//! Pages that are not plain text: HTML, feeds, JSON and documents with a text header are told apart and refused.

use memchr::memchr_iter;

use super::PageError;

/// How much of the text is looked at, in bytes: markup shows itself early.
const SAMPLE: usize = 16 * 1024;

/// Refuses `text` when it is markup or data rather than prose.
pub(super) fn refuse(text: &str) -> Result<(), PageError> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let line = 1 + text[..text.len() - start.len()].matches('\n').count();
    let head = super::super::fold::head(start, SAMPLE);
    let begins = |prefix: &str| {
        head.get(..prefix.len())
            .is_some_and(|h| h.eq_ignore_ascii_case(prefix))
    };

    for (prefix, format) in [("%PDF-", "PDF"), ("{\\rtf", "RTF"), ("%!PS", "PostScript")] {
        if begins(prefix) {
            return Err(PageError::Document { format });
        }
    }
    if is_json(head, start) {
        return Err(PageError::Json { line });
    }
    let lower = head.to_ascii_lowercase();
    let xml = begins("<?xml");
    if begins("<!doctype html") || begins("<html") || (begins("<") && lower.contains("<html")) {
        return Err(PageError::Html { line });
    }
    if xml || begins("<rss") || begins("<feed") || begins("<rdf:rdf") {
        return Err(PageError::Feed { line });
    }
    let tags = tags(head);
    if tags.length * 5 > head.len() && tags.count >= 3
        || tags.count >= 20 && tags.length * 12 > head.len()
    {
        let line = 1 + text[..text.len() - start.len() + tags.first]
            .matches('\n')
            .count();
        return Err(PageError::Html { line });
    }
    Ok(())
}

/// What stands between `<` and `>` in a text.
struct Tags {
    count: usize,
    /// Bytes of all tags together.
    length: usize,
    /// Byte offset of the first.
    first: usize,
}

fn tags(head: &str) -> Tags {
    let bytes = head.as_bytes();
    let mut tags = Tags {
        count: 0,
        length: 0,
        first: 0,
    };
    for at in memchr_iter(b'<', bytes) {
        let named = bytes
            .get(at + 1)
            .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'));
        let Some(end) = named
            .then(|| memchr::memchr2(b'>', b'<', &bytes[at + 1..]))
            .flatten()
        else {
            continue;
        };
        if bytes[at + 1 + end] == b'>' && !is_address(&head[at + 1..at + 1 + end]) {
            if tags.count == 0 {
                tags.first = at;
            }
            tags.count += 1;
            tags.length += end + 2;
        }
    }
    tags
}

/// `<https://…>` and `<press@example.org>` are how plain text writes a link.
fn is_address(inside: &str) -> bool {
    !inside.contains(' ') && (inside.contains('@') || inside.contains("://"))
}

/// Whether the text is one JSON object or array, or one object a line.
fn is_json(head: &str, whole: &str) -> bool {
    let mut bytes = head.bytes().filter(|b| !b.is_ascii_whitespace());
    let (first, second) = (bytes.next(), bytes.next());
    let last = whole.trim_end().as_bytes().last();
    match (first, second) {
        (Some(b'{'), Some(b'"')) => head.contains("\":") || head.contains("\" :"),
        (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b'{' | b']')) => {
            matches!(last, Some(b'}' | b']'))
        }
        (Some(b'['), Some(b'"' | b'[' | b'0'..=b'9')) => last == Some(&b']') && head.contains(','),
        _ => false,
    }
}
