//! The words and numbers by which a digest is asked for, with what is wrong about others.

use std::fmt::{self, Display};
use std::str::FromStr;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::graphql::{self, LENGTHS};

/// Why a value is none of those expected: says what it is and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotOne(String);

/// Name of a digest, as it stands in addresses: `weekly`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Name(String);

/// So many days: `7d`, `2w`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Days(u16);

/// How many articles at most: 1 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "i64")]
pub struct Count(u8);

/// How many characters of an abstract at most: 40 to 4,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "i64")]
pub struct Chars(i32);

/// Code of a language (ISO 639), in lower case: `fr`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LanguageCode(String);

/// What a topic is called by, its id or its English name with hyphens; whether there is such a one is known by the archive.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TopicName(String);

/// A day as the command line has it: `2026-01-31`.
pub fn day(text: &str) -> Result<NaiveDate, NotOne> {
    graphql::day(text).ok_or_else(|| {
        NotOne(format!(
            "{text:?} is no day; expected one like 2026-01-31 (year, month, day), of the years 0001 to 9999"
        ))
    })
}

impl LanguageCode {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LanguageCode {
    type Err = NotOne;

    fn from_str(text: &str) -> Result<Self, NotOne> {
        let code = text.to_ascii_lowercase();
        let letters = code.bytes().all(|byte| byte.is_ascii_lowercase());
        ((2..=3).contains(&code.len()) && letters)
            .then_some(Self(code))
            .ok_or_else(|| {
                NotOne(format!(
                    "{text:?} is not a code of a language; expected one like en or fr"
                ))
            })
    }
}

impl TopicName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TopicName {
    type Err = NotOne;

    fn from_str(text: &str) -> Result<Self, NotOne> {
        let name = text.trim();
        match name.is_empty() {
            true => Err(NotOne(
                "a topic without a name; expected an id or a name as in the addresses of topics, like education, or no \
                 --topic for all"
                    .to_owned(),
            )),
            false => Ok(Self(name.to_owned())),
        }
    }
}

impl Name {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for Name {
    type Error = NotOne;

    fn try_from(name: String) -> Result<Self, NotOne> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if name.is_empty() || name.len() > 64 || !name.bytes().all(plain) {
            return Err(NotOne(format!(
                "{name:?} is no name of a digest; expected 1 to 64 of a-z, 0-9 and -, as in \"weekly\""
            )));
        }
        Ok(Self(name))
    }
}

impl FromStr for Name {
    type Err = NotOne;

    fn from_str(text: &str) -> Result<Self, NotOne> {
        text.to_owned().try_into()
    }
}

impl Days {
    /// How many.
    pub fn number(self) -> u16 {
        self.0
    }
}

impl Default for Days {
    fn default() -> Self {
        Self(7)
    }
}

/// Longest period, in days: ten years.
const MOST_DAYS: u16 = 3_660;

impl FromStr for Days {
    type Err = NotOne;

    fn from_str(text: &str) -> Result<Self, NotOne> {
        let each = if text.ends_with('w') { 7 } else { 1 };
        text.strip_suffix(['d', 'w'])
            .filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|number| number.parse::<u16>().ok()?.checked_mul(each))
            .filter(|days| (1..=MOST_DAYS).contains(days))
            .map(Self)
            .ok_or_else(|| {
                NotOne(format!(
                    "{text:?} is no number of days; expected 1d to {MOST_DAYS}d, or weeks, as in 2w"
                ))
            })
    }
}

impl TryFrom<String> for Days {
    type Error = NotOne;

    fn try_from(text: String) -> Result<Self, NotOne> {
        text.parse()
    }
}

impl Count {
    /// Under one topic, unless asked otherwise.
    pub const PER_TOPIC: Self = Self(5);
    /// In an issue, unless asked otherwise.
    pub const ARTICLES: Self = Self(30);

    /// How many.
    pub fn number(self) -> usize {
        self.0.into()
    }
}

impl TryFrom<i64> for Count {
    type Error = NotOne;

    fn try_from(number: i64) -> Result<Self, NotOne> {
        u8::try_from(number)
            .ok()
            .filter(|number| (1..=100).contains(number))
            .map(Self)
            .ok_or_else(|| {
                NotOne(format!(
                    "{number} is no number of articles; expected 1 to 100"
                ))
            })
    }
}

impl FromStr for Count {
    type Err = NotOne;

    fn from_str(text: &str) -> Result<Self, NotOne> {
        number(text)?.try_into()
    }
}

impl Chars {
    /// How many.
    pub fn number(self) -> i32 {
        self.0
    }
}

impl Default for Chars {
    fn default() -> Self {
        Self(300)
    }
}

impl TryFrom<i64> for Chars {
    type Error = NotOne;

    fn try_from(number: i64) -> Result<Self, NotOne> {
        i32::try_from(number)
            .ok()
            .filter(|number| LENGTHS.contains(number))
            .map(Self)
            .ok_or_else(|| {
                NotOne(format!(
                    "{number} is no length of an abstract; expected {} to {} characters",
                    LENGTHS.start(),
                    LENGTHS.end()
                ))
            })
    }
}

impl FromStr for Chars {
    type Err = NotOne;

    fn from_str(text: &str) -> Result<Self, NotOne> {
        number(text)?.try_into()
    }
}

fn number(text: &str) -> Result<i64, NotOne> {
    text.parse()
        .map_err(|_| NotOne(format!("{text:?} is no whole number")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_measure_takes_what_it_says_and_nothing_else() {
        for (text, days) in [
            ("1d", Some(1)),
            ("7d", Some(7)),
            ("2w", Some(14)),
            ("3660d", Some(3_660)),
            ("0d", None),
            ("3661d", None),
            ("9999w", None),
            ("7", None),
            ("d", None),
            ("-1d", None),
            ("+7d", None),
            ("7 d", None),
            ("", None),
        ] {
            assert_eq!(
                text.parse::<Days>().ok().map(Days::number),
                days,
                "{text:?}"
            );
        }
        for (number, right) in [
            (1, true),
            (100, true),
            (0, false),
            (101, false),
            (-1, false),
            (i64::MAX, false),
        ] {
            assert_eq!(Count::try_from(number).is_ok(), right, "{number}");
        }
        for (number, right) in [
            (40, true),
            (4_000, true),
            (39, false),
            (4_001, false),
            (i64::MIN, false),
        ] {
            assert_eq!(Chars::try_from(number).is_ok(), right, "{number}");
        }
        for (name, right) in [
            ("weekly", true),
            ("week-48", true),
            ("", false),
            ("Weekly", false),
            ("a/b", false),
            ("a.b", false),
        ] {
            assert_eq!(name.parse::<Name>().is_ok(), right, "{name:?}");
        }
        for (code, read) in [
            ("fr", Some("fr")),
            ("EN", Some("en")),
            ("und", Some("und")),
            ("klingon", None),
            ("f1", None),
            ("", None),
        ] {
            let language = code.parse::<LanguageCode>().ok();
            assert_eq!(
                language.as_ref().map(LanguageCode::as_str),
                read,
                "{code:?}"
            );
        }
        for (text, right) in [
            ("2026-01-31", true),
            ("yesterday", false),
            ("2026-13-01", false),
            ("26-1-31", false),
            ("+12345-1-1", false),
            ("-9999-1-01", false),
            ("0000-12-31", false),
            ("", false),
        ] {
            assert_eq!(day(text).is_ok(), right, "{text:?}");
        }
        assert!("education".parse::<TopicName>().is_ok() && " ".parse::<TopicName>().is_err());
    }
}
