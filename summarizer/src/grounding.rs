//! The guard: whether the text licenses what a model wrote about it in its own words.
//!
//! Every number, date, amount, name, address and quotation must stand in the text and be said there of the same thing, and
//! nothing may be denied or affirmed against it. What is left is compared by words, and by meaning where vectors are given:
//! a sentence for which the text has too little support is dropped. The guard is pure; it errs on the side of refusal, as
//! an abstract of the text's own sentences always stands ready.

mod address;
mod date;
mod denial;
mod fact;
mod lexicon;
mod money;
mod name;
mod negation;
mod number;
mod numeral;
mod opposite;
mod quotation;
mod reading;
mod support;
mod token;
mod unit;

use std::fmt;

use chrono::NaiveDate;

use crate::sentence::{self, Span};
use reading::{Reading, quotations};
use token::fold;

/// Least support of a sentence by words alone.
const OVERLAP: f64 = 0.5;

/// Least mean of word overlap and likeness of meaning, where both are known.
const SUPPORT: f64 = 0.5;

/// Least support by words where likeness of meaning is known too: any two sentences of one release are somewhat alike.
const FLOOR: f64 = 0.3;

/// Words that an abstract must keep after the guard.
const FEWEST: usize = 5;

/// Share of its words that an abstract must keep after the guard.
const KEPT: f64 = 0.4;

/// A text read by the guard.
#[derive(Debug, Clone)]
pub struct Source {
    /// The sentences of the body, and the title as one more at the end.
    readings: Vec<Reading>,
    sentences: usize,
    addresses: Vec<String>,
    language: String,
    published: Option<NaiveDate>,
}

/// A sentence that may be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Grounded {
    /// What it says.
    pub text: String,
    /// The sentences of the body that support it, in the order of the body.
    pub support: Vec<Span>,
}

/// A sentence that may not be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Dropped {
    /// What it says.
    pub text: String,
    /// Why not.
    pub breach: Breach,
}

/// Why a sentence may not be printed; the words of the sentence that are at fault.
#[derive(Debug, Clone, PartialEq)]
pub enum Breach {
    /// A number that the text does not have.
    Number(String),
    /// A date that the text does not have.
    Date(String),
    /// A number or date that the text says of something else.
    TornFact(String),
    /// A name or acronym that the text does not have.
    Name(String),
    /// Names, or an office and a name, that the text does not put together.
    TornName(String),
    /// Who did what to whom is told the other way round.
    Swapped(String),
    /// An address or telephone number that the text does not have.
    Address(String),
    /// A quotation that nobody uttered, or somebody else.
    Quotation(String),
    /// Denied where the text affirms, or affirmed where it denies.
    Negation(String),
    /// The opposite of what the text says.
    Opposite(String),
    /// Too little of it stands in the text; from 0 to 1.
    Support(f64),
    /// It says again what a sentence before it said.
    Repeated,
}

/// What the guard says of an output.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// These sentences may be printed; those may not.
    Licensed {
        /// At least one, in their order.
        kept: Vec<Grounded>,
        /// What was taken out.
        dropped: Vec<Dropped>,
    },
    /// Too little would be left.
    Refused(Refusal),
}

/// Why an output is refused as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The sentences that may not be printed.
    pub dropped: Vec<Dropped>,
    /// Sentences of the output.
    pub sentences: usize,
}

impl Source {
    /// Read a text. `language` is ISO 639-1; `published` is the day it was published on, if it is known.
    #[must_use]
    pub fn read(title: &str, body: &str, language: &str, published: Option<NaiveDate>) -> Self {
        let quoted = quotations(body);
        let sentences = sentence::split(body);
        let mut readings: Vec<Reading> = sentences
            .iter()
            .map(|sentence| Reading::of(sentence.text, sentence.span, language, &quoted))
            .collect();
        let count = readings.len();
        if !title.trim().is_empty() {
            // A place that no sentence of the body has.
            let place = body.chars().count() + 1;
            let span = Span {
                start: place,
                end: place + title.chars().count(),
            };
            let mut reading = Reading::of(title, span, language, &[]);
            // Titles write any word with a capital.
            for token in &mut reading.tokens {
                token.first = true;
            }
            readings.push(reading);
        }
        Self {
            addresses: readings
                .iter()
                .flat_map(|reading| reading.addresses.clone())
                .collect(),
            readings,
            sentences: count,
            language: language.to_owned(),
            published,
        }
    }

