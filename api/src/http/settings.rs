//! How a server answers, where its operator has a choice.

use actix_web::http::StatusCode;
use clap::ValueEnum;

use super::origins::Origin;

/// The choices of an operator.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The status of what is not valid.
    pub invalid: InvalidStatus,
    /// Most requests in one body; 0 takes only a single one.
    pub batch: usize,
    /// Whether only trusted documents are answered.
    pub trusted_only: bool,
    /// How long others may keep an answer of `/q/NAME` or a feed without asking again, in seconds.
    pub max_age: u32,
    /// The other sites whose pages may read what is answered.
    pub origins: Vec<Origin>,
}

/// The status of a document that does not fit the schema, and of variables that do not fit the document, for clients that
/// accept `application/graphql-response+json`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum InvalidStatus {
    /// Bad request, as older clients expect.
    #[value(name = "400")]
    BadRequest,
    /// Unprocessable content, which tells it from a request that could not be read.
    #[default]
    #[value(name = "422")]
    Unprocessable,
}

impl InvalidStatus {
    pub(super) fn code(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}
