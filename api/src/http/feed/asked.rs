//! What a feed is asked for by its address.

use std::collections::BTreeSet;

use actix_web::web;
use chrono::NaiveDate;

use crate::feed::View;
use crate::graphql::{self, Place};
use crate::index::Wanted;
use crate::store::articles::{ArticleOrder, ArticlePlace, Direction, Match, OrderField};
use crate::store::window::{End, Window};

/// The parameters there are, as a message names them.
const KNOWN: &str = "topic, language, source, from, to, match, undated, abstract, duplicates, search, q, order, size, after, before";

/// Parameters that say which part of a feed, not which feed.
pub(super) const OF_A_PART: [&str; 2] = ["after", "before"];

/// Most values of one parameter.
const MOST: usize = 100;

/// Articles in one document unless asked otherwise: enough for a reader that asks once a day.
const SIZE: u64 = 50;

/// Most articles in one document.
const MOST_ARTICLES: u64 = 100;

/// What a feed is asked for; topics are not looked up yet.
#[derive(Debug)]
pub(super) struct Asked {
    /// The address it was asked by.
    pub(super) view: View,
    /// Topics by id or slug, that of the path among them; each as it was given.
    pub(super) topics: BTreeSet<String>,
    /// How many of the topics an article must have.
    pub(super) topics_match: Match,
    /// Language codes.
    pub(super) languages: BTreeSet<String>,
    /// Sources.
    pub(super) sources: BTreeSet<String>,
    /// First day of publication.
    pub(super) from: Option<NaiveDate>,
    /// Last day of publication.
    pub(super) to: Option<NaiveDate>,
    /// Only articles without a date, or only those with one.
    pub(super) undated: Option<bool>,
    /// Only articles with an abstract, or only those without.
    pub(super) has_abstract: Option<bool>,
    /// Also those that repeat another's text.
    pub(super) duplicates: bool,
    /// What is searched for, as it was typed and as it is understood.
    pub(super) search: Option<(String, Wanted)>,
    /// The order of the articles.
    pub(super) order: ArticleOrder,
    /// Which part of them.
    pub(super) window: Window<ArticlePlace>,
}

impl Asked {
    /// Read it out of the topic in the path and the parameters. A parameter that is empty is as one that is not there, as
    /// forms send what nobody filled in.
    ///
    /// # Errors
    ///
    /// Which parameter is wrong, and what would be right.
    pub(super) fn read(topic: Option<String>, query: &str) -> Result<Self, String> {
        let given = web::Query::<Vec<(String, String)>>::from_query(query)
            .map_err(|error| format!("the query string cannot be read: {error}"))?;
        let given = given.into_inner().into_iter();
        let parameters: Vec<(String, String)> =
            given.filter(|(_, value)| !value.is_empty()).collect();
        if let Some((unknown, _)) = parameters
            .iter()
            .find(|(name, _)| !KNOWN.split(", ").any(|known| known == name))
        {
            return Err(format!(
                "there is no parameter {unknown:?}; expected one of: {KNOWN}"
            ));
        }
        // No text of the archive has one, and not every database takes it.
        if let Some((name, _)) = parameters.iter().find(|(_, value)| value.contains('\0')) {
            return Err(format!("{name}: U+0000 is in it; expected text without it"));
        }
        let given = Given(&parameters);
        let (from, to) = (given.day("from")?, given.day("to")?);
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            return Err(format!(
                "from: {from} is after to: {to}; expected it before"
            ));
        }
        let undated = given.yes_or_no("undated")?;
        if undated == Some(true) && (from.is_some() || to.is_some()) {
            let message = "undated: articles without a date lie in no period; expected either undated=yes or from and to";
            return Err(message.to_owned());
        }
        let order = given.order()?;
        let window = given.window(order)?;
        let mut topics = given.several("topic")?;
        topics.extend(topic.clone());
        Ok(Self {
            topics,
            topics_match: given.topics_match()?,
            languages: given.languages()?,
            sources: given.several("source")?,
            from,
            to,
            undated,
            has_abstract: given.yes_or_no("abstract")?,
            duplicates: given.yes_or_no("duplicates")?.unwrap_or_default(),
            search: given.search()?,
            order,
            window,
            view: View { topic, parameters },
        })
    }
}

/// Parameters, none of them empty.
struct Given<'a>(&'a [(String, String)]);

