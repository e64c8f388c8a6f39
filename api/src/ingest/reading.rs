//! A page read: its articles, and the fate of every line.

use std::ops::{Range, RangeInclusive};

use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{
    block,
    date::{self, Published},
    fold, language, line,
    page::Page,
    repeats::Repeats,
};

mod entitled;
mod outline;
mod prune;
mod reason;
mod walk;

use outline::{Outline, Place};
pub use reason::Reason;

/// What was read out of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The articles, in the order of the page.
    pub drafts: Vec<Draft>,
    /// One entry a line of the page's text, in order.
    pub lines: Vec<Line>,
}

/// A line of a page, and where it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1.
    pub number: u32,
    /// Byte range in the page's text, without the line end.
    pub span: Range<usize>,
    /// Where the line went.
    pub fate: Fate,
}

/// The one place a line went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is the title, or part of it, of a draft.
    Title {
        /// Index into [`Reading::drafts`].
        draft: usize,
    },
    /// It is the dateline of a draft.
    Dateline {
        /// Index into [`Reading::drafts`].
        draft: usize,
    },
    /// It is part of a paragraph.
    Paragraph {
        /// Index into [`Reading::drafts`].
        draft: usize,
        /// Index into [`Draft::paragraphs`].
        paragraph: usize,
    },
    /// It is in no draft.
    Rejected(Reason),
}

/// One article as read from a page, before anything is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its title. Where the page prints none, the first sentence of the text; that line's fate is still its paragraph.
    pub title: Block,
    /// Its dateline, when a line of its own.
    pub dateline: Option<Block>,
    /// Its text, at least one paragraph.
    pub paragraphs: Vec<Block>,
    /// ISO 639-1 code of the paragraphs' language, ISO 639-3 where there is none of two letters, `und` when it cannot be told.
    pub language: String,
    /// When it was published, if there is any evidence.
    pub published: Option<Published>,
}

/// A piece of text with its place on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The words: NFC, runs of space one space, wrapped lines joined by one space.
    pub text: String,
    /// Byte range of the page's text it was read from; rejected lines may stand inside.
    pub span: Range<usize>,
    /// Its lines, counted from 1.
    pub lines: RangeInclusive<u32>,
}

impl Draft {
    /// The paragraphs, a blank line between them.
    pub fn body(&self) -> String {
        let paragraphs: Vec<&str> = self
            .paragraphs
            .iter()
            .map(|block| block.text.as_str())
            .collect();
        paragraphs.join("\n\n")
    }

    /// Words of the paragraphs, as white space parts them.
    pub fn word_count(&self) -> usize {
        self.paragraphs
            .iter()
            .map(|block| block.text.split_whitespace().count())
            .sum()
    }

    /// SHA-256, in hexadecimal, of the body folded: the same text again has the same fingerprint, whatever its case, spacing, punctuation,
    /// diacritics, line breaks and paragraph breaks.
    pub fn fingerprint(&self) -> String {
        let mut key = String::new();
        for block in &self.paragraphs {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&fold::key(&block.text));
        }
        HEXLOWER.encode(&Sha256::digest(key.as_bytes()))
    }
}

/// Reads `page`: its articles, and what became of every line.
///
/// `repeats` knows the lines that many pages of the source print. No date after the morrow of `today` (the day of ingest, UTC) is believed:
/// at the eastern end of the world that day has begun.
/// The same arguments always give the same reading.
pub fn read(page: &Page, repeats: &Repeats, today: NaiveDate) -> Reading {
    read_with(page, repeats, today, |_, _| {})
}

/// Reads `page` as [`read`] does; but if there is no article on it, all its text is one, as its title is told beside it.
pub(super) fn read_as_one(
    page: &Page,
    title: &str,
    repeats: &Repeats,
    today: NaiveDate,
) -> Reading {
    let keep = |outline: &mut Outline, pieces: &[_]| entitled::keep(outline, pieces, title);
    read_with(page, repeats, today, keep)
}

/// Reads `page`, its outline changed before the articles are made of it.
fn read_with(
    page: &Page,
    repeats: &Repeats,
    today: NaiveDate,
    change: impl FnOnce(&mut Outline, &[block::Piece]),
) -> Reading {
    let rows = line::rows(&page.text);
    let (pieces, verdicts) = block::pieces(&rows, repeats);
    let mut outline = walk::walk(&pieces);
    prune::prune(&mut outline, &pieces);
    change(&mut outline, &pieces);

    let number = |row: usize| u32::try_from(row + 1).unwrap_or(u32::MAX);
    let block_of = |piece: usize| {
        let range = &pieces[piece].rows;
        let span = rows[range.start].printed.start..rows[range.end - 1].printed.end;
        Block {
            text: pieces[piece].text.clone(),
            span,
            lines: number(range.start)..=number(range.end - 1),
        }
    };
    let figures = date::Figures::of(&page.text);
    let drafts = outline
        .articles
        .iter()
        .map(|article| draft(page, article, block_of, &figures, today))
        .collect();

    let mut fates: Vec<Fate> = verdicts
        .iter()
        .map(|verdict| Fate::Rejected(verdict.map_or(Reason::Blank, |verdict| verdict.reason)))
        .collect();
    for (piece, fate) in pieces.iter().zip(outline.fates()) {
        for row in piece.rows.clone() {
            if !rows[row].is_blank() && (verdicts[row].is_none() || piece.rows.len() == 1) {
                fates[row] = fate;
            }
        }
    }
    let lines = rows.iter().zip(fates).enumerate();
    let lines = lines
        .map(|(at, (row, fate))| Line {
            number: number(at),
            span: row.span.clone(),
            fate,
        })
        .collect();
    Reading { drafts, lines }
}

fn draft(
    page: &Page,
    article: &outline::Article,
    block_of: impl Fn(usize) -> Block,
    figures: &date::Figures<'_>,
    today: NaiveDate,
) -> Draft {
    let paragraphs: Vec<Block> = article
        .paragraphs
        .iter()
        .map(|&piece| block_of(piece))
        .collect();
    let dateline = article.dateline.map(&block_of);
    let title = match article.title {
        Some(piece) => outline::printed_title(&page.text, block_of(piece)),
        None => outline::made_title(&page.text, &paragraphs[0]),
    };
    let texts: Vec<&str> = paragraphs.iter().map(|block| block.text.as_str()).collect();
    let language = language::detect(texts.iter().copied());
    let sources = date::Sources {
        dateline: dateline.as_ref().map(|block| block.text.as_str()),
        paragraphs: &texts,
        language: &language,
        page: figures,
    };
    let published = date::publication(&sources, today);
    Draft {
        title,
        dateline,
        paragraphs,
        language,
        published,
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
