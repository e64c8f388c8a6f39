//! How a sentence is made: its length, numbers, names, quotations and signs.

use super::{Compared, yes};

pub(super) fn columns(text: &Compared) -> Vec<(&'static str, Vec<f64>)> {
    let of = |trait_: &dyn Fn(&str) -> f64| {
        text.sentences
            .iter()
            .map(|sentence| trait_(sentence.text))
            .collect()
    };
    let words = |sentence: &str| sentence.split_whitespace().count();
    let length = |sentence: &str| (words(sentence) as f64).ln_1p() / 4.0;
    vec![
        ("length", of(&length)),
        ("length_squared", of(&|sentence| length(sentence).powi(2))),
        ("numbers", of(&numbers)),
        ("names", of(&names)),
        ("quoted", of(&quoted)),
        (
            "opens_quoted",
            of(&|sentence| yes(sentence.starts_with(['"', '“', '”', '«', '»']))),
        ),
        (
            "asks",
            of(&|sentence| yes(unclosed(sentence).ends_with('?'))),
        ),
        (
            "opens_small",
            of(&|sentence| yes(sentence.starts_with(char::is_lowercase))),
        ),
        ("bracketed", of(&|sentence| yes(sentence.contains('(')))),
        ("has_colon", of(&|sentence| yes(sentence.contains(':')))),
        (
            "unfit",
            text.unfit.iter().map(|unfit| unfit.min(2.0)).collect(),
        ),
    ]
}

fn unclosed(sentence: &str) -> &str {
    sentence.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '“' | '”' | '«' | '»' | ')')
    })
}

/// Numbers, up to three, as a share of three.
fn numbers(sentence: &str) -> f64 {
    let mut count: u32 = 0;
    let mut inside = false;
    for c in sentence.chars() {
        let digit = c.is_numeric();
        count += u32::from(digit && !inside);
        // "4,5" and "1.2" are one number.
        inside = digit || (inside && matches!(c, '.' | ','));
    }
    f64::from(count.min(3)) / 3.0
}

/// Twice the share of words with a capital after the first, at most 1.
fn names(sentence: &str) -> f64 {
    let words = sentence.split_whitespace().count();
    let capitals = sentence
        .split_whitespace()
        .skip(1)
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    (2.0 * capitals as f64 / (words as f64).max(1.0)).min(1.0)
}

/// The share of characters between quotation marks.
fn quoted(sentence: &str) -> f64 {
    let (mut inside, mut count, mut all) = (false, 0.0, 0.0);
    for c in sentence.chars() {
        all += 1.0;
        match c {
            '"' => inside = !inside,
            '“' | '«' => inside = true,
            '”' | '»' => inside = false,
            _ => count += yes(inside),
        }
    }
    count / f64::max(all, 1.0)
}
