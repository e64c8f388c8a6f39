//! `communique serve` keeps a summarizer beside it: starts it, starts it again when it dies, stops it when it stops.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use tests::program::{Program, communique};
use tests::wait::eventually;
use tests::{Fresh, Server, archive};

const PATIENCE: Duration = Duration::from_secs(60);

fn summarizer_of(server: &mut Server) -> Option<i32> {
    let children = server.process().children();
    children
        .into_iter()
        .find(|(_, name)| name == Program::Summarizer.name())
        .map(|(pid, _)| pid)
}

fn runs(pid: i32) -> bool {
    let program = fs::read_link(format!("/proc/{pid}/exe"));
    program.is_ok_and(|program| program == Program::Summarizer.path())
}

fn kill_9(pid: i32) {
    let pid = pid.to_string();
    let status = std::process::Command::new("sh")
        .args(["-c", "kill -9 \"$0\"", &pid])
        .status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "cannot kill {pid}"
    );
}

fn migrated() -> Fresh {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    database
}

#[test]
fn what_is_ingested_while_it_serves_is_summarised_by_itself() {
    let database = migrated();
    let server = Server::start_with::<&str>(database.url(), []);
    let _ = archive::ingest(database.url(), &archive::samples());
    let query = "{ status { jobs { state count } } }";
    eventually("all abstracts", Duration::from_secs(200), || {
        let jobs = server.data(query, json!({}))["status"]["jobs"].take();
        let open = jobs
            .as_array()?
            .iter()
            .filter(|job| job["state"] != "DONE")
            .all(|job| job["count"] == 0);
        open.then_some(())
    });
    assert!(database.number("SELECT count(*) FROM abstract") > 20);
}

#[test]
fn a_summarizer_that_dies_is_started_again() {
    let database = migrated();
    let mut server = Server::start_with::<&str>(database.url(), []);
    let first = eventually("the summarizer", PATIENCE, || summarizer_of(&mut server));
    kill_9(first);
    let second = eventually("another summarizer", PATIENCE, || {
        summarizer_of(&mut server).filter(|pid| *pid != first)
    });
    assert!(runs(second));
    assert_eq!(
        server.get("/healthz", &[]).status,
        200,
        "the server does not mind"
    );
}

#[test]
fn a_server_that_stops_takes_its_summarizer_with_it() {
    let database = migrated();
    let mut server = Server::start_with::<&str>(database.url(), []);
    let summarizer = eventually("the summarizer", PATIENCE, || summarizer_of(&mut server));
    let _ = server.stop().succeeds();
    assert!(
        !runs(summarizer),
        "the summarizer {summarizer} outlives its server"
    );
}

#[test]
fn a_server_that_is_killed_leaves_no_summarizer_behind() {
    let database = migrated();
    let mut server = Server::start_with::<&str>(database.url(), []);
    let summarizer = eventually("the summarizer", PATIENCE, || summarizer_of(&mut server));
    server.kill_9();
    eventually("the end of the summarizer", PATIENCE, || {
        (!runs(summarizer)).then_some(())
    });
}

#[test]
fn a_server_told_so_has_no_summarizer() {
    let database = migrated();
    let mut server = Server::start(database.url());
    assert_eq!(
        server.data("{ status { pages } }", json!({}))["status"]["pages"],
        0
    );
    assert_eq!(summarizer_of(&mut server), None);
}

#[test]
fn a_summarizer_can_be_named_by_its_path() {
    let database = migrated();
    let path = Program::Summarizer.path();
    let arguments = [Path::new("--summarizer"), &path];
    let mut server = Server::start_with(database.url(), arguments);
    eventually("the summarizer", PATIENCE, || summarizer_of(&mut server));
}

#[test]
fn a_summarizer_that_is_not_there_is_named_at_the_start() {
    let database = migrated();
    let arguments = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--summarizer",
        "/nowhere/communique-summarizer",
    ];
    let _ = communique(database.url(), arguments)
        .run()
        .refuses(1, &["/nowhere/communique-summarizer"]);
}

#[test]
fn a_server_asked_to_stop_ends_well_and_soon() {
    let database = migrated();
    let server = Server::start(database.url());
    assert_eq!(server.get("/readyz", &[]).status, 200);
    let asked = Instant::now();
    let _ = server.stop().succeeds();
    assert!(
        asked.elapsed() < Duration::from_secs(10),
        "{:?}",
        asked.elapsed()
    );
}
