//! Which of an article's dates, if any, is its date of publication.
//!
//! A dateline is believed first, then a stated day, then the day of the reported event. A date whose weekday contradicts it is
//! believed only when there is nothing better, and only from a dateline. Ranges and years alone are never believed, nor is any day but one
//! after the day of ingest: that is told by UTC, and east of Greenwich the next day may have begun.
//!
//! A mention counts by what stands around it in its sentence: a weekday, an early paragraph and words of an event ("held", "signed", "s'est
//! tenue") speak for it; a future, a deadline, a birth, a treaty or an earlier agreement speak against it.

use std::cell::OnceCell;

use chrono::{Days, NaiveDate};

use super::{
    super::{
        block::{is_abbreviated, words},
        fold,
    },
    Basis, Published, dateline,
    mention::{Day, Mention, Relative, mentions},
};

/// Paragraphs that may state which day "today" is, and those that may report the day of the event.
const STATING: usize = 6;
const REPORTING: usize = 3;

/// Words of an article before the paragraph that opens with its dateline: a subtitle, a byline or a summary.
const ABOVE_OPENING: usize = 60;

/// Weight a mention needs to be believed.
const BELIEVED: i32 = 3;

/// Which way round a page writes dates in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum NumericOrder {
    /// Nothing on the page shows it.
    #[default]
    Unknown,
    DayFirst,
    MonthFirst,
}

impl NumericOrder {
    /// What the dates of `text` that can be read one way only show; nothing when they disagree.
    fn shown_by(text: &str) -> NumericOrder {
        let (mut day_first, mut month_first) = (false, false);
        for mention in mentions(text) {
            day_first |= mention.day_first == Some(true);
            month_first |= mention.day_first == Some(false);
        }
        match (day_first, month_first) {
            (true, false) => NumericOrder::DayFirst,
            (false, true) => NumericOrder::MonthFirst,
            _ => NumericOrder::Unknown,
        }
    }
}

/// Which way round a page writes dates in figures, found out when first asked for.
#[derive(Debug)]
pub(in super::super) struct Figures<'a> {
    page: &'a str,
    order: OnceCell<NumericOrder>,
}

impl<'a> Figures<'a> {
    pub(in super::super) fn of(page: &'a str) -> Figures<'a> {
        Figures {
            page,
            order: OnceCell::new(),
        }
    }

    fn order(&self) -> NumericOrder {
        *self.order.get_or_init(|| NumericOrder::shown_by(self.page))
    }
}

/// Where a date is looked for.
pub(in super::super) struct Sources<'a> {
    pub(in super::super) dateline: Option<&'a str>,
    pub(in super::super) paragraphs: &'a [&'a str],
    /// ISO 639 code of the article's language.
    pub(in super::super) language: &'a str,
    /// The page they are on.
    pub(in super::super) page: &'a Figures<'a>,
}

/// The last day that a text may be dated by, where it is `today` in UTC: east of Greenwich the morrow may have begun.
pub fn latest_day(today: NaiveDate) -> NaiveDate {
    today.succ_opt().unwrap_or(today)
}

/// The date of publication, from the best evidence there is; `today` is the day of ingest, UTC.
pub(in super::super) fn publication(sources: &Sources<'_>, today: NaiveDate) -> Option<Published> {
    let judge = Judge {
        sources,
        latest: latest_day(today),
    };
    let own_line = sources
        .dateline
        .and_then(|text| judge.dateline(text, mentions(text)));
    let opening = || {
        let mut above = 0;
        let leading = sources.paragraphs.iter().take_while(|text| {
            let leads = above < ABOVE_OPENING;
            above += words(text);
            leads
        });
        leading
            .filter_map(|text| Some((text, dateline::opening(text)?)))
            .find_map(|(text, mention)| judge.dateline(text, vec![mention]))
    };
    let dateline = own_line.or_else(opening);
    match dateline {
        Some((published, true)) => Some(published),
        doubtful => judge
            .stated()
            .or_else(|| judge.mentioned())
            .or(doubtful.map(|(published, _)| published)),
    }
}

struct Judge<'a> {
    sources: &'a Sources<'a>,
    /// The last day that is believed.
    latest: NaiveDate,
}