impl<'a> Given<'a> {
    fn all(&self, name: &str) -> impl Iterator<Item = &'a str> {
        let values = self.0.iter().filter(move |(found, _)| found == name);
        values.map(|(_, value)| value.as_str())
    }

    fn several(&self, name: &str) -> Result<BTreeSet<String>, String> {
        let values: BTreeSet<String> = self.all(name).map(str::to_owned).collect();
        match values.len() {
            0..=MOST => Ok(values),
            many => Err(format!(
                "{name}: {many} values are given; expected at most {MOST}"
            )),
        }
    }

    fn once(&self, name: &str) -> Result<Option<&'a str>, String> {
        let mut values = self.all(name);
        let value = values.next();
        match values.next() {
            Some(_) => Err(format!("{name}: several values are given; expected one")),
            None => Ok(value),
        }
    }

    fn day(&self, name: &str) -> Result<Option<NaiveDate>, String> {
        let Some(text) = self.once(name)? else {
            return Ok(None);
        };
        let day = graphql::day(text).ok_or_else(|| {
            format!(
                "{name}: {text:?} is not a day; expected one like 2021-03-15, of the years 0001 to 9999"
            )
        })?;
        Ok(Some(day))
    }

    fn languages(&self) -> Result<BTreeSet<String>, String> {
        let given = self.several("language")?;
        let codes = given.into_iter().map(|text| {
            let code = text.to_ascii_lowercase();
            let letters = code.bytes().all(|byte| byte.is_ascii_lowercase());
            ((2..=3).contains(&code.len()) && letters)
                .then_some(code)
                .ok_or_else(|| {
                    format!(
                        "language: {text:?} is not a code of a language; expected one like en or fr"
                    )
                })
        });
        codes.collect()
    }

    fn yes_or_no(&self, name: &str) -> Result<Option<bool>, String> {
        match self.once(name)? {
            None => Ok(None),
            Some("yes") => Ok(Some(true)),
            Some("no") => Ok(Some(false)),
            Some(other) => Err(format!("{name}: {other:?} is neither yes nor no")),
        }
    }

    fn topics_match(&self) -> Result<Match, String> {
        match self.once("match")? {
            None | Some("any") => Ok(Match::Any),
            Some("all") => Ok(Match::All),
            Some(other) => Err(format!(
                "match: {other:?} is no way to match topics; expected any or all"
            )),
        }
    }

    fn search(&self) -> Result<Option<(String, Wanted)>, String> {
        // The pages call it `q`.
        let (name, text) = match (self.once("search")?, self.once("q")?) {
            (None, None) => return Ok(None),
            (Some(text), None) => ("search", text),
            (None, Some(text)) => ("q", text),
            (Some(_), Some(_)) => {
                return Err("search and q are both given; expected one of them".to_owned());
            }
        };
        let wanted = Wanted::read(text).map_err(|why| format!("{name}: {why}"))?;
        Ok(Some((text.to_owned(), wanted)))
    }

    fn order(&self) -> Result<ArticleOrder, String> {
        let field = match self.once("order")? {
            // The second of each is what the pages call it.
            None | Some("published" | "newest") => OrderField::PublishedAt,
            Some("ingested" | "added") => OrderField::IngestedAt,
            Some(other) => {
                return Err(format!(
                    "order: {other:?} is no order of a feed; expected published or ingested, both newest first"
                ));
            }
        };
        Ok(ArticleOrder {
            field,
            direction: Direction::Desc,
        })
    }

    fn window(&self, order: ArticleOrder) -> Result<Window<ArticlePlace>, String> {
        let size = match self.once("size")? {
            None => SIZE,
            Some(text) => text
                .parse()
                .ok()
                .filter(|size| (1..=MOST_ARTICLES).contains(size))
                .ok_or_else(|| {
                    format!(
                        "size: {text:?} is not a number of articles; expected 1 to {MOST_ARTICLES}"
                    )
                })?,
        };
        let place = |name| {
            let cursor = self.once(name)?;
            let place = cursor.map(|cursor| ArticlePlace::decode(name, cursor, order));
            place.transpose().map_err(|error| error.message)
        };
        let (after, before) = (place("after")?, place("before")?);
        if after.is_some() && before.is_some() {
            return Err("after and before are both given; expected one of them".to_owned());
        }
        Ok(Window {
            size,
            end: if before.is_some() {
                End::Last
            } else {
                End::First
            },
            after,
            before,
        })
    }
}

#[cfg(test)]
mod tests;
