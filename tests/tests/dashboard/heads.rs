//! What a page says of itself to programs: to those that show links to it, to those that read facts; and what answers where
//! there is no page.

use serde_json::{Value, json};
use tests::browser::Browser;
use tests::{Fresh, on_both_engines};

use crate::{attributes, filled, page, text};

/// Most bytes of a page with everything it asks for.
const HEAVIEST: usize = 150_000;

const ENGLISH: &str = "/articles/floating-laboratory-begins-its-first-season-on-lake-ondre";

/// The value of a property that a page gives for OpenGraph; the first, if it gives several.
fn property(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("<meta property=\"{name}\" content=\""))?;
    rest.split('"').next().map(str::to_owned)
}

on_both_engines!(a_page_says_how_a_link_to_it_is_shown, |database| {
    let server = filled(&database);
    let data = server.data(
        "{ articles(first: 1, filter: { languages: [\"fr\"] }) { nodes { slug } } }",
        json!({}),
    );
    let slug = data["articles"]["nodes"][0]["slug"]
        .as_str()
        .expect("an article");
    let french = format!("/articles/{slug}");
    for (path, kind, locale) in [
        ("/", "website", "en_GB"),
        ("/articles", "website", "en_GB"),
        (ENGLISH, "article", "en_GB"),
        (french.as_str(), "article", "fr_FR"),
    ] {
        let shown = page(&server, path).body;
        for (name, expected) in [
            ("og:site_name", "Communiqué".to_owned()),
            ("og:type", kind.to_owned()),
            ("og:locale", locale.to_owned()),
            ("og:url", format!("{}{path}", server.origin())),
            ("og:image:type", "image/png".to_owned()),
        ] {
            assert_eq!(property(&shown, name), Some(expected), "{path}: {name}");
        }
        for name in ["og:title", "og:description"] {
            assert!(
                property(&shown, name).is_some_and(|said| !said.is_empty()),
                "{path}: {name}"
            );
        }
        let image = property(&shown, "og:image").expect("a picture");
        let image = image
            .strip_prefix(server.origin())
            .expect("a whole address");
        let picture = server.get(image, &[]);
        assert_eq!(
            (picture.status, picture.header("content-type")),
            (200, "image/png")
        );
        // Its width and height stand at the beginning of a PNG.
        assert_eq!(picture.bytes.get(1..4), Some(&b"PNG"[..]));
        assert_eq!(
            picture.bytes.get(16..24),
            Some(&[0, 0, 0x04, 0xb0, 0, 0, 0x02, 0x76][..])
        );
    }
    let shown = page(&server, ENGLISH).body;
    let (_, facts) = shown
        .split_once("<script type=\"application/ld+json\">")
        .expect("facts");
    let facts: Value =
        serde_json::from_str(facts.split("</script>").next().unwrap_or_default()).expect("JSON");
    assert_eq!(facts["publisher"]["@type"], "Organization", "{facts:#}");
    for fact in [&facts["publisher"]["name"], &facts["dateModified"]] {
        assert!(
            fact.as_str().is_some_and(|said| !said.is_empty()),
            "{facts:#}"
        );
    }
});

#[test]
fn a_page_waits_for_one_stylesheet_and_weighs_little() {
    let database = Fresh::sqlite();
    let server = filled(&database);
    for path in [
        "/",
        "/articles",
        "/search?q=lake",
        ENGLISH,
        "/topics",
        "/topics/environment",
        "/pages",
    ] {
        let shown = page(&server, path);
        let body = &shown.body;
        assert_eq!(body.matches("rel=\"stylesheet\"").count(), 1, "{path}");
        // A module waits until the page is read; everything else would hold it up.
        let scripts = body.matches("<script").count();
        let modules = body.matches("<script type=\"module\"").count();
        let facts = body.matches("<script type=\"application/ld+json\"").count();
        assert_eq!(scripts, modules + facts, "{path}");
        for fetched in ["<img", "<iframe", "<object", "@import", "rel=\"preload\""] {
            assert!(!body.contains(fetched), "{path}: {fetched}");
        }
        let assets = [attributes(body, "src"), attributes(body, "href")].concat();
        let assets = assets.iter().filter(|asset| asset.starts_with("/assets/"));
        let mut weight = shown.bytes.len();
        for asset in assets {
            weight += server.get(asset, &[]).bytes.len();
        }
        // What its script asks for in turn.
        for script in [
            "cite.js",
            "clip.js",
            "edit.js",
            "live.js",
            "search.js",
            "token.js",
        ] {
            weight += server.get(&format!("/assets/{script}"), &[]).bytes.len();
        }
        assert!(weight < HEAVIEST, "{path} weighs {weight} bytes");
    }
}

#[test]
fn an_address_that_there_is_not_is_answered_in_words() {
    let database = Fresh::sqlite();
    let server = filled(&database);
    for path in [
        "/nope",
        "/articles/",
        "/topics/",
        "/feed",
        "/feed.xml",
        "/digest",
    ] {
        let shown = page(&server, path);
        assert_eq!(shown.status, 404, "{path}");
        assert!(
            shown.header("content-type").starts_with("text/html"),
            "{path}"
        );
        let words = text(&shown.body);
        assert!(
            words.contains("Not found") && words.contains("To the front page"),
            "{path}: {words}"
        );
        let plain = server.get(path, &[("Accept", "*/*")]);
        assert_eq!(
            (plain.status, plain.header("content-type")),
            (404, "text/plain; charset=utf-8")
        );
        assert!(
            plain.body.starts_with("there is nothing at this address"),
            "{path}"
        );
        assert_eq!(plain.body.lines().count(), 1, "{path}");
    }
}

#[test]
fn the_chart_of_months_says_that_it_is_not_all() {
    let database = Fresh::sqlite();
    let server = filled(&database);
    let shown = page(&server, "/").body;
    let words = text(&shown);
    assert!(
        words.contains("The 12 months up to the newest article"),
        "{words}"
    );
    let (_, link) = shown.split_once("\"/articles?to=").expect("a link");
    let day = link.split('"').next().unwrap_or_default();
    let listed = page(&server, &format!("/articles?to={day}"));
    assert_eq!(listed.status, 200);
}

#[test]
fn what_is_printed_from_a_dark_screen_is_ink_on_paper() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let database = Fresh::sqlite();
    let server = filled(&database);
    browser.open(&format!("{}{ENGLISH}", server.origin()));
    let dark = json!([{ "name": "prefers-color-scheme", "value": "dark" }]);
    let look = "const color = (selector, property) => getComputedStyle(document.querySelector(selector))[property]; \
        return [color('body', 'backgroundColor'), color('h1', 'color'), color('.evidences a:not(.because)', 'color'), \
        color('header.site nav', 'display'), color('footer.site', 'display')]";
    let mut looks = Vec::new();
    for media in ["screen", "print"] {
        let _ = browser.devtools(
            "Emulation.setEmulatedMedia",
            &json!({ "media": media, "features": dark }),
        );
        looks.push(browser.run(look));
    }
    let (screen, print) = (&looks[0], &looks[1]);
    assert_eq!(print[0], "rgb(255, 255, 255)");
    assert_eq!(print[1], "rgb(0, 0, 0)");
    // The accent is one that shows on paper.
    assert_eq!(print[2], "rgb(11, 96, 112)");
    assert_ne!(screen[2], print[2]);
    assert_eq!((&print[3], &print[4]), (&json!("none"), &json!("none")));
}
