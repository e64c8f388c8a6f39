//! A client of GraphQL over a WebSocket, which says what a test wants to say, right or wrong.

use std::collections::VecDeque;
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;
use tungstenite::http::header::SEC_WEBSOCKET_PROTOCOL;
use tungstenite::http::{HeaderName, HeaderValue};
use tungstenite::{Error, HandshakeError, Message, WebSocket};

use crate::client::Client;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// The protocol of GraphQL over a WebSocket.
pub const PROTOCOL: (&str, &str) = ("Sec-WebSocket-Protocol", "graphql-transport-ws");

/// An open WebSocket.
#[derive(Debug)]
pub struct Socket {
    socket: WebSocket<TcpStream>,
    /// Heard while something else was waited for.
    waiting: VecDeque<Heard>,
    pings: u32,
}

/// What came over a WebSocket.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// A message.
    Message(Value),
    /// The server closed the connection with this code and reason.
    Closed(u16, String),
    /// The connection was cut.
    Cut,
}

impl Socket {
    /// Opens a WebSocket at `/graphql` with these headers; else the status of the refusal.
    ///
    /// # Errors
    ///
    /// The HTTP status that the server answered with.
    ///
    /// # Panics
    ///
    /// When the server does not answer at all.
    #[track_caller]
    pub fn open(server: &Client, headers: &[(&str, &str)]) -> Result<Self, u16> {
        let address = server.origin().trim_start_matches("http://");
        let mut request = format!("ws://{address}/graphql")
            .into_client_request()
            .expect("the address of a server");
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("the name of a header");
            let value = HeaderValue::from_str(value).expect("the value of a header");
            request.headers_mut().insert(name, value);
        }
        let stream = TcpStream::connect(address).expect("the server listens");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a read timeout");
        stream
            .set_write_timeout(Some(PATIENCE))
            .expect("a write timeout");
        let wanted = request.headers().contains_key(SEC_WEBSOCKET_PROTOCOL);
        match tungstenite::client(request, stream) {
            Ok((socket, answer)) => {
                let spoken = answer.headers().contains_key(SEC_WEBSOCKET_PROTOCOL);
                assert_eq!(spoken, wanted, "the protocol is confirmed");
                Ok(Self {
                    socket,
                    waiting: VecDeque::new(),
                    pings: 0,
                })
            }
            Err(HandshakeError::Failure(Error::Http(answer))) => Err(answer.status().as_u16()),
            Err(error) => panic!("no WebSocket: {error}"),
        }
    }

    /// Opens one that speaks the protocol, and has it acknowledged.
    ///
    /// # Panics
    ///
    /// When the server refuses, or acknowledges nothing.
    #[must_use]
    #[track_caller]
    pub fn ready(server: &Client) -> Self {
        let mut socket = Self::open(server, &[PROTOCOL]).expect("a WebSocket");
        socket.say(&json!({ "type": "connection_init" }));
        assert_eq!(
            socket.hear(),
            Heard::Message(json!({ "type": "connection_ack" }))
        );
        socket
    }

    /// Says something.
    ///
    /// # Panics
    ///
    /// When it cannot be sent.
    #[track_caller]
    pub fn say(&mut self, message: &Value) {
        self.send(Message::text(message.to_string()))
            .expect("it is sent");
    }

    /// Sends a frame as it is.
    ///
    /// # Errors
    ///
    /// When the server takes no more.
    pub fn send(&mut self, message: Message) -> Result<(), Error> {
        self.socket.send(message)
    }

    /// Begins an operation.
    ///
    /// # Panics
    ///
    /// When it cannot be sent.
    #[track_caller]
    pub fn subscribe(&mut self, id: &str, query: &str) {
        let payload = json!({ "query": query });
        self.say(&json!({ "type": "subscribe", "id": id, "payload": payload }));
    }

    /// Waits until the server has done what it was told before: the subscriptions begun so far miss nothing from now on.
    ///
    /// # Panics
    ///
    /// When the server does not answer, or closes the connection.
    #[track_caller]
    pub fn settle(&mut self) {
        self.pings += 1;
        let payload = json!({ "number": self.pings });
        self.say(&json!({ "type": "ping", "payload": payload }));
        let pong = Heard::Message(json!({ "type": "pong", "payload": payload }));
        loop {
            let heard = self.receive();
            match heard {
                heard if heard == pong => return,
                Heard::Message(_) => self.waiting.push_back(heard),
                ended => panic!("the server did not settle: {ended:?}"),
            }
        }
    }

    /// What the server says next.
    ///
    /// # Panics
    ///
    /// When it says nothing for half a minute.
    #[must_use]
    #[track_caller]
    pub fn hear(&mut self) -> Heard {
        match self.waiting.pop_front() {
            Some(heard) => heard,
            None => self.receive(),
        }
    }

    /// The `payload` of the next message, which is a `next` of this operation.
    ///
    /// # Panics
    ///
    /// When something else comes, or nothing.
    #[must_use]
    #[track_caller]
    pub fn next(&mut self, id: &str) -> Value {
        match self.hear() {
            Heard::Message(mut message) if message["type"] == "next" && message["id"] == id => {
                message["payload"].take()
            }
            other => panic!("not the next of {id}: {other:?}"),
        }
    }

    /// The code that the server closes the connection with, whatever it says before.
    ///
    /// # Panics
    ///
    /// When it does not close it, or cuts it.
    #[track_caller]
    pub fn closed(&mut self) -> u16 {
        loop {
            match self.hear() {
                Heard::Message(_) => {}
                Heard::Closed(code, _) => return code,
                Heard::Cut => panic!("the connection was cut, not closed"),
            }
        }
    }

    #[track_caller]
    fn receive(&mut self) -> Heard {
        loop {
            match self.socket.read() {
                Ok(Message::Text(text)) => {
                    let message = serde_json::from_str(&text).expect("a message is JSON");
                    return Heard::Message(message);
                }
                Ok(Message::Close(frame)) => {
                    // The answer to it goes out with the next look.
                    let _ = self.socket.read();
                    return frame.map_or(Heard::Closed(1005, String::new()), |frame| {
                        Heard::Closed(frame.code.into(), frame.reason.to_string())
                    });
                }
                Ok(_) => {}
                Err(Error::Io(error))
                    if matches!(
                        error.kind(),
                        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                    ) =>
                {
                    panic!("the server said nothing for {PATIENCE:?}")
                }
                Err(_) => return Heard::Cut,
            }
        }
    }
}
