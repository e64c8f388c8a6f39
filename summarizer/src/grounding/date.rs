//! Dates as texts write them: "12 March 2026", "March 12", "1er mars", "2026-03-12", weekdays, "yesterday".

use chrono::{Datelike, NaiveDate, Weekday};

use super::token::{Kind, Token};

/// As much of a date as is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) day: Option<u32>,
    pub(super) month: Option<u32>,
    pub(super) year: Option<i32>,
    /// Its first token.
    pub(super) at: usize,
    /// One past its last.
    pub(super) end: usize,
}

impl Date {
    /// Whether this one may be said where `source` is known: what both say is the same, and what only this one says is in
    /// `years` or of no weight.
    fn follows(&self, source: &Self, years: &[i32]) -> bool {
        let agree = |one: Option<u32>, other: Option<u32>| one.is_none() || one == other;
        let year = match (self.year, source.year) {
            (None, _) => true,
            (Some(one), Some(other)) => one == other,
            (Some(one), None) => years.contains(&one),
        };
        agree(self.day, source.day) && agree(self.month, source.month) && year
    }

    /// The whole day, if it is one.
    pub(super) fn whole(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month?, self.day?)
    }
}

/// Whether the dates of a text, or its day of publication, license this one.
pub(super) fn licensed(date: &Date, source: &[Date], published: Option<NaiveDate>) -> bool {
    let mut years: Vec<i32> = source.iter().filter_map(|other| other.year).collect();
    let own: Vec<i32> = published.map(|day| day.year()).into_iter().collect();
    if own.is_empty() {
        // Nothing says which year a day is of, but if the text knows one year only it is that.
        years.dedup();
    }
    let today = published.map(|day| Date {
        day: Some(day.day()),
        month: Some(day.month()),
        year: Some(day.year()),
        at: 0,
        end: 0,
    });
    if date.day.is_none() && date.month.is_none() {
        return date
            .year
            .is_some_and(|year| years.contains(&year) || own.contains(&year));
    }
    let years = match own.is_empty() && years.len() == 1 {
        true => years,
        false => own,
    };
    source
        .iter()
        .chain(&today)
        .any(|other| date.follows(other, &years))
}

/// The dates of a sentence; the tokens that they take are marked.
pub(super) fn dates(tokens: &[Token], taken: &mut [bool]) -> Vec<Date> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match numeric(tokens, at)
            .or_else(|| named(tokens, at))
            .or_else(|| year_alone(tokens, at))
        {
            Some(date) => {
                taken[date.at..date.end].fill(true);
                at = date.end;
                found.push(date);
            }
            None => at += 1,
        }
    }
    found
}

/// "12 March 2026", "12 March", "March 12, 2026", "March 2026", "March".
fn named(tokens: &[Token], at: usize) -> Option<Date> {
    let mut next = at;
    let day_first = day(tokens, &mut next);
    if day_first.is_some() && word(tokens, next) == "of" {
        next += 1;
    }
    let month = month(tokens, next, day_first.is_some())?;
    next += 1;
    let mut day_of = day_first;
    if day_of.is_none() {
        let mut after = next;
        // "March 12", but not the "March 20" of "March 2026".
        if let Some(found) = day(tokens, &mut after) {
            (day_of, next) = (Some(found), after);
        }
    }
    let comma = usize::from(word(tokens, next) == ",");
    let year = year(tokens.get(next + comma));
    if year.is_some() {
        next += comma + 1;
    }
    if day_of.is_none() && year.is_none() && !alone(tokens, at) {
        return None;
    }
    Some(Date {
        day: day_of,
        month: Some(month),
        year,
        at,
        end: next,
    })
}

/// "2026-03-12" and "12/03/2026", the day before the month.
fn numeric(tokens: &[Token], at: usize) -> Option<Date> {
    let part = |index: usize| tokens.get(index).filter(|token| token.kind == Kind::Number);
    let value = |token: &Token| token.raw.parse::<u32>().ok();
    let (one, two, three) = (part(at)?, tokens.get(at + 1)?, tokens.get(at + 2)?);
    if two.kind == Kind::Number && three.kind == Kind::Number {
        let joined = two.start == one.end + 1 && three.start == two.end + 1 && two.raw.len() == 2;
        let day = NaiveDate::from_ymd_opt(year(Some(one))?, value(two)?, value(three)?)?;
        return joined.then(|| of(day, at, at + 3));
    }
    if two.folded == "/" {
        let (month, slash, last) = (part(at + 2)?, tokens.get(at + 3)?, part(at + 4)?);
        let day = NaiveDate::from_ymd_opt(year(Some(last))?, value(month)?, value(one)?)?;
        return (slash.folded == "/").then(|| of(day, at, at + 5));
    }
    None
}

