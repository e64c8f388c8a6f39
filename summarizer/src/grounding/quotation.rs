//! What stands between quotation marks must have been said, and by whom it is said to have been.

use super::name::names;
use super::reading::Reading;
use super::token::{Kind, Token};

/// Words from which on a quotation must stand between quotation marks in the source too; shorter ones may quote a term.
const SAID: usize = 4;

/// Sentences between a quotation and the name of its speaker, at most.
const NEAR: usize = 3;

/// What is quoted and was not said so, as it stands in the output.
pub(super) fn invented(output: &Reading, source: &[Reading]) -> Option<String> {
    for piece in pieces(output) {
        let wanted: Vec<&Token> = piece.iter().map(|&at| &output.tokens[at]).collect();
        let found = places(&wanted, source);
        let raw = || {
            wanted
                .iter()
                .map(|token| token.raw.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        if found.is_empty() {
            return Some(raw());
        }
        if !spoken_by_them(output, source, &found) {
            return Some(raw());
        }
    }
    None
}

/// Runs of quoted words; what the output left out ("…", "[…]") parts them.
fn pieces(output: &Reading) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut open = false;
    for (at, token) in output.tokens.iter().enumerate() {
        let goes_on = output.quoted[at] && token.folded != "…";
        if goes_on && token.kind != Kind::Mark {
            if !open {
                found.push(Vec::new());
            }
            if let Some(piece) = found.last_mut() {
                piece.push(at);
            }
        }
        open = goes_on && (open || token.kind != Kind::Mark);
    }
    found
}

/// Where the source has these words in a row: the sentences that hold the first and the last of them.
fn places(wanted: &[&Token], source: &[Reading]) -> Vec<(usize, usize)> {
    let words: Vec<(usize, &Token, bool)> = source
        .iter()
        .enumerate()
        .flat_map(|(sentence, reading)| {
            let all = reading.tokens.iter().zip(&reading.quoted);
            all.filter(|(token, _)| token.kind != Kind::Mark)
                .map(move |(token, &quoted)| (sentence, token, quoted))
        })
        .collect();
    let fits = |window: &&[(usize, &Token, bool)]| {
        let mut pairs = window.iter().zip(wanted);
        pairs.all(|((_, word, quoted), wanted)| {
            word.folded == wanted.folded && (*quoted || window.len() < SAID)
        })
    };
    words
        .windows(wanted.len().max(1))
        .filter(fits)
        .map(|window| (window[0].0, window[window.len() - 1].0))
        .collect()
}

/// Whether a name of the output stands near one of the places, or the output names nobody outside the quotation.
fn spoken_by_them(output: &Reading, source: &[Reading], places: &[(usize, usize)]) -> bool {
    let is_speaker = |at: &usize| !output.quoted[*at] && output.tokens[*at].kind != Kind::Acronym;
    let mut speakers = names(output).filter(is_speaker).peekable();
    if speakers.peek().is_none() {
        return true;
    }
    let near = |word: &str| {
        places.iter().any(|&(first, last)| {
            let around = first.saturating_sub(NEAR)..(last + NEAR + 1).min(source.len());
            source[around].iter().any(|reading| reading.has(word))
        })
    };
    speakers.any(|at| near(&output.tokens[at].folded))
}
