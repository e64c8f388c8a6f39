//! Learning from editors: a head is fitted, tried on articles it has not seen, and kept only if it labels them better.

use super::head::{Head, Taught};
use super::labelling::THRESHOLD;

/// Articles that editors labelled before anything is learned.
pub const LEAST: usize = 20;

/// Parts into which the articles are divided: each is judged by what the others taught.
const FOLDS: usize = 5;

/// How well labels agree with the editors', on articles that were not learned from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Share of articles whose likeliest topic is one that the editor gave; of those to which one was given.
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
pub fn learn(taught: &[Taught]) -> Option<Learned> {
    if taught.len() < LEAST {
        return None;
    }
    let mut plain = Count::default();
    let mut with_head = Count::default();
    for fold in 0..FOLDS {
        let of_fold = |index: &usize| index % FOLDS == fold;
        let others = (0..taught.len()).filter(|index| !of_fold(index));
        let others: Vec<Taught> = others.map(|index| taught[index].clone()).collect();
        let head = Head::fit(&others);
        for index in (0..taught.len()).filter(of_fold) {
            let article = &taught[index];
            let likely = article
                .likely
                .iter()
                .map(|(id, &likely)| (id.as_str(), likely));
            plain.add(article, likely.clone());
            with_head.add(
                article,
                likely.map(|(id, likely)| (id, head.corrected(id, likely, &article.embedding))),
            );
        }
    }
    let (zero_shot, learned) = (plain.agreement(), with_head.agreement());
    let is_better = learned.all > zero_shot.all && learned.first >= zero_shot.first;
    Some(Learned {
        articles: taught.len(),
        zero_shot,
        taught: learned,
        head: is_better.then(|| Head::fit(taught)),
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
    fn add<'a>(&mut self, article: &Taught, likely: impl Iterator<Item = (&'a str, f64)>) {
        let mut ranked: Vec<(&str, f64)> = likely.collect();
        ranked.sort_by(|left, right| right.1.total_cmp(&left.1));
        let right = |id: &str| article.topics.contains(id);
        if !article.topics.is_empty() {
            self.with_topics += 1;
            let first = ranked.first();
            self.first_right += usize::from(first.is_some_and(|(id, _)| right(id)));
        }
        let assigned = ranked.iter().take_while(|(_, likely)| *likely >= THRESHOLD);
        for (id, _) in assigned {
            self.ours += 1;
            self.both += usize::from(right(id));
        }
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

    #[test]
    fn what_editors_teach_is_kept_when_it_helps() {
        let learned = learn(&archive(40, false)).expect("enough articles");
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
        let learned = learn(&archive(40, true)).expect("enough articles");
        assert_eq!(learned.zero_shot.all, 1.0);
        assert_eq!(learned.head, None);
    }

    #[test]
    fn a_few_labels_are_prototypes() {
        let head = Head::fit(&archive(4, false));
        let sea = Embedding::normalised(&[1.0, 0.2, 0.3]);
        let (sea, land) = (
            head.corrected("sea", 0.5, &sea),
            head.corrected("land", 0.5, &sea),
        );
        assert!(sea > 0.6 && land < 0.4, "{sea} {land}");
    }

    #[test]
    fn too_few_articles_teach_nothing() {
        assert_eq!(learn(&archive(LEAST - 1, false)), None);
    }
}
