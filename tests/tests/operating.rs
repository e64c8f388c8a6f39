//! What an operator runs into: a pipe that was closed, a disk that is full, a file that was put in the place of another, an
//! address with a mistake in it.

use std::fs::{self, File};
use std::io::{PipeWriter, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use tests::program::{Program, Signal, communique};
use tests::wait::eventually;
use tests::{Fresh, Server, archive, shared};

const PATIENCE: Duration = Duration::from_secs(30);

/// A pipe that nobody reads.
fn closed() -> PipeWriter {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer
}

/// A disk without room.
fn full() -> File {
    File::options()
        .write(true)
        .open("/dev/full")
        .expect("a full device")
}

fn file_of(database: &Fresh) -> PathBuf {
    let file = database.url().trim_start_matches("sqlite://");
    PathBuf::from(file.trim_end_matches("?mode=rwc"))
}

fn page(folder: &Path) -> PathBuf {
    let page = folder.join("boats.txt");
    let text = "Boat Yard Opens on the Island\n\n4 March 2024\n\nThe yard of the Outer Islands opened its gates on Monday, \
                and the first boat was launched before noon.\n";
    fs::write(&page, text).expect("a page");
    page
}

#[test]
fn a_reader_that_goes_away_is_no_failure_to_speak_of() {
    let database = Fresh::sqlite();
    let summarizer = |arguments: &[&str]| {
        Program::Summarizer
            .with(arguments)
            .env("COMMUNIQUE_MODEL", shared::encoder())
    };
    for program in [
        communique(database.url(), ["migrate"]),
        communique(database.url(), ["migrate", "status"]),
        communique(database.url(), ["status"]),
        summarizer(&["models"]),
        summarizer(&["text", "-"]).input("A boat yard was opened on Monday."),
    ] {
        let ended = program.stdout(closed()).run().exits(1);
        assert_eq!(ended.stderr, "", "{ended}");
    }
}

#[test]
fn what_cannot_be_written_because_the_disk_is_full_is_told_in_a_line() {
    let database = Fresh::sqlite();
    for program in [
        communique(database.url(), ["migrate"]),
        communique(database.url(), ["migrate", "status"]),
        Program::Summarizer.with(["models"]),
    ] {
        let _ = program.stdout(full()).run().refuses(1, &["No space left"]);
    }
}

#[test]
fn an_ingest_that_cannot_complain_goes_on() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let folder = TempDir::new().expect("a temporary folder");
    let page = page(folder.path());
    let arguments = [
        "ingest".as_ref(),
        "/no/such/page".as_ref(),
        page.as_os_str(),
    ];
    let _ = communique(database.url(), arguments)
        .stderr(full())
        .run()
        .exits(1);
    assert_eq!(database.number("SELECT count(*) FROM page"), 1);
}

#[test]
fn a_server_goes_on_when_nobody_reads_that_it_is_ready() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("its address");
    drop(free);
    let listen = address.to_string();
    let running = communique(
        database.url(),
        ["serve", "--summarizer", "off", "--listen", &listen],
    )
    .stdout(closed())
    .start();
    // It listens before it heeds signals; who is answered may end it.
    eventually("an answer", PATIENCE, || {
        let mut connection = TcpStream::connect(address).ok()?;
        connection
            .write_all(b"GET /healthz HTTP/1.0\r\n\r\n")
            .ok()?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer).ok()?;
        answer.contains(" 200 ").then_some(())
    });
    running.signal(Signal::TERM);
    let _ = running.ended().succeeds();
}

#[test]
fn a_token_whose_secret_nobody_saw_is_none() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let create = || {
        communique(
            database.url(),
            ["token", "create", "--name", "desk", "--scope", "edit"],
        )
    };
    let _ = create()
        .stdout(full())
        .run()
        .refuses(1, &["no token was made", "No space left"]);
    assert_eq!(database.number("SELECT count(*) FROM token"), 0);
    let _ = create().run().succeeds();
}

#[test]
fn a_pipe_is_read_once() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let folder = TempDir::new().expect("a temporary folder");
    let (page, pipe) = (page(folder.path()), folder.path().join("pipe"));
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    let running = communique(database.url(), ["ingest".as_ref(), pipe.as_os_str()]).start();
    fs::copy(&page, &pipe).expect("somebody reads the pipe");
    let _ = running.ended().succeeds();
    assert_eq!(database.number("SELECT count(*) FROM article"), 1);
}

#[test]
fn a_database_that_was_replaced_under_a_server_is_noticed_and_not_written_to() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let token = archive::token(database.url(), "desk", "ingest");
    let backup = file_of(&database).with_extension("backup");
    fs::copy(file_of(&database), &backup).expect("a backup");
    let server = Server::start(database.url());
    assert_eq!(server.get("/readyz", &[]).status, 200);

    fs::rename(&backup, file_of(&database)).expect("a backup put back");
    let answer = server.get("/readyz", &[]);
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("was replaced"), "{}", answer.body);
    let refused = server.holding(&token).graphql(
        "mutation { ingestText(input: { text: \"Boats\", title: \"Boats\" }) { outcome } }",
        json!({}),
    );
    assert!(refused["errors"].is_array(), "{refused}");
}

#[test]
fn a_password_is_shown_by_no_mistake_in_the_address() {
    for (url, hint) in [
        ("postgres://ada:se#cretword@db/archive", "%23"),
        ("postgres://ada:se/cretword@db/archive", "%2F"),
        ("postgres://ada:cretword", "%40"),
        (
            "postgres://db/archive?password=cretword&sslmode=x",
            "sslmode=x",
        ),
        ("postgres:ada:cretword@db/archive", "postgres://USER"),
        ("ada:cretword@db/archive", "begins with"),
    ] {
        let ended = communique(url, ["status"]).run().refuses(1, &[hint]);
        assert!(!ended.stderr.contains("cretword"), "{ended}");
    }
}

#[test]
fn of_a_server_that_is_not_there_it_is_said_that_it_refuses() {
    let ended = communique("postgres://ada:cretword@127.0.0.1:1/archive", ["status"]).run();
    let _ = ended.refuses(1, &["ada@127.0.0.1:1/archive", "refused"]);
}

#[test]
fn mistakes_in_options_are_answered_with_what_would_be_right() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let empty = TempDir::new().expect("a temporary folder");
    let empty = empty.path().to_str().expect("a path of plain text");
    for listen in ["8000", "localhost:8000"] {
        let _ = communique(database.url(), ["serve", "--listen", listen])
            .run()
            .refuses(2, &["127.0.0.1:8000", listen]);
    }
    let _ = communique(database.url(), ["serve", "--queries", empty])
        .run()
        .refuses(1, &["no .graphql file", empty]);
    let _ = communique(database.url(), ["ingest", "x.txt"])
        .env("COMMUNIQUE_SOURCE", "")
        .run()
        .exits(2)
        .says("--source");
}

#[test]
fn the_name_of_a_file_does_not_paint_the_terminal() {
    let folder = TempDir::new().expect("a temporary folder");
    let page = folder.path().join("red\u{1b}[31m.txt");
    fs::write(&page, [0xff, 0xfe, 0x00]).expect("a page");
    let ended = communique(
        "sqlite::memory:",
        ["ingest".as_ref(), "--dry-run".as_ref(), page.as_os_str()],
    )
    .run();
    let printed = format!("{}{}", ended.stdout, ended.stderr);
    assert!(printed.contains("red\\u{1b}"), "{ended}");
    assert!(!printed.contains('\u{1b}'), "{ended}");
}
