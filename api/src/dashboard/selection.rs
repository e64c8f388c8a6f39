//! Which articles a list is to show: the parameters of its address, as the filter of the API has them.

use chrono::NaiveDate;
use form_urlencoded::Serializer;
use serde_json::{Map, Value, json};

use super::language;
use super::problem::Problem;
use super::topics::TopicName;
use crate::feed::View;
use crate::graphql;

/// Articles on a page of a list.
const SIZE: u32 = 20;

/// The orders of a list: the word in the address, what it is called, and what the API calls it.
const ORDERS: [(&str, &str, &str, &str); 5] = [
    ("newest", "Newest first", "PUBLISHED_AT", "DESC"),
    ("oldest", "Oldest first", "PUBLISHED_AT", "ASC"),
    ("title", "By title", "TITLE", "ASC"),
    ("added", "Last added first", "INGESTED_AT", "DESC"),
    ("relevance", "Best match first", "RELEVANCE", "DESC"),
];

/// The parameters of a list, in the order of the address; those that mean nothing here are left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Selection(Vec<(String, String)>);

/// The names of the parameters.
const NAMES: [&str; 14] = [
    "q",
    "topic",
    "match",
    "language",
    "source",
    "from",
    "to",
    "undated",
    "abstract",
    "duplicates",
    "order",
    "after",
    "before",
    "view",
];

/// A part of the selection that can be taken back.
pub(super) struct Chip {
    pub(super) text: String,
    /// The same list without it.
    pub(super) without: String,
}

impl Selection {
    /// Of the query string of an address.
    pub(super) fn of(query: &str) -> Self {
        let parameters = form_urlencoded::parse(query.as_bytes());
        let named = parameters.map(|(name, value)| {
            // The feeds and the API call the words `search`.
            let name = if name == "search" { "q".into() } else { name };
            // No text of the archive has U+0000, and no page may.
            let value = value.replace('\0', "");
            let value = match &*name {
                "language" => value.trim().to_ascii_lowercase(),
                _ => value.trim().to_owned(),
            };
            (name.into_owned(), value)
        });
        let known = named.filter(|(name, value)| NAMES.contains(&&**name) && !value.is_empty());
        Self(known.collect())
    }

    /// What its feeds are of; their order is their own.
    pub(super) fn feed(&self, topic: Option<&str>) -> View {
        let own = |name: &str| !["order", "after", "before", "view"].contains(&name);
        View {
            topic: topic.map(str::to_owned),
            parameters: self
                .0
                .iter()
                .filter(|(name, _)| own(name))
                .cloned()
                .collect(),
        }
    }

    /// What a person calls the list: what narrows it.
    pub(super) fn title(&self, topics: &[TopicName]) -> String {
        let chips = self.chips("", topics).into_iter().map(|chip| chip.text);
        chips.collect::<Vec<_>>().join(" · ")
    }

