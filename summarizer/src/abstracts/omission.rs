//! What a sentence can do without: the word for the day of the article, asides, appositions and trailing clauses that
//! can be deleted with the rest still a sentence and still true.
//!
//! Nothing is added and no letter is changed: what is left is made of stretches of the sentence. Where the rules are
//! unsure they find nothing. English and French are read by the same rules; only the words that open a clause are listed.

mod aside;
mod lexicon;
mod signs;
mod trailing;

use crate::sentence::Span;
use aside::{between_dashes, brackets};
use lexicon::{
    ADDITIONS, ARTICLES, BINDING, CONJUNCTIONS, DAYS, DAYS_BESIDE, MONTHS, PLACING, RELATIVES,
    SAID, SUBORDINATORS, VERBS, WEEKDAYS, has,
};
use signs::Signs;
use trailing::{Kind, trailing};

/// The longest aside between brackets, dashes or commas, in characters.
const LONGEST: usize = 140;

/// The fewest words that a sentence keeps.
const FEWEST: usize = 6;

/// Longer ones are no sentences, and are not read.
const LONGEST_SENTENCE: usize = 1500;

/// What can be left out of a sentence.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Omissions {
    /// Stretches of it, the one that loses least first. They may overlap; any that are left out together, from the first
    /// on, leave a sentence. Counted from the start of the sentence.
    pub(super) spans: Vec<Span>,
    /// How many of them, from the first on, tell a day by the day of the article.
    pub(super) days: usize,
}

/// What can be left out of a sentence.
pub(super) fn omissions(sentence: &str) -> Omissions {
    if sentence.chars().nth(LONGEST_SENTENCE).is_some() {
        return Omissions::default();
    }
    let signs = Signs::of(sentence);
    let mut found = days(&signs);
    let of_days = found.len();
    found.extend(brackets(&signs));
    found.extend(appositions(&signs));
    found.extend(between_dashes(&signs));
    found.extend(trailing(&signs, Kind::Addition));
    found.extend(trailing(&signs, Kind::Attribution));
    let mut kept = Omissions::default();
    for (index, span) in found.into_iter().enumerate() {
        if words_left(&signs, &kept.spans, span) >= FEWEST {
            kept.spans.push(span);
            kept.days += usize::from(index < of_days);
        }
    }
    kept
}

/// Words of the sentence outside `omitted` and `next`.
fn words_left(signs: &Signs, omitted: &[Span], next: Span) -> usize {
    let covered = |at: usize| {
        omitted
            .iter()
            .chain([&next])
            .any(|span| span.start <= at && at < span.end)
    };
    let left: String = signs
        .chars
        .iter()
        .enumerate()
        .map(|(at, &c)| if covered(at) { ' ' } else { c })
        .collect();
    left.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

/// " today" in "announced today that": the article's date says it, and a reader of another day would be misled. And
/// " yesterday," in "opened yesterday, Thursday, April 1,": the date is told beside it.
fn days(signs: &Signs) -> Vec<Span> {
    let chars = &signs.chars;
    let mut found = Vec::new();
    for start in (1..chars.len()).filter(|&at| chars[at].is_whitespace() && !signs.quoted[at]) {
        let inside = |c: &char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
        let length = chars[start + 1..].iter().take_while(|c| inside(c)).count();
        let end = start + 1 + length;
        let word: String = chars[start + 1..end].iter().collect();
        let own = has(DAYS, &word);
        let told = chars.get(end) == Some(&',') && tells_date(signs, end + 1);
        if ((own && leads_on(signs, end)) || (told && (own || has(DAYS_BESIDE, &word))))
            && chars[start - 1].is_alphanumeric()
            && !is_bound(&signs.words(0, start))
        {
            // The comma goes with the word.
            found.push(Span {
                start,
                end: end + usize::from(told),
            });
        }
    }
    found
}

/// Whether a date begins at `start`: "Thursday, April 1", "April 1, 2024", "1er avril".
fn tells_date(signs: &Signs, start: usize) -> bool {
    let words = signs.words(start, (start + 40).min(signs.chars.len()));
    let word = |at: usize| {
        words
            .get(at)
            .map_or(String::new(), |word| word.to_lowercase())
    };
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let (first, second) = (word(0), word(1));
    has(WEEKDAYS, &first)
        || (has(MONTHS, &first) && is_number(&second))
        || (is_number(&first) && has(MONTHS, &second))
}

/// Whether the last of these words belongs to a day that follows: "of today", "is today".
fn is_bound(before: &[String]) -> bool {
    before.last().is_none_or(|word| {
        let word = word.to_lowercase();
        [BINDING, PLACING, CONJUNCTIONS, SUBORDINATORS, VERBS]
            .iter()
            .any(|list| has(list, &word))
    })
}

/// Whether a sentence goes on at `end` as if nothing had stood before: not with what belongs to a day ("today and
/// tomorrow", "today, Thursday").
fn leads_on(signs: &Signs, end: usize) -> bool {
    let next = signs.word_after(end.saturating_sub(1));
    match signs.chars.get(end) {
        Some('.') => signs.stop == Some(end),
        Some(';') => true,
        Some(',') => next.starts_with(char::is_lowercase),
        Some(c) if c.is_whitespace() => {
            next.starts_with(char::is_lowercase)
                && ![CONJUNCTIONS, VERBS].iter().any(|list| has(list, &next))
        }
        _ => false,
    }
}

/// ", director of the school," after a name and before what the named one does.
fn appositions(signs: &Signs) -> Vec<Span> {
    let mut found = Vec::new();
    for pair in signs.commas.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let middle = signs.words(first + 1, second);
        let next = signs.word_after(second);
        // In French "a" is a verb where a participle follows, in English an article.
        let is_verb = next == "a" && is_participle(&signs.words(second + 1, signs.chars.len()));
        let fits = second - first <= LONGEST
            && !middle.is_empty()
            && explains(&middle)
            && next.starts_with(char::is_lowercase)
            && (is_verb
                || ![
                    CONJUNCTIONS,
                    ARTICLES,
                    RELATIVES,
                    ADDITIONS,
                    SUBORDINATORS,
                    PLACING,
                ]
                .iter()
                .any(|list| has(list, &next)))
            // "…, chief of the office, founded in 1990": what follows belongs to what would be left out.
            && !["ée", "ées", "és"].iter().any(|ending| next.ends_with(ending))
            && ends_in_name(&signs.words(0, first))
            && !is_apposition(signs, first);
        // One apposition at a time: after one, its second comma may open a list.
        let apart = found.last().is_none_or(|last: &Span| last.end <= first);
        if fits && apart {
            found.push(Span {
                start: first,
                end: second + 1,
            });
        }
    }
    found
}

