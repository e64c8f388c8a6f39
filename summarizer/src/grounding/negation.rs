//! What a sentence denies: "no road would be closed", "n'a pas établi de lien", "without a receipt".

use super::denial::{Denial, is_denial, only_wants, same_verb, takes_back};
use super::reading::Reading;
use super::token::{Kind, Token, related};

/// A negation in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Negation {
    /// The word that denies.
    pub(super) at: usize,
    /// Words denied: up to three after it, and in French what stands between "ne" and "pas".
    pub(super) denied: Vec<usize>,
    /// Words before it in its clause, which it is said of.
    pub(super) subject: Vec<usize>,
}

/// Words denied, at most.
const SCOPE: usize = 3;

/// Share of the words of a sentence that a sentence of the source must have for its negations to count.
const ALIKE: f64 = 0.25;

/// The negations of a sentence.
pub(super) fn negations(tokens: &[Token]) -> Vec<Negation> {
    let denies = (0..tokens.len()).filter(|&at| is_negator(tokens, at));
    denies.map(|at| negation(tokens, at)).collect()
}

fn is_negator(tokens: &[Token], at: usize) -> bool {
    let word = tokens[at].folded.as_str();
    match word {
        "not" => tokens.get(at + 1).is_none_or(|next| next.folded != "only"),
        "no" | "never" | "nobody" | "nothing" | "without" | "neither" | "nor" | "cannot"
        | "none" => true,
        "pas" | "jamais" | "aucun" | "aucune" | "sans" | "ni" => true,
        "plus" | "rien" | "personne" | "guere" => {
            let near = at.saturating_sub(4)..(at + 3).min(tokens.len());
            tokens[near]
                .iter()
                .any(|token| matches!(token.folded.as_str(), "ne" | "n"))
        }
        _ => false,
    }
}

/// What the word at a place denies, if it is one that denies.
pub(super) fn negation(tokens: &[Token], at: usize) -> Negation {
    let parts = |token: &Token| token.kind == Kind::Mark;
    let start = tokens[..at]
        .iter()
        .rposition(parts)
        .map_or(0, |mark| mark + 1);
    let end = tokens[at..]
        .iter()
        .position(parts)
        .map_or(tokens.len(), |mark| at + mark);
    let content = |range: std::ops::Range<usize>| range.filter(|&at| tokens[at].is_content());
    let ne = (at.saturating_sub(4).max(start)..at)
        .rev()
        .find(|&at| matches!(tokens[at].folded.as_str(), "ne" | "n"));
    let mut denied: Vec<usize> = ne
        .map(|ne| content(ne + 1..at).collect())
        .unwrap_or_default();
    denied.extend(content(at + 1..end).take(SCOPE));
    let mut subject: Vec<usize> = content(start..ne.unwrap_or(at)).collect();
    subject.reverse();
    subject.truncate(SCOPE);
    if denied.is_empty() {
        // "A receipt is needed by nobody": what stands before it is all there is.
        denied.clone_from(&subject);
    }
    Negation {
        at,
        denied,
        subject,
    }
}

/// What an output denies and the source does not, or the other way round; as a word of the output.
pub(super) fn flipped(output: &Reading, near: &[&Reading], all: &[Reading]) -> Option<String> {
    denied_without_reason(output, all).or_else(|| asserted_against(output, near, all))
}

fn denied_without_reason(output: &Reading, all: &[Reading]) -> Option<String> {
    let licensed = |negation: &Negation| {
        let word = |&at: &usize| output.tokens[at].folded.as_str();
        let spoken: Vec<&str> = negation.denied.iter().map(word).collect();
        all.iter()
            .filter(|source| alike(output, source))
            .any(|source| {
                source
                    .negations
                    .iter()
                    .any(|other| denies_the_same(source, other, &spoken))
                    || denies_in_other_words(source, &spoken)
            })
    };
    let unlicensed = output
        .negations
        .iter()
        .find(|negation| !licensed(negation))?;
    let denied = unlicensed
        .denied
        .first()
        .map_or("", |&at| output.tokens[at].raw.as_str());
    Some(
        format!("{} {denied}", output.tokens[unlicensed.at].raw)
            .trim()
            .to_owned(),
    )
}

/// Whether a sentence of the source is about the same, so that its negations count: one word of the many may be chance.
fn alike(output: &Reading, source: &Reading) -> bool {
    let words = output.content().count();
    let shared = output
        .content()
        .filter(|(_, token)| source.has(&token.folded))
        .count();
    shared > 1 && shared as f64 >= ALIKE * words as f64 || words <= 2 && shared > 0
}

/// Whether a negation of the source denies the first of these words, or two of them.
fn denies_the_same(source: &Reading, negation: &Negation, spoken: &[&str]) -> bool {
    let has = |places: &[usize], word: &str| {
        places
            .iter()
            .any(|&at| related(&source.tokens[at].folded, word))
    };
    let short = negation.denied.len() <= 1;
    let first = spoken
        .first()
        .is_none_or(|word| has(&negation.denied, word) || short && has(&negation.subject, word));
    let both = |word: &&&str| has(&negation.denied, word) || has(&negation.subject, word);
    first || spoken.iter().filter(both).count() > 1
}

/// Whether a sentence denies these words by a verb or an adjective: "the ban on…", "refused to…".
fn denies_in_other_words(source: &Reading, spoken: &[&str]) -> bool {
    let denies = source.tokens.iter().any(|token| is_denial(&token.folded));
    denies && spoken.iter().any(|word| source.has(word))
}

