//! The dates a text mentions, each read around a year of four digits.

use chrono::NaiveDate;

use super::{
    super::fold,
    beside,
    token::{Kind, Token, tokens},
};

/// How far before and after a year its date may reach, in bytes.
const BEFORE: usize = 96;
const AFTER: usize = 24;

/// The day a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// One day.
    Sure(NaiveDate),
    /// 03/04/2021: the third of April or the fourth of March.
    Either {
        day_first: NaiveDate,
        month_first: NaiveDate,
        /// Written with dots, which hardly anybody does who puts the month first.
        dots: bool,
    },
    /// "15–18 March 2021", "3 et 4 mai 2022": more than one day.
    Range,
}

/// Which day, seen from the day of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relative {
    Today,
    Tomorrow,
    Yesterday,
}

/// One date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// Byte range in the text, with its weekday and its "today".
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) day: Day,
    /// Written with figures only; the order it was proved to have, if it was.
    pub(super) day_first: Option<bool>,
    /// Whether the weekday beside it is the day's own.
    pub(super) weekday: Option<bool>,
    pub(super) relative: Option<Relative>,
}

/// The dates of `text`, in order.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for year in years(text) {
        let from = fold::head(text, year.saturating_sub(BEFORE))
            .len()
            .max(found.last().map_or(0, |m| m.end));
        let to = text.floor_char_boundary(year + 4 + AFTER);
        let window = tokens(&text[from..to]);
        let Some(at) = window.iter().position(|token| token.start + from == year) else {
            continue;
        };
        if let Some(mut mention) = around(&window, at) {
            mention.start += from;
            mention.end += from;
            if let Some(last) = found.last_mut()
                && joins_days(&text[last.end..mention.start])
            {
                last.day = Day::Range;
                mention.day = Day::Range;
            }
            found.push(mention);
        }
    }
    found
}

/// Byte offsets of the years from 1900 to 2099 in `text`.
fn years(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'1', b'2', bytes).filter(move |&at| {
        let year = bytes.get(at..at + 4).is_some_and(|y| {
            matches!(&y[..2], b"19" | b"20") && y[2].is_ascii_digit() && y[3].is_ascii_digit()
        });
        year && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit)
            && (at == 0 || !bytes[at - 1].is_ascii_digit())
    })
}

/// "to", "–", "and" between two whole dates make them the ends of a stretch of days.
fn joins_days(between: &str) -> bool {
    let trimmed = between.trim();
    matches!(trimmed, "-" | "–" | "—")
        || matches!(
            fold::key(trimmed).as_str(),
            "to" | "until"
                | "till"
                | "through"
                | "and"
                | "au"
                | "et"
                | "et le"
                | "et au"
                | "jusqu au"
                | "and on"
        )
}

/// The date whose year is token `at`.
fn around(window: &[Token], at: usize) -> Option<Mention> {
    let (first, last, day, day_first) = words(window, at)
        .or_else(|| iso(window, at))
        .or_else(|| figures(window, at))?;
    let mut mention = Mention {
        start: window[first].start,
        end: window[last].end,
        day,
        day_first,
        weekday: None,
        relative: None,
    };
    beside::look_back(window, first, &mut mention);
    if mention.relative.is_none() {
        beside::look_ahead(window, last, &mut mention);
    }
    Some(mention)
}

type Read = (usize, usize, Day, Option<bool>);

fn number(window: &[Token], at: Option<usize>) -> Option<(u32, usize)> {
    match window.get(at?)?.kind {
        Kind::Number { value, digits } => Some((value, digits)),
        _ => None,
    }
}

fn day_number(window: &[Token], at: Option<usize>) -> Option<u32> {
    number(window, at)
        .filter(|&(value, digits)| digits <= 2 && (1..=31).contains(&value))
        .map(|(value, _)| value)
}

/// Steps back over tokens for which `skip` holds.
fn back(window: &[Token], mut at: Option<usize>, skip: impl Fn(&Token) -> bool) -> Option<usize> {
    while let Some(here) = at {
        if !skip(&window[here]) {
            return Some(here);
        }
        at = here.checked_sub(1);
    }
    None
}

