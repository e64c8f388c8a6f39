//! Templates that are wrong: told when they are read, not when the issue of Monday is made.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use tests::Server;
use tests::program::communique;

use super::{refused, samples, weekly};

/// A file of digests that names a template, in a folder of its own.
struct Files(TempDir);

impl Files {
    fn with(intro: &str) -> Self {
        let files = Self(TempDir::new().expect("a folder"));
        let digests = "[weekly]\ntitle = \"The Weekly\"\nlast = \"3660d\"\nintro = \"intro.md\"\n";
        fs::write(files.path("digests.toml"), digests).expect("a file");
        files.write(intro);
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, intro: &str) {
        fs::write(self.path("intro.md"), intro).expect("a template");
    }
}

/// Templates that are well formed and cannot be done, with what is said of each.
const BROKEN: [(&str, &str); 4] = [
    ("Good morning\n{{ tittle }}", "intro.md:2: undefined value"),
    ("{{ title|shout }}", "intro.md:1: unknown filter"),
    ("\n\n{{ articles[0].title }}", "intro.md:3: undefined value"),
    (
        "{% for a in range(9000) %}{% for b in range(9000) %}x{% endfor %}{% endfor %}",
        "intro.md:1: engine ran out of fuel",
    ),
];

#[test]
fn a_server_does_not_start_with_a_template_that_would_fail() {
    let database = samples();
    for (intro, fault) in BROKEN {
        let files = Files::with(intro);
        let digests = files.path("digests.toml");
        let digests = digests.to_str().expect("a plain path");
        let words = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--summarizer",
            "off",
            "--digests",
            digests,
        ];
        let _ = communique(database.url(), words).run().refuses(1, &[fault]);
    }
}

#[test]
fn an_edit_that_would_fail_leaves_the_digest_as_it_was() {
    let database = samples();
    let files = Files::with("Good morning");
    let digests = files.path("digests.toml");
    let digests = digests.to_str().expect("a plain path");
    let mut server = Server::start_with(
        database.url(),
        ["--summarizer", "off", "--digests", digests],
    );
    for (intro, fault) in BROKEN {
        files.write(intro);
        let answer = server.get("/digest/weekly.txt", &[]);
        assert_eq!(answer.status, 200, "{intro}: {}", answer.body);
        assert!(
            answer.body.contains("Good morning"),
            "{intro}: {}",
            answer.body
        );
        server
            .process()
            .line(|logged| logged.contains(fault).then_some(()));
    }
    files.write("Good evening");
    let answer = server.get("/digest/weekly.txt", &[]);
    assert!(answer.body.contains("Good evening"), "{}", answer.body);
}

#[test]
fn an_intro_that_leaves_no_room_is_refused() {
    let database = samples();
    let files = Files::with("");
    let long = files.path("long.md");
    fs::write(&long, "Many words. ".repeat(25_000)).expect("a template");
    let long = long.to_str().expect("a plain path");
    for option in ["--intro", "--footer"] {
        let ended = weekly(&database, &[option, long]).run();
        assert_eq!(ended.stdout, "", "{ended}");
        refused(
            ended,
            &[
                "long.md: without a single article the mail takes ",
                "98000 are the most",
            ],
        );
    }
}
