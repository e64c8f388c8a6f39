//! The vocabulary file: what the topics are, in the words of whoever runs the archive.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;

/// All topics there are, in the order of the file; at least one.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    topics: Vec<Topic>,
}

/// One topic. Every map is by language (ISO 639-1) and has English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Stable and unique in its vocabulary, for example `medtop:05000000`.
    pub id: String,
    /// What readers call it.
    pub names: BTreeMap<String, String>,
    /// One sentence on what belongs to it.
    pub descriptions: BTreeMap<String, String>,
    /// Sentences as they could stand in a text about it; may have no language at all.
    pub examples: BTreeMap<String, Vec<String>>,
}

impl Topic {
    /// What describes the topic in a language, or in all of them (`None`): name, description, examples.
    #[must_use]
    pub fn texts(&self, language: Option<&str>) -> Vec<&str> {
        let wanted = |key: &String| language.is_none_or(|language| language == key);
        let names = self.names.iter().chain(&self.descriptions);
        let single = names
            .filter(|(key, _)| wanted(key))
            .map(|(_, text)| text.as_str());
        let examples = self.examples.iter().filter(|(key, _)| wanted(key));
        single
            .chain(examples.flat_map(|(_, texts)| texts.iter().map(String::as_str)))
            .collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "topic")]
    topics: Vec<Entry>,
}

type Texts = BTreeMap<String, Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    name: Spanned<Texts>,
    description: Spanned<Texts>,
    #[serde(default)]
    examples: BTreeMap<String, Vec<Spanned<String>>>,
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
            let (id, at) = (entry.id.get_ref().as_str(), entry.id.span().start);
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
        Ok(Self {
            topics: file.topics.into_iter().map(Entry::into_topic).collect(),
        })
    }
}

impl Entry {
    /// The place of the first thing wrong with the texts, and what it is.
    fn check(&self) -> Result<(), (usize, String)> {
        for (field, texts) in [("name", &self.name), ("description", &self.description)] {
            if !texts.get_ref().contains_key("en") {
                return Err((
                    texts.span().start,
                    format!("the {field} in English is missing; expected {field}.en = \"…\""),
                ));
            }
            for (language, text) in texts.get_ref() {
                check_text(field, language, text)?;
            }
        }
        for (language, texts) in &self.examples {
            for text in texts {
                check_text("example", language, text)?;
            }
        }
        Ok(())
    }

    fn into_topic(self) -> Topic {
        let plain = |texts: Spanned<Texts>| {
            let texts = texts.into_inner().into_iter();
            texts
                .map(|(language, text)| (language, text.into_inner()))
                .collect()
        };
        let list =
            |texts: Vec<Spanned<String>>| texts.into_iter().map(Spanned::into_inner).collect();
        Topic {
            id: self.id.into_inner(),
            names: plain(self.name),
            descriptions: plain(self.description),
            examples: self
                .examples
                .into_iter()
                .map(|(language, texts)| (language, list(texts)))
                .collect(),
        }
    }
}

fn check_text(field: &str, language: &str, text: &Spanned<String>) -> Result<(), (usize, String)> {
    let at = text.span().start;
    let is_code =
        (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_code {
        return Err((
            at,
            format!("the {field} has the language {language:?}; expected a code such as en or fr"),
        ));
    }
    if text.get_ref().trim().is_empty() {
        return Err((at, format!("the {field} in {language:?} is empty")));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
