//! Texts sent by hand, with what is told beside them; and articles that an editor puts together.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::date::{Basis, Published};
use super::reading::{Block, Draft, Fate, Line, Reading, read, read_as_one};
use super::{Page, PageError, Repeats, fold, language};

/// A line as it is stored: NFC, runs of space one space, nothing invisible.
pub fn clean(text: &str) -> String {
    fold::clean(text)
}

/// A draft of a title and paragraphs that were read before: its blocks have no place of their own on a page, and of
/// its date nothing is said.
pub fn draft(title: &str, paragraphs: &[&str]) -> Draft {
    let block = |text: &str| Block {
        text: text.to_owned(),
        span: 0..0,
        lines: RangeInclusive::new(1, 0),
    };
    Draft {
        title: block(title),
        dateline: None,
        paragraphs: paragraphs.iter().copied().map(block).collect(),
        language: language::detect(paragraphs.iter().copied()),
        published: None,
    }
}

/// Read a text whose title is told beside it. The title becomes the first line of the page, unless the text begins with
/// it; what the reader would have taken for the title of the first article is then its first paragraph.
///
/// Somebody who tells a title says that there is an article. So a text in which the reader finds none, as it is short or
/// its lines look like no paragraphs, is one all the same, without what belongs to a site or stands there twice.
///
/// # Errors
/// As [`Page::decode`].
pub fn read_entitled(
    name: &str,
    title: &str,
    text: &str,
    repeats: &Repeats,
    today: NaiveDate,
) -> Result<(Page, Reading), PageError> {
    let title = clean(title);
    let entitled = |reading: &Reading| {
        reading
            .drafts
            .first()
            .is_some_and(|draft| draft.title.text == title)
    };
    let alone = Page::decode(name, text.as_bytes().to_vec())?;
    let read_alone = read(&alone, repeats, today);
    if entitled(&read_alone) {
        return Ok((alone, read_alone));
    }
    let head = format!("{title}\n\n");
    let page = Page::decode(name, format!("{head}{}", alone.text).into_bytes())?;
    let reading = read(&page, repeats, today);
    if entitled(&reading) {
        return Ok((page, reading));
    }
    let read_alone = match read_alone.drafts.is_empty() {
        true => read_as_one(&alone, &title, repeats, today),
        false => read_alone,
    };
    if read_alone.drafts.is_empty() {
        return Ok((page, reading));
    }
    if entitled(&read_alone) {
        return Ok((alone, read_alone));
    }
    Ok((page, below(&title, &head, read_alone)))
}

/// A reading of a text as it is below a title that is the page's head: one line and an empty one.
fn below(title: &str, head: &str, mut reading: Reading) -> Reading {
    for draft in &mut reading.drafts {
        let blocks = [&mut draft.title]
            .into_iter()
            .chain(&mut draft.dateline)
            .chain(&mut draft.paragraphs);
        for block in blocks {
            block.span = block.span.start + head.len()..block.span.end + head.len();
            block.lines = block.lines.start() + 2..=block.lines.end() + 2;
        }
    }
    let printed = reading
        .lines
        .iter()
        .any(|line| line.fate == Fate::Title { draft: 0 });
    for line in &mut reading.lines {
        line.number += 2;
        line.span = line.span.start + head.len()..line.span.end + head.len();
        line.fate = match line.fate {
            Fate::Title { draft: 0 } => Fate::Paragraph {
                draft: 0,
                paragraph: 0,
            },
            Fate::Paragraph {
                draft: 0,
                paragraph,
            } if printed => Fate::Paragraph {
                draft: 0,
                paragraph: paragraph + 1,
            },
            fate => fate,
        };
    }
    let told = Block {
        text: title.to_owned(),
        span: 0..title.len(),
        lines: 1..=1,
    };
    let first = &mut reading.drafts[0];
    let read = std::mem::replace(&mut first.title, told);
    if printed {
        first.paragraphs.insert(0, read);
    }
    let line = |number, span, fate| Line { number, span, fate };
    let blank = Fate::Rejected(super::Reason::Blank);
    reading.lines.splice(
        0..0,
        [
            line(1, 0..title.len(), Fate::Title { draft: 0 }),
            line(2, head.len() - 1..head.len() - 1, blank),
        ],
    );
    reading
}

