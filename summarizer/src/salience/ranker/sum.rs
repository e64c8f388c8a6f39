//! A weighted sum of traits and of pairs of them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::RankerError;

/// A sum as it is written: of each trait by its name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    /// What a sentence is worth whose traits are all at their means.
    constant: f64,
    traits: BTreeMap<String, Term>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    scale: Scale,
    /// What one deviation adds.
    weight: f64,
    /// What the product with another trait, or with itself, adds; each pair is written once.
    with: BTreeMap<String, f64>,
}

/// How a trait is measured: in deviations from its mean. Beyond what is usual it counts as the farthest that is usual.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scale {
    least: f64,
    most: f64,
    mean: f64,
    deviation: f64,
}

/// The sum, with traits by their places.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sum {
    constant: f64,
    terms: Vec<Placed>,
}

#[derive(Debug, Clone, PartialEq)]
struct Placed {
    /// None: the trait does not count.
    scale: Option<Scale>,
    weight: f64,
    /// The places of other traits, and what the product with each adds.
    with: Vec<(usize, f64)>,
}

impl Sum {
    /// # Errors
    /// [`RankerError::UnknownTrait`] when a trait that counts is not among the names.
    pub(super) fn of(weights: &Weights, names: &[&str]) -> Result<Self, RankerError> {
        let place = |wanted: &String| {
            let found = names.iter().position(|name| name == wanted);
            found.ok_or_else(|| RankerError::UnknownTrait(wanted.clone()))
        };
        let nothing = Placed {
            scale: None,
            weight: 0.0,
            with: Vec::new(),
        };
        let mut terms = vec![nothing; names.len()];
        for (name, term) in &weights.traits {
            let with = term
                .with
                .iter()
                .map(|(other, &adds)| Ok((place(other)?, adds)));
            terms[place(name)?] = Placed {
                scale: Some(term.scale),
                weight: term.weight,
                with: with.collect::<Result<_, RankerError>>()?,
            };
        }
        Ok(Self {
            constant: weights.constant,
            terms,
        })
    }

    /// What a sentence with these traits is worth, in the order of the names.
    pub(super) fn worth(&self, values: impl Iterator<Item = f64>) -> f64 {
        let measured = self.terms.iter().zip(values).map(|(term, value)| {
            term.scale.map_or(0.0, |scale| {
                (value.clamp(scale.least, scale.most) - scale.mean) / scale.deviation
            })
        });
        let measured: Vec<f64> = measured.collect();
        let terms = self.terms.iter().zip(&measured).map(|(term, value)| {
            let with = term.with.iter();
            value
                * with.fold(term.weight, |sum, (other, adds)| {
                    sum + adds * measured[*other]
                })
        });
        self.constant + terms.sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = "constant = 1.0
        traits.a = { scale = { least = 0.0, most = 4.0, mean = 2.0, deviation = 2.0 }, weight = 10.0, with = { a = 100.0, b = 1000.0 } }
        traits.b = { scale = { least = 0.0, most = 1.0, mean = 0.0, deviation = 1.0 }, weight = 20.0, with = {} }";

    #[test]
    fn traits_and_pairs_of_them_are_weighed_as_far_as_they_are_usual() {
        let weights: Weights = toml::from_str(WRITTEN).expect("weights");
        let sum = Sum::of(&weights, &["b", "unweighed", "a"]).expect("a sum");
        let worth = |a: f64, b: f64| sum.worth([b, 7.0, a].into_iter());
        assert_eq!(worth(2.0, 0.0), 1.0);
        assert_eq!(worth(3.0, 0.0), 1.0 + 5.0 + 25.0);
        assert_eq!(worth(0.0, 1.0), 1.0 - 10.0 + 100.0 - 1000.0 + 20.0);
        assert_eq!(worth(9.0, 9.0), worth(4.0, 1.0));
        let refused = Sum::of(&weights, &["a"]).expect_err("no b");
        assert!(matches!(refused, RankerError::UnknownTrait(name) if name == "b"));
    }
}
