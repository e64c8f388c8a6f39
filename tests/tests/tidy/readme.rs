//! What the documents tell a reader to type exists.

use std::collections::BTreeSet;

use crate::checkout::{File, files, report};

const DOCUMENTS: [&str; 3] = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"];

fn text_of(path: &str) -> Option<&'static str> {
    files()
        .iter()
        .find(|file| file.path == path)
        .map(|file| file.text.as_str())
}

/// What a Makefile can make: the names before a colon at the start of a line.
fn targets(makefile: &str) -> BTreeSet<&str> {
    let names = makefile.lines().filter_map(|line| {
        let (name, after) = line.split_once(':')?;
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        (plain && !after.starts_with('=')).then_some(name)
    });
    names.collect()
}

/// The targets of the `make …` commands in a document's code, inline, indented or fenced, with their line numbers.
fn commands(document: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (index, line) in document.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let pieces: Vec<&str> = if fenced || line.starts_with("    ") {
            vec![line]
        } else {
            line.split('`').skip(1).step_by(2).collect()
        };
        for piece in pieces {
            let command = piece.trim().trim_start_matches("$ ");
            let words = command
                .strip_prefix("make ")
                .map(str::split_whitespace)
                .into_iter()
                .flatten();
            let named = words.take_while(|word| *word != "#" && *word != "&&");
            found.extend(
                named
                    .filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
                    .map(|word| (index + 1, word)),
            );
        }
    }
    found
}

fn unknown_command(document: &File, targets: &BTreeSet<&str>) -> Vec<String> {
    let path = &document.path;
    let unknown = commands(&document.text)
        .into_iter()
        .filter(|(_, name)| !targets.contains(name));
    unknown
        .map(|(number, name)| {
            format!("{path}:{number}: `make {name}` is not in the Makefile, which has {targets:?}")
        })
        .collect()
}

#[test]
fn the_documents_name_only_what_make_can_make() {
    let targets = targets(text_of("Makefile").expect("a Makefile at the root"));
    let made_up = File::new(
        "README.md",
        "Type `make tea` or `make run PAGES=x`.\n```\nmake test # all\nmake coffee\n```\n\n    make cocoa  # hot\n",
    );
    assert_eq!(
        unknown_command(&made_up, &targets).len(),
        3,
        "{:?}",
        commands(&made_up.text)
    );
    report(
        files()
            .iter()
            .filter(|file| DOCUMENTS.contains(&file.path.as_str()))
            .flat_map(|file| unknown_command(file, &targets))
            .collect(),
    );
}

#[test]
fn the_readme_shows_the_two_commands() {
    let readme = text_of("README.md").expect("a README.md at the root");
    let shown: BTreeSet<_> = commands(readme).into_iter().map(|(_, name)| name).collect();
    for command in ["run", "test"] {
        assert!(
            shown.contains(command),
            "README.md does not show `make {command}`"
        );
    }
}
