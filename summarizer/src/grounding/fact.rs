//! Numbers and dates: each must stand in the source, and be said there of what it is said of here.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::date::{self, licensed};
use super::number::{Quantity, Unit};
use super::reading::Reading;
use super::token::{Kind, related};
use super::unit;

/// Least share of a clause's other words in the sentence that has its number.
const TOGETHER: f64 = 0.2;

/// How much more of a clause a sentence with another number must have to be the one that it is about.
const NEARER: f64 = 0.3;

/// Tokens between two numbers that tell one thing, at most.
const CLOSE: usize = 6;

/// Why a number or a date may not stand where it does; the number or date as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    /// The source does not have the number.
    Number(String),
    /// The source does not have the date.
    Date(String),
    /// The source says it of something else.
    Torn(String),
}

/// The first number or date that the source does not license.
pub(super) fn wrong(
    output: &Reading,
    source: &[Reading],
    published: Option<NaiveDate>,
) -> Option<Wrong> {
    wrong_date(output, source, published).or_else(|| wrong_number(output, source))
}

fn wrong_date(output: &Reading, source: &[Reading], published: Option<NaiveDate>) -> Option<Wrong> {
    let known: Vec<date::Date> = source
        .iter()
        .flat_map(|reading| reading.dates.iter().copied())
        .collect();
    for date in &output.dates {
        let year_is_number = date.month.is_none() && {
            let value = f64::from(date.year.unwrap_or_default());
            source
                .iter()
                .flat_map(|reading| &reading.quantities)
                .any(|other| other.values.contains(&value))
        };
        let words = || written(output, date.at..date.end);
        if !licensed(date, &known, published) && !year_is_number {
            return Some(Wrong::Date(words()));
        }
        let holds = |reading: &Reading| {
            reading
                .dates
                .iter()
                .any(|other| licensed(date, std::slice::from_ref(other), published))
        };
        let of_today = licensed(date, &[], published);
        let placed = date.day.is_some() || date.month.is_none();
        if placed
            && !year_is_number
            && !of_today
            && !said_together(output, date.at..date.end, source, holds)
        {
            return Some(Wrong::Torn(words()));
        }
    }
    for token in &output.tokens {
        let word = token.folded.as_str();
        let said = source
            .iter()
            .any(|reading| reading.tokens.iter().any(|other| other.folded == word));
        if date::is_relative(word) && !said {
            return Some(Wrong::Date(token.raw.clone()));
        }
        if let Some(weekday) = date::weekday(word) {
            let days = known.iter().filter_map(date::Date::whole).chain(published);
            let mut names = source
                .iter()
                .flat_map(|reading| &reading.tokens)
                .filter_map(|other| date::weekday(&other.folded));
            if !names.any(|other| other == weekday)
                && !days.into_iter().any(|day| day.weekday() == weekday)
            {
                return Some(Wrong::Date(token.raw.clone()));
            }
        }
    }
    None
}

fn wrong_number(output: &Reading, source: &[Reading]) -> Option<Wrong> {
    for quantity in output.quantities.iter().filter(|quantity| !quantity.vague) {
        let written = || written(output, quantity.tokens.clone());
        let known = |reading: &Reading| {
            reading
                .quantities
                .iter()
                .any(|other| other.equals(quantity))
                || is_day_or_year(reading, quantity)
        };
        if !source.iter().any(known) {
            return Some(Wrong::Number(written()));
        }
        if let Some(words) = another_unit(output, quantity, source) {
            return Some(Wrong::Number(format!("{} {words}", written())));
        }
        if counts_another(output, quantity, source)
            || !said_together(output, quantity.tokens.clone(), source, known)
        {
            return Some(Wrong::Torn(written()));
        }
    }
    never_together(output, source)
}

/// Two numbers close in one clause that no sentence of the source has both of.
fn never_together(output: &Reading, source: &[Reading]) -> Option<Wrong> {
    let sure: Vec<&Quantity> = output
        .quantities
        .iter()
        .filter(|quantity| !quantity.vague)
        .collect();
    let has = |reading: &Reading, quantity: &Quantity| {
        reading
            .quantities
            .iter()
            .any(|other| other.equals(quantity))
            || is_day_or_year(reading, quantity)
    };
    sure.windows(2).find_map(|pair| {
        let clause = output.clause(pair[0].tokens.start);
        let close = pair[1].tokens.start - pair[0].tokens.end <= CLOSE;
        let apart = close
            && clause.contains(&pair[1].tokens.start)
            && !source
                .iter()
                .any(|reading| has(reading, pair[0]) && has(reading, pair[1]));
        apart.then(|| Wrong::Torn(written(output, pair[0].tokens.start..pair[1].tokens.end)))
    })
}

