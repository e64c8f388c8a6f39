//! What stands in place of a page that cannot be shown: what is wrong, and what would be right.

use std::fmt::{self, Display, Formatter};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use askama::Template;

use super::view::{self, Frame};
use crate::http::Unanswered;

/// Why a page cannot be shown.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    /// To people; a sentence.
    message: String,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct Shown<'a> {
    frame: Frame,
    heading: &'static str,
    message: &'a str,
}

impl Problem {
    /// There is nothing at this address.
    pub(crate) fn missing(message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            status: StatusCode::NOT_FOUND,
            message,
        }
    }

    /// The address asks for what makes no sense.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            status: StatusCode::BAD_REQUEST,
            message,
        }
    }

    /// Something failed on our side; the log has it.
    pub(super) fn ours() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            message: "Something failed on our side. The log of the server says what.".to_owned(),
        }
    }

    /// The archive is closed to who shows no token that is in force, told to a person whose browser asks for a password.
    pub(crate) fn private(shown: bool) -> Self {
        let way = "type any name, and the token as the password. Whoever keeps this archive makes tokens.";
        Self {
            status: StatusCode::UNAUTHORIZED,
            message: match shown {
                false => format!("Reading it needs a token: when your browser asks, {way}"),
                true => format!(
                    "What was given is no token in force: it is unknown, expired or revoked. When your browser asks again, {way}"
                ),
            },
        }
    }

    /// Whoever asks may not come in; in words for people.
    pub(crate) fn closed(status: StatusCode, message: &str) -> Self {
        Self {
            status,
            message: sentence(message),
        }
    }

    /// What is wrong, in a few words.
    pub(super) fn heading(&self) -> &'static str {
        match self.status {
            StatusCode::NOT_FOUND => "Not found",
            StatusCode::BAD_REQUEST => "That cannot be asked",
            StatusCode::UNAUTHORIZED => "This archive is private",
            StatusCode::FORBIDDEN => "Not allowed",
            StatusCode::TOO_MANY_REQUESTS => "Too many requests",
            StatusCode::SERVICE_UNAVAILABLE => "Not just now",
            _ => "Something failed",
        }
    }
}

impl From<Unanswered> for Problem {
    fn from(unanswered: Unanswered) -> Self {
        let status = match unanswered.code.as_str() {
            "INTERNAL" => return Self::ours(),
            "NOT_FOUND" => StatusCode::NOT_FOUND,
            "UNAUTHENTICATED" => StatusCode::UNAUTHORIZED,
            "FORBIDDEN" => StatusCode::FORBIDDEN,
            "SEARCH_UNAVAILABLE" | "TIMEOUT" => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_REQUEST,
        };
        // Which argument of the API it was is nothing to people.
        let message = unanswered.message.as_str();
        let bare = ["search: ", "filter: "]
            .into_iter()
            .find_map(|name| message.strip_prefix(name));
        Self {
            status,
            message: sentence(bare.unwrap_or(message)),
        }
    }
}

/// A message of the API, which has neither capital nor full stop, as a sentence.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(char::to_uppercase);
    let text: String = first.into_iter().flatten().chain(letters).collect();
    if text.ends_with(['.', '!', '?']) {
        text
    } else {
        text + "."
    }
}

impl Display for Problem {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let shown = Shown {
            frame: Frame::bare(self.heading()),
            heading: self.heading(),
            message: &self.message,
        };
        view::html(self.status, &shown)
    }
}
