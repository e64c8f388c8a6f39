//! Hard-wrapped text: where a line goes on in the next.
//!
//! A line was wrapped where the next word no longer fitted. So once the width of a page is known, two lines belong together when the
//! first word of the second would not have fitted on the first; and whatever the width, a line that breaks off before a small letter goes on.

use super::{
    super::line::Row,
    ending::{self, Ending},
    is_item,
};

/// Widths text is wrapped at, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=130;

/// Share of a page's lines that may be wider than its width (a link, a table), one in so many.
const WIDER: usize = 12;

/// The width the page is wrapped at, if it is.
pub(super) fn width(rows: &[Row<'_>]) -> Option<usize> {
    let broken = rows.windows(2).filter(|pair| {
        let (a, b) = (&pair[0], &pair[1]);
        WIDTHS.contains(&(a.chars + a.indent)) && a.chars >= 30 && !b.is_blank() && breaks_off(a, b)
    });
    let mut widths: Vec<usize> = broken.map(|pair| pair[0].chars + pair[0].indent).collect();
    if widths.is_empty() {
        return None;
    }
    widths.sort_unstable();
    // One line far wider than the others broke off by chance.
    let median = widths[widths.len() / 2];
    let usual = widths
        .iter()
        .rev()
        .copied()
        .find(|&w| w <= median + median / 4)?;
    let text = rows.iter().filter(|row| !row.is_blank());
    let wider = text
        .clone()
        .filter(|row| row.chars + row.indent > usual + usual / 8)
        .count();
    (wider * WIDER <= text.count()).then_some(usual)
}

/// Whether `a` stops in mid-sentence and `b` takes it up with a small letter.
pub(super) fn breaks_off(a: &Row<'_>, b: &Row<'_>) -> bool {
    let state = ending::ending(&a.text);
    ending::starts_lower(&b.text)
        && !is_item(&b.text)
        && !matches!(state, Ending::Stop | Ending::Call | Ending::Colon)
        && !a.text.ends_with(';')
        && !is_address(&b.text)
}

/// Whether a line is one web or mail address: it is small whatever stands before it.
fn is_address(text: &str) -> bool {
    !text.contains(' ') && (text.contains('@') || text.contains("://") || text.starts_with("www."))
}

/// Whether `b` goes on with the sentence of `a` beyond doubt, whatever else it looks like.
pub(super) fn goes_on(a: &Row<'_>, b: &Row<'_>) -> bool {
    a.chars >= 25 && breaks_off(a, b)
}

/// What is known of the block above a line that may go on with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    /// It is an item of a list.
    pub(super) item: bool,
    /// It is two lines at most, without the end of a sentence: perhaps a title.
    pub(super) opening: bool,
}

/// Whether row `b` goes on with the text of row `a`, directly above it, the last of `block`.
pub(super) fn continues(a: &Row<'_>, b: &Row<'_>, width: Option<usize>, block: Block) -> bool {
    if is_item(&b.text) {
        return false;
    }
    let state = ending::ending(&a.text);
    if goes_on(a, b) || (matches!(state, Ending::Dangling | Ending::Open) && breaks_off(a, b)) {
        return true;
    }
    if ending::is_broken_word(&a.text, &b.text) && a.chars >= 25 {
        return true;
    }
    let unfinished = matches!(state, Ending::Dangling | Ending::Open) && !a.text.ends_with(';');
    match width {
        Some(_) if unfinished && a.chars >= 30 => true,
        Some(width) => {
            // A deeper first line opens a paragraph; below an item it only hangs.
            let deeper = b.indent > a.indent && !block.item;
            let left = width.saturating_sub(a.chars + a.indent);
            let first = b.text.split_whitespace().next().unwrap_or_default();
            // Inside a sentence "The" is written small: here a title that fills its line is over.
            let fresh = block.opening && state == Ending::Plain && begins_sentence(first);
            !deeper && !fresh && left < first.chars().count() + 1
        }
        None => unfinished && a.chars >= 50 && !block.item,
    }
}

/// Whether `word` is one that begins sentences, with its capital.
fn begins_sentence(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "In"
            | "On"
            | "At"
            | "As"
            | "During"
            | "After"
            | "Before"
            | "Following"
            | "This"
            | "These"
            | "With"
            | "Under"
            | "From"
            | "For"
            | "It"
            | "He"
            | "She"
            | "They"
            | "We"
            | "When"
            | "While"
            | "Le"
            | "La"
            | "Les"
            | "Un"
            | "Une"
            | "Des"
            | "Du"
            | "Dans"
            | "En"
            | "Au"
            | "Aux"
            | "Lors"
            | "Ce"
            | "Cette"
            | "Ces"
            | "Il"
            | "Elle"
            | "Ils"
            | "Elles"
            | "Après"
            | "Avant"
            | "Pour"
            | "Avec"
            | "Sous"
            | "Selon"
            | "Depuis"
            | "À"
            | "Plus"
            | "Quelque"
            | "Près"
    ) || ["L’", "L'", "D’", "D'", "C’", "C'", "S’", "S'", "«"]
        .iter()
        .any(|opening| word.starts_with(opening))
}
