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
            assert!(topic.names.contains_key(language), "{}", topic.id);
            assert!(topic.descriptions.contains_key(language), "{}", topic.id);
            assert!(topic.examples[language].len() >= 4, "{}", topic.id);
        }
    }
}

#[test]
fn words_may_stand_alone_or_by_language() {
    let text = "[[topic]]\nid = \"a\"\nname = \"A\"\ndescription.fr = \"B.\"\n\
                subtopics = [\"c\", \"d\"]\nexamples.fr = [\"E.\"]\n\
                [[topic]]\nid = \"b\"\nparent = \"a\"\n";
    let vocabulary = Vocabulary::parse(text, "file").expect("a vocabulary");
    let [first, second] = vocabulary.topics() else {
        panic!("two topics");
    };
    assert_eq!(first.name("en"), "A");
    assert_eq!(first.name("fr"), "A");
    assert_eq!(first.description("en"), "B.");
    assert_eq!(first.subtopics["en"], ["c", "d"]);
    assert_eq!(first.examples["fr"], ["E."]);
    assert_eq!(second.name("en"), "b");
    assert_eq!(second.description("en"), "");
    assert_eq!(second.parent.as_deref(), Some("a"));
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let table = [
        ("", "file:1: there is no topic"),
        ("[[topic]]\nname = \"A\"\n", "missing field `id`"),
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
            &TOPIC.replace("name.en = \"A\"", "name = 7"),
            "expected words, or words by language",
        ),
        (
            &format!("{TOPIC}parent = \"b\"\n"),
            "file:5: topic \"a\": there is no topic \"b\" to be a part of",
        ),
        (
            &format!("{TOPIC}parent = \"a\"\n"),
            "file:5: topic \"a\": it is an ancestor of itself",
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