impl Reading {
    /// Date the articles by what was told beside the text: the only one in any case, of several those that print no
    /// dateline of their own.
    pub fn date(&mut self, on: NaiveDate) {
        let only = self.drafts.len() == 1;
        for draft in &mut self.drafts {
            let printed = draft
                .published
                .as_ref()
                .is_some_and(|published| published.basis == Basis::Dateline);
            if only || !printed {
                draft.published = Some(Published {
                    on,
                    basis: Basis::Metadata,
                    evidence: on.to_string(),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Agency Opens a River Station in Northford\n\nThe Agency for Rivers opened a measuring station in \
        Northford today, Thursday, April 1, 2021, in the presence of the mayor and of some forty pupils of the town.\n\n\
        The station measures the height, the speed and the temperature of the water every ten minutes, as was promised.\n";

    fn read_as(title: &str, text: &str) -> Result<(Page, Reading), PageError> {
        let today = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap_or_default();
        read_entitled("a.txt", title, text, &Repeats::default(), today)
    }

    fn whole(page: &Page, reading: &Reading) {
        assert_eq!(reading.lines.len(), page.text.lines().count());
        for (index, line) in reading.lines.iter().enumerate() {
            assert_eq!(line.number as usize, index + 1);
            assert_eq!(
                Some(&page.text[line.span.clone()]),
                page.text.lines().nth(index)
            );
            match line.fate {
                Fate::Title { draft } | Fate::Dateline { draft } => {
                    assert!(draft < reading.drafts.len());
                }
                Fate::Paragraph { draft, paragraph } => {
                    let block = &reading.drafts[draft].paragraphs[paragraph];
                    assert!(block.lines.contains(&line.number), "{line:?} {block:?}");
                }
                Fate::Rejected(_) => {}
            }
        }
    }

    #[test]
    fn a_title_told_is_the_title_whatever_the_reader_thinks_of_it() -> Result<(), PageError> {
        for title in [
            "A River Station",
            "share",
            "This is a title that ends as a sentence does, and is rather long for one at that, is it not.",
            "1 April 2021",
            "Home",
        ] {
            let (page, reading) = read_as(title, TEXT)?;
            assert_eq!(reading.drafts[0].title.text, title);
            assert_eq!(reading.drafts.len(), 1);
            let body = reading.drafts[0].body();
            assert!(body.contains("ten minutes"), "{title}: {body}");
            assert!(page.text.starts_with(title));
            whole(&page, &reading);
        }
        Ok(())
    }

    #[test]
    fn a_short_text_with_a_title_told_is_an_article() -> Result<(), PageError> {
        let first =
            "First real sentence of a text that was typed in, quite long enough to be kept.";
        let second = "And a second paragraph that is also long enough to be kept here.";
        let toll = "The toll on the Sarne canal is raised by three crowns.";
        for (title, text, paragraphs) in [
            (
                "Dated",
                format!("{first}\n\n{second}"),
                &[first, second][..],
            ),
            ("Toll raised again", toll.to_owned(), &[toll]),
            ("Closed", "Closed today.".to_owned(), &["Closed today."]),
            // The title is printed in the text, and once more; the site's own lines are not taken for text.
            (
                "Toll raised again",
                format!("Toll raised again\n\n{toll}\n\nTOLL RAISED AGAIN\n\nShare on Facebook\n"),
                &[toll],
            ),
            ("Toll", format!("{toll}\n\n{toll}"), &[toll]),
        ] {
            let (page, reading) = read_as(title, &text)?;
            assert_eq!(reading.drafts.len(), 1, "{text}");
            let draft = &reading.drafts[0];
            assert_eq!(draft.title.text, title);
            let kept: Vec<&str> = draft
                .paragraphs
                .iter()
                .map(|block| block.text.as_str())
                .collect();
            assert_eq!(kept, paragraphs, "{:?}", reading.lines);
            whole(&page, &reading);
        }
        Ok(())
    }

    #[test]
    fn a_dateline_of_a_short_text_dates_it() -> Result<(), PageError> {
        let (page, reading) = read_as("Toll", "1 April 2021\n\nThe toll is raised.")?;
        assert_eq!(reading.drafts[0].body(), "The toll is raised.");
        assert!(reading.drafts[0].dateline.is_some());
        whole(&page, &reading);
        Ok(())
    }

    #[test]
    fn what_belongs_to_a_site_alone_is_no_article_whatever_its_title() -> Result<(), PageError> {
        for text in [
            "Home\nContact\nShare on Facebook\n",
            "All rights reserved\n",
            "Toll raised again\n",
        ] {
            let (page, reading) = read_as("Toll raised again", text)?;
            assert!(reading.drafts.is_empty(), "{reading:?}");
            whole(&page, &reading);
        }
        Ok(())
    }

    #[test]
    fn a_title_that_the_text_begins_with_is_not_put_there_twice() -> Result<(), PageError> {
        let (page, reading) = read_as("Agency Opens  a River Station in Northford ", TEXT)?;
        assert_eq!(page.text, TEXT);
        assert_eq!(reading.drafts[0].paragraphs.len(), 2);
        Ok(())
    }

    #[test]
    fn a_date_told_stands_before_a_date_stated() -> Result<(), PageError> {
        let (_, mut reading) = read_as("Agency Opens a River Station in Northford", TEXT)?;
        let day = NaiveDate::from_ymd_opt(2021, 4, 2).unwrap_or_default();
        reading.date(day);
        let told = reading.drafts[0].published.as_ref();
        assert_eq!(
            told.map(|told| (told.on, told.basis)),
            Some((day, Basis::Metadata))
        );
        Ok(())
    }
}
