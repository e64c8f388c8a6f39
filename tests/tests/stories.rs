//! Articles on one event come back as one story: announcement, opening and closing, and a release in two languages.

use std::fs;

use serde_json::{Value, json};
use tests::{Fresh, Server, archive, on_both_engines};

const STORIES: &str = "{ articles(first: 100, filter: { includeDuplicates: true }) { nodes { title duplicateOf { title } \
    story { id title articleCount firstPublishedOn lastPublishedOn articles { title language } } } } }";

/// Pages of one week about one conference, and about another conference of the same house.
const PAGES: [(&str, &str); 4] = [
    (
        "announced.txt",
        "Tomorrow: Conference on the Law of Shared Lakes Opens in Brennhold
3 March 2026
The Intergovernmental Agency for Lakes and Rivers (IALR) and the Ministry of Waters of Valdorne will hold the Conference \
on the Law of Shared Lakes tomorrow, Wednesday 4 March 2026, in the Old Exchange of Brennhold.
Some 240 jurists from 19 countries are expected. Mr. Tomas Ferrand, Minister of Waters of Valdorne, and Dr. Ilse Maron, \
Executive Secretary of IALR, will speak at the opening at 09:00.
The conference is to draft rules for lakes that belong to more than one state, such as Lake Ondre and Lake Miravel, \
and to say who pays when one state's waste reaches another's shore.
",
    ),
    (
        "opened.txt",
        "Conference on the Law of Shared Lakes Opens in Brennhold
4 March 2026
The Conference on the Law of Shared Lakes opened today, Wednesday 4 March 2026, in the Old Exchange of Brennhold. It is \
held by the Intergovernmental Agency for Lakes and Rivers (IALR) and the Ministry of Waters of Valdorne.
Some 240 jurists from 19 countries heard Mr. Tomas Ferrand, Minister of Waters of Valdorne, call Lake Ondre a house with \
three doors and no landlord. Dr. Ilse Maron, Executive Secretary of IALR, said that rules for shared lakes were overdue.
Until Friday the jurists will draft rules on who pays when one state's waste reaches another's shore.
",
    ),
    (
        "closed.txt",
        "Conference on the Law of Shared Lakes Ends in Brennhold with Twelve Rules
6 March 2026
The Conference on the Law of Shared Lakes, held in Brennhold by the Intergovernmental Agency for Lakes and Rivers (IALR) \
and the Ministry of Waters of Valdorne, ended today, Friday 6 March 2026, with twelve rules for lakes that belong to more \
than one state.
The 240 jurists from 19 countries agreed that a state whose waste reaches another's shore pays for it. Mr. Tomas Ferrand, \
Minister of Waters of Valdorne, and Dr. Ilse Maron, Executive Secretary of IALR, signed the rules in the Old Exchange.
The rules will first be tried on Lake Ondre and Lake Miravel.
",
    ),
    (
        "another.txt",
        "Conference on the Training of Lock Keepers Opens in Dorrel
5 March 2026
The Conference on the Training of Lock Keepers opened today, Thursday 5 March 2026, in the Guildhall of Dorrel. It is held \
by the Intergovernmental Agency for Lakes and Rivers (IALR) and the Union of Boatmen of Keldra.
Some 90 teachers from 7 countries heard Mrs. Hanna Bruck, President of the Union of Boatmen of Keldra, ask for a school of \
their own. Dr. Ilse Maron, Executive Secretary of IALR, said that a third of all lock keepers would retire in ten years.
Until Saturday the teachers will draft a curriculum and visit the locks of the Lower Sarne.
",
    ),
];

fn stories(server: &Server) -> Vec<Value> {
    let data = server.data(STORIES, json!({}));
    let articles = data["articles"]["nodes"].as_array();
    articles.expect("a list of articles").clone()
}

#[track_caller]
fn story_of<'a>(articles: &'a [Value], title: &str) -> &'a Value {
    let found = articles.iter().find(|article| article["title"] == title);
    &found.unwrap_or_else(|| panic!("no article {title}"))["story"]
}

on_both_engines!(
    an_announcement_an_opening_and_a_closing_are_one_story,
    |database| {
        let pages = tempfile::tempdir().expect("a folder");
        for (name, text) in PAGES {
            fs::write(pages.path().join(name), text).expect("a page");
        }
        archive::fill(database.url(), pages.path());
        // The same text on another page is a repeat, which has no place of its own in the story.
        let (_, opened) = PAGES[1];
        fs::write(
            pages.path().join("reposted.txt"),
            format!("{opened}Share this page\n"),
        )
        .expect("a page");
        let _ = archive::ingest(database.url(), pages.path());
        archive::summarise(database.url());

        let server = Server::start(database.url());
        let articles = stories(&server);
        assert_eq!(articles.len(), 5);
        let titles = [0, 1, 2].map(|page: usize| PAGES[page].1.lines().next().expect("a title"));
        let story = story_of(&articles, titles[0]);
        assert_eq!(
            story["articles"],
            json!(titles.map(|title| json!({ "title": title, "language": "en" })))
        );
        assert_eq!(story["title"], titles[0]);
        let node = "query($id: ID!) { node(id: $id) { __typename id ... on Story { title articleCount } } }";
        assert_eq!(
            server.data(node, json!({ "id": story["id"] })),
            json!({ "node": { "__typename": "Story", "id": story["id"], "title": titles[0], "articleCount": 3 } })
        );
        let alone = json!({ "id": "story_0" });
        assert_eq!(server.data(node, alone), json!({ "node": null }));
        assert_eq!(story["articleCount"], 3);
        assert_eq!(story["firstPublishedOn"], "2026-03-03");
        assert_eq!(story["lastPublishedOn"], "2026-03-06");
        for article in &articles {
            let title = article["title"].as_str().expect("a title");
            let expected = if titles.contains(&title) {
                story
            } else {
                &Value::Null
            };
            assert_eq!(&article["story"], expected, "{article}");
        }
        let repeats = articles
            .iter()
            .filter(|article| !article["duplicateOf"].is_null());
        assert_eq!(repeats.count(), 1);
    }
);

#[test]
fn a_release_in_two_languages_is_one_story_and_no_other_sample_is_one() {
    let database = Fresh::sqlite();
    archive::fill(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let articles = stories(&server);
    let english = "Ketta Flood: Agency Opens Emergency Cell in Brennhold";
    let story = story_of(&articles, english);
    let languages = story["articles"].as_array().expect("a list of articles");
    let mut languages: Vec<_> = languages
        .iter()
        .map(|article| &article["language"])
        .collect();
    languages.sort_by_key(|language| language.as_str());
    assert_eq!(languages, ["en", "fr"], "{story}");
    let told = articles
        .iter()
        .filter(|article| !article["story"].is_null());
    assert_eq!(told.count(), 2);
}
