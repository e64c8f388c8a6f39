//! What stands between quotation marks must have been said, and by whom it is said to have been.

use super::name::{is_title, names};
use super::reading::Reading;
use super::token::{Kind, Token, related};

/// Words from which on a quotation must stand between quotation marks in the source too; shorter ones may quote a term.
const SAID: usize = 4;

/// Sentences between a quotation and the name of its speaker, at most, where its own sentence names none.
const NEAR: usize = 3;

/// Words between a name and the word by which somebody is quoted, at most.
const REACH: usize = 3;

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

/// Whether the one whom the output says to have said it is named in the sentence that quotes it, if both tell who speaks; else
/// whether a name of the output stands near. An output that names nobody outside the quotation says it of nobody.
fn spoken_by_them(output: &Reading, source: &[Reading], places: &[(usize, usize)]) -> bool {
    let told = speakers(output);
    let named: Vec<usize> = unquoted(output).collect();
    if named.is_empty() {
        return true;
    }
    let said_by = |reading: &Reading| {
        let names = || unquoted(reading).map(|at| reading.tokens[at].folded.as_str());
        let mut told = told.iter().map(|&at| output.tokens[at].folded.as_str());
        told.any(|word| names().any(|name| related(name, word)))
    };
    let near = |reading: &Reading| {
        let mut named = named.iter();
        named.any(|&at| reading.has(&output.tokens[at].folded))
    };
    places.iter().any(|&(first, last)| {
        let own = &source[first..=last];
        if !told.is_empty() && own.iter().any(|reading| !speakers(reading).is_empty()) {
            return own.iter().any(said_by);
        }
        let around = first.saturating_sub(NEAR)..(last + NEAR + 1).min(source.len());
        source[around].iter().any(near)
    })
}

/// Names outside quotations.
fn unquoted(reading: &Reading) -> impl Iterator<Item = usize> + '_ {
    names(reading).filter(|&at| !reading.quoted[at] && reading.tokens[at].kind != Kind::Acronym)
}

/// Words by which somebody is quoted.
const SAYS: &str = "said says say added adds told tells declared wrote writes warned insisted replied recalled explained stated \
    announced argued dit declare affirme explique ajoute precise indique souligne rappelle assure confie lance repond raconte \
    ecrit poursuit";

/// What may stand between such a word and the name: "said Mayor Ada Lind", but not "said the mayor of Tarn".
fn goes_on(token: &Token) -> bool {
    token.kind != Kind::Mark
        && !matches!(
            token.folded.as_str(),
            "of" | "in"
                | "at"
                | "on"
                | "for"
                | "to"
                | "from"
                | "de"
                | "du"
                | "d"
                | "a"
                | "au"
                | "aux"
                | "en"
        )
}

/// The names that stand right by a word by which somebody is quoted.
fn speakers(reading: &Reading) -> Vec<usize> {
    let tokens = &reading.tokens;
    let says = |at: usize| {
        let mut words = SAYS.split_ascii_whitespace();
        !reading.quoted[at] && words.any(|word| word == tokens[at].folded)
    };
    let by = |name: usize| {
        let before = (name.saturating_sub(REACH)..name).rev();
        let mut before = before.take_while(|&at| goes_on(&tokens[at]));
        let after = name + 1..(name + 1 + REACH).min(tokens.len());
        // « a déclaré »: the auxiliary is none of what parts a name from its verb.
        let mut after = after.take_while(|&at| goes_on(&tokens[at]) || tokens[at].folded == "a");
        before.any(says) || after.any(says)
    };
    let all = unquoted(reading).filter(|&at| !is_title(&tokens[at].folded));
    all.filter(|&name| by(name)).collect()
}
