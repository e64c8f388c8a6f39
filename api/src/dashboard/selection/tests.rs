use super::*;

fn topics() -> Vec<TopicName> {
    vec![TopicName::made_up("medtop:05000000", "Education")]
}

#[test]
fn an_address_becomes_the_variables_of_the_list() {
    for (query, expected) in [
        ("", json!({ "first": 20 })),
        ("utm_source=x&q=%20", json!({ "first": 20 })),
        (
            "topic=education&language=fr&language=en",
            json!({ "first": 20, "filter": { "topics": ["medtop:05000000"], "languages": ["fr", "en"] } }),
        ),
        (
            "from=2024-01-01&to=2024-12-31&abstract=no&duplicates=yes",
            json!({ "first": 20, "filter": { "publishedFrom": "2024-01-01", "publishedTo": "2024-12-31",
                "hasAbstract": false, "includeDuplicates": true } }),
        ),
        (
            "undated=no&duplicates=no&language=FR",
            json!({ "first": 20, "filter": { "undated": false, "languages": ["fr"] } }),
        ),
        ("after=abc", json!({ "first": 20, "after": "abc" })),
        ("before=abc", json!({ "last": 20, "before": "abc" })),
        (
            "q=lake&order=oldest",
            json!({ "first": 20, "search": "lake", "orderBy": { "field": "PUBLISHED_AT", "direction": "ASC" } }),
        ),
    ] {
        let variables = Selection::of(query).variables(&topics()).expect(query);
        assert_eq!(variables, expected, "{query}");
    }
}

#[test]
fn a_list_has_a_feed_of_the_same_articles() {
    let selection = Selection::of(
        "search=lake&topic=education&match=all&undated=yes&order=title&after=x&view=1&utm_source=y",
    );
    assert_eq!(selection.one("q"), "lake");
    assert_eq!(
        selection.feed(None).feed(crate::feed::Format::Rss),
        "/feed.rss?q=lake&topic=education&match=all&undated=yes"
    );
    assert_eq!(
        selection.title(&topics()),
        "“lake” · Education · without a date"
    );
    assert_eq!(
        Selection::of("language=fr").feed(Some("education")).page(),
        "/topics/education?language=fr"
    );
}

#[test]
fn what_makes_no_sense_in_an_address_is_named() {
    for (query, word) in [
        ("topic=gardening", "gardening"),
        ("from=soon", "soon"),
        ("order=best", "relevance"),
        ("from=%2B12345-1-1", "years 0001 to 9999"),
        ("to=2024-3-1", "2024-3-1"),
        ("from=2024-02-01&to=2024-01-01", "turn them round"),
        ("undated=yes&to=2024-01-01", "lie in no period"),
        ("undated=maybe", "neither yes nor no"),
        ("undated=yes&undated=no", "several values"),
        ("abstract=maybe", "neither yes nor no"),
        ("duplicates=maybe", "neither yes nor no"),
        ("topic=education&match=some", "any or all"),
    ] {
        let problem = Selection::of(query).variables(&topics()).expect_err(query);
        assert!(problem.to_string().contains(word), "{problem}");
    }
}

#[test]
fn every_part_of_a_selection_can_be_taken_back() {
    let selection = Selection::of("q=a%26b&topic=education&from=2024-01-01&order=title&after=c");
    let chips = selection.chips("/articles", &topics());
    let chips: Vec<_> = chips
        .iter()
        .map(|chip| (chip.text.as_str(), chip.without.as_str()))
        .collect();
    assert_eq!(
        chips,
        [
            (
                "“a&b”",
                "/articles?topic=education&from=2024-01-01&order=title"
            ),
            ("Education", "/articles?q=a%26b&from=2024-01-01&order=title"),
            (
                "since 1 January 2024",
                "/articles?q=a%26b&topic=education&order=title"
            ),
        ]
    );
    assert_eq!(
        selection.page("/articles", "before", "x"),
        "/articles?q=a%26b&topic=education&from=2024-01-01&order=title&before=x"
    );
}

#[test]
fn what_is_chosen_is_said_and_what_changes_nothing_is_not() {
    for (query, title) in [
        (
            "undated=no&duplicates=no&abstract=no",
            "with a date · without an abstract",
        ),
        ("undated=yes&duplicates=yes", "without a date · repeats too"),
        ("topic=medtop:05000000&language=FR", "Education · French"),
        ("undated=maybe", ""),
    ] {
        assert_eq!(Selection::of(query).title(&topics()), title, "{query}");
    }
}

#[test]
fn a_group_whose_values_widen_the_list_is_counted_without_them() {
    for (query, name, rest) in [
        (
            "topic=education&language=fr",
            "topic",
            Some("/a?language=fr"),
        ),
        (
            "topic=education&language=fr",
            "language",
            Some("/a?topic=education"),
        ),
        ("source=x&source=y&q=lake", "source", Some("/a?q=lake")),
        ("topic=education&match=all", "topic", None),
        ("language=fr", "topic", None),
    ] {
        let widened = Selection::of(query).widened(name);
        let address = widened.map(|widened| widened.address("/a"));
        assert_eq!(address.as_deref(), rest, "{query}");
    }
}
