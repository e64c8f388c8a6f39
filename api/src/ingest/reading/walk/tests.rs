use super::super::{
    Reading, Reason,
    tests::{LAKE, LAKE_END, LAKE_MORE, UNION, UNION_MORE, paragraphs, reading, reasons, titles},
};

const TITLE: &str = "Floating Laboratory Begins Its First Season on Lake Ondre";

fn published(found: &Reading) -> Option<String> {
    let published = found.drafts[0].published.as_ref()?;
    Some(published.on.to_string())
}

#[test]
fn a_date_below_a_summary_is_the_dateline_and_the_article_stays_one() {
    let summary =
        "Eleven scientists take samples of water every week from now on, and pupils may watch.";
    for between in ["18 February 2024", "By Joanna Pell\n\n18 February 2024"] {
        let found = reading(&format!(
            "{TITLE}\n\n{summary}\n\n{between}\n\n{LAKE}\n\n{LAKE_MORE}\n\nWhat the Agency Pays For\n\n{LAKE_END}"
        ));
        assert_eq!(titles(&found), [TITLE], "{between}");
        assert_eq!(published(&found).as_deref(), Some("2024-02-18"));
        assert_eq!(paragraphs(&found, 0)[..2], [summary, LAKE]);
    }
}

#[test]
fn a_date_inside_the_text_is_a_paragraph_of_it() {
    let early = "The ship left port for the first time. That was in the year of the great flood, when the eleven towns had no bread and no light, as the logbook says that the captain wrote on";
    for (above, below) in [
        (format!("{LAKE}\n\n{LAKE_MORE}"), LAKE_END),
        (format!("{LAKE}\n\nKey figures"), LAKE_MORE),
        (early.to_owned() + " the morning of", LAKE_MORE),
    ] {
        let found = reading(&format!(
            "{TITLE}\n\n{above}\n\n15 August 2023\n\n{below}\n\n{UNION_MORE}"
        ));
        assert_eq!(found.drafts[0].dateline, None, "{above}");
        assert!(found.drafts[0].body().contains("15 August 2023"));
    }
}

#[test]
fn a_menu_below_an_article_is_left_out_to_its_last_link() {
    for menu in [
        "Board of directors\nTenders\nSuppliers\nVisitor centre\nWhistleblowing",
        "* About the lake\n* Board of directors\n* Tenders\n* Suppliers\n* Visitor centre",
    ] {
        let found = reading(&format!(
            "{TITLE}\n\n4 March 2025\n\n{LAKE}\n\n{LAKE_MORE}\n\n{menu}\n\nCopyright 2025 Agency"
        ));
        assert_eq!(paragraphs(&found, 0), [LAKE, LAKE_MORE], "{menu}");
    }
}

#[test]
fn a_list_at_the_end_of_an_article_stays() {
    for (introduction, list) in [
        (
            "The places that the ship calls at in the first season of the year are these four:",
            "- Aldham\n- Brisk\n- Coveney",
        ),
        ("Places", "- Aldham\n- Brisk\n- Coveney"),
        (
            "The Four Places of the First Season",
            "- Aldham\n- Brisk\n- Coveney",
        ),
        (
            LAKE_END,
            "- Aldham\n- Brisk\n- Coveney, where the ship stays over the whole winter",
        ),
        (LAKE_END, "1. Aldham\n2. Brisk\n3. Coveney"),
    ] {
        let found = reading(&format!(
            "{TITLE}\n\n{LAKE}\n\n{LAKE_MORE}\n\n{introduction}\n\n{list}"
        ));
        assert_eq!(found.drafts[0].paragraphs.len(), 6, "{introduction} {list}");
    }
}

#[test]
fn a_letterhead_above_the_date_is_no_title() {
    for letterhead in [
        "Agency for Lakes and Rivers - Press release",
        "AGENCY FOR LAKES AND RIVERS – NEWS RELEASE",
        "Press release of the Agency for Lakes and Rivers",
        "Communiqué de presse de l’Agence des lacs",
    ] {
        let found = reading(&format!(
            "{letterhead}\n\n4 March 2025\n\n{TITLE}\n\n{LAKE}\n\n{LAKE_MORE}"
        ));
        assert_eq!(titles(&found), [TITLE], "{letterhead}");
        assert_eq!(published(&found).as_deref(), Some("2025-03-04"));
        assert_eq!(paragraphs(&found, 0), [LAKE, LAKE_MORE]);
    }
    let labelled = "Press release: Floating Laboratory Begins Its First Season";
    let found = reading(&format!(
        "{labelled}\n\n4 March 2025\n\nEleven scientists take samples\n\n{LAKE}\n\n{LAKE_MORE}"
    ));
    assert_eq!(titles(&found), [labelled]);
}