    /// The value of a parameter; empty if it is not there.
    pub(super) fn one(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(found, _)| found == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The values of a parameter.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(found, _)| found == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Whether a parameter has this value.
    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|found| found == value)
    }

    /// Whether a topic is among those chosen, by its slug or by its id.
    pub(super) fn has_topic(&self, topic: &TopicName) -> bool {
        self.all("topic").any(|called| topic.is_called(called))
    }

    /// The same without what is chosen of a group whose values widen the list; none if nothing of it is chosen.
    pub(super) fn widened(&self, name: &str) -> Option<Self> {
        let narrows = name == "topic" && self.one("match") == "all";
        if narrows || self.one(name).is_empty() {
            return None;
        }
        let rest = self.0.iter().filter(|(found, _)| found != name);
        Some(Self(rest.cloned().collect()))
    }

    /// The same with this parameter as well.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Whether anything narrows the list.
    pub(super) fn narrows(&self) -> bool {
        self.0
            .iter()
            .any(|(name, _)| !["order", "after", "before", "view", "duplicates"].contains(&&**name))
    }

    /// The address of the list from its start.
    pub(super) fn address(&self, path: &str) -> String {
        self.without(path, |name, _| matches!(name, "after" | "before" | "view"))
    }

    /// The address of another page of the list.
    pub(super) fn page(&self, path: &str, way: &str, cursor: &str) -> String {
        let start = Self::of(self.address("").trim_start_matches('?'));
        start.with(way, cursor).without(path, |_, _| false)
    }

    fn without(&self, path: &str, out: impl Fn(&str, &str) -> bool) -> String {
        let mut query = Serializer::new(String::new());
        for (name, value) in self.0.iter().filter(|(name, value)| !out(name, value)) {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// What narrows the list, in words, each with the list without it.
    pub(super) fn chips(&self, path: &str, topics: &[TopicName]) -> Vec<Chip> {
        let chips = self.0.iter().filter_map(|(name, value)| {
            let text = match name.as_str() {
                "q" => format!("“{value}”"),
                "topic" => topics
                    .iter()
                    .find(|topic| topic.is_called(value))?
                    .name
                    .clone(),
                "language" => language::name(value).to_owned(),
                "source" => format!("from {value}"),
                "from" => format!("since {}", super::day::day(value)),
                "to" => format!("until {}", super::day::day(value)),
                other => match (other, value.as_str()) {
                    ("undated", "yes") => "without a date".to_owned(),
                    ("undated", "no") => "with a date".to_owned(),
                    ("abstract", "yes") => "with an abstract".to_owned(),
                    ("abstract", "no") => "without an abstract".to_owned(),
                    ("duplicates", "yes") => "repeats too".to_owned(),
                    _ => return None,
                },
            };
            let paging = |found: &str| matches!(found, "after" | "before" | "view");
            let without = self.without(path, |found, other| {
                paging(found) || (found == name && other == value)
            });
            Some(Chip { text, without })
        });
        chips.collect()
    }

    /// The orders to choose from: word, name, and whether it is the one.
    pub(super) fn orders(&self) -> Vec<(&'static str, &'static str, bool)> {
        let searching = !self.one("q").is_empty();
        let chosen = self.one("order");
        let orders = ORDERS
            .iter()
            .filter(|(word, ..)| searching || *word != "relevance");
        let orders = orders.map(|(word, name, ..)| (*word, *name, *word == chosen));
        // What fits both a list that is searched and one that is not, so that typing words need not change it.
        let unsaid = ("", "Best match, else newest", chosen.is_empty());
        std::iter::once(unsaid).chain(orders).collect()
    }

    fn day(&self, name: &str) -> Result<Option<NaiveDate>, Problem> {
        let text = self.one(name);
        if text.is_empty() {
            return Ok(None);
        }
        let day = graphql::day(text).map(Some);
        day.ok_or_else(|| {
            Problem::bad(format!(
                "{text:?} is no day; expected one like 2024-03-12, of the years 0001 to 9999."
            ))
        })
    }

    fn yes_or_no(&self, name: &str) -> Result<Option<bool>, Problem> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (None, _) => Ok(None),
            (Some("yes"), None) => Ok(Some(true)),
            (Some("no"), None) => Ok(Some(false)),
            (Some(other), None) => Err(Problem::bad(format!(
                "{name}: {other:?} is neither yes nor no."
            ))),
            (Some(_), Some(_)) => Err(Problem::bad(format!(
                "{name}: several values are given; expected yes or no."
            ))),
        }
    }

    /// The filter of the API; else what in the address makes no sense.
    pub(super) fn filter(&self, topics: &[TopicName]) -> Result<Value, Problem> {
        let mut filter = Map::new();
        let ids: Result<Vec<&str>, Problem> = self
            .all("topic")
            .map(|slug| {
                let found = topics.iter().find(|topic| topic.is_called(slug));
                found.map(|topic| topic.id.as_str()).ok_or_else(|| {
                    Problem::bad(format!(
                        "There is no topic {slug:?}; the page Topics lists them."
                    ))
                })
            })
            .collect();
        let mut list = |name: &str, values: Vec<&str>| {
            if !values.is_empty() {
                filter.insert(name.to_owned(), json!(values));
            }
        };
        list("topics", ids?);
        list("languages", self.all("language").collect());
        list("sources", self.all("source").collect());
        match self.one("match") {
            "" | "any" => {}
            "all" => drop(filter.insert("topicsMatch".to_owned(), json!("ALL"))),
            other => {
                let message = format!("{other:?} is no way to match topics; expected any or all.");
                return Err(Problem::bad(message));
            }
        }
        let (from, to) = (self.day("from")?, self.day("to")?);
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            let message = format!("No day is both since {from} and until {to}; turn them round.");
            return Err(Problem::bad(message));
        }
        for (day, name) in [(from, "publishedFrom"), (to, "publishedTo")] {
            if let Some(day) = day {
                filter.insert(name.to_owned(), json!(day.to_string()));
            }
        }
        let undated = self.yes_or_no("undated")?;
        if undated == Some(true) && (from.is_some() || to.is_some()) {
            let message = "Articles without a date lie in no period: choose either those or days.";
            return Err(Problem::bad(message));
        }
        let repeats = self.yes_or_no("duplicates")?.filter(|yes| *yes);
        for (chosen, name) in [
            (undated, "undated"),
            (self.yes_or_no("abstract")?, "hasAbstract"),
            (repeats, "includeDuplicates"),
        ] {
            if let Some(chosen) = chosen {
                filter.insert(name.to_owned(), json!(chosen));
            }
        }
        Ok(Value::Object(filter))
    }

    /// The variables of `ArticleList`.
    pub(super) fn variables(&self, topics: &[TopicName]) -> Result<Value, Problem> {
        let mut variables = Map::new();
        let filter = self.filter(topics)?;
        if filter.as_object().is_some_and(|filter| !filter.is_empty()) {
            variables.insert("filter".to_owned(), filter);
        }
        let (size, way, cursor) = match (self.one("after"), self.one("before")) {
            ("", "") => ("first", "", ""),
            (after, "") => ("first", "after", after),
            (_, before) => ("last", "before", before),
        };
        variables.insert(size.to_owned(), json!(SIZE));
        if !way.is_empty() {
            variables.insert(way.to_owned(), json!(cursor));
        }
        if !self.one("q").is_empty() {
            variables.insert("search".to_owned(), json!(self.one("q")));
        }
        let word = self.one("order");
        if !word.is_empty() {
            let found = ORDERS.iter().find(|(known, ..)| *known == word);
            let Some((_, _, field, direction)) = found else {
                let words: Vec<_> = ORDERS.iter().map(|(word, ..)| *word).collect();
                let message = format!(
                    "{word:?} is no order; expected one of: {}.",
                    words.join(", ")
                );
                return Err(Problem::bad(message));
            };
            variables.insert(
                "orderBy".to_owned(),
                json!({ "field": field, "direction": direction }),
            );
        }
        Ok(Value::Object(variables))
    }
}

#[cfg(test)]
mod tests;
