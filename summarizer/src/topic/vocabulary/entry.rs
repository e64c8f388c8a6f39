//! One `[[topic]]` as it stands in the file.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor, value};
use serde::{Deserialize, de};
use toml::Spanned;

use super::Topic;

/// The language of words that stand without one.
pub(super) const PLAIN: &str = "en";

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default, rename = "topic")]
    pub(super) topics: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    id: Spanned<String>,
    parent: Option<Spanned<String>>,
    #[serde(default)]
    name: ByLanguage<String>,
    #[serde(default)]
    description: ByLanguage<String>,
    #[serde(default)]
    subtopics: ByLanguage<Vec<String>>,
    #[serde(default)]
    examples: ByLanguage<Vec<String>>,
}

/// A place in the file, in bytes, and what is wrong there.
type Wrong = (usize, String);

/// Words by language, each language with its place: `{ en = "…", fr = "…" }`, or the words alone.
#[derive(Default)]
struct ByLanguage<T>(BTreeMap<String, Spanned<T>>);

/// Words in one language: one text or several.
trait Words: Sized + for<'a> Deserialize<'a> {
    /// What stands there, as if it were several texts.
    fn texts(&self) -> Vec<&str>;
}

impl Words for String {
    fn texts(&self) -> Vec<&str> {
        vec![self]
    }
}

impl Words for Vec<String> {
    fn texts(&self) -> Vec<&str> {
        self.iter().map(String::as_str).collect()
    }
}

impl<'a, T: Words> Deserialize<'a> for ByLanguage<T> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EitherForm(PhantomData))
    }
}

struct EitherForm<T>(PhantomData<T>);

impl<T> EitherForm<T> {
    /// Words that stand alone have no place of their own: an error about them names the topic.
    fn alone<E>(words: Result<T, E>) -> Result<ByLanguage<T>, E> {
        let plain = |words| (PLAIN.to_owned(), Spanned::new(0..0, words));
        words.map(|words| ByLanguage(BTreeMap::from([plain(words)])))
    }
}

impl<'a, T: Words> Visitor<'a> for EitherForm<T> {
    type Value = ByLanguage<T>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("words, or words by language such as { en = …, fr = … }")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Self::alone(T::deserialize(value::StrDeserializer::new(text)))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, texts: A) -> Result<Self::Value, A::Error> {
        Self::alone(T::deserialize(value::SeqAccessDeserializer::new(texts)))
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut words = BTreeMap::new();
        while let Some((language, text)) = map.next_entry()? {
            words.insert(language, text);
        }
        Ok(ByLanguage(words))
    }
}

impl<T: Words> ByLanguage<T> {
    fn check(&self, field: &str, topic: usize) -> Result<(), Wrong> {
        for (language, words) in &self.0 {
            let own = words.span();
            let at = if own.is_empty() { topic } else { own.start };
            let is_code = (2..=3).contains(&language.len())
                && language.bytes().all(|byte| byte.is_ascii_lowercase());
            if !is_code {
                let what = format!(
                    "the {field} has the language {language:?}; expected a code such as en or fr"
                );
                return Err((at, what));
            }
            if words
                .get_ref()
                .texts()
                .iter()
                .any(|text| text.trim().is_empty())
            {
                return Err((at, format!("the {field} in {language:?} is empty")));
            }
        }
        Ok(())
    }

    fn plain(self) -> BTreeMap<String, T> {
        let words = self.0.into_iter();
        words
            .map(|(language, words)| (language, words.into_inner()))
            .collect()
    }
}

impl Entry {
    /// The id, and where it stands.
    pub(super) fn id(&self) -> (&str, usize) {
        (self.id.get_ref(), self.id.span().start)
    }

    /// The place of the first thing wrong with the words, and what it is.
    pub(super) fn check(&self) -> Result<(), Wrong> {
        let (_, at) = self.id();
        self.name.check("name", at)?;
        self.description.check("description", at)?;
        self.subtopics.check("subtopic", at)?;
        self.examples.check("example", at)
    }

    /// The topic; one without a name is called by its id.
    pub(super) fn into_topic(self) -> Topic {
        let id = self.id.into_inner();
        let mut names = self.name.plain();
        if names.is_empty() {
            names.insert(PLAIN.to_owned(), id.clone());
        }
        Topic {
            id,
            parent: self.parent.map(Spanned::into_inner),
            names,
            descriptions: self.description.plain(),
            subtopics: self.subtopics.plain(),
            examples: self.examples.plain(),
        }
    }
}

/// The first parent that is no topic, or its own ancestor.
pub(super) fn check_parents(entries: &[Entry]) -> Result<(), Wrong> {
    let parents: BTreeMap<&str, Option<&str>> = entries
        .iter()
        .map(|entry| {
            let parent = entry
                .parent
                .as_ref()
                .map(|parent| parent.get_ref().as_str());
            (entry.id().0, parent)
        })
        .collect();
    for entry in entries {
        let (id, _) = entry.id();
        let Some(parent) = &entry.parent else {
            continue;
        };
        let at = parent.span().start;
        let mut above = Some(parent.get_ref().as_str());
        // A circle that does not hold `id` is found from one of those it holds.
        for _ in 0..entries.len() {
            let Some(ancestor) = above else {
                break;
            };
            if ancestor == id {
                return Err((at, format!("topic {id:?}: it is an ancestor of itself")));
            }
            above = match parents.get(ancestor) {
                Some(next) => *next,
                None => {
                    let what = format!(
                        "topic {id:?}: there is no topic {ancestor:?} to be a part of; expected the id of another topic"
                    );
                    return Err((at, what));
                }
            };
        }
    }
    Ok(())
}
