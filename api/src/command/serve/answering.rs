//! The options of `serve` that say how GraphQL requests are answered.

use std::path::PathBuf;

use clap::Args;

use crate::graphql::Schema;
use crate::http::{Documents, DocumentsError, InvalidStatus, Origin, Settings};

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
    #[arg(
        long,
        env = "COMMUNIQUE_MAX_BATCH",
        value_name = "N",
        default_value_t = 0
    )]
    batch: usize,
    /// A folder of .graphql files to trust and to answer at /q/NAME, in place of those in the program
    #[arg(long, env = "COMMUNIQUE_QUERIES", value_name = "FOLDER")]
    queries: Option<PathBuf>,
    /// Answer trusted documents only, and refuse every other
    #[arg(long, env = "COMMUNIQUE_TRUSTED_ONLY")]
    trusted_only: bool,
    /// How long others may keep an answer of /q/NAME or a feed before they ask again; 0 makes them ask each time
    #[arg(
        long,
        env = "COMMUNIQUE_MAX_AGE",
        value_name = "SECONDS",
        default_value_t = 0
    )]
    max_age: u32,
    /// Another site whose pages may read here (CORS), like https://example.org, or * for any; may be repeated
    #[arg(
        long = "cors",
        env = "COMMUNIQUE_CORS",
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    origins: Vec<Origin>,
}

impl Answering {
    /// The trusted documents.
    pub(super) async fn documents(&self, schema: &Schema) -> Result<Documents, DocumentsError> {
        Documents::load(self.queries.as_deref(), schema).await
    }

    /// The settings of the server.
    pub(super) fn settings(self) -> Settings {
        Settings {
            invalid: self.validation_status,
            batch: self.batch,
            trusted_only: self.trusted_only,
            max_age: self.max_age,
            origins: self.origins,
        }
    }
}
