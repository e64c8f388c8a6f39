//! Lists of which only what a list shows is read: one statement, whose rows come as one JSON text and stay in it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::abstracts::Kind;
use entity::article;
use entity::id::{ArticleId, TopicId};
use sea_orm::prelude::*;
use sea_orm::{ActiveEnum, QuerySelect, QueryTrait};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::order::{ArticleOrder, ArticlePlace, OrderField, SortKey};
use super::plan::Plan;
use super::{ArticleFilter, Store, StoreError};
use crate::store::rows::{self, Column};
use crate::store::window::Window;

/// What is read of each article besides its id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Abstracts.
    pub abstracts: bool,
    /// Labels.
    pub labels: bool,
    /// Names of the topics of labels.
    pub topics: bool,
    /// Title.
    pub title: bool,
    /// Day of publication.
    pub published_on: bool,
    /// Its place in the list.
    pub place: bool,
    /// Slug.
    pub slug: bool,
    /// Language.
    pub language: bool,
    /// Words of the text.
    pub word_count: bool,
    /// Why the day of publication is believed.
    pub date_basis: bool,
    /// Place on its page.
    pub position: bool,
}

/// The rows of a list as the database wrote them.
#[derive(Debug)]
pub struct Cards {
    rows: String,
    /// Ids and names of topics.
    topics: String,
    /// The same of topics that are not among those, if they were too many.
    others: Vec<(String, Box<RawValue>)>,
    /// The order they are listed in.
    pub order: ArticleOrder,
}

/// One article of a list: every value in JSON as the database wrote it; none of what is not read.
#[derive(Debug, Deserialize)]
pub struct Card<'a> {
    /// Id.
    #[serde(borrow)]
    pub id: &'a RawValue,
    /// Abstracts, of every kind.
    pub abstracts: Vec<CardAbstract<'a>>,
    /// Labels, the surest first.
    pub labels: Vec<CardLabel<'a>>,
    /// Title.
    #[serde(default)]
    pub title: Option<&'a RawValue>,
    /// Day of publication, or null.
    #[serde(default)]
    pub published_on: Option<&'a RawValue>,
    #[serde(default)]
    key: Option<&'a RawValue>,
    /// Slug.
    #[serde(default)]
    pub slug: Option<&'a RawValue>,
    /// Language.
    #[serde(default)]
    pub language: Option<&'a RawValue>,
    /// Words of the text.
    #[serde(default)]
    pub word_count: Option<&'a RawValue>,
    /// Why the day of publication is believed, or null.
    #[serde(default)]
    pub date_basis: Option<&'a RawValue>,
    /// Place on its page.
    #[serde(default)]
    pub position: Option<&'a RawValue>,
}

/// An abstract of an article of a list.
#[derive(Debug, Deserialize)]
pub struct CardAbstract<'a> {
    /// How it was made, as the schema says it.
    #[serde(borrow)]
    pub kind: &'a RawValue,
    /// The text as it is stored.
    pub text: &'a RawValue,
}

/// A label of an article of a list.
#[derive(Debug, Deserialize)]
pub struct CardLabel<'a> {
    /// How sure it is.
    #[serde(deserialize_with = "rows::share")]
    pub score: f64,
    /// Id of the topic.
    #[serde(borrow)]
    pub topic: &'a RawValue,
    /// Who assigned it, as the schema says it.
    pub origin: &'a RawValue,
    /// Name of the topic.
    #[serde(skip)]
    pub name: Option<&'a RawValue>,
}

const ABSTRACTS: Column = Column::Rows {
    of: &[Column::Plain("kind"), Column::Plain("text")],
    from: r#""abstract" WHERE "article_id" = "listed"."id""#,
};
const LABELS: Column = Column::Rows {
    of: &[
        Column::Share("score"),
        Column::Plain("topic_id"),
        Column::Plain("origin"),
    ],
    from: r#""label" WHERE "article_id" = "listed"."id""#,
};
/// Vocabularies are small: all of one is read faster than each label's topic is looked up.
const TOPICS: Column = Column::Rows {
    of: &[Column::Plain("id"), Column::Plain("name")],
    from: r#"(SELECT "id", "name" FROM "topic" LIMIT 100) AS "few""#,
};
/// So many topics are not all of them.
const MANY: usize = 100;

