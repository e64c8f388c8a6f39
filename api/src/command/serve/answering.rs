//! The options of `serve` that say how GraphQL requests are answered.

use clap::Args;

use crate::http::{InvalidStatus, Settings};

/// How GraphQL requests are answered.
#[derive(Args, Debug)]
pub(super) struct Answering {
    /// The HTTP status of a document that does not fit the schema, and of variables that do not fit the document
    #[arg(
        long,
        env = "COMMUNIQUE_VALIDATION_STATUS",
        value_name = "STATUS",
        default_value = "422"
    )]
    validation_status: InvalidStatus,
    /// Most requests that one body may hold as a list; 0 takes no lists
    #[arg(long, env = "COMMUNIQUE_BATCH", value_name = "N", default_value_t = 0)]
    batch: usize,
}

impl Answering {
    /// The settings of the server.
    pub(super) fn settings(self) -> Settings {
        Settings {
            invalid: self.validation_status,
            batch: self.batch,
        }
    }
}
