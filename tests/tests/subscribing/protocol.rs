//! The protocol `graphql-transport-ws`, rule by rule.

use std::time::Duration;

use serde_json::{Value, json};
use tests::socket::{Heard, PROTOCOL, Socket};
use tests::{Fresh, Server, archive};
use tungstenite::Message;

use super::{ADDED, over, serving};

#[test]
fn a_connection_is_closed_with_the_code_that_says_why() {
    let (_database, server) = serving(&[]);
    let init = || json!({ "type": "connection_init" });
    let subscribe =
        |id: &str| json!({ "type": "subscribe", "id": id, "payload": { "query": ADDED } });
    for (what, says, code) in [
        ("an operation before the init", vec![subscribe("1")], 4401),
        ("a second init", vec![init(), init()], 4429),
        (
            "an id in use",
            vec![init(), subscribe("1"), subscribe("1")],
            4409,
        ),
        ("no type", vec![json!({})], 4400),
        ("an unknown type", vec![json!({ "type": "start" })], 4400),
        (
            "a type that a server says",
            vec![init(), json!({ "type": "next", "id": "1" })],
            4400,
        ),
        ("a list", vec![json!([init()])], 4400),
        (
            "no id",
            vec![init(), json!({ "type": "subscribe", "payload": {} })],
            4400,
        ),
        (
            "no payload",
            vec![init(), json!({ "type": "subscribe", "id": "1" })],
            4400,
        ),
        (
            "a payload that is no object",
            vec![json!({ "type": "connection_init", "payload": 1 })],
            4400,
        ),
    ] {
        let mut socket = Socket::open(&server, &[PROTOCOL]).expect("a WebSocket");
        for message in &says {
            socket.say(message);
        }
        assert_eq!(socket.closed(), code, "{what}");
    }
    for (what, frame, code) in [
        ("text that is not JSON", Message::text("{"), 4400),
        ("bytes", Message::binary(vec![1, 2, 3]), 4400),
        ("nesting", Message::text("[".repeat(200_000)), 4400),
    ] {
        let mut socket = Socket::open(&server, &[PROTOCOL]).expect("a WebSocket");
        socket.send(frame).expect("it is sent");
        assert_eq!(socket.closed(), code, "{what}");
    }
}

#[test]
fn who_says_nothing_is_let_go() {
    let (_database, server) = serving(&["--socket-idle", "1"]);
    let mut silent = Socket::open(&server, &[PROTOCOL]).expect("a WebSocket");
    let mut idle = Socket::ready(&server);
    let mut busy = Socket::ready(&server);
    busy.subscribe("1", ADDED);
    assert_eq!(idle.closed(), 1000, "idle");
    assert_eq!(silent.closed(), 4408, "no connection_init");
    // By now the third has said nothing for as long as the first two, but something runs.
    busy.settle();
    busy.say(&json!({ "type": "complete", "id": "1" }));
    assert_eq!(busy.closed(), 1000, "idle since nothing runs any more");
}

#[test]
fn another_protocol_is_not_spoken() {
    let (_database, server) = serving(&[]);
    let mut none = Socket::open(&server, &[]).expect("a WebSocket");
    assert_eq!(none.closed(), 4406);
    let both = ("Sec-WebSocket-Protocol", "graphql-ws, graphql-transport-ws");
    let mut socket = Socket::open(&server, &[both]).expect("a WebSocket");
    socket.say(&json!({ "type": "connection_init", "payload": {} }));
    assert_eq!(
        socket.hear(),
        Heard::Message(json!({ "type": "connection_ack" }))
    );
}

#[test]
fn pings_of_both_kinds_are_answered() {
    let (_database, server) = serving(&[]);
    let mut socket = Socket::open(&server, &[PROTOCOL]).expect("a WebSocket");
    socket.say(&json!({ "type": "ping" }));
    assert_eq!(
        socket.hear(),
        Heard::Message(json!({ "type": "pong" })),
        "also before the init"
    );
    socket.say(&json!({ "type": "ping", "payload": { "a": 1 } }));
    let pong = json!({ "type": "pong", "payload": { "a": 1 } });
    assert_eq!(socket.hear(), Heard::Message(pong));
    socket.say(&json!({ "type": "pong" }));
    socket
        .send(Message::Ping(vec![1, 2].into()))
        .expect("it is sent");
    socket.settle();
}

