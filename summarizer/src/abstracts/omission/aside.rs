//! Asides in brackets and between dashes.

use super::LONGEST;
use super::lexicon::{ATTRIBUTIONS, CONJUNCTIONS, CORRELATIVES, LIMITS, SAID, has};
use super::signs::Signs;
use crate::sentence::Span;

/// " (…)" outside quotations, with the space before it.
pub(super) fn brackets(signs: &Signs) -> Vec<Span> {
    let chars = &signs.chars;
    let mut found = Vec::new();
    let mut at = 1;
    while at < chars.len() {
        let close = match chars[at] {
            '(' => ')',
            '[' => ']',
            _ => {
                at += 1;
                continue;
            }
        };
        let inner = chars[at + 1..]
            .iter()
            .take(LONGEST)
            .position(|&c| c == close || c == '(' || c == '[');
        let end = inner.map(|length| at + length + 2);
        if let Some(end) = end
            && chars[end - 1] == close
            && chars[at - 1].is_whitespace()
            && !signs.quoted[at]
            && end - at > 3
            && !limits(&signs.words(at, end))
            && chars.get(end).is_some_and(|&c| {
                c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '?' | '!')
            })
        {
            let start = chars[..at]
                .iter()
                .rposition(|c| !c.is_whitespace())
                .map_or(0, |last| last + 1);
            if start > 0 {
                found.push(Span { start, end });
            }
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// Whether an aside takes back some of what is said around it, or says by whom it is said: "(but not to those in debt)",
/// "(70.000 selon le syndicat)", "(U.S.)" after dollars.
fn limits(aside: &[String]) -> bool {
    let lower: Vec<String> = aside.iter().map(|word| word.to_lowercase()).collect();
    lower
        .iter()
        .any(|word| has(LIMITS, word) || has(ATTRIBUTIONS, word) || has(SAID, word))
        || lower.first().is_some_and(|word| has(CONJUNCTIONS, word))
        || matches!(lower.as_slice(), [one] if matches!(one.as_str(), "u.s" | "us" | "can" | "canadian" | "cad" | "usd" | "aud"))
}

/// " – … –" with the space before it.
pub(super) fn between_dashes(signs: &Signs) -> Vec<Span> {
    let dashes = &signs.dashes;
    let [first, second] = dashes.as_slice() else {
        return Vec::new();
    };
    let aside = signs.words(first.end, second.start);
    let before = signs.words(0, first.start);
    let after = signs.word_after(second.end.saturating_sub(1));
    let (Some(opens), Some(closes), Some(last)) = (aside.first(), aside.last(), before.last())
    else {
        return Vec::new();
    };
    // "from 10 am – 4 pm and from 11 am – 6 pm", "Oslo – New York Street – Rome" are no asides.
    let counts = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit()) || has("am pm h", &word.to_lowercase())
    };
    let names = |left: &str, right: &str| {
        left.starts_with(char::is_uppercase) && right.starts_with(char::is_uppercase)
    };
    let joins = [(last.as_str(), opens.as_str()), (closes, &after)]
        .iter()
        .any(|(left, right)| counts(left) || counts(right))
        || (names(last, opens) && names(closes, &after));
    let correlative = before
        .iter()
        .any(|word| has(CORRELATIVES, &word.to_lowercase()));
    if second.start - first.end > LONGEST
        || aside.len() < 2
        || joins
        || correlative
        || limits(&aside)
    {
        return Vec::new();
    }
    vec![Span {
        start: first.start,
        end: second.end,
    }]
}
