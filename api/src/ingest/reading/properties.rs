//! What holds for every page, however messy: checked on pages put together at random.

use chrono::NaiveDate;
use proptest::{collection::vec, prelude::*};

use super::{Block, Fate, Reading, read};
use crate::ingest::{Page, Repeats};

/// No file of failures is written: a failure prints the page that caused it.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Blocks that pages are made of.
fn block() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "Minister Opens Regional Conference on Shared Waters",
        "Key figures",
        "Latest articles",
        "Lire aussi",
        "Share this article",
        "Page 1 of 3",
        "15 March 2021",
        "Publié le 03/04/2021",
        "Media contact",
        "Jane Doe, Director of Press",
        "About the Agency",
        "- the first item of a list",
        "* * *",
        "Home > News",
        "We use cookies to improve your visit.",
        "The ministers met today, Thursday, April 1, 2021, in Rabat (RBT) and agreed to monitor the river together, with stations on both banks and a joint report every spring.",
        "Les ministres se sont réunis à Rabat du 3 au 5 mai 2022 et sont convenus de surveiller ensemble le fleuve, avec des stations sur les deux rives et un rapport commun.",
        "and the text goes on with a small letter after a break",
        "a line that stops with the",
        "Director-",
        "General of the Organization said so.",
        "He added that more would follow.",
        "e\u{301}cole\u{a0}co\u{ad}ope\u{301}ration",
    ]);
    prop_oneof![
        6 => known.prop_map(str::to_owned),
        2 => "[A-Z][a-zéà]{1,9}( [a-zA-Zéà’-]{1,12}){0,30}[.,:?]?",
        1 => "\\PC{0,60}",
    ]
}

fn page() -> impl Strategy<Value = String> {
    let gap = prop::sample::select(vec![
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\n\n\n",
        "\n    ",
        "\u{2028}",
        "\x0c",
        "\n\t\u{a0}",
    ]);
    vec((block(), gap), 0..40)
        .prop_map(|blocks| blocks.into_iter().map(|(block, gap)| block + gap).collect())
}

fn read_page(page: &Page) -> Reading {
    let mut repeats = Repeats::default();
    repeats.add(page);
    read(page, &repeats, NaiveDate::MAX)
}

fn is_in_place(page: &Page, block: &Block) -> Result<(), TestCaseError> {
    let printed =
        super::fold::key(&super::fold::clean(&page.text[block.span.clone()])).replace(' ', "");
    let mut rest = printed.as_str();
    for word in super::fold::key(&block.text)
        .split(' ')
        .filter(|word| !word.is_empty())
    {
        let Some(at) = rest.find(word) else {
            return Err(TestCaseError::fail(format!(
                "{word:?} of {:?} is not in its span",
                block.text
            )));
        };
        rest = &rest[at + word.len()..];
    }
    prop_assert!(block.lines.start() <= block.lines.end());
    prop_assert_eq!(block.text.trim(), &block.text);
    prop_assert!(!block.text.contains("  "));
    Ok(())
}

fn holds(page: &Page) -> Result<(), TestCaseError> {
    let reading = read_page(page);
    prop_assert_eq!(
        &reading,
        &read_page(page),
        "the same page is read the same way"
    );

    let mut end = 0;
    for (at, line) in reading.lines.iter().enumerate() {
        prop_assert_eq!(line.number as usize, at + 1);
        prop_assert!(line.span.start >= end && line.span.end >= line.span.start);
        prop_assert!(
            page.text[end..line.span.start]
                .chars()
                .all(|c| c.is_whitespace()),
            "only line ends stand between lines"
        );
        end = line.span.end;
    }
    prop_assert!(page.text[end..].chars().all(|c| c.is_whitespace()));

    let held = |fate: Fate, block: &Block| {
        let own = reading.lines.iter().filter(move |line| line.fate == fate);
        own.clone().count() > 0
            && own
                .into_iter()
                .all(|line| block.lines.contains(&line.number))
    };
    for (draft, article) in reading.drafts.iter().enumerate() {
        prop_assert!(
            !article.paragraphs.is_empty()
                && !article.title.text.is_empty()
                && !article.language.is_empty()
        );
        is_in_place(page, &article.title)?;
        let titled = reading
            .lines
            .iter()
            .any(|line| line.fate == Fate::Title { draft });
        prop_assert!(
            !titled || held(Fate::Title { draft }, &article.title),
            "the title has its lines"
        );
        for (paragraph, block) in article.paragraphs.iter().enumerate() {
            is_in_place(page, block)?;
            prop_assert!(
                held(Fate::Paragraph { draft, paragraph }, block),
                "{:?} has its lines",
                block.text
            );
        }
        for pair in article.paragraphs.windows(2) {
            prop_assert!(
                pair[0].span.start < pair[1].span.start && pair[0].span.end <= pair[1].span.start
            );
        }
        if let Some(dateline) = &article.dateline {
            is_in_place(page, dateline)?;
            prop_assert!(
                held(Fate::Dateline { draft }, dateline),
                "the dateline has its lines"
            );
        }
    }
    for pair in reading.drafts.windows(2) {
        prop_assert!(pair[0].paragraphs[0].span.start < pair[1].paragraphs[0].span.start);
    }
    let drafts = |fate: Fate| match fate {
        Fate::Title { draft } | Fate::Dateline { draft } | Fate::Paragraph { draft, .. } => {
            Some(draft)
        }
        Fate::Rejected(_) => None,
    };
    prop_assert!(
        reading
            .lines
            .iter()
            .filter_map(|line| drafts(line.fate))
            .all(|draft| draft < reading.drafts.len())
    );
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_line_of_a_messy_page_has_one_fate_and_every_block_its_place(text in page()) {
        if let Ok(page) = Page::decode("page.txt", text.into_bytes()) {
            holds(&page)?;
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,400}") {
        if let Ok(page) = Page::decode("page.txt", text.into_bytes()) {
            holds(&page)?;
        }
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in vec(any::<u8>(), 0..300), mark in prop::sample::select(vec![&b""[..], b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"])) {
        if let Ok(page) = Page::decode("page.txt", [mark, &bytes].concat()) {
            prop_assert_eq!(&Page::decode("page.txt", page.bytes.clone()), &Ok(page.clone()));
            holds(&page)?;
        }
    }
}
