//! Abstracts in a model's own words, from the files of a model to the rows: a model that was trained for this, and one
//! whose weights are chance.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use entity::abstracts::Kind;
use entity::{abstraction, abstracts, article};
use rust_bert::Config;
use rust_bert::bart::{BartConfig, BartForConditionalGeneration};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use summarizer::abstractive::{AbstractiveFolder, Writer};
use summarizer::config::default_model_folder;
use summarizer::encoder::Computing;
use summarizer::model::ModelFolder;
use summarizer::topic::Vocabulary;
use summarizer::understanding::{Options, Summarizer, Text, Understanding};
use summarizer::worker::Worker;
use tests::on_both_engines;
use tests::program::summarizer;

use crate::archive::{Archive, id};
use corpus::{Release, is_aside, release};

#[path = "../../examples/train_writer/corpus.rs"]
#[allow(dead_code, reason = "the words are for the training")]
mod corpus;

/// The model that `examples/train_writer` trained.
fn trained() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models/first-clause")
}

/// The same model before it learned anything.
fn untrained() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for file in ["config.json", "vocab.json", "merges.txt", "model.toml"] {
        std::fs::copy(trained().join(file), folder.path().join(file)).expect("a copy");
    }
    tch::manual_seed(1);
    let variables = tch::nn::VarStore::new(tch::Device::Cpu);
    let config = BartConfig::from_file(folder.path().join("config.json"));
    let _model = BartForConditionalGeneration::new(variables.root(), &config);
    variables
        .save(folder.path().join("model.safetensors"))
        .expect("weights");
    folder
}

/// Releases that the model never saw.
fn releases(count: usize) -> Vec<Release> {
    let aside = (50_000_u64..).filter(|&number| is_aside(number));
    aside.take(count).map(release).collect()
}

async fn with_writer(model: &Path) -> Summarizer {
    let folder = ModelFolder::open(&default_model_folder()).expect("the encoder of `make setup`");
    let vocabulary = Vocabulary::built_in().expect("the built-in vocabulary");
    let threads = NonZeroUsize::MIN;
    let options = Options {
        computing: Computing::on(threads),
        ..Options::default()
    };
    let summarizer = Summarizer::load(&folder, &vocabulary, options).expect("a summarizer");
    let folder = AbstractiveFolder::open(model, Path::new("/no/models")).expect("a model");
    summarizer.with_writer(Writer::start(folder, threads).expect("a writer"))
}

/// What is made of a text without a title.
async fn understood(summarizer: &Summarizer, body: &str, language: &str) -> Understanding {
    let text = Text {
        title: "",
        body,
        language,
    };
    summarizer.summarize(text).await.expect("an understanding")
}

/// Give an article another body, under the order it has.
async fn say(archive: &Archive, number: usize, body: &str) {
    let row = article::ActiveModel {
        id: Set(id(number)),
        body: Set(body.to_owned()),
        ..Default::default()
    };
    row.update(&archive.database).await.expect("an article");
}

#[tokio::test]
async fn a_trained_model_sums_up_releases_it_never_saw_and_the_guard_lets_them_pass() {
    let summarizer = with_writer(&trained()).await;
    let releases = releases(40);
    let (mut exact, mut shown) = (0, 0);
    for release in &releases {
        let found = understood(&summarizer, &release.body, "en").await;
        let own = found.own_words.expect("an attempt");
        let said = own.text();
        exact += usize::from(said.as_deref() == Some(release.summary.as_str()));
        shown += usize::from(said.is_some());
        assert!(found.abstract_.is_some(), "the text's own sentences stay");
        if let Some(said) = said {
            for word in said.trim_end_matches('.').split(' ') {
                assert!(
                    release.body.contains(word),
                    "“{word}” of “{said}” is not in: {}",
                    release.body
                );
            }
        }
    }
    println!("{exact} of {} to the letter, {shown} shown", releases.len());
    assert!(exact >= 30, "{exact} of {}", releases.len());
}

#[tokio::test]
async fn a_model_whose_weights_are_chance_is_refused_and_the_reason_is_told() {
    let untrained = untrained();
    let summarizer = with_writer(untrained.path()).await;
    for release in releases(5) {
        let found = understood(&summarizer, &release.body, "en").await;
        let own = found.own_words.expect("an attempt");
        assert_eq!(own.text(), None);
        assert!(found.abstract_.is_some());
    }
}

