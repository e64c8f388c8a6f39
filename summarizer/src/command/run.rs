//! `run`: work the queue of a database.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use chrono::{NaiveDate, TimeDelta};
use clap::Args;
use summarizer::clock::Clock;
use summarizer::queue::{DEFAULT_URL, LearnedAt, Makers, Queue, Terms, Which};
use summarizer::worker::{Ended, Plan, Worker};

use super::options::Model;
use super::progress::Progress;
use super::signal::{self, Reason};
use super::tell;

/// Exit code of a program that SIGINT ended, as shells have it.
const INTERRUPTED: u8 = 130;

/// Between two looks at what editors taught.
const LOOK: Duration = Duration::from_secs(5);

/// Summarise the articles that wait in the database, until none is left.
///
/// Articles are claimed by a lease, so several workers may share a database, and what a killed worker had in hand is
/// taken up by the next one. Ends with 0 when all is done, with 1 if articles had to be given up. On SIGTERM what is in
/// hand is given back at once (0); on Ctrl-C too (130).
#[derive(Args)]
pub(super) struct Arguments {
    /// The database: sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/NAME
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true, default_value = DEFAULT_URL)]
    database_url: String,
    /// Do not end: wait for articles that come in
    #[arg(long, env = "COMMUNIQUE_WATCH")]
    pub(super) watch: bool,
    /// End when standard input is closed, as it is when whoever started this program is gone
    #[arg(long, env = "COMMUNIQUE_ATTACHED")]
    attached: bool,
    /// How long a claim is good for unless renewed (it is renewed while the work goes on)
    #[arg(long, value_name = "N", env = "COMMUNIQUE_LEASE_SECONDS", default_value = "20",
        value_parser = clap::value_parser!(i64).range(1..=86_400))]
    lease_seconds: i64,
    /// Articles to claim at once
    #[arg(long, value_name = "N", env = "COMMUNIQUE_BATCH", default_value = "16",
        value_parser = clap::value_parser!(u32).range(1..=1000))]
    batch: u32,
    /// Attempts before an article is given up
    #[arg(long, value_name = "N", env = "COMMUNIQUE_ATTEMPTS", default_value = "3",
        value_parser = clap::value_parser!(i32).range(1..=100))]
    attempts: i32,
    /// First put articles that were given up back into the queue
    #[arg(long, env = "COMMUNIQUE_RETRY_FAILED")]
    retry_failed: bool,
    #[command(flatten)]
    again: Again,
}

/// Doing anew what another model or version did.
#[derive(Args)]
struct Again {
    /// First put articles back into the queue that another model or version summarised. What is stored stays, marked
    /// as stale, until the new result is there; after an interruption, the same command goes on with the rest
    #[arg(long, env = "COMMUNIQUE_AGAIN")]
    again: bool,
    /// With --again: only articles in these languages
    #[arg(
        long,
        value_name = "CODE,…",
        env = "COMMUNIQUE_AGAIN_LANGUAGES",
        requires = "again",
        value_delimiter = ','
    )]
    languages: Vec<String>,
    /// With --again: only articles published on this day or later
    #[arg(
        long,
        value_name = "YYYY-MM-DD",
        env = "COMMUNIQUE_AGAIN_FROM",
        requires = "again"
    )]
    published_from: Option<NaiveDate>,
    /// With --again: only articles published on this day or earlier
    #[arg(
        long,
        value_name = "YYYY-MM-DD",
        env = "COMMUNIQUE_AGAIN_TO",
        requires = "again"
    )]
    published_to: Option<NaiveDate>,
    /// With --again: only articles on pages of this source
    #[arg(
        long,
        value_name = "NAME",
        env = "COMMUNIQUE_AGAIN_SOURCE",
        requires = "again"
    )]
    source: Option<String>,
}

impl Again {
    fn which(&self) -> Which {
        Which {
            languages: self.languages.clone(),
            from: self.published_from,
            to: self.published_to,
            source: self.source.clone(),
        }
    }
}

