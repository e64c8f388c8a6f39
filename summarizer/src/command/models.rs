//! `models`: which models are there, what they are used for; and putting more there.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use summarizer::abstractive::fetch::{fetch, usual_hub};
use summarizer::config;
use summarizer::encoder::{Computing, Encoder};
use summarizer::entailment::{EntailmentFolder, Judge};
use summarizer::model::ModelFolder;
use summarizer::model::import::{NAME, import};
use summarizer::model::installed::{Installed, Kind, add, installed};

use super::options::Model;

/// List the models that are installed: whether each is whole, its size, licence, languages, and what it is used for.
///
/// Exits with 1 if the files of any are not as their checksums say.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Subcommand)]
enum Task {
    /// Copy a model's folder to the others, with the checksums of its files, and say what it is
    Add {
        /// The folder: config.json, weights and tokenizer, as model hubs have them
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Fetch a model that writes abstracts in its own words, known by name (docs/abstractive.md), from the hub that has it:
    /// the only command that uses the network
    Fetch {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
        /// Address of the hub or of a mirror of it [default: that from which rust-bert fetches its models]
        #[arg(long, value_name = "URL", env = "COMMUNIQUE_HUB")]
        hub: Option<String>,
    },
    /// Make the multilingual encoder of what `make setup` fetched; one that is there and whole stays
    Import {
        /// Folder with e5-small-q4.bin and tokenizer.json [default: where `make setup` leaves them,
        /// ~/.cache/communique/sources/multilingual-e5-small]
        #[arg(value_name = "DIR", env = "COMMUNIQUE_SOURCES")]
        source: Option<PathBuf>,
    },
}

/// Do it.
pub(super) fn run(model: &Model, arguments: Arguments) -> Result<ExitCode> {
    let root = model.root();
    let mut out = std::io::stdout();
    match arguments.task {
        None => list(model, &root),
        Some(Task::Add { folder }) => {
            let added = add(&folder, &root, check).context("the model cannot be added")?;
            writeln!(out, "{}", line(&added, model))?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Task::Fetch { name, hub }) => {
            let hub = hub.as_deref().unwrap_or(usual_hub());
            let bar = ProgressBar::new(0).with_style(style()?);
            let fetched = fetch(&name, hub, &root, |so_far| {
                bar.set_message(so_far.file.to_owned());
                bar.set_length(so_far.of.unwrap_or(so_far.bytes));
                bar.set_position(so_far.bytes);
            });
            bar.finish_and_clear();
            fetched.context("the model was not fetched")?;
            let fetched = Installed::look(&root.join(name));
            writeln!(out, "{}", line(&fetched, model))?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Task::Import { source }) => {
            let source = source.unwrap_or_else(config::default_sources);
            let into = root.join(NAME);
            import(&source, &into).context("the multilingual encoder cannot be imported")?;
            writeln!(out, "{}", line(&Installed::look(&into), model))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// A bar for one file after the other; not drawn where there is no terminal.
fn style() -> Result<ProgressStyle> {
    let parts = "{msg} {bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left";
    Ok(ProgressStyle::with_template(parts)?)
}

/// A model is started before it is said to be an encoder or a model of entailment.
fn check(added: &Installed) -> Result<()> {
    let unused = "it cannot be used";
    let threads = NonZeroUsize::MIN;
    match added.kind {
        Kind::Encoder => {
            let folder = ModelFolder::open(&added.path)?;
            Encoder::start(&folder, Computing::on(threads))
                .context(unused)
                .map(drop)
        }
        Kind::Entailment => {
            let folder = EntailmentFolder::open(&added.path, &added.path).context(unused)?;
            let judge = Judge::start(folder, threads);
            judge.context(unused).map(drop)
        }
        _ => Ok(()),
    }
}

fn list(model: &Model, root: &Path) -> Result<ExitCode> {
    let models = installed(root).with_context(|| format!("reading {}", root.display()))?;
    let mut out = std::io::stdout();
    if models.is_empty() {
        writeln!(
            out,
            "there is no model in {}; run `make setup`",
            root.display()
        )?;
    }
    for found in &models {
        writeln!(out, "{}", line(found, model))?;
    }
    if models.iter().any(|found| found.fault.is_some()) {
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn line(found: &Installed, model: &Model) -> String {
    let state = match &found.fault {
        None => "verified".to_owned(),
        Some(fault) => format!("not usable: {fault}"),
    };
    let languages = match found.languages.as_slice() {
        [] => "languages not said".to_owned(),
        several => several.join(", "),
    };
    format!(
        "{}\n    {}\n    {state}\n    {}, {}, {languages}\n    {}",
        found.name,
        found.path.display(),
        megabytes(found.bytes),
        found.licence.as_deref().unwrap_or("licence not said"),
        used_for(found, model),
    )
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}

/// What a model does for us, in a few words.
fn used_for(found: &Installed, model: &Model) -> String {
    let same = |path: &Path| path.canonicalize().ok() == found.path.canonicalize().ok();
    match &found.kind {
        Kind::Encoder if same(&model.english()) => {
            "encoder: ranking of sentences, labels and embeddings of English".to_owned()
        }
        Kind::Encoder if model.multilingual().is_some_and(|path| same(&path)) => {
            "encoder: the same for all other languages, and what articles in several languages are compared by"
                .to_owned()
        }
        Kind::Encoder => "encoder: not used; name it with --model or --multilingual".to_owned(),
        Kind::Writer(architecture) => format!("abstractive summaries ({architecture})"),
        Kind::Entailment => "labels, with --entailment".to_owned(),
        Kind::Other(what) => format!("not used; {what:?} is no kind of model that this program runs"),
    }
}
