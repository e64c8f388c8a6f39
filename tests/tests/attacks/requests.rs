//! Requests that another site could send from somebody's browser, methods that there are not, bytes that are no text.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::{GRAPHQL, JSON, empty, lives};

/// Sends these bytes on a connection of its own; the first line of what comes back, empty if nothing does.
pub(super) fn raw(origin: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(origin).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .expect("a deadline");
    // A server that has heard enough may hang up before it has all.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let mut piece = [0; 4_096];
    while let Ok(read) = stream.read(&mut piece) {
        answer.extend_from_slice(&piece[..read]);
        if read == 0 || answer.windows(2).any(|end| end == b"\r\n") {
            break;
        }
    }
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn what_another_site_can_send_is_not_taken() {
    let (_database, server) = empty();
    let query = r#"{"query":"mutation { x }"}"#;
    for content_type in [
        "text/plain",
        "text/plain; charset=application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "text/json",
        "",
    ] {
        let answer = server.post(
            "/graphql",
            &[("Content-Type", content_type), GRAPHQL],
            query,
        );
        assert_eq!(answer.status, 415, "{content_type:?}: {}", answer.body);
    }
    let answer = server.post("/graphql", &[GRAPHQL], query);
    assert_eq!(answer.status, 415, "no content type: {}", answer.body);
    for path in [
        "/graphql?query=mutation%7B__typename%7D",
        "/graphql?query=mutation%20M%7B__typename%7D",
        "/graphql?query=query%20Q%7B__typename%7Dmutation%20M%7B__typename%7D&operationName=M",
    ] {
        let answer = server.get(path, &[GRAPHQL]);
        assert_eq!(answer.status, 405, "{path}: {}", answer.body);
        assert_eq!(answer.header("allow"), "POST", "{path}");
    }
    assert!(lives(&server));
}

#[test]
fn methods_that_there_are_not_are_refused_with_those_that_there_are() {
    let (_database, mut server) = empty();
    let origin = server.address();
    for method in ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "X"] {
        let head = format!("{method} /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        let line = raw(&origin, head.as_bytes());
        assert!(line.contains(" 405 "), "{method}: {line:?}");
    }
    let _ = server.process();
    assert!(lives(&server));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let (_database, server) = empty();
    let origin = server.address();
    let post = |body: &[u8]| {
        let head = format!(
            "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        raw(&origin, &[head.as_bytes(), body].concat())
    };
    for (what, body) in [
        ("no UTF-8", &b"{\"query\":\"\xff\xfe\"}"[..]),
        ("half a character", b"{\"query\":\"\xc3"),
        ("UTF-16", b"\xff\xfe{\0}\0"),
        ("NUL", b"\0\0\0\0"),
        ("a mark of byte order", b"\xef\xbb\xbf{}"),
        ("nothing", b""),
    ] {
        let line = post(body);
        assert!(line.contains(" 400 "), "{what}: {line:?}");
    }
    for (what, bytes) in [
        ("no HTTP", &b"hello\r\n\r\n"[..]),
        ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
        ("two lengths", b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
        ("a length below nothing", b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n{}"),
        ("length and chunks", b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}"),
        ("an endless path", &[b"GET /", &[b'a'; 200_000][..], b" HTTP/1.1\r\n\r\n"].concat()),
        ("an endless header", &[b"GET / HTTP/1.1\r\nA: ", &[b'a'; 200_000][..], b"\r\n\r\n"].concat()),
        ("a thousand headers", &[b"GET / HTTP/1.1\r\n", "A: b\r\n".repeat(1_000).as_bytes(), b"\r\n"].concat()),
    ] {
        let line = raw(&origin, bytes);
        assert!(line.is_empty() || line.contains(" 4"), "{what}: {line:?}");
        assert!(lives(&server), "after {what}");
    }
    // What Unicode there is in a document is for the parser to judge, which says where it stands.
    for query in [
        "{ \u{feff} __typename }",
        "{ \u{202e}topics { id } }",
        "{ tópics }",
        "{ \u{1f980} }",
        "query \u{0} { a }",
    ] {
        let body = serde_json::json!({ "query": query }).to_string();
        let answer = server.post("/graphql", &[JSON, GRAPHQL], &body);
        assert!(
            [200, 400, 422].contains(&answer.status),
            "{query:?}: {} {}",
            answer.status,
            answer.body
        );
    }
    assert!(lives(&server));
}
