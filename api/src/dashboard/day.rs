//! Days and moments in words.

use chrono::{DateTime, NaiveDate};

/// `2024-03-12` as `12 March 2024`; what is no day, as it is.
pub(super) fn day(text: &str) -> String {
    let read = text.parse::<NaiveDate>();
    read.map_or_else(
        |_| text.to_owned(),
        |day| day.format("%-d %B %Y").to_string(),
    )
}

/// `2024-03` as `March 2024`.
pub(super) fn month(text: &str) -> String {
    named(text, "%B %Y")
}

/// `2024-03` as `Mar 24`.
pub(super) fn short_month(text: &str) -> String {
    named(text, "%b %y")
}

fn named(text: &str, format: &str) -> String {
    let read = format!("{text}-01").parse::<NaiveDate>();
    read.map_or_else(|_| text.to_owned(), |day| day.format(format).to_string())
}

/// A moment of RFC 3339 as `25 November 2026, 19:20 UTC`.
pub(super) fn moment(text: &str) -> String {
    let read = DateTime::parse_from_rfc3339(text);
    read.map_or_else(
        |_| text.to_owned(),
        |moment| moment.to_utc().format("%-d %B %Y, %H:%M UTC").to_string(),
    )
}

/// The first and the last day of a month, `2024-02` as `2024-02-01` and `2024-02-29`.
pub(super) fn bounds(month: &str) -> Option<(NaiveDate, NaiveDate)> {
    let first: NaiveDate = format!("{month}-01").parse().ok()?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    Some((first, next.pred_opt()?))
}

/// So many months up to this one, the oldest first: each as `2024-03`.
pub(super) fn months_until(last: &str, number: u32) -> Vec<String> {
    let Ok(last) = format!("{last}-01").parse::<NaiveDate>() else {
        return Vec::new();
    };
    let back = (0..number).rev();
    let months = back.filter_map(|back| last.checked_sub_months(chrono::Months::new(back)));
    months
        .map(|month| month.format("%Y-%m").to_string())
        .collect()
}

/// Why a day of publication is believed, to go after "dated".
pub(super) fn basis(basis: &str) -> &'static str {
    match basis {
        "DATELINE" => "by its dateline",
        "METADATA" => "by the feed or the markup it came with",
        "STATED" => "from the text",
        "MENTIONED" => "from the event it reports",
        _ => "by what the page says",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_moments_are_put_into_words() {
        assert_eq!(day("2024-03-02"), "2 March 2024");
        assert_eq!(day("soon"), "soon");
        assert_eq!(month("2024-03"), "March 2024");
        assert_eq!(short_month("2024-03"), "Mar 24");
        assert_eq!(moment("2024-03-02T09:05:00Z"), "2 March 2024, 09:05 UTC");
        assert_eq!(moment("then"), "then");
    }

    #[test]
    fn a_month_has_a_first_and_a_last_day_and_months_before_it() {
        let (first, last) = bounds("2024-02").expect("a month");
        assert_eq!(
            (first.to_string(), last.to_string()),
            ("2024-02-01".into(), "2024-02-29".into())
        );
        assert_eq!(bounds("2024-13"), None);
        assert_eq!(
            months_until("2024-02", 3),
            ["2023-12", "2024-01", "2024-02"]
        );
        assert_eq!(months_until("never", 3), [""; 0]);
    }
}
