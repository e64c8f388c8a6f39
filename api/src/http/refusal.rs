//! Why a request is not executed, and the status that says so.

use actix_web::http::StatusCode;
use async_graphql::ServerError;

use crate::graphql::Code;

/// A request that is not executed.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The status for a client that accepts `application/graphql-response+json`.
    pub(super) status: StatusCode,
    /// What was wrong and what would be right, with its code.
    pub(super) error: Box<ServerError>,
    /// The methods that would be right, for `Allow`.
    pub(super) allow: Option<&'static str>,
    /// Whether the HTTP request is well formed, so that a client of plain `application/json` gets 200, as such clients
    /// have always got it.
    pub(super) well_formed: bool,
}

impl Refusal {
    /// A refusal with the same status for every client.
    pub(super) fn new(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        let mut error = ServerError::new(message, None);
        error
            .extensions
            .get_or_insert_default()
            .set("code", code.as_str());
        Self::beyond(status, error)
    }

    /// A limit was passed, as the error says.
    pub(super) fn beyond(status: StatusCode, error: ServerError) -> Self {
        Self {
            status,
            error: Box::new(error),
            allow: None,
            well_formed: false,
        }
    }

    /// 400: the request is not GraphQL over HTTP.
    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::BadRequest, message)
    }

    /// What is wrong is the GraphQL request, not the HTTP request that carries it.
    pub(super) fn of_graphql(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self {
            well_formed: true,
            ..Self::new(status, code, message)
        }
    }

    /// 405: the operation is not for this method.
    pub(super) fn wrong_method(allow: &'static str, message: impl Into<String>) -> Self {
        Self {
            allow: Some(allow),
            ..Self::new(StatusCode::METHOD_NOT_ALLOWED, Code::BadRequest, message)
        }
    }
}

impl From<ServerError> for Refusal {
    fn from(error: ServerError) -> Self {
        Self::beyond(StatusCode::BAD_REQUEST, error)
    }
}