/// "15 March 2021", "1er avril 2021", "March 15th, 2021", "15-Mar-2021".
fn words(window: &[Token], at: usize) -> Option<Read> {
    let (year, _) = number(window, Some(at))?;
    let before = back(window, at.checked_sub(1), |t| {
        t.is_mark(&[',', '.', '-', '/']) || matches!(t.word(), Some("of" | "de"))
    })?;
    let (first, day, month, month_at) = match window[before].kind {
        Kind::Month(month) => {
            let near = back(window, before.checked_sub(1), |t| {
                t.is_mark(&['-', '/', '.', ',']) || matches!(t.word(), Some("of" | "de" | "day"))
            });
            (near?, day_number(window, near)?, month, before)
        }
        Kind::Number { .. } => {
            let day = day_number(window, Some(before))?;
            let near = back(window, before.checked_sub(1), |t| {
                t.is_mark(&['.', '-']) || t.word() == Some("the")
            })?;
            match window[near].kind {
                Kind::Month(month) => (near, day, month, near),
                // "March 15-18, 2021", "March 15 and 16, 2021"
                _ => return months_days(window, before).map(|first| (first, at, Day::Range, None)),
            }
        }
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    // Behind "15 March" may stand "15–18 March"; before "March 15" may not ("30 March 15" means nothing).
    if let Some(start) = earlier_day(window, first.min(month_at)) {
        return Some((start, at, Day::Range, None));
    }
    Some((first, at, Day::Sure(date), None))
}

/// For "March 15-18, 2021", with the token of the last day: the token of the month.
fn months_days(window: &[Token], last: usize) -> Option<usize> {
    let mut at = last;
    for _ in 0..4 {
        let joint = at.checked_sub(1)?;
        if !is_joint(&window[joint]) {
            return None;
        }
        at = joint.checked_sub(1)?;
        day_number(window, Some(at))?;
        let before = at.checked_sub(1)?;
        if matches!(window[before].kind, Kind::Month(_)) {
            return Some(before);
        }
    }
    None
}

fn is_joint(token: &Token) -> bool {
    token.is_mark(&['-', '–', '—', '/', ',', '&'])
        || matches!(
            token.word(),
            Some("to" | "and" | "au" | "et" | "a" | "through" | "until" | "or" | "ou")
        )
}

/// Where an earlier day of the same stretch stands before the date that begins at token `first`: "15–", "du 3 au", "March 30 –".
fn earlier_day(window: &[Token], first: usize) -> Option<usize> {
    let skip =
        |t: &Token| matches!(t.word(), Some("the" | "le")) || matches!(t.kind, Kind::Weekday(_));
    let joint = back(window, first.checked_sub(1), skip)?;
    if !is_joint(&window[joint]) || (window[joint].is_mark(&[',']) && !is_list(window, joint)) {
        return None;
    }
    let before = back(window, joint.checked_sub(1), |t| t.is_mark(&['.']))?;
    match window[before].kind {
        Kind::Month(_) => day_number(window, before.checked_sub(1)).map(|_| before - 1),
        Kind::Number { .. } => {
            day_number(window, Some(before))?;
            match before.checked_sub(1).map(|at| &window[at].kind) {
                Some(Kind::Month(_)) => Some(before - 1),
                _ => Some(before),
            }
        }
        _ => None,
    }
}

/// "3, 4, 5 mai": the comma stands between two days of a list.
fn is_list(window: &[Token], comma: usize) -> bool {
    day_number(window, comma.checked_sub(1)).is_some()
        && day_number(window, Some(comma + 1)).is_some()
}

/// "2021-03-15", "2021/03/15", "2021.03.15".
fn iso(window: &[Token], at: usize) -> Option<Read> {
    let marks = ['-', '/', '.', '‑', '–'];
    let mark = window.get(at + 1).filter(|t| t.is_mark(&marks))?;
    let again = window.get(at + 3).filter(|t| t.kind == mark.kind)?;
    let tight = mark.start == window[at].end && again.start == window[at + 2].end;
    let (year, _) = number(window, Some(at))?;
    let (month, _) = number(window, Some(at + 2)).filter(|&(_, digits)| digits <= 2)?;
    let day = day_number(window, Some(at + 4))?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    tight.then_some((at, at + 4, Day::Sure(date), None))
}

/// "15/03/2021", "15.03.2021", "03-15-2021".
fn figures(window: &[Token], at: usize) -> Option<Read> {
    let marks = ['/', '.', '-', '‑'];
    let mark = at.checked_sub(1).filter(|&m| window[m].is_mark(&marks))?;
    let other = at
        .checked_sub(3)
        .filter(|&m| window[m].kind == window[mark].kind)?;
    let first = at.checked_sub(4)?;
    let (year, _) = number(window, Some(at))?;
    let (a, b) = (
        day_number(window, Some(first))?,
        day_number(window, Some(at - 2))?,
    );
    // A fourth figure before these ("1.2.3.2021") makes it something else.
    if first.checked_sub(1).is_some_and(|m| {
        window[m].kind == window[other].kind && window[m].end == window[first].start
    }) {
        return None;
    }
    let year = i32::try_from(year).ok()?;
    let day_first = NaiveDate::from_ymd_opt(year, b, a);
    let month_first = NaiveDate::from_ymd_opt(year, a, b);
    let (day, order) = match (day_first, month_first) {
        (Some(x), Some(y)) if x == y => (Day::Sure(x), None),
        (Some(day_first), Some(month_first)) => (
            Day::Either {
                day_first,
                month_first,
                dots: window[mark].is_mark(&['.']),
            },
            None,
        ),
        (Some(x), None) => (Day::Sure(x), Some(true)),
        (None, Some(y)) => (Day::Sure(y), Some(false)),
        (None, None) => return None,
    };
    Some((first, at, day, order))
}
