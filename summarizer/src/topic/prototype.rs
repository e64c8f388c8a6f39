//! Prototypes: what the encoder is given to read for a topic.

use super::{Topic, Vocabulary};

/// A topic with fewer sub-topics and examples than this is explained further: by templates around its name and by the
/// parts of its description.
const ENOUGH: usize = 3;

/// The texts of each topic, in the order of the vocabulary, in one language or in all of them (`None`).
pub(super) fn texts(vocabulary: &Vocabulary, language: Option<&str>) -> Vec<Vec<String>> {
    let topics = vocabulary.topics().iter();
    topics
        .map(|topic| Texts::of(topic, language).all())
        .collect()
}

/// Languages in which every topic says about as much as it does in any other, in the order of their codes.
///
/// A vocabulary that is half described in a language would draw all labels to that half.
pub(super) fn languages(vocabulary: &Vocabulary) -> Vec<String> {
    let said = |topic: &Topic, language: &str| Texts::of(topic, Some(language)).count();
    let mut all: Vec<&String> = vocabulary
        .topics()
        .iter()
        .flat_map(|topic| topic.names.keys().chain(topic.descriptions.keys()))
        .collect();
    all.sort();
    all.dedup();
    let is_whole = |language: &&&String| {
        vocabulary.topics().iter().all(|topic| {
            let most = all.iter().map(|other| said(topic, other)).max();
            2 * said(topic, language) >= most.unwrap_or(0)
        })
    };
    all.iter()
        .filter(is_whole)
        .map(|&code| code.clone())
        .collect()
}

/// The words of one topic in one language or in all.
struct Texts<'a> {
    names: Vec<(&'a str, &'a str)>,
    descriptions: Vec<&'a str>,
    /// Sub-topics and examples.
    details: Vec<&'a str>,
}

impl<'a> Texts<'a> {
    fn of(topic: &'a Topic, language: Option<&str>) -> Self {
        let wanted = |key: &str| language.is_none_or(|language| language == key);
        let names = topic.names.iter();
        let descriptions = topic.descriptions.iter();
        let details = topic.subtopics.iter().chain(&topic.examples);
        Self {
            names: names
                .map(|(key, name)| (key.as_str(), name.as_str()))
                .filter(|(key, _)| wanted(key))
                .collect(),
            descriptions: descriptions
                .filter(|(key, _)| wanted(key))
                .map(|(_, text)| text.as_str())
                .collect(),
            details: details
                .filter(|(key, _)| wanted(key))
                .flat_map(|(_, texts)| texts.iter().map(String::as_str))
                .collect(),
        }
    }

    fn count(&self) -> usize {
        self.names.len() + self.descriptions.len() + self.details.len()
    }

    fn is_sparse(&self) -> bool {
        self.details.len() < ENOUGH
    }

    /// All of them, each once.
    fn all(&self) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for &(language, name) in &self.names {
            texts.push(name.to_owned());
            if self.is_sparse() {
                texts.extend(around(language, name));
            }
        }
        for &description in &self.descriptions {
            texts.push(description.to_owned());
            if self.is_sparse() {
                texts.extend(parts(description));
            }
        }
        texts.extend(self.details.iter().map(|&text| text.to_owned()));
        let mut seen = std::collections::HashSet::new();
        texts.retain(|text| seen.insert(text.clone()));
        texts
    }
}

/// A name alone is a poor prototype: an encoder of sentences wants one.
fn around(language: &str, name: &str) -> [String; 2] {
    match language {
        "fr" => [
            format!("Ce texte parle de {name}."),
            format!("Actualité : {name}"),
        ],
        _ => [
            format!("This text is about {name}."),
            format!("{name} news"),
        ],
    }
}

/// What a description lists, item by item.
fn parts(description: &str) -> Vec<String> {
    let list = match description.split_once(": ") {
        // "Business news: companies, markets …"
        Some((opening, list)) if opening.chars().count() <= 30 => list,
        _ => description,
    };
    let joined = [" and ", " et "]
        .iter()
        .fold(list.to_owned(), |list, word| list.replace(word, ", "));
    joined
        .split([',', ';'])
        .map(|part| part.trim().trim_end_matches('.').to_owned())
        .filter(|part| part.chars().count() > 2)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(text: &str) -> Vocabulary {
        Vocabulary::parse(text, "file").expect("a vocabulary")
    }

    #[test]
    fn a_bare_name_is_put_into_sentences() {
        let texts = texts(&vocabulary("[[topic]]\nid = \"Sport\"\n"), Some("en"));
        assert_eq!(
            texts,
            [["Sport", "This text is about Sport.", "Sport news"]]
        );
    }

    #[test]
    fn a_topic_with_examples_speaks_for_itself() {
        let text = "[[topic]]\nid = \"a\"\nname = \"A\"\nexamples = [\"B.\", \"C.\", \"D.\"]\n";
        assert_eq!(
            texts(&vocabulary(text), Some("en")),
            [["A", "B.", "C.", "D."]]
        );
    }

    #[test]
    fn a_description_is_taken_apart() {
        let table = [
            (
                "Films, music and theatre.",
                vec!["Films", "music", "theatre"],
            ),
            ("Sports news: matches; players.", vec!["matches", "players"]),
            ("Le cinéma et la musique.", vec!["Le cinéma", "la musique"]),
        ];
        for (description, expected) in table {
            assert_eq!(parts(description), expected);
        }
    }

    #[test]
    fn a_language_counts_when_it_describes_all_topics_as_well_as_another() {
        let whole = "[[topic]]\nid = \"a\"\nname = { en = \"A\", fr = \"B\" }\n";
        assert_eq!(languages(&vocabulary(whole)), ["en", "fr"]);
        let half = format!("{whole}description.en = \"C.\"\nexamples.en = [\"D.\", \"E.\"]\n");
        assert_eq!(languages(&vocabulary(&half)), ["en"]);
    }
}
