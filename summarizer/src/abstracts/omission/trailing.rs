//! Clauses at the end of a sentence: additions, relative clauses, and who says so.

use super::lexicon::{
    ADDITIONS, ATTRIBUTIONS, CONJUNCTIONS, EXAMPLES, OFFICES, PLACING, RELATIVES, SAID,
    SUBORDINATORS, has, is_doubtful,
};
use super::signs::Signs;
use super::{FEWEST, elided};
use crate::sentence::Span;

/// What kind of clause at the end of a sentence is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// ", which …", ", adding that …", ", tandis que …".
    Addition,
    /// ", said the mayor", ", selon le maire".
    Attribution,
}

/// The clause from the last comma to the full stop, which stays. One before another comma may be followed by the verb of what it
/// is about.
pub(super) fn trailing(signs: &Signs, kind: Kind) -> Option<Span> {
    let stop = signs.stop?;
    let &comma = signs.commas.last()?;
    let words = signs.words(comma + 1, stop);
    let first = words.first()?.to_lowercase();
    let fits = match kind {
        Kind::Addition => {
            let opens = [ADDITIONS, RELATIVES, EXAMPLES];
            words.len() >= 3 && opens.iter().any(|list| has(list, &first))
        }
        // Words in quotation marks need whoever said them, and so does what may not be so.
        Kind::Attribution => {
            let head = signs.words(0, comma);
            !signs.has_quotes
                && attributes(&words, signs.commas.len() == 1)
                && !head.iter().any(|word| is_doubtful(&word.to_lowercase()))
        }
    };
    // "… of Lumen Inc., which …": the stop of the abbreviation ends the sentence.
    let stopped = signs.chars[comma - 1] == '.';
    (fits && is_whole(signs, comma)).then(|| Span {
        start: comma,
        end: stop + usize::from(stopped),
    })
}

/// "selon la mairie", which speaks for itself as others may not; after the `only` comma of a sentence also "said the mayor of
/// Oslo", "a indiqué le maire": after a second one the verb may be that of an apposition ("Ada Lind, the mayor, said …").
fn attributes(words: &[String], only: bool) -> bool {
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let said = |at: usize| lower.get(at).is_some_and(|word| has(SAID, word));
    let auxiliary = matches!(lower[0].as_str(), "a" | "ont" | "avait" | "has" | "had");
    let reports = lower
        .iter()
        .any(|word| matches!(word.as_str(), "that" | "que"));
    let verb = said(0) || (auxiliary && said(1)) || (lower.len() <= 5 && said(lower.len() - 1));
    // "a statement of the mayor", not "a friend of the mayor".
    let speaker = lower
        .iter()
        .take_while(|word| !has("of de du des d'", &elided(word)));
    let by_office = speaker.skip(1).any(|word| has(OFFICES, elided_from(word)));
    lower.len() <= 16 && !reports && ((has(ATTRIBUTIONS, &lower[0]) && by_office) || (only && verb))
}

/// "agence" of "l’agence".
fn elided_from(word: &str) -> &str {
    word.split_once(['’', '\''])
        .map_or(word, |(article, noun)| {
            if article.chars().count() == 1 {
                noun
            } else {
                word
            }
        })
}

/// Whether the sentence up to `comma` can stand alone.
fn is_whole(signs: &Signs, comma: usize) -> bool {
    let head = signs.words(0, comma);
    let Some(first) = head.first().map(|word| word.to_lowercase()) else {
        return false;
    };
    let enough = head.len() >= FEWEST;
    if !enough || has(CONJUNCTIONS, &head[head.len() - 1].to_lowercase()) {
        return false;
    }
    // "It is Ada Lind, the mayor, who …" says what it says in the clause.
    let cleft = head.windows(2).any(|pair| {
        let pair = [pair[0].to_lowercase(), pair[1].to_lowercase()];
        matches!(pair[0].as_str(), "c'est" | "c’est")
            || pair == ["ce", "sont"]
            || pair == ["it", "is"]
    });
    if cleft && has(RELATIVES, &signs.word_after(comma).to_lowercase()) {
        return false;
    }
    // "When the bridge, …" has no main clause yet; "When the bridge opened, the mayor spoke, …" has.
    let subordinate = has(SUBORDINATORS, &first)
        || has(PLACING, &first)
        || first.ends_with("ing")
        || first.ends_with("ant");
    let main = signs
        .commas
        .iter()
        .rfind(|&&other| other < comma)
        .is_some_and(|&other| signs.words(other + 1, comma).len() >= 4);
    !subordinate || main
}
