//! GraphQL over HTTP as its authors audit it: the suite of npm's `graphql-http` against the real server.
//! `docs/graphql-over-http.md` is its report.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;
use tests::node::Scripts;
use tests::shared::workspace;
use tests::{Fresh, Server, archive};

/// One point of the audit.
struct Point {
    id: String,
    /// `MUST accept POST requests`
    name: String,
    /// What was wrong; nothing when it passed.
    complaint: Option<String>,
}

/// What the audit says of a server started with these options.
fn audited(scripts: &Scripts, options: &[&str]) -> Vec<Point> {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let arguments = ["--summarizer", "off"].iter().chain(options);
    let server = Server::start_with(database.url(), arguments);
    let url = format!("{}/graphql", server.origin());
    let report = scripts.script("audit.js", [url]).run().succeeds().json();
    let points = report.as_array().expect("a list of results");
    points.iter().map(point).collect()
}

fn point(result: &Value) -> Point {
    let text = |name: &str| result[name].as_str().unwrap_or_default().to_owned();
    Point {
        id: text("id"),
        name: text("name"),
        complaint: (result["status"] != "ok").then(|| text("reason")),
    }
}

/// The report as it is committed.
fn written(points: &[Point], by_default: &[Point]) -> String {
    let mut text = String::from(
        "# GraphQL over HTTP: the audit\n\n\
         What `auditServer` of npm's [`graphql-http`](https://github.com/graphql/graphql-http) says of \
         `communique serve`. Written by `tests/tests/conformance.rs`, which `make test` runs against the real server \
         and which fails when this page says otherwise.\n\n",
    );
    let count = |points: &[Point], level: &str| {
        let of_level = |point: &&Point| point.name.starts_with(level);
        let all = points.iter().filter(of_level).count();
        let passed = points.iter().filter(of_level);
        (
            all,
            passed.filter(|point| point.complaint.is_none()).count(),
        )
    };
    text += "| requirement | points | pass with `--validation-status 400` | pass by default |\n|---|--:|--:|--:|\n";
    for (level, shown) in [
        ("MUST", "MUST"),
        ("SHOULD", "SHOULD"),
        ("MAY", "MAY"),
        ("", "all"),
    ] {
        let ((all, passed), (_, default)) = (count(points, level), count(by_default, level));
        let _ = writeln!(text, "| {shown} | {all} | {passed} | {default} |");
    }
    text += "\nBy default a document that is not valid, and variables that do not fit it, get 422, so that a client can \
             tell them from a request that could not be read (400), as graphql/graphql-over-http#354 proposes. This point \
             of the audit asks for 400 there, which `--validation-status 400` gives:\n\n";
    for point in by_default {
        if let Some(complaint) = &point.complaint {
            let _ = writeln!(text, "- `{}` {}: {complaint}", point.id, point.name);
        }
    }
    text += "\n## With `--validation-status 400`\n\n| id | requirement | |\n|---|---|---|\n";
    for point in points {
        let said = point.complaint.as_deref().unwrap_or("passes");
        let _ = writeln!(text, "| `{}` | {} | {said} |", point.id, point.name);
    }
    text
}

#[test]
fn the_official_audit_passes_in_every_point_and_its_report_is_the_committed_one() {
    let Some(scripts) = Scripts::of("conformance") else {
        return;
    };
    let points = audited(&scripts, &["--validation-status", "400"]);
    let by_default = audited(&scripts, &[]);
    assert!(points.len() >= 61, "only {} points", points.len());
    for point in &points {
        let Point {
            id,
            name,
            complaint,
        } = point;
        assert!(complaint.is_none(), "{id} {name}: {complaint:?}");
    }
    // The one that asks for 400 where 422 is the default; all others pass by default too.
    let fails: Vec<_> = by_default
        .iter()
        .filter(|point| point.complaint.is_some())
        .map(|point| point.id.as_str())
        .collect();
    assert_eq!(fails, ["86EE"]);

    let report = written(&points, &by_default);
    let committed = workspace().join("docs/graphql-over-http.md");
    if fs::read_to_string(&committed).is_ok_and(|found| found == report) {
        return;
    }
    let fresh = workspace().join("target/graphql-over-http.md");
    fs::write(&fresh, report).expect("the report is written");
    panic!(
        "the audit says something else than {1}; if that is right: cp {0} {1}",
        fresh.display(),
        committed.display()
    );
}
