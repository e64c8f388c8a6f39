//! What the pages answer: every link leads somewhere, lists narrow as the API does, and nothing stands in a page that a
//! browser would run.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Value, json};
use tests::{Fresh, Server, on_both_engines};

use crate::{attributes, filled, page, text};

/// Most bytes of the front page.
const HEAVIEST: usize = 150_000;

/// No style or script stands in a page, and it has what every page has.
#[track_caller]
fn is_sound(path: &str, body: &str) {
    assert!(
        body.starts_with("<!doctype html>\n<html lang=\"en\">"),
        "{path}"
    );
    assert!(
        !body.contains(" style=") && !body.contains("<style"),
        "{path} styles itself"
    );
    for script in body.split("<script").skip(1) {
        let data = script.starts_with(" type=\"application/ld+json\">");
        let file = script.starts_with(" type=\"module\" src=\"/assets/");
        assert!(
            data || file,
            "{path}: <script{}",
            &script[..script.len().min(80)]
        );
    }
    assert_eq!(
        body.matches("<h1").count(),
        1,
        "{path} has one heading of its own"
    );
    assert_eq!(body.matches("<main").count(), 1, "{path}");
    let ids = attributes(body, "id");
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{path} gives an id twice: {ids:?}");
}

on_both_engines!(every_link_of_every_page_leads_to_a_page, |database| {
    let server = filled(&database);
    let mut waiting = VecDeque::from(["/".to_owned()]);
    let mut seen = BTreeSet::from(["/".to_owned()]);
    while let Some(path) = waiting.pop_front() {
        let answer = page(&server, &path);
        assert_eq!(answer.status, 200, "{path}: {}", text(&answer.body));
        if !answer.header("content-type").starts_with("text/html") || path == "/graphql" {
            continue;
        }
        is_sound(&path, &answer.body);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        let here = attributes(&answer.body, "id");
        for link in attributes(&answer.body, "href") {
            let link = link.replace("&#38;", "&").replace("&amp;", "&");
            if let Some(place) = link.strip_prefix('#') {
                assert!(
                    here.contains(&place),
                    "{path} links to #{place}, which is not there"
                );
                continue;
            }
            assert!(
                link.starts_with('/') || link.starts_with(server.origin()),
                "{path} links to {link}"
            );
            let bare = link
                .trim_start_matches(server.origin())
                .split('#')
                .next()
                .unwrap_or_default();
            // Filters upon filters are without end.
            if seen.len() < 400 && !bare.is_empty() && seen.insert(bare.to_owned()) {
                waiting.push_back(bare.to_owned());
            }
        }
    }
    for kind in [
        "/articles/",
        "/topics/",
        "/pages/",
        "/assets/style.css",
        "/articles?",
    ] {
        assert!(
            seen.iter().any(|path| path.starts_with(kind)),
            "no link to {kind}: {seen:?}"
        );
    }
});

#[test]
fn a_list_is_narrowed_by_its_address_as_the_api_narrows() {
    let database = Fresh::sqlite();
    let server = filled(&database);
    for (query, filter, search) in [
        ("", json!({}), Value::Null),
        ("language=fr", json!({ "languages": ["fr"] }), Value::Null),
        (
            "topic=environment",
            json!({ "topics": ["medtop:06000000"] }),
            Value::Null,
        ),
        (
            "from=2024-01-01&to=2024-12-31",
            json!({ "publishedFrom": "2024-01-01", "publishedTo": "2024-12-31" }),
            Value::Null,
        ),
        ("undated=yes", json!({ "undated": true }), Value::Null),
        (
            "duplicates=yes&q=lake",
            json!({ "includeDuplicates": true }),
            json!("lake"),
        ),
        ("q=zzzzzz", json!({}), json!("zzzzzz")),
    ] {
        let data = server.data(
            "query Q($filter: ArticleFilter, $search: String) { articles(filter: $filter, search: $search) { totalCount } }",
            json!({ "filter": filter, "search": search }),
        );
        let total = data["articles"]["totalCount"].as_u64().expect("a number");
        let answer = page(&server, &format!("/articles?{query}"));
        assert_eq!(answer.status, 200, "{query}");
        let shown = text(&answer.body);
        let expected = match total {
            1 => "1 article ".to_owned(),
            total => format!("{total} articles"),
        };
        assert!(
            shown.contains(&expected),
            "{query}: not {expected} in {shown}"
        );
    }
}

