//! What stands in an issue, in plain values.

use chrono::NaiveDate;
use serde::Serialize;

use super::choice::shares;
use super::passage::Passage;
use super::words::Language;

/// An issue of a newsletter.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    /// Name of the digest.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Id of this edition: the same selection has the same.
    pub edition_id: String,
    /// The language of what is not an article's.
    pub language: Language,
    /// First day of its period.
    pub period_from: NaiveDate,
    /// Last day of its period.
    pub period_to: NaiveDate,
    /// Whether there is nothing in it.
    pub is_empty: bool,
    /// Articles of the period that fit, whether they stand in it or not.
    pub found: u64,
    /// Articles of the period that may belong in it and wait for their abstracts.
    pub waiting: u64,
    /// Articles that stand in it with an abstract.
    pub shown: usize,
    /// Where the other articles of the period are read.
    pub more: Option<String>,
    /// What stands before the articles.
    pub intro: Passage,
    /// The article that opens it.
    pub lead: Option<Item>,
    /// The articles by topic.
    pub sections: Vec<Section>,
    /// What stands after the articles.
    pub footer: Passage,
}

/// The articles of one topic.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// Id of the topic; none for articles without one of those wanted.
    pub topic_id: Option<String>,
    /// What the section is called.
    pub title: String,
    /// Its articles.
    pub items: Vec<Item>,
    /// Stories of the topic that found no room.
    pub left_out: usize,
}

/// An article in an issue.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Id of the article.
    pub id: String,
    /// Title.
    pub title: String,
    /// Language.
    pub language: String,
    /// Day of publication.
    pub published_on: Option<NaiveDate>,
    /// Short summary; none while there is none.
    #[serde(rename = "abstract")]
    pub abstract_: Option<String>,
    /// Where it is read; none where that is not known.
    pub link: Option<String>,
    /// Names of its topics, the surest first.
    pub labels: Vec<String>,
    /// The others of its story.
    pub also: Vec<Also>,
}

/// Another article of the same story.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Also {
    /// Id of the article.
    pub id: String,
    /// Title.
    pub title: String,
    /// Language.
    pub language: String,
    /// Day of publication.
    pub published_on: Option<NaiveDate>,
    /// Where it is read.
    pub link: Option<String>,
}

impl Item {
    /// What stands below its title: its day and its topics, but not the one that the heading above it says already.
    pub(super) fn facts(&self, language: Language, heading: &str) -> String {
        let day = self.published_on.map(|day| language.day(day));
        let others = self.labels.iter().filter(|label| *label != heading);
        let facts: Vec<String> = day.into_iter().chain(others.cloned()).collect();
        facts.join(" · ")
    }
}

impl Issue {
    /// The articles that stand in it, in its order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        let sections = self.sections.iter().flat_map(|section| &section.items);
        self.lead.iter().chain(sections)
    }

    /// How many articles of the period do not stand in it, not even as another of a story.
    pub(super) fn rest(&self) -> u64 {
        let standing: usize = self.items().map(|item| 1 + item.also.len()).sum();
        self.found.saturating_sub(standing as u64)
    }

    /// The same with at most `room` articles after the lead; every section gives up its last ones first.
    pub(super) fn shortened(&self, room: usize) -> Self {
        let mut issue = self.clone();
        let sizes: Vec<usize> = issue.sections.iter().map(|one| one.items.len()).collect();
        for (section, kept) in issue.sections.iter_mut().zip(shares(&sizes, room)) {
            section.left_out += section.items.len() - kept;
            section.items.truncate(kept);
        }
        issue.sections.retain(|section| !section.items.is_empty());
        issue
    }
}
