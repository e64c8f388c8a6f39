//! The mark of a list item before a sentence: it says how the page was set, not what the sentence says.

use std::borrow::Cow;

use super::Ranked;

/// Characters looked at: a number of two digits, its bracket, and a space or two.
const LONGEST: usize = 8;

/// How many characters of a sentence are the mark of a list item and the space after it; 0 if it has none, or nothing
/// else. The summarizer parts list items by the same marks.
pub(super) fn length(sentence: impl IntoIterator<Item = char>) -> usize {
    let head: Vec<char> = sentence.into_iter().take(LONGEST).collect();
    let digits = head.iter().take_while(|c| c.is_ascii_digit()).count();
    let (mark, spaced) = match (digits, head.first()) {
        (0, Some('•' | '▪' | '●' | '◦' | '‣' | '■' | '▶' | '➢' | '✓')) => {
            (1, false)
        }
        (0, Some('-' | '*' | '–' | '—')) => (1, true),
        (1 | 2, _) if matches!(head.get(digits), Some('.' | ')')) => (digits + 1, true),
        _ => return 0,
    };
    let spaces = head[mark..].iter().take_while(|c| c.is_whitespace());
    let spaces = spaces.count();
    match head.len() > mark + spaces && (spaces > 0 || !spaced) {
        true => mark + spaces,
        false => 0,
    }
}

/// The ranking, its sentences without their marks.
pub(super) fn left_out<'a>(body: &str, ranking: &'a [Ranked]) -> Cow<'a, [Ranked]> {
    // In the order of the text, so that the body is walked once.
    let mut order: Vec<usize> = (0..ranking.len()).collect();
    order.sort_unstable_by_key(|&at| ranking[at].start);
    let mut bare = Cow::Borrowed(ranking);
    let mut rest = body.chars();
    let mut walked = 0;
    for at in order {
        let Ranked { start, end, .. } = ranking[at];
        if start > walked {
            let _ = rest.nth(start - walked - 1);
            walked = start;
        }
        let mark = length(rest.clone().take(end.saturating_sub(start)));
        if mark > 0 {
            bare.to_mut()[at].start += mark;
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_what_a_list_item_begins_with_and_its_space() {
        for (sentence, expected) in [
            ("• fish stranded", 2),
            ("•fish stranded", 1),
            ("▪\u{a0}fish", 2),
            ("- fish", 2),
            ("*  fish", 3),
            ("– fish", 2),
            ("1) fish", 3),
            ("12. Fish", 4),
            ("-3 degrees", 0),
            ("*fish", 0),
            ("2.5 metres", 0),
            ("123. Fish", 0),
            ("2026", 0),
            ("fish - and chips", 0),
            ("•", 0),
            ("• ", 0),
            ("- ", 0),
            ("", 0),
        ] {
            assert_eq!(length(sentence.chars()), expected, "{sentence:?}");
        }
    }
}