impl Judge<'_> {
    /// The day of `mention`, unless it is a range or ambiguous.
    fn day(&self, mention: &Mention) -> Option<NaiveDate> {
        let day = match mention.day {
            Day::Sure(day) => day,
            Day::Range => return None,
            Day::Either {
                day_first,
                month_first,
                ..
            } if day_first > self.latest => month_first,
            Day::Either {
                day_first,
                month_first,
                ..
            } if month_first > self.latest => day_first,
            Day::Either {
                day_first,
                month_first,
                dots,
            } => match (self.sources.language, self.sources.page.order()) {
                _ if dots => day_first,
                ("fr", _) | (_, NumericOrder::DayFirst) => day_first,
                (_, NumericOrder::MonthFirst) => month_first,
                // Of the languages only English puts the month first, and only where it is spoken in America.
                ("en" | "und", NumericOrder::Unknown) => return None,
                _ => day_first,
            },
        };
        Some(day)
    }

    fn published(
        &self,
        on: NaiveDate,
        basis: Basis,
        text: &str,
        mention: &Mention,
    ) -> Option<Published> {
        (on <= self.latest).then(|| Published {
            on,
            basis,
            evidence: text[mention.start..mention.end].to_owned(),
        })
    }

    /// A dateline's date, and whether nothing contradicts it.
    fn dateline(&self, text: &str, mentions: Vec<Mention>) -> Option<(Published, bool)> {
        let updated = |m: &Mention| {
            let before = fold::key(&text[..m.start]);
            before.ends_with("updated")
                || before.ends_with("updated on")
                || before.ends_with("modified")
                || before.ends_with("mis a jour le")
        };
        let mut dates = mentions
            .iter()
            .filter_map(|m| Some((self.published(self.day(m)?, Basis::Dateline, text, m)?, m)));
        let first = dates.next()?;
        let better = if updated(first.1) {
            dates.find(|(_, m)| !updated(m))
        } else {
            None
        };
        let (published, mention) = better.unwrap_or(first);
        Some((published, mention.weekday != Some(false)))
    }

    fn stated(&self) -> Option<Published> {
        for text in self.sources.paragraphs.iter().take(STATING) {
            for mention in mentions(fold::head(text, READ)) {
                let Some(relative) = mention.relative.filter(|_| mention.weekday != Some(false))
                else {
                    continue;
                };
                let Some(day) = self.day(&mention) else {
                    continue;
                };
                let on = match relative {
                    Relative::Today => Some(day),
                    Relative::Tomorrow => day.checked_sub_days(Days::new(1)),
                    Relative::Yesterday => day.checked_add_days(Days::new(1)),
                };
                if let Some(published) =
                    on.and_then(|on| self.published(on, Basis::Stated, text, &mention))
                {
                    return Some(published);
                }
            }
        }
        None
    }

    fn mentioned(&self) -> Option<Published> {
        let mut best: Option<(i32, Published)> = None;
        for (paragraph, text) in self.sources.paragraphs.iter().take(REPORTING).enumerate() {
            for mention in mentions(fold::head(text, READ))
                .into_iter()
                .filter(|m| m.relative.is_none())
            {
                let Some(published) = self
                    .day(&mention)
                    .filter(|_| mention.weekday != Some(false))
                    .and_then(|on| self.published(on, Basis::Mentioned, text, &mention))
                else {
                    continue;
                };
                let weight = weigh(text, &mention) + [2, 1, 0][paragraph.min(2)];
                if weight >= BELIEVED && best.as_ref().is_none_or(|(most, _)| weight > *most) {
                    best = Some((weight, published));
                }
            }
        }
        best.map(|(_, published)| published)
    }
}

/// Words, folded, that tell of an event that took place.
#[rustfmt::skip]
const EVENT: &[&str] = &[
    "held", "took place", "signed", "met", "received", "hosted", "opened", "inaugurated", "launched",
    "organized", "organised", "visited", "participated", "attended", "chaired", "concluded", "kicked off",
    "announced", "witnessed", "celebrated", "convened", "delivered", "arrived", "adopted", "wrapped up",
    "ended", "began", "started", "presented", "welcomed", "closed", "published", "released", "issued",
    "awarded", "appointed", "elected", "unveiled", "meeting", "ceremony", "conference", "tenu", "tenue",
    "tenus", "tenues", "deroule", "deroulee", "eu lieu", "signe", "signee", "recu", "recue", "accueilli",
    "inaugure", "lance", "organise", "organisee", "preside", "participe", "pris part", "ouvert", "ouverte",
    "ouverts", "cloture", "clotures", "annonce", "celebre", "rencontre", "reuni", "reunis", "entretenu",
    "visite", "effectue", "adopte", "acheve", "debute", "remis", "presente", "publie", "nomme", "elu",
    "devoile", "reunion", "ceremonie", "conference",
];

