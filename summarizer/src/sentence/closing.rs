//! Marks that close what was opened, and so stay with the sentence before them.

/// Whether a mark may close something.
pub(super) fn closes(c: char) -> bool {
    matches!(
        c,
        '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '}' | '›' | '″' | '」' | '』' | '）' | '】'
    )
}

/// Step over closing quotes, brackets and footnote marks ("[12]"), and over the space that French puts before »; where signs
/// stand `apart`, over that before any that closes what was opened since `start`.
pub(super) fn skip_closing(chars: &[char], start: usize, mut at: usize, apart: bool) -> usize {
    loop {
        let spaces = chars[at..]
            .iter()
            .take_while(|&&c| c != '\n' && c.is_whitespace())
            .count();
        let after = chars.get(at + spaces);
        let footnote = chars[at..]
            .strip_prefix(&['['])
            .map(|rest| rest.iter().take_while(|c| c.is_ascii_digit()).count())
            .filter(|&digits| digits > 0 && chars.get(at + 1 + digits) == Some(&']'));
        if let Some(digits) = footnote {
            at += digits + 2;
        } else if matches!(after, Some('»' | '›')) {
            at += spaces + 1;
        } else if apart && let Some(width) = closing_token(chars, start, at + spaces) {
            at += spaces + width;
        } else if spaces == 0 && after.is_some_and(|&c| closes(c)) && !opens_next(chars, start, at)
        {
            at += 1;
        } else {
            return at;
        }
    }
}

/// How wide the token at `at` is, if it closes what was opened since `start` and nothing else.
fn closing_token(chars: &[char], start: usize, at: usize) -> Option<usize> {
    let token = chars[at..]
        .iter()
        .take(6)
        .take_while(|c| !c.is_whitespace());
    let token: String = token.collect();
    let closes = match token.as_str() {
        "''" | "”" | "’" | ")" | "]" => true,
        "\"" => is_quoted(chars, start, at),
        _ => false,
    };
    closes.then(|| token.chars().count())
}

/// Whether a straight quote was opened since `start`, and not closed.
fn is_quoted(chars: &[char], start: usize, at: usize) -> bool {
    // Longer quotations are not looked for, so that a megabyte without a stop is not walked at each of its marks.
    let before = &chars[start.max(at.saturating_sub(2000))..at];
    before.iter().filter(|&&c| c == '"').count() % 2 == 1
}

/// Whether a straight quote, which may open or close, opens the next sentence, the space before it forgotten ("…du
/// gouvernement."Parmi les réponses…"): it stands right before a word, and none is open since `start`.
fn opens_next(chars: &[char], start: usize, at: usize) -> bool {
    chars[at] == '"'
        && chars.get(at + 1).is_some_and(|c| c.is_alphanumeric())
        && !is_quoted(chars, start, at)
}
