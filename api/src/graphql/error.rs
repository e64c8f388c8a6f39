//! What a client is told when something is wrong.
//!
//! - A client's own mistake: [`Code::BadUserInput`] or [`Code::BadCursor`], with what was wrong and what would be right.
//! - Ours: [`Code::Internal`] with a fixed text. The cause travels beside the error for the log, never to the client.

use std::sync::Arc;

use async_graphql::{Error, ErrorExtensions, ServerError};

use crate::store::StoreError;

/// `extensions.code` of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// An argument has a value that makes no sense.
    BadUserInput,
    /// A cursor was not made by this list, or is damaged.
    BadCursor,
    /// The document nests deeper than is read.
    TooDeep,
    /// The document selects more than is executed.
    TooLarge,
    /// The request is not GraphQL over HTTP.
    BadRequest,
    /// A token is needed, or the one given is none in force.
    Unauthenticated,
    /// The token does not allow this.
    Forbidden,
    /// Too many requests in too little time.
    RateLimited,
    /// Something failed on our side.
    Internal,
}

impl Code {
    /// As it stands in `extensions.code`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::BadCursor => "BAD_CURSOR",
            Self::TooDeep => "TOO_DEEP",
            Self::TooLarge => "TOO_LARGE",
            Self::BadRequest => "BAD_REQUEST",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::RateLimited => "RATE_LIMITED",
            Self::Internal => "INTERNAL",
        }
    }
}

/// An error that is the client's to mend.
pub(super) fn bad(code: Code, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code.as_str()))
}

/// An error that is ours. The cause is kept for [`cause`].
pub(super) fn internal(error: impl Into<Arc<StoreError>>) -> Error {
    let cause: Arc<StoreError> = error.into();
    let mut error = bad(
        Code::Internal,
        "something failed on our side; the request id finds it in the log",
    );
    error.source = Some(Arc::new(cause));
    error
}

/// What really happened, where the error is ours: for the log.
pub fn cause(error: &ServerError) -> Option<&StoreError> {
    error.source::<Arc<StoreError>>().map(AsRef::as_ref)
}