/// Words, folded, that tell of what is still to come, or of a deadline.
#[rustfmt::skip]
const FUTURE: &[&str] = &[
    "will", "to be held", "scheduled for", "scheduled on", "slated", "due on", "due by", "upcoming",
    "deadline", "no later than", "expected", "plans to", "is to", "are to", "shall", "sera", "seront",
    "aura lieu", "auront lieu", "tiendra", "tiendront", "prevu", "prevue", "prevus", "prevues", "date limite",
    "au plus tard", "deroulera", "organisera", "debutera", "accueillera", "prochain", "prochaine",
];

/// Those of them that tell it from anywhere in a sentence.
const AHEAD: &[&str] = &[
    "will",
    "sera",
    "seront",
    "aura lieu",
    "tiendra",
    "deadline",
    "date limite",
];

/// Words, folded, directly before the date of a deadline or of the first or last day of a stretch.
#[rustfmt::skip]
const BOUND: &[&str] = &[
    "until", "till", "by", "before", "from", "starting", "starting on", "effective", "as of", "since",
    "through", "no later than", "jusqu au", "avant le", "a partir du", "a compter du", "d ici le", "d ici au",
    "depuis le", "au plus tard le", "des le",
];

/// Words, folded, that tell of something older than the news: births, foundations, treaties, earlier agreements, periods of account.
#[rustfmt::skip]
const BACKGROUND: &[&str] = &[
    "since", "founded", "established", "created", "born", "died", "following the", "pursuant to",
    "in accordance with", "under the agreement", "part of the agreement", "part of the partnership",
    "partnership agreement that", "agreement that", "within the framework of the", "in line with the",
    "previously", "earlier this year", "last year", "dated", "quarter ended", "year ended", "as at",
    "entered into force", "resolution", "had been", "had signed", "back to", "depuis", "fonde", "fondee",
    "cree", "creee", "ne", "nee", "decede", "a la suite de", "conformement a", "en vertu", "en application",
    "dans le cadre de l accord", "dans le cadre de la convention", "precedemment", "auparavant",
    "l annee derniere", "entre en vigueur", "entree en vigueur", "avait", "avaient", "resolution",
    "en date du", "date du",
];

/// How far before a mention its sentence is looked at, in bytes.
const CONTEXT: usize = 220;

/// Words before a mention that say whether it lies ahead.
const NEAR: usize = 5;

/// Bytes of a paragraph in which dates are looked for: the news stands at the head of it.
const READ: usize = 6000;

/// Whether one of `phrases` stands in `text`, which begins and ends with a space, at word borders.
fn holds(text: &str, phrases: &[&str]) -> bool {
    let bytes = text.as_bytes();
    let alone = |at: usize, length: usize| {
        at > 0 && bytes[at - 1] == b' ' && bytes.get(at + length) == Some(&b' ')
    };
    phrases.iter().any(|phrase| {
        text.match_indices(phrase)
            .any(|(at, _)| alone(at, phrase.len()))
    })
}

/// Weight of a mention by its own sentence.
fn weigh(text: &str, mention: &Mention) -> i32 {
    let before =
        &text[text.ceil_char_boundary(mention.start.saturating_sub(CONTEXT))..mention.start];
    let mut stops = before.rmatch_indices(". ").map(|(at, _)| at);
    let stop = stops.find(|&at| !is_abbreviated(&before[..=at]));
    let sentence = stop.map_or(before, |at| &before[at + 2..]);
    let after = fold::head(&text[mention.end..], 60);
    let after = after.find(". ").map_or(after, |at| &after[..at]);
    let lead = format!(" {} ", fold::key(sentence));
    let tail = format!(" {} ", fold::key(after));
    let mut gaps = lead.rmatch_indices(' ').map(|(at, _)| at);
    let near = gaps.nth(NEAR).map_or(lead.as_str(), |at| &lead[at..]);
    let mut weight = 0;
    if mention.weekday == Some(true) {
        weight += 2;
    }
    if holds(&lead, EVENT) || holds(&tail, EVENT) {
        weight += 1;
    }
    if lead.trim().is_empty() || matches!(lead.trim(), "on" | "le" | "on the") {
        weight += 1;
    }
    let bound = BOUND.iter().any(|phrase| {
        let before = lead.trim_end().strip_suffix(phrase);
        before.is_some_and(|before| before.ends_with(' '))
    });
    if bound || holds(near, FUTURE) || holds(&lead, AHEAD) {
        weight -= 5;
    }
    if holds(&lead, BACKGROUND) {
        weight -= 4;
    }
    weight
}
