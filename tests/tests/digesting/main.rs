//! Digests as their editor meets them: by the command, by plain addresses and by GraphQL.

mod addresses;
mod asking;
mod editions;
mod formats;
mod leads;
mod templates;

use std::path::Path;

use serde_json::Value;
use tests::program::{Ended, Invocation, communique};
use tests::{Fresh, archive};

/// What is said unless the arguments say otherwise: the days of all samples, and where their links lead.
const SAID: [(&str, &str); 3] = [
    ("--name", "weekly"),
    ("--since", "2020-01-01"),
    ("--public-url", "https://news.example.org"),
];

/// An archive of the samples, none of them summarised.
fn samples() -> Fresh {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    database
}

/// `communique digest` of the samples with these further arguments: not run yet.
fn weekly(database: &Fresh, arguments: &[&str]) -> Invocation {
    let said = SAID
        .iter()
        .filter(|(option, _)| !arguments.contains(option))
        .filter(|(option, _)| *option != "--since" || !arguments.contains(&"--last"))
        .flat_map(|(option, value)| [*option, *value]);
    let words = ["digest"]
        .into_iter()
        .chain(said)
        .chain(arguments.iter().copied());
    communique(database.url(), words)
}

/// The same, run, as JSON.
#[track_caller]
fn as_json(database: &Fresh, arguments: &[&str]) -> Value {
    let words: Vec<&str> = ["--format", "json"]
        .into_iter()
        .chain(arguments.iter().copied())
        .collect();
    weekly(database, &words).run().succeeds().json()
}

/// The items of an issue in JSON, in its order.
fn items(issue: &Value) -> Vec<Value> {
    let sections = issue["sections"].as_array().cloned().unwrap_or_default();
    let lead = Some(issue["lead"].clone()).filter(|lead| !lead.is_null());
    let listed = sections
        .iter()
        .flat_map(|section| section["items"].as_array().cloned().unwrap_or_default());
    lead.into_iter().chain(listed).collect()
}

fn titles(issue: &Value) -> Vec<String> {
    items(issue)
        .iter()
        .map(|item| item["title"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// Changes what is stored, as no program of ours does.
#[track_caller]
fn change(database: &Fresh, sql: &str) {
    let _ = database.number(&format!("{sql} RETURNING CAST(1 AS bigint)"));
}

/// A vocabulary of one topic, `education`, as the summarizer writes one.
fn vocabulary(database: &Fresh) {
    let topic = "INSERT INTO topic (id, name, names, description, position) VALUES ('t:1', 'Education', '{}', '', 0)";
    change(database, topic);
}

/// Files of a folder that a run left half written.
fn drafts(folder: &Path) -> usize {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .filter(|file| file.file_name().to_string_lossy().ends_with(".part"))
        .count()
}

#[track_caller]
fn refused(ended: Ended, words: &[&str]) {
    let _ = ended.refuses(1, words);
}
