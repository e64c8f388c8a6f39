//! Learning from editors: a head is fitted, tried on articles it has not seen, and kept only if it labels them better.

use super::Vocabulary;
use super::head::{Head, Taught};
use super::labelling::{THRESHOLD, assigned, ranked};

/// Articles that editors labelled before anything is learned.
pub const LEAST: usize = 20;

/// Parts into which the articles are divided: each is judged by what the others taught.
const FOLDS: usize = 5;

/// How well labels agree with the editors', on articles that were not learned from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Share of articles whose first label (without one, the likeliest topic) is one that the editor gave; of those to
    /// which one was given.
    pub first: f64,
    /// F1 of all labels: the harmonic mean of how many of ours are the editors' and how many of theirs are ours.
    pub all: f64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// Articles that were learned from.
    pub articles: usize,
    /// Without the head.
    pub zero_shot: Agreement,
    /// With it.
    pub taught: Agreement,
    /// The head, learned from all articles, if it is better.
    pub head: Option<Head>,
}

/// Learn from articles in the order of their ids. `None` when there are too few.
#[must_use]
pub fn learn(taught: &[Taught], vocabulary: &Vocabulary) -> Option<Learned> {
    if taught.len() < LEAST {
        return None;
    }
    let mut plain = Count::default();
    let mut with_head = Count::default();
    for fold in 0..FOLDS {
        let of_fold = |index: &usize| index % FOLDS == fold;
        let others = (0..taught.len()).filter(|index| !of_fold(index));
        let others: Vec<Taught> = others.map(|index| taught[index].clone()).collect();
        let head = Head::fit(&others, vocabulary);
        for index in (0..taught.len()).filter(of_fold) {
            let article = &taught[index];
            plain.add(article, vocabulary, |_, likely| likely);
            with_head.add(article, vocabulary, |id, likely| {
                head.corrected(id, likely, &article.embedding)
            });
        }
    }
    let (zero_shot, learned) = (plain.agreement(), with_head.agreement());
    let is_better = learned.all > zero_shot.all && learned.first >= zero_shot.first;
    Some(Learned {
        articles: taught.len(),
        zero_shot,
        taught: learned,
        head: is_better.then(|| Head::fit(taught, vocabulary)),
    })
}

#[derive(Default)]
struct Count {
    with_topics: usize,
    first_right: usize,
    ours: usize,
    theirs: usize,
    both: usize,
}

impl Count {
    /// Count the labels that the article would get, by how likely `corrected` holds each topic.
    fn add(
        &mut self,
        article: &Taught,
        vocabulary: &Vocabulary,
        corrected: impl Fn(&str, f64) -> f64,
    ) {
        let topics = vocabulary.topics();
        let likely = |id: &String| {
            let likely = article.likely.get(id).copied().unwrap_or_default();
            corrected(id, likely)
        };
        let likely: Vec<f64> = topics.iter().map(|topic| likely(&topic.id)).collect();
        let ranked = ranked(&likely);
        let labels = assigned(vocabulary, &ranked, THRESHOLD);
        let right = |&&(topic, _): &&(usize, f64)| article.topics.contains(&topics[topic].id);
        if !article.topics.is_empty() {
            self.with_topics += 1;
            let first = labels.first().or(ranked.first());
            self.first_right += usize::from(first.is_some_and(|first| right(&first)));
        }
        self.ours += labels.len();
        self.both += labels.iter().filter(right).count();
        self.theirs += article.topics.len();
    }