/// Do it.
pub(super) async fn run(model: &Model, arguments: Arguments) -> Result<ExitCode> {
    let told = signal::listen(arguments.attached)?;
    let vocabulary = model.vocabulary()?;
    let terms = Terms {
        lease: TimeDelta::seconds(arguments.lease_seconds),
        attempts: arguments.attempts,
        ..Terms::default()
    };
    let clock = Clock::system();
    let started = clock.now();
    // Before the model is loaded: a database that is not there should be said at once.
    let mut queue = Queue::open(&arguments.database_url, terms, clock).await?;
    queue.outlook().await?;
    let mut learned_at = queue.learned_at().await?;
    let mut vocabulary = vocabulary.taught(queue.learned().await?);
    let folder = model.folder()?;
    queue.save_vocabulary(&vocabulary).await?;
    if arguments.retry_failed {
        queue.retry_failed().await?;
    }
    let brought = model.brought()?;
    let makers = model.makers(&folder, &vocabulary, &brought);
    if arguments.again.again {
        let ordered = queue.order_again(&makers, &arguments.again.which()).await?;
        tell(format_args!(
            "{} by another model or version: ordered anew",
            articles(ordered)
        ));
    }
    if let Some(writer) = &brought.writer {
        let model = writer.identity();
        queue.order_wording(&model.name, &model.version).await?;
    }
    let outlook = queue.outlook().await?;
    let mut told = std::pin::pin!(told);
    let unshared =
        makers.other.multilingual && !queue.unshared(&makers.other.model).await?.is_empty();
    if outlook.unfinished() == 0 && !unshared && !arguments.watch {
        // Articles that an older version summarised, or that were dated anew: this needs no model.
        tokio::select! {
            placed = place_all(&queue) => placed?,
            reason = &mut told => return Ok(exit_code(reason)),
        }
        tell_older(&queue, &makers).await?;
        queue.close().await?;
        tell("summarised 0 articles: none was waiting");
        return Ok(ExitCode::SUCCESS);
    }
    let plan = if arguments.watch {
        Plan::Watch
    } else {
        Plan::UntilEmpty
    };
    let progress = Progress::new(&outlook, arguments.watch);
    let (worker, ended, reason) = loop {
        let summarizer = tokio::select! {
            loaded = model.summarizer(&folder, &vocabulary, brought.clone()) => Arc::new(loaded?),
            reason = &mut told => return Ok(exit_code(reason)),
        };
        let worker = Worker::new(queue, summarizer, arguments.batch);
        let (mut reason, mut anew) = (None, None);
        let stop = async {
            tokio::select! {
                told = &mut told => reason = Some(told),
                at = taught(worker.queue(), &learned_at), if arguments.watch => anew = Some(at),
            }
        };
        let ended = worker
            .run(plan, stop, |notice| progress.note(&notice))
            .await;
        let Some(at) = anew.filter(|_| ended.is_ok()) else {
            break (worker, ended, reason);
        };
        queue = worker.into_queue();
        learned_at = at;
        vocabulary = vocabulary.taught(queue.learned().await?);
        tell("labels follow what editors taught from here on");
    };
    let (tally, took) = progress.finish();
    if matches!(ended, Ok(Ended::Empty)) {
        tell_older(worker.queue(), &makers).await?;
    }
    let failures = worker.queue().failures(started).await.unwrap_or_default();
    let closed = worker.into_queue().close().await;

    match ended? {
        Ended::Stopped(returned) => {
            tell(format_args!(
                "stopped: {} summarised, {returned} given back",
                articles(tally.saved)
            ));
            closed?;
            Ok(reason.map_or(ExitCode::SUCCESS, exit_code))
        }
        Ended::Empty => {
            closed?;
            let seconds = took.as_secs_f64();
            let rate = tally.saved as f64 / seconds.max(1e-3);
            tell(format_args!(
                "summarised {} in {seconds:.1} s ({rate:.1}/s)",
                articles(tally.saved)
            ));
            if tally.shared > 0 {
                tell(format_args!(
                    "placed {} among all languages",
                    articles(tally.shared)
                ));
            }
            for (article, title, message) in &failures {
                tell(format_args!("given up: {article} “{title}”: {message}"));
            }
            if failures.is_empty() {
                return Ok(ExitCode::SUCCESS);
            }
            tell(format_args!(
                "{} given up; run again with --retry-failed once the cause is gone",
                articles(failures.len() as u64)
            ));
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Ready once something else was learned than what was learned at these times.
async fn taught(queue: &Queue, before: &LearnedAt) -> LearnedAt {
    loop {
        tokio::time::sleep(LOOK).await;
        // A database that fails is waited out, as the worker does.
        if let Ok(now) = queue.learned_at().await
            && now != *before
        {
            return now;
        }
    }
}

/// Say how much another model or version made, and how to have it made anew.
async fn tell_older(queue: &Queue, makers: &Makers) -> Result<()> {
    let older = queue.made_by_others(makers, &Which::default()).await?;
    if older > 0 {
        tell(format_args!(
            "{} by another model or version; --again summarises them anew",
            articles(older)
        ));
    }
    Ok(())
}

/// Put what waits for it into its story.
async fn place_all(queue: &Queue) -> Result<()> {
    let mut all = 0;
    loop {
        let placed = queue.place_waiting().await?;
        if placed == 0 {
            break;
        }
        all += placed;
    }
    if all > 0 {
        tell(format_args!(
            "compared {} with those of the same weeks",
            articles(all)
        ));
    }
    Ok(())
}

fn exit_code(reason: Reason) -> ExitCode {
    match reason {
        Reason::Interrupted => ExitCode::from(INTERRUPTED),
        Reason::Asked => ExitCode::SUCCESS,
    }
}

fn articles(count: u64) -> String {
    format!("{count} article{}", if count == 1 { "" } else { "s" })
}
