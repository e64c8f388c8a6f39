//! What is text: a paragraph, or a whole sentence, that a title may head.

use super::ending::{Ending, ending};

/// Longest block, in characters, that can be a title.
pub(in super::super) const LONGEST_TITLE: usize = 240;

/// Characters from which a block is a paragraph though it may end without a full stop.
const PARAGRAPH: usize = 170;

/// Words that make a finished sentence text rather than a slogan; one that introduces a list has more.
const SENTENCE: usize = 9;
const INTRODUCTION: usize = 12;

/// Whether `text`, of `chars` characters, is a paragraph or a whole sentence.
pub(super) fn is_prose(text: &str, chars: usize) -> bool {
    if chars > LONGEST_TITLE {
        return true;
    }
    let end = ending(text);
    if chars >= PARAGRAPH {
        return end != Ending::Plain || text.contains(". ");
    }
    match end {
        Ending::Stop | Ending::Abbreviation => words(text) >= SENTENCE,
        Ending::Colon => words(text) >= INTRODUCTION,
        _ => false,
    }
}

/// Words of a cleaned text.
pub(in super::super) fn words(text: &str) -> usize {
    if text.is_empty() {
        0
    } else {
        1 + text.bytes().filter(|&b| b == b' ').count()
    }
}