/// Whether a bare number is part of a date of the source.
fn is_day_or_year(reading: &Reading, quantity: &Quantity) -> bool {
    quantity.unit == Unit::Plain
        && reading.dates.iter().any(|date| {
            let parts = [date.day.map(f64::from), date.year.map(f64::from)];
            parts
                .into_iter()
                .flatten()
                .any(|part| quantity.values.contains(&part))
        })
}

/// Whether the source counts with another number what is counted here, and with this one something else; or counts the
/// same with both, but says the rest of the clause of the other.
fn counts_another(output: &Reading, quantity: &Quantity, source: &[Reading]) -> bool {
    let Some(counted) = counted(output, quantity) else {
        return false;
    };
    let around = around(
        output,
        &quantity.tokens,
        output.clause(quantity.tokens.start),
    );
    let unit = unit::unit_of(output, quantity);
    let mut same: Option<f64> = None;
    let mut another: Option<f64> = None;
    for reading in source {
        let counts = |other: &&Quantity| {
            let word = self::counted(reading, other);
            let in_unit = |(wanted, _): &(&str, String)| unit::has_unit(reading, other, wanted);
            !other.vague
                && (word.is_some_and(|word| related(word, counted))
                    || unit.as_ref().is_some_and(in_unit))
        };
        for other in reading.quantities.iter().filter(counts) {
            let found = if other.same_value(quantity) {
                &mut same
            } else {
                &mut another
            };
            *found = Some(found.unwrap_or(0.0).max(share(&around, reading)));
        }
    }
    match (same, another) {
        (None, Some(_)) => true,
        (Some(same), Some(another)) => another > same + NEARER,
        _ => false,
    }
}

/// The unit that a number has here, or what it is told to happen in, if the source never has the number with it.
fn another_unit(output: &Reading, quantity: &Quantity, source: &[Reading]) -> Option<String> {
    let sources = || {
        source.iter().flat_map(|reading| {
            let all = reading.quantities.iter().map(move |other| (reading, other));
            all.filter(|(_, other)| other.same_value(quantity))
        })
    };
    sources().next()?;
    let unit = unit::unit_of(output, quantity).filter(|(wanted, _)| {
        !sources().any(|(reading, other)| unit::has_unit(reading, other, wanted))
    });
    let rate = || {
        unit::rate_of(output, quantity)
            .filter(|(wanted, _)| !sources().any(|(reading, _)| unit::names(reading, wanted)))
    };
    unit.or_else(rate).map(|(_, written)| written)
}

/// The first word after a number that carries meaning; none where another number comes first ("380 of the 412").
fn counted<'a>(reading: &'a Reading, quantity: &Quantity) -> Option<&'a str> {
    let next = reading.tokens[quantity.tokens.end..].iter().take(3);
    let mut before_mark = next.take_while(|token| token.kind != Kind::Mark);
    let word = before_mark.find(|token| token.is_content())?;
    (word.kind != Kind::Number).then_some(word.folded.as_str())
}

/// The words of a stretch that carry meaning, but for the fact itself and other numbers.
fn around<'a>(output: &'a Reading, fact: &Range<usize>, stretch: Range<usize>) -> Vec<&'a str> {
    let all = output
        .content()
        .filter(|(at, _)| stretch.contains(at) && !fact.contains(at) && !output.counted[*at]);
    all.map(|(_, token)| token.folded.as_str()).collect()
}

/// Share of these words that a sentence has.
fn share(words: &[&str], reading: &Reading) -> f64 {
    let shared = words.iter().filter(|word| reading.has(word)).count();
    shared as f64 / words.len().max(1) as f64
}

/// Whether a sentence that `holds` the fact also has enough of the other words of its clause, or of its sentence.
fn said_together(
    output: &Reading,
    fact: Range<usize>,
    source: &[Reading],
    holds: impl Fn(&Reading) -> bool,
) -> bool {
    let clause = around(output, &fact, output.clause(fact.start));
    let whole = around(output, &fact, 0..output.tokens.len());
    if whole.len() < 2 {
        return true;
    }
    source
        .iter()
        .enumerate()
        .filter(|(_, reading)| holds(reading))
        .any(|(at, reading)| {
            // A subject is often named in the sentence before.
            let before = at.checked_sub(1).map(|before| &source[before]);
            let enough = |words: &[&str]| {
                let named = words
                    .iter()
                    .filter(|word| {
                        !reading.has(word) && before.is_some_and(|before| before.has(word))
                    })
                    .count();
                let shared = share(words, reading);
                shared > 0.0 && shared + 0.5 * named as f64 / words.len() as f64 >= TOGETHER
            };
            enough(&whole) && (clause.len() < 2 || share(&clause, reading) > 0.0)
                || clause.len() > 1 && enough(&clause)
        })
}

fn written(output: &Reading, range: Range<usize>) -> String {
    let words: Vec<&str> = output.tokens[range]
        .iter()
        .map(|token| token.raw.as_str())
        .collect();
    words.join(" ")
}
