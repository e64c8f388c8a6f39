//! The command line: what can be asked for, and how its outcome becomes an exit code.

mod batch;
mod learn;
mod models;
mod options;
mod own_words;
mod progress;
mod run;
mod signal;
mod text;
mod topics;

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand, ValueEnum};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use options::Model;

/// Abstracts and topic labels for press releases, by a local transformer.
///
/// Exit codes: 0 done, 1 something failed (what, is said on standard error), 2 wrong usage, 130 interrupted by Ctrl-C.
#[derive(Parser)]
#[command(name = "communique-summarizer", version, max_term_width = 120)]
struct Command {
    #[command(flatten)]
    model: Model,
    #[command(flatten)]
    log: Log,
    #[command(subcommand)]
    task: Task,
}

/// What is logged to standard error.
#[derive(Args)]
struct Log {
    /// Levels to log, such as debug or info,summarizer=trace [default: warn; info with run --watch]
    #[arg(
        long = "log",
        global = true,
        value_name = "LEVELS",
        env = "COMMUNIQUE_LOG"
    )]
    filter: Option<Targets>,
    /// How a line of the log looks
    #[arg(
        long = "log-format",
        global = true,
        env = "COMMUNIQUE_LOG_FORMAT",
        default_value = "text"
    )]
    format: LogFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum LogFormat {
    /// For people.
    Text,
    /// One object a line.
    Json,
}

#[derive(Subcommand)]
enum Task {
    Run(run::Arguments),
    Text(text::Arguments),
    Models(models::Arguments),
    Topics(topics::Arguments),
    Learn(learn::Arguments),
}

/// Read the command line and do what it says.
pub(crate) fn run() -> ExitCode {
    let command = Command::parse();
    let stays = matches!(&command.task, Task::Run(arguments) if arguments.watch);
    let Command { model, log, task } = command;
    start_log(log, stays);
    match execute(&model, task) {
        Ok(code) => code,
        Err(error) => {
            // A reader that went away (`communique-summarizer models | head`) is not a failure worth a message.
            let gone = |cause: &std::io::Error| cause.kind() == std::io::ErrorKind::BrokenPipe;
            if !error
                .chain()
                .any(|cause| cause.downcast_ref().is_some_and(gone))
            {
                tell(format_args!("communique-summarizer: {error:#}"));
            }
            ExitCode::FAILURE
        }
    }
}

/// Say something on standard error. That it cannot be said is no reason to stop.
fn tell(message: impl Display) {
    let _ = writeln!(std::io::stderr(), "{message}");
}

fn execute(model: &Model, task: Task) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        // The computing is done by the encoder's own threads.
        .worker_threads(2)
        .enable_all()
        .build()
        .context("starting the runtime")?;
    let outcome = runtime.block_on(async {
        match task {
            Task::Run(arguments) => run::run(model, arguments).await,
            Task::Text(arguments) => text::run(model, arguments).await,
            Task::Learn(arguments) => learn::run(model, arguments).await,
            Task::Topics(arguments) => topics::run(model, arguments).await,
            Task::Models(arguments) => models::run(model, arguments),
        }
    });
    // Nothing that still waits in the background (standard input, for one) may keep the program from ending.
    runtime.shutdown_background();
    outcome
}

/// Log to standard error, unless told otherwise: warnings for a command that ends by itself, more for one that stays.
fn start_log(log: Log, stays: bool) {
    let filter = log.filter.unwrap_or_else(|| {
        let level = if stays {
            LevelFilter::INFO
        } else {
            LevelFilter::WARN
        };
        Targets::new().with_default(level)
    });
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    // Left alone, it heeds NO_COLOR.
    let lines = if std::io::stderr().is_terminal() {
        lines
    } else {
        lines.with_ansi(false)
    };
    let layer = match log.format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry()
        .with(layer.with_filter(filter))
        .init();
}
