//! Topics judged by a model of natural language inference, from the files of a model to the labels: a model that was
//! trained for this, and every architecture that is promised, with weights of chance.

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use entity::article;
use rust_bert::Config;
use rust_bert::bart::{BartConfig, BartForSequenceClassification};
use rust_bert::deberta::{DebertaConfig, DebertaForSequenceClassification};
use rust_bert::deberta_v2::{DebertaV2Config, DebertaV2ForSequenceClassification};
use rust_bert::distilbert::{DistilBertConfig, DistilBertModelClassifier};
use rust_bert::roberta::{RobertaConfig, RobertaForSequenceClassification};
use sea_orm::{ActiveModelTrait, Set};
use serde_json::{Value, json};
use summarizer::entailment::{EntailmentFolder, Judge, hypothesis};
use tch::nn::{Path as Variables, VarStore};
use tests::on_both_engines;
use tests::program::summarizer;

use crate::architectures::sentence_pieces;
use crate::archive::{Archive, id};

/// The topics that the model of the tests knows.
const TOPICS: &str = "[[topic]]\nid = \"sport\"\n[[topic]]\nid = \"health\"\nname = { en = \"Health\", fr = \"Santé\" }\n\
                      [[topic]]\nid = \"education\"\n[[topic]]\nid = \"weather\"\n";

/// The model that `examples/train_judge` trained.
fn trained() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models/about-four-topics")
}

on_both_engines!(
    a_model_that_is_brought_judges_the_topics_of_what_is_there_and_of_what_comes,
    async |fresh| {
        let archive = Archive::with(&fresh, 4).await;
        let french = article::ActiveModel {
            id: Set(id(3)),
            language: Set("fr".into()),
            ..Default::default()
        };
        french.update(&archive.database).await.expect("an article");
        let folder = tempfile::tempdir().expect("a folder");
        let topics = folder.path().join("topics.toml");
        fs::write(&topics, TOPICS).expect("topics");
        let topics = topics.to_str().expect("a path");
        let model = trained();
        let model = model.to_str().expect("a path");
        let usual = ["run", "--multilingual", "off", "--topics", topics];
        let judging = [&usual[..], &["--entailment", model]].concat();

        summarizer(fresh.url(), usual).run().succeeds();
        let before = archive.abstracts().await;
        assert!(!before[0].model_version.contains("entail"), "{before:?}");
        summarizer(fresh.url(), judging.clone())
            .run()
            .succeeds()
            .says("3 articles by another model or version; --again");
        summarizer(fresh.url(), [&judging[..], &["--again"]].concat())
            .run()
            .succeeds()
            .says("3 articles by another model or version: ordered anew")
            .says("summarised 3 articles");

        let labels = archive.labels().await;
        let of = |number: usize| -> Vec<(&str, Option<&str>)> {
            let own = labels.iter().filter(|label| label.article_id == id(number));
            own.map(|label| (label.topic_id.0.as_str(), label.model.as_deref()))
                .collect()
        };
        let judge = Some("about-four-topics");
        assert_eq!(
            of(0),
            [("education", judge)],
            "a school, its pupils and teachers"
        );
        assert_eq!(
            of(1),
            [("health", judge)],
            "a hospital, its patients and nurses"
        );
        // Not in the language that the model was taught: as without it.
        assert!(
            of(3)
                .iter()
                .all(|(_, model)| *model == Some("all-MiniLM-L6-v2"))
        );
        let judged = labels
            .iter()
            .filter(|label| label.model.as_deref() == judge);
        for label in judged {
            assert!(
                label.score >= 0.5 && label.evidence_start.is_some(),
                "{label:?}"
            );
        }
        let after = archive.abstracts().await;
        for (number, (before, after)) in before.iter().zip(&after).enumerate() {
            assert_eq!(after.text, before.text, "the abstract is the encoder's");
            assert_eq!(after.model, before.model);
            assert_eq!(after.model_version.ends_with("+entail-1"), number != 3);
        }
        summarizer(fresh.url(), [&judging[..], &["--again"]].concat())
            .run()
            .succeeds()
            .says("0 articles by another model or version");
        // And back: without it, what it judged was made by another version.
        summarizer(fresh.url(), [&usual[..], &["--again"]].concat())
            .run()
            .succeeds()
            .says("3 articles by another model or version: ordered anew");
        assert_eq!(
            archive.abstracts().await[0].model_version,
            before[0].model_version
        );
        summarizer(fresh.url(), ["run", "--entailment", "/no/such"])
            .run()
            .refuses(
                1,
                &["--entailment", "/no/such", "communique-summarizer models"],
            );
    }
);

