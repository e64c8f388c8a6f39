//! Labels by natural language inference (NLI): whether a text entails “This text is about sport.”, by a model that the
//! user brings, run by `rust-bert` on a thread of its own.

mod folder;
mod model;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use thiserror::Error;

use crate::desk::{Desk, DeskError};
use crate::model::Identity;
use model::Model;

pub use folder::EntailmentFolder;

/// A handle to the thread of a model that judges; cheap to clone. The thread ends with the last handle.
#[derive(Clone)]
pub struct Judge(Arc<Desk<Question, Vec<f64>>>);

/// What a model is asked: whether each of the hypotheses follows from the premise.
struct Question {
    premise: String,
    hypotheses: Vec<String>,
}

/// Why there is no judgement.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EntailmentError {
    /// There is no such folder.
    #[error(
        "there is no model at {}; name the folder of one, or one that `communique-summarizer models` lists",
        path.display()
    )]
    NoFolder {
        /// What was named.
        path: PathBuf,
    },
    /// A file is not what the folder's `SHA256SUMS` says, or cannot be read.
    #[error("{0}")]
    Damaged(String),
    /// A file is missing, or says something else than it should.
    #[error("{}: {what}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what would be right.
        what: String,
    },
    /// The model cannot be loaded, or failed on a text.
    #[error("the model of entailment failed: {0}")]
    Model(String),
    /// The thread is gone, and with it the model.
    #[error("the model of entailment has stopped; start the program again")]
    Stopped,
}

impl Judge {
    /// Load the model on a thread of its own, which computes on so many cores.
    ///
    /// # Errors
    /// [`EntailmentError`] when the folder holds no model that can be run.
    pub fn start(folder: EntailmentFolder, threads: NonZeroUsize) -> Result<Self, EntailmentError> {
        let identity = folder.identity().clone();
        let load = move || Model::load(&folder);
        let answer =
            |model: &Model, asked: Question| model.entailed(&asked.premise, &asked.hypotheses);
        let desk = Desk::open("judge", identity, threads, load, answer)?;
        Ok(Self(Arc::new(desk)))
    }

    /// Which model it is, to be stored with the labels it gave.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }

    /// For each hypothesis, how likely it follows from the premise rather than contradicts it, 0 to 1.
    ///
    /// # Errors
    /// [`EntailmentError::Model`] when the model fails on this text, [`EntailmentError::Stopped`] when it is gone.
    pub async fn entailed(
        &self,
        premise: &str,
        hypotheses: Vec<String>,
    ) -> Result<Vec<f64>, EntailmentError> {
        let premise = premise.to_owned();
        let question = Question {
            premise,
            hypotheses,
        };
        Ok(self.0.ask(question).await?)
    }
}

impl From<DeskError> for EntailmentError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Failed(what) => Self::Model(what),
            DeskError::Stopped => Self::Stopped,
        }
    }
}

/// That a text is about a topic of this name, in the language of the text where we can say it.
#[must_use]
pub fn hypothesis(language: &str, name: &str) -> String {
    let name = in_a_sentence(name);
    match language {
        "fr" => format!("Ce texte parle de ce sujet : {name}."),
        _ => format!("This text is about {name}."),
    }
}

/// A name as it stands within a sentence; an acronym stays as it is.
fn in_a_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests;
