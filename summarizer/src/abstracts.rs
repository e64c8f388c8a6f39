//! An abstract, cut from the ranking: the most salient sentences that fit, in the order of the text.

mod clause;
mod omission;
mod said;

use std::collections::HashSet;

use crate::salience::Ranked;
use crate::sentence::{Span, count_words, is_full_width};
use said::Said;

/// How long an abstract may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Sentences at most.
    pub sentences: usize,
    /// Characters (Unicode scalar values) at most, spaces and the sign of omission included.
    pub characters: usize,
    /// Words at most, as [`count_words`] counts them, the sign of omission included.
    pub words: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            sentences: 3,
            characters: 400,
            words: usize::MAX,
        }
    }
}

/// What stands for the words left out of a sentence that is longer than the whole budget.
const OMISSION: &str = " …";

/// A short summary made of sentences of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abstract {
    /// The sentences, joined by one space; ends in " …" if the only one had to be cut.
    pub text: String,
    /// Where in the text they stand, in its order. A sentence that was cut has the span of what is left of it; one of
    /// which something was left out has a span for each stretch that is kept.
    pub sentences: Vec<Span>,
}

/// How many sentences of a ranking are read for what they can do without: more than any abstract holds.
const READ: usize = 24;

/// Note in a ranking what its most salient sentences can do without: the word for its day, asides,
/// appositions, trailing clauses, in English and French.
pub fn note_omissions(text: &str, ranking: &mut [Ranked]) {
    let chars: Vec<char> = text.chars().collect();
    for ranked in ranking.iter_mut().take(READ) {
        let sentence: String = chars[ranked.span.start..ranked.span.end].iter().collect();
        let start = ranked.span.start;
        let found = omission::omissions(&sentence);
        let spans = found.spans.into_iter().map(|span| Span {
            start: start + span.start,
            end: start + span.end,
        });
        ranked.omissible = spans.collect();
        ranked.passing = found.days;
    }
}

/// How many sentences in a row may be too long before the ranking is walked no further: those behind them fit because they
/// say little.
const TOO_LONG: usize = 6;

/// Walk the ranking and take each sentence that still fits, until there are enough. One that does not fit whole is taken
/// without what it can do without, if that helps; one that leans on another only with that. Sentences with a score below
/// zero are taken only if there is no other. `None` for a text without sentences.
///
/// The most salient sentence is always in: if it alone is too long it is cut at the end of a clause.
#[must_use]
pub fn compose(text: &str, ranking: &[Ranked], budget: Budget) -> Option<Abstract> {
    let chars: Vec<char> = text.chars().collect();
    let best = ranking.first()?;
    // Where only sentences are counted, each is whole; else without the word for a day that will have passed.
    let whole = budget.characters == usize::MAX && budget.words == usize::MAX;
    let least = |ranked: &Ranked| if whole { 0 } else { ranked.passing };
    let mut room = budget;
    let Some(first) = fitting(&chars, best, least(best), room) else {
        return Some(cut(&chars, best.span, budget));
    };
    room.take(&first.text);
    let mut chosen = vec![first];
    let mut taken = HashSet::from([best.span]);
    let mut too_long = 0;
    for ranked in &ranking[1..] {
        if ranked.score < 0.0 || too_long >= TOO_LONG || room.is_used_up() {
            break;
        }
        if ranked.leans_on.is_some_and(|other| !taken.contains(&other)) {
            continue;
        }
        let Some(said) = fitting(&chars, ranked, least(ranked), room) else {
            too_long += 1;
            continue;
        };
        too_long = 0;
        room.take(&said.text);
        taken.insert(ranked.span);
        chosen.push(said);
    }
    chosen.sort_unstable_by_key(|said| said.spans.first().copied());
    let mut words = String::new();
    for said in &chosen {
        // Where none stands between sentences, none is put there: "……。……。"
        if !words.is_empty() && !words.ends_with(is_full_width) {
            words.push(' ');
        }
        words.push_str(&said.text);
    }
    Some(Abstract {
        text: words,
        sentences: chosen.iter().flat_map(|said| said.spans.clone()).collect(),
    })
}

impl Budget {
    /// Whether one more sentence fits; it is then taken from what is left.
    pub(crate) fn takes(&mut self, sentence: &str) -> bool {
        let fits = self.sentences > 0 && self.holds(sentence);
        if fits {
            self.take(sentence);
        }
        fits
    }

    /// What is left after this sentence and a space.
    fn take(&mut self, sentence: &str) {
        self.sentences = self.sentences.saturating_sub(1);
        self.characters = self.characters.saturating_sub(sentence.chars().count() + 1);
        self.words = self.words.saturating_sub(count_words(sentence));
    }

    fn is_used_up(self) -> bool {
        self.sentences == 0 || self.characters == 0 || self.words == 0
    }

    /// Whether a sentence fits by its length.
    fn holds(self, sentence: &str) -> bool {
        sentence.chars().count() <= self.characters && count_words(sentence) <= self.words
    }
}

/// The sentence with as little left out as makes it fit, but at least so many of its omissions.
fn fitting(chars: &[char], ranked: &Ranked, least: usize, room: Budget) -> Option<Said> {
    (least..=ranked.omissible.len())
        .map(|omitted| Said::without(chars, ranked, omitted))
        .find(|said| room.holds(&said.text))
}

fn cut(chars: &[char], span: Span, budget: Budget) -> Abstract {
    let sentence = &chars[span.start..span.end];
    let characters = budget.characters.min(within_words(sentence, budget.words));
    let room = characters.saturating_sub(OMISSION.chars().count()).max(1);
    // One more than fits, so that it can be seen whether a word ends there.
    let beginning = &sentence[..sentence.len().min(room + 1)];
    let end = clause::end(beginning, room);
    let kept: String = beginning[..end].iter().collect();
    Abstract {
        text: kept + OMISSION,
        sentences: vec![Span {
            start: span.start,
            end: span.start + end,
        }],
    }
}

/// Characters of a sentence up to so many words, the sign of omission being one of them.
fn within_words(sentence: &[char], words: usize) -> usize {
    let most = words.saturating_sub(1).max(1);
    let mut kept = 0;
    let mut said = 0;
    for word in sentence.split_inclusive(|c| c.is_whitespace()) {
        let text: String = word.iter().collect();
        let more = count_words(&text);
        if said + more > most {
            // In a script without spaces some of its letters may still stay.
            let letters = if more > 1 { 2 * (most - said) } else { 0 };
            return kept + letters + OMISSION.chars().count();
        }
        said += more;
        kept += word.len();
    }
    usize::MAX
}

#[cfg(test)]
mod tests;
