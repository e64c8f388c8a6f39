//! Digests at `/digest/NAME.FORMAT`, as `digests.toml` has them.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;
use tests::program::communique;
use tests::{Fresh, Server, archive};

use super::samples;

const WEEKLY: &str = "[weekly]\ntitle = \"The Weekly\"\nlast = \"3660d\"\n";

/// A file of digests in a folder that must outlive it.
fn digests(text: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("digests.toml");
    fs::write(&path, text).expect("a file");
    (folder, path)
}

fn serving(database: &Fresh, file: &std::path::Path, more: &[&str]) -> Server {
    let file = file.to_str().expect("a plain path");
    let words = ["--summarizer", "off", "--digests", file];
    Server::start_with(database.url(), words.iter().chain(more))
}

fn day(item: &Value) -> Option<&str> {
    item["publishedOn"].as_str()
}

#[test]
fn a_digest_is_read_in_every_format_and_not_sent_again_unchanged() {
    let database = samples();
    let (_folder, file) = digests(WEEKLY);
    let server = serving(&database, &file, &[]);
    for (ending, kind, start) in [
        ("html", "text/html; charset=utf-8", "<!doctype html>"),
        ("mjml", "text/plain; charset=utf-8", "<mjml"),
        ("txt", "text/plain; charset=utf-8", "THE WEEKLY\n"),
        ("md", "text/markdown; charset=utf-8", "# The Weekly\n"),
        ("json", "application/json", "{"),
        ("eml", "message/rfc822", "From: "),
    ] {
        let path = format!("/digest/weekly.{ending}");
        let answer = server.get(&path, &[]);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert_eq!(answer.header("content-type"), kind);
        assert!(
            answer.body.starts_with(start),
            "{path}: {:.300}",
            answer.body
        );
        // Without an address of its own, a server's links lead to where it was asked.
        if ending != "eml" {
            let link = format!("{}/articles/", server.origin());
            assert!(answer.body.contains(&link), "{path}");
        }
        let tag = answer.header("etag").to_owned();
        let again = server.get(&path, &[("If-None-Match", &tag)]);
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
        let other = server.get(&path, &[("If-None-Match", "\"other\"")]);
        assert_eq!(other.status, 200, "{path}");
    }
    let page = server.get("/digest/weekly.html", &[]);
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    assert_eq!(server.call("HEAD", "/digest/weekly.html", &[]).status, 200);
    assert_eq!(server.call("POST", "/digest/weekly.html", &[]).status, 405);
    for (none, expected) in [
        ("/digest/monthly.html", "one of: weekly"),
        ("/digest/weekly.pdf", "expected NAME.html, "),
        ("/digest/weekly", "expected NAME.html, "),
    ] {
        let answer = server.get(none, &[]);
        assert_eq!(answer.status, 404, "{none}");
        assert!(answer.body.contains(expected), "{none}: {}", answer.body);
    }
    for (wrong, expected) in [
        ("html?again=maybe", "again: \"maybe\" is neither yes nor no"),
        ("json?nope=1", "there is no parameter \"nope\""),
        ("atom?nope=1", "there is no parameter \"nope\""),
    ] {
        let answer = server.get(&format!("/digest/weekly.{wrong}"), &[]);
        assert_eq!(answer.status, 400, "{wrong}");
        assert!(answer.body.contains(expected), "{wrong}: {}", answer.body);
    }
}

#[test]
fn an_edit_is_seen_at_once_and_a_broken_one_changes_nothing_but_the_log() {
    let database = samples();
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path
    };
    let _ = write("intro.md", "Good morning");
    let file = write("digests.toml", &format!("{WEEKLY}intro = \"intro.md\"\n"));
    let mut server = serving(&database, &file, &[]);
    let text = |server: &Server| server.get("/digest/weekly.txt", &[]).body;
    assert!(text(&server).contains("Good morning"));
    let _ = write("intro.md", "Good evening");
    assert!(text(&server).contains("Good evening"));
    let titled = WEEKLY.replace("The Weekly", "The Week");
    let _ = write("digests.toml", &titled);
    assert!(text(&server).starts_with("THE WEEK\n"));
    for (broken, line) in [
        (
            "[weekly]\nlast = \"soon\"\n",
            "digests.toml:2: \"soon\" is no number of days",
        ),
        (
            "[weekly]\n\n\nmost = 3\n",
            "digests.toml:4: unknown field `most`",
        ),
    ] {
        let _ = write("digests.toml", broken);
        assert!(text(&server).starts_with("THE WEEK\n"), "{broken}");
        server
            .process()
            .line(|logged| logged.contains(line).then_some(()));
    }
    let _ = write(
        "digests.toml",
        &format!("{titled}\n[other]\nlast = \"3660d\"\n"),
    );
    assert_eq!(server.get("/digest/other.md", &[]).status, 200);
}

