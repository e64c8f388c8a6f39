//! What both tasks need: the model, the topics, the length of an abstract.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use summarizer::abstractive::{AbstractiveFolder, Writer};
use summarizer::abstracts::Budget;
use summarizer::config::default_model_folder;
use summarizer::encoder::{Computing, Precision};
use summarizer::entailment::{EntailmentFolder, Judge};
use summarizer::model::ModelFolder;
use summarizer::model::import::NAME;
use summarizer::queue::Makers;
use summarizer::topic::Vocabulary;
use summarizer::understanding::{Maker, Options, Summarizer};

/// The model, the topics, the length of an abstract.
#[derive(Args)]
pub(super) struct Model {
    /// Folder of the sentence encoder [default: where `make setup` leaves it, ~/.cache/communique/models/all-MiniLM-L6-v2]
    #[arg(long, global = true, value_name = "DIR", env = "COMMUNIQUE_MODEL")]
    model: Option<PathBuf>,
    /// Folder of the encoder for all languages but English, or `off` to have them read by the English one
    /// [default: multilingual-e5-small beside the English one]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "COMMUNIQUE_MULTILINGUAL"
    )]
    multilingual: Option<PathBuf>,
    /// File of the topics to label with [default: the 17 IPTC Media Topics that are built in]
    #[arg(long, global = true, value_name = "FILE", env = "COMMUNIQUE_TOPICS")]
    topics: Option<PathBuf>,
    /// Cores to compute on [default: all]
    #[arg(long, global = true, value_name = "N", env = "COMMUNIQUE_THREADS")]
    threads: Option<NonZeroUsize>,
    /// Numbers to compute with [default: bfloat16 if the processor has instructions for it, else float32]
    #[arg(long, global = true, value_name = "KIND", env = "COMMUNIQUE_PRECISION")]
    precision: Option<Precision>,
    /// Sentences of an abstract, at most
    #[arg(
        long,
        global = true,
        value_name = "N",
        env = "COMMUNIQUE_ABSTRACT_SENTENCES",
        default_value = "3"
    )]
    abstract_sentences: NonZeroUsize,
    /// Characters of an abstract, at most
    #[arg(
        long,
        global = true,
        value_name = "N",
        env = "COMMUNIQUE_ABSTRACT_CHARS",
        default_value = "400",
        value_parser = clap::value_parser!(u32).range(40..=100_000)
    )]
    abstract_chars: u32,
    /// Also let a model write abstracts in its own words: its folder, or the name of one whose files you put beside the
    /// encoder (docs/abstractive.md). What the text does not license is dropped; the abstract of its own sentences stays
    #[arg(
        long,
        global = true,
        value_name = "DIR|NAME",
        env = "COMMUNIQUE_ABSTRACTIVE"
    )]
    abstractive: Option<PathBuf>,
    /// Let a model of natural language inference judge which topics an article is about: its folder, or the name of one
    /// that `models` lists (docs/labels.md)
    #[arg(
        long,
        global = true,
        value_name = "DIR|NAME",
        env = "COMMUNIQUE_ENTAILMENT"
    )]
    entailment: Option<PathBuf>,
}

/// The models beside the encoders that the user brought, verified.
#[derive(Clone, Default)]
pub(super) struct Brought {
    /// Writes abstracts in its own words.
    pub(super) writer: Option<AbstractiveFolder>,
    /// Judges topics.
    pub(super) judge: Option<EntailmentFolder>,
}

impl Model {
    /// The models that are asked for beside the encoders.
    pub(super) fn brought(&self) -> Result<Brought> {
        let root = self.root();
        let writer = self.abstractive.as_deref();
        let writer = writer.map(|named| AbstractiveFolder::open(named, &root));
        let judge = self.entailment.as_deref();
        let judge = judge.map(|named| EntailmentFolder::open(named, &root));
        Ok(Brought {
            writer: writer.transpose().context("--abstractive")?,
            judge: judge.transpose().context("--entailment")?,
        })
    }

