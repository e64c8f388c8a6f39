//! Stories: which articles are on the same event, told from what they say and when they were published.

mod names;

use chrono::NaiveDate;

use crate::encoder::Embedding;
use crate::understanding::is_for_multilingual;

pub use names::Names;

/// What of an article tells whether another is on the same event.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// Day of publication, where it is known.
    pub day: Option<NaiveDate>,
    /// ISO 639-1.
    pub language: String,
    /// Where the text lies among others, in each space that it was put in.
    pub places: Vec<Place>,
    /// The names and numbers in it.
    pub names: Names,
}

/// Where a text lies among others.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Name of the model whose space it is; places in different spaces do not compare.
    pub model: String,
    /// Whether texts of different languages lie in it.
    pub multilingual: bool,
    /// The place.
    pub embedding: Embedding,
}

/// Version of the method, stored with what it placed.
pub const METHOD: &str = "story-2";

/// Days that two articles on one event may be apart.
pub const DAYS: i64 = 21;

/// Nearness from which two articles in English are on the same event: their cosine, and [`NAMES`] of the share of
/// their names that both have.
///
/// Cosine alone cannot tell: among one office's releases two receptions of ambassadors have 0.83, two launches in
/// neighbouring counties 0.97, but an opening and a speech at it 0.78. Pairs whose titles do not part, read by eye:
/// - 500,000 pairs of a year of BBC News (1,000 articles, days not known): 53 are as near as this, 50 of them on one
///   affair. From 0.95 there are 102; of the 49 more, about 35 are on one affair, which is what this misses.
/// - 45,000 pairs of a month of CNN (300 of CNN/DailyMail, no titles): 45 and 33. Nine of the twelve that err are one
///   programme's weekly announcement.
/// - 630 pairs of companies' press releases: none, as it should be; the next has 0.92.
const ENGLISH: f64 = 1.02;

/// The same for two articles in another language, which the encoder knows less well: to it all French is alike. Of
/// 245,000 pairs of French news of four years (700 of OrangeSum) seven are as near, five of them on one affair; at 1.02
/// there are 24, and half err.
const OTHER_LANGUAGE: f64 = 1.09;

/// How much of that the names can make up.
const NAMES: f64 = 0.4;

/// Names and numbers that two articles on one event have in common, at least.
const SHARED: usize = 3;

/// Nearness from which two articles in different languages are on the same event: the share of their names that both
/// have, and [`COSINE`] of their cosine.
///
/// The encoder puts an article and its translation anywhere between 0.27 and 0.78, so the names have to tell. Of eleven
/// pairs of a release and its French or English version (one of the samples; ten releases translated for this) all are
/// as near as this, the least 0.87; of 1,157 other pairs of these releases none is, the next 0.78.
const TRANSLATED: f64 = 0.85;

/// How much of that the cosine can make up.
const COSINE: f64 = 0.5;

/// Names and numbers that an article and its translation have in common, at least.
const SHARED_TRANSLATED: usize = 6;

/// How much nearer two articles must be if the day of either is not known: so near are the same event's announcement
/// and opening, or an article and its new version.
const UNDATED: f64 = 0.13;

/// Nearness from which two articles are on the same event in the space of all languages, where unlike texts have
/// cosines of 0.8 and the number line is short: in one language other than English.
const ONE_LANGUAGE_OF_ALL: f64 = 0.985;

/// The same in two languages.
const TRANSLATED_IN_ALL_LANGUAGES: f64 = 0.95;

/// How much of that the names can make up.
const NAMES_IN_ALL_LANGUAGES: f64 = 0.1;

/// How much nearer two articles must be in that space if the day of either is not known.
const UNDATED_IN_ALL_LANGUAGES: f64 = 0.02;

impl Telling {
    /// Whether two articles are on the same event. Each is so with itself; it does not matter which comes first.
    #[must_use]
    pub fn same_event(&self, other: &Self) -> bool {
        if !near(self.day, other.day) {
            return false;
        }
        let Some((multilingual, cosine)) = self.nearness(other) else {
            return false;
        };
        let (shared, share) = self.names.shared(&other.names);
        let one_language = self.language == other.language;
        let bar = Bar::of(multilingual, &self.language, &other.language);
        let more = match (self.day, other.day) {
            (Some(_), Some(_)) => 0.0,
            _ => bar.undated,
        };
        shared >= bar.shared
            && bar.cosine * cosine + bar.names * share >= bar.least + more
            && !(one_language && self.names.part(&other.names))
    }

