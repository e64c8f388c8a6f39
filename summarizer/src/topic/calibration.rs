//! What a similarity is worth: how likely it makes a topic, in the space of one encoder.

/// Turns how near a text lies to topics into how likely it is about them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Calibration {
    /// A topic that is nearer than another by this much is e times as likely.
    pub(super) temperature: f64,
    /// A text this near to a topic is as likely about nothing in the vocabulary as about that topic.
    pub(super) nothing: f64,
    /// Share of what all topics have in common (above all the language they are written in) that is left out.
    pub(super) common: f64,
    /// Weight of the title, where the sentences of the text together have 1.
    pub(super) title: f64,
    /// Length of the mean of a text's parts, typically: what the embedding of the whole, scaled to 1, has lost.
    pub(super) length: f64,
}

/// Fitted for all-MiniLM-L6-v2; other encoders are taken to be like it. How and on what: `docs/labels.md`.
const USUAL: Calibration = Calibration {
    temperature: 0.02,
    nothing: 0.095,
    common: 0.5,
    title: 0.2,
    length: 0.63,
};

/// Fitted for multilingual-e5-small. To this family of encoders any two texts are alike, by 0.7 at least: what topics
/// have in common must be left out entirely, and little is left.
const E5: Calibration = Calibration {
    temperature: 0.015,
    nothing: 0.04,
    common: 1.0,
    title: 1.0,
    length: 0.94,
};

impl Calibration {
    /// The one for an encoder, by the name of its model.
    pub(super) fn of(model: &str) -> Self {
        let is_e5 = model
            .split(['-', '_'])
            .any(|part| part.eq_ignore_ascii_case("e5"));
        if is_e5 { E5 } else { USUAL }
    }

    /// How likely each topic is, given how near the text lies to it; what is left to one is for no topic at all.
    pub(super) fn likely(&self, near: &[f64]) -> Vec<f64> {
        let most = near.iter().copied().fold(self.nothing, f64::max);
        let weight = |near: f64| ((near - most) / self.temperature).exp();
        let all = near.iter().copied().map(weight).sum::<f64>() + weight(self.nothing);
        near.iter().map(|&near| weight(near) / all).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_likely_when_it_is_near_and_the_others_are_not() {
        let table = [
            // Far from all.
            ([0.0, 0.01], [0.0..0.05, 0.0..0.05]),
            // Near to one.
            ([0.3, 0.1], [0.95..1.0, 0.0..0.01]),
            // Near to both alike.
            ([0.3, 0.3], [0.45..0.5, 0.45..0.5]),
        ];
        for (near, expected) in table {
            let likely = USUAL.likely(&near);
            for (found, range) in likely.iter().zip(&expected) {
                assert!(range.contains(found), "{near:?}: {likely:?}");
            }
        }
    }
}