    fn agreement(&self) -> Agreement {
        let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
        Agreement {
            first: share(self.first_right, self.with_topics),
            all: share(2 * self.both, self.ours + self.theirs),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::encoder::Embedding;

    /// Articles about two topics that lie apart; the zero-shot way tells them apart if `knows`.
    fn archive(count: usize, knows: bool) -> Vec<Taught> {
        (0..count)
            .map(|number| {
                let is_sea = number % 2 == 0;
                let side = if is_sea { 1.0 } else { -1.0 };
                let noise = (number % 7) as f64 / 10.0;
                let sea = match (knows, is_sea) {
                    (true, true) => 0.9,
                    (true, false) => 0.1,
                    (false, _) => 0.5,
                };
                Taught {
                    embedding: Embedding::normalised(&[side, noise, 0.3]),
                    likely: BTreeMap::from([
                        ("sea".to_owned(), sea),
                        ("land".to_owned(), 1.0 - sea),
                    ]),
                    topics: BTreeSet::from([if is_sea { "sea" } else { "land" }.to_owned()]),
                }
            })
            .collect()
    }

    fn vocabulary(topics: &[(&str, Option<&str>)]) -> Vocabulary {
        let entry = |(id, parent): &(&str, Option<&str>)| {
            let parent = parent.map(|parent| format!("parent = \"{parent}\"\n"));
            format!("[[topic]]\nid = \"{id}\"\n{}", parent.unwrap_or_default())
        };
        let text: String = topics.iter().map(entry).collect();
        Vocabulary::parse(&text, "the test").expect("a vocabulary")
    }

    fn learn_flat(taught: &[Taught]) -> Option<Learned> {
        learn(taught, &vocabulary(&[("sea", None), ("land", None)]))
    }

    /// Articles about two parts of water, which lie side by side; an editor gives each its part, never the whole.
    fn waters(knows: bool) -> Vec<Taught> {
        (0..40_usize)
            .map(|number| {
                let (part, side) = [("flood", 0.3), ("fish", -0.3)][number % 2];
                let likely = |id: &str| match (knows, id == part) {
                    (true, true) => 0.9,
                    (true, false) => 0.04,
                    (false, _) => 0.2,
                };
                Taught {
                    embedding: Embedding::normalised(&[1.0, side, (number % 7) as f64 / 20.0]),
                    likely: BTreeMap::from([
                        ("water".to_owned(), 0.95),
                        ("flood".to_owned(), likely("flood")),
                        ("fish".to_owned(), likely("fish")),
                        ("law".to_owned(), 0.03),
                    ]),
                    topics: BTreeSet::from([part.to_owned()]),
                }
            })
            .collect()
    }

    fn of_water() -> Vocabulary {
        let water = Some("water");
        vocabulary(&[
            ("water", None),
            ("flood", water),
            ("fish", water),
            ("law", None),
        ])
    }

    #[test]
    fn a_child_given_instead_of_its_parent_is_no_mistake() {
        let learned = learn(&waters(true), &of_water()).expect("enough articles");
        let perfect = Agreement {
            first: 1.0,
            all: 1.0,
        };
        assert_eq!(learned.zero_shot, perfect);
        assert_eq!(learned.head, None);
    }

    #[test]
    fn an_article_given_a_child_teaches_its_parent_too() {
        let learned = learn(&waters(false), &of_water()).expect("enough articles");
        assert!(learned.zero_shot.all < 0.1, "{learned:?}");
        assert!(learned.taught.all > 0.95, "{learned:?}");
        let head = learned.head.expect("a head");
        let water = Embedding::normalised(&[1.0, 0.0, 0.1]);
        assert!(head.corrected("water", 0.95, &water) > 0.9);
    }

    #[test]
    fn no_more_labels_are_counted_than_are_given() {
        let ids = ["a", "b", "c", "d"];
        let all = ids.map(str::to_owned);
        let article = Taught {
            embedding: Embedding::normalised(&[1.0, 0.0]),
            likely: all.iter().map(|id| (id.clone(), 0.9)).collect(),
            topics: all.iter().cloned().collect(),
        };
        let mut count = Count::default();
        count.add(
            &article,
            &vocabulary(&ids.map(|id| (id, None))),
            |_, likely| likely,
        );
        assert_eq!((count.ours, count.both, count.theirs), (3, 3, 4));
    }

    #[test]
    fn what_editors_teach_is_kept_when_it_helps() {
        let learned = learn_flat(&archive(40, false)).expect("enough articles");
        assert!(learned.zero_shot.first < 0.6, "{learned:?}");
        assert!(learned.taught.first > 0.95 && learned.taught.all > 0.95);
        let head = learned.head.expect("a head");
        let sea = Embedding::normalised(&[1.0, 0.2, 0.3]);
        assert!(head.corrected("sea", 0.5, &sea) > 0.8);
        assert!(head.corrected("land", 0.5, &sea) < 0.2);
        assert_eq!(head.corrected("sky", 0.4, &sea), 0.4);
    }

    #[test]
    fn what_does_not_help_is_not_kept() {
        let learned = learn_flat(&archive(40, true)).expect("enough articles");
        assert_eq!(learned.zero_shot.all, 1.0);
        assert_eq!(learned.head, None);
    }

    #[test]
    fn a_few_labels_are_prototypes() {
        let head = Head::fit(
            &archive(4, false),
            &vocabulary(&[("sea", None), ("land", None)]),
        );
        let sea = Embedding::normalised(&[1.0, 0.2, 0.3]);
        let (sea, land) = (
            head.corrected("sea", 0.5, &sea),
            head.corrected("land", 0.5, &sea),
        );
        assert!(sea > 0.6 && land < 0.4, "{sea} {land}");
    }

    #[test]
    fn too_few_articles_teach_nothing() {
        assert_eq!(learn_flat(&archive(LEAST - 1, false)), None);
    }
}