/// Write a model with weights of chance, and let it judge.
async fn judges(
    vocabulary: &[(&str, Vec<u8>)],
    mut configuration: Value,
    model: impl Fn(Variables<'_>, &Path),
) {
    let kind = configuration["model_type"].to_string();
    let folder = tempfile::tempdir().expect("a folder");
    let configured = folder.path().join("config.json");
    configuration["id2label"] = json!({ "0": "CONTRADICTION", "1": "NEUTRAL", "2": "ENTAILMENT" });
    configuration["label2id"] = json!({ "CONTRADICTION": 0, "NEUTRAL": 1, "ENTAILMENT": 2 });
    fs::write(&configured, configuration.to_string()).expect("a configuration");
    for (file, content) in vocabulary {
        fs::write(folder.path().join(file), content).expect("a vocabulary");
    }
    tch::manual_seed(3);
    let variables = VarStore::new(tch::Device::Cpu);
    model(variables.root(), &configured);
    let weights = folder.path().join("model.safetensors");
    variables.save(weights).expect("weights");
    let opened = EntailmentFolder::open(folder.path(), Path::new("/no/models"));
    let judge = Judge::start(opened.expect("a folder"), NonZeroUsize::MIN)
        .unwrap_or_else(|error| panic!("{kind}: {error}"));
    let hypotheses = ["water", "gates", "music"].map(|topic| hypothesis("en", topic));
    let premise = "The harbour trust opened a gate at the river. ".repeat(20);
    let entailed = judge.entailed(&premise, hypotheses.to_vec()).await;
    let entailed = entailed.unwrap_or_else(|error| panic!("{kind}: {error}"));
    assert_eq!(entailed.len(), 3, "{kind}");
    assert!(
        entailed.iter().all(|score| (0.0..=1.0).contains(score)),
        "{kind}: {entailed:?}"
    );
    assert_eq!(
        judge.entailed(&premise, hypotheses.to_vec()).await,
        Ok(entailed)
    );
}

const OF_ROBERTA: [&str; 5] = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];
const OF_BERT: [&str; 5] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

