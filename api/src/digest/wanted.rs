//! What is wanted in a digest.

use chrono::{Datelike as _, Days as CalendarDays, NaiveDate};

use super::measure::{Chars, Count, Days, Name};

/// What is wanted in a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its name; part of the edition's id.
    pub name: Name,
    /// The articles of which days.
    pub period: Period,
    /// The last day of the period; today unless given.
    pub until: Option<NaiveDate>,
    /// Only articles labelled with these topics, by id or slug; and the order of the sections. All, in the order of the
    /// vocabulary, if none is given.
    pub topics: Vec<String>,
    /// Only articles in these languages; of a story, the one in the first of them. All if none is given.
    pub languages: Vec<String>,
    /// Only articles from these sources. All if none is given.
    pub sources: Vec<String>,
    /// Most articles under one topic.
    pub max_per_topic: Count,
    /// Most articles in all.
    pub max_articles: Count,
    /// Most characters of an abstract.
    pub abstract_chars: Chars,
    /// The article that opens the issue, by id or slug, whenever it was published.
    pub lead: Option<String>,
    /// Also articles that an edition of this digest held which was sent; otherwise each is sent once.
    pub again: bool,
}

/// Where a period begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// So many days before its last one.
    Last(Days),
    /// On this day.
    Since(NaiveDate),
}

impl Wanted {
    /// The digest of this name, with nothing else said.
    pub fn named(name: Name) -> Self {
        Self {
            name,
            period: Period::Last(Days::default()),
            until: None,
            topics: Vec::new(),
            languages: Vec::new(),
            sources: Vec::new(),
            max_per_topic: Count::PER_TOPIC,
            max_articles: Count::ARTICLES,
            abstract_chars: Chars::default(),
            lead: None,
            again: false,
        }
    }

    /// Its first and last day, both in it. `7d` goes back to the same day of the week before, so that what was published
    /// on the day of the last issue after that was made is in this one.
    pub fn days(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let to = self.until.unwrap_or(today);
        let from = match self.period {
            Period::Since(day) => day,
            // The databases know no day before it.
            Period::Last(days) => to
                .checked_sub_days(CalendarDays::new(days.number().into()))
                .filter(|day| day.year() >= 1)
                .or_else(|| NaiveDate::from_ymd_opt(1, 1, 1))
                .unwrap_or(to),
        };
        (from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_days_go_back_to_the_same_day_of_the_week_before() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
        let wanted = Wanted::named("weekly".parse().expect("a name"));
        assert_eq!(wanted.days(day(25)), (day(18), day(25)));
        let until = Wanted {
            until: Some(day(20)),
            ..wanted.clone()
        };
        assert_eq!(until.days(day(25)), (day(13), day(20)));
        let first = NaiveDate::from_ymd_opt(1, 1, 1).expect("a day");
        assert_eq!(wanted.days(first), (first, first));
        let since = Wanted {
            period: Period::Since(day(1)),
            ..wanted
        };
        assert_eq!(since.days(day(25)), (day(1), day(25)));
    }
}
