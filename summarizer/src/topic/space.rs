//! The topics as points in the encoder's space, and how near a text lies to each.

use super::Vocabulary;
use super::calibration::Calibration;
use crate::encoder::Embedding;

/// What the next nearest prototype counts, as a share of the one before: an article is about one part of a topic, and
/// the nearest prototype alone may be near by chance.
const NEXT: f64 = 0.75;

/// The topics in the words of one language.
#[derive(Debug)]
pub(super) struct Space {
    calibration: Calibration,
    families: Vec<Family>,
    /// Topics, all families together.
    count: usize,
}

/// Topics that compete: those without a parent, or those of one parent.
#[derive(Debug)]
struct Family {
    parent: Option<usize>,
    /// Each with its prototypes and those of what belongs to it.
    members: Vec<(usize, Vec<Embedding>)>,
}

impl Space {
    /// A space of the topics of `vocabulary`, which have these prototypes.
    pub(super) fn new(
        vocabulary: &Vocabulary,
        prototypes: &[Vec<Embedding>],
        calibration: Calibration,
    ) -> Self {
        let topics = vocabulary.topics();
        let parents: Vec<Option<usize>> = (0..topics.len())
            .map(|topic| vocabulary.above(topic).next())
            .collect();
        let mut whole: Vec<Vec<Embedding>> = prototypes.to_vec();
        for (topic, own) in prototypes.iter().enumerate() {
            for ancestor in vocabulary.above(topic) {
                whole[ancestor].extend(own.iter().cloned());
            }
        }
        let above = std::iter::once(None).chain((0..topics.len()).map(Some));
        let families = above.filter_map(|parent| {
            let members: Vec<usize> = (0..topics.len())
                .filter(|&topic| parents[topic] == parent)
                .collect();
            (!members.is_empty()).then(|| Family::new(parent, &members, &whole, calibration.common))
        });
        Self {
            calibration,
            families: families.collect(),
            count: topics.len(),
        }
    }

    /// How likely a text is about each topic, 0 to 1, where a topic includes what belongs to it. `text` is the mean of
    /// the embeddings of its parts, not scaled: what its parts do not agree on makes it shorter.
    pub(super) fn likely(&self, text: &[f64]) -> Vec<f64> {
        let mut likely = vec![0.0; self.count];
        // A parent stands in a family before those of its children: families are in the order of the vocabulary.
        for family in self.in_order() {
            let near: Vec<f64> = family
                .members
                .iter()
                .map(|(_, prototypes)| near(prototypes, text))
                .collect();
            let share = family.parent.map_or(1.0, |parent| likely[parent]);
            let of_family = self.calibration.likely(&near);
            for ((topic, _), value) in family.members.iter().zip(of_family) {
                likely[*topic] = share * value;
            }
        }
        likely
    }

    /// How near a text lies to one topic.
    pub(super) fn near(&self, topic: usize, text: &[f64]) -> f64 {
        let mut members = self.families.iter().flat_map(|family| &family.members);
        let found = members.find(|(member, _)| *member == topic);
        found.map_or(0.0, |(_, prototypes)| near(prototypes, text))
    }

    /// Parents before children.
    fn in_order(&self) -> Vec<&Family> {
        let mut ordered: Vec<&Family> = Vec::with_capacity(self.families.len());
        let mut above: Vec<Option<usize>> = vec![None];
        while let Some(parent) = above.pop() {
            for family in self
                .families
                .iter()
                .filter(|family| family.parent == parent)
            {
                ordered.push(family);
                above.extend(family.members.iter().map(|(topic, _)| Some(*topic)));
            }
        }
        ordered
    }
}

impl Family {
    fn new(
        parent: Option<usize>,
        members: &[usize],
        prototypes: &[Vec<Embedding>],
        share: f64,
    ) -> Self {
        let mut common: Vec<f64> = Vec::new();
        for &topic in members {
            let weight = 1.0 / (members.len() * prototypes[topic].len().max(1)) as f64;
            for prototype in &prototypes[topic] {
                add(&mut common, prototype, weight);
            }
        }
        // A topic alone would have nothing but what it has in common with itself.
        let share = if members.len() > 1 { share } else { 0.0 };
        let apart = |prototype: &Embedding| {
            let values: Vec<f64> = prototype
                .values()
                .iter()
                .zip(&common)
                .map(|(value, common)| f64::from(*value) - share * common)
                .collect();
            Embedding::normalised(&values)
        };
        Self {
            parent,
            members: members
                .iter()
                .map(|&topic| (topic, prototypes[topic].iter().map(apart).collect()))
                .collect(),
        }
    }
}

/// Add an embedding to a sum of them.
pub(super) fn add(sum: &mut Vec<f64>, embedding: &Embedding, weight: f64) {
    sum.resize(sum.len().max(embedding.values().len()), 0.0);
    for (sum, value) in sum.iter_mut().zip(embedding.values()) {
        *sum += weight * f64::from(*value);
    }
}

/// The coordinates of an embedding.
pub(super) fn wide(embedding: &Embedding) -> Vec<f64> {
    embedding.values().iter().copied().map(f64::from).collect()
}

/// How near a text lies to the prototypes of a topic, above all to the nearest.
fn near(prototypes: &[Embedding], text: &[f64]) -> f64 {
    let mut each: Vec<f64> = prototypes
        .iter()
        .map(|prototype| {
            let pairs = prototype.values().iter().zip(text);
            pairs.map(|(a, b)| f64::from(*a) * b).sum()
        })
        .collect();
    each.sort_by(|left, right| right.total_cmp(left));
    let (mut sum, mut weights, mut weight) = (0.0, 0.0, 1.0);
    for value in each {
        sum += weight * value;
        weights += weight;
        weight *= NEXT;
    }
    if weights > 0.0 { sum / weights } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAMILY: &str = "[[topic]]\nid = \"sport\"\n[[topic]]\nid = \"ball\"\nparent = \"sport\"\n\
                          [[topic]]\nid = \"race\"\nparent = \"sport\"\n[[topic]]\nid = \"law\"\n";

    fn at(values: [f64; 3]) -> Embedding {
        Embedding::normalised(&values)
    }

    fn space() -> Space {
        let vocabulary = Vocabulary::parse(FAMILY, "file").expect("a vocabulary");
        let prototypes = [
            vec![at([1.0, 0.0, 0.0])],
            vec![at([0.9, 0.4, 0.0])],
            vec![at([0.9, -0.4, 0.0])],
            vec![at([0.0, 0.0, 1.0])],
        ];
        Space::new(&vocabulary, &prototypes, Calibration::of("any"))
    }

    #[test]
    fn a_parent_is_at_least_as_likely_as_its_children() {
        let [sport, ball, race, law] = space().likely(&[0.6, 0.4, 0.0])[..] else {
            panic!("four topics");
        };
        assert!(sport > 0.9 && sport >= ball + race, "{sport} {ball} {race}");
        assert!(
            ball > 0.5 && ball > race && law < 0.1,
            "{ball} {race} {law}"
        );
    }

    #[test]
    fn a_text_far_from_all_topics_is_about_none() {
        let likely = space().likely(&[-0.5, 0.0, -0.5]);
        assert!(likely.iter().all(|&value| value < 0.1), "{likely:?}");
    }
}
