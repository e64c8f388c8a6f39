//! Messages out of the frames of a WebSocket, neither larger nor faster than they may be.

use actix_web::web::Bytes;
use actix_ws::{Item, Message, MessageStream, ProtocolError};
use tokio::time::Instant;

use super::close::Close;
use crate::http::standing::StandingLimits;

/// What a client sends.
pub(super) struct Frames {
    stream: MessageStream,
    /// The fragments so far of a message that is not whole.
    fragments: Option<Vec<u8>>,
    largest: usize,
    allowance: Allowance,
}

/// What came.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A whole message.
    Text(String),
    /// A ping of the WebSocket, to be answered with the same bytes.
    Ping(Bytes),
    /// A sign of life with nothing in it.
    Sign,
    /// The client has gone, or is about to.
    Gone,
}

/// How many frames may come: grows with time up to two seconds' worth, shrinks with each.
struct Allowance {
    rate: f64,
    left: f64,
    since: Instant,
}

impl Frames {
    pub(super) fn of(stream: MessageStream, limits: &StandingLimits) -> Self {
        let rate = f64::from(limits.rate);
        Self {
            stream: stream.max_frame_size(limits.message),
            fragments: None,
            largest: limits.message,
            allowance: Allowance {
                rate,
                left: 2.0 * rate,
                since: Instant::now(),
            },
        }
    }

    /// The next that comes. May be dropped while it waits.
    pub(super) async fn next(&mut self) -> Result<Incoming, Close> {
        let message = match self.stream.recv().await {
            Some(Ok(message)) => message,
            Some(Err(ProtocolError::Overflow)) => return Err(Close::TOO_LARGE),
            Some(Err(ProtocolError::Io(error)))
                if error.kind() == std::io::ErrorKind::InvalidData =>
            {
                return Err(not_text());
            }
            Some(Err(ProtocolError::Io(_))) | None => return Ok(Incoming::Gone),
            Some(Err(error)) => return Err(Close::broken(error.to_string())),
        };
        if !self.allowance.take(Instant::now()) {
            return Err(Close::TOO_FAST);
        }
        match message {
            Message::Text(_) | Message::Binary(_) if self.fragments.is_some() => {
                let why = "a message begins within the fragments of another";
                Err(Close::broken(why.to_owned()))
            }
            Message::Text(text) => Ok(Incoming::Text(text.into())),
            Message::Binary(_) => Err(not_text()),
            Message::Ping(bytes) => Ok(Incoming::Ping(bytes)),
            Message::Pong(_) | Message::Nop => Ok(Incoming::Sign),
            Message::Close(_) => Ok(Incoming::Gone),
            Message::Continuation(item) => self.fragment(item),
        }
    }

    fn fragment(&mut self, item: Item) -> Result<Incoming, Close> {
        let (bytes, last) = match (item, &self.fragments) {
            (Item::FirstBinary(_), _) => return Err(not_text()),
            (Item::FirstText(bytes), None) => (bytes, false),
            (Item::Continue(bytes), Some(_)) => (bytes, false),
            (Item::Last(bytes), Some(_)) => (bytes, true),
            _ => return Err(Close::broken("a fragment is out of order".to_owned())),
        };
        let so_far = self.fragments.get_or_insert_default();
        if so_far.len() + bytes.len() > self.largest {
            return Err(Close::TOO_LARGE);
        }
        so_far.extend_from_slice(&bytes);
        if !last {
            return Ok(Incoming::Sign);
        }
        let whole = self.fragments.take().unwrap_or_default();
        String::from_utf8(whole)
            .map(Incoming::Text)
            .map_err(|_| not_text())
    }
}

impl Allowance {
    fn take(&mut self, now: Instant) -> bool {
        let grown = now.duration_since(self.since).as_secs_f64() * self.rate;
        self.since = now;
        self.left = (self.left + grown).min(2.0 * self.rate) - 1.0;
        self.left >= 0.0
    }
}

fn not_text() -> Close {
    Close::bad("the message is not text; expected a JSON object")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn an_allowance_lasts_for_two_seconds_at_once_and_grows_again() {
        let start = Instant::now();
        let mut allowance = Allowance {
            rate: 10.0,
            left: 20.0,
            since: start,
        };
        assert_eq!((0..30).filter(|_| allowance.take(start)).count(), 20);
        let later = start + Duration::from_secs(60);
        assert_eq!((0..30).filter(|_| allowance.take(later)).count(), 20);
    }
}
