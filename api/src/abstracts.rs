//! Abstracts of any length: cut from the ranking of an article's sentences, or from a text that somebody wrote.
//!
//! A room: it computes, with no connection, clock or await. Lengths and places are counted in Unicode scalar values.

mod ending;
mod mark;
mod said;

use std::collections::HashSet;

use said::Said;

/// How the sentences of an abstract are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// One after the other.
    Paragraph,
    /// One a line, with a bullet before each.
    Bullets,
}

/// A sentence of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Scalar values of the body before it.
    pub start: usize,
    /// Scalar values of the body up to and with its last.
    pub end: usize,
    /// How much it tells; below zero it is quoted only if there is no other.
    pub score: f32,
    /// Stretches of the body inside it that may be left out, the one that loses least first.
    pub omissible: Vec<(usize, usize)>,
    /// How many of them, from the first on, are always left out.
    pub passing: usize,
    /// The sentence before it, if without that it is not understood.
    pub leans_on: Option<(usize, usize)>,
}

/// An abstract cut to length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// What a reader reads.
    pub text: String,
    /// Where in the body its sentences stand, in its order; of a sentence that was cut, what is left of it; of one without
    /// some of its words, each stretch that is kept.
    pub sentences: Vec<(usize, usize)>,
}

impl Style {
    /// What a sentence costs beside its letters: a bullet, and what parts it from the one before.
    fn around(self, first: bool) -> usize {
        match (self, first) {
            (Self::Paragraph, true) => 0,
            (Self::Paragraph, false) => 1,
            (Self::Bullets, true) => 2,
            (Self::Bullets, false) => 3,
        }
    }

    fn set(self, sentences: &[String]) -> String {
        match self {
            // Where no space stands between sentences, none is put there: "……。……。"
            Self::Paragraph => sentences.iter().fold(String::new(), |mut text, one| {
                if !text.is_empty() && !text.ends_with(['。', '．', '｡', '！', '？']) {
                    text.push(' ');
                }
                text + one
            }),
            Self::Bullets => {
                let lines: Vec<String> = sentences.iter().map(|one| format!("• {one}")).collect();
                lines.join("\n")
            }
        }
    }
}

/// How many sentences in a row may be too long before the ranking is walked no further: those behind them fit because they
/// say little.
const TOO_LONG: usize = 6;

/// The most telling sentences of `body` that together have at most `most` characters, in the order of the text.
/// `ranking` has every sentence, the most telling first. One that does not fit whole is said without what it can do
/// without, if that helps, and one that leans on another only with that; the first is always in, cut after a word if
/// nothing else helps. The mark of a list item is no part of its sentence. None without a ranking.
pub fn of_ranking(body: &str, ranking: &[Ranked], most: usize, style: Style) -> Option<Cut> {
    let ranking = mark::left_out(body, ranking);
    let best = ranking.first()?;
    let mut chosen: Vec<Said> = Vec::new();
    let mut taken = HashSet::new();
    let (mut used, mut too_long) = (0, 0);
    for (rank, ranked) in ranking.iter().enumerate() {
        let around = used + style.around(chosen.is_empty());
        let over = chosen.is_empty() || too_long >= TOO_LONG || around >= most;
        if rank > 0 && (over || ranked.score < 0.0) {
            break;
        }
        if rank > 0
            && ranked
                .leans_on
                .is_some_and(|(_, end)| !taken.contains(&end))
        {
            continue;
        }
        let Some(said) = Said::within(ranked, most.saturating_sub(around)) else {
            too_long += 1;
            continue;
        };
        too_long = 0;
        used = around + said.length();
        // By its end, as a mark at its head is left out.
        taken.insert(ranked.end);
        chosen.push(said);
    }
    if chosen.is_empty() {
        let room = most.saturating_sub(style.around(true));
        let sentence = slices(body, &[(best.start, best.end)]).pop()?;
        let kept = ending::after_a_word(&sentence, room);
        let length = kept.chars().count();
        return Some(Cut {
            text: style.set(&[format!("{kept}{}", ending::OMISSION)]),
            sentences: vec![(best.start, best.start + length)],
        });
    }
    chosen.sort_unstable_by_key(|said| said.0.first().copied());
    let stretches: Vec<(usize, usize)> = chosen.iter().flat_map(|said| said.0.clone()).collect();
    let words = slices(body, &stretches);
    // The space that a stretch may begin with is said, but is no part of where it stands.
    let leading = |text: &String| {
        text.chars()
            .take_while(|letter| letter.is_whitespace())
            .count()
    };
    let places = stretches
        .iter()
        .zip(&words)
        .map(|(&(start, end), text)| (start + leading(text), end))
        .collect();
    let mut words = words.into_iter();
    let sentences: Vec<String> = chosen
        .iter()
        .map(|said| words.by_ref().take(said.0.len()).collect())
        .collect();
    Some(Cut {
        text: style.set(&sentences),
        sentences: places,
    })
}

/// The beginning of `text` that has at most `most` characters and ends with a sentence; if the first sentence is too
/// long by itself, it is cut after a word. A paragraph is as it was written; in a list of ours a sentence has our mark only.
pub fn of_text(text: &str, most: usize, style: Style) -> String {
    let mut sentences = ending::sentences(text);
    if style == Style::Bullets {
        for sentence in &mut sentences {
            let mark = mark::length(sentence.chars());
            *sentence = sentence.split_at(after(sentence, mark)).1;
        }
    }
    let mut kept: Vec<String> = Vec::new();
    let mut used = 0;
    for sentence in &sentences {
        let with = used + style.around(kept.is_empty()) + sentence.chars().count();
        if with > most {
            break;
        }
        kept.push((*sentence).to_owned());
        used = with;
    }
    if let (true, Some(first)) = (kept.is_empty(), sentences.first()) {
        let room = most.saturating_sub(style.around(true));
        kept.push(format!(
            "{}{}",
            ending::after_a_word(first, room),
            ending::OMISSION
        ));
    }
    style.set(&kept)
}

/// The byte of a text at which so many characters have passed.
fn after(text: &str, characters: usize) -> usize {
    let next = text.char_indices().nth(characters);
    next.map_or(text.len(), |(at, _)| at)
}

/// Stretches of `body`, which come in the order of the text and do not overlap, found in one walk.
fn slices(body: &str, stretches: &[(usize, usize)]) -> Vec<String> {
    let mut letters = body.chars();
    let mut at = 0;
    stretches
        .iter()
        .map(|&(start, end)| {
            let text = letters
                .by_ref()
                .skip(start.saturating_sub(at))
                .take(end.saturating_sub(start))
                .collect();
            at = end;
            text
        })
        .collect()
}

#[cfg(test)]
mod tests;
