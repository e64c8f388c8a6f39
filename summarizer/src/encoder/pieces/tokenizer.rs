//! Two ways to cut text into pieces: BERT's word pieces (`vocab.txt`), and what `tokenizer.json` says.

use rust_bert::pipelines::common::{ModelType, TokenizerOption};
use serde::Deserialize;

use crate::model::{ModelError, ModelFolder};

/// What begins a word in a vocabulary of sentence pieces.
const WORD: char = '\u{2581}';

/// Cuts text into the pieces of a model.
pub(super) struct Tokenizer {
    way: Way,
    /// Before and after each window.
    pub(super) opening: i64,
    pub(super) closing: i64,
    /// Fills rows up.
    pub(super) padding: i64,
}

enum Way {
    WordPieces(Box<TokenizerOption>),
    SentencePieces(Box<tokenizers::Tokenizer>),
}

/// The pieces of a text, without marks.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) ids: Vec<i64>,
    /// Whether a piece goes on with the word of the piece before it.
    pub(super) goes_on: Vec<bool>,
}

#[derive(Deserialize)]
struct TokenizerConfiguration {
    #[serde(default = "yes")]
    do_lower_case: bool,
    strip_accents: Option<bool>,
}

fn yes() -> bool {
    true
}

impl Tokenizer {
    /// The tokenizer of a model's folder: by `vocab.txt` where there is one.
    pub(super) fn load(folder: &ModelFolder) -> Result<Self, ModelError> {
        match folder.vocabulary() {
            Some(vocabulary) => Self::word_pieces(folder, &vocabulary.to_string_lossy()),
            None => Self::sentence_pieces(folder),
        }
    }

    fn word_pieces(folder: &ModelFolder, vocabulary: &str) -> Result<Self, ModelError> {
        let configuration: TokenizerConfiguration =
            folder.configuration("tokenizer_config.json")?;
        let tokenizer = TokenizerOption::from_file(
            ModelType::Bert,
            vocabulary,
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
            way: Way::WordPieces(Box::new(tokenizer)),
            opening,
            closing,
            padding,
        })
    }

    fn sentence_pieces(folder: &ModelFolder) -> Result<Self, ModelError> {
        let wrong =
            |what: &dyn std::fmt::Display| folder.unsupported(format!("tokenizer.json: {what}"));
        let mut tokenizer =
            tokenizers::Tokenizer::from_file(folder.tokenizer()).map_err(|error| wrong(&error))?;
        // Windows are cut and filled up here, by rules of our own.
        tokenizer.with_padding(None);
        tokenizer
            .with_truncation(None)
            .map_err(|error| wrong(&error))?;
        let marks = ["<s>", "</s>", "<pad>"].map(|mark| tokenizer.token_to_id(mark).map(i64::from));
        let [Some(opening), Some(closing), Some(padding)] = marks else {
            return Err(wrong(&"it lists no <s>, </s> and <pad>"));
        };
        Ok(Self {
            way: Way::SentencePieces(Box::new(tokenizer)),
            opening,
            closing,
            padding,
        })
    }

    /// The pieces of a text; none for one that the tokenizer cannot read.
    pub(super) fn cut(&self, text: &str) -> Cut {
        match &self.way {
            Way::WordPieces(tokenizer) => {
                let pieces = tokenizer.tokenize(text);
                Cut {
                    ids: tokenizer.convert_tokens_to_ids(&pieces),
                    goes_on: pieces.iter().map(|piece| piece.starts_with("##")).collect(),
                }
            }
            Way::SentencePieces(tokenizer) => {
                let Ok(encoding) = tokenizer.encode_fast(text, false) else {
                    return Cut::default();
                };
                let pieces = encoding.get_tokens();
                Cut {
                    ids: encoding.get_ids().iter().copied().map(i64::from).collect(),
                    goes_on: pieces
                        .iter()
                        .map(|piece| !piece.starts_with(WORD))
                        .collect(),
                }
            }
        }
    }
}
