//! The file that is built in, and files with everything that can be wrong.

use super::*;

const TOPIC: &str = "[[topic]]\nid = \"a\"\nname.en = \"A\"\ndescription.en = \"About a.\"\n";

#[test]
fn the_built_in_vocabulary_is_the_media_topics_in_two_languages() {
    let vocabulary = Vocabulary::built_in().expect("the built-in vocabulary");
    let topics = vocabulary.topics();
    assert_eq!(topics.len(), 17);
    for topic in topics {
        assert!(
            topic.id.starts_with("medtop:") && topic.id.ends_with("000000"),
            "{}",
            topic.id
        );
        for language in ["en", "fr"] {
            assert!(
                topic.texts(Some(language)).len() >= 6,
                "{} in {language}",
                topic.id
            );
        }
    }
}

#[test]
fn texts_of_a_language_or_of_all() {
    let text = format!("{TOPIC}name.fr = \"B\"\nexamples.fr = [\"C.\"]\n");
    let vocabulary = Vocabulary::parse(&text, "file").expect("a vocabulary");
    let topic = &vocabulary.topics()[0];
    assert_eq!(topic.texts(Some("en")), ["A", "About a."]);
    assert_eq!(topic.texts(Some("fr")), ["B", "C."]);
    assert_eq!(topic.texts(None).len(), 4);
    assert!(topic.texts(Some("de")).is_empty());
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let table = [
        ("", "file:1: there is no topic"),
        ("[[topic]]\nid = \"a\"\n", "missing field `name`"),
        ("[[topic]\n", "line 1"),
        (
            &format!("{TOPIC}colour = \"red\"\n"),
            "unknown field `colour`",
        ),
        (
            &format!("{TOPIC}{TOPIC}"),
            "file:6: the id \"a\" is already that of the topic in line 2",
        ),
        (
            &TOPIC.replace("\"a\"", "\"a b\""),
            "file:2: the id is \"a b\"",
        ),
        (
            &TOPIC.replace("\"A\"", "\" \""),
            "file:3: topic \"a\": the name in \"en\" is empty",
        ),
        (
            &TOPIC.replace("name.en", "name.fr"),
            "the name in English is missing",
        ),
        (
            &format!("{TOPIC}examples.english = [\"x\"]\n"),
            "file:5: topic \"a\": the example has the language \"english\"",
        ),
    ];
    for (text, expected) in table {
        let error = Vocabulary::parse(text, "file")
            .expect_err("an error")
            .to_string();
        assert!(
            error.contains(expected),
            "{error:?} does not say {expected:?}"
        );
        assert!(
            error.starts_with("file:"),
            "{error:?} does not name the file"
        );
    }
}

#[test]
fn a_missing_file_is_named() {
    let error = Vocabulary::read(Path::new("/nowhere/topics.toml")).expect_err("an error");
    assert!(error.to_string().contains("/nowhere/topics.toml"));
}
