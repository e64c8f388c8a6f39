//! An archive in two languages as a user has it: each read by its encoder, both compared where they meet.

use serde_json::{Value, json};
use tests::program::summarizer;
use tests::{Server, archive, on_both_engines};

const ENGLISH: &str = "all-MiniLM-L6-v2";
const MULTILINGUAL: &str = "multilingual-e5-small";

const ARTICLES: &str = "{ articles(first: 100) { nodes { title language abstract { model stale } labels { topic { id } } \
    story { articles { language } } related(first: 3) { title language } } } }";

fn articles(server: &Server) -> Vec<Value> {
    let data = server.data(ARTICLES, json!({}));
    let nodes = data["articles"]["nodes"].as_array();
    nodes.expect("a list of articles").clone()
}

on_both_engines!(
    french_is_read_by_its_own_encoder_and_found_beside_its_english_version,
    |database| {
        archive::migrate(database.url());
        archive::ingest(database.url(), &archive::samples());
        // First without it: what it changes later is said, and stays until it is ordered.
        archive::summarise(database.url());
        let told = archive::summarise_in_all_languages(database.url());
        assert!(
            told.stderr.contains("by another model or version; --again"),
            "{told}"
        );
        let server = Server::start(database.url());
        let all = articles(&server);
        assert!(
            all.iter()
                .all(|article| article["abstract"]["model"] == ENGLISH)
        );

        let again = summarizer(database.url(), ["run", "--again", "--languages", "fr"]);
        let ended = again.run().succeeds();
        assert!(ended.stderr.contains("placed"), "{ended}");
        let all = articles(&server);
        let french: Vec<&Value> = all
            .iter()
            .filter(|article| article["language"] == "fr")
            .collect();
        assert!(french.len() >= 2);
        for article in &all {
            let model = match article["language"].as_str() {
                Some("fr") => MULTILINGUAL,
                _ => ENGLISH,
            };
            assert_eq!(article["abstract"]["model"], model, "{article}");
            assert_eq!(article["abstract"]["stale"], false, "{article}");
        }
        // The samples have one release in two languages.
        let pair = all.iter().find(|article| {
            let told = article["story"]["articles"].as_array();
            let told = told.map(Vec::as_slice).unwrap_or_default();
            ["en", "fr"]
                .iter()
                .all(|language| told.iter().any(|one| one["language"] == *language))
        });
        let pair = pair.expect("a story in two languages");
        assert_ne!(pair["related"][0]["language"], pair["language"], "{pair}");
    }
);

#[test]
fn the_models_that_are_there_are_listed_with_what_they_are_for() {
    let ended = summarizer("sqlite::memory:", ["models"]).run().succeeds();
    let lines: Vec<&str> = ended.stdout.lines().map(str::trim).collect();
    for said in [ENGLISH, MULTILINGUAL, "verified"] {
        assert!(lines.contains(&said), "{said}: {ended}");
    }
    for (part, of) in [
        ("mit", "licence"),
        ("MB", "size"),
        ("all other languages", "purpose"),
    ] {
        assert!(ended.stdout.contains(part), "{of}: {ended}");
    }
}

#[test]
fn a_folder_that_holds_no_model_is_not_added() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_string_lossy();
    summarizer("sqlite::memory:", ["models", "add", &path])
        .run()
        .refuses(1, &["config.json", &path]);
}
