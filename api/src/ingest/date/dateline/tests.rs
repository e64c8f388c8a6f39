use super::super::{Figures, Sources, publication};
use super::{is_dateline, opening_dateline};

/// The date an article with this dateline and this first paragraph is believed to have.
fn told(dateline: Option<&str>, first: &[&str], language: &str) -> Option<String> {
    let today = "2026-11-22".parse().expect("a test's date is well-formed");
    let page = Figures::of("");
    let sources = Sources {
        dateline,
        paragraphs: first,
        language,
        page: &page,
    };
    publication(&sources, today).map(|p| format!("{} {}", p.on, p.basis))
}

#[test]
fn datelines_are_known_in_every_usual_order() {
    for (line, language, expected) in [
        ("15 March 2021", "en", "2021-03-15"),
        ("March 15, 2021", "en", "2021-03-15"),
        ("March 15th, 2021", "en", "2021-03-15"),
        ("15th March 2021", "en", "2021-03-15"),
        ("15th of March, 2021", "en", "2021-03-15"),
        ("Mar. 15, 2021", "en", "2021-03-15"),
        ("15-Mar-2021", "en", "2021-03-15"),
        ("MARCH 15, 2021", "en", "2021-03-15"),
        ("Monday, March 15, 2021", "en", "2021-03-15"),
        ("Mon, 15 Mar 2021 10:00 GMT", "en", "2021-03-15"),
        ("Rabat, 15 March 2021", "en", "2021-03-15"),
        ("Washington, D.C., March 15, 2021", "en", "2021-03-15"),
        ("Rabat (Morocco), 15 March 2021", "en", "2021-03-15"),
        ("Published on 15/03/2021", "en", "2021-03-15"),
        ("Posted: 03/15/2021", "en", "2021-03-15"),
        ("2021-03-15", "en", "2021-03-15"),
        ("2021/03/15 10:30", "en", "2021-03-15"),
        ("2021-03-15T10:30:00Z", "en", "2021-03-15"),
        ("15.03.2021", "en", "2021-03-15"),
        ("Date: 15 March 2021 | Press release", "en", "2021-03-15"),
        ("Press Release – 15 March 2021", "en", "2021-03-15"),
        ("15 March 2021 (updated 17 March 2021)", "en", "2021-03-15"),
        ("Updated 17 March 2021", "en", "2021-03-17"),
        ("28 octobre 2023", "fr", "2023-10-28"),
        ("le 28 octobre 2023", "fr", "2023-10-28"),
        ("samedi 28 octobre 2023", "fr", "2023-10-28"),
        ("28 oct. 2023", "fr", "2023-10-28"),
        ("1er avril 2021", "fr", "2021-04-01"),
        ("Paris, le 1er avril 2021", "fr", "2021-04-01"),
        ("Publié le 03/04/2021 à 10h30", "fr", "2021-04-03"),
        ("Mis en ligne le 5 févr. 2021", "fr", "2021-02-05"),
        ("31 août 2022", "fr", "2022-08-31"),
        ("Fait à Rabat, le 15 mars 2021", "fr", "2021-03-15"),
        (
            "Posted by admin on October 12, 2022 in News",
            "en",
            "2022-10-12",
        ),
        ("Posted on October 12, 2022 by admin", "en", "2022-10-12"),
        (
            "Posted on October 12, 2022 with 0 comments",
            "en",
            "2022-10-12",
        ),
        ("October 12, 2022 by admin", "en", "2022-10-12"),
        ("October 12, 2022 0 comments", "en", "2022-10-12"),
        ("by jpell on October 12, 2022", "en", "2022-10-12"),
        (
            "By Jane Pell | Published on 3 June 2023 | 4 min read",
            "en",
            "2023-06-03",
        ),
        ("Category: News | March 4, 2025", "en", "2025-03-04"),
        (
            "Publié par la rédaction le 12 octobre 2022",
            "fr",
            "2022-10-12",
        ),
        ("mercredi 12 octobre 2022, par admin", "fr", "2022-10-12"),
    ] {
        assert!(is_dateline(line, line.chars().count()), "{line}");
        assert_eq!(
            told(Some(line), &[], language),
            Some(format!("{expected} DATELINE")),
            "{line}"
        );
    }
}

#[test]
fn lines_that_only_hold_a_date_among_words_are_no_datelines() {
    for line in [
        "The symposium opened on 15 March 2021",
        "Outlook for 2021",
        "15 March 2021 marked the end of the conference",
        "Agenda 2030",
        "What happened on 15 March 2021?",
        "The agreement was signed on 15 March 2021.",
        "Call for papers: the deadline is 15 March 2021",
        "Contact us before 15 March 2021",
        "today, Thursday, April 1, 2021",
        "Published in 1982, it was read on 15 March 2021 once more",
        "Published on 15 March 2021 the report shows growth",
        "Posted on 15 March 2021 by those who know.",
        "15 March 2021 by noon at the latest all schools",
        "Minister opens a school | 15 March 2021",
        "By the end of the term on 15 March 2021",
    ] {
        assert!(!is_dateline(line, line.chars().count()), "{line}");
    }
}

#[test]
fn a_dateline_may_open_the_first_paragraph() {
    for (text, expected) in [
        (
            "RABAT, Morocco, 15 March 2021 – The Organization opened its doors.",
            "2021-03-15",
        ),
        (
            "Rabat, 15 March 2021 – The Organization opened its doors.",
            "2021-03-15",
        ),
        (
            "MINNEAPOLIS, Jan. 7, 2026 /Wire/ -- The company said so.",
            "2026-01-07",
        ),
        (
            "(Paris, le 3 mai 2022) - Le ministre a ouvert la séance.",
            "2022-05-03",
        ),
        ("GENEVA (15 March 2021) – The Council met.", "2021-03-15"),
        (
            "15 March 2021 - The Organization opened its doors.",
            "2021-03-15",
        ),
    ] {
        assert!(opening_dateline(text), "{text}");
        assert_eq!(
            told(None, &[text], "en"),
            Some(format!("{expected} DATELINE")),
            "{text}"
        );
    }
    assert!(opening_dateline("CAIRO — The bank announced a new branch."));
    assert!(!opening_dateline(
        "The Director – a man of few words – spoke."
    ));
}

#[test]
fn a_dateline_may_open_a_paragraph_below_a_subtitle_or_a_summary() {
    let release = "HARROW, March 4, 2025 /Wire/ -- The port opened its cold store.";
    let bullets = [
        "- Store holds 22,000 pallets",
        "- Cost of €48 million",
        release,
    ];
    for above in [
        &["New store on the coal quay creates 180 jobs", release][..],
        &bullets,
    ] {
        let expected = Some("2025-03-04 DATELINE".to_owned());
        assert_eq!(told(None, above, "en"), expected, "{above:?}");
    }
    let summary = "The port has opened its cold store. ".repeat(9);
    assert_eq!(told(None, &[summary.trim(), release], "en"), None);
    let two = "BOSTON, Mass., and JENA, Germany – May 6, 2024 – Calder announced it.";
    assert_eq!(
        told(None, &[two], "en"),
        Some("2024-05-06 DATELINE".to_owned())
    );
}