#[test]
fn a_date_above_the_first_title_is_its_own_over_a_rubric_or_two() {
    for rubrics in ["Lakes and rivers", "Press Release No. 12\n\nLakes"] {
        let found = reading(&format!(
            "4 March 2025\n\n{rubrics}\n\n{TITLE}\n\n{LAKE}\n\n{LAKE_MORE}"
        ));
        assert_eq!(titles(&found), [TITLE]);
        assert_eq!(
            published(&found).as_deref(),
            Some("2025-03-04"),
            "{rubrics}"
        );
    }
    let found = reading(&format!(
        "4 March 2025\n\nLakes\n\nRivers\n\nLocks\n\n{TITLE}\n\n{LAKE}\n\n{LAKE_MORE}"
    ));
    assert_eq!((titles(&found), published(&found)), (vec![TITLE], None));
}

#[test]
fn an_office_among_press_contacts_opens_no_article() {
    let about = "The Agency for Lakes and Rivers was founded by eleven towns and has its seat in Port-Aurel, where two hundred people work for it.";
    let found = reading(&format!(
        "{TITLE}\n\n{LAKE}\n\n{LAKE_MORE}\n\nFor further information, please contact:\n\nReham Abbas\n\nHead of Public Relations and Corporate Communications of the Agency\n\nrabbas@example.org\n\nAbout the Agency:\n\n{about}"
    ));
    assert_eq!(titles(&found), [TITLE]);
    assert_eq!(
        paragraphs(&found, 0),
        [LAKE, LAKE_MORE, "About the Agency:", about]
    );
}

#[test]
fn a_byline_between_title_and_text_is_no_paragraph() {
    for byline in ["By Joanna Pell", "Par Sophie Bernard"] {
        let found = reading(&format!("{TITLE}\n\n{byline}\n\n{LAKE}\n\n{LAKE_MORE}"));
        assert_eq!(titles(&found), [TITLE]);
        assert_eq!(paragraphs(&found, 0), [LAKE, LAKE_MORE], "{byline}");
        assert_eq!(reasons(&found), [Reason::Byline]);
    }
}

#[test]
fn an_article_goes_on_below_a_box_of_others_that_stands_in_its_midst() {
    let box_of_others = "Related articles\nCruise season opens early\nNew mayor appointed";
    let found = reading(&format!(
        "{TITLE}\n\n4 March 2025\n\n{LAKE}\n\n{box_of_others}\n\n{LAKE_MORE}\n\nThe floating laboratory costs eleven million crowns and was built at the yard of Brisk.\n\n{LAKE_END}"
    ));
    assert_eq!(titles(&found), [TITLE]);
    assert_eq!(found.drafts[0].paragraphs.len(), 4);
    let found = reading(&format!(
        "{TITLE}\n\n4 March 2025\n\n{LAKE}\n\nRelated articles\n\n{UNION}\n\n{UNION_MORE}\n\n{UNION} He left."
    ));
    assert_eq!(paragraphs(&found, 0), [LAKE]);
}

#[test]
fn the_marks_of_markdown_and_the_label_of_a_title_are_not_read() {
    let found = reading(&format!(
        "# {TITLE}\n\n![The ship](https://p.example/ship.jpg)\n\n**Port-Aurel, 7 March 2025** – {LAKE}\n\nSee the [whole **plan**](https://p.example/plan) of the agency for all of its lakes and rivers.\n"
    ));
    assert_eq!(titles(&found), [TITLE]);
    assert_eq!(published(&found).as_deref(), Some("2025-03-07"));
    let opening = format!("Port-Aurel, 7 March 2025 – {LAKE}");
    let plan = "See the whole plan of the agency for all of its lakes and rivers.";
    assert_eq!(paragraphs(&found, 0), [opening.as_str(), plan]);
    assert_eq!(reasons(&found), [Reason::Byline]);
    for label in [
        "Title: ",
        "title: \"",
        "Titre : « ",
        "Subject: ",
        "Headline: “",
    ] {
        let close = label.trim().chars().last().map_or("", |open| match open {
            '"' => "\"",
            '«' => " »",
            '“' => "”",
            _ => "",
        });
        let text = format!("{label}{TITLE}{close}\nDate: 2025-03-07\n\n{LAKE}\n\n{LAKE_MORE}");
        let found = reading(&text);
        assert_eq!(titles(&found), [TITLE], "{label}");
        assert_eq!(&text[found.drafts[0].title.span.clone()], TITLE);
    }
}