impl Store {
    /// The articles in a window of those that pass the filter, in this order, counted from the window's end.
    pub async fn cards(
        &self,
        filter: &ArticleFilter,
        order: ArticleOrder,
        window: &Window<ArticlePlace>,
        shown: Shown,
    ) -> Result<Cards, StoreError> {
        let plan = Plan::of(filter, order, &self.connection).await?;
        let key = match order.field {
            OrderField::PublishedAt => article::Column::PublishedOn,
            OrderField::Title => article::Column::TitleKey,
            OrderField::IngestedAt => article::Column::IngestedAt,
        };
        // In the order of the fields of a card; those at the end may be left out.
        let mut columns = vec![
            (article::Column::Title, shown.title),
            (article::Column::PublishedOn, shown.published_on),
            (key, shown.place),
            (article::Column::Slug, shown.slug),
            (article::Column::Language, shown.language),
            (article::Column::WordCount, shown.word_count),
            (article::Column::DateBasis, shown.date_basis),
            (article::Column::Position, shown.position),
        ];
        while columns.last().is_some_and(|(_, wanted)| !wanted) {
            columns.pop();
        }
        let mut values = vec![
            Column::Plain(article::Column::Id.as_str()),
            if shown.abstracts {
                ABSTRACTS
            } else {
                Column::NONE
            },
            if shown.labels { LABELS } else { Column::NONE },
        ];
        let mut select = article::Entity::find()
            .select_only()
            .column(article::Column::Id)
            .filter(filter.condition(&plan));
        let mut selected = Vec::new();
        for &(column, wanted) in &columns {
            values.push(match wanted {
                true => Column::Plain(column.as_str()),
                false => Column::Left(""),
            });
            // The key may be the day of publication, which must not be selected twice.
            if wanted && !selected.contains(&column.as_str()) {
                selected.push(column.as_str());
                select = select.column(column);
            }
        }
        let select = plan.within(select, window).limit(window.limit());
        let topics = if shown.topics { TOPICS } else { Column::NONE };
        let (rows, topics) =
            rows::written(&select.into_query(), &values, topics, &self.connection).await?;
        let mut cards = Cards {
            rows,
            topics,
            others: Vec::new(),
            order,
        };
        if shown.topics && cards.named()?.len() >= MANY {
            cards.others = self.other_topics(&cards).await?;
        }
        Ok(cards)
    }

    /// The topics of labels that are not among those read with them.
    async fn other_topics(
        &self,
        cards: &Cards,
    ) -> Result<Vec<(String, Box<RawValue>)>, StoreError> {
        let mut unnamed: Vec<TopicId> = Vec::new();
        for label in cards.read()?.iter().flat_map(|card| &card.labels) {
            if label.name.is_none() {
                unnamed
                    .push(serde_json::from_str(label.topic.get()).map_err(StoreError::unreadable)?);
            }
        }
        unnamed.sort_unstable();
        unnamed.dedup();
        let found = self.topics_by_id(&unnamed).await?.into_iter();
        found
            .map(|row| {
                let json = |text: &str| serde_json::to_string(text).map_err(StoreError::unreadable);
                let name =
                    RawValue::from_string(json(&row.name)?).map_err(StoreError::unreadable)?;
                Ok((json(row.id.as_str())?, name))
            })
            .collect()
    }
}

impl Cards {
    /// The articles, in the order they came.
    pub fn read(&self) -> Result<Vec<Card<'_>>, StoreError> {
        let mut cards: Vec<Card<'_>> = rows::read(&self.rows)?;
        let named = self.named()?;
        for label in cards.iter_mut().flat_map(|card| &mut card.labels) {
            label.name = named.get(label.topic.get()).copied();
        }
        for card in &mut cards {
            card.labels.sort_by(|one, other| {
                rows::surest_first(
                    (one.score, one.topic.get()),
                    (other.score, other.topic.get()),
                )
            });
        }
        Ok(cards)
    }

    /// Names of topics by id, both in JSON.
    fn named(&self) -> Result<HashMap<&str, &RawValue>, StoreError> {
        let read: Vec<(&RawValue, &RawValue)> = rows::read(&self.topics)?;
        let others = self.others.iter().map(|(id, name)| (id.as_str(), &**name));
        Ok(read
            .into_iter()
            .map(|(id, name)| (id.get(), name))
            .chain(others)
            .collect())
    }

    /// The place of one of them in the list.
    pub fn place(&self, card: &Card<'_>) -> Result<ArticlePlace, StoreError> {
        let key = card.key.map_or("null", RawValue::get);
        let key = match self.order.field {
            OrderField::PublishedAt => {
                serde_json::from_str::<Option<NaiveDate>>(key).map(SortKey::PublishedOn)
            }
            OrderField::Title => serde_json::from_str(key).map(SortKey::Title),
            OrderField::IngestedAt => {
                serde_json::from_str::<DateTime<Utc>>(key).map(SortKey::IngestedAt)
            }
        };
        let id: ArticleId = serde_json::from_str(card.id.get()).map_err(StoreError::unreadable)?;
        Ok(ArticlePlace {
            key: key.map_err(StoreError::unreadable)?,
            id,
        })
    }
}

impl CardAbstract<'_> {
    /// How it was made.
    pub fn made(&self) -> Result<Kind, StoreError> {
        Ok(Kind::try_from_value(
            &self.kind.get().trim_matches('"').to_owned(),
        )?)
    }
}
