//! A model that the user brings: what it wrote is served with what supports it, or the article's own sentences and the reason.

use std::fs;

use serde_json::{Value, json};
use tests::program::summarizer;
use tests::shared::workspace;
use tests::{Server, archive, on_both_engines};

const ASKED: &str = "{ articles(first: 10) { nodes { title \
    abstract { kind text model sentences { text } } short: abstract(maxChars: 40) { kind text } \
    abstraction { refused model sentences { text support { text } } } } } }";

/// Of the words that the tests' model knows, and of others.
const PAGES: [(&str, &str); 2] = [
    (
        "known.txt",
        "Kestrel Trust Opens Libraries in Vess
3 March 2026
Kestrel Trust opened 23 libraries in Vess on Monday, as the work goes on. The plan has wide support. The rest will follow \
in spring. The mayor will visit soon.
",
    ),
    (
        "unknown.txt",
        "Locks of the Lower Sarne Close for Repairs
5 March 2026
Four locks of the Lower Sarne will be closed for repairs until the end of May, the Union of Boatmen of Keldra announced. \
Barges of more than 40 metres must wait at Dorrel, where two berths were added. Mrs. Hanna Bruck thanked all crews.
",
    ),
];

fn article<'a>(data: &'a Value, title: &str) -> &'a Value {
    let all = data["articles"]["nodes"]
        .as_array()
        .expect("a list of articles");
    let found = all.iter().find(|article| {
        article["title"]
            .as_str()
            .is_some_and(|own| own.contains(title))
    });
    found.unwrap_or_else(|| panic!("no article {title} in {data}"))
}

on_both_engines!(
    what_a_model_wrote_is_served_with_its_support_and_a_refusal_with_its_reason,
    |database| {
        let pages = tempfile::tempdir().expect("a folder");
        for (name, text) in PAGES {
            fs::write(pages.path().join(name), text).expect("a page");
        }
        archive::fill(database.url(), pages.path());
        let server = Server::start(database.url());
        let before = server.data(ASKED, json!({}));
        assert_eq!(
            article(&before, "Kestrel")["abstract"]["kind"],
            "EXTRACTIVE"
        );
        assert!(article(&before, "Kestrel")["abstraction"].is_null());

        let model = workspace().join("summarizer/tests/models/first-clause");
        let model = model.to_str().expect("a path of plain text");
        summarizer(database.url(), ["run", "--abstractive", model])
            .run()
            .succeeds();
        let after = server.data(ASKED, json!({}));
        let known = article(&after, "Kestrel");
        let said = "Kestrel Trust opened 23 libraries in Vess on Monday.";
        assert_eq!(known["abstract"]["kind"], "ABSTRACTIVE", "{known}");
        assert_eq!(known["abstract"]["text"], said);
        assert_eq!(known["abstract"]["model"], "first-clause");
        assert_eq!(known["abstraction"]["refused"], Value::Null);
        assert_eq!(known["abstraction"]["sentences"][0]["text"], said);
        let support = "Kestrel Trust opened 23 libraries in Vess on Monday, as the work goes on.";
        assert_eq!(
            known["abstraction"]["sentences"][0]["support"][0]["text"],
            support
        );
        assert_eq!(known["abstract"]["sentences"][0]["text"], support);
        let short = known["short"]["text"].as_str().expect("a text");
        assert!(
            short.chars().count() <= 40 && short.ends_with('…'),
            "{short}"
        );

        let unknown = article(&after, "Locks");
        assert_eq!(unknown["abstract"]["kind"], "EXTRACTIVE");
        let reason = unknown["abstraction"]["refused"]
            .as_str()
            .expect("a reason");
        assert!(reason.contains("cannot stand"), "{reason}");
        assert_eq!(unknown["abstraction"]["sentences"], json!([]));
    }
);
