//! Text into word pieces, and word pieces into windows that the model can take whole.

use rust_bert::pipelines::common::{ModelType, TokenizerOption};
use serde::Deserialize;

use crate::model::{ModelError, ModelFolder};

/// Characters of one sentence that are looked at: far more than any sentence has, so that a megabyte without a
/// full stop costs milliseconds instead of gigabytes.
const LONGEST: usize = 32_768;

/// The model's word pieces and the size of its window.
pub(super) struct Pieces {
    tokenizer: TokenizerOption,
    /// Pieces in a window, the two marks included.
    window: usize,
    opening: i64,
    closing: i64,
    padding: i64,
}

/// One text, as windows of piece ids, each with the model's opening and closing marks.
pub(super) type Windows = Vec<Vec<i64>>;

#[derive(Deserialize)]
struct TokenizerConfiguration {
    #[serde(default = "yes")]
    do_lower_case: bool,
    strip_accents: Option<bool>,
}

#[derive(Deserialize)]
struct SentenceConfiguration {
    max_seq_length: usize,
}

fn yes() -> bool {
    true
}

impl Pieces {
    pub(super) fn load(folder: &ModelFolder) -> Result<Self, ModelError> {
        let configuration: TokenizerConfiguration =
            folder.configuration("tokenizer_config.json")?;
        let sentence: SentenceConfiguration = folder.configuration("sentence_bert_config.json")?;
        if sentence.max_seq_length < 8 {
            return Err(folder.unsupported(format!(
                "sentence_bert_config.json: max_seq_length is {} and should be 8 or more",
                sentence.max_seq_length
            )));
        }
        let tokenizer = TokenizerOption::from_file(
            ModelType::Bert,
            &folder.vocabulary().to_string_lossy(),
            None,
            configuration.do_lower_case,
            configuration.strip_accents,
            None,
        )
        .map_err(|error| folder.unsupported(format!("vocab.txt: {error}")))?;
        let marks = tokenizer.convert_tokens_to_ids(&["[CLS]", "[SEP]", "[PAD]"]);
        let &[opening, closing, padding] = marks.as_slice() else {
            return Err(folder.unsupported("vocab.txt lists no [CLS], [SEP] and [PAD]"));
        };
        Ok(Self {
            tokenizer,
            window: sentence.max_seq_length,
            opening,
            closing,
            padding,
        })
    }

    /// The piece that fills rows up.
    pub(super) fn padding(&self) -> i64 {
        self.padding
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
        let pieces = self.tokenizer.tokenize(&text[..end]);
        let ids = self.tokenizer.convert_tokens_to_ids(&pieces);
        cut(&pieces, self.window - 2)
            .into_iter()
            .map(|range| {
                let mut window = Vec::with_capacity(range.len() + 2);
                window.push(self.opening);
                window.extend_from_slice(&ids[range]);
                window.push(self.closing);
                window
            })
            .collect()
    }
}

/// Ranges of at most `room` pieces that cover all of them; one empty range when there are none.
fn cut(pieces: &[String], room: usize) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    while pieces.len() - start > room {
        let remaining = pieces.len() - start;
        let even = remaining.div_ceil(remaining.div_ceil(room));
        // A piece that goes on with a word ("##ing") stays with it, unless the word alone fills the window.
        let word = (start + 1..=start + even)
            .rev()
            .find(|&at| !pieces[at].starts_with("##"));
        let end = word.unwrap_or(start + even);
        ranges.push(start..end);
        start = end;
    }
    ranges.push(start..pieces.len());
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(words: &str) -> Vec<String> {
        words.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_text_that_fits_is_one_window() {
        let whole = |length| {
            vec![std::ops::Range {
                start: 0,
                end: length,
            }]
        };
        assert_eq!(cut(&pieces("a b c"), 3), whole(3));
        assert_eq!(cut(&[], 3), whole(0));
    }

    #[test]
    fn a_longer_text_is_cut_evenly() {
        assert_eq!(cut(&pieces("a b c d"), 3), [0..2, 2..4]);
        assert_eq!(cut(&pieces("a b c d e f g"), 3), [0..3, 3..5, 5..7]);
    }

    #[test]
    fn no_word_is_cut_unless_it_alone_is_too_long() {
        assert_eq!(cut(&pieces("a b ##b c"), 3), [0..1, 1..4]);
        assert_eq!(cut(&pieces("a ##a ##a ##a"), 2), [0..2, 2..4]);
    }

    #[test]
    fn every_piece_is_in_exactly_one_window() {
        for length in 0..60 {
            for room in 2..9 {
                let pieces: Vec<String> = (0..length)
                    .map(|n: usize| if n % 3 == 1 { "##x".into() } else { "x".into() })
                    .collect();
                let ranges = cut(&pieces, room);
                assert!(ranges.iter().all(|range| range.len() <= room));
                let flat: Vec<usize> = ranges.into_iter().flatten().collect();
                assert_eq!(flat, (0..length).collect::<Vec<_>>(), "{length} in {room}");
            }
        }
    }
}