fn of(day: NaiveDate, at: usize, end: usize) -> Date {
    Date {
        day: Some(day.day()),
        month: Some(day.month()),
        year: Some(day.year()),
        at,
        end,
    }
}

fn year_alone(tokens: &[Token], at: usize) -> Option<Date> {
    let year = year(tokens.get(at))?;
    Some(Date {
        day: None,
        month: None,
        year: Some(year),
        at,
        end: at + 1,
    })
}

fn year(token: Option<&Token>) -> Option<i32> {
    let token = token.filter(|token| token.kind == Kind::Number && token.raw.len() == 4)?;
    let value: i32 = token.raw.parse().ok()?;
    (1900..=2100).contains(&value).then_some(value)
}

/// A day of the month at `next`, which is moved past it: "12", "1er", "22nd".
fn day(tokens: &[Token], next: &mut usize) -> Option<u32> {
    let token = tokens
        .get(*next)
        .filter(|token| token.kind == Kind::Number)?;
    let value: u32 = token.raw.parse().ok()?;
    if !(1..=31).contains(&value) || token.raw.len() > 2 {
        return None;
    }
    *next += 1;
    if matches!(word(tokens, *next), "st" | "nd" | "rd" | "th" | "er")
        && tokens[*next].start == token.end
    {
        *next += 1;
    }
    Some(value)
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.folded.as_str())
}

/// The month that a word names. Without a day before it, "march" and "may" are verbs unless they have a capital.
fn month(tokens: &[Token], at: usize, after_day: bool) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "jan", "janvier", "janv"],
        &["february", "feb", "fevrier", "fevr"],
        &["march", "mars"],
        &["april", "apr", "avril"],
        &["may", "mai"],
        &["june", "juin"],
        &["july", "juillet", "juil"],
        &["august", "aug", "aout"],
        &["september", "sept", "sep", "septembre"],
        &["october", "oct", "octobre"],
        &["november", "nov", "novembre"],
        &["december", "dec", "decembre"],
    ];
    let token = tokens.get(at)?;
    let name = token.folded.as_str();
    let index = MONTHS.iter().position(|names| names.contains(&name))?;
    let doubtful = is_doubtful(name);
    let dated = after_day
        || !doubtful
        || token.is_capital() && !token.first
        || name == "mars"
            && tokens
                .get(at + 1)
                .is_some_and(|next| year(Some(next)).is_some());
    dated.then_some(index as u32 + 1)
}

/// Whether the name of a month is also another word or the beginning of one.
fn is_doubtful(name: &str) -> bool {
    matches!(
        name,
        "march"
            | "may"
            | "sept"
            | "sep"
            | "mars"
            | "dec"
            | "nov"
            | "oct"
            | "jan"
            | "apr"
            | "aug"
            | "feb"
    )
}

/// Whether a month that stands alone is one: in "may", "march" and "mars" a preposition must go before it.
fn alone(tokens: &[Token], at: usize) -> bool {
    let doubtful = is_doubtful(word(tokens, at));
    let before = at.checked_sub(1).map_or("", |before| word(tokens, before));
    !doubtful
        || matches!(
            before,
            "in" | "of"
                | "since"
                | "until"
                | "by"
                | "last"
                | "next"
                | "early"
                | "late"
                | "mid"
                | "en"
                | "fin"
                | "debut"
                | "depuis"
        )
}

/// The weekday that a word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mondays" | "lundi" | "lundis" => Weekday::Mon,
        "tuesday" | "tuesdays" | "mardi" | "mardis" => Weekday::Tue,
        "wednesday" | "wednesdays" | "mercredi" | "mercredis" => Weekday::Wed,
        "thursday" | "thursdays" | "jeudi" | "jeudis" => Weekday::Thu,
        "friday" | "fridays" | "vendredi" | "vendredis" => Weekday::Fri,
        "saturday" | "saturdays" | "samedi" | "samedis" => Weekday::Sat,
        "sunday" | "sundays" | "dimanche" | "dimanches" => Weekday::Sun,
        _ => return None,
    })
}

/// Whether a word names a day by its distance from the day of writing.
pub(super) fn is_relative(word: &str) -> bool {
    matches!(
        word,
        "today" | "yesterday" | "tomorrow" | "tonight" | "hier" | "demain" | "aujourd"
    )
}
