//! Text into word pieces, and word pieces into windows that the model can take whole.

mod tokenizer;

use std::ops::Range;

use serde::Deserialize;

use crate::model::{ModelError, ModelFolder};
use tokenizer::Tokenizer;

/// Characters of one sentence that are looked at: far more than any sentence has, so that a megabyte without a
/// full stop costs milliseconds instead of gigabytes.
const LONGEST: usize = 32_768;

/// The model's pieces and the size of its window.
pub(super) struct Pieces {
    tokenizer: Tokenizer,
    /// What the model was trained to see before every text; no piece for most models.
    prompt: Vec<i64>,
    /// Pieces of text in a window, beside the two marks and the prompt.
    room: usize,
}

/// One text, as windows of piece ids, each with the model's opening and closing marks.
pub(super) type Windows = Vec<Vec<i64>>;

#[derive(Deserialize)]
struct SentenceConfiguration {
    max_seq_length: usize,
}

#[derive(Deserialize)]
struct Configuration {
    max_position_embeddings: Option<usize>,
}

impl Pieces {
    pub(super) fn load(folder: &ModelFolder) -> Result<Self, ModelError> {
        let sentence: SentenceConfiguration = folder.configuration("sentence_bert_config.json")?;
        let tokenizer = Tokenizer::load(folder)?;
        // Without the space at its end, which belongs to the word that follows.
        let prompt = tokenizer.cut(folder.prompt()?.trim_end()).ids;
        let Configuration {
            max_position_embeddings: places,
        } = folder.configuration("config.json")?;
        let room = room(sentence.max_seq_length, places, prompt.len());
        Ok(Self {
            room: room.map_err(|what| folder.unsupported(what))?,
            tokenizer,
            prompt,
        })
    }

    /// The piece that fills rows up.
    pub(super) fn padding(&self) -> i64 {
        self.tokenizer.padding
    }

    /// Cut each text into as few windows as it needs, of about equal length, none of them inside a word.
    pub(super) fn windows(&self, texts: &[String]) -> Vec<Windows> {
        texts.iter().map(|text| self.windows_of(text)).collect()
    }

    fn windows_of(&self, text: &str) -> Windows {
        let end = text
            .char_indices()
            .nth(LONGEST)
            .map_or(text.len(), |(at, _)| at);
        let cut = self.tokenizer.cut(&text[..end]);
        parts(&cut.goes_on, self.room)
            .into_iter()
            .map(|range| {
                let mut window = Vec::with_capacity(range.len() + 2 + self.prompt.len());
                window.push(self.tokenizer.opening);
                window.extend_from_slice(&self.prompt);
                window.extend_from_slice(&cut.ids[range]);
                window.push(self.tokenizer.closing);
                window
            })
            .collect()
    }
}

/// Pieces of text in a window: what the model reads at once, and no more than it has places for, less the two marks and the
/// prompt. Else what is wrong with that.
fn room(at_once: usize, places: Option<usize>, prompt: usize) -> Result<usize, String> {
    let least = 8 + prompt;
    let all = [
        ("sentence_bert_config.json: max_seq_length", at_once),
        (
            "config.json: max_position_embeddings",
            places.unwrap_or(usize::MAX),
        ),
    ];
    if let Some((what, found)) = all.iter().find(|(_, found)| *found < least) {
        return Err(format!("{what} is {found} and should be {least} or more"));
    }
    let [(_, at_once), (_, places)] = all;
    Ok(at_once.min(places) - 2 - prompt)
}

/// Ranges of at most `room` pieces that cover all of them; one empty range when there are none. `goes_on` says of each
/// piece whether it belongs to the word before it.
fn parts(goes_on: &[bool], room: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    while goes_on.len() - start > room {
        let remaining = goes_on.len() - start;
        let even = remaining.div_ceil(remaining.div_ceil(room));
        // A piece that goes on with a word stays with it, unless the word alone fills the window.
        let word = (start + 1..=start + even).rev().find(|&at| !goes_on[at]);
        let end = word.unwrap_or(start + even);
        ranges.push(start..end);
        start = end;
    }
    ranges.push(start..goes_on.len());
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(words: &str, room: usize) -> Vec<Range<usize>> {
        let goes_on: Vec<bool> = words
            .split_whitespace()
            .map(|piece| piece.starts_with("##"))
            .collect();
        parts(&goes_on, room)
    }

    #[test]
    fn a_window_is_no_longer_than_the_model_has_places() {
        let table = [
            ((256, Some(512), 0), Ok(254)),
            ((512, Some(128), 3), Ok(123)),
            ((256, None, 0), Ok(254)),
            (
                (7, Some(512), 0),
                Err("sentence_bert_config.json: max_seq_length is 7 and should be 8 or more"),
            ),
            (
                (256, Some(9), 4),
                Err("config.json: max_position_embeddings is 9 and should be 12 or more"),
            ),
        ];
        for ((at_once, places, prompt), expected) in table {
            let found = room(at_once, places, prompt);
            assert_eq!(found, expected.map_err(str::to_owned));
        }
    }

    #[test]
    fn a_text_that_fits_is_one_window() {
        let whole = |length| {
            vec![Range {
                start: 0,
                end: length,
            }]
        };
        assert_eq!(cut("a b c", 3), whole(3));
        assert_eq!(cut("", 3), whole(0));
    }

    #[test]
    fn a_longer_text_is_cut_evenly() {
        assert_eq!(cut("a b c d", 3), [0..2, 2..4]);
        assert_eq!(cut("a b c d e f g", 3), [0..3, 3..5, 5..7]);
    }

    #[test]
    fn no_word_is_cut_unless_it_alone_is_too_long() {
        assert_eq!(cut("a b ##b c", 3), [0..1, 1..4]);
        assert_eq!(cut("a ##a ##a ##a", 2), [0..2, 2..4]);
    }

    #[test]
    fn every_piece_is_in_exactly_one_window() {
        for length in 0..60 {
            for room in 2..9 {
                let goes_on: Vec<bool> = (0..length).map(|n: usize| n % 3 == 1).collect();
                let ranges = parts(&goes_on, room);
                assert!(ranges.iter().all(|range| range.len() <= room));
                let flat: Vec<usize> = ranges.into_iter().flatten().collect();
                assert_eq!(flat, (0..length).collect::<Vec<_>>(), "{length} in {room}");
            }
        }
    }
}
