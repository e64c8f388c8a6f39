//! Proper names and acronyms: each must stand in the source, with those it is put together with there too.

use super::reading::Reading;
use super::token::{Kind, Token, related};
use super::{date, lexicon};

/// Tokens between two parts of one name, at most.
const APART: usize = 3;

/// Tokens between a name and the office of its bearer, at most.
const OFFICE: usize = 14;

/// Why a name may not stand where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    /// The source does not have it.
    Unknown(String),
    /// The source has both, but does not say one of the other.
    Torn(String),
    /// What one did to the other is told the other way round.
    Swapped(String),
}

/// The first name that the source does not license.
pub(super) fn wrong(output: &Reading, source: &[Reading]) -> Option<Wrong> {
    unknown(output, source)
        .or_else(|| torn(output, source))
        .or_else(|| swapped(output, source))
}

/// Places of the names of a sentence: what begins with a capital and is neither a date, a number nor a word that begins
/// the sentence only.
pub(super) fn names(reading: &Reading) -> impl Iterator<Item = usize> + '_ {
    let all = reading.tokens.iter().enumerate();
    all.filter(|(at, token)| {
        token.is_capital()
            && !reading.counted[*at]
            && token.folded.chars().count() > 1
            && date::weekday(&token.folded).is_none()
            && !lexicon::is_function_word(&token.folded)
    })
    .map(|(at, _)| at)
}

fn unknown(output: &Reading, source: &[Reading]) -> Option<Wrong> {
    let known = |at: usize| {
        let token = &output.tokens[at];
        let of_person = is_part_of_name(output, at);
        let same_name = |one: &Token, other: &Token| match of_person {
            true => one.folded == other.folded || is_of_place(one, other),
            false => same_name(one, other),
        };
        let everywhere = || source.iter().flat_map(|reading| &reading.tokens);
        let form_of = |other: &Token| {
            token.first && !other.is_capital() && related(&other.folded, &token.folded)
        };
        // A sentence may begin with a word of the model's own.
        let opens = token.first && lexicon::opens(&token.folded);
        opens
            || everywhere()
                .any(|other| same_name(token, other) || common_noun(token, other) || form_of(other))
            || token.kind == Kind::Acronym
                && source.iter().any(|reading| spells(reading, &token.raw))
    };
    let at = names(output).find(|&at| !known(at))?;
    Some(Wrong::Unknown(output.tokens[at].raw.clone()))
}

