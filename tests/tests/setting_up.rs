//! The two commands and their scripts: what they say when something is missing, and when they go on.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use tests::shared::workspace;

fn run(command: &mut Command) -> Output {
    // Make tells the makes below it about itself; these are not below it.
    command
        .env_remove("MAKEFLAGS")
        .env_remove("MAKELEVEL")
        .env_remove("MFLAGS")
        .env_remove("CI");
    command
        .current_dir(workspace())
        .output()
        .expect("a command of the system")
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// A folder with links to these programs of the system, to be the whole `PATH`.
fn only(programs: &[&str]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for program in programs {
        let found = ["/usr/bin", "/bin"]
            .iter()
            .map(|place| Path::new(place).join(program))
            .find(|path| path.exists());
        let found: PathBuf = found.unwrap_or_else(|| panic!("{program} is not in /usr/bin"));
        symlink(found, folder.path().join(program)).expect("a link");
    }
    folder
}

fn script(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("an executable script");
}

#[test]
fn make_alone_lists_what_it_can_make() {
    let output = run(&mut Command::new("make"));
    assert!(output.status.success());
    for target in ["run", "test", "check", "bench", "schema", "setup"] {
        assert!(
            said(&output).lines().any(|line| line.starts_with(target)),
            "{target}: {}",
            said(&output)
        );
    }
}

#[test]
fn pages_that_are_not_there_are_named_before_anything_is_built() {
    let output = run(Command::new("make")
        .args(["run", "PAGES=/nowhere/pages"])
        .env("PATH", only(&["make", "sh", "test", "sed"]).path()));
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("/nowhere/pages"),
        "{}",
        said(&output)
    );
    assert!(said(&output).lines().count() <= 2, "{}", said(&output));
}

#[test]
fn what_is_missing_is_said_in_one_line_each_with_how_to_get_it() {
    let tools = only(&["bash", "cut", "dirname", "env", "id", "ls", "sed", "sort"]);
    let output = run(Command::new("setup/prerequisites")
        .arg("test")
        .env("PATH", tools.path())
        .env_remove("PGHOST"));
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    for what in ["cargo", "C++ compiler", "python", "PostgreSQL"] {
        let lines: Vec<_> = said
            .lines()
            .filter(|line| line.starts_with("missing: ") && line.contains(what))
            .collect();
        assert!(
            lines.len() == 1 && lines[0].contains(": "),
            "{what}: {said}"
        );
    }
    assert!(
        said.lines().all(|line| line.starts_with("missing: ")),
        "{said}"
    );
}

#[test]
fn an_old_cargo_is_named_with_the_version_that_would_do() {
    let tools = only(&[
        "bash", "cut", "dirname", "env", "id", "ls", "sed", "sort", "gcc", "g++",
    ]);
    script(tools.path(), "cargo", "echo cargo 1.60.0");
    script(tools.path(), "python3", "exit 0");
    let output = run(Command::new("setup/prerequisites")
        .arg("run")
        .env("PATH", tools.path()));
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("or newer: "), "{}", said(&output));
    script(tools.path(), "cargo", "echo cargo 1.1000.0");
    let output = run(Command::new("setup/prerequisites")
        .arg("run")
        .env("PATH", tools.path()));
    assert!(output.status.success(), "{}", said(&output));
}

/// Runs `setup/run` with programs that write down how they were called and end with these codes.
fn rehearse(ingest: i32, summarise: i32) -> (Output, Vec<String>) {
    let folder = TempDir::new().expect("a temporary folder");
    let log = folder.path().join("log");
    let noted = format!("echo \"$(basename \"$0\") $*\" >> '{}'", log.display());
    script(
        folder.path(),
        "communique",
        &format!("{noted}\n[ \"$1\" != ingest ] || exit {ingest}"),
    );
    script(
        folder.path(),
        "communique-summarizer",
        &format!("{noted}\nexit {summarise}"),
    );
    let output = run(Command::new("setup/run")
        .arg("my pages")
        .env("BIN", folder.path())
        .env("LISTEN", "127.0.0.1:1"));
    let calls = fs::read_to_string(&log).unwrap_or_default();
    (output, calls.lines().map(str::to_owned).collect())
}

const ALL_CALLS: [&str; 4] = [
    "communique migrate up",
    "communique ingest -- my pages",
    "communique-summarizer run",
    "communique serve --listen 127.0.0.1:1",
];

#[test]
fn a_run_reads_summarises_and_serves() {
    let (output, calls) = rehearse(0, 0);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(calls, ALL_CALLS);
}

#[test]
fn refused_pages_and_failed_articles_do_not_keep_the_rest_from_being_served() {
    let (output, calls) = rehearse(1, 1);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(calls, ALL_CALLS);
    assert!(
        said(&output).contains("some pages were refused"),
        "{}",
        said(&output)
    );
    assert!(
        said(&output).contains("some articles were not summarised"),
        "{}",
        said(&output)
    );
}

#[test]
fn any_other_failure_stops_the_run() {
    let (output, calls) = rehearse(2, 0);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(calls, ALL_CALLS[..2]);
    let (output, calls) = rehearse(0, 130);
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(calls, ALL_CALLS[..3]);
}

#[test]
fn samples_and_pages_of_ones_own_go_into_different_databases() {
    let url = |arguments: &[&str]| {
        let print = "printed:; @echo $(DATABASE_URL)";
        let mut make = Command::new("make");
        make.args(["--no-print-directory", "--eval", print, "printed"])
            .args(arguments)
            .env_remove("DATABASE_URL")
            .env_remove("PAGES");
        said(&run(&mut make)).trim().to_owned()
    };
    let samples = url(&[]);
    assert!(samples.contains("samples.db"), "{samples}");
    assert_eq!(url(&["PAGES=samples/"]), samples);
    assert_eq!(
        url(&["PAGES=/home/ada/pages"]),
        "sqlite://communique.db?mode=rwc"
    );
    assert_eq!(
        url(&["PAGES=/home/ada/my samples"]),
        "sqlite://communique.db?mode=rwc"
    );
    assert_eq!(
        url(&["DATABASE_URL=postgres://db/archive"]),
        "postgres://db/archive"
    );
}

#[test]
fn what_is_not_yet_fetched_is_listed_without_fetching_it() {
    let cache = TempDir::new().expect("a temporary folder");
    let output = run(Command::new("setup/fetch.py")
        .arg("--check")
        .env("COMMUNIQUE_CACHE", cache.path()));
    assert_eq!(output.status.code(), Some(1));
    for part in ["libtorch", "all-MiniLM-L6-v2", "multilingual-e5-small"] {
        let lines = said(&output)
            .lines()
            .filter(|line| line.starts_with("missing: ") && line.contains(part))
            .count();
        assert_eq!(lines, 1, "{part}: {}", said(&output));
    }
    let fetched = fs::read_dir(cache.path())
        .expect("the cache")
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .count();
    assert_eq!(fetched, 0);
}

#[test]
fn a_cache_that_cannot_be_written_is_named_with_the_way_out() {
    let output = run(Command::new("setup/fetch.py").env("COMMUNIQUE_CACHE", "/proc/communique"));
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(
        said.contains("/proc/communique") && said.contains("COMMUNIQUE_CACHE"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
}
