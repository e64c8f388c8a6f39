//! An abstract, cut from the ranking: the most salient sentences that fit, in the order of the text.

mod clause;

use crate::salience::Ranked;
use crate::sentence::Span;

/// How long an abstract may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Sentences at most.
    pub sentences: usize,
    /// Characters (Unicode scalar values) at most, spaces and the sign of omission included.
    pub characters: usize,
    /// Words at most, as white space parts them; the most salient sentence is in even if it alone has more.
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
    /// Where in the text they stand, in its order. A sentence that was cut has the span of what is left of it.
    pub sentences: Vec<Span>,
}

/// Walk the ranking and take each sentence that still fits, until there are enough. Sentences with a score below
/// zero are taken only if there is no other. `None` for a text without sentences.
///
/// The most salient sentence is always in: if it alone is too long it is cut at the end of a clause.
#[must_use]
pub fn compose(text: &str, ranking: &[Ranked], budget: Budget) -> Option<Abstract> {
    let best = ranking.first()?;
    if length(best.span) > budget.characters {
        return Some(cut(text, best.span, budget.characters));
    }
    let mut chosen = vec![best.span];
    let mut used = length(best.span);
    let mut words = count_words(text, best.span);
    for ranked in &ranking[1..] {
        if chosen.len() >= budget.sentences || ranked.score < 0.0 {
            break;
        }
        let with = used + 1 + length(ranked.span);
        if with > budget.characters {
            continue;
        }
        let said = words + count_words(text, ranked.span);
        if said <= budget.words {
            chosen.push(ranked.span);
            (used, words) = (with, said);
        }
    }
    chosen.sort_unstable();
    let words: Vec<String> = chosen.iter().map(|&span| slice(text, span)).collect();
    Some(Abstract {
        text: words.join(" "),
        sentences: chosen,
    })
}

fn length(span: Span) -> usize {
    span.end - span.start
}

fn count_words(text: &str, span: Span) -> usize {
    slice(text, span).split_whitespace().count()
}

fn slice(text: &str, span: Span) -> String {
    text.chars().skip(span.start).take(length(span)).collect()
}

fn cut(text: &str, span: Span, characters: usize) -> Abstract {
    let room = characters.saturating_sub(OMISSION.chars().count()).max(1);
    // One more than fits, so that it can be seen whether a word ends there.
    let beginning: Vec<char> = text.chars().skip(span.start).take(room + 1).collect();
    let end = clause::end(&beginning, room);
    let kept: String = beginning[..end].iter().collect();
    Abstract {
        text: kept + OMISSION,
        sentences: vec![Span {
            start: span.start,
            end: span.start + end,
        }],
    }
}

#[cfg(test)]
mod tests;