#[test]
fn a_server_does_not_start_with_digests_that_are_wrong() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let (_folder, file) = digests("[weekly]\nlast = 7\n");
    let file = file.to_str().expect("a plain path");
    let words = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--summarizer",
        "off",
        "--digests",
        file,
    ];
    let _ = communique(database.url(), words)
        .run()
        .refuses(1, &["digests.toml:2: "]);
}

#[test]
fn an_empty_digest_says_so_and_a_server_without_digests_what_it_lacks() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let (_folder, file) = digests("[weekly]\n");
    let server = serving(&database, &file, &[]);
    for ending in ["html", "mjml", "txt", "md", "eml"] {
        // A tool that sends what it is given gets nothing to send.
        let path = format!("/digest/weekly.{ending}");
        let answer = server.get(&path, &[]);
        assert_eq!(answer.status, 404, "{path}: {}", answer.body);
        assert!(
            answer.body.starts_with("nothing was published from ")
                && answer.body.contains("?empty=yes"),
            "{}",
            answer.body
        );
        let answer = server.get(&format!("{path}?empty=yes"), &[]);
        assert_eq!(answer.status, 200);
        assert!(
            answer
                .body
                .contains("Nothing was published in this period."),
            "{}",
            answer.body
        );
    }
    assert_eq!(
        server.get("/digest/weekly.json", &[]).json()["isEmpty"],
        true
    );
    let without = Server::start(database.url());
    let answer = without.get("/digest/weekly.html", &[]);
    assert_eq!(answer.status, 404);
    assert!(
        answer.body.contains("serve --digests FILE"),
        "{}",
        answer.body
    );
}

#[test]
fn what_the_command_sent_is_left_out_at_its_address_too() {
    let database = samples();
    let roomy = "max-per-topic = 100\nmax-articles = 100\n";
    let (_folder, file) = digests(&format!(
        "{WEEKLY}{roomy}public-url = \"https://n.example\"\n"
    ));
    let server = serving(&database, &file, &[]);
    let shown = |query: &str| {
        server
            .get(&format!("/digest/weekly.json{query}"), &[])
            .json()
    };
    let whole = shown("");
    assert!(
        whole.to_string().contains("https://n.example/articles/"),
        "{whole:#}"
    );
    let items = super::items(&whole);
    let mut days: Vec<&str> = items.iter().filter_map(day).collect();
    days.sort_unstable();
    let until = days[days.len() / 2];
    let file = file.to_str().expect("a plain path");
    let words = [
        "digest",
        "--digests",
        file,
        "--name",
        "weekly",
        "--mark-sent",
        "--until",
        until,
    ];
    let sent = communique(database.url(), words).run().succeeds();
    // The file says where links lead, so that none is missing.
    assert!(!sent.stderr.contains("no links"), "{sent}");
    assert!(
        sent.stdout.contains("https://n.example/articles/"),
        "{sent}"
    );
    let (rest, all) = (shown(""), shown("?again=yes"));
    assert!(
        super::items(&rest)
            .iter()
            .all(|item| day(item) > Some(until)),
        "{rest:#}"
    );
    assert!(rest["shown"].as_u64() < whole["shown"].as_u64(), "{rest:#}");
    assert_eq!(all["editionId"], whole["editionId"]);
    // A feed reader knows itself what it has seen.
    let feed = server.get("/digest/weekly.feed.json", &[]).json();
    let listed = feed["items"]
        .as_array()
        .map(Vec::len)
        .map(|listed| listed as u64);
    assert_eq!(listed, whole["shown"].as_u64());
}

