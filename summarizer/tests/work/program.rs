//! The program itself, started, killed and started again.

use std::time::Duration;

use entity::job::State;
use tests::on_both_engines;
use tests::program::{Signal, summarizer};

use crate::archive::Archive;

/// A worker that stays and has summarised something.
fn started(url: &str) -> tests::program::Running {
    let arguments = ["run", "--watch", "--lease-seconds", "2", "--batch", "4"];
    let mut running = summarizer(url, arguments).start();
    running.line(|line| line.contains("summarised").then_some(()));
    running
}

/// Articles that a worker with this batch may have in hand: two steps at a time.
const IN_HAND: usize = 8;

on_both_engines!(a_worker_that_is_killed_loses_nothing, async |fresh| {
    let archive = Archive::with(&fresh, 150).await;
    let running = started(fresh.url());
    let killed = running.kill_9();
    assert!(!killed.status.success());
    let orders = archive.orders().await;
    let of = |state| orders.iter().filter(|order| order.state == state).count();
    let (done, in_hand) = (of(State::Done), of(State::Running));
    assert!(
        done >= 1 && in_hand <= IN_HAND,
        "{done} done, {in_hand} in hand"
    );
    assert_eq!(
        archive.abstracts().await.len(),
        done,
        "exactly what is done has an abstract"
    );

    summarizer(fresh.url(), ["run"])
        .within(Duration::from_secs(120))
        .run()
        .succeeds();
    let orders = archive.orders().await;
    assert!(orders.iter().all(|order| order.state == State::Done));
    assert_eq!(archive.abstracts().await.len(), 150);
    assert_eq!(archive.embeddings().await.len(), 150);
    let repeated = orders.iter().filter(|order| order.attempts > 1).count();
    assert_eq!(repeated, in_hand, "only what was in hand was repeated");
    assert!(orders.iter().all(|order| order.attempts <= 2));
});

on_both_engines!(
    a_worker_that_is_asked_to_stop_gives_back_its_work,
    async |fresh| {
        let archive = Archive::with(&fresh, 150).await;
        for (signal, code) in [(Signal::TERM, 0), (Signal::INT, 130)] {
            let running = started(fresh.url());
            running.signal(signal);
            let ended = running.ended().exits(code);
            assert!(ended.stderr.contains("given back"), "{ended}");
            let orders = archive.orders().await;
            assert!(orders.iter().all(|order| order.state != State::Running));
            let untouched = orders
                .iter()
                .all(|order| (order.state == State::Done) == (order.attempts == 1));
            assert!(
                untouched,
                "an order that was given back counts as never claimed"
            );
        }
    }
);

on_both_engines!(
    an_attached_worker_ends_with_its_standard_input,
    async |fresh| {
        let archive = Archive::with(&fresh, 2).await;
        summarizer(fresh.url(), ["run", "--watch", "--attached"])
            .input("")
            .run()
            .succeeds();
        assert!(
            archive
                .orders()
                .await
                .iter()
                .all(|order| order.state != State::Running)
        );
    }
);

on_both_engines!(a_run_without_work_ends_well, async |fresh| {
    let _archive = Archive::with(&fresh, 0).await;
    summarizer(fresh.url(), ["run"])
        .run()
        .succeeds()
        .says("summarised 0 articles");
});

on_both_engines!(what_is_wrong_is_said_before_any_work, async |fresh| {
    let folder = tempfile::tempdir().expect("a folder");
    let topics = folder.path().join("topics.toml");
    std::fs::write(&topics, "[[topic]]\nid = \"\"\n").expect("a file");
    let topics = topics.to_str().expect("a path");
    let table: [(&[&str], i32, &[&str]); 4] = [
        (&["run"], 1, &["communique migrate up"]),
        (&["run", "--batch", "0"], 2, &["--batch"]),
        (
            &["run", "--topics", topics],
            1,
            &["topics.toml:2: ", "the id"],
        ),
        (&["text", "/no/such/file"], 1, &["/no/such/file"]),
    ];
    for (arguments, code, words) in table {
        summarizer(fresh.url(), arguments)
            .run()
            .refuses(code, words);
    }
});

