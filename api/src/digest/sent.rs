//! What an edition is once others of its digest were sent: what they held is left out, and the same again is the same.

use std::collections::HashSet;

use entity::edition;
use entity::id::{ArticleId, EditionId};

use crate::newsletter::{Candidate, Chosen, Limits, choose};

/// Of what, and how, the articles of an edition are chosen.
pub(super) struct Choosing<'a> {
    /// Name of the digest.
    pub(super) name: &'a str,
    /// Ids of the candidates.
    pub(super) ids: &'a [ArticleId],
    /// The articles of the period that fit.
    pub(super) candidates: &'a [Candidate],
    /// The topics, in the order of their sections.
    pub(super) sections: &'a [String],
    /// The languages, the dearest first.
    pub(super) preferred: &'a [String],
    /// The article that opens the issue; it was named, so it stays whether it was sent or not.
    pub(super) lead: Option<usize>,
    /// How much.
    pub(super) limits: Limits,
}

/// What was chosen.
pub(super) struct Made {
    /// The articles, by their places among the candidates.
    pub(super) chosen: Chosen,
    /// Their ids, those of the others of their stories too, in order.
    pub(super) articles: Vec<ArticleId>,
    /// The id that these make.
    pub(super) edition: EditionId,
    /// How many candidates were left out, as they were sent.
    pub(super) sent: usize,
}

