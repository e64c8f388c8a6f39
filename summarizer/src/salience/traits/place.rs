//! Where a sentence stands, counted among those fit to be quoted: a byline on top does not push the lead down.

use super::{Compared, yes};

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
        ("early", of(&|place| 1.0 / (1.0 + place))),
        ("late", of(&|place| place.ln_1p() / 4.0)),
        ("share_before", of(&|place| place / fit)),
        ("text_length", of(&|_| length)),
        ("early_in_long", of(&|place| length / (1.0 + place))),
    ]
}
