use chrono::NaiveDate;

use super::{Basis, Figures, Published, Sources, publication};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a test's date is well-formed")
}

fn published(
    dateline: Option<&str>,
    paragraphs: &[&str],
    language: &str,
    page: &str,
) -> Option<Published> {
    let page = Figures::of(page);
    publication(
        &Sources {
            dateline,
            paragraphs,
            language,
            page: &page,
        },
        day("2026-11-22"),
    )
}

fn told(dateline: &str, language: &str) -> Option<String> {
    published(Some(dateline), &[], language, dateline).map(|p| format!("{} {}", p.on, p.basis))
}

/// What an article with these first paragraphs and no dateline says.
fn read(paragraphs: &[&str], language: &str) -> Option<String> {
    published(None, paragraphs, language, "").map(|p| format!("{} {}", p.on, p.basis))
}

#[test]
fn today_tomorrow_and_yesterday_state_the_day_of_publication() {
    for (text, language, expected) in [
        (
            "The meeting, held today, Thursday, April 1, 2021, went well.",
            "en",
            "2021-04-01",
        ),
        (
            "They will hold tomorrow, Tuesday, March 16, 2021, a symposium.",
            "en",
            "2021-03-15",
        ),
        (
            "The meeting, held yesterday, March 17, 2021, went well.",
            "en",
            "2021-03-18",
        ),
        (
            "Today, Tuesday 14 May 2024, marked the conclusion.",
            "en",
            "2024-05-14",
        ),
        (
            "The forum opened on Thursday, April 1, 2021 (today), in Fez.",
            "en",
            "2021-04-01",
        ),
        (
            "The minister arrived this morning, 1 April 2021, in Fez.",
            "en",
            "2021-04-01",
        ),
        (
            "La réunion s’est tenue aujourd’hui, jeudi 1er avril 2021, à Fès.",
            "fr",
            "2021-04-01",
        ),
        (
            "Le ministre a reçu, ce mercredi 24 mars 2021, l’ambassadeur.",
            "fr",
            "2021-03-24",
        ),
        (
            "Le ministre a reçu, ce jour, mercredi 24 mars 2021, l’ambassadeur.",
            "fr",
            "2021-03-24",
        ),
        (
            "Le colloque s’ouvrira demain, mardi 16 mars 2021, à Rabat.",
            "fr",
            "2021-03-15",
        ),
        (
            "Le colloque s’est achevé hier, mercredi 17 mars 2021.",
            "fr",
            "2021-03-18",
        ),
        (
            "They will meet tomorrow, Monday, March 1, 2021.",
            "en",
            "2021-02-28",
        ),
    ] {
        assert_eq!(
            read(&[text], language),
            Some(format!("{expected} STATED")),
            "{text}"
        );
    }
}

#[test]
fn the_day_of_the_reported_event_is_a_mention() {
    for (paragraphs, language, expected) in [
        (
            vec!["On Wednesday, March 24, 2021, the headquarters witnessed the signing."],
            "en",
            "2021-03-24",
        ),
        (
            vec!["The two agencies signed on March 29, 2021, a framework agreement."],
            "en",
            "2021-03-29",
        ),
        (
            vec![
                "The Minister received the Ambassador.",
                "The meeting, held on Friday July 26, 2024, in Rabat, went well.",
            ],
            "en",
            "2024-07-26",
        ),
        (
            vec![
                "The Minister received the Ambassador.",
                "The agreement was signed on Tuesday, 28 May 2024, by both.",
            ],
            "en",
            "2024-05-28",
        ),
        (
            vec!["Le ministre a reçu, le mercredi 24 mars 2021 à Rabat, l’ambassadeur du Brésil."],
            "fr",
            "2021-03-24",
        ),
        (
            vec!["L’atelier s’est tenu vendredi 27 octobre 2023 à Tanger."],
            "fr",
            "2023-10-27",
        ),
        (
            vec!["Les travaux ont été clôturés le 28 octobre 2023."],
            "fr",
            "2023-10-28",
        ),
    ] {
        assert_eq!(
            read(&paragraphs, language),
            Some(format!("{expected} MENTIONED")),
            "{paragraphs:?}"
        );
    }
}

