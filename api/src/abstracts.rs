//! Abstracts of any length: cut from the ranking of an article's sentences, or from a text that somebody wrote.
//!
//! A room: it computes, with no connection, clock or await. Lengths and places are counted in Unicode scalar values.

mod ending;

/// How the sentences of an abstract are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// One after the other.
    Paragraph,
    /// One a line, with a bullet before each.
    Bullets,
}

/// A sentence of a body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// Scalar values of the body before it.
    pub start: usize,
    /// Scalar values of the body up to and with its last.
    pub end: usize,
    /// How much it tells; below zero it is quoted only if there is no other.
    pub score: f32,
}

/// An abstract cut to length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// What a reader reads.
    pub text: String,
    /// Where in the body its sentences stand, in its order; of a sentence that was cut, what is left of it.
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
            Self::Paragraph => sentences.join(" "),
            Self::Bullets => {
                let lines: Vec<String> = sentences.iter().map(|one| format!("• {one}")).collect();
                lines.join("\n")
            }
        }
    }
}

/// The most telling sentences of `body` that together have at most `most` characters, in the order of the text.
/// `ranking` has every sentence, the most telling first; that one is always in, cut after a word if it is too long
/// by itself. None without a ranking.
pub fn of_ranking(body: &str, ranking: &[Ranked], most: usize, style: Style) -> Option<Cut> {
    let best = ranking.first()?;
    let room = most.saturating_sub(style.around(true));
    if best.end - best.start > room {
        let sentence = slices(body, &[(best.start, best.end)]).pop()?;
        let kept = ending::after_a_word(&sentence, room);
        let length = kept.chars().count();
        return Some(Cut {
            text: style.set(&[format!("{kept}{}", ending::OMISSION)]),
            sentences: vec![(best.start, best.start + length)],
        });
    }
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    let mut used = 0;
    for ranked in ranking {
        if ranked.score < 0.0 && !chosen.is_empty() {
            break;
        }
        let with = used + style.around(chosen.is_empty()) + ranked.end.saturating_sub(ranked.start);
        if with <= most {
            chosen.push((ranked.start, ranked.end));
            used = with;
        }
    }
    chosen.sort_unstable();
    Some(Cut {
        text: style.set(&slices(body, &chosen)),
        sentences: chosen,
    })
}

/// The beginning of `text` that has at most `most` characters and ends with a sentence; if the first sentence is too
/// long by itself, it is cut after a word.
pub fn of_text(text: &str, most: usize, style: Style) -> String {
    let sentences = ending::sentences(text);
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