    /// The guard on an output. `likeness` is asked for the likeness in meaning (a cosine) of a sentence of the output, by
    /// number, to the nearest of these sentences of the body; without vectors it answers `None`.
    pub fn judge(&self, output: &str, likeness: impl Fn(usize) -> Option<f64>) -> Verdict {
        let quoted = quotations(output);
        let mut kept: Vec<Grounded> = Vec::new();
        let mut dropped = Vec::new();
        let sentences = sentence::split(output);
        for (number, sentence) in sentences.iter().enumerate() {
            let reading = Reading::of(sentence.text, sentence.span, &self.language, &quoted);
            let again = kept
                .iter()
                .any(|before| fold(&before.text) == fold(sentence.text));
            let checked = if again {
                Err(Breach::Repeated)
            } else {
                self.check(&reading, likeness(number))
            };
            let text = sentence.text.to_owned();
            match checked {
                Ok(support) => kept.push(Grounded { text, support }),
                Err(breach) => dropped.push(Dropped { text, breach }),
            }
        }
        let words = |text: &str| text.split_whitespace().count();
        let left: usize = kept.iter().map(|sentence| words(&sentence.text)).sum();
        let repeated = |dropped: &&Dropped| dropped.breach != Breach::Repeated;
        let gone: usize = dropped
            .iter()
            .filter(repeated)
            .map(|sentence| words(&sentence.text))
            .sum();
        if left < FEWEST || (left as f64) < KEPT * (left + gone) as f64 {
            return Verdict::Refused(Refusal {
                dropped,
                sentences: sentences.len(),
            });
        }
        Verdict::Licensed { kept, dropped }
    }

    /// The places of what supports a sentence, or why it may not stand.
    fn check(&self, output: &Reading, likeness: Option<f64>) -> Result<Vec<Span>, Breach> {
        let all = &self.readings;
        if let Some(address) = output
            .addresses
            .iter()
            .find(|address| !self.addresses.contains(address))
        {
            return Err(Breach::Address(address.clone()));
        }
        if let Some(words) = quotation::invented(output, all) {
            return Err(Breach::Quotation(words));
        }
        match fact::wrong(output, all, self.published) {
            Some(fact::Wrong::Number(words)) => return Err(Breach::Number(words)),
            Some(fact::Wrong::Date(words)) => return Err(Breach::Date(words)),
            Some(fact::Wrong::Torn(words)) => return Err(Breach::TornFact(words)),
            None => {}
        }
        match name::wrong(output, all) {
            Some(name::Wrong::Unknown(words)) => return Err(Breach::Name(words)),
            Some(name::Wrong::Torn(words)) => return Err(Breach::TornName(words)),
            Some(name::Wrong::Swapped(words)) => return Err(Breach::Swapped(words)),
            None => {}
        }
        let found = support::support(output, all);
        let (value, least) = match likeness {
            Some(likeness) => (0.5 * (found.overlap + likeness), SUPPORT),
            None => (found.overlap, OVERLAP),
        };
        // An address alone has no words to compare, and was found.
        let comparable = output.addresses.is_empty() || output.content().next().is_some();
        if comparable && (value < least || found.overlap < FLOOR) {
            return Err(Breach::Support(value.min(found.overlap)));
        }
        let near: Vec<&Reading> = found.sentences.iter().map(|&at| &all[at]).collect();
        if let Some(words) = negation::flipped(output, &near, all) {
            return Err(Breach::Negation(words));
        }
        if let Some(word) = opposite::reversed(output, &near, all) {
            return Err(Breach::Opposite(word));
        }
        let mut places: Vec<Span> = found
            .sentences
            .iter()
            .filter(|&&at| at < self.sentences)
            .map(|&at| all[at].span)
            .collect();
        places.sort_unstable();
        Ok(places)
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(words) => write!(formatter, "the text does not have the number “{words}”"),
            Self::Date(words) => write!(formatter, "the text does not have the date “{words}”"),
            Self::TornFact(words) => write!(formatter, "the text says “{words}” of something else"),
            Self::Name(words) => write!(formatter, "the text does not have the name “{words}”"),
            Self::TornName(words) => write!(formatter, "the text does not put together “{words}”"),
            Self::Swapped(words) => {
                write!(formatter, "the text tells “{words}” the other way round")
            }
            Self::Address(words) => {
                write!(formatter, "the text does not have the address “{words}”")
            }
            Self::Quotation(words) => write!(formatter, "the text does not quote “{words}” so"),
            Self::Negation(words) => write!(
                formatter,
                "“{words}” is denied here and affirmed there, or the other way round"
            ),
            Self::Opposite(word) => {
                write!(formatter, "“{word}” is the opposite of what the text says")
            }
            Self::Support(share) => write!(
                formatter,
                "the text supports too little of it ({:.0} %)",
                share * 100.0
            ),
            Self::Repeated => write!(formatter, "it was said before"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.dropped.first() else {
            return write!(formatter, "the model wrote nothing");
        };
        let (gone, all) = (self.dropped.len(), self.sentences);
        write!(
            formatter,
            "{gone} of {all} sentences cannot stand: {} (“{}”)",
            first.breach, first.text
        )
    }
}

#[cfg(test)]
mod tests;
