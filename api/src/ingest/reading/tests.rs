use chrono::NaiveDate;

use super::{Fate, Reading, Reason, read};
use crate::ingest::{Page, Repeats};

pub(super) fn reading(text: &str) -> Reading {
    let page = Page::decode("page.txt", text.as_bytes().to_vec()).expect("text decodes");
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    read(&page, &Repeats::default(), today)
}

pub(super) fn titles(reading: &Reading) -> Vec<&str> {
    reading
        .drafts
        .iter()
        .map(|draft| draft.title.text.as_str())
        .collect()
}

pub(super) fn paragraphs(reading: &Reading, draft: usize) -> Vec<&str> {
    reading.drafts[draft]
        .paragraphs
        .iter()
        .map(|block| block.text.as_str())
        .collect()
}

pub(super) fn reasons(reading: &Reading) -> Vec<Reason> {
    let rejected = reading.lines.iter().filter_map(|line| match line.fate {
        Fate::Rejected(reason) => Some(reason),
        _ => None,
    });
    rejected.filter(|&reason| reason != Reason::Blank).collect()
}

pub(super) const LAKE: &str = "The Agency for Lakes and Rivers (ALR) put its first floating laboratory into service on Lake Ondre, where eleven scientists will take samples of water every week and publish what they find.";
pub(super) const LAKE_MORE: &str = "The ship carries instruments for oxygen, nitrate and plankton, and a small classroom in which pupils of the villages around the lake may follow the work on three afternoons a week.";
pub(super) const LAKE_END: &str =
    "A second laboratory will follow on the lower Sarne when the first has shown its worth.";
pub(super) const UNION: &str = "Lock keepers and the Agency reached an agreement on pay and hours of rest after two months of talks, which were chaired by the former mayor of Port-Aurel, the union said in the evening.";
pub(super) const UNION_MORE: &str = "Under the agreement every keeper has eleven hours of rest between two shifts, and wages rise by four percent in May and by two percent in the following January, for all grades.";

#[test]
fn a_page_of_only_boilerplate_gives_no_drafts() {
    let found = reading(
        "Disclaimer: You are using Google Translate.\n\nyour opinion\n\nUser Feedback\n\nOverall, how satisfied are you about the website?\n\n    Extremely dissatisfied Extremely satisfied\n\nHome | News | Contact\n\nLatest articles\n\n© 2024 ALR. All rights reserved.\n",
    );
    assert_eq!(found.drafts, []);
    assert_eq!(found.lines.len(), 15);
    assert!(
        found
            .lines
            .iter()
            .all(|line| matches!(line.fate, Fate::Rejected(_)))
    );
}

#[test]
fn a_site_around_an_article_is_taken_away() {
    let found = reading(&format!(
        "Skip to content\nMenu\nHome > News > Press releases\nWe use cookies to improve your visit.\nAccept all\nSearch\nPress release\nFloating Laboratory Begins Its First Season on Lake Ondre\n12 March 2024\nShare this article\nFacebook Twitter LinkedIn\n{LAKE}\n{LAKE_MORE}\nRead also: Port opens\n{LAKE_END}\nTags: lakes, science\nMedia contact\nJane Doe, +212 537 00 00 00\npress@example.org\nRelated articles\nLock Keepers and Agency Agree on Pay and Rest Periods\n11 March 2024\nLock keepers and the Agency reached an agreement on pay…\nRead more\nSubscribe to our newsletter\n© 2024 Example"
    ));
    assert_eq!(
        titles(&found),
        ["Floating Laboratory Begins Its First Season on Lake Ondre"]
    );
    assert_eq!(paragraphs(&found, 0), [LAKE, LAKE_MORE, LAKE_END]);
    assert_eq!(
        found.drafts[0].dateline.as_ref().map(|d| d.text.as_str()),
        Some("12 March 2024")
    );
    assert!(!reasons(&found).contains(&Reason::Orphan));
}

#[test]
fn articles_run_together_are_split_at_their_titles_in_every_layout() {
    let first = [
        "Floating Laboratory Begins Its First Season on Lake Ondre",
        LAKE,
        LAKE_MORE,
        LAKE_END,
    ];
    let second = [
        "Lock Keepers and Agency Agree on Pay and Rest Periods",
        UNION,
        UNION_MORE,
    ];
    let blocks: Vec<&str> = first.iter().chain(&second).copied().collect();
    for (name, text) in [
        ("blank lines", blocks.join("\n\n")),
        ("no blank lines", blocks.join("\n")),
        ("indented", format!("    {}", blocks.join("\n\n    "))),
        ("CRLF", blocks.join("\r\n\r\n")),
        (
            "wrapped",
            blocks
                .iter()
                .map(|block| wrap(block, 76))
                .collect::<Vec<_>>()
                .join("\n\n"),
        ),
        (
            "wrapped without blank lines",
            blocks
                .iter()
                .map(|block| wrap(block, 78))
                .collect::<Vec<_>>()
                .join("\n"),
        ),
    ] {
        let found = reading(&text);
        assert_eq!(titles(&found), [first[0], second[0]], "{name}");
        assert_eq!(paragraphs(&found, 0), first[1..], "{name}");
        assert_eq!(paragraphs(&found, 1), second[1..], "{name}");
    }
}

