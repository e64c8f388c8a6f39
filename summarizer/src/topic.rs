//! Topics: a closed vocabulary, and which of it a text is about.

mod labelling;
mod vocabulary;

pub use labelling::{Label, Labeller, Scored};
pub use vocabulary::{Topic, Vocabulary, VocabularyError};
