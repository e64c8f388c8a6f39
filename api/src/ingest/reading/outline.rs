//! Which block goes where: the articles of a page as lists of blocks.

use super::{Block, Fate, Reason, fold};

/// Where a block of the page goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Title(usize),
    Dateline(usize),
    Paragraph(usize),
    Rejected(Reason),
}

/// One article, by the indices of its blocks.
#[derive(Debug, Clone, Default)]
pub(super) struct Article {
    /// Nothing where the page prints no title.
    pub(super) title: Option<usize>,
    pub(super) dateline: Option<usize>,
    pub(super) paragraphs: Vec<usize>,
}

/// The articles of a page, and the place of every block.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) articles: Vec<Article>,
    pub(super) places: Vec<Place>,
}

impl Outline {
    /// The fate of each block's lines, in order.
    pub(super) fn fates(&self) -> impl Iterator<Item = Fate> + '_ {
        self.places
            .iter()
            .enumerate()
            .map(|(piece, place)| match *place {
                Place::Title(draft) => Fate::Title { draft },
                Place::Dateline(draft) => Fate::Dateline { draft },
                Place::Paragraph(draft) => {
                    let paragraph = self.articles[draft]
                        .paragraphs
                        .binary_search(&piece)
                        .unwrap_or_else(|at| at);
                    Fate::Paragraph { draft, paragraph }
                }
                Place::Rejected(reason) => Fate::Rejected(reason),
            })
    }
}

/// What may stand before a title on its line, folded, with a colon.
const LABELS: &[&str] = &["title", "titre", "headline", "subject", "objet"];

/// A title as it is printed, without its label ("Title: …", "title: \"…\"") and the quotation marks that the label brings.
pub(super) fn printed_title(page: &str, mut title: Block) -> Block {
    let Some((label, named)) = title.text.split_once(':') else {
        return title;
    };
    let named = named.trim_start();
    if !LABELS.contains(&fold::key(label).as_str()) || !named.contains(' ') {
        return title;
    }
    let quotes = [('"', '"'), ('\'', '\''), ('“', '”'), ('«', '»')];
    let quoted = quotes.iter().find_map(|&(open, close)| {
        let inner = named.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains(open)).then_some(inner.trim())
    });
    let text = quoted.unwrap_or(named).to_owned();
    let printed = &page[title.span.clone()];
    if let Some(at) = printed.find(text.as_str()) {
        title.span = title.span.start + at..title.span.start + at + text.len();
    }
    title.text = text;
    title
}

/// Longest title made from a text, in bytes.
const MADE: usize = 120;

/// A title for an article whose page prints none: the first sentence of its text, or as many words of it as fit.
pub(super) fn made_title(page: &str, first: &Block) -> Block {
    let raw = &page[first.span.clone()];
    let sentence = raw.char_indices().find(|&(at, c)| {
        matches!(c, '.' | '?' | '!')
            && at >= 20
            && raw[at + c.len_utf8()..].starts_with([' ', '\u{a0}'])
            && !super::block::is_abbreviated(&raw[..=at])
    });
    let mut end = sentence.map_or(raw.len(), |(at, c)| at + c.len_utf8());
    if end > MADE {
        let cut = fold::head(raw, MADE);
        end = cut
            .rfind(char::is_whitespace)
            .filter(|&at| at > 0)
            .unwrap_or(cut.len());
    }
    let rows = super::line::rows(&raw[..end]);
    let texts: Vec<&str> = rows.iter().map(|row| &*row.text).collect();
    let text = fold::clean(&texts.join(" "));
    let newlines = u32::try_from(rows.len().saturating_sub(1)).unwrap_or(0);
    let start = *first.lines.start();
    Block {
        text,
        span: first.span.start..first.span.start + end,
        lines: start..=start + newlines,
    }
}