fn asserted_against(output: &Reading, near: &[&Reading], all: &[Reading]) -> Option<String> {
    for source in near {
        for negation in &source.negations {
            let clause = source.clause(negation.at);
            if denied_in(source, &clause) > 1 {
                continue;
            }
            if let Some(word) = asserts(output, source, negation, all) {
                return Some(word);
            }
        }
        for denial in &source.denials {
            let clause = source.clause(denial.negation.at);
            if denied_in(source, &clause) > 1 {
                continue;
            }
            if let Some(word) = affirms(output, source, denial, all) {
                return Some(word);
            }
        }
    }
    None
}

/// How often a stretch of a sentence denies: twice is an assertion, or hard to tell.
fn denied_in(source: &Reading, clause: &std::ops::Range<usize>) -> usize {
    let negations = source.negations.iter().map(|negation| negation.at);
    let denials = source.denials.iter().map(|denial| denial.negation.at);
    negations
        .chain(denials)
        .filter(|at| clause.contains(at))
        .count()
}

/// The word of the output that says what a denial without a "not" denies: its verb and another word, or, of a clause, all
/// of its words; if the output takes nothing back and no other sentence of the source says it too.
fn affirms(output: &Reading, source: &Reading, denial: &Denial, all: &[Reading]) -> Option<String> {
    let word = |at: &usize| source.tokens[*at].folded.as_str();
    let spoken = |at: &usize| {
        let mut tokens = output.tokens.iter();
        tokens.any(|token| same_verb(word(at), &token.folded))
    };
    let Denial { negation, of_verb } = denial;
    let (head, rest) = negation.denied.split_first()?;
    // Of a clause, names may be left out: "few residents of Northport support…".
    let rest: Vec<&usize> = rest
        .iter()
        .filter(|at| *of_verb || !source.tokens[**at].is_capital())
        .collect();
    let others: Vec<&usize> = rest.iter().copied().filter(|at| spoken(at)).collect();
    let about: Vec<&usize> = negation.subject.iter().filter(|at| spoken(at)).collect();
    let enough = match of_verb {
        true => rest.is_empty() || !others.is_empty(),
        false => !rest.is_empty() && others.len() == rest.len(),
    };
    let places = |of: &usize| {
        let word = word(of).to_owned();
        let said = move |at: &usize| same_verb(&word, &output.tokens[*at].folded);
        (0..output.tokens.len()).filter(said)
    };
    let mut all_places = others.iter().copied().chain([head]).flat_map(places);
    if !enough || others.is_empty() && about.is_empty() || all_places.any(|at| is_open(output, at))
    {
        return None;
    }
    let place = places(head).next()?;
    let words = others.into_iter().chain(about).chain([head]);
    let words: Vec<&str> = words.map(word).collect();
    let elsewhere = all.iter().any(|other| {
        other.span != source.span
            && other.negations.is_empty()
            && other.denials.is_empty()
            && words.iter().all(|word| {
                other
                    .tokens
                    .iter()
                    .any(|token| same_verb(word, &token.folded))
            })
    });
    (!elsewhere).then(|| output.tokens[place].raw.clone())
}

/// Whether a sentence does not assert what its word at a place says: it denies it, takes it back or only wants it.
fn is_open(output: &Reading, place: usize) -> bool {
    let clause = output.clause(place);
    let denials = output.denials.iter().map(|denial| &denial.negation);
    let mut own = output.negations.iter().chain(denials);
    let before = place.saturating_sub(3).max(clause.start)..place;
    own.any(|own| clause.contains(&own.at) || own.denied.contains(&place))
        || output.tokens[clause]
            .iter()
            .any(|token| takes_back(&token.folded))
        || output.tokens[before]
            .iter()
            .any(|token| only_wants(&token.folded))
}

/// The word of the output that says what the negation denies, if none of the output's own negations covers it and no
/// other sentence of the source says it too.
fn asserts(
    output: &Reading,
    source: &Reading,
    negation: &Negation,
    all: &[Reading],
) -> Option<String> {
    let spoken = |at: &usize| {
        let word = source.tokens[*at].folded.as_str();
        output.find(word).next().map(|place| (word, place))
    };
    let denied: Vec<(&str, usize)> = negation.denied.iter().filter_map(spoken).collect();
    let subject = negation
        .subject
        .iter()
        .filter(|at| !negation.denied.contains(at));
    let about: Vec<(&str, usize)> = subject.filter_map(spoken).collect();
    let &(head, place) = denied.first()?;
    let all_said = denied.len() == negation.denied.len();
    if denied.len() + about.len() < 2
        && !(all_said && negation.denied.len() == 1 && negation.subject.is_empty())
    {
        return None;
    }
    let is_head = negation
        .denied
        .first()
        .is_some_and(|&at| source.tokens[at].folded == head);
    let words = negation.denied.len()
        + negation
            .subject
            .iter()
            .filter(|at| !negation.denied.contains(at))
            .count();
    if !(is_head || denied.len() > 1) || (denied.len() + about.len()) * 2 < words {
        return None;
    }
    let clause = output.clause(place);
    let denies = output.negations.iter().any(|own| {
        clause.contains(&own.at)
            || own
                .denied
                .iter()
                .chain(&own.subject)
                .any(|at| denied.iter().any(|(_, place)| place == at))
    }) || output.tokens[clause]
        .iter()
        .any(|token| is_denial(&token.folded));
    if denies {
        return None;
    }
    let words: Vec<&str> = denied.iter().chain(&about).map(|(word, _)| *word).collect();
    let elsewhere = all.iter().any(|other| {
        other.span != source.span
            && other.negations.is_empty()
            && words.iter().all(|word| other.has(word))
    });
    (!elsewhere).then(|| output.tokens[place].raw.clone())
}
