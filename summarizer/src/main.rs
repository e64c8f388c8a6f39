//! `communique-summarizer`: abstracts and topic labels by a local transformer.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run()
}
