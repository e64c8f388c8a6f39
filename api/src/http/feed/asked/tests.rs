use entity::id::ArticleId;

use super::*;
use crate::store::articles::SortKey;

fn read(query: &str) -> Result<Asked, String> {
    Asked::read(None, query)
}

#[test]
fn nothing_given_asks_for_the_newest_of_all() {
    let asked = read("").expect("nothing is wrong");
    assert!(asked.topics.is_empty() && asked.languages.is_empty() && asked.search.is_none());
    assert_eq!(asked.order, ArticleOrder::default());
    assert_eq!((asked.window.size, asked.window.end), (50, End::First));
    assert_eq!(asked.view, View::default());
}

#[test]
fn parameters_narrow_it_down() {
    let asked = Asked::read(
        Some("education".to_owned()),
        "topic=health&topic=medtop:01000000&language=FR&from=2021-01-01&to=2021-12-31&source=A%26B&search=lac+%22l%27eau%22\
         &order=ingested&size=7&topic=",
    )
    .expect("nothing is wrong");
    let topics: Vec<&str> = asked.topics.iter().map(String::as_str).collect();
    assert_eq!(topics, ["education", "health", "medtop:01000000"]);
    assert!(asked.languages.contains("fr") && asked.sources.contains("A&B"));
    assert_eq!(
        asked.from.map(|day| day.to_string()).as_deref(),
        Some("2021-01-01")
    );
    assert_eq!(
        asked.search.map(|(text, _)| text).as_deref(),
        Some("lac \"l'eau\"")
    );
    assert_eq!(asked.order.field, OrderField::IngestedAt);
    assert_eq!(asked.window.size, 7);
    assert_eq!(asked.view.topic.as_deref(), Some("education"));
}

#[test]
fn a_feed_takes_what_its_page_takes() {
    let asked =
        read("q=lac&topic=a&topic=b&match=all&undated=yes&abstract=no&duplicates=yes&order=added")
            .expect("nothing is wrong");
    assert_eq!(asked.search.map(|(text, _)| text).as_deref(), Some("lac"));
    assert_eq!(asked.topics_match, Match::All);
    assert_eq!(
        (asked.undated, asked.has_abstract, asked.duplicates),
        (Some(true), Some(false), true)
    );
    assert_eq!(asked.order.field, OrderField::IngestedAt);
}

#[test]
fn what_is_wrong_is_named_with_what_would_be_right() {
    for (query, told) in [
        (
            "langage=fr",
            "there is no parameter \"langage\"; expected one of: topic, language",
        ),
        (
            "language=french",
            "language: \"french\" is not a code of a language; expected one like en or fr",
        ),
        ("language=f1", "language: \"f1\""),
        (
            "from=2021-13-01",
            "from: \"2021-13-01\" is not a day; expected one like 2021-03-15",
        ),
        ("to=yesterday", "to: \"yesterday\" is not a day"),
        ("from=21-3-1", "from: \"21-3-1\" is not a day"),
        // The databases sort days of other years each in its own way, or not at all.
        ("from=%2B12345-1-1", "from: \"+12345-1-1\" is not a day"),
        (
            "to=-9999-1-01",
            "to: \"-9999-1-01\" is not a day; expected one like 2021-03-15, of the years 0001 to 9999",
        ),
        ("from=0000-01-01", "from: \"0000-01-01\" is not a day"),
        (
            "undated=yes&from=2020-01-01",
            "undated: articles without a date lie in no period; expected either undated=yes or from and to",
        ),
        ("undated=yes&to=2020-01-01", "undated: articles"),
        (
            "from=2021-02-01&to=2021-01-01",
            "from: 2021-02-01 is after to: 2021-01-01; expected it before",
        ),
        (
            "from=2021-02-01&from=2021-02-01",
            "from: several values are given; expected one",
        ),
        ("search=-water", "search: there is no word to look for"),
        (
            "order=title",
            "order: \"title\" is no order of a feed; expected published or ingested",
        ),
        (
            "size=0",
            "size: \"0\" is not a number of articles; expected 1 to 100",
        ),
        ("undated=maybe", "undated: \"maybe\" is neither yes nor no"),
        ("match=some", "match: \"some\" is no way to match topics"),
        ("q=a&search=b", "search and q are both given"),
        ("source=a%00b", "source: U+0000 is in it"),
        ("size=101", "size: \"101\" is not a number of articles"),
        ("size=ten", "size: \"ten\""),
        ("after=nonsense", "after: not a cursor; pass on"),
        ("before=nonsense", "before: not a cursor; pass on"),
    ] {
        let error = read(query).expect_err(query);
        assert!(error.starts_with(told), "{query}: {error}");
    }
    let many: Vec<String> = (0..101).map(|number| format!("source={number}")).collect();
    let error = read(&many.join("&")).expect_err("too many sources");
    assert_eq!(error, "source: 101 values are given; expected at most 100");
}

#[test]
fn a_cursor_belongs_to_its_order_and_to_one_side() {
    let order = ArticleOrder::default();
    let place = ArticlePlace {
        key: SortKey::PublishedOn(None),
        id: ArticleId::of(&["x"]),
    };
    let cursor = place.encode(order);
    let after = read(&format!("after={cursor}")).expect("its own cursor");
    assert_eq!(
        (after.window.after, after.window.end),
        (Some(place.clone()), End::First)
    );
    let before = read(&format!("before={cursor}")).expect("its own cursor");
    assert_eq!(
        (before.window.before, before.window.end),
        (Some(place), End::Last)
    );
    let error = read(&format!("after={cursor}&order=ingested")).expect_err("another order");
    assert!(
        error.starts_with("after: a cursor of another list or order"),
        "{error}"
    );
    let error = read(&format!("after={cursor}&before={cursor}")).expect_err("both sides");
    assert_eq!(
        error,
        "after and before are both given; expected one of them"
    );
}