    /// The topics to label with.
    pub(super) fn vocabulary(&self) -> Result<Vocabulary> {
        let vocabulary = match &self.topics {
            Some(path) => Vocabulary::read(path),
            None => Vocabulary::built_in(),
        };
        vocabulary.context("the topics cannot be used")
    }

    /// Where the English encoder is.
    pub(super) fn english(&self) -> PathBuf {
        self.model.clone().unwrap_or_else(default_model_folder)
    }

    /// Where the encoder of all other languages is, unless these are to be read by the English one.
    pub(super) fn multilingual(&self) -> Option<PathBuf> {
        match &self.multilingual {
            Some(off) if off == Path::new("off") => None,
            Some(folder) => Some(folder.clone()),
            None => Some(self.root().join(NAME)),
        }
    }

    /// The folder that models are in: that of the English encoder's folder.
    pub(super) fn root(&self) -> PathBuf {
        let english = self.english();
        match english.parent() {
            Some(root) if root != Path::new("") => root.to_owned(),
            _ => PathBuf::from("."),
        }
    }

    /// The folder of the English encoder, every file of it verified.
    pub(super) fn folder(&self) -> Result<ModelFolder> {
        ModelFolder::open(&self.english()).context("the model cannot be used")
    }

    /// Who makes results now: the multilingual encoder those in other languages than English, where there is one.
    pub(super) fn makers(
        &self,
        english: &ModelFolder,
        vocabulary: &Vocabulary,
        brought: &Brought,
    ) -> Makers {
        let taught = |maker: Maker| {
            let head = vocabulary.head(&maker.model);
            maker.taught(head)
        };
        let english = (english.name().to_owned(), english.version());
        let english = taught(Maker::of(english, false));
        let other = self
            .multilingual()
            .map(|folder| ModelFolder::named(&folder));
        let other = match other {
            Some(Ok(named)) => taught(Maker::of(named, true)),
            _ => english.clone(),
        };
        let judge = brought.judge.as_ref();
        Makers {
            english,
            other,
            judge: judge.map(|folder| folder.identity().clone()),
        }
    }

    /// How long an abstract may be.
    pub(super) fn budget(&self) -> Budget {
        Budget {
            sentences: self.abstract_sentences.get(),
            characters: self.abstract_chars as usize,
            ..Budget::default()
        }
    }

    /// Load the encoder, and the models that were brought.
    pub(super) async fn summarizer(
        &self,
        folder: &ModelFolder,
        vocabulary: &Vocabulary,
        brought: Brought,
    ) -> Result<Summarizer> {
        let budget = self.budget();
        self.summarizer_within(budget, folder, vocabulary, brought)
            .await
    }

    /// The same, with abstracts of another length, also those in a model's own words.
    pub(super) async fn summarizer_within(
        &self,
        budget: Budget,
        folder: &ModelFolder,
        vocabulary: &Vocabulary,
        brought: Brought,
    ) -> Result<Summarizer> {
        let usual = Computing::default();
        let threads = self.threads.unwrap_or(usual.threads);
        let options = Options {
            computing: Computing {
                threads,
                precision: self.precision.unwrap_or(usual.precision),
            },
            multilingual: self.multilingual(),
            budget,
        };
        let mut summarizer =
            Summarizer::load(folder, vocabulary, options).context("the model cannot be used")?;
        let Brought { writer, judge } = brought;
        if let Some(folder) = writer {
            let writer = tokio::task::spawn_blocking(move || Writer::start(folder, threads));
            let writer = writer.await.context("starting the model that writes")?;
            summarizer = summarizer.with_writer(writer.context("--abstractive")?);
        }
        if let Some(folder) = judge {
            let judge = tokio::task::spawn_blocking(move || Judge::start(folder, threads));
            let judge = judge.await.context("starting the model of entailment")?;
            summarizer = summarizer.with_judge(judge.context("--entailment")?);
        }
        Ok(summarizer)
    }
}
