//! The command line, and with it the configuration: every option has an environment twin, typed on entry.

mod digest;
mod ingest;
mod limits;
mod migrate;
mod schema;
mod serve;
mod show;
mod sources;
mod status;
mod summarizer;
mod token;

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::clock::Clock;

/// Turns scraped press-release pages into a clean, summarised archive, and serves it by GraphQL.
///
/// Exit codes: 0 done; 1 something could not be done (stderr says what); 2 wrong usage; 3 a digest with nothing in it.
#[derive(Debug, Parser)]
#[command(name = "communique", version, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    log: Log,
    #[command(subcommand)]
    command: Command,
}

/// Where the archive is.
#[derive(Args, Debug)]
struct Database {
    /// The database: sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/NAME
    #[arg(
        long = "database-url",
        env = "DATABASE_URL",
        hide_env_values = true,
        global = true,
        value_name = "URL",
        default_value = entity::database::DEFAULT_URL
    )]
    url: String,
}

/// What is logged, to stderr.
#[derive(Args, Debug)]
struct Log {
    /// What to log: error, warn, info, debug, trace, or by module (api=debug,sea_orm=warn)
    #[arg(
        long = "log",
        env = "COMMUNIQUE_LOG",
        global = true,
        value_name = "FILTER",
        default_value = "warn,api=info"
    )]
    filter: Targets,
    /// How to write it
    #[arg(
        long = "log-format",
        env = "COMMUNIQUE_LOG_FORMAT",
        global = true,
        value_name = "FORMAT",
        default_value = "text"
    )]
    format: LogFormat,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

// What each does is said where it is done.
#[derive(Debug, Subcommand)]
enum Command {
    Migrate(migrate::Migrate),
    Ingest(ingest::Ingest),
    Show(show::Show),
    Status(status::Status),
    Serve(Box<serve::Serve>),
    Digest(Box<digest::Digest>),
    Token(token::Token),
    /// Print the GraphQL schema (SDL)
    Schema,
}

impl Log {
    /// Log from now on, to stderr: stdout is for what was asked for.
    fn start(self) {
        let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
        // Left alone, it heeds NO_COLOR.
        let lines = match std::io::stderr().is_terminal() {
            true => lines,
            false => lines.with_ansi(false),
        };
        let layer = match self.format {
            LogFormat::Text => lines.boxed(),
            LogFormat::Json => lines.json().flatten_event(true).boxed(),
        };
        tracing_subscriber::registry()
            .with(layer.with_filter(self.filter))
            .init();
    }
}

/// Run the command that the process was started with, to its end. Not asynchronous, so that all that it runs is compiled
/// here, and not again in the program.
#[tokio::main(worker_threads = 2)]
pub async fn run() -> ExitCode {
    let Cli {
        database,
        log,
        command,
    } = Cli::parse();
    log.start();
    let clock = Clock::System;
    let done = match command {
        Command::Migrate(command) => command.run(&database.url).await,
        Command::Ingest(command) => command.run(&database.url, clock).await,
        Command::Show(command) => command.run(&database.url).await,
        Command::Status(command) => command.run(&database.url).await,
        Command::Serve(command) => command.run(&database.url).await,
        Command::Digest(command) => command.run(&database.url, clock).await,
        Command::Token(command) => command.run(&database.url, clock).await,
        Command::Schema => schema::run(),
    };
    done.unwrap_or_else(|error| {
        // A reader that went away (`communique show … | head`) is not a failure worth a message.
        let gone = |cause: &std::io::Error| cause.kind() == std::io::ErrorKind::BrokenPipe;
        if !error
            .chain()
            .any(|cause| cause.downcast_ref().is_some_and(gone))
        {
            tell(format_args!("communique: {error:#}"));
        }
        ExitCode::FAILURE
    })
}

/// Say something on stderr. That it cannot be said is no reason to stop.
fn tell(message: impl Display) {
    let _ = writeln!(std::io::stderr(), "{message}");
}
