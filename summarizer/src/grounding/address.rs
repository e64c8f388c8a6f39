//! E-mail addresses, addresses on the web and telephone numbers: a letter wrong in one is an invention.

/// The addresses of a text, folded, and the text with blanks in their place.
pub(super) fn addresses(text: &str) -> (Vec<String>, String) {
    let mut found = Vec::new();
    let mut blanked = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let word_length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (length, address) = match telephone(rest) {
            Some((length, digits)) => (length, Some(digits)),
            None => (word_length, address(&rest[..word_length])),
        };
        let stretch = &rest[..length];
        match address {
            Some(address) => {
                found.push(address);
                // What is no letter may end the sentence, so it stays.
                let tail = stretch.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
                blanked.extend(tail.chars().map(|_| ' '));
                blanked.push_str(&stretch[tail.len()..]);
            }
            None => blanked.push_str(stretch),
        }
        rest = &rest[length..];
        let blank = rest
            .chars()
            .take_while(|c| c.is_whitespace())
            .map(char::len_utf8)
            .sum();
        blanked.push_str(&rest[..blank]);
        rest = &rest[blank..];
    }
    (found, blanked)
}

/// What the word says as an address, if it is one.
fn address(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let host = word.rsplit('@').next().unwrap_or(word);
    let host = host.split_once("://").map_or(host, |(_, host)| host);
    let host = host.split(['/', '?']).next().unwrap_or(host);
    let labels: Vec<&str> = host.split('.').collect();
    let named = labels.len() > 1
        && labels.iter().all(|label| {
            !label.is_empty()
                && label
                    .chars()
                    .all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '-')
        })
        && labels
            .last()
            .is_some_and(|last| last.chars().count() >= 2 && last.chars().all(char::is_alphabetic));
    let is_address = word.contains('@') && labels.len() > 1
        || word.contains("://")
        || word.starts_with("www.")
        || named;
    // "e.g.", "a.m." and "i.e." are abbreviations.
    let abbreviation = labels.iter().all(|label| label.chars().count() <= 2) && !word.contains('@');
    (is_address && !abbreviation).then(|| word.to_lowercase())
}

/// A telephone number at the beginning of the text: its length in bytes, and its digits.
fn telephone(text: &str) -> Option<(usize, String)> {
    if !text.starts_with(['+', '0', '(']) {
        return None;
    }
    let mut end = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '0'..='9' => end = at + 1,
            '+' if at == 0 => {}
            ' ' | '\u{a0}' | '\u{202f}' | '-' | '.' | '(' | ')' | '/' => {}
            _ => break,
        }
    }
    let digits: String = text[..end].chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 8).then_some((end, digits))
}
