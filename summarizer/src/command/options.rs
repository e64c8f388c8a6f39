//! What both tasks need: the model, the topics, the length of an abstract.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use summarizer::abstractive::{AbstractiveFolder, Writer};
use summarizer::abstracts::Budget;
use summarizer::config::default_model_folder;
use summarizer::encoder::{Computing, Precision};
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
}

impl Model {
    /// The folder of the model that writes, verified; none if none is asked for.
    pub(super) fn abstractive(&self) -> Result<Option<AbstractiveFolder>> {
        let Some(named) = &self.abstractive else {
            return Ok(None);
        };
        let folder = AbstractiveFolder::open(named, &self.root());
        folder.context("--abstractive").map(Some)
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
    pub(super) fn makers(&self, english: &ModelFolder) -> Makers {
        let english = Maker::of((english.name().to_owned(), english.version()), false);
        let other = self
            .multilingual()
            .map(|folder| ModelFolder::named(&folder));
        let other = match other {
            Some(Ok(named)) => Maker::of(named, true),
            _ => english.clone(),
        };
        Makers { english, other }
    }

    /// How long an abstract may be.
    pub(super) fn budget(&self) -> Budget {
        Budget {
            sentences: self.abstract_sentences.get(),
            characters: self.abstract_chars as usize,
            ..Budget::default()
        }
    }

    /// Load the model, and the one that writes, if there is one.
    pub(super) async fn summarizer(
        &self,
        folder: &ModelFolder,
        vocabulary: &Vocabulary,
        abstractive: Option<AbstractiveFolder>,
    ) -> Result<Summarizer> {
        let usual = Computing::default();
        let threads = self.threads.unwrap_or(usual.threads);
        let options = Options {
            computing: Computing {
                threads,
                precision: self.precision.unwrap_or(usual.precision),
            },
            multilingual: self.multilingual(),
            budget: self.budget(),
        };
        let summarizer =
            Summarizer::load(folder, vocabulary, options).context("the model cannot be used")?;
        let Some(abstractive) = abstractive else {
            return Ok(summarizer);
        };
        let writer = tokio::task::spawn_blocking(move || Writer::start(abstractive, threads));
        let writer = writer.await.context("starting the model that writes")?;
        Ok(summarizer.with_writer(writer.context("--abstractive")?))
    }
}
