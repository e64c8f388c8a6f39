//! The article that opens an issue, which may be of any day.

use tests::{archive, on_both_engines};

use super::{as_json, items};

on_both_engines!(
    what_opened_an_issue_of_earlier_days_is_not_in_that_of_its_own,
    |database| {
        archive::migrate(database.url());
        let _ = archive::ingest(database.url(), &archive::samples());
        let roomy = ["--max-per-topic", "100", "--max-articles", "100"];
        let mut dated: Vec<(String, String)> = items(&as_json(&database, &roomy))
            .iter()
            .filter_map(|item| {
                let text = |field: &str| item[field].as_str().map(str::to_owned);
                text("publishedOn").zip(text("id"))
            })
            .collect();
        dated.sort();
        let (oldest, _) = dated.first().expect("articles with a day");
        let (newest, lead) = dated.last().expect("articles with a day");
        let (next, _) = dated
            .iter()
            .find(|(day, _)| day > oldest)
            .expect("another day");
        assert!(next < newest);
        let asked = |more: &[&str]| -> Vec<String> {
            let issue = as_json(&database, &[&roomy[..], more].concat());
            let ids = items(&issue).into_iter().map(|item| item["id"].clone());
            ids.filter_map(|id| id.as_str().map(str::to_owned))
                .collect()
        };
        let first = asked(&["--until", oldest, "--lead", lead, "--mark-sent"]);
        assert_eq!(first[0], *lead);
        let second = asked(&["--since", next]);
        assert!(!second.is_empty() && !second.contains(lead), "{second:?}");
    }
);