#[test]
fn a_digest_is_a_feed_of_what_is_in_it() {
    let database = samples();
    let (_folder, file) = digests(&format!(
        "{WEEKLY}max-articles = 3\nutm.source = \"feed\"\n"
    ));
    let public = "https://news.example.org";
    let server = serving(&database, &file, &["--public-url", public]);
    let issue = server.get("/digest/weekly.json", &[]).json();
    let links = issue.to_string();
    for (ending, kind) in [
        ("atom", "application/atom+xml; charset=utf-8"),
        ("rss", "application/rss+xml; charset=utf-8"),
        ("feed.json", "application/feed+json"),
    ] {
        let path = format!("/digest/weekly.{ending}");
        let answer = server.get(&path, &[]);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, kind),
            "{path}: {}",
            answer.body
        );
        let read = feed_rs::parser::parse(answer.bytes.as_slice()).expect("a feed");
        assert_eq!(read.title.expect("a title").content, "The Weekly");
        assert_eq!(read.entries.len(), 3, "{path}");
        for entry in &read.entries {
            let link = &entry.links[0].href;
            assert!(link.contains("utm_source=feed"), "{link}");
            assert!(links.contains(link.as_str()), "{path}: {link}");
            let id = entry
                .id
                .rsplit(',')
                .next()
                .and_then(|id| id.split_once(':'));
            assert!(links.contains(id.expect("a tag").1), "{}", entry.id);
        }
        let tag = answer.header("etag").to_owned();
        let again = server.get(&path, &[("If-None-Match", &tag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        let missing = server.get(&path.replace("weekly", "monthly"), &[]);
        assert_eq!(missing.status, 404);
        assert!(
            missing.body.contains("expected one of: weekly"),
            "{}",
            missing.body
        );
    }
}

#[test]
fn a_private_archive_keeps_its_digests_to_those_with_a_token() {
    let database = samples();
    let (_folder, file) = digests(WEEKLY);
    let server = serving(&database, &file, &["--private"]);
    assert_eq!(server.get("/digest/weekly.html", &[]).status, 401);
    let secret = archive::token(database.url(), "desk", "read");
    let bearer = format!("Bearer {secret}");
    let answer = server.get("/digest/weekly.html", &[("Authorization", &bearer)]);
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[test]
fn the_command_takes_a_digest_of_the_file_with_changes() {
    let database = samples();
    let (_folder, file) = digests(&format!("{WEEKLY}max-articles = 3\n"));
    let file = file.to_str().expect("a plain path");
    let digest = |more: &[&str]| {
        let words = ["digest", "--digests", file, "--format", "json", "--name"];
        communique(database.url(), words.iter().chain(more)).run()
    };
    let issue = digest(&["weekly"]).succeeds().json();
    assert_eq!(
        (&issue["title"], &issue["shown"]),
        (&"The Weekly".into(), &3.into())
    );
    let changed = digest(&["weekly", "--max-articles", "2", "--title", "Two"])
        .succeeds()
        .json();
    assert_eq!(
        (&changed["title"], &changed["shown"]),
        (&"Two".into(), &2.into())
    );
    let _ = digest(&["monthly"]).refuses(1, &["has no digest called monthly", "weekly"]);
}

#[test]
fn the_file_that_the_document_shows_is_one() {
    let document = tests::shared::workspace().join("docs/newsletters.md");
    let document = fs::read_to_string(document).expect("the document");
    let (_, rest) = document.split_once("```toml\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("its end");
    let database = samples();
    let (folder, file) = digests(
        &example
            .replace("# intro", "intro")
            .replace("# footer", "footer"),
    );
    for (name, place) in [("intro.md", 0), ("footer.md", 1)] {
        let template = document
            .split("```jinja\n")
            .nth(place + 1)
            .expect("a template");
        let (template, _) = template.split_once("```").expect("its end");
        fs::write(folder.path().join(name), template).expect("a template");
    }
    let server = serving(&database, &file, &[]);
    // Nothing of the samples is of the last days.
    let answer = server.get("/digest/weekly.html?empty=yes", &[]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    for placeholder in ["href=\"{{ UnsubscribeURL }}\"", "href=\"*|UNSUB|*\""] {
        assert!(
            answer.body.contains(placeholder),
            "{placeholder}: {}",
            answer.body
        );
    }
    let french = server.get("/digest/semaine.md?empty=yes", &[]);
    assert!(
        french.body.starts_with("# La semaine des lacs"),
        "{}",
        french.body
    );
}
