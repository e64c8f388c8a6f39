//! How files are named, how long they are, how they begin.

use crate::checkout::{File, files, finds, holds, report};

/// The most lines a Rust file may have.
const CEILING: usize = 400;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 9] = [
    "utils", "util", "helpers", "helper", "common", "core", "manager", "service", "types",
];

fn too_long(file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    let faulty = file.is_rust() && lines > CEILING;
    let path = &file.path;
    faulty
        .then(|| format!("{path}: {lines} lines; at most {CEILING}: split it by subject"))
        .into_iter()
        .collect()
}

fn badly_named(file: &File) -> Vec<String> {
    if !file.is_rust() {
        return Vec::new();
    }
    let path = &file.path;
    let mut complaints = Vec::new();
    if path.ends_with("/mod.rs") {
        complaints.push(format!(
            "{path}: write `foo.rs` beside the folder `foo`, never `mod.rs`"
        ));
    }
    let parts = path.split('/').map(|part| part.trim_end_matches(".rs"));
    let inline = file.code().filter_map(|(_, line)| {
        let after = line
            .trim()
            .trim_start_matches("pub ")
            .trim_start_matches("pub(crate) ")
            .strip_prefix("mod ")?;
        after.strip_suffix(" {")
    });
    for name in parts
        .chain(inline)
        .filter(|name| EMPTY_NAMES.contains(name))
    {
        complaints.push(format!(
            "{path}: `{name}` says nothing; name it after what it holds"
        ));
    }
    complaints
}

fn without_purpose(file: &File) -> Vec<String> {
    let first = file
        .text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    // A file called `tests.rs` says what it is for by its name and its place.
    let faulty = file.is_rust() && !file.path.ends_with("/tests.rs") && !first.starts_with("//! ");
    let path = &file.path;
    faulty
        .then(|| format!("{path}:1: the first line says what the file is for: `//! …`"))
        .into_iter()
        .collect()
}

fn misnamed_query(file: &File) -> Vec<String> {
    let Some(name) = file
        .path
        .strip_prefix("queries/")
        .and_then(|path| path.strip_suffix(".graphql"))
    else {
        return Vec::new();
    };
    let path = &file.path;
    let mut complaints = Vec::new();
    if !file.text.starts_with("# ") {
        complaints.push(format!(
            "{path}:1: begins with a comment that says what it is for: `# …`"
        ));
    }
    let kinds = ["query ", "mutation ", "subscription "];
    let operations: Vec<_> = file
        .text
        .lines()
        .filter_map(|line| kinds.iter().find_map(|kind| line.strip_prefix(kind)))
        .map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default()
        })
        .collect();
    if operations != [name] {
        complaints.push(format!(
            "{path}: holds {operations:?}; it should hold one operation, `{name}`"
        ));
    }
    complaints
}

#[test]
fn no_rust_file_is_longer_than_the_ceiling() {
    let mut lengths: Vec<_> = files()
        .iter()
        .filter(|file| file.is_rust())
        .map(|file| file.text.lines().count())
        .collect();
    lengths.sort_unstable();
    println!(
        "{} Rust files, median {} lines",
        lengths.len(),
        lengths[lengths.len() / 2]
    );
    finds(1, too_long, "a.rs", &"x\n".repeat(CEILING + 1));
    finds(0, too_long, "a.rs", &"x\n".repeat(CEILING));
    holds(too_long);
}

#[test]
fn names_say_what_is_inside() {
    finds(1, badly_named, "api/src/store/mod.rs", "");
    finds(1, badly_named, "api/src/utils.rs", "");
    finds(1, badly_named, "api/src/common/page.rs", "");
    finds(
        1,
        badly_named,
        "api/src/a.rs",
        "pub(crate) mod helpers {\n}",
    );
    finds(
        0,
        badly_named,
        "api/src/store.rs",
        "mod article;\nmod tests {",
    );
    holds(badly_named);
}

#[test]
fn every_file_begins_with_what_it_is_for() {
    finds(1, without_purpose, "a.rs", "use std::fs;");
    finds(0, without_purpose, "a.rs", "//! A thing.\nuse std::fs;");
    finds(0, without_purpose, "a/tests.rs", "use super::*;");
    holds(without_purpose);
}

#[test]
fn every_query_file_is_named_after_its_operation() {
    finds(
        1,
        misnamed_query,
        "queries/Latest.graphql",
        "# For.\nquery Newest($n: Int) { a }",
    );
    finds(
        1,
        misnamed_query,
        "queries/Latest.graphql",
        "query Latest { a }",
    );
    finds(
        1,
        misnamed_query,
        "queries/A.graphql",
        "# For.\nquery A { a }\nquery B { b }",
    );
    finds(
        0,
        misnamed_query,
        "queries/A.graphql",
        "# For.\nquery A($n: Int = 1) { a }",
    );
    holds(misnamed_query);
}

#[cfg(unix)]
#[test]
fn every_script_can_be_run_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let scripts = files().iter().filter(|file| file.text.starts_with("#!"));
    let plain = scripts.filter_map(|file| {
        let path = tests::shared::workspace().join(&file.path);
        let mode = path.metadata().ok()?.permissions().mode();
        (mode & 0o100 == 0).then(|| {
            format!(
                "{0}: begins with #! but is not executable: chmod +x {0}",
                file.path
            )
        })
    });
    report(plain.collect());
}