#[test]
fn queries_are_answered_once_and_completed() {
    let (_database, server) = serving(&[]);
    let mut socket = Socket::ready(&server);
    socket.subscribe("a", "{ status { pages } }");
    assert_eq!(
        socket.next("a")["data"],
        json!({ "status": { "pages": 0 } })
    );
    assert_eq!(
        socket.hear(),
        Heard::Message(json!({ "type": "complete", "id": "a" }))
    );
    // Its id is free again; variables and names are taken as over HTTP.
    let query =
        "query A { status { pages } } query B($n: Int) { articles(first: $n) { totalCount } }";
    let payload = json!({ "query": query, "operationName": "B", "variables": { "n": 1 } });
    socket.say(&json!({ "type": "subscribe", "id": "a", "payload": payload }));
    assert_eq!(socket.next("a")["data"]["articles"]["totalCount"], 0);
}

#[test]
fn a_query_over_a_socket_has_the_answer_that_it_has_over_http() {
    let database = Fresh::sqlite();
    archive::fill(database.url(), &archive::samples());
    let server = over(&database, &[]);
    let mut socket = Socket::ready(&server);
    for selected in [
        "nodes { id title publishedOn }",
        "edges { cursor node { slug abstract { text } labels { score } } }",
        "totalCount nodes { paragraphs } pageInfo { endCursor }",
    ] {
        let query = format!("{{ articles(first: 3) {{ {selected} }} }}");
        let expected = server.data(&query, json!({}));
        socket.subscribe("a", &query);
        assert_eq!(socket.next("a")["data"], expected, "{selected}");
        let complete = json!({ "type": "complete", "id": "a" });
        assert_eq!(socket.hear(), Heard::Message(complete), "{selected}");
    }
}

#[test]
fn what_is_not_executed_is_an_error_and_the_connection_goes_on() {
    let (_database, server) = serving(&[]);
    let mut socket = Socket::ready(&server);
    let deep = format!("{{ {} }}", "a { ".repeat(3_000));
    for (what, query, code) in [
        ("no GraphQL", "{", Some("GRAPHQL_PARSE_FAILED")),
        (
            "an unknown field",
            "subscription { moon }",
            Some("GRAPHQL_VALIDATION_FAILED"),
        ),
        (
            "two events",
            "subscription { articleAdded { id } abstractReady { id } }",
            Some("GRAPHQL_VALIDATION_FAILED"),
        ),
        ("too deep", &deep, Some("TOO_DEEP")),
    ] {
        socket.subscribe("a", query);
        let Heard::Message(message) = socket.hear() else {
            panic!("{what}: the connection ended");
        };
        assert_eq!(message["type"], "error", "{what}: {message}");
        let found = message["payload"][0]["extensions"]["code"].as_str();
        assert_eq!(found, code, "{what}: {message}");
        if what == "two events" {
            let place = &message["payload"][0]["locations"];
            assert_eq!(*place, json!([{ "line": 1, "column": 36 }]), "{message}");
        }
    }
    let filter = "{ publishedFrom: \"2024-02-01\", publishedTo: \"2024-01-01\" }";
    socket.subscribe(
        "a",
        &format!("subscription {{ articleAdded(filter: {filter}) {{ id }} }}"),
    );
    let errors = socket.next("a")["errors"].take();
    assert_eq!(errors[0]["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(
        socket.hear(),
        Heard::Message(json!({ "type": "complete", "id": "a" }))
    );
}

#[test]
fn a_server_that_ends_says_so_and_ends_at_once() {
    let (_database, server) = serving(&[]);
    let mut sockets: Vec<Socket> = (0..5).map(|_| Socket::ready(&server)).collect();
    for socket in &mut sockets {
        socket.subscribe("1", ADDED);
        socket.settle();
    }
    let mut events = tests::events::Events::of(&server, ADDED);
    assert_eq!(events.come(), tests::events::Came::Comment);
    let started = std::time::Instant::now();
    let ended = std::thread::spawn(move || server.stop());
    for socket in &mut sockets {
        assert_eq!(socket.closed(), 1001);
    }
    assert_eq!(events.come(), tests::events::Came::End);
    let _ = ended.join().expect("the server ends").succeeds();
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn a_subscription_is_not_answered_by_plain_http() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let server = Server::start(database.url());
    let answer: Value = server.graphql(ADDED, json!({}));
    let message = answer["errors"][0]["message"].as_str().unwrap_or_default();
    assert!(
        message.contains("WebSocket") && message.contains("text/event-stream"),
        "{answer}"
    );
}
