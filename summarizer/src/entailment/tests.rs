//! By the model that `examples/train_judge` trained, and by folders that hold none.

use std::fs;
use std::path::Path;

use super::*;

#[path = "../../examples/train_judge/corpus.rs"]
#[allow(dead_code, reason = "the words are for the training")]
mod corpus;

fn model() -> &'static Path {
    Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/models/about-four-topics"
    ))
}

fn opened(folder: &Path) -> Result<EntailmentFolder, EntailmentError> {
    EntailmentFolder::open(folder, Path::new("/no/models"))
}

fn judge() -> Judge {
    let folder = opened(model()).expect("the tests' model");
    Judge::start(folder, NonZeroUsize::MIN).expect("a judge")
}

/// The tests' model, but for one file.
fn with(file: &str, content: Option<&str>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(model()).expect("the tests' model") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name");
        fs::copy(&path, folder.path().join(name)).expect("a copy");
    }
    let path = folder.path().join(file);
    match content {
        Some(content) => fs::write(path, content).expect("a file"),
        None => fs::remove_file(path).expect("a file"),
    }
    folder
}

/// What is said of such a folder.
fn refused(file: &str, content: Option<&str>) -> String {
    let folder = with(file, content);
    let error = opened(folder.path()).expect_err("an error").to_string();
    assert!(error.contains(file) || error.contains("missing"), "{error}");
    error
}

#[tokio::test]
async fn notices_it_never_saw_are_judged_right() {
    let judge = judge();
    let asked = (1_u64 << 41..).map(corpus::pair);
    let mut right = 0;
    for pair in asked.filter(|pair| pair.answer != 1).take(100) {
        let entailed = judge
            .entailed(&pair.notice, vec![hypothesis("en", pair.topic)])
            .await
            .expect("a judgement");
        right += usize::from((entailed[0] > 0.5) == (pair.answer == 2));
    }
    assert!(right >= 98, "{right} of 100");
}

#[tokio::test]
async fn every_hypothesis_is_answered_in_order_however_many_there_are() {
    let judge = judge();
    let topics = ["health", "sport", "weather", "education"];
    let hypotheses: Vec<String> = (0..20)
        .map(|number| hypothesis("en", topics[number % 4]))
        .collect();
    let premise = "the coach and the team said a new goal was for many people";
    let entailed = judge
        .entailed(premise, hypotheses)
        .await
        .expect("judgements");
    assert_eq!(entailed.len(), 20);
    for (number, entailed) in entailed.iter().enumerate() {
        assert_eq!(*entailed > 0.5, number % 4 == 1, "{number}: {entailed}");
    }
    assert_eq!(judge.entailed(premise, Vec::new()).await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_text_longer_than_the_model_reads_is_judged_by_its_beginning() {
    let judge = judge();
    let long = format!("the storm and the wind {}", "in the town ".repeat(2_000));
    let entailed = judge
        .entailed(&long, vec![hypothesis("en", "Weather")])
        .await
        .expect("a judgement");
    assert!((0.0..=1.0).contains(&entailed[0]));
}

#[test]
fn a_model_is_named_by_its_folder_and_reads_what_its_card_says() {
    let folder = opened(model()).expect("a folder");
    let model = folder.identity();
    assert_eq!(model.name, "about-four-topics");
    assert_eq!(model.languages, ["en"]);
    assert!(model.version.ends_with("+entail-1"), "{}", model.version);
    assert!(model.knows("en") && !model.knows("fr"));
    let silent = Identity {
        languages: Vec::new(),
        ..model.clone()
    };
    assert!(
        silent.knows("fr"),
        "a card that says nothing forbids nothing"
    );
}

/// The tests' model, with other names of its answers.
fn answering(names: [&str; 3]) -> tempfile::TempDir {
    let text = fs::read_to_string(model().join("config.json")).expect("a configuration");
    let mut said: serde_json::Value = serde_json::from_str(&text).expect("a configuration");
    for (number, name) in names.iter().enumerate() {
        said["id2label"][number.to_string()] = (*name).into();
    }
    with("config.json", Some(&said.to_string()))
}

#[tokio::test]
async fn answers_are_told_by_their_names_not_by_their_order() {
    let premise = "the coach and the team";
    let sport = || vec![hypothesis("en", "sport")];
    let usual = judge()
        .entailed(premise, sport())
        .await
        .expect("a judgement");
    for (names, turned) in [
        (["CONTRADICTION", "NEUTRAL", "ENTAILMENT"], false),
        (["not entailment", "other", "entailment"], false),
        (["entailment", "neutral", "contradiction"], true),
    ] {
        let folder = answering(names);
        let folder = opened(folder.path()).expect("a folder");
        let judge = Judge::start(folder, NonZeroUsize::MIN).expect("a judge");
        let entailed = judge.entailed(premise, sport()).await.expect("a judgement");
        let expected = if turned { 1.0 - usual[0] } else { usual[0] };
        assert!((entailed[0] - expected).abs() < 1e-9, "{names:?}");
    }
}

#[test]
fn a_model_that_judges_something_else_is_refused() {
    let folder = answering(["negative", "neutral", "positive"]);
    let error = opened(folder.path()).expect_err("an error").to_string();
    assert!(
        error.contains("config.json: id2label has \"negative, neutral, positive\"")
            && error.contains("a model of entailment has entailment"),
        "{error}"
    );
}

#[test]
fn what_is_missing_or_altered_is_named() {
    let nowhere = opened(Path::new("/no/such")).expect_err("an error");
    assert!(nowhere.to_string().contains("/no/such"), "{nowhere}");
    let error = refused("config.json", Some(r#"{"model_type": "gpt2"}"#));
    assert!(
        error.contains("gpt2") && error.contains("roberta"),
        "{error}"
    );
    refused("config.json", Some("{"));
    let error = refused("vocab.txt", None);
    assert!(
        error.contains("vocab.txt: it is missing; a bert needs it"),
        "{error}"
    );
    let error = refused("model.safetensors", None);
    assert!(
        error.contains("model.safetensors: it is missing"),
        "{error}"
    );
    let sums = format!("{}  vocab.txt\n", "0".repeat(64));
    let error = opened(with("SHA256SUMS", Some(&sums)).path());
    let error = error.expect_err("an error").to_string();
    assert!(error.contains("vocab.txt is damaged"), "{error}");
}

#[test]
fn weights_that_do_not_fit_the_configuration_are_refused_without_a_panic() {
    let text = fs::read_to_string(model().join("config.json")).expect("a configuration");
    let folder = with(
        "config.json",
        Some(&text.replace("\"hidden_size\": 64", "\"hidden_size\": 32")),
    );
    let folder = opened(folder.path()).expect("a folder");
    let error = Judge::start(folder, NonZeroUsize::MIN).err();
    assert!(
        matches!(error, Some(EntailmentError::Model(_))),
        "{error:?}"
    );
}

#[test]
fn a_topic_is_named_within_a_sentence() {
    let table = [
        ("en", "Sport", "This text is about sport."),
        ("en", "EU policy", "This text is about EU policy."),
        ("de", "Wetter", "This text is about wetter."),
        ("fr", "Économie", "Ce texte parle de ce sujet : économie."),
        ("fr", "", "Ce texte parle de ce sujet : ."),
    ];
    for (language, name, expected) in table {
        assert_eq!(hypothesis(language, name), expected);
    }
}