#[test]
fn a_list_is_read_to_its_end_and_back_by_its_links() {
    let database = Fresh::sqlite();
    let server = filled(&database);
    let link = |body: &str, rel: &str| -> Option<String> {
        let (_, rest) = body.split_once(&format!("<a rel=\"{rel}\" href=\""))?;
        Some(
            rest.split('"')
                .next()?
                .replace("&#38;", "&")
                .replace("&amp;", "&"),
        )
    };
    let slugs = |body: &str| -> Vec<String> {
        let cards = body.split("<li class=\"card\"").skip(1);
        let links =
            cards.filter_map(|card| card.split("href=\"/articles/").nth(1)?.split('"').next());
        links.map(str::to_owned).collect()
    };
    let first = page(&server, "/articles?order=title");
    let mut seen = slugs(&first.body);
    assert_eq!(seen.len(), 20);
    assert_eq!(link(&first.body, "prev"), None);
    let second = page(&server, &link(&first.body, "next").expect("a second page"));
    seen.extend(slugs(&second.body));
    let total = server.data("{ articles { totalCount } }", json!({}));
    assert_eq!(
        seen.len() as u64,
        total["articles"]["totalCount"].as_u64().expect("a number")
    );
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len());
    assert_eq!(link(&second.body, "next"), None);
    let back = page(
        &server,
        &link(&second.body, "prev").expect("the first page"),
    );
    assert_eq!(slugs(&back.body), slugs(&first.body));
}

