//! Bodies too large and too slow.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use super::requests::raw;
use super::{GRAPHQL, JSON, MORE_KIB, code, empty, lives, with};

const HEAD: &str = "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

#[test]
fn a_body_that_says_it_is_too_large_is_refused_before_it_comes() {
    let (_database, server) = empty();
    let before = server.resident_kib();
    let started = Instant::now();
    let head = format!("{HEAD}Content-Length: 104857600\r\n\r\n");
    let line = raw(&server.address(), head.as_bytes());
    assert!(line.contains(" 413 "), "{line:?}");
    assert!(started.elapsed() < super::PROMPT, "{:?}", started.elapsed());
    let body = json!({ "query": "{ topics { id } }", "padding": "a".repeat(2 << 20) }).to_string();
    let answer = server.post("/graphql", &[JSON, GRAPHQL], &body);
    assert_eq!(
        (answer.status, code(&answer).as_str()),
        (413, "BODY_TOO_LARGE"),
        "{}",
        answer.body
    );
    let after = server.resident_kib();
    assert!(
        after < before + MORE_KIB,
        "{before} KiB before, {after} KiB after"
    );
    assert!(lives(&server));
}

/// `{"query":"{__typename}","x":"aaa…"}` with a hundred million a, as brotli packs it.
const BOMB: &[u8] = b"\
    \xcf\xff\xff\x7f\x00\x04\x6a\x72\xe4\xc7\x01\xbd\xc9\x2f\x08\x8b\xdb\x5a\x39\xc9\x2c\x07\x26\xc2\
    \x9d\x8e\x4e\x41\x9c\xbd\xbd\x3c\xe7\xfd\xff\x64\xd7\x13\x2c\x22\xf1\xff\xff\x1f\x00\x09\x80\x38\
    \x2c\x00\xdd\xfb\x7f\xfe\xff\xff\x03\x20\x01\x10\x87\x05\xa0\x7b\xff\xcf\xff\xff\x7f\x00\x24\x00\
    \xe2\xb0\x00\x74\xef\xff\xf9\xff\xff\x0f\x80\x04\x40\x1c\x16\x80\xee\xfd\x3f\xff\xff\xff\x01\x90\
    \x00\x88\xc3\x02\xd0\xbd\xff\x4f\x0f\x00\x20\x00\x52\x22\x7d\x25\xc9\x61\x01\xbc\xbe\xff\x21";

#[test]
fn a_body_that_grows_when_it_is_unpacked_is_refused_as_it_is() {
    let (_database, server) = empty();
    let before = server.resident_kib();
    for coding in ["br", "gzip", "deflate", "zstd", "BR", "identity, br"] {
        let head = format!(
            "{HEAD}Content-Encoding: {coding}\r\nContent-Length: {}\r\n\r\n",
            BOMB.len()
        );
        let line = raw(&server.address(), &[head.as_bytes(), BOMB].concat());
        assert!(line.contains(" 415 "), "{coding}: {line:?}");
    }
    let after = server.resident_kib();
    assert!(
        after < before + MORE_KIB,
        "{before} KiB before, {after} KiB after"
    );
    let body = json!({ "query": "{ topics { id } }" }).to_string();
    let plain = [JSON, GRAPHQL, ("Content-Encoding", "identity")];
    assert_eq!(server.post("/graphql", &plain, &body).status, 200);
    assert!(lives(&server));
}

#[test]
fn a_body_without_end_is_cut_off() {
    let (_database, server) = empty();
    assert!(lives(&server));
    let before = server.resident_kib();
    let mut stream = TcpStream::connect(server.address()).expect("a connection");
    stream
        .set_write_timeout(Some(Duration::from_secs(5)))
        .expect("a deadline");
    let _ = stream.write_all(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n").as_bytes());
    let chunk = [b"10000\r\n", &[b' '; 1 << 16][..], b"\r\n"].concat();
    // The refusal comes at once; what is sent on is thrown away for a second, so that a client can read the refusal
    // before it is cut off.
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(20) && stream.write_all(&chunk).is_ok() {}
    let took = started.elapsed();
    assert!(
        took < Duration::from_secs(10),
        "still read on after {took:?}"
    );
    let after = server.resident_kib();
    assert!(
        after < before + MORE_KIB,
        "{before} KiB before, {after} KiB after"
    );
    assert!(lives(&server));
}

#[test]
fn a_body_that_trickles_in_is_not_waited_for() {
    let (_database, server) = with(&["--body-timeout", "1"]);
    let mut stream = TcpStream::connect(server.address()).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_millis(300)))
        .expect("a deadline");
    let _ = stream.write_all(format!("{HEAD}Content-Length: 100\r\n\r\n").as_bytes());
    let started = Instant::now();
    let mut answer = Vec::new();
    // A byte with each look: the deadline is for the whole body, not for the next piece of it.
    while started.elapsed() < Duration::from_secs(8) {
        let mut piece = [0; 4_096];
        let _ = stream.write_all(b" ");
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => answer.extend_from_slice(&piece[..read]),
            Err(_) => {}
        }
    }
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer:?}");
    assert!(answer.contains("BODY_TOO_SLOW"), "{answer:?}");
    let took = started.elapsed();
    assert!(took < Duration::from_secs(5), "closed after {took:?}");
    assert!(lives(&server));
}

#[test]
fn a_body_that_breaks_off_is_forgotten() {
    let (_database, server) = empty();
    for _ in 0..100 {
        let mut stream = TcpStream::connect(server.address()).expect("a connection");
        let _ = stream.write_all(format!("{HEAD}Content-Length: 100\r\n\r\n{{").as_bytes());
    }
    assert!(lives(&server));
}
