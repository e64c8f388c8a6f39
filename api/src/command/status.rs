//! `communique status`.

use std::io::Write;
use std::process::ExitCode;

use chrono::SecondsFormat;
use clap::Args;
use entity::job::State;
use serde_json::{Map, json};

use crate::store::Store;
use crate::store::tallies::Tallies;

/// Say how the archive stands.
#[derive(Args, Debug)]
pub(super) struct Status {
    /// As one JSON object
    #[arg(long, env = "COMMUNIQUE_JSON")]
    json: bool,
}

impl Status {
    pub(super) async fn run(self, url: &str) -> anyhow::Result<ExitCode> {
        let store = Store::open_migrated(url).await?;
        let tallies = store.tallies().await?;
        store.close().await?;
        let mut out = std::io::stdout().lock();
        if self.json {
            writeln!(out, "{}", in_json(&tallies))?;
        } else {
            in_words(&tallies, &mut out)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn in_json(tallies: &Tallies) -> serde_json::Value {
    let jobs: Map<String, serde_json::Value> = tallies
        .jobs
        .iter()
        .map(|(state, count)| (name(*state).to_owned(), json!(count)))
        .collect();
    let models: Vec<_> = tallies
        .models
        .iter()
        .map(|model| json!({ "name": model.name, "version": model.version, "articles": model.articles }))
        .collect();
    json!({
        "pages": tallies.pages,
        "articles": tallies.articles,
        "duplicates": tallies.duplicates,
        "rejectedLines": tallies.rejected_lines,
        "jobs": jobs,
        "models": models,
        "lastIngestedAt": tallies.last_ingested_at.map(|moment| moment.to_rfc3339_opts(SecondsFormat::Secs, true)),
    })
}

fn in_words(tallies: &Tallies, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "pages       {}", tallies.pages)?;
    writeln!(out, "articles    {}", tallies.articles)?;
    writeln!(out, "duplicates  {}", tallies.duplicates)?;
    writeln!(out, "rejected    {} lines", tallies.rejected_lines)?;
    let jobs: Vec<String> = tallies
        .jobs
        .iter()
        .map(|(state, count)| format!("{count} {}", name(*state)))
        .collect();
    writeln!(out, "summaries   {}", jobs.join(", "))?;
    for model in &tallies.models {
        writeln!(
            out,
            "model       {} {} ({} articles)",
            model.name, model.version, model.articles
        )?;
    }
    match tallies.last_ingested_at {
        Some(moment) => writeln!(
            out,
            "last ingest {}",
            moment.to_rfc3339_opts(SecondsFormat::Secs, true)
        ),
        None => writeln!(out, "last ingest never"),
    }
}

fn name(state: State) -> &'static str {
    match state {
        State::Queued => "queued",
        State::Running => "running",
        State::Done => "done",
        State::Failed => "failed",
    }
}
