//! What sockets must not be able to do: take the server's memory, its places, or its time.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::socket::{Heard, PROTOCOL, Socket};
use tests::wait::eventually;
use tungstenite::Message;
use tungstenite::protocol::frame::Frame;
use tungstenite::protocol::frame::coding::{Data, OpCode};

use super::{ADDED, serving};

/// How much more memory the server may hold after an attack than before, in KiB.
const MORE: u64 = 12 * 1024;

#[test]
fn a_page_of_another_site_opens_no_socket() {
    let (_database, server) = serving(&[]);
    let own = server.origin().to_owned();
    for (origin, status) in [
        ("https://evil.example", Some(403)),
        ("null", Some(403)),
        (own.as_str(), None),
    ] {
        let opened = Socket::open(&server, &[PROTOCOL, ("Origin", origin)]);
        assert_eq!(opened.err(), status, "{origin}");
    }
}

#[test]
fn sockets_beyond_the_limit_are_refused_and_places_come_back() {
    let (_database, server) = serving(&["--sockets", "20"]);
    let before = server.resident_kib();
    let mut silent: Vec<Socket> = (0..20)
        .map(|_| Socket::open(&server, &[PROTOCOL]).expect("a place"))
        .collect();
    for _ in 0..500 {
        assert_eq!(Socket::open(&server, &[PROTOCOL]).err(), Some(503));
    }
    let grown = server.resident_kib().saturating_sub(before);
    assert!(grown < MORE, "{grown} KiB more");
    // They never say anything, and are let go.
    for socket in &mut silent {
        assert_eq!(socket.closed(), 4408);
    }
    let _ = Socket::ready(&server);
}

#[test]
fn of_a_thousand_subscriptions_on_one_socket_only_some_run() {
    let (_database, server) = serving(&["--socket-rate", "5000"]);
    let mut socket = Socket::ready(&server);
    socket.subscribe("first", ADDED);
    socket.settle();
    let before = server.resident_kib();
    for number in 0..1_000 {
        let filter = format!("{{ sources: [\"s{number}\"] }}");
        let query = format!("subscription {{ articleAdded(filter: {filter}) {{ id }} }}");
        socket.subscribe(&number.to_string(), &query);
    }
    socket.settle();
    let mut refused = 0;
    while refused < 901 {
        let Heard::Message(message) = socket.hear() else {
            panic!("the connection ended");
        };
        assert_eq!(
            message["payload"][0]["extensions"]["code"], "TOO_MANY_SUBSCRIPTIONS",
            "{message}"
        );
        refused += 1;
    }
    let grown = server.resident_kib().saturating_sub(before);
    println!("{grown} KiB for 100 subscriptions");
    assert!(grown < MORE, "{grown} KiB more");
    // A place that is given back can be taken again.
    socket.say(&json!({ "type": "complete", "id": "0" }));
    socket.subscribe("again", "{ status { pages } }");
    assert_eq!(socket.next("again")["data"]["status"]["pages"], 0);
}

#[test]
fn the_whole_server_runs_only_so_many() {
    let (_database, server) = serving(&["--subscriptions", "3"]);
    let mut one = Socket::ready(&server);
    let mut other = Socket::ready(&server);
    for id in ["1", "2", "3"] {
        one.subscribe(id, ADDED);
    }
    one.settle();
    let refused = |socket: &mut Socket| match socket.hear() {
        Heard::Message(message) => {
            message["payload"][0]["extensions"]["code"] == "TOO_MANY_SUBSCRIPTIONS"
        }
        _ => false,
    };
    other.subscribe("4", ADDED);
    assert!(refused(&mut other));
    one.say(&json!({ "type": "complete", "id": "2" }));
    one.settle();
    other.subscribe("4", ADDED);
    other.settle();
    other.subscribe("5", ADDED);
    assert!(refused(&mut other));
    // A connection that goes takes its operations with it.
    drop(one);
    eventually(
        "the places of a socket that has gone",
        Duration::from_secs(30),
        || {
            other.subscribe("5", "{ status { pages } }");
            match other.hear() {
                Heard::Message(message) if message["type"] == "next" => Some(()),
                _ => None,
            }
        },
    );
}

#[test]
fn a_message_larger_than_is_read_is_not_read() {
    let (_database, server) = serving(&[]);
    let before = server.resident_kib();
    let mut socket = Socket::ready(&server);
    // It may be closed before all is sent.
    let _ = socket.send(Message::text("a".repeat(20_000_000)));
    println!(
        "{} KiB more after a large message",
        server.resident_kib().saturating_sub(before)
    );
    for (what, fragment) in [("fragments", 10_000), ("fragments with nothing in them", 0)] {
        let mut socket = Socket::ready(&server);
        let frame = |code, last| {
            Message::Frame(Frame::message(
                vec![b'a'; fragment],
                OpCode::Data(code),
                last,
            ))
        };
        // Closed at once, and cut a moment later: until then what comes is thrown away.
        let started = Instant::now();
        let mut sent = socket.send(frame(Data::Text, false));
        while sent.is_ok() && started.elapsed() < Duration::from_secs(20) {
            sent = socket.send(frame(Data::Continue, false));
        }
        assert!(sent.is_err(), "{what} are taken for ever");
        println!(
            "{} KiB more after {what}",
            server.resident_kib().saturating_sub(before)
        );
    }
    let grown = server.resident_kib().saturating_sub(before);
    assert!(grown < MORE, "{grown} KiB more");
    let _ = Socket::ready(&server);
}

#[test]
fn who_says_too_much_at_once_is_let_go() {
    let (_database, server) = serving(&["--socket-rate", "10"]);
    let mut socket = Socket::ready(&server);
    for _ in 0..100 {
        if socket.send(Message::text("{\"type\":\"pong\"}")).is_err() {
            break;
        }
    }
    let ended =
        std::iter::repeat_with(|| socket.hear()).find(|heard| !matches!(heard, Heard::Message(_)));
    assert!(
        matches!(ended, Some(Heard::Closed(1008, _) | Heard::Cut)),
        "{ended:?}"
    );
}

#[test]
fn who_takes_nothing_is_let_go_and_costs_little() {
    let (database, server) = serving(&["--socket-rate", "5000", "--sockets", "1"]);
    tests::archive::ingest(database.url(), &tests::archive::samples());
    let before = server.resident_kib();
    let mut deaf = Socket::ready(&server);
    let query = "{ articles(first: 100, filter: { includeDuplicates: true }) { nodes { body paragraphs } } }";
    for number in 0..500 {
        let payload = json!({ "query": query });
        deaf.say(&json!({ "type": "subscribe", "id": number.to_string(), "payload": payload }));
    }
    // Megabytes of answers that nobody reads: after a while the server has enough, and its place is free.
    eventually(
        "the place of a socket that takes nothing",
        Duration::from_secs(60),
        || Socket::open(&server, &[PROTOCOL]).ok(),
    );
    let grown = server.resident_kib().saturating_sub(before);
    println!("{grown} KiB more");
    // Unbounded, the answers would be hundreds of megabytes.
    assert!(grown < 3 * MORE, "{grown} KiB more");
}
