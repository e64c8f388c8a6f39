//! What a search finds, and how it is shown and counted.

use serde_json::json;
use tests::{Server, archive, on_both_engines};

use crate::{ARTICLES, SEARCH, fill, titles};

on_both_engines!(a_search_finds_what_a_person_means, |database| {
    fill(&database);
    let server = Server::start(database.url());
    server.indexed();
    let [river, sign, agence, museum, crafts, library] = ARTICLES.map(|(title, ..)| title);
    for (search, found) in [
        ("water", vec![sign, river]),
        ("WATER", vec![sign, river]),
        ("universities", vec![sign, river]),
        ("waters", vec![sign, river]),
        // Cut as French words, these would be the English "be" and "sign".
        ("beer", vec![]),
        ("signer", vec![]),
        ("rivière", vec![agence]),
        ("élève", vec![agence]),
        ("\"eleve de la region\"", vec![agence]),
        ("university water", vec![sign, river]),
        ("école", vec![agence]),
        ("ecole", vec![agence]),
        ("ÉCOLE d'ete", vec![agence]),
        // Cut to its stem, it is the English word too.
        ("agence", vec![agence, river]),
        ("l'agence", vec![agence, river]),
        ("presente", vec![agence]),
        ("enseignante", vec![agence]),
        ("education", vec![agence]),
        ("o'brien", vec![river]),
        ("covid-19", vec![sign]),
        ("\"clean water\"", vec![river]),
        ("\"water clean\"", vec![]),
        ("clean water", vec![sign, river]),
        ("water -mayor", vec![sign]),
        ("mayor -\"clean water\"", vec![crafts]),
        ("lett*", vec![library]),
        ("exhib*", vec![museum]),
        ("exh*", vec![museum]),
        ("ÉCO*", vec![agence]),
        ("wat* -may*", vec![sign]),
        ("zzz*", vec![]),
        ("zzzz*", vec![]),
        ("poet -letters", vec![]),
        // Nothing of these is grammar.
        ("title:water", vec![]),
        ("title AND order", vec![museum]),
        ("near OR dear", vec![]),
        ("(museum)", vec![museum]),
        ("museum^2", vec![]),
        ("museum ^~+&|!{}[]?:\\/", vec![museum]),
        ("museum 🦀", vec![museum]),
        ("mus\u{0}eum", vec![]),
        ("\"museum", vec![museum]),
        ("museum\"", vec![museum]),
        ("'; DROP TABLE article; --", vec![]),
        ("museum * ** -", vec![museum]),
        ("musée", vec![]),
    ] {
        let mut titles = titles(&server, json!({ "search": search }));
        let mut found = found;
        if search != "water" {
            titles.sort_unstable();
            found.sort_unstable();
        }
        assert_eq!(titles, found, "{search:?}");
    }
    for search in ["", " ", "-water", "🦀", "\"\"", "*", "\u{0}"] {
        let answer = server.graphql(SEARCH, json!({ "search": search }));
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
            "{search:?}: {answer}"
        );
    }
    for search in [
        "x".repeat(10_000),
        "museum ".repeat(1_000),
        "\"".repeat(10_000) + "a",
        "a\"b ".repeat(60),
    ] {
        assert!(
            server.graphql(SEARCH, json!({ "search": search }))["errors"].is_null(),
            "{search:.20}"
        );
    }
    let many: String = (0..100_000).map(|number| format!("{number} ")).collect();
    let answer = server.graphql(SEARCH, json!({ "search": many }));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
});

on_both_engines!(what_was_found_is_shown_counted_and_filtered, |database| {
    fill(&database);
    let server = Server::start(database.url());
    server.indexed();
    let data = server.data(SEARCH, json!({ "search": "universities" }));
    let edges = &data["articles"]["edges"];
    assert_eq!(data["articles"]["totalCount"], 2);
    let title = &edges[0]["highlights"][0];
    assert_eq!(title["field"], "TITLE");
    assert_eq!(title["snippet"], ARTICLES[1].0);
    assert_eq!(title["spans"], json!([{ "start": 0, "end": 12 }]));
    let body = &edges[1]["highlights"][0];
    assert_eq!(body["field"], "BODY");
    let snippet: Vec<char> = body["snippet"]
        .as_str()
        .unwrap_or_default()
        .chars()
        .collect();
    let span = &body["spans"][0];
    let place =
        |end: &str| usize::try_from(span[end].as_u64().unwrap_or_default()).unwrap_or_default();
    let marked: String = snippet[place("start")..place("end")].iter().collect();
    assert_eq!(marked, "university");

    let french = json!({ "search": "eau", "filter": { "languages": ["fr"] } });
    assert_eq!(titles(&server, french), [ARTICLES[2].0]);
    let english = json!({ "search": "eau", "filter": { "languages": ["en"] } });
    assert_eq!(titles(&server, english).len(), 0);
    let late = json!({ "search": "water", "filter": { "publishedFrom": "2021-04-01" } });
    assert_eq!(titles(&server, late), [ARTICLES[1].0]);
    let undated = json!({ "search": "water", "filter": { "undated": true } });
    assert_eq!(titles(&server, undated).len(), 0);
    let oldest =
        json!({ "search": "mayor", "orderBy": { "field": "PUBLISHED_AT", "direction": "ASC" } });
    assert_eq!(titles(&server, oldest), [ARTICLES[0].0, ARTICLES[4].0]);
    let by_title =
        json!({ "search": "mayor", "orderBy": { "field": "TITLE", "direction": "DESC" } });
    assert_eq!(titles(&server, by_title), [ARTICLES[4].0, ARTICLES[0].0]);
    let refused = server.graphql(
        "{ articles(orderBy: { field: RELEVANCE }) { nodes { id } } }",
        json!({}),
    );
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");

    let counts = server.data(
        "{ articles(search: \"the\") { totalCount facets { languages { language count } months { month count } } }
           years: articleCounts(groupBy: [YEAR]) { year count }
           both: articleCounts(groupBy: [YEAR, LANGUAGE], search: \"élèves\") { year language month count } }",
        json!({}),
    );
    assert_eq!(
        counts["articles"]["facets"]["languages"],
        json!([{ "language": "en", "count": 5 }])
    );
    let months = &counts["articles"]["facets"]["months"];
    assert_eq!(months[0], json!({ "month": "2023-08", "count": 1 }));
    assert_eq!(months.as_array().map(Vec::len), Some(5));
    let years = json!([{ "year": 2022, "count": 3 }, { "year": 2021, "count": 2 }, { "year": 2023, "count": 1 }]);
    assert_eq!(counts["years"], years);
    assert_eq!(
        counts["both"],
        json!([{ "year": 2022, "language": "fr", "month": null, "count": 1 }])
    );
});

on_both_engines!(
    related_articles_say_the_like_and_leave_out_repeats,
    |database| {
        archive::fill(database.url(), &archive::samples());
        let server = Server::start(database.url());
        server.indexed();
        let data = server.data(
        "{ articles(first: 100) { nodes { id duplicateOf { id } related(first: 3) { id duplicateOf { id } } } } }",
        json!({}),
    );
        let nodes = data["articles"]["nodes"]
            .as_array()
            .cloned()
            .expect("articles");
        assert!(nodes.len() >= 20);
        for node in &nodes {
            let related = node["related"].as_array().expect("related articles");
            assert_eq!(related.len(), 3, "{node}");
            assert!(
                related
                    .iter()
                    .all(|other| other["id"] != node["id"] && other["duplicateOf"].is_null()),
                "{node}"
            );
        }
    }
);
