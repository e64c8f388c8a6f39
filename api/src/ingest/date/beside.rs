//! What stands beside a date: its weekday, and whether the text calls it today, tomorrow or yesterday.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    mention::{Day, Mention, Relative},
    token::{Kind, Token},
};

/// The weekday and the "today" before a date.
pub(super) fn look_back(window: &[Token], first: usize, mention: &mut Mention) {
    let mut at = first.checked_sub(1);
    let mut named = None;
    for _ in 0..6 {
        let Some(here) = at else { return };
        let token = &window[here];
        match &token.kind {
            Kind::Mark(',' | '(' | '.' | '–' | '-' | '’' | '\'') => {}
            Kind::Weekday(weekday) if named.is_none() => {
                named = Some(here);
                mention.weekday = match mention.day {
                    Day::Sure(date) => Some(date.weekday() == *weekday),
                    Day::Either {
                        day_first,
                        month_first,
                        ..
                    } => {
                        settle(mention, *weekday, day_first, month_first);
                        Some(matches!(mention.day, Day::Sure(_)))
                    }
                    Day::Range => None,
                };
                mention.start = token.start;
            }
            Kind::Word(word) => match word.as_str() {
                "on" | "the" | "le" | "of" | "du" | "l" | "au" | "soir" | "matin" | "evening"
                | "morning" | "afternoon" | "apres" | "midi" | "night" | "dated" => {
                    let this = here.checked_sub(1).and_then(|at| window[at].word());
                    if matches!(
                        word.as_str(),
                        "morning" | "evening" | "afternoon" | "night" | "matin" | "soir" | "midi"
                    ) && matches!(this, Some("this" | "ce" | "cet"))
                    {
                        mention.relative = Some(Relative::Today);
                        mention.start = window[here - 1].start;
                        return;
                    }
                }
                "ce" if named == Some(here + 1) => {
                    mention.relative = Some(Relative::Today);
                    mention.start = token.start;
                    return;
                }
                "jour"
                    if here
                        .checked_sub(1)
                        .is_some_and(|at| window[at].word() == Some("ce")) =>
                {
                    mention.relative = Some(Relative::Today);
                    mention.start = window[here - 1].start;
                    return;
                }
                other => {
                    if let Some(relative) = relative(other) {
                        mention.relative = Some(relative);
                        let elided = here
                            .checked_sub(2)
                            .filter(|&at| other == "hui" && window[at].word() == Some("aujourd"));
                        mention.start = window[elided.unwrap_or(here)].start;
                    }
                    return;
                }
            },
            _ => return,
        }
        at = here.checked_sub(1);
    }
}

/// A weekday says which way round an ambiguous date is written, when it fits one way only.
fn settle(mention: &mut Mention, weekday: Weekday, day_first: NaiveDate, month_first: NaiveDate) {
    match (
        day_first.weekday() == weekday,
        month_first.weekday() == weekday,
    ) {
        (true, false) => (mention.day, mention.day_first) = (Day::Sure(day_first), Some(true)),
        (false, true) => (mention.day, mention.day_first) = (Day::Sure(month_first), Some(false)),
        _ => {}
    }
}

fn relative(word: &str) -> Option<Relative> {
    Some(match word {
        "today" | "hui" | "tonight" => Relative::Today,
        "tomorrow" | "demain" => Relative::Tomorrow,
        "yesterday" | "hier" => Relative::Yesterday,
        _ => return None,
    })
}

/// "April 1, 2021 (today)", "28 octobre 2023, aujourd'hui,".
pub(super) fn look_ahead(window: &[Token], last: usize, mention: &mut Mention) {
    let mut at = last + 1;
    if window.get(at).is_some_and(|t| t.is_mark(&['(', ','])) {
        at += 1;
        let elided = window.get(at).is_some_and(|t| t.word() == Some("aujourd"));
        let word = window.get(if elided { at + 2 } else { at });
        let closed = |at: usize| window.get(at + 1).is_some_and(|t| t.is_mark(&[')', ',']));
        if let Some(token) = word
            && let Some(relative) = token.word().and_then(relative)
            && closed(if elided { at + 2 } else { at })
        {
            mention.relative = Some(relative);
            mention.end = token.end;
        }
    }
}
