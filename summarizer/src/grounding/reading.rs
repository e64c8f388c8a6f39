//! A sentence read: its tokens and what they claim.

use std::ops::Range;

use super::address::addresses;
use super::date::{self, Date};
use super::denial::{self, Denial};
use super::negation::{self, Negation};
use super::number::{self, Quantity};
use super::token::{Kind, Token, tokens};
use crate::sentence::Span;

/// A sentence with all that it claims.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) span: Span,
    pub(super) tokens: Vec<Token>,
    pub(super) dates: Vec<Date>,
    pub(super) quantities: Vec<Quantity>,
    pub(super) addresses: Vec<String>,
    pub(super) negations: Vec<Negation>,
    /// What it denies without a "not".
    pub(super) denials: Vec<Denial>,
    /// For each token, whether it belongs to a date or a quantity.
    pub(super) counted: Vec<bool>,
    /// For each token, whether it stands between quotation marks.
    pub(super) quoted: Vec<bool>,
}

impl Reading {
    /// Read a sentence that stands at `span`; `quotations` are stretches of the same text.
    pub(super) fn of(text: &str, span: Span, language: &str, quotations: &[Range<usize>]) -> Self {
        let (addresses, text) = addresses(text);
        let tokens = tokens(&text);
        let mut counted = vec![false; tokens.len()];
        let dates = date::dates(&tokens, &mut counted);
        let quantities = number::quantities(&tokens, &counted, language);
        for quantity in quantities.iter().filter(|quantity| !quantity.vague) {
            counted[quantity.tokens.clone()].fill(true);
        }
        let quoted = tokens
            .iter()
            .map(|token| {
                quotations
                    .iter()
                    .any(|range| range.contains(&(span.start + token.start)))
            })
            .collect();
        Self {
            span,
            negations: negation::negations(&tokens),
            denials: denial::denials(&tokens),
            tokens,
            dates,
            quantities,
            addresses,
            counted,
            quoted,
        }
    }

    /// The tokens that carry meaning, with their places.
    pub(super) fn content(&self) -> impl Iterator<Item = (usize, &Token)> {
        let all = self.tokens.iter().enumerate();
        all.filter(|(_, token)| token.is_content())
    }

    /// Whether one of the tokens is a form of this word.
    pub(super) fn has(&self, folded: &str) -> bool {
        self.find(folded).next().is_some()
    }

    /// Places of the forms of a word.
    pub(super) fn find<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = usize> + 'a {
        let all = self.tokens.iter().enumerate();
        all.filter(|(_, token)| !matches!(token.kind, Kind::Mark | Kind::Sign))
            .filter(|(_, token)| super::token::related(&token.folded, folded))
            .map(|(at, _)| at)
    }

    /// The clause that a token stands in: what lies between commas, semicolons, brackets and dashes.
    pub(super) fn clause(&self, at: usize) -> Range<usize> {
        let parts = |token: &Token| token.kind == Kind::Mark && token.folded != "/";
        let start = self.tokens[..at]
            .iter()
            .rposition(parts)
            .map_or(0, |mark| mark + 1);
        let end = self.tokens[at..]
            .iter()
            .position(parts)
            .map_or(self.tokens.len(), |mark| at + mark);
        start..end
    }
}

/// Stretches of a text between quotation marks, in scalar values. A mark that is never closed quotes to the end of its
/// paragraph.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut open: Option<(char, usize)> = None;
    for (at, &letter) in letters.iter().enumerate() {
        // A straight mark opens where a space goes before it and none after, whatever was left open before.
        let blank = |letter: Option<&char>| {
            letter.is_none_or(|letter| letter.is_whitespace() || matches!(letter, '(' | '['))
        };
        let opens = match letter {
            '“' | '„' => Some('”'),
            '«' => Some('»'),
            '"' if blank(at.checked_sub(1).map(|before| &letters[before]))
                && !blank(letters.get(at + 1)) =>
            {
                Some('”')
            }
            '‘' | '\'' if open.is_none() && opens_single(&letters, at) => Some('’'),
            _ => None,
        };
        match (open, opens) {
            (before, Some(close)) => {
                if let (Some((_, start)), '"') = (before, letter) {
                    found.push(start..at);
                }
                open = Some((close, at + 1));
            }
            (Some((close, start)), None)
                if letter == close && close != '’'
                    || close == '”' && letter == '"'
                    || close == '’' && closes_single(&letters, at)
                    || letter == '\n' =>
            {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|(_, start)| start..letters.len()));
    found
}

/// Whether a mark that may be an apostrophe ends a quotation: no letter or digit follows it, and no blank goes before it.
fn closes_single(letters: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| letters[before]);
    matches!(letters[at], '’' | '\'')
        && before.is_some_and(|before| !before.is_whitespace())
        && !letters
            .get(at + 1)
            .is_some_and(|next| next.is_alphanumeric())
}

/// Whether a mark that may be an apostrophe begins a quotation: a letter follows it, a blank or a mark goes before it, and
/// its paragraph has one that ends it, after more than a word (« 'n' », "'em").
fn opens_single(letters: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| letters[before]);
    let starts = before
        .is_none_or(|before| before.is_whitespace() || matches!(before, '(' | '[' | ':' | ','))
        && letters.get(at + 1).is_some_and(|next| next.is_alphabetic());
    let paragraph = letters[at + 1..]
        .iter()
        .take_while(|letter| **letter != '\n')
        .count();
    let mut ends = (at + 2..=at + paragraph).filter(|&end| closes_single(letters, end));
    starts
        && ends.any(|end| {
            letters[at + 1..end]
                .iter()
                .any(|letter| letter.is_whitespace())
        })
}