fn is_participle(words: &[String]) -> bool {
    words.get(1).is_some_and(|word| {
        word.ends_with('é') || has("dit fait pris mis promis eu reçu rendu perdu remis", word)
    })
}

/// Whether a name is itself between commas ("The minister, Ada Lind, …"): what comes after it is the sentence's verb.
fn is_apposition(signs: &Signs, comma: usize) -> bool {
    let before = signs.commas.iter().rfind(|&&other| other < comma);
    before.is_some_and(|&before| {
        let name = signs.words(before + 1, comma);
        name.iter().all(|word| word.starts_with(char::is_uppercase))
    })
}

/// "director of the school", "la ministre de l’éducation", "77 ans", "who is 34": says who somebody is.
fn explains(middle: &[String]) -> bool {
    let first = middle[0].to_lowercase();
    let is_age = middle.len() <= 3 && first.starts_with(|c: char| c.is_ascii_digit());
    let said = middle.iter().any(|word| has(SAID, &word.to_lowercase()));
    let office = middle
        .iter()
        .any(|word| has("of de du des d’ d' for at l’ l'", &elided(word)));
    let clause = has(RELATIVES, &first);
    let verb = middle.iter().any(|word| has(VERBS, &word.to_lowercase()))
        || ["ait", "aient", "ed", "ing", "ant"]
            .iter()
            .any(|ending| first.ends_with(ending));
    let fits = middle.len() >= 2 && !said && !has(CONJUNCTIONS, &first) && !has(PLACING, &first);
    is_age || (fits && office && (clause || !verb))
}

/// The elided article of "d’Oslo", or the word.
fn elided(word: &str) -> String {
    let lower = word.to_lowercase();
    match lower.split_once(['’', '\'']) {
        Some(("d", _)) => "d'".to_owned(),
        Some(("l", _)) => "l'".to_owned(),
        _ => lower,
    }
}

/// Whether the last two words are a person's name, not preceded by a word that makes a place or a time of it.
fn ends_in_name(before: &[String]) -> bool {
    let named = before
        .iter()
        .rev()
        .take_while(|word| word.starts_with(char::is_uppercase))
        .count();
    let plain =
        before.iter().rev().take(2).all(|word| {
            word.chars().skip(1).any(char::is_lowercase) && !word.contains(['’', '\''])
        });
    let preceded = before
        .len()
        .checked_sub(named + 1)
        .map(|at| before[at].to_lowercase());
    // A capital at the start of a sentence may be that of any word: "Two Lumen engineers", "Last Monday".
    let opens = preceded.is_none();
    let placed = preceded.is_some_and(|word| has(PLACING, &word) || has(CONJUNCTIONS, &word));
    let sure = (2..=4).contains(&named) && plain && !placed;
    sure && !(opens && has(SUBORDINATORS, &before[0].to_lowercase()))
        && !(opens && has(PLACING, &before[0].to_lowercase()))
}

#[cfg(test)]
mod tests;
