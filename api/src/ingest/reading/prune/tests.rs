use super::super::{
    Fate,
    tests::{LAKE, LAKE_END, LAKE_MORE, UNION, UNION_MORE, paragraphs, reading, titles},
};

const TITLE: &str = "Floating Laboratory Begins Its First Season";

/// A page of so many paragraphs takes minutes when each is compared with all others that begin as it does.
#[test]
fn thousands_of_paragraphs_that_begin_alike_are_read_at_once() {
    let mut text = format!("{TITLE}\n");
    for number in 0..20_000 {
        text += &format!(
            "\nThe Agency for Lakes and Rivers took its sample of water number {number} on the lake.\n"
        );
    }
    assert_eq!(reading(&text).drafts[0].paragraphs.len(), 20_000);
}

#[test]
fn a_teaser_above_or_below_its_article_is_left_out() {
    let teaser = format!("{TITLE}\n\n{LAKE}\n\nRead more");
    let article = format!("{TITLE}\n\n4 March 2025\n\n{LAKE}\n\n{LAKE_MORE}");
    for text in [
        format!("{teaser}\n\n{article}"),
        format!("{article}\n\n{teaser}"),
        format!("{teaser}\n\n{article}\n\n{teaser}"),
    ] {
        let found = reading(&text);
        assert_eq!(titles(&found), [TITLE], "{text}");
        assert_eq!(paragraphs(&found, 0), [LAKE, LAKE_MORE]);
        assert!(found.drafts[0].dateline.is_some());
    }
}

#[test]
fn the_date_that_only_the_teaser_prints_is_that_of_the_article() {
    let found = reading(&format!(
        "4 March 2025\n\n{TITLE}\n\n{LAKE}\n\nRead more\n\n{TITLE}\n\n{LAKE}\n\n{LAKE_MORE}"
    ));
    assert_eq!(titles(&found), [TITLE]);
    let published = found.drafts[0].published.as_ref();
    assert_eq!(
        published.map(|p| p.on.to_string()).as_deref(),
        Some("2025-03-04")
    );
    assert_eq!(found.lines[0].fate, Fate::Dateline { draft: 0 });
}

#[test]
fn two_articles_of_one_title_and_other_texts_stay_two() {
    let other = "Lock Keepers and Agency Agree on Pay and Rest";
    let found = reading(&format!(
        "{TITLE}\n\n4 March 2025\n\n{LAKE}\n\n{LAKE_MORE}\n\n{other}\n\n5 March 2025\n\n{UNION}\n\n{UNION_MORE}\n\n{TITLE}\n\n6 March 2025\n\n{LAKE}\n\n{LAKE_END}"
    ));
    assert_eq!(titles(&found), [TITLE, other, TITLE]);
}
