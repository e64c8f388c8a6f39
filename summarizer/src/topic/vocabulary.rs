//! The vocabulary file: what the topics are, in the words of whoever runs the archive.

mod entry;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Head;
use entry::{Entry, File, PLAIN};

/// All topics there are, in the order of the file; at least one.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    topics: Vec<Topic>,
    /// What editors taught about the topics, by the name of the model.
    heads: BTreeMap<String, Head>,
}

/// One topic. Every map is by language (ISO 639-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Stable and unique in its vocabulary, for example `medtop:05000000`.
    pub id: String,
    /// The topic it is a part of, by id.
    pub parent: Option<String>,
    /// What readers call it; at least in one language.
    pub names: BTreeMap<String, String>,
    /// One sentence on what belongs to it; may have no language at all.
    pub descriptions: BTreeMap<String, String>,
    /// Names of what belongs to it, in a word or a few; may have no language at all.
    pub subtopics: BTreeMap<String, Vec<String>>,
    /// Sentences as they could stand in a text about it; may have no language at all.
    pub examples: BTreeMap<String, Vec<String>>,
}

impl Topic {
    /// Its name in a language, else in English, else in whatever it has.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        in_language(&self.names, language).unwrap_or(&self.id)
    }

    /// Its description in a language, else in English, else in whatever it has; empty if it has none.
    #[must_use]
    pub fn description(&self, language: &str) -> &str {
        in_language(&self.descriptions, language).unwrap_or_default()
    }
}

fn in_language<'a>(texts: &'a BTreeMap<String, String>, language: &str) -> Option<&'a str> {
    let found = texts.get(language).or_else(|| texts.get(PLAIN));
    found.or_else(|| texts.values().next()).map(String::as_str)
}

/// Why a vocabulary cannot be used.
#[derive(Debug, Error)]
pub enum VocabularyError {
    /// The file cannot be read.
    #[error("cannot read the topics from {}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// The file is not TOML of the right form.
    #[error("{origin}: {message}")]
    Form {
        /// The file.
        origin: String,
        /// Where (line and column) and what.
        message: String,
    },
    /// An entry says something that cannot be.
    #[error("{origin}:{line}: {what}")]
    Entry {
        /// The file.
        origin: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong, and what would be right.
        what: String,
    },
}

impl Vocabulary {
    /// The vocabulary this program comes with: the 17 top-level IPTC Media Topics, described in `topics.toml`.
    ///
    /// # Errors
    /// None in a released program: a test reads the file that is built in.
    pub fn built_in() -> Result<Self, VocabularyError> {
        Self::parse(
            include_str!("../../../topics.toml"),
            "topics.toml (built in)",
        )
    }

    /// Read a vocabulary file; `topics.toml` at the root of the repository explains the form.
    ///
    /// # Errors
    /// [`VocabularyError`] says which file, which line, what is wrong and what would be right.
    pub fn read(path: &Path) -> Result<Self, VocabularyError> {
        let text = fs::read_to_string(path).map_err(|cause| VocabularyError::Unreadable {
            path: path.to_owned(),
            cause,
        })?;
        Self::parse(&text, &path.display().to_string())
    }

    /// The topics, in the order of the file.
    #[must_use]
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The topics that this one is a part of, by their places, the nearest first.
    pub(super) fn above(&self, topic: usize) -> impl Iterator<Item = usize> {
        let parent = |&topic: &usize| {
            let id = self.topics[topic].parent.as_deref()?;
            self.topics.iter().position(|topic| topic.id == id)
        };
        std::iter::successors(parent(&topic), parent)
    }

    /// These topics and all that they are a part of, by their ids; one that it does not have stands for itself.
    pub(super) fn with_those_above<'a>(&'a self, ids: &'a BTreeSet<String>) -> BTreeSet<&'a str> {
        let place = |id: &String| self.topics.iter().position(|topic| topic.id == *id);
        let above = ids.iter().filter_map(place).flat_map(|at| self.above(at));
        let above = above.map(|at| self.topics[at].id.as_str());
        ids.iter().map(String::as_str).chain(above).collect()
    }

    /// The same, with what editors of an archive taught about its topics, by the name of the model.
    #[must_use]
    pub fn taught(self, heads: BTreeMap<String, Head>) -> Self {
        Self { heads, ..self }
    }

    /// What editors taught a model.
    #[must_use]
    pub fn head(&self, model: &str) -> Option<&Head> {
        self.heads.get(model)
    }

    /// Parse a vocabulary; `origin` names it in errors.
    ///
    /// # Errors
    /// As [`Vocabulary::read`].
    pub fn parse(text: &str, origin: &str) -> Result<Self, VocabularyError> {
        let file: File = toml::from_str(text).map_err(|error| VocabularyError::Form {
            origin: origin.to_owned(),
            message: error.to_string().trim_end().to_owned(),
        })?;
        let wrong = |at: usize, what: String| VocabularyError::Entry {
            origin: origin.to_owned(),
            line: text[..at].matches('\n').count() + 1,
            what,
        };
        if file.topics.is_empty() {
            return Err(wrong(
                0,
                "there is no topic; expected at least one [[topic]]".to_owned(),
            ));
        }
        let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &file.topics {
            let (id, at) = entry.id();
            if id.is_empty() || id.contains(char::is_whitespace) {
                return Err(wrong(
                    at,
                    format!("the id is {id:?}; expected characters without white space"),
                ));
            }
            let line = text[..at].matches('\n').count() + 1;
            if let Some(first) = lines.insert(id, line) {
                return Err(wrong(
                    at,
                    format!(
                        "the id {id:?} is already that of the topic in line {first}; ids must differ"
                    ),
                ));
            }
            entry
                .check()
                .map_err(|(at, what)| wrong(at, format!("topic {id:?}: {what}")))?;
        }
        entry::check_parents(&file.topics).map_err(|(at, what)| wrong(at, what))?;
        Ok(Self {
            topics: file.topics.into_iter().map(Entry::into_topic).collect(),
            heads: BTreeMap::new(),
        })
    }
}

#[cfg(test)]
mod tests;
