//! The messages of `graphql-transport-ws`, in and out.

use async_graphql::ServerError;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::close::Close;

/// What a client says.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    /// `connection_init`, with who asks perhaps.
    Init(Option<Map<String, Value>>),
    /// `ping`, with anything.
    Ping(Option<Map<String, Value>>),
    /// `pong`.
    Pong,
    /// `subscribe`: run an operation under this id.
    Subscribe(String, Value),
    /// `complete`: the operation of this id is not wanted any more.
    Complete(String),
}

/// What a server says.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Say<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    Next {
        id: &'a str,
        payload: &'a RawValue,
    },
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
}

impl Said {
    /// Out of the text of a message; else how the connection is closed.
    pub(super) fn read(text: &str) -> Result<Self, Close> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| Close::bad(format!("the message is not JSON: {error}")))?;
        let Value::Object(mut fields) = value else {
            return Err(Close::bad("the message is not an object"));
        };
        let Some(Value::String(kind)) = fields.remove("type") else {
            return Err(Close::bad("the message has no type"));
        };
        match kind.as_str() {
            "connection_init" => Ok(Self::Init(details(&mut fields)?)),
            "ping" => Ok(Self::Ping(details(&mut fields)?)),
            "pong" => details(&mut fields).map(|_| Self::Pong),
            "subscribe" => {
                let id = id(&mut fields)?;
                match fields.remove("payload") {
                    Some(payload @ Value::Object(_)) => Ok(Self::Subscribe(id, payload)),
                    _ => Err(Close::bad(
                        "the message has no payload; expected an object with a query",
                    )),
                }
            }
            "complete" => id(&mut fields).map(Self::Complete),
            _ => Err(Close::bad(
                "the type is none that a client says; expected connection_init, ping, pong, subscribe or complete",
            )),
        }
    }
}

fn details(fields: &mut Map<String, Value>) -> Result<Option<Map<String, Value>>, Close> {
    match fields.remove("payload") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(payload)) => Ok(Some(payload)),
        Some(_) => Err(Close::bad("the payload is not an object")),
    }
}

fn id(fields: &mut Map<String, Value>) -> Result<String, Close> {
    match fields.remove("id") {
        Some(Value::String(id)) if !id.is_empty() => Ok(id),
        _ => Err(Close::bad(
            "the message has no id; expected a string that is not empty",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_client_says_is_read() {
        for (message, expected) in [
            (json!({ "type": "connection_init" }), Some(Said::Init(None))),
            (
                json!({ "type": "connection_init", "payload": null }),
                Some(Said::Init(None)),
            ),
            (json!({ "type": "connection_init", "payload": 1 }), None),
            (
                json!({ "type": "ping", "payload": {} }),
                Some(Said::Ping(Some(Map::new()))),
            ),
            (json!({ "type": "pong" }), Some(Said::Pong)),
            (
                json!({ "type": "subscribe", "id": "1", "payload": { "query": "{ a }" } }),
                Some(Said::Subscribe("1".to_owned(), json!({ "query": "{ a }" }))),
            ),
            (
                json!({ "type": "subscribe", "id": "", "payload": {} }),
                None,
            ),
            (json!({ "type": "subscribe", "id": 1, "payload": {} }), None),
            (json!({ "type": "subscribe", "id": "1" }), None),
            (
                json!({ "type": "complete", "id": "1" }),
                Some(Said::Complete("1".to_owned())),
            ),
            (json!({ "type": "complete" }), None),
            (json!({ "type": "connection_ack" }), None),
            (json!({ "id": "1" }), None),
            (json!([]), None),
        ] {
            assert_eq!(Said::read(&message.to_string()).ok(), expected, "{message}");
        }
        assert!(Said::read("{").is_err());
        assert!(
            Said::read(&"[".repeat(100_000)).is_err(),
            "it does not overflow the stack"
        );
    }

    #[test]
    fn what_a_server_says_holds_an_answer_as_it_was_written() {
        let written = r#"{"data":{"nodes":[{"title":"A"}]}}"#;
        let payload: &RawValue = serde_json::from_str(written).expect("JSON");
        let next = serde_json::to_string(&Say::Next { id: "1", payload }).expect("JSON");
        assert_eq!(
            next,
            format!(r#"{{"type":"next","id":"1","payload":{written}}}"#)
        );
    }
}