#[tokio::test]
async fn a_language_that_the_model_was_not_taught_is_not_tried() {
    let summarizer = with_writer(&trained()).await;
    let body = "La régie inaugure mardi une ligne de tramway.";
    let found = understood(&summarizer, body, "fr").await;
    let refused = format!("{:?}", found.own_words.expect("an attempt").wording);
    assert!(refused.contains("does not write “fr”"), "{refused}");
}

on_both_engines!(
    what_a_model_wrote_is_stored_with_what_supports_it_or_with_the_reason_against_it,
    async |fresh| {
        let archive = Archive::with(&fresh, 3).await;
        let told = releases(1).remove(0);
        say(&archive, 0, &told.body).await;
        let worker = Worker::new(
            archive.queue().await,
            Arc::new(with_writer(&trained()).await),
            8,
        );
        while !worker.step().await.expect("a step").orders.is_empty() {}
        let attempts = abstraction::Entity::find()
            .all(&archive.database)
            .await
            .expect("attempts");
        assert_eq!(attempts.len(), 3);
        let abstracts = abstracts::Entity::find()
            .all(&archive.database)
            .await
            .expect("abstracts");
        for attempt in &attempts {
            let own = abstracts
                .iter()
                .find(|row| row.article_id == attempt.article_id && row.kind == Kind::Abstractive);
            let extractive = abstracts
                .iter()
                .filter(|row| row.article_id == attempt.article_id && row.kind == Kind::Extractive);
            assert_eq!(extractive.count(), 1);
            assert_eq!(attempt.model, "first-clause");
            assert_eq!(own.is_some(), attempt.refused.is_none(), "{attempt:?}");
            assert_eq!(own.is_some(), !attempt.sentences.0.is_empty());
        }
        let written: Vec<_> = abstracts
            .iter()
            .filter(|row| row.kind == Kind::Abstractive)
            .collect();
        assert!(
            written.iter().any(|row| row.text == told.summary),
            "{written:?} of {}",
            told.body
        );
        assert!(written.iter().all(|row| !row.sentences.0.is_empty()));
        // The articles of this archive are of words that the model does not know.
        assert!(attempts.iter().any(|attempt| attempt.refused.is_some()));
        // Asked before: nothing is ordered again; another model would be asked.
        let queue = archive.queue().await;
        let version = attempts[0].model_version.clone();
        assert_eq!(
            queue
                .order_wording("first-clause", &version)
                .await
                .expect("orders"),
            0
        );
        assert_eq!(
            queue
                .order_wording("first-clause", "another")
                .await
                .expect("orders"),
            3
        );
        drop(worker);
    }
);

on_both_engines!(
    the_program_asks_a_model_that_is_brought_later_about_what_is_there_already,
    async |fresh| {
        let archive = Archive::with(&fresh, 2).await;
        let told = releases(1).remove(0);
        say(&archive, 1, &told.body).await;
        summarizer(fresh.url(), ["run"]).run().succeeds();
        let model = trained();
        let model = model.to_str().expect("a path");
        summarizer(fresh.url(), ["run", "--abstractive", model])
            .run()
            .succeeds()
            .says("summarised 2 articles");
        let abstracts = abstracts::Entity::find()
            .all(&archive.database)
            .await
            .expect("abstracts");
        assert!(
            abstracts
                .iter()
                .any(|row| row.kind == Kind::Abstractive && row.text == told.summary)
        );
        summarizer(fresh.url(), ["run", "--abstractive", model])
            .run()
            .succeeds()
            .says("none was waiting");
        // Another text and no model: what was written about the old text must not stand before the new.
        archive.change(1).await;
        summarizer(fresh.url(), ["run"]).run().succeeds();
        let abstracts = abstracts::Entity::find()
            .all(&archive.database)
            .await
            .expect("abstracts");
        assert!(abstracts.iter().all(|row| row.kind != Kind::Abstractive));
        summarizer(fresh.url(), ["run", "--abstractive", "/no/such"])
            .run()
            .refuses(1, &["/no/such", "docs/abstractive.md"]);
    }
);
