use super::{super::line, Kind, Piece, pieces};
use crate::ingest::{Page, Repeats};

fn read(text: &str) -> Vec<Piece> {
    pieces(&line::rows(text), &Repeats::default()).0
}

fn texts(text: &str) -> Vec<String> {
    read(text).into_iter().map(|piece| piece.text).collect()
}

#[test]
fn a_line_that_breaks_off_goes_on_below() {
    let text = "More than two million people live there in peace, with independent\n    institutions that represent them.\nThe next paragraph of this page begins here and is quite long enough to be one.";
    assert_eq!(
        texts(text),
        [
            "More than two million people live there in peace, with independent institutions that represent them.",
            "The next paragraph of this page begins here and is quite long enough to be one."
        ]
    );
}

#[test]
fn wrapped_text_is_joined_even_before_a_capital_letter_and_paragraphs_stay_apart() {
    let text = "\
Ministers Agree on Joint Monitoring of the River
The ministers of the three countries agreed on Monday to monitor the
River Sarne together, with stations at Port-Aurel and in the Lower-
Ondre region, said the Executive Secretary.
The first station opens in May. It will be run by the Ministry of
Water and two universities.";
    assert_eq!(
        texts(text),
        [
            "Ministers Agree on Joint Monitoring of the River",
            "The ministers of the three countries agreed on Monday to monitor the River Sarne together, with stations at Port-Aurel and in the Lower-Ondre region, said the Executive Secretary.",
            "The first station opens in May. It will be run by the Ministry of Water and two universities."
        ]
    );
}

#[test]
fn a_paragraph_torn_by_a_page_break_or_a_blank_line_is_mended() {
    let text = "The two parties signed an agreement that covers training, research and the\n\nPage 1 of 2\n\nexchange of students between the universities of both countries.";
    let pieces = read(text);
    assert_eq!(
        pieces[0].text,
        "The two parties signed an agreement that covers training, research and the exchange of students between the universities of both countries."
    );
    assert_eq!(pieces[0].rows, 0..5);
    assert!(matches!(pieces[1].kind, Kind::Site(_)));
}

#[test]
fn short_lines_are_not_joined() {
    let text =
        "Home\nNews\nEvents\nAbout the agency\nA title without any blank line below\nA paragraph.";
    assert_eq!(texts(text).len(), 6);
}

#[test]
fn items_of_a_list_are_blocks_of_their_own() {
    let text = "The programme has three parts:\n- training of teachers\n- exchange of students, with\n  grants for travel\n• research\n1. a numbered part\n(b) another one\nThe End of It";
    assert_eq!(
        texts(text),
        [
            "The programme has three parts:",
            "- training of teachers",
            "- exchange of students, with grants for travel",
            "• research",
            "1. a numbered part",
            "(b) another one",
            "The End of It"
        ]
    );
    assert_eq!(
        read(text)
            .iter()
            .filter(|piece| piece.kind == Kind::Item)
            .count(),
        5
    );
}

#[test]
fn a_wrapped_line_that_looks_like_the_sites_own_stays_in_its_paragraph() {
    let text = "\
The report on the state of the lakes was presented by the panel and was
written by eleven scientists from the Member States, who were asked to
follow us on a journey along the shores, and was published on Monday,
15 March 2021.";
    assert_eq!(texts(text).len(), 1, "{:#?}", texts(text));
}

#[test]
fn a_wrapped_notice_is_one_block_of_the_site() {
    let text = "We use cookies to ensure that we give you the best experience on our\nwebsite and to measure how it is used.";
    let pieces = read(text);
    assert_eq!(pieces.len(), 1);
    assert!(matches!(pieces[0].kind, Kind::Site(_)));
}

#[test]
fn a_date_of_its_own_is_a_date() {
    let kinds: Vec<Kind> = read("A title of five words\n15 March 2021\nSome text.")
        .iter()
        .map(|p| p.kind)
        .collect();
    assert_eq!(kinds, [Kind::Text, Kind::Date, Kind::Text]);
}

#[test]
fn a_repeated_line_is_the_sites_own_at_a_margin_only() -> Result<(), crate::ingest::PageError> {
    let page = |name: &str| {
        format!(
            "Ministry of Lakes\nPortal\n\nMinisters Agree on Joint Monitoring\n\nThe ministers of {name} agreed on Monday to monitor the river together, said the Secretary.\n\nKey results for all\n\nThe first station opens in May, and the second one will follow in the spring of next year.\n\nLast line of the portal"
        )
    };
    let mut repeats = Repeats::default();
    let pages = ["Aurel", "Keld", "Sarne"].map(page);
    for (at, text) in pages.iter().enumerate() {
        repeats.add(&Page::decode(
            format!("{at}.txt"),
            text.clone().into_bytes(),
        )?);
    }
    let (pieces, _) = pieces(&line::rows(&pages[0]), &repeats);
    let repeated: Vec<&str> = pieces
        .iter()
        .filter(|p| p.repeated)
        .map(|p| p.text.as_str())
        .collect();
    assert_eq!(
        repeated,
        ["Ministry of Lakes", "Portal", "Last line of the portal"]
    );
    Ok(())
}
