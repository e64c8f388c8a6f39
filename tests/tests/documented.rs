//! `docs/api.md` and the README tell the truth: their examples run as they stand and print what is said, and the table of
//! codes is the one of the source.

use std::fs;
use std::process::Command;

use serde_json::Value;
use tests::shared::workspace;
use tests::{Fresh, Server, archive, environment};

const DOCUMENT: &str = "docs/api.md";

/// The address in the examples.
const ORIGIN: &str = "http://127.0.0.1:8000";

fn document(name: &str) -> String {
    let path = workspace().join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A fenced block: the number of its first line, its language, its text.
#[derive(Debug)]
struct Block {
    line: usize,
    language: String,
    text: String,
}

fn blocks(document: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for (index, line) in document.lines().enumerate() {
        if let Some(language) = line.strip_prefix("```") {
            open = !open;
            if open {
                found.push(Block {
                    line: index + 2,
                    language: language.to_owned(),
                    text: String::new(),
                });
            }
        } else if open && let Some(block) = found.last_mut() {
            block.text.push_str(line);
            block.text.push('\n');
        }
    }
    found
}

/// The command that runs a block of this language, if it is one to run.
fn interpreter(language: &str) -> Option<(&'static str, &'static [&'static str])> {
    match language {
        "sh" => Some(("bash", &["-euo", "pipefail", "-c"])),
        "js" => Some(("node", &["--input-type=module", "--eval"])),
        "python" => Some(("python3", &["-c"])),
        _ => None,
    }
}

/// What a block prints; nothing, and a printed line that says so, where its interpreter is missing.
#[track_caller]
fn printed(document: &str, block: &Block, origin: &str) -> Option<String> {
    let (program, options) = interpreter(&block.language)?;
    let there = Command::new(program).arg("--version").output();
    if !there.is_ok_and(|output| output.status.success()) {
        assert!(!environment::in_ci(), "there is no {program}");
        println!("skipped: line {}: there is no {program}", block.line);
        return None;
    }
    let output = Command::new(program)
        .args(options)
        .arg(block.text.replace(ORIGIN, origin))
        .env("no_proxy", "127.0.0.1")
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && !said.trim().is_empty(),
        "{document}:{}: {}\n{said}{}",
        block.line,
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Some(said)
}

/// The same, but for the rounding of another processor's scores.
fn alike(shown: &Value, found: &Value) -> bool {
    match (shown, found) {
        (Value::Number(shown), Value::Number(found)) => {
            let (shown, found) = (shown.as_f64(), found.as_f64());
            shown.zip(found).is_some_and(|(a, b)| (a - b).abs() < 0.005)
        }
        (Value::Array(shown), Value::Array(found)) => {
            shown.len() == found.len() && shown.iter().zip(found).all(|(a, b)| alike(a, b))
        }
        (Value::Object(shown), Value::Object(found)) => {
            let same = |(name, value)| found.get(name).is_some_and(|other| alike(value, other));
            shown.len() == found.len() && shown.iter().all(same)
        }
        _ => shown == found,
    }
}

/// Run the examples of a document, and compare what they print with what it shows; how many were compared.
#[track_caller]
fn compared(name: &str, server: &Server, same: impl Fn(&Value, &Value) -> bool) -> usize {
    let blocks = blocks(&document(name));
    let mut compared = 0;
    for (place, block) in blocks.iter().enumerate() {
        let Some(said) = printed(name, block, server.origin()) else {
            continue;
        };
        let Ok(mut answer) = serde_json::from_str::<Value>(&said) else {
            // Not every answer is one JSON value: events, headers.
            continue;
        };
        // The document says that it leaves them out.
        if let Some(answer) = answer.as_object_mut() {
            answer.remove("extensions");
        }
        let next = blocks.get(place + 1);
        match next.filter(|next| next.language == "json") {
            Some(next) => {
                let shown: Value = serde_json::from_str(&next.text)
                    .unwrap_or_else(|error| panic!("{name}:{}: {error}", next.line));
                assert!(
                    same(&shown, &answer),
                    "{name}:{}: it shows {shown:#} and not {answer:#}",
                    next.line
                );
                compared += 1;
            }
            // An example that shows no answer is at least one that works.
            None => assert!(
                answer.get("errors").is_none(),
                "{name}:{}: {answer:#}",
                block.line
            ),
        }
    }
    compared
}

#[test]
fn every_example_of_the_api_runs_and_prints_what_the_document_says() {
    let database = Fresh::sqlite();
    archive::fill(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let compared = compared(DOCUMENT, &server, |shown, answer| shown == answer);
    assert!(compared >= 5, "{compared} answers compared");
}

#[test]
fn the_first_query_of_the_readme_is_answered_as_the_readme_says() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let _ = archive::summarise_in_all_languages(database.url());
    let server = Server::start(database.url());
    assert_eq!(compared("README.md", &server, alike), 1);
}

/// The codes of the source with what is said of each: `/// meaning` before `Name,`, and `Self::Name => "CODE"`.
fn codes() -> Vec<(String, String)> {
    let path = workspace().join("api/src/graphql/error.rs");
    let source = fs::read_to_string(&path).expect("the source of the codes");
    let (_, rest) = source.split_once("pub enum Code {").expect("the codes");
    let (variants, rest) = rest.split_once("\n}").expect("their end");
    let mut meaning = String::new();
    let mut found = Vec::new();
    for line in variants.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            meaning = format!("{meaning} {}", words.trim()).trim().to_owned();
        } else if let Some(name) = line.strip_suffix(',') {
            let arm = format!("Self::{name} => \"");
            let (_, after) = rest.split_once(&arm).expect("a code for each");
            let code = after.split('"').next().unwrap_or_default();
            found.push((code.to_owned(), std::mem::take(&mut meaning)));
        }
    }
    found.sort();
    found
}

