//! Every architecture that is promised loads from a folder and writes: tiny models whose weights are chance, with real
//! tokenizer files, from one library that reads them to another that guards what they say.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use rust_bert::Config;
use rust_bert::longt5::{LongT5Config, LongT5ForConditionalGeneration};
use rust_bert::pegasus::{PegasusConfig, PegasusForConditionalGeneration};
use rust_bert::prophetnet::{ProphetNetConfig, ProphetNetForConditionalGeneration};
use rust_bert::t5::{T5Config, T5ForConditionalGeneration};
use serde_json::{Value, json};
use summarizer::abstractive::{AbstractiveFolder, Writer};
use summarizer::grounding::{Source, Verdict};
use tch::nn::{Path as Variables, VarStore};

/// Pieces that every vocabulary here has room for.
const PIECES: i64 = 256;

const BODY: &str =
    "The harbour trust opened a gate at the river. The gate keeps the water out. The town is glad.";

const WORDS: [&str; 14] = [
    "the", "harbour", "trust", "opened", "a", "gate", "at", "river", "keeps", "water", "out",
    "town", "is", "glad",
];

/// Write a model with weights of chance, and let it write.
async fn writes(
    kind: &str,
    weights: &str,
    vocabulary: (&str, Vec<u8>),
    configuration: Value,
    model: impl Fn(Variables<'_>, &Path),
) {
    let folder = tempfile::tempdir().expect("a folder");
    let configured = folder.path().join("config.json");
    fs::write(&configured, configuration.to_string()).expect("a configuration");
    fs::write(folder.path().join(vocabulary.0), vocabulary.1).expect("a vocabulary");
    let card = format!(
        "name = \"tiny\"\nkind = \"{kind}\"\nlanguages = []\nlicence = \"Apache-2.0\"\nabout = \"tiny\"\n\
         [files]\nweights = [\"{weights}\"]\nconfiguration = \"config.json\"\nvocabulary = \"{}\"\n\
         [limits]\ninput = 48\nmemory_mb = 1\n\
         [generation]\nbeams = 2\nmost = 12\nno_repeat = 3\nlength_penalty = 1.0\n",
        vocabulary.0
    );
    fs::write(folder.path().join("model.toml"), card).expect("a card");
    tch::manual_seed(3);
    let variables = VarStore::new(tch::Device::Cpu);
    model(variables.root(), &configured);
    variables
        .save(folder.path().join(weights))
        .expect("weights");

    let opened = AbstractiveFolder::open(folder.path(), Path::new("/no/models")).expect("a folder");
    let writer =
        Writer::start(opened, NonZeroUsize::MIN).unwrap_or_else(|error| panic!("{kind}: {error}"));
    let drafts = writer
        .write(BODY)
        .await
        .unwrap_or_else(|error| panic!("{kind}: {error}"));
    assert_eq!(drafts.len(), 1, "{kind}");
    assert_eq!(
        writer.write(BODY).await.expect("drafts"),
        drafts,
        "{kind} writes the same again"
    );
    let long = writer.write(&BODY.repeat(8)).await.expect("drafts");
    assert!(
        long.len() > 1,
        "{kind}: a text longer than it reads is cut into chunks"
    );
    let verdict = Source::read("", BODY, "en", None).judge(&drafts[0].text, |_| None);
    assert!(matches!(verdict, Verdict::Refused(_)), "{kind}: {drafts:?}");
}

/// A SentencePiece model of these pieces, as its protocol buffer has them: the special ones are no text.
pub(crate) fn sentence_pieces(special: &[&str]) -> Vec<u8> {
    let words = WORDS
        .iter()
        .flat_map(|word| [format!("▁{word}"), (*word).to_owned()]);
    let letters = ('a'..='z').chain(['T', '.', '▁']).map(String::from);
    let pieces = special
        .iter()
        .map(|&piece| piece.to_owned())
        .chain(words)
        .chain(letters);
    let mut model = Vec::new();
    for (number, piece) in pieces.enumerate() {
        // What is unknown has the kind 2, what is no text 3, any other piece 1.
        let kind: u8 = match (number, piece.as_str()) {
            (_, "<unk>" | "[UNK]") => 2,
            (number, _) if number < special.len() => 3,
            _ => 1,
        };
        let score = if number < special.len() {
            0.0
        } else {
            -(number as f32)
        };
        let mut message = vec![0x0a, u8::try_from(piece.len()).expect("short pieces")];
        message.extend(piece.as_bytes());
        message.push(0x15);
        message.extend(score.to_le_bytes());
        message.extend([0x18, kind]);
        model.extend([0x0a, u8::try_from(message.len()).expect("short pieces")]);
        model.extend(message);
    }
    model
}

fn t5(more: Value) -> Value {
    let mut all = json!({
        "model_type": "t5", "dropout_rate": 0.0, "d_model": 32, "d_ff": 64, "d_kv": 8, "num_heads": 4, "num_layers": 2,
        "decoder_start_token_id": 0, "pad_token_id": 0, "eos_token_id": 1, "initializer_factor": 1.0,
        "is_encoder_decoder": true, "layer_norm_epsilon": 1e-6, "relative_attention_num_buckets": 32,
        "vocab_size": PIECES, "feed_forward_proj": "relu",
    });
    for (name, value) in more.as_object().expect("an object") {
        all[name] = value.clone();
    }
    all
}

const OF_T5: [&str; 3] = ["<pad>", "</s>", "<unk>"];

#[tokio::test]
async fn a_t5_writes_from_safetensors_and_from_libtorch_s_own_format() {
    for weights in ["model.safetensors", "rust_model.ot"] {
        let vocabulary = ("spiece.model", sentence_pieces(&OF_T5));
        writes(
            "t5",
            weights,
            vocabulary,
            t5(json!({})),
            |variables, file| {
                let _ = T5ForConditionalGeneration::new(variables, &T5Config::from_file(file));
            },
        )
        .await;
    }
}

#[tokio::test]
async fn an_mt5_writes() {
    let configuration = t5(json!({
        "model_type": "mt5", "feed_forward_proj": "gated-gelu", "tie_word_embeddings": false,
    }));
    let vocabulary = ("spiece.model", sentence_pieces(&OF_T5));
    writes(
        "t5",
        "model.safetensors",
        vocabulary,
        configuration,
        |variables, file| {
            let _ = T5ForConditionalGeneration::new(variables, &T5Config::from_file(file));
        },
    )
    .await;
}

#[tokio::test]
async fn a_longt5_writes() {
    let configuration = t5(json!({
        "model_type": "longt5", "feed_forward_proj": "gated-gelu", "tie_word_embeddings": false,
        "local_radius": 7, "global_block_size": 4, "encoder_attention_type": "transient-global",
    }));
    let vocabulary = ("spiece.model", sentence_pieces(&OF_T5));
    writes(
        "longt5",
        "model.safetensors",
        vocabulary,
        configuration,
        |variables, file| {
            let _ = LongT5ForConditionalGeneration::new(variables, &LongT5Config::from_file(file));
        },
    )
    .await;
}

#[tokio::test]
async fn a_pegasus_writes() {
    let configuration = json!({
        "model_type": "pegasus", "vocab_size": PIECES, "max_position_embeddings": 64, "d_model": 32,
        "encoder_layers": 2, "encoder_attention_heads": 4, "encoder_ffn_dim": 64, "encoder_layerdrop": 0.0,
        "decoder_layers": 2, "decoder_attention_heads": 4, "decoder_ffn_dim": 64, "decoder_layerdrop": 0.0,
        "activation_function": "relu", "dropout": 0.0, "activation_dropout": 0.0, "attention_dropout": 0.0,
        "scale_embedding": true, "init_std": 0.02, "is_encoder_decoder": true,
        "bos_token_id": 0, "pad_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 0,
    });
    let vocabulary = ("spiece.model", sentence_pieces(&["<pad>", "</s>", "<unk>"]));
    writes(
        "pegasus",
        "model.safetensors",
        vocabulary,
        configuration,
        |variables, file| {
            let _ =
                PegasusForConditionalGeneration::new(variables, &PegasusConfig::from_file(file));
        },
    )
    .await;
}

#[tokio::test]
async fn a_prophetnet_writes() {
    let configuration = json!({
        "model_type": "prophetnet", "vocab_size": PIECES, "max_position_embeddings": 64, "hidden_size": 32,
        "num_encoder_layers": 2, "num_encoder_attention_heads": 4, "encoder_ffn_dim": 64,
        "num_decoder_layers": 2, "num_decoder_attention_heads": 4, "decoder_ffn_dim": 64,
        "activation_function": "gelu", "dropout": 0.0, "activation_dropout": 0.0, "attention_dropout": 0.0,
        "disable_ngram_loss": false, "eps": 0.0, "init_std": 0.02, "is_encoder_decoder": true, "ngram": 2,
        "num_buckets": 32, "relative_max_distance": 128, "add_cross_attention": true,
        "bos_token_id": 3, "pad_token_id": 0, "eos_token_id": 3, "decoder_start_token_id": 3,
    });
    let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[X_SEP]", "[MASK]", "."];
    let letters = ('a'..='z').flat_map(|letter| [letter.to_string(), format!("##{letter}")]);
    let pieces: Vec<String> = special
        .iter()
        .chain(&WORDS)
        .map(|&piece| piece.to_owned())
        .chain(letters)
        .collect();
    let vocabulary = ("prophetnet.tokenizer", pieces.join("\n").into_bytes());
    writes(
        "prophetnet",
        "model.safetensors",
        vocabulary,
        configuration,
        |variables, file| {
            let config = ProphetNetConfig::from_file(file);
            let _ = ProphetNetForConditionalGeneration::new(variables, &config).expect("a model");
        },
    )
    .await;
}
