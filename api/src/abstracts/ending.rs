//! Where a text may end: after a sentence, or else after a word.

/// What stands for the words left out of a sentence that is too long.
pub(super) const OMISSION: &str = " …";

/// The sentences of a text, white space at their ends left out: they end with a full stop, a question or exclamation mark
/// or an ellipsis, whatever closes after it, and white space; or with a line.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (at, letter) in text.char_indices() {
        if letter == '\n' || (ended && letter.is_whitespace()) {
            found.push(text[start..at].trim());
            start = at;
        }
        ended = match letter {
            '.' | '!' | '?' | '…' => true,
            ')' | ']' | '"' | '”' | '»' | '’' | '\'' => ended,
            // A French quotation closes after a space that does not break.
            '\u{a0}' | '\u{202f}' => ended,
            _ => false,
        };
    }
    found.push(text[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// The beginning of `sentence` that, with the sign of omission, has at most `room` characters, cut after a word; in the
/// middle of one only if there is no other place.
pub(super) fn after_a_word(sentence: &str, room: usize) -> &str {
    let room = room.saturating_sub(OMISSION.chars().count()).max(1);
    let end = sentence
        .char_indices()
        .nth(room)
        .map_or(sentence.len(), |(at, _)| at);
    let (kept, rest) = sentence.split_at(end);
    let whole = rest.chars().next().is_none_or(char::is_whitespace);
    let kept = match kept.rfind(char::is_whitespace) {
        Some(space) if !whole && !kept[..space].trim().is_empty() => &kept[..space],
        _ => kept,
    };
    // "word …", not "word, …".
    let bare = kept.trim_end_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | ';' | ':' | '-' | '–' | '—')
    });
    if bare.is_empty() { kept } else { bare }
}
