//! Words that have no place in the repository: unfinished work, hosts of registries, tests without a sentence.

use crate::checkout::{File, finds, holds};

/// Written in two halves, so that this file does not break the rule it states.
const UNFINISHED: [&str; 3] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];
const UNFINISHED_CALLS: [&str; 3] = [
    concat!("db", "g!("),
    concat!("tod", "o!("),
    concat!("unimple", "mented!("),
];

/// Hosts of package registries, in two halves. Clients know theirs; a mirror must not have to edit our files.
const HOSTS: [&str; 8] = [
    concat!("crates", ".io"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("download.pytorch", ".org"),
    concat!("deb.debian", ".org"),
    concat!("proxy.golang", ".org"),
];

/// Files that a package client writes.
fn is_lock(file: &File) -> bool {
    file.path.ends_with("Cargo.lock") || file.path.ends_with("package-lock.json")
}

fn unfinished(file: &File) -> Vec<String> {
    // Prose may speak of such marks, and sample pages are other people's words.
    if is_lock(file) || file.path.ends_with(".md") || file.path.starts_with("samples/") {
        return Vec::new();
    }
    let marked = file.text.lines().enumerate().filter(|(_, line)| {
        line.split(|c: char| !c.is_alphanumeric())
            .any(|word| UNFINISHED.contains(&word))
            || (file.is_rust() && UNFINISHED_CALLS.iter().any(|call| line.contains(call)))
    });
    let path = &file.path;
    marked
        .map(|(index, line)| {
            format!(
                "{path}:{}: finish it, or open an issue for it: {}",
                index + 1,
                line.trim()
            )
        })
        .collect()
}

fn registry_host(file: &File) -> Vec<String> {
    if file.path.ends_with("Cargo.lock") {
        return Vec::new();
    }
    let path = &file.path;
    let named = file.text.lines().enumerate().flat_map(|(index, line)| {
        let hosts = HOSTS.iter().filter(|host| line.contains(**host));
        hosts.map(move |host| {
            format!(
                "{path}:{}: names the registry {host}: leave the address to the package client",
                index + 1
            )
        })
    });
    named.collect()
}

/// A test's name is what it shows: `a_page_ingested_twice_changes_nothing`.
fn nameless_test(file: &File) -> Vec<String> {
    if !file.is_rust() {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    let mut announced = false;
    for (number, line) in file.code() {
        let line = line.trim();
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            announced = true;
        } else if announced && !line.starts_with("#[") {
            announced = false;
            let name = line
                .split_once("fn ")
                .map_or("", |(_, after)| after)
                .split('(')
                .next()
                .unwrap_or_default();
            // The two halves of `on_both_engines!` stand in a module that is named by the sentence.
            if name.split('_').count() < 3 && !matches!(name, "sqlite" | "postgres") {
                complaints.push(format!(
                    "{}:{number}: `{name}` is not a sentence; say what holds: a_page_ingested_twice_changes_nothing",
                    file.path
                ));
            }
        }
    }
    complaints
}

#[test]
fn nothing_is_left_unfinished() {
    finds(1, unfinished, "a.rs", concat!("// TO", "DO: later"));
    finds(1, unfinished, "Makefile", concat!("# FIX", "ME"));
    finds(1, unfinished, "a.rs", concat!("tod", "o!()"));
    finds(0, unfinished, "a.rs", "// autodoc");
    holds(unfinished);
}

#[test]
fn no_file_names_the_host_of_a_registry() {
    finds(
        1,
        registry_host,
        "a.md",
        concat!("see https://crates", ".io/crates/x"),
    );
    finds(
        1,
        registry_host,
        "api/playground/package-lock.json",
        concat!("\"resolved\": \"https://registry.npmjs", ".org/x\""),
    );
    finds(0, registry_host, "a.md", "see docs.rs/x");
    holds(registry_host);
}

#[test]
fn every_test_is_a_sentence() {
    finds(1, nameless_test, "a.rs", "#[test]\nfn works() {}");
    finds(
        1,
        nameless_test,
        "a.rs",
        "#[tokio::test(flavor = \"multi_thread\")]\n#[ignore]\nasync fn it_works() {}",
    );
    finds(
        0,
        nameless_test,
        "a.rs",
        "#[test]\nfn a_page_is_kept() {}\nfn works() {}",
    );
    holds(nameless_test);
}