#[test]
fn ranges_deadlines_backgrounds_and_years_are_no_dates_of_publication() {
    for (paragraphs, language) in [
        (
            vec!["The training was held on March 15-18, in cooperation with others."],
            "en",
        ),
        (
            vec!["The training was held on March 15-18, 2021, in Rabat."],
            "en",
        ),
        (
            vec!["The training was held from 15 to 18 March 2021 in Rabat."],
            "en",
        ),
        (
            vec!["The training was held on 15–18 March 2021 in Rabat."],
            "en",
        ),
        (
            vec!["The training was held from March 30 to April 2, 2021 in Rabat."],
            "en",
        ),
        (
            vec!["The forum was held from 15 March 2021 to 18 March 2021 in Rabat."],
            "en",
        ),
        (
            vec!["L’atelier s’est tenu du 3 au 5 mai 2022 à Rabat."],
            "fr",
        ),
        (
            vec!["L’atelier s’est tenu les 3 et 4 mai 2022 à Rabat."],
            "fr",
        ),
        (
            vec!["L’atelier s’est tenu les 3, 4 et 5 mai 2022 à Rabat."],
            "fr",
        ),
        (
            vec!["They have cooperated since their first partnership in 1994."],
            "en",
        ),
        (
            vec!["The conference will be held on Monday, March 15, 2021, in Rabat."],
            "en",
        ),
        (
            vec!["Le colloque se tiendra le lundi 15 mars 2021 à Rabat."],
            "fr",
        ),
        (
            vec!["Applications are open until 15 March 2021 at noon."],
            "en",
        ),
        (vec!["La date limite est fixée au 15 mars 2021."], "fr"),
        (
            vec!["The Agency, founded on 3 May 1982, has 54 members."],
            "en",
        ),
        (
            vec![
                "The Minister met the Director.",
                "The event is part of the partnership agreement that both signed, on December 10, 2020, in Rabat.",
            ],
            "en",
        ),
        (
            vec![
                "The Ministers met.",
                "They spoke.",
                "They parted.",
                "The first agreement was signed on Tuesday, 28 May 2024.",
            ],
            "en",
        ),
        (
            vec![
                "The plan came into force.",
                "It follows the resolution adopted on 10 December 2020.",
            ],
            "en",
        ),
        (vec!["The talk was given on 31 February 2021."], "en"),
        (
            vec!["The meeting was held on Friday, March 24, 2021, in Rabat."],
            "en",
        ),
    ] {
        assert_eq!(read(&paragraphs, language), None, "{paragraphs:?}");
    }
}

#[test]
fn a_dateline_is_stronger_than_what_the_text_says() {
    let text = ["The meeting, held today, Tuesday, March 16, 2021, went well."];
    let found = published(Some("15 March 2021"), &text, "en", "").expect("a date");
    assert_eq!(
        (found.on, found.basis),
        (day("2021-03-15"), Basis::Dateline)
    );
    // A weekday that is not the day's own takes its strength from it.
    let doubtful = "Friday, 15 March 2021";
    let found = published(Some(doubtful), &text, "en", "").expect("a date");
    assert_eq!((found.on, found.basis), (day("2021-03-16"), Basis::Stated));
    let found = published(Some(doubtful), &[], "en", "").expect("a date");
    assert_eq!(
        (found.on, found.basis),
        (day("2021-03-15"), Basis::Dateline)
    );
}

#[test]
fn no_date_after_the_morrow_of_ingest_is_believed() {
    assert_eq!(told("24 November 2026", "en"), None);
    // In Auckland that day has begun.
    assert_eq!(
        told("23 November 2026", "en"),
        Some("2026-11-23 DATELINE".to_owned())
    );
    assert_eq!(
        read(
            &["They will meet tomorrow, Monday, November 23, 2026."],
            "en"
        ),
        Some("2026-11-22 STATED".to_owned())
    );
    assert_eq!(
        read(&["They met yesterday, Monday, November 23, 2026."], "en"),
        None
    );
    // One of the two readings lies ahead: the other it is.
    assert_eq!(
        told("12/11/2026", "en"),
        Some("2026-11-12 DATELINE".to_owned())
    );
}

#[test]
fn figures_are_read_by_the_language_and_by_the_other_dates_of_the_page() {
    let on = |language: &str, page: &str| {
        published(Some("03/04/2021"), &[], language, page).map(|p| p.on)
    };
    assert_eq!(on("fr", ""), Some(day("2021-04-03")));
    assert_eq!(on("en", "03/04/2021"), None);
    assert_eq!(
        on("en", "03/04/2021 and 25/12/2020"),
        Some(day("2021-04-03"))
    );
    assert_eq!(
        on("en", "03/04/2021 and 12/25/2020"),
        Some(day("2021-03-04"))
    );
    assert_eq!(on("en", "03/04/2021, 12/25/2020 and 25/12/2020"), None);
    assert_eq!(
        told("Saturday 03/04/2021", "en"),
        Some("2021-04-03 DATELINE".to_owned())
    );
    for language in ["de", "es", "id"] {
        assert_eq!(on(language, ""), Some(day("2021-04-03")), "{language}");
    }
    assert_eq!(on("und", ""), None);
    assert_eq!(on("es", "12/25/2020"), Some(day("2021-03-04")));
    // Dots put the day first in any language.
    assert_eq!(
        told("Harrow, 03.04.2021", "en"),
        Some("2021-04-03 DATELINE".to_owned())
    );
    assert_eq!(
        told("05/05/2021", "en"),
        Some("2021-05-05 DATELINE".to_owned())
    );
}

#[test]
fn the_evidence_is_the_words_the_date_was_read_from() {
    let text =
        "At a hearing that took place today, Thursday, April 1, 2021, in Port-Aurel, they spoke.";
    let found = published(None, &[text], "en", "").expect("a date");
    assert_eq!(found.evidence, "today, Thursday, April 1, 2021");
    let found = published(Some("Rabat, 15 March 2021"), &[], "en", "").expect("a date");
    assert_eq!(found.evidence, "15 March 2021");
}