impl Choosing<'_> {
    /// What is in the edition after these, which were sent in this order.
    ///
    /// What would have been chosen in place of one of them is that one: whoever asks twice for the same gets the same, not
    /// what found no room the first time.
    pub(super) fn after(&self, editions: &[edition::Model]) -> Made {
        let there: HashSet<&ArticleId> = self.ids.iter().collect();
        for (place, edition) in editions.iter().enumerate().rev() {
            // Of what is not among the candidates, nothing can be chosen.
            if !edition.articles.0.iter().all(|id| there.contains(id)) {
                continue;
            }
            let made = self.without(&editions[..place]);
            if made.edition == edition.id {
                return made;
            }
        }
        self.without(editions)
    }

    fn without(&self, editions: &[edition::Model]) -> Made {
        let held: HashSet<&ArticleId> = editions
            .iter()
            .flat_map(|edition| &edition.articles.0)
            .collect();
        let kept: Vec<usize> = (0..self.ids.len())
            .filter(|place| Some(*place) == self.lead || !held.contains(&self.ids[*place]))
            .collect();
        let candidates: Vec<Candidate> = kept
            .iter()
            .map(|place| self.candidates[*place].clone())
            .collect();
        let lead = self
            .lead
            .and_then(|lead| kept.iter().position(|place| *place == lead));
        let mut chosen = choose(
            &candidates,
            self.sections,
            self.preferred,
            lead,
            self.limits,
        );
        let parts = chosen.parts.iter_mut().flat_map(|part| &mut part.picks);
        for pick in chosen.lead.iter_mut().chain(parts) {
            pick.article = kept[pick.article];
            for other in &mut pick.also {
                *other = kept[*other];
            }
        }
        let articles = self.articles(&chosen);
        Made {
            edition: self.edition(&articles),
            articles,
            sent: self.ids.len() - kept.len(),
            chosen,
        }
    }

    /// In the order of their ids, so that neither the order of topics nor which of a story comes first makes another edition.
    fn articles(&self, chosen: &Chosen) -> Vec<ArticleId> {
        let parts = chosen.parts.iter().flat_map(|part| &part.picks);
        let mut articles: Vec<ArticleId> = chosen
            .lead
            .iter()
            .chain(parts)
            .flat_map(|pick| std::iter::once(&pick.article).chain(&pick.also))
            .map(|place| self.ids[*place].clone())
            .collect();
        articles.sort_unstable();
        articles
    }

    fn edition(&self, articles: &[ArticleId]) -> EditionId {
        let mut parts = vec![self.name];
        parts.extend(articles.iter().map(ArticleId::as_str));
        EditionId::of(&parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Articles by a letter each, newest first; those in capitals are of one story.
    fn candidates(letters: &str) -> (Vec<ArticleId>, Vec<Candidate>) {
        let of = |letter: char| {
            let candidate = Candidate {
                language: if letter == 'A' { "fr" } else { "en" }.to_owned(),
                published_on: None,
                story: letter.is_uppercase().then(|| "s".to_owned()),
                topics: vec![if letter < 'n' { "t:1" } else { "t:2" }.to_owned()],
            };
            (ArticleId(letter.to_string()), candidate)
        };
        letters.chars().map(of).unzip()
    }

    fn made(letters: &str, editions: &[edition::Model], asked: (&[&str], &[&str], usize)) -> Made {
        let (ids, candidates) = candidates(letters);
        let texts =
            |list: &[&str]| -> Vec<String> { list.iter().map(|text| (*text).to_owned()).collect() };
        let (sections, preferred) = (texts(asked.0), texts(asked.1));
        let choosing = Choosing {
            name: "weekly",
            ids: &ids,
            candidates: &candidates,
            sections: &sections,
            preferred: &preferred,
            lead: None,
            limits: Limits {
                per_topic: asked.2,
                articles: 100,
            },
        };
        choosing.after(editions)
    }

    const PLAIN: (&[&str], &[&str], usize) = (&["t:1", "t:2"], &["en"], 10);

    fn shown(made: &Made) -> String {
        made.articles.iter().map(ArticleId::as_str).collect()
    }

    fn sent(made: &Made) -> edition::Model {
        edition::Model {
            id: made.edition.clone(),
            name: "weekly".to_owned(),
            period_from: chrono::NaiveDate::MIN,
            period_to: chrono::NaiveDate::MAX,
            articles: edition::Articles(made.articles.clone()),
            sent_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_same_articles_are_the_same_edition_in_whatever_order_they_stand() {
        let first = made("azAB", &[], PLAIN);
        assert_eq!(shown(&first), "ABaz");
        for (letters, asked) in [
            ("BAza", PLAIN),
            ("azAB", (&["t:2", "t:1"][..], PLAIN.1, 10)),
            // Another of the story comes first.
            ("azAB", (PLAIN.0, &["fr"][..], 10)),
        ] {
            let other = made(letters, &[], asked);
            assert_eq!(other.edition, first.edition, "{letters} {asked:?}");
        }
        assert_ne!(made("azA", &[], PLAIN).edition, first.edition);
    }

    #[test]
    fn what_was_sent_is_left_out_of_what_comes_after() {
        let first = made("ba", &[], PLAIN);
        let one = [sent(&first)];
        // Asked for again it is the same; with one more, that one alone.
        assert_eq!(made("ba", &one, PLAIN).edition, first.edition);
        let second = made("cba", &one, PLAIN);
        assert_eq!((shown(&second), second.sent), ("c".to_owned(), 2));
        let both = [sent(&first), sent(&second)];
        assert_eq!(made("cba", &both, PLAIN).edition, second.edition);
        assert_eq!(shown(&made("dcb", &both, PLAIN)), "d");
        // The days of the oldest are past, and nothing is new.
        let none = made("b", &both, PLAIN);
        assert_eq!((shown(&none), none.sent), (String::new(), 1));
    }

    #[test]
    fn what_found_no_room_comes_with_what_is_new_and_not_by_asking_twice() {
        let first = made("dcba", &[], (PLAIN.0, PLAIN.1, 2));
        assert_eq!(shown(&first), "cd");
        let one = [sent(&first)];
        assert_eq!(shown(&made("dcba", &one, (PLAIN.0, PLAIN.1, 2))), "cd");
        assert_eq!(shown(&made("edcba", &one, (PLAIN.0, PLAIN.1, 2))), "be");
    }
}
