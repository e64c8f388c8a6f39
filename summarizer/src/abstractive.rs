//! Summaries in a model's own words, when the user brings a model: BART, PEGASUS, T5, LongT5 or ProphetNet, run by
//! `rust-bert` on a thread of its own. What it writes goes through [`crate::grounding`] before anyone reads it.

mod card;
mod chunk;
pub mod fetch;
mod folder;
mod generator;
mod wording;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use thiserror::Error;

use crate::desk::{Desk, DeskError};
use crate::model::Identity;
use crate::sentence;
use generator::Generator;

pub use card::{Card, Files, Generation, Kind, Limits};
pub use folder::AbstractiveFolder;
pub(crate) use wording::{Known, say};
pub use wording::{OwnWords, Wording};

/// A handle to the thread of a model that writes; cheap to clone. The thread ends with the last handle.
#[derive(Clone)]
pub struct Writer(Arc<Desk<String, Vec<Draft>>>);

/// What a model wrote about a chunk of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it wrote.
    pub text: String,
    /// Whether it was stopped before it ended a sentence.
    pub unfinished: bool,
}

/// Why there is no summary in a model's own words.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AbstractiveError {
    /// There is no such folder, and no card has this name.
    #[error(
        "there is no model at {}; name a folder with the files of one, or one of the models in docs/abstractive.md",
        path.display()
    )]
    NoFolder {
        /// What was named.
        path: PathBuf,
    },
    /// The model is known by name, but nobody has put it there.
    #[error("{about}: `communique-summarizer models fetch {name}` fetches it, or put its files into {}: {files}", folder.display())]
    NotFetched {
        /// Where it is looked for.
        folder: PathBuf,
        /// What must be in it.
        files: String,
        /// Its name.
        name: String,
        /// What it is.
        about: String,
    },
    /// Nothing says what the model in the folder is.
    #[error("{} has no model.toml, and is not called as one of {known}; see docs/abstractive.md", folder.display())]
    NoCard {
        /// The folder.
        folder: PathBuf,
        /// Names of the cards that come with the program.
        known: String,
    },
    /// A file is not there.
    #[error("{} is missing; the card of {name} asks for it", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// The model.
        name: String,
    },
    /// A file is not what its card says.
    #[error("{} is another file: its SHA-256 is {found} and should be {expected}", path.display())]
    Altered {
        /// The file.
        path: PathBuf,
        /// What the card says.
        expected: String,
        /// What is there.
        found: String,
    },
    /// A file is not what the folder's `SHA256SUMS` says, or cannot be read.
    #[error("{0}")]
    Damaged(String),
    /// A file cannot be read, or says something else than it should.
    #[error("{}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Where and what.
        cause: String,
    },
    /// The model cannot be loaded, or failed on a text.
    #[error("the model that writes failed: {0}")]
    Model(String),
    /// The thread is gone, and with it the model.
    #[error("the model that writes has stopped; start the program again")]
    Stopped,
}

impl Writer {
    /// Load the model on a thread of its own, which computes on so many cores.
    ///
    /// # Errors
    /// [`AbstractiveError`] when the folder holds no model that can be run.
    pub fn start(
        folder: AbstractiveFolder,
        threads: NonZeroUsize,
    ) -> Result<Self, AbstractiveError> {
        let identity = folder.identity();
        let load = move || Generator::load(&folder);
        let answer = |generator: &Generator, body: String| drafts(&body, generator);
        let desk = Desk::open("writer", identity, threads, load, answer)?;
        Ok(Self(Arc::new(desk)))
    }

    /// Which model it is, to be stored with what it wrote.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }

    /// Let the model write about a text: one draft for each chunk that it must be cut into. Every word of the text is
    /// read, and the drafts depend on it alone.
    ///
    /// # Errors
    /// [`AbstractiveError::Model`] when the model fails on this text, [`AbstractiveError::Stopped`] when it is gone.
    pub async fn write(&self, body: &str) -> Result<Vec<Draft>, AbstractiveError> {
        Ok(self.0.ask(body.to_owned()).await?)
    }
}

impl From<DeskError> for AbstractiveError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Failed(what) => Self::Model(what),
            DeskError::Stopped => Self::Stopped,
        }
    }
}

fn drafts(body: &str, generator: &Generator) -> Result<Vec<Draft>, String> {
    let sentences: Vec<&str> = sentence::split(body)
        .iter()
        .map(|sentence| sentence.text)
        .collect();
    let chunks = chunk::chunks(&sentences, generator.room(), |text| generator.pieces(text));
    let written = generator.write(&chunks)?;
    Ok(written.into_iter().map(Draft::of).collect())
}

impl Draft {
    fn of(text: String) -> Self {
        let end = text.trim_end_matches(|letter: char| {
            matches!(letter, '"' | '”' | '»' | '’' | ')' | ' ' | '\u{a0}')
        });
        let unfinished = !end.ends_with(['.', '!', '?', '…']);
        Self { text, unfinished }
    }
}

#[cfg(test)]
mod tests;
