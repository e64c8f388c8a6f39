//! A client of GraphQL by server-sent events.

use std::io::{BufRead, BufReader, Read};
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;

use crate::client::Client;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(60);

/// An open stream of events.
pub struct Events {
    lines: BufReader<Box<dyn Read + Send>>,
    /// The headers of the answer.
    pub headers: ureq::http::HeaderMap,
}

/// One thing that came.
#[derive(Clone, Debug, PartialEq)]
pub enum Came {
    /// A comment, which keeps the connection alive.
    Comment,
    /// An event of this name with this data; null when it has none.
    Event(String, Value),
    /// The end of the stream.
    End,
}

impl Events {
    /// Asks by POST for the events of an operation.
    ///
    /// # Panics
    ///
    /// When the server answers with anything but a stream of events.
    #[must_use]
    #[track_caller]
    pub fn of(server: &Client, query: &str) -> Self {
        let agent = Agent::config_builder()
            .proxy(None)
            .timeout_global(Some(PATIENCE))
            .build()
            .new_agent();
        let answer = agent
            .post(format!("{}/graphql", server.origin()))
            .header("Accept", "text/event-stream")
            .header("Accept-Encoding", "br, gzip")
            .send_json(json!({ "query": query }))
            .unwrap_or_else(|error| panic!("no events: {error}"));
        let (head, body) = answer.into_parts();
        assert_eq!(head.headers["content-type"], "text/event-stream");
        Self {
            lines: BufReader::new(Box::new(body.into_reader())),
            headers: head.headers,
        }
    }

    /// What comes next.
    ///
    /// # Panics
    ///
    /// When nothing comes in time, or no event.
    #[must_use]
    #[track_caller]
    pub fn come(&mut self) -> Came {
        let mut name = String::new();
        let mut data = Value::Null;
        loop {
            let mut line = String::new();
            let read = self.lines.read_line(&mut line).expect("it comes in time");
            match line.trim_end() {
                _ if read == 0 => return Came::End,
                ":" => {
                    let mut empty = String::new();
                    let _ = self.lines.read_line(&mut empty);
                    return Came::Comment;
                }
                "" => return Came::Event(name, data),
                line => match line.split_once(": ") {
                    Some(("event", found)) => found.clone_into(&mut name),
                    Some(("data", text)) => {
                        data = serde_json::from_str(text).expect("data is JSON")
                    }
                    _ if line == "data:" => {}
                    _ => panic!("no line of an event: {line}"),
                },
            }
        }
    }

    /// The data of the next event, comments passed over.
    ///
    /// # Panics
    ///
    /// When it has another name, or the stream ends.
    #[must_use]
    #[track_caller]
    pub fn event(&mut self, name: &str) -> Value {
        loop {
            match self.come() {
                Came::Comment => {}
                Came::Event(found, data) if found == name => return data,
                other => panic!("not the event {name}: {other:?}"),
            }
        }
    }
}
