//! Which package may use which, read out of the manifests.

use std::collections::BTreeSet;

use toml::Table;

use crate::checkout::{File, files, finds, report};

/// A member, the members it may use, and those its tests may use besides.
const DIRECTIONS: [(&str, &[&str], &[&str]); 5] = [
    ("entity", &[], &["tests"]),
    ("migration", &[], &["tests"]),
    ("summarizer", &["entity"], &["migration", "tests"]),
    ("api", &["entity", "migration"], &["tests"]),
    ("tests", &[], &[]),
];

/// A crate that only these members may use, and why.
const RESERVED: [(&str, &[&str], &str); 5] = [
    (
        "tch",
        &["summarizer"],
        "the server must build and start without libtorch",
    ),
    (
        "rust-bert",
        &["summarizer"],
        "the server must build and start without libtorch",
    ),
    (
        "async-graphql",
        &["api"],
        "what is stored knows nothing of how it is served",
    ),
    (
        "actix-web",
        &["api"],
        "what is stored knows nothing of how it is served",
    ),
    (
        "sea-orm",
        &["api", "entity", "summarizer", "tests"],
        "only these see the database",
    ),
];

fn misdirected(file: &File) -> Vec<String> {
    let Some(member) = file.path.strip_suffix("/Cargo.toml") else {
        return Vec::new();
    };
    let path = &file.path;
    let manifest: Table = match file.text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![format!("{path}: {error}")],
    };
    let Some((_, uses, tests_use)) = DIRECTIONS.iter().find(|(name, ..)| *name == member) else {
        return vec![format!(
            "{path}: is a member that the list of directions does not know; add it there"
        )];
    };
    let mut complaints = Vec::new();
    for (section, also) in [
        ("dependencies", &[][..]),
        ("build-dependencies", &[][..]),
        ("dev-dependencies", tests_use),
    ] {
        let Some(dependencies) = manifest.get(section).and_then(|table| table.as_table()) else {
            continue;
        };
        for (name, wanted) in dependencies {
            let name = name.as_str();
            let is_member = DIRECTIONS.iter().any(|(other, ..)| *other == name);
            if is_member && !uses.contains(&name) && !also.contains(&name) {
                complaints.push(format!(
                    "{path}: `{member}` must not use `{name}` in [{section}]; it may use {uses:?}"
                ));
            }
            if let Some((_, users, why)) = RESERVED.iter().find(|(reserved, ..)| *reserved == name)
                && !users.contains(&member)
            {
                complaints.push(format!("{path}: only {users:?} may use `{name}`: {why}"));
            }
            if wanted.get("workspace").is_none() {
                complaints.push(format!("{path}: `{name}` in [{section}]: write `{name}.workspace = true`, with the version in the root manifest"));
            }
        }
    }
    if manifest
        .get("lints")
        .and_then(|lints| lints.get("workspace"))
        .is_none()
    {
        complaints.push(format!(
            "{path}: the lints of the house are missing: add `[lints]` with `workspace = true`"
        ));
    }
    complaints
}

fn manifests() -> impl Iterator<Item = &'static File> {
    files()
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"))
        // A server that the programs are measured against is none of the house.
        .filter(|file| !file.path.starts_with("bench/peers/"))
}

#[test]
fn packages_use_each_other_in_one_direction_only() {
    let lints = "\n[lints]\nworkspace = true\n";
    let with = |section: &str, name: &str| format!("[{section}]\n{name}.workspace = true{lints}");
    finds(
        1,
        misdirected,
        "api/Cargo.toml",
        &with("dependencies", "summarizer"),
    );
    finds(
        1,
        misdirected,
        "summarizer/Cargo.toml",
        &with("dependencies", "migration"),
    );
    finds(
        0,
        misdirected,
        "summarizer/Cargo.toml",
        &with("dev-dependencies", "migration"),
    );
    finds(
        1,
        misdirected,
        "migration/Cargo.toml",
        &with("dependencies", "entity"),
    );
    finds(
        1,
        misdirected,
        "tests/Cargo.toml",
        &with("dev-dependencies", "api"),
    );
    finds(
        1,
        misdirected,
        "api/Cargo.toml",
        &with("dependencies", "tch"),
    );
    finds(
        1,
        misdirected,
        "api/Cargo.toml",
        &format!("[dependencies]\nserde = \"1\"{lints}"),
    );
    finds(1, misdirected, "api/Cargo.toml", "[dependencies]\n");
    finds(1, misdirected, "gadget/Cargo.toml", lints);
    report(manifests().flat_map(misdirected).collect());
}

#[test]
fn every_member_of_the_list_is_there() {
    let there: BTreeSet<_> = manifests()
        .filter_map(|file| file.path.strip_suffix("/Cargo.toml"))
        .collect();
    let listed: BTreeSet<_> = DIRECTIONS.iter().map(|(name, ..)| *name).collect();
    assert_eq!(
        there, listed,
        "the members and the list of directions differ"
    );
}
