//! Topics: a closed vocabulary, and which of it a text is about.

mod calibration;
mod head;
mod labelling;
mod learning;
mod overlap;
mod prototype;
mod space;
mod vocabulary;

pub use head::{Head, Taught};
pub use labelling::{Inference, Label, Labelled, Labeller, Scored};
pub use learning::{Agreement, LEAST, Learned, learn};
pub use overlap::Overlap;
pub use vocabulary::{Topic, Vocabulary, VocabularyError};
