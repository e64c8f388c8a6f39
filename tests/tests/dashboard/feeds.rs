//! What the pages tell of their feeds: each list of the feed of that very list.

use tests::{Fresh, on_both_engines};

use crate::{filled, page, text};

/// The links of a page to its feeds, by media type.
fn told(page: &str) -> Vec<(String, String)> {
    let links = page.split("<link rel=\"alternate\" ").skip(1);
    let attribute = |link: &str, name: &str| {
        let (_, rest) = link
            .split_once(&format!("{name}=\""))
            .expect("an attribute");
        rest.split('"')
            .next()
            .unwrap_or_default()
            .replace("&#38;", "&")
            .replace("&amp;", "&")
    };
    links
        .map(|link| {
            let link = link.split('>').next().unwrap_or_default();
            (attribute(link, "type"), attribute(link, "href"))
        })
        .collect()
}

on_both_engines!(every_list_tells_of_its_own_feeds, |database| {
    let server = filled(&database);
    for (path, feed, parameters) in [
        ("/", "/feed", ""),
        ("/pages", "/feed", ""),
        ("/articles", "/feed", ""),
        (
            "/articles?topic=environment&language=fr&order=title",
            "/feed",
            "?topic=environment&language=fr",
        ),
        (
            "/articles?topic=environment&topic=education&match=all&from=2020-01-01&duplicates=yes",
            "/feed",
            "?topic=environment&topic=education&match=all&from=2020-01-01&duplicates=yes",
        ),
        (
            "/articles?undated=yes&abstract=yes",
            "/feed",
            "?undated=yes&abstract=yes",
        ),
        ("/search?q=lake", "/feed", "?q=lake"),
        // As the feeds and the API call it.
        (
            "/search?search=lake&language=en",
            "/feed",
            "?q=lake&language=en",
        ),
        ("/topics/environment", "/topics/environment", ""),
        (
            "/topics/environment?language=fr",
            "/topics/environment",
            "?language=fr",
        ),
    ] {
        let shown = page(&server, path);
        assert_eq!(shown.status, 200, "{path}");
        let expected = [
            ("application/atom+xml", "atom"),
            ("application/rss+xml", "rss"),
            ("application/feed+json", "json"),
        ]
        .map(|(media, format)| (media.to_owned(), format!("{feed}.{format}{parameters}")));
        assert_eq!(told(&shown.body), expected, "{path}");
        for (_, address) in &expected {
            // To be clicked, too.
            let link = format!("<a href=\"{address}\">");
            let body = shown.body.replace("&#38;", "&").replace("&amp;", "&");
            assert!(body.contains(&link), "{path}: no {link}");
            let answer = server.get(address, &[]);
            assert_eq!(answer.status, 200, "{address}: {}", answer.body);
        }
        // As many articles as the list has.
        let words = text(&shown.body);
        let total = words
            .split(" article")
            .next()
            .and_then(|before| before.rsplit(' ').next());
        if path.starts_with("/pages") {
            continue;
        }
        let total: usize = total
            .and_then(|total| total.parse().ok())
            .expect("a number");
        let atom = &expected[0].1;
        let sized = match atom.contains('?') {
            true => format!("{atom}&size=100"),
            false => format!("{atom}?size=100"),
        };
        let entries = server.get(&sized, &[]).body.matches("<entry>").count();
        assert_eq!(entries, total, "{path}: {sized}");
    }
    let home = page(&server, "/").body;
    assert!(home.contains("<a href=\"/topics.opml\">"), "no OPML");
});

#[test]
fn a_list_with_its_format_after_it_is_a_feed() {
    let database = Fresh::sqlite();
    let server = filled(&database);
    for (path, same) in [
        ("/articles.atom?language=fr", "/feed.atom?language=fr"),
        ("/search.json?q=lake", "/feed.json?q=lake"),
        ("/articles.rss", "/feed.rss"),
    ] {
        let (one, other) = (server.get(path, &[]), server.get(same, &[]));
        assert_eq!((one.status, &one.body), (200, &other.body), "{path}");
    }
    let french = server.get("/feed.atom?language=fr", &[]).body;
    assert!(
        french.contains("<title>Communiqué: French</title>"),
        "{french:.400}"
    );
}
