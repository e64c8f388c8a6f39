//! The words of an issue that are no article's, in the languages it may be in.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A language that an issue may be in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// French.
    #[serde(rename = "fr")]
    French,
}

const MONTHS: [[&str; 12]; 2] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
];

impl Language {
    /// The language of an issue whose articles are wanted in these: theirs, if it is one; English otherwise.
    pub fn of(languages: &[String]) -> Self {
        match languages {
            [only] if only == "fr" => Self::French,
            _ => Self::English,
        }
    }

    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        self.either("en", "fr")
    }

    fn either<T>(self, english: T, french: T) -> T {
        match self {
            Self::English => english,
            Self::French => french,
        }
    }

    fn month(self, day: NaiveDate) -> &'static str {
        MONTHS[self.either(0, 1)][day.month0() as usize]
    }

    /// A day as it is read: `25 November 2026`.
    pub(super) fn day(self, day: NaiveDate) -> String {
        format!("{} {} {}", self.number(day), self.month(day), day.year())
    }

    fn number(self, day: NaiveDate) -> String {
        match (self, day.day()) {
            (Self::French, 1) => "1er".to_owned(),
            (_, number) => number.to_string(),
        }
    }

    /// A period as it is read: `19–25 November 2026`.
    pub(super) fn period(self, from: NaiveDate, to: NaiveDate) -> String {
        if from == to {
            return self.day(to);
        }
        let end = self.day(to);
        if from.year() != to.year() {
            return format!("{} – {end}", self.day(from));
        }
        if from.month() != to.month() {
            return format!("{} {} – {end}", self.number(from), self.month(from));
        }
        format!("{}–{end}", self.number(from))
    }

    /// Before the other articles of a story.
    pub(super) fn also(self) -> &'static str {
        self.either("Also:", "Voir aussi :")
    }

    /// What the section of articles without one of the wanted topics is called.
    pub fn without_topic(self) -> &'static str {
        self.either("Other news", "Autres communiqués")
    }

    /// What stands in an issue with nothing in it.
    pub(super) fn nothing(self, waiting: u64) -> String {
        match (self, waiting) {
            (Self::English, 0) => "Nothing was published in this period.".to_owned(),
            (Self::French, 0) => "Rien n’a été publié pendant cette période.".to_owned(),
            (Self::English, 1) => "One article of this period waits for its summary.".to_owned(),
            (Self::French, 1) => "Un article de cette période attend son résumé.".to_owned(),
            (Self::English, _) => {
                format!("{waiting} articles of this period wait for their summaries.")
            }
            (Self::French, _) => {
                format!("{waiting} articles de cette période attendent leurs résumés.")
            }
        }
    }

    /// That there are so many more articles than stand in the issue.
    pub(super) fn more(self, count: u64) -> String {
        match (self, count) {
            (Self::English, 1) => "One more article of this period".to_owned(),
            (Self::English, _) => format!("{count} more articles of this period"),
            (Self::French, 1) => "Un autre article de cette période".to_owned(),
            (Self::French, _) => format!("{count} autres articles de cette période"),
        }
    }

    /// The intro of whoever has none of their own, as a template.
    pub fn intro(self) -> &'static str {
        self.either(
            "{% if shown == 1 %}One press release{% elif shown %}{{ shown }} press releases\
             {% endif %}{% if shown and topics|length > 1 %} on {{ topics|length }} topics{% endif %}{% if shown %}.{% endif %}",
            "{% if shown == 1 %}Un communiqué{% elif shown %}{{ shown }} communiqués\
             {% endif %}{% if shown and topics|length > 1 %} sur {{ topics|length }} thèmes{% endif %}{% if shown %}.{% endif %}",
        )
    }

    /// The footer of whoever has none of their own, as a template.
    pub fn footer(self) -> &'static str {
        self.either(
            "You are reading {{ title }}, {{ period }}.",
            "Vous lisez {{ title }}, {{ period }}.",
        )
    }
}

/// Whether what is written in a language, or begins with such a letter where the language is not known, runs from right
/// to left.
pub(super) fn direction(language: &str, text: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or_default();
    let rtl = match primary {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ku" | "ps" | "sd" | "ug" | "ur" | "yi" => true,
        "und" => text
            .chars()
            .find(|letter| letter.is_alphabetic())
            .is_some_and(|letter| {
                matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
            }),
        _ => false,
    };
    if rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn a_period_is_said_in_as_few_words_as_it_needs() {
        for (from, to, english, french) in [
            (
                (2026, 11, 19),
                (2026, 11, 25),
                "19–25 November 2026",
                "19–25 novembre 2026",
            ),
            (
                (2026, 8, 30),
                (2026, 9, 1),
                "30 August – 1 September 2026",
                "30 août – 1er septembre 2026",
            ),
            (
                (2025, 12, 29),
                (2026, 1, 4),
                "29 December 2025 – 4 January 2026",
                "29 décembre 2025 – 4 janvier 2026",
            ),
            (
                (2026, 11, 25),
                (2026, 11, 25),
                "25 November 2026",
                "25 novembre 2026",
            ),
        ] {
            let (from, to) = (day(from.0, from.1, from.2), day(to.0, to.1, to.2));
            assert_eq!(Language::English.period(from, to), english);
            assert_eq!(Language::French.period(from, to), french);
        }
    }

    #[test]
    fn an_issue_is_in_the_language_of_all_its_articles_or_in_english() {
        for (languages, code) in [
            (&["fr"][..], "fr"),
            (&["en"], "en"),
            (&["fr", "en"], "en"),
            (&["de"], "en"),
            (&[], "en"),
        ] {
            let languages: Vec<String> = languages.iter().map(|one| (*one).to_owned()).collect();
            assert_eq!(Language::of(&languages).code(), code);
        }
    }

    #[test]
    fn direction_follows_the_language_or_else_the_first_letter() {
        for (language, text, expected) in [
            ("en", "שלום", "ltr"),
            ("he", "Hello", "rtl"),
            ("ar-EG", "", "rtl"),
            ("und", "“שלום” world", "rtl"),
            ("und", "12 Hello", "ltr"),
            ("und", "", "ltr"),
        ] {
            assert_eq!(direction(language, text), expected, "{language} {text}");
        }
    }
}