/// The files of a byte-level tokenizer in which every letter is a piece.
fn letters(special: [&str; 5]) -> [(&'static str, Vec<u8>); 2] {
    let special = special.map(String::from);
    let letters = ('!'..='~').chain(['Ġ']).map(String::from);
    let pieces = special.into_iter().chain(letters);
    let numbered: serde_json::Map<String, Value> = pieces
        .enumerate()
        .map(|(number, piece)| (piece, number.into()))
        .collect();
    let vocabulary = Value::Object(numbered).to_string().into_bytes();
    [
        ("vocab.json", vocabulary),
        ("merges.txt", b"#version: 0.2\n".to_vec()),
    ]
}

fn like_bert(model_type: &str) -> Value {
    json!({
        "model_type": model_type, "vocab_size": 256, "hidden_size": 32, "num_hidden_layers": 2,
        "num_attention_heads": 4, "intermediate_size": 64, "hidden_act": "gelu", "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0, "max_position_embeddings": 66, "type_vocab_size": 1,
        "initializer_range": 0.02, "layer_norm_eps": 1e-5, "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2,
    })
}

#[tokio::test]
async fn a_roberta_judges() {
    judges(
        &letters(OF_ROBERTA),
        like_bert("roberta"),
        |variables, file| {
            let config = RobertaConfig::from_file(file);
            let _ = RobertaForSequenceClassification::new(variables, &config).expect("a model");
        },
    )
    .await;
}

#[tokio::test]
async fn an_xlm_roberta_judges() {
    let pieces = sentence_pieces(&["<unk>", "<s>", "</s>"]);
    let vocabulary = [("sentencepiece.bpe.model", pieces)];
    judges(&vocabulary, like_bert("xlm-roberta"), |variables, file| {
        let config = RobertaConfig::from_file(file);
        let _ = RobertaForSequenceClassification::new(variables, &config).expect("a model");
    })
    .await;
}

#[tokio::test]
async fn a_bart_judges() {
    let configuration = json!({
        "model_type": "bart", "vocab_size": 256, "d_model": 32, "encoder_layers": 2, "decoder_layers": 2,
        "num_hidden_layers": 2, "encoder_attention_heads": 4, "decoder_attention_heads": 4, "encoder_ffn_dim": 64,
        "decoder_ffn_dim": 64, "max_position_embeddings": 64, "activation_function": "gelu", "dropout": 0.0,
        "attention_dropout": 0.0, "activation_dropout": 0.0, "classif_dropout": 0.0, "classifier_dropout": 0.0,
        "encoder_layerdrop": 0.0, "decoder_layerdrop": 0.0, "init_std": 0.02, "normalize_embedding": true,
        "scale_embedding": false, "is_encoder_decoder": true, "bos_token_id": 0, "pad_token_id": 1,
        "eos_token_id": 2, "decoder_start_token_id": 2,
    });
    judges(&letters(OF_ROBERTA), configuration, |variables, file| {
        let config = BartConfig::from_file(file);
        let _ = BartForSequenceClassification::new(variables, &config).expect("a model");
    })
    .await;
}

#[tokio::test]
async fn a_distilbert_judges() {
    let configuration = json!({
        "model_type": "distilbert", "vocab_size": 256, "dim": 32, "n_layers": 2, "n_heads": 4, "hidden_dim": 64,
        "activation": "gelu", "dropout": 0.0, "attention_dropout": 0.0, "qa_dropout": 0.0,
        "seq_classif_dropout": 0.0, "max_position_embeddings": 64, "initializer_range": 0.02,
        "sinusoidal_pos_embds": false, "tie_weights_": true,
    });
    let special = OF_BERT.map(String::from);
    let letters = ('a'..='z').flat_map(|letter| [letter.to_string(), format!("##{letter}")]);
    let pieces: Vec<String> = special.into_iter().chain(letters).collect();
    let vocabulary = [("vocab.txt", pieces.join("\n").into_bytes())];
    judges(&vocabulary, configuration, |variables, file| {
        let config = DistilBertConfig::from_file(file);
        let _ = DistilBertModelClassifier::new(variables, &config).expect("a model");
    })
    .await;
}

fn deberta(model_type: &str) -> Value {
    let mut all = like_bert(model_type);
    let own = json!({
        "type_vocab_size": 0, "pad_token_id": 0, "relative_attention": true, "max_relative_positions": -1,
        "position_biased_input": false, "pos_att_type": "c2p|p2c", "pooler_dropout": 0.0, "pooler_hidden_act": "gelu",
        "pooler_hidden_size": 32, "position_buckets": 16, "norm_rel_ebd": "layer_norm", "share_att_key": true,
    });
    for (name, value) in own.as_object().expect("an object") {
        all[name] = value.clone();
    }
    all
}

#[tokio::test]
async fn a_deberta_judges() {
    let vocabulary = letters(OF_BERT);
    judges(&vocabulary, deberta("deberta"), |variables, file| {
        let config = DebertaConfig::from_file(file);
        let _ = DebertaForSequenceClassification::new(variables, &config).expect("a model");
    })
    .await;
}

#[tokio::test]
async fn a_deberta_of_the_second_version_judges() {
    let vocabulary = [("spm.model", sentence_pieces(&OF_BERT))];
    judges(&vocabulary, deberta("deberta-v2"), |variables, file| {
        let config = DebertaV2Config::from_file(file);
        let _ = DebertaV2ForSequenceClassification::new(variables, &config).expect("a model");
    })
    .await;
}