#[test]
fn the_table_of_codes_is_the_one_of_the_source() {
    let codes = codes();
    assert!(codes.len() >= 6, "{codes:?}");
    let rows = codes.iter().map(|(code, meaning)| {
        assert!(!meaning.is_empty(), "{code} is not explained");
        format!("| `{code}` | {} |\n", meaning.trim_end_matches('.'))
    });
    let table = format!("\n| code | when |\n|---|---|\n{}", rows.collect::<String>());
    let document = document(DOCUMENT);
    let (before, rest) = document
        .split_once("<!-- codes")
        .expect("the table's place");
    let (mark, rest) = rest.split_once("-->\n").expect("the end of a mark");
    let (shown, after) = rest.split_once("<!-- end of codes -->").expect("its end");
    let fresh = workspace().join(".cache/api.md");
    if shown.trim() != table.trim() {
        let written = format!("{before}<!-- codes{mark}-->\n{table}\n<!-- end of codes -->{after}");
        fs::create_dir_all(fresh.with_file_name("")).expect("a folder");
        fs::write(&fresh, written).expect("the document is written");
    }
    assert_eq!(
        shown.trim(),
        table.trim(),
        "the codes changed; to write them anew: cp {} {DOCUMENT}",
        fresh.display()
    );
}

const INTROSPECTION: &str = "{ __schema { types { name kind description
  fields(includeDeprecated: true) { name description args(includeDeprecated: true) { name description } }
  inputFields(includeDeprecated: true) { name description }
  enumValues(includeDeprecated: true) { name description } } } }";

/// The names of what says nothing about itself: parts of a type, each written `Type.part`.
fn silent(within: &str, parts: &Value) -> Vec<String> {
    let parts = parts.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut found = Vec::new();
    for part in parts {
        let name = format!("{within}.{}", part["name"].as_str().expect("a name"));
        found.extend(silent(&name, &part["args"]));
        if part["description"]
            .as_str()
            .is_none_or(|said| said.trim().is_empty())
        {
            found.push(name);
        }
    }
    found
}

#[test]
fn every_type_field_argument_and_value_says_what_it_is() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let server = Server::start(database.url());
    let data = server.data(INTROSPECTION, serde_json::json!({}));
    let types = data["__schema"]["types"]
        .as_array()
        .expect("a list of types");
    let mut found = Vec::new();
    for kind in types {
        let name = kind["name"].as_str().expect("a name");
        if name.starts_with("__") {
            continue;
        }
        // The scalars of GraphQL itself need none.
        let own = !["Boolean", "Float", "ID", "Int", "String"].contains(&name);
        if own && kind["description"].as_str().is_none_or(str::is_empty) {
            found.push(name.to_owned());
        }
        for parts in ["fields", "inputFields", "enumValues"] {
            found.extend(silent(name, &kind[parts]));
        }
    }
    assert!(types.len() > 60, "{} types", types.len());
    assert_eq!(found, [""; 0], "these have no description");
}