/// Whether two names are one: letter for letter, or one the adjective or the plural of the other.
fn same_name(one: &Token, other: &Token) -> bool {
    if one.folded == other.folded {
        return true;
    }
    if !other.is_capital() && !one.is_capital() {
        return false;
    }
    let shared = one
        .folded
        .chars()
        .zip(other.folded.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let rest = |token: &Token| token.folded.chars().skip(shared).collect::<String>();
    let (mine, theirs) = (rest(one), rest(other));
    let plural = |rest: &str| matches!(rest, "" | "s");
    shared >= 3 && (plural(&mine) && plural(&theirs))
        || shared >= 4
            && (is_adjective(&mine) && is_stem(&theirs) || is_adjective(&theirs) && is_stem(&mine))
}

/// Whether another part of a name stands beside one: "Martine Dupont" is not "Martin Dupont", though "Lumens" may be "Lumen".
fn is_part_of_name(output: &Reading, at: usize) -> bool {
    let is_part = |beside: usize| {
        let token = &output.tokens[beside];
        let plain = token.kind == Kind::Capital && !token.first && !output.counted[beside];
        plain && !lexicon::is_function_word(&token.folded) && !is_title(&token.folded)
    };
    let before = at.checked_sub(1).is_some_and(|before| {
        let first = &output.tokens[before];
        is_part(before)
            || first.first
                && first.kind == Kind::Capital
                && !is_title(&first.folded)
                && first.is_content()
    });
    before || at + 1 < output.tokens.len() && is_part(at + 1)
}

/// Offices that stand before names: what stands before one is no name's part ("Italian President").
pub(super) fn is_title(word: &str) -> bool {
    const TITLES: &str = "mr mrs ms dr sir dame lord lady president prime minister mayor governor senator king queen prince \
        princess pope professor chancellor secretary general captain judge director chief chairman premier ministre maire \
        presidente roi reine pape professeur senateur deputy";
    TITLES.split_ascii_whitespace().any(|other| other == word)
}

/// Whether one is an adjective of the other, which is the name of a place: "Italian" and "Italy", "Russian" and "Russia".
fn is_of_place(one: &Token, other: &Token) -> bool {
    let long = [
        "ian", "ians", "ish", "ese", "ais", "aise", "aises", "ois", "oise", "oises", "ien",
        "ienne", "iens", "iennes",
    ];
    let of_place = |word: &str| {
        long.iter().any(|ending| word.ends_with(ending))
            || word.ends_with("can")
            || word.ends_with("cans")
    };
    // "Marie" and "Marian".
    let woman = |one: &str, other: &str| one.ends_with("ian") && other.ends_with("ie");
    same_name(one, other)
        && (of_place(&one.folded) || of_place(&other.folded))
        && !woman(&one.folded, &other.folded)
        && !woman(&other.folded, &one.folded)
}

/// Endings that make an adjective of the name of a place.
fn is_adjective(ending: &str) -> bool {
    matches!(
        ending,
        "n" | "ns"
            | "an"
            | "ans"
            | "ian"
            | "ians"
            | "ean"
            | "ish"
            | "ese"
            | "er"
            | "ers"
            | "ais"
            | "aise"
            | "aises"
            | "ois"
            | "oise"
            | "oises"
            | "ien"
            | "ienne"
            | "iens"
            | "iennes"
            | "ain"
            | "aine"
            | "ains"
            | "e"
            | "enne"
            | "ennes"
            | "ens"
            | "en"
    )
}

/// What such endings take the place of.
fn is_stem(ending: &str) -> bool {
    matches!(ending, "" | "e" | "y" | "a" | "ia" | "ie" | "s" | "ain")
}

/// Whether a word with a capital is a common noun of the source ("Director" for "director").
fn common_noun(one: &Token, other: &Token) -> bool {
    one.kind == Kind::Capital && other.kind == Kind::Word && related(&one.folded, &other.folded)
}

/// Whether words that follow one another in the source begin with the letters of an acronym.
fn spells(reading: &Reading, acronym: &str) -> bool {
    let letters: Vec<char> = acronym
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&Token> = reading
        .tokens
        .iter()
        .filter(|token| !matches!(token.kind, Kind::Mark | Kind::Sign | Kind::Number))
        .collect();
    (0..words.len()).any(|start| {
        let mut wanted = letters.iter().peekable();
        let mut capitals = 0;
        for word in &words[start..] {
            let Some(next) = wanted.peek() else { break };
            if word.folded.starts_with(**next) {
                capitals += usize::from(word.is_capital());
                wanted.next();
            } else if !lexicon::is_function_word(&word.folded) || word.is_capital() {
                return false;
            }
        }
        wanted.peek().is_none() && letters.len() >= 2 && capitals >= 1
    })
}

/// Two parts of a name, or an office and a name, that the source does not put together.
fn torn(output: &Reading, source: &[Reading]) -> Option<Wrong> {
    let together = |one: &Token, other: &Token, apart: usize| {
        source.iter().any(|reading| {
            let places = |token: &Token| -> Vec<usize> {
                let all = reading.tokens.iter().enumerate();
                all.filter(|(_, found)| {
                    same_name(token, found)
                        || common_noun(token, found)
                        || !token.is_capital() && related(&token.folded, &found.folded)
                })
                .map(|(at, _)| at)
                .collect()
            };
            let (one, other) = (places(one), places(other));
            one.iter()
                .any(|&a| other.iter().any(|&b| a != b && a.abs_diff(b) <= apart))
        })
    };
    // Whether the source says the word of a bearer of another name, as it does an office.
    let said_of_others = |word: &Token, name: &Token| {
        source.iter().any(|reading| {
            reading.find(&word.folded).any(|at| {
                let after = reading.tokens[at + 1..].iter().take(APART);
                after
                    .take_while(|token| token.kind != Kind::Mark)
                    .any(|token| token.is_capital() && !same_name(token, name))
            })
        })
    };
    for at in names(output) {
        let name = &output.tokens[at];
        let Some(before) = at.checked_sub(1).map(|before| &output.tokens[before]) else {
            continue;
        };
        if !before.is_content() || output.counted[at - 1] || date::weekday(&before.folded).is_some()
        {
            continue;
        }
        let is_name = before.is_capital()
            && !source
                .iter()
                .flat_map(|reading| &reading.tokens)
                .any(|other| common_noun(before, other));
        let both_known = || {
            let exact = |token: &Token| {
                let mut all = source.iter().flat_map(|reading| &reading.tokens);
                all.any(|other| other.is_capital() && other.folded == token.folded)
            };
            exact(before) && exact(name)
        };
        let (apart, suspect) = if is_name {
            (APART, both_known())
        } else {
            (OFFICE, said_of_others(before, name))
        };
        if suspect && !together(before, name, apart) {
            return Some(Wrong::Torn(format!("{} {}", before.raw, name.raw)));
        }
    }
    None
}

/// Two names close around a word that the source has close around the same word, the other way round.
fn swapped(output: &Reading, source: &[Reading]) -> Option<Wrong> {
    let common = |at: usize| {
        let token = &output.tokens[at];
        token.first
            && source
                .iter()
                .flat_map(|reading| &reading.tokens)
                .any(|other| common_noun(token, other))
    };
    let places: Vec<usize> = names(output).filter(|&at| !common(at)).collect();
    for (index, &one) in places.iter().enumerate() {
        for &other in &places[index + 1..] {
            let between = output
                .content()
                .filter(|(at, token)| (one + 1..other).contains(at) && token.kind == Kind::Word);
            for (at, token) in between.filter(|(at, _)| close(one, *at, other)) {
                let pair = [&output.tokens[one], &output.tokens[other]];
                let told: Vec<bool> = source
                    .iter()
                    .filter_map(|reading| told(reading, pair, token))
                    .collect();
                if !told.is_empty() && told.iter().all(|told| *told == passive(output, at)) {
                    let names = format!("{} {} {}", pair[0].raw, token.raw, pair[1].raw);
                    return Some(Wrong::Swapped(names));
                }
            }
        }
    }
    None
}

/// Whether two names stand right around a word, but for a title, an auxiliary or a comma.
fn close(one: usize, word: usize, other: usize) -> bool {
    let (first, last) = (one.min(other), one.max(other));
    first < word && word < last && word - first <= APART && last - word <= APART + 1
}

/// Whether a sentence with both names close around the word tells that the first does it to the second.
fn told(reading: &Reading, [one, other]: [&Token; 2], word: &Token) -> Option<bool> {
    let places = |token: &Token| -> Vec<usize> {
        let all = reading.tokens.iter().enumerate();
        all.filter(|(_, found)| same_name(token, found))
            .map(|(at, _)| at)
            .collect()
    };
    let (ones, others) = (places(one), places(other));
    reading.find(&word.folded).find_map(|at| {
        let pairs = ones
            .iter()
            .flat_map(|&one| others.iter().map(move |&other| (one, other)));
        let (one, other) = pairs
            .into_iter()
            .find(|&(one, other)| close(one, at, other))?;
        Some(passive(reading, at) == (one > other))
    })
}

/// Whether the doer follows: "praised by".
fn passive(reading: &Reading, at: usize) -> bool {
    let mut next = reading.tokens.iter().skip(at + 1).take(2);
    next.any(|token| matches!(token.folded.as_str(), "by" | "par"))
}
