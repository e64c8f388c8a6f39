//! Many connections, and connections that say nothing.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use tests::wait::eventually;

use super::{empty, lives, with};

fn connect(address: &str, count: usize) -> Vec<TcpStream> {
    let sockets = (0..count).map(|_| TcpStream::connect(address).expect("a connection"));
    sockets.collect()
}

/// How many sockets a process holds.
fn sockets_of(pid: i32) -> usize {
    let files = std::fs::read_dir(format!("/proc/{pid}/fd")).expect("the files of the server");
    let targets = files.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok());
    targets
        .filter(|target| target.to_string_lossy().starts_with("socket:"))
        .count()
}

/// How long the server keeps a connection on which nothing (more) is said.
fn kept_for(mut socket: TcpStream) -> Duration {
    socket
        .set_read_timeout(Some(Duration::from_secs(30)))
        .expect("a deadline");
    let started = Instant::now();
    let mut bytes = [0; 4_096];
    while socket.read(&mut bytes).is_ok_and(|read| read > 0) {}
    started.elapsed()
}

#[test]
fn five_hundred_connections_that_say_nothing_are_no_hindrance_and_do_not_last() {
    let (_database, mut server) = empty();
    assert!(lives(&server));
    let pid = server.process().pid();
    let before = sockets_of(pid);
    let silent = connect(&server.address(), 500);
    assert!(lives(&server));
    eventually(
        "all but the last to be closed",
        Duration::from_secs(20),
        || (sockets_of(pid) <= before + 2).then_some(()),
    );
    drop(silent);
    assert!(lives(&server));
}

#[test]
fn connections_are_bounded() {
    let (_database, mut server) = with(&["--max-connections", "8"]);
    let pid = server.process().pid();
    let before = sockets_of(pid);
    let sockets = connect(&server.address(), 60);
    // The rest waits with the system; as those taken end for their silence, it is their turn.
    let mut counts = Vec::new();
    eventually("a while of counting", Duration::from_secs(10), || {
        counts.push(sockets_of(pid));
        (counts.len() == 50).then_some(())
    });
    let most = counts.into_iter().max().unwrap_or(0);
    assert!(
        most > before && most <= before + 8 + 2,
        "{before} before, {most} at most"
    );
    drop(sockets);
    assert!(lives(&server));
}

#[test]
fn a_connection_is_kept_after_a_request_but_not_for_ever() {
    let (_database, server) = with(&["--keep-alive", "1"]);
    let mut socket = TcpStream::connect(server.address()).expect("a connection");
    socket
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        .expect("sent");
    let kept = kept_for(socket);
    assert!(
        kept > Duration::from_millis(500) && kept < Duration::from_secs(8),
        "{kept:?}"
    );
}

#[test]
fn a_head_that_trickles_in_is_not_waited_for() {
    let (_database, server) = empty();
    let mut socket = TcpStream::connect(server.address()).expect("a connection");
    socket
        .write_all(b"GET /healthz HTTP/1.1\r\nHost:")
        .expect("sent");
    let kept = kept_for(socket);
    assert!(kept < Duration::from_secs(15), "{kept:?}");
    assert!(lives(&server));
}
