//! The scalars `Date` and `DateTime`.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};

/// A day of the Gregorian calendar, written `2026-11-22` (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date(pub(super) NaiveDate);

/// A day of the Gregorian calendar, written `2026-11-22` (ISO 8601).
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/local-date.html")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        day(text).map(Self).ok_or_else(|| {
            InputValueError::custom(format!(
                "{text:?} is not a day; expected one like \"2026-11-22\", of the years 0001 to 9999"
            ))
        })
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A moment in UTC, written `2026-11-22T07:30:00.000Z` (RFC 3339).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment(pub(super) DateTime<Utc>);

/// A moment in UTC, written `2026-11-22T07:30:00.000Z` (RFC 3339).
#[Scalar(
    name = "DateTime",
    specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html"
)]
impl ScalarType for Moment {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let moment = DateTime::parse_from_rfc3339(text);
        moment.map(|moment| Self(moment.to_utc())).map_err(|_| {
            InputValueError::custom(format!(
                "{text:?} is not a moment; expected one like \"2026-11-22T07:30:00Z\""
            ))
        })
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

/// What a value of these scalars looks like, for the end of what the validator says of one that is none: it names the
/// scalar alone.
pub fn expected(message: &str) -> Option<&'static str> {
    [
        (
            "expected type \"Date\"",
            ", a day like \"2026-11-22\", of the years 0001 to 9999",
        ),
        (
            "expected type \"DateTime\"",
            ", a moment like \"2026-11-22T07:30:00Z\"",
        ),
    ]
    .into_iter()
    .find_map(|(end, example)| message.ends_with(end).then_some(example))
}

/// A day as it must be written. The databases sort days of other years each in its own way.
pub fn day(text: &str) -> Option<NaiveDate> {
    let day = text
        .parse::<NaiveDate>()
        .ok()
        .filter(|_| text.len() == 10)?;
    (1..=9999).contains(&day.year()).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_validator_knows_a_day_and_a_moment() {
        let text = |text: &str| Value::String(text.to_owned());
        for (value, day, moment) in [
            (text("2026-11-22"), true, false),
            (text("2026-11-22T07:30:00Z"), false, true),
            (text("yesterday"), false, false),
            (Value::from(20_261_122), false, false),
        ] {
            assert_eq!(Date::is_valid(&value), day, "{value}");
            assert_eq!(Moment::is_valid(&value), moment, "{value}");
        }
        for (message, example) in [
            (
                "Invalid value for argument \"a\", expected type \"Date\"",
                "2026-11-22\"",
            ),
            (
                "Invalid value for argument \"a\", expected type \"DateTime\"",
                "T07:30:00Z",
            ),
        ] {
            assert!(expected(message).is_some_and(|said| said.contains(example)));
        }
        assert_eq!(
            expected("Invalid value for argument \"a\", expected type \"Int\""),
            None
        );
    }

    #[test]
    fn a_moment_is_written_with_three_digits_of_a_second() {
        for (micros, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_500_000, "1970-01-01T00:00:01.500Z"),
            (123_456, "1970-01-01T00:00:00.123Z"),
        ] {
            let moment = DateTime::from_timestamp_micros(micros).expect("a moment");
            assert_eq!(Moment(moment).to_value(), Value::from(text), "{micros}");
        }
    }

    #[test]
    fn a_day_is_of_four_digits_two_and_two() {
        for (text, fits) in [
            ("2026-11-22", true),
            ("0001-01-01", true),
            ("9999-12-31", true),
            ("0000-01-01", false),
            ("-0001-01-01", false),
            ("+12026-01-01", false),
            ("-9999-01-01", false),
            ("2026-1-2", false),
            ("2026-02-30", false),
            ("2026-11-22T00:00:00Z", false),
            ("", false),
        ] {
            assert_eq!(day(text).is_some(), fits, "{text:?}");
        }
    }
}
