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
    /// A subscriber took its events slower than they came.
    Lagged,
    /// More runs at once than one connection, or the whole server, may have.
    TooManySubscriptions,
    /// The document is not GraphQL.
    ParseFailed,
    /// The document does not fit the schema, or its variables do not fit the document.
    ValidationFailed,
    /// The hash of a document is not known here: the client is to send the text with it.
    PersistedQueryNotFound,
    /// The document is not among the trusted ones.
    NotTrusted,
    /// There is nothing of this name.
    NotFound,
    /// The body holds more requests than are answered at once.
    BatchTooLarge,
    /// There is no search index at the moment: nothing that searches, counts by groups or compares is answered.
    SearchUnavailable,
    /// The operation costs more than is executed.
    TooCostly,
    /// The operation has more aliases than are executed.
    TooManyAliases,
    /// The operation has more fields on its outermost level than are executed.
    TooManyRootFields,
    /// The document has more tokens than are parsed.
    TooManyTokens,
    /// The operation has more directives than are executed.
    TooManyDirectives,
    /// More items are asked for at once than a page has.
    PageTooLarge,
    /// The body has more bytes than are read.
    BodyTooLarge,
    /// The body came slower than is waited for.
    BodyTooSlow,
    /// It took longer than a request may take.
    Timeout,
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
            Self::Lagged => "LAGGED",
            Self::TooManySubscriptions => "TOO_MANY_SUBSCRIPTIONS",
            Self::ParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::ValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::NotTrusted => "NOT_TRUSTED",
            Self::NotFound => "NOT_FOUND",
            Self::BatchTooLarge => "BATCH_TOO_LARGE",
            Self::SearchUnavailable => "SEARCH_UNAVAILABLE",
            Self::TooCostly => "TOO_COSTLY",
            Self::TooManyAliases => "TOO_MANY_ALIASES",
            Self::TooManyRootFields => "TOO_MANY_ROOT_FIELDS",
            Self::TooManyTokens => "TOO_MANY_TOKENS",
            Self::TooManyDirectives => "TOO_MANY_DIRECTIVES",
            Self::PageTooLarge => "PAGE_TOO_LARGE",
            Self::BodyTooLarge => "BODY_TOO_LARGE",
            Self::BodyTooSlow => "BODY_TOO_SLOW",
            Self::Timeout => "TIMEOUT",
            Self::BadRequest => "BAD_REQUEST",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::RateLimited => "RATE_LIMITED",
            Self::Internal => "INTERNAL",
        }
    }
}

/// What a field answers that may be null: where it fails it is null, with an error of its whole path, and takes nothing
/// else of the answer with it. (An error that a resolver returns by itself takes what stands around its field.)
pub(super) type Nullable<T> = Option<Result<T, Error>>;

/// An error that is the client's to mend.
pub(super) fn bad(code: Code, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code.as_str()))
}

/// Refuse texts that no text of the archive is like. Each database has its own answer to them, which none should see.
pub(super) fn storable<T: AsRef<str>>(
    argument: &str,
    texts: impl IntoIterator<Item = T>,
) -> Result<(), Error> {
    let mut texts = texts.into_iter();
    if texts.any(|text| text.as_ref().contains('\0')) {
        let message =
            format!("{argument}: it holds the character U+0000; expected text without it");
        return Err(bad(Code::BadUserInput, message));
    }
    Ok(())
}

/// An error that is ours. The cause is kept for [`cause`].
pub(super) fn internal(error: impl Into<Arc<StoreError>>) -> Error {
    let cause: Arc<StoreError> = error.into();
    if cause.is_of_unstorable_text() {
        let message = "a text holds the character U+0000, which no text of the archive has; expected it without";
        return bad(Code::BadUserInput, message);
    }
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