    /// How near two articles are, and whether in a space of all languages. English has an encoder of its own, which
    /// knows it better; any other pair is compared in the space of all languages where both are in it.
    fn nearness(&self, other: &Self) -> Option<(bool, f64)> {
        let shared = |place: &Place| {
            let there = other
                .places
                .iter()
                .find(|there| there.model == place.model)?;
            Some((
                place.multilingual,
                place.embedding.similarity(&there.embedding),
            ))
        };
        let best = compared_by_multilingual(&self.language, &other.language);
        let found = self.places.iter().filter_map(shared);
        found.max_by_key(|(multilingual, _)| *multilingual == best)
    }
}

fn compared_by_multilingual(language: &str, other: &str) -> bool {
    is_for_multilingual(language) || is_for_multilingual(other)
}

/// How near two articles must be.
struct Bar {
    /// Names and numbers in common, at least.
    shared: usize,
    /// What the cosine and the share of names count, and what they must come to.
    cosine: f64,
    names: f64,
    least: f64,
    /// How much more that is if the day of either is not known.
    undated: f64,
}

impl Bar {
    fn of(multilingual: bool, language: &str, other: &str) -> Self {
        match (multilingual, language == other) {
            (false, true) => Self {
                shared: SHARED,
                cosine: 1.0,
                names: NAMES,
                least: one_language(language),
                undated: UNDATED,
            },
            (false, false) => Self {
                shared: SHARED_TRANSLATED,
                cosine: COSINE,
                names: 1.0,
                least: TRANSLATED,
                undated: UNDATED,
            },
            (true, true) => Self {
                shared: SHARED,
                cosine: 1.0,
                names: NAMES_IN_ALL_LANGUAGES,
                least: ONE_LANGUAGE_OF_ALL,
                undated: UNDATED_IN_ALL_LANGUAGES,
            },
            (true, false) => Self {
                shared: SHARED,
                cosine: 1.0,
                names: NAMES_IN_ALL_LANGUAGES,
                least: TRANSLATED_IN_ALL_LANGUAGES,
                undated: UNDATED_IN_ALL_LANGUAGES,
            },
        }
    }
}

/// Whether what was published on these days can be on the same event; so it can where a day is not known.
#[must_use]
pub fn near(one: Option<NaiveDate>, other: Option<NaiveDate>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).num_days().abs() <= DAYS,
        _ => true,
    }
}

/// Whether articles that are this near in a space can be on the same event, whatever names they share: the others need
/// not be read.
#[must_use]
pub fn promising(cosine: f64, multilingual: bool, language: &str, other: &str) -> bool {
    let bar = Bar::of(multilingual, language, other);
    bar.cosine * cosine + bar.names >= bar.least
}

/// Nearness from which articles in this language are on the same event.
fn one_language(language: &str) -> f64 {
    match language {
        "en" => ENGLISH,
        _ => OTHER_LANGUAGE,
    }
}

/// Which of these articles are one story: for each, the first of its story; itself, if it is alone or the first.
///
/// A story is whatever hangs together: two articles on the same event, and all that are on the same event as either. So
/// it does not depend on the order in which articles come.
#[must_use]
pub fn stories(tellings: &[&Telling]) -> Vec<usize> {
    let mut first: Vec<usize> = (0..tellings.len()).collect();
    for later in 0..tellings.len() {
        for earlier in 0..later {
            if first[later] != first[earlier] && tellings[later].same_event(tellings[earlier]) {
                let (one, other) = (first[later], first[earlier]);
                let (kept, gone) = (one.min(other), one.max(other));
                for of in &mut first[..=later] {
                    if *of == gone {
                        *of = kept;
                    }
                }
            }
        }
    }
    first
}

#[cfg(test)]
mod tests;
