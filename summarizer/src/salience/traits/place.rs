//! Where a sentence stands, counted among those fit to be quoted: a byline on top does not push the lead down.

use super::{Compared, yes};

/// Texts of at most so many sentences are short.
const SHORT: f64 = 8.0;

/// Beyond this place, one is as good as the next.
const FAR: f64 = 30.0;

pub(super) fn columns(text: &Compared) -> Vec<(&'static str, Vec<f64>)> {
    let count = text.sentences.len();
    let mut places = Vec::with_capacity(count);
    let mut next = 0.0;
    for index in 0..count {
        places.push(next);
        next += yes(text.is_fit(index));
    }
    let fit = f64::max(next, 1.0);
    let length = fit.ln() / 4.0;
    let of = |trait_: &dyn Fn(f64) -> f64| places.iter().map(|&place| trait_(place)).collect();
    vec![
        ("place", of(&|place| place.min(FAR) / FAR)),
        ("early", of(&|place| 1.0 / (1.0 + place))),
        ("late", of(&|place| place.ln_1p() / 4.0)),
        ("share_before", of(&|place| place / fit)),
        ("first", of(&|place| yes(place < 0.5))),
        ("second", of(&|place| yes((place - 1.0).abs() < 0.5))),
        ("third", of(&|place| yes((place - 2.0).abs() < 0.5))),
        ("text_length", of(&|_| length)),
        ("text_short", of(&|_| yes(fit <= SHORT))),
        ("early_in_long", of(&|place| length / (1.0 + place))),
        ("share_before_in_long", of(&|place| length * place / fit)),
    ]
}