#[test]
fn a_damaged_model_is_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = summarizer::config::default_model_folder();
    for file in std::fs::read_dir(&source).expect("the encoder of `make setup`") {
        let file = file.expect("a file");
        if file.path().is_file() {
            std::fs::copy(file.path(), folder.path().join(file.file_name())).expect("a copy");
        }
    }
    let weights = std::fs::OpenOptions::new()
        .write(true)
        .open(folder.path().join("model.safetensors"));
    weights
        .expect("the weights")
        .set_len(1_000_000)
        .expect("truncated");
    std::fs::create_dir(folder.path().join("1_Pooling")).expect("a folder");
    std::fs::copy(
        source.join("1_Pooling/config.json"),
        folder.path().join("1_Pooling/config.json"),
    )
    .expect("a copy");
    let text = folder.path().join("text.txt");
    std::fs::write(&text, "Some text.").expect("a file");
    let arguments = [
        "text",
        text.to_str().expect("a path"),
        "--model",
        folder.path().to_str().expect("a path"),
    ];
    tests::program::Program::Summarizer
        .with(arguments)
        .run()
        .refuses(1, &["model.safetensors", "1000000 bytes", "make setup"]);
}

#[test]
fn one_text_is_understood_without_a_database() {
    let text = "Village Schools Open\n\nThe foundation opened twelve schools on Friday, said Dr. A. Lind.\nPupils came \
        from far away.\n\nThe ministry of education pays the teachers.\n";
    let arguments = ["text", "-", "--json"];
    let ended = tests::program::Program::Summarizer
        .with(arguments)
        .input(text)
        .run()
        .succeeds();
    let report = ended.json();
    let body = report["body"].as_str().expect("a body");
    assert_eq!(
        (report["title"].as_str(), report["language"].as_str()),
        (Some("Village Schools Open"), Some("en"))
    );
    assert_eq!(report["labels"][0]["name"], "Education");
    let sentences = report["abstract"]["sentences"]
        .as_array()
        .expect("sentences");
    let texts: Vec<&str> = sentences
        .iter()
        .map(|sentence| sentence["text"].as_str().expect("a text"))
        .collect();
    assert_eq!(report["abstract"]["text"], texts.join(" "));
    assert!(!texts.is_empty() && texts.iter().all(|text| body.contains(text)));
}

#[test]
fn a_batch_gives_a_line_for_each_line_with_every_topic_by_its_score() {
    let lines = [
        r#"{"id": "a", "title": "Schools Open", "text": "Twelve schools opened on Friday. Pupils came from far away. Teachers are paid by the ministry.", "lang": "en", "extra": 1}"#,
        "",
        r#"{"id": "b", "text": "Le musée ouvre une exposition de peintures. L’entrée est libre."}"#,
    ];
    let ended = tests::program::Program::Summarizer
        .with(["text", "--batch", "-", "--sentences", "2"])
        .input(lines.join("\n"))
        .run()
        .succeeds();
    let made: Vec<serde_json::Value> = ended
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(made.len(), 2);
    for (made, id) in made.iter().zip(["a", "b"]) {
        assert_eq!(made["id"], id);
        let sentences = made["sentences"].as_array().expect("sentences");
        assert_eq!(sentences.len(), 2);
        let scores: Vec<f64> = made["labels"]
            .as_array()
            .expect("labels")
            .iter()
            .map(|label| label["score"].as_f64().expect("a score"))
            .collect();
        assert_eq!(scores.len(), 17, "the whole vocabulary");
        assert!(scores.is_sorted_by(|left, right| left >= right));
        assert_eq!(made["labels"][0]["assigned"], true);
    }
    assert_eq!(made[0]["labels"][0]["topic"], "medtop:05000000");
}

#[test]
fn a_line_of_a_batch_that_cannot_be_read_is_named_and_the_rest_goes_on() {
    let lines = "{\"id\": \"a\"}\n{\"id\": \"b\", \"text\": \"One sentence only.\"}\n";
    let ended = tests::program::Program::Summarizer
        .with(["text", "--batch", "-", "--words", "50"])
        .input(lines)
        .run()
        .refuses(1, &["line 1", "text"]);
    assert_eq!(ended.stdout.lines().count(), 1);
}

#[test]
fn a_batch_that_is_a_directory_ends_with_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a path");
    tests::program::Program::Summarizer
        .with(["text", "--batch", path])
        .run()
        .refuses(1, &["reading", path]);
}

#[test]
fn a_budget_of_a_batch_that_no_abstract_can_keep_is_refused() {
    for (option, least) in [("--words", "2"), ("--chars", "40")] {
        tests::program::Program::Summarizer
            .with(["text", "--batch", "-", option, "1"])
            .run()
            .refuses(2, &[option, least]);
    }
}