#[test]
fn the_front_page_says_what_is_in_the_archive_and_is_light() {
    let database = Fresh::sqlite();
    let server = filled(&database);
    let answer = page(&server, "/");
    let shown = text(&answer.body);
    for words in [
        "27 articles",
        "16 pages read",
        "texts are summarised",
        "Articles by month",
        "English",
        "French",
        "Environment",
    ] {
        assert!(shown.contains(words), "no {words:?} in {shown}");
    }
    assert!(
        answer
            .body
            .contains("<svg viewBox=\"0 0 760 280\" role=\"img\" aria-label="),
        "no chart"
    );
    assert!(answer.body.contains("<title>") && answer.body.contains("href=\"/graphql#query="));
    // Paper has no links, and leads nowhere by the path alone.
    let address = format!("data-address=\"{}/articles/", server.origin());
    assert!(answer.body.contains(&address), "no {address}");
    let files: usize = [
        "style.css",
        "page.js",
        "cite.js",
        "clip.js",
        "edit.js",
        "live.js",
        "search.js",
        "token.js",
        "icon.svg",
    ]
    .iter()
    .map(|file| server.get(&format!("/assets/{file}"), &[]).bytes.len())
    .sum();
    println!("/ weighs {} bytes, its files {files}", answer.bytes.len());
    assert!(
        answer.bytes.len() + files < HEAVIEST,
        "{} bytes and {files} of files",
        answer.bytes.len()
    );

    let tag = answer.header("etag").to_owned();
    let again = server.get("/", &[crate::BROWSER, ("If-None-Match", &tag)]);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[test]
fn an_article_shows_its_date_its_evidence_and_where_it_was_found() {
    let database = Fresh::sqlite();
    let server = filled(&database);
    let slug = "floating-laboratory-begins-its-first-season-on-lake-ondre";
    let data = server.data(
        "query A($slug: String!) { article(by: { slug: $slug }) { title body abstract { sentences { text start } } page { id name } } }",
        json!({ "slug": slug }),
    );
    let article = &data["article"];
    let answer = page(&server, &format!("/articles/{slug}"));
    let shown = text(&answer.body);
    for words in [
        "12 March 2024",
        "dated by its dateline",
        "Sentences of the text itself",
        "because of this sentence",
        "Number 1 on",
    ] {
        assert!(shown.contains(words), "no {words:?} in {shown}");
    }
    let sentences = article["abstract"]["sentences"]
        .as_array()
        .expect("sentences");
    assert!(!sentences.is_empty());
    for sentence in sentences {
        let name = format!("c{}", sentence["start"]);
        let target = format!("<span id=\"{name}\" class=\"said\"");
        assert!(answer.body.contains(&target), "no {target}");
        assert!(
            answer.body.contains(&format!("href=\"#{name}\"")),
            "no link to {name}"
        );
    }
    let (_, facts) = answer
        .body
        .split_once("<script type=\"application/ld+json\">")
        .expect("facts");
    let facts: Value =
        serde_json::from_str(facts.split("</script>").next().unwrap_or_default()).expect("JSON");
    assert_eq!(
        (&facts["@type"], &facts["datePublished"]),
        (&json!("NewsArticle"), &json!("2024-03-12"))
    );
    assert_eq!(facts["headline"], article["title"]);

    let place = format!("/pages/{}", article["page"]["id"].as_str().expect("an id"));
    let lines = page(&server, &place);
    assert!(
        lines.body.contains(&format!("id=\"{slug}\"")),
        "the page has no place of the article"
    );
    let shown = text(&lines.body);
    for words in ["article 1", "title", "paragraph"] {
        assert!(shown.contains(words), "no {words:?} in {shown}");
    }
}

#[test]
fn what_is_not_there_or_makes_no_sense_is_said_on_a_page() {
    let database = Fresh::sqlite();
    let server = filled(&database);
    for (path, status, words) in [
        ("/articles/no-such-article", 404, "There is no such article"),
        ("/topics/gardening", 404, "There is no such topic"),
        ("/pages/none", 404, "There is no such page"),
        ("/articles?topic=gardening", 400, "There is no topic"),
        (
            "/articles?from=yesterday",
            400,
            "expected one like 2024-03-12",
        ),
        ("/articles?after=nonsense", 400, "cursor"),
        ("/articles?order=best", 400, "newest"),
        (
            "/articles?undated=yes&from=2024-01-01",
            400,
            "lie in no period",
        ),
        ("/articles?undated=maybe", 400, "neither yes nor no"),
        ("/search?q=-lake", 400, "There is no word to look for"),
        ("/pages/x?after=-1", 400, "no number of a line"),
        ("/clippings", 400, "tick the boxes"),
        ("/clippings?article=x", 404, "no such articles"),
    ] {
        let answer = page(&server, path);
        assert_eq!(answer.status, status, "{path}: {}", text(&answer.body));
        is_sound(path, &answer.body);
        assert!(
            text(&answer.body).contains(words),
            "{path}: no {words:?} in {}",
            text(&answer.body)
        );
    }
    let answer = server.call("DELETE", "/articles", &[]);
    assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"));
    // A name with a point is a feed's.
    assert_eq!(page(&server, "/topics/environment.none").status, 404);
}

#[test]
fn a_private_archive_asks_a_reader_for_a_token_and_shows_nothing_before() {
    let database = Fresh::sqlite();
    tests::archive::migrate(database.url());
    tests::archive::ingest(database.url(), &tests::archive::samples());
    let secret = tests::archive::token(database.url(), "reader", "read");
    let server = Server::start_with(database.url(), ["--summarizer", "off", "--private"]);
    for path in [
        "/",
        "/articles",
        "/articles/ferrymen-prepare-for-record-number-of-pilgrims",
        "/topics",
        "/pages",
        "/search?q=lake",
        "/sitemap.xml",
        "/clippings",
    ] {
        let answer = page(&server, path);
        assert_eq!(answer.status, 401, "{path}");
        assert!(
            answer.header("www-authenticate").starts_with("Basic "),
            "{path}"
        );
        assert!(
            text(&answer.body).contains("This archive is private"),
            "{path}: {}",
            text(&answer.body)
        );
        // To a person, who is asked by the browser for a name and a password.
        assert!(
            text(&answer.body).contains("any name, and the token as the password"),
            "{path}"
        );
        assert!(!answer.body.contains("Bearer"), "{path}");
        assert!(!answer.body.to_lowercase().contains("ferrymen"), "{path}");
    }
    let wrong = server.get(
        "/",
        &[crate::BROWSER, ("Authorization", "Basic YW55Ym9keTp4")],
    );
    assert_eq!(wrong.status, 401);
    assert!(text(&wrong.body).contains("What was given is no token in force"));
    let robots = server.get("/robots.txt", &[]);
    assert!(robots.body.contains("Disallow: /\n"), "{}", robots.body);
    assert_eq!(server.get("/assets/style.css", &[]).status, 200);
    // As a browser sends what was typed for a password, and as programs send it.
    let encoded = data_encoding::BASE64.encode(format!("anybody:{secret}").as_bytes());
    for value in [format!("Basic {encoded}"), format!("Bearer {secret}")] {
        let answer = server.get("/articles", &[crate::BROWSER, ("Authorization", &value)]);
        assert_eq!(answer.status, 200, "{}", text(&answer.body));
        assert!(
            answer.header("cache-control").starts_with("private"),
            "{:?}",
            answer.headers
        );
    }
}
