//! `learn`: let the labels that editors set teach the labels that the model gives.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use summarizer::clock::Clock;
use summarizer::queue::{DEFAULT_URL, Edited, Queue, Terms};
use summarizer::topic::{self, Agreement, Labeller, Learned, Taught};
use summarizer::understanding::Summarizer;

use super::options::{Brought, Model};

/// Learn topics from the labels that editors set in an archive.
///
/// An editor's label is one more prototype of its topic; from 5 articles of a topic on, a linear model is fitted to
/// them. What is learned is compared by cross-validation with labelling that learned nothing, and kept, in the database,
/// only if it agrees better with the editors. `run` labels by it, within seconds also one that runs already.
#[derive(Args)]
pub(super) struct Arguments {
    /// The archive: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true, default_value = DEFAULT_URL)]
    database_url: String,
    /// Say what would be learned, keep nothing
    #[arg(long, env = "COMMUNIQUE_DRY_RUN")]
    dry_run: bool,
}

/// Do it.
pub(super) async fn run(model: &Model, arguments: Arguments) -> Result<ExitCode> {
    let vocabulary = model.vocabulary()?;
    let queue = Queue::open(&arguments.database_url, Terms::default(), Clock::system()).await?;
    queue.outlook().await?;
    let summarizer = model
        .summarizer(&model.folder()?, &vocabulary, Brought::default())
        .await?;
    let mut out = std::io::stdout();
    for (_, maker) in summarizer.labellers().await {
        let edited = queue.edited(&maker.model).await?;
        let taught = taught(&summarizer, &maker.model, edited).await?;
        match topic::learn(&taught, &vocabulary) {
            None => writeln!(
                out,
                "{}: editors set the topics of {} articles; nothing is learned from fewer than {}",
                maker.model,
                taught.len(),
                topic::LEAST
            )?,
            Some(learned) => {
                writeln!(out, "{}", said(&maker.model, &learned))?;
                if !arguments.dry_run {
                    queue.keep_learned(&maker.model, &learned).await?;
                }
            }
        }
    }
    queue.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Those that this model labels.
async fn taught(summarizer: &Summarizer, model: &str, edited: Vec<Edited>) -> Result<Vec<Taught>> {
    let mut taught = Vec::with_capacity(edited.len());
    for article in edited {
        let (labeller, by) = summarizer.labeller(&article.language).await;
        if by.model == model {
            taught.push(Taught {
                likely: likely(&labeller, &article).await?,
                embedding: article.embedding,
                topics: article.topics,
            });
        }
    }
    Ok(taught)
}

async fn likely(labeller: &Labeller, article: &Edited) -> Result<BTreeMap<String, f64>> {
    let likely = labeller
        .likely_of(&article.language, &article.embedding)
        .await?;
    Ok(likely)
}

fn said(model: &str, learned: &Learned) -> String {
    let percent = |agreement: &Agreement| {
        format!(
            "F1 {:.1}, first label right {:.1} %",
            100.0 * agreement.all,
            100.0 * agreement.first
        )
    };
    let kept = match &learned.head {
        Some(head) => format!("kept, for {} topics", head.topics().count()),
        None => "not better, so not kept".to_owned(),
    };
    format!(
        "{model}: learned from {} articles: {}, before {} (cross-validated): {kept}",
        learned.articles,
        percent(&learned.taught),
        percent(&learned.zero_shot)
    )
}