/// `text` broken before the word that would pass `width`.
fn wrap(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                *line = format!("{line} {word}")
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

#[test]
fn titles_of_every_kind_open_an_article() {
    for title in [
        "What Does the Agreement on Rest Mean for Lock Keepers?",
        "Lock keepers and agency agree on pay and rest periods",
        "Lock Keepers: “Eleven Hours of Rest Are a Beginning”",
        "LOCK KEEPERS AND AGENCY AGREE ON PAY AND REST",
        "11 Hours of Rest and 4% More Pay for Lock Keepers",
        "Union and Agency Sign Pay Deal",
    ] {
        let text = format!(
            "Floating Laboratory Begins Its First Season\n\n{LAKE}\n\n{LAKE_MORE}\n\n{LAKE_END}\n\n{title}\n\n{UNION}\n\n{UNION_MORE}"
        );
        assert_eq!(titles(&reading(&text)).get(1), Some(&title));
    }
}

#[test]
fn what_stands_inside_an_article_opens_no_other() {
    for line in [
        "Key figures",
        "About the Agency for Lakes and Rivers",
        "The pupils of the villages are welcome.",
        "Next steps",
        "— Ilse Varenkamp, Executive Secretary",
        "Ilse Varenkamp, Executive Secretary of the Agency",
        "- samples of water are taken every week",
        "A classroom on board",
        "The instruments are:",
        "“We are proud of this ship.”",
    ] {
        let text = format!(
            "Floating Laboratory Begins Its First Season\n\n{LAKE}\n\n{line}\n\n{LAKE_MORE}\n\n{LAKE_END}"
        );
        let found = reading(&text);
        assert_eq!(
            titles(&found),
            ["Floating Laboratory Begins Its First Season"],
            "{line}"
        );
        assert_eq!(found.drafts[0].paragraphs.len(), 4, "{line}");
    }
}

#[test]
fn a_paragraph_printed_twice_is_kept_once() {
    let text = format!(
        "Floating Laboratory Begins Its First Season\n\n{LAKE}\n\n\n{LAKE_MORE}\n\n{}\n\n{LAKE_END}\n\n{LAKE}",
        LAKE_MORE.to_uppercase()
    );
    let found = reading(&text);
    assert_eq!(paragraphs(&found, 0), [LAKE, LAKE_MORE, LAKE_END]);
    assert_eq!(
        reasons(&found),
        [Reason::DuplicateParagraph, Reason::DuplicateParagraph]
    );
}

#[test]
fn an_article_printed_twice_is_kept_once() {
    let article = format!("Floating Laboratory Begins Its First Season\n\n{LAKE}\n\n{LAKE_MORE}");
    let other = format!("Lock Keepers and Agency Agree on Pay and Rest\n\n{UNION}\n\n{UNION_MORE}");
    let found = reading(&format!("{article}\n\n{other}\n\n{article}"));
    assert_eq!(found.drafts.len(), 2);
    assert_eq!(reasons(&found), [Reason::DuplicateArticle; 3]);
}

#[test]
fn a_title_keeps_its_dateline_above_or_below_and_its_subtitle() {
    let title = "Floating Laboratory Begins Its First Season on Lake Ondre";
    for head in [
        format!("{title}\n\n12 March 2024"),
        format!("12 March 2024\n\n{title}"),
        format!("Press release\n\n12 March 2024\n\n{title}\n\nShare this page"),
        format!("{title}\n\nRead more\n\nPort-Aurel, 12 March 2024"),
        format!("{title}\n\n{title}\n\n12 March 2024"),
    ] {
        let found = reading(&format!("{head}\n\n{LAKE}\n\n{LAKE_MORE}"));
        assert_eq!(titles(&found), [title], "{head}");
        let draft = &found.drafts[0];
        assert_eq!(
            draft
                .published
                .as_ref()
                .map(|p| p.on.to_string())
                .as_deref(),
            Some("2024-03-12"),
            "{head}"
        );
        assert_eq!(draft.paragraphs.len(), 2, "{head}");
    }
    let subtitle = "Eleven scientists take samples of water every week";
    let found = reading(&format!(
        "{title}\n\n{subtitle}\n\n12 March 2024\n\n{LAKE}\n\n{LAKE_MORE}"
    ));
    assert_eq!(titles(&found), [title]);
    assert_eq!(paragraphs(&found, 0), [subtitle, LAKE, LAKE_MORE]);
}

#[test]
fn an_article_without_a_title_gets_its_first_sentence_and_a_scrap_is_an_orphan() {
    let found = reading(&format!(
        "12 March 2024\n\n{LAKE_END} It will be larger.\n\n{LAKE_MORE}\n\n{UNION_MORE}"
    ));
    assert_eq!(titles(&found), [LAKE_END]);
    assert_eq!(found.drafts[0].paragraphs.len(), 3);
    let found = reading("The office is closed on Mondays and on all public holidays of the year.");
    assert_eq!(
        (found.drafts.len(), reasons(&found)),
        (0, vec![Reason::Orphan])
    );
}

#[test]
fn an_article_that_opens_below_a_list_of_others_is_read() {
    let text = format!(
        "Floating Laboratory Begins Its First Season\n\n{LAKE}\n\n{LAKE_MORE}\n\nLatest articles\n\nLock Keepers and Agency Agree on Pay and Rest\n\n{UNION}\n\n{UNION_MORE}\n\nLatest articles\n\nPort Opens for the Summer Season of the Year"
    );
    let found = reading(&text);
    assert_eq!(found.drafts.len(), 2);
    assert_eq!(reasons(&found), [Reason::AfterEnd; 3]);
}

#[test]
fn a_date_at_the_end_of_a_release_is_its_dateline() {
    let found = reading(&format!(
        "Le laboratoire flottant entre en service sur le lac\n\n{LAKE}\n\n{LAKE_MORE}\n\nFait à Port-Aurel, le 12 mars 2024"
    ));
    let draft = &found.drafts[0];
    assert_eq!(
        draft
            .published
            .as_ref()
            .map(|p| p.on.to_string())
            .as_deref(),
        Some("2024-03-12")
    );
    assert_eq!(draft.paragraphs.len(), 2);
}

#[test]
fn a_title_with_no_text_below_is_said_to_have_none() {
    let found = reading(&format!(
        "Floating Laboratory Begins Its First Season\n\n{LAKE}\n\n{LAKE_MORE}\n\nLock Keepers and Agency Agree on Pay and Rest"
    ));
    assert_eq!(found.drafts.len(), 1);
    assert_eq!(reasons(&found), [Reason::NoText]);
}

#[test]
fn spans_and_lines_lead_back_to_the_page() {
    let text = format!(
        "\u{feff}  Floating  Laboratory\u{a0}Begins Its First Season\r\n\r\n{LAKE}\r\n{}",
        wrap(LAKE_MORE, 70).replace('\n', "\r\n")
    );
    let found = reading(&text);
    let page = text.trim_start_matches('\u{feff}');
    let draft = &found.drafts[0];
    assert_eq!(
        draft.title.text,
        "Floating Laboratory Begins Its First Season"
    );
    assert_eq!(
        &page[draft.title.span.clone()],
        "Floating  Laboratory\u{a0}Begins Its First Season"
    );
    assert_eq!(
        (draft.title.lines.clone(), draft.paragraphs[1].lines.clone()),
        (1..=1, 4..=6)
    );
    assert_eq!(
        &page[draft.paragraphs[1].span.clone()],
        wrap(LAKE_MORE, 70).replace('\n', "\r\n")
    );
    assert_eq!(
        found.lines[4].fate,
        Fate::Paragraph {
            draft: 0,
            paragraph: 1
        }
    );
}

#[test]
fn the_same_text_has_the_same_fingerprint_however_it_is_set() {
    let plain = reading(&format!(
        "Floating Laboratory Begins Its First Season\n\n{LAKE}\n\n{LAKE_MORE}"
    ));
    let other = reading(&format!(
        "Laboratory in service at last\n\n12 March 2024\n\n{}\n\n{}",
        wrap(&LAKE.replace("Ondre", "Ondré"), 72),
        LAKE_MORE.to_uppercase().replace(", ", " , ")
    ));
    assert_eq!(plain.drafts[0].fingerprint(), other.drafts[0].fingerprint());
    assert_eq!(plain.drafts[0].fingerprint().len(), 64);
    let third = reading(&format!(
        "Laboratory in service at last\n\n{LAKE}\n\n{UNION}"
    ));
    assert_ne!(plain.drafts[0].fingerprint(), third.drafts[0].fingerprint());
}
