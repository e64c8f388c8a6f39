//! Why a WebSocket is closed by us: the codes of RFC 6455 and of `graphql-transport-ws`.

use std::borrow::Cow;

use actix_ws::CloseReason;

/// A code and the reason in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Close {
    code: u16,
    reason: Cow<'static, str>,
}

impl Close {
    /// The client offered no protocol that is spoken.
    pub(super) const PROTOCOL: Self = Self::new(
        4406,
        "Subprotocol not acceptable; expected graphql-transport-ws",
    );
    /// The client did not say `connection_init` in time.
    pub(super) const INIT_TIMEOUT: Self = Self::new(4408, "Connection initialisation timeout");
    /// The client said `connection_init` again.
    pub(super) const INIT_AGAIN: Self = Self::new(4429, "Too many initialisation requests");
    /// The client asked before it was acknowledged.
    pub(super) const UNAUTHORIZED: Self =
        Self::new(4401, "Unauthorized: expected connection_init first");
    /// Nothing runs, and the client says nothing.
    pub(super) const IDLE: Self = Self::new(1000, "idle");
    /// The server ends.
    pub(super) const AWAY: Self = Self::new(1001, "the server ends");
    /// A message is larger than is read.
    pub(super) const TOO_LARGE: Self = Self::new(1009, "the message is larger than is read");
    /// Frames come faster than they are read.
    pub(super) const TOO_FAST: Self = Self::new(1008, "messages come faster than they are read");

    const fn new(code: u16, reason: &'static str) -> Self {
        Self {
            code,
            reason: Cow::Borrowed(reason),
        }
    }

    /// The message is none of the protocol.
    pub(super) fn bad(why: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: 4400,
            reason: why.into(),
        }
    }

    /// The token is none in force, or there is none where one is needed.
    pub(super) fn forbidden(why: &str) -> Self {
        // A reason has at most 123 bytes.
        let end = why.floor_char_boundary(100);
        Self {
            code: 4403,
            reason: format!("Forbidden: {}", &why[..end]).into(),
        }
    }

    /// An operation with this id runs already.
    pub(super) fn exists(id: &str) -> Self {
        Self {
            code: 4409,
            reason: format!("Subscriber for {id} already exists").into(),
        }
    }

    /// The client does not speak the WebSocket protocol.
    pub(super) fn broken(why: String) -> Self {
        Self {
            code: 1002,
            reason: why.into(),
        }
    }
}

impl From<Close> for CloseReason {
    fn from(close: Close) -> Self {
        Self {
            code: close.code.into(),
            description: Some(close.reason.into_owned()),
        }
    }
}
