//! Which articles are wanted.

use chrono::NaiveDate;
use entity::id::{ArticleId, TopicId};
use entity::{abstracts, article, label, page};
use sea_orm::Condition;
use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::order::ArticleOrder;

/// How many of several must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Match {
    /// At least one.
    #[default]
    Any,
    /// Every one.
    All,
}

/// Which articles; every part given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ArticleFilter {
    /// Labelled with these topics.
    pub topics: Option<Vec<TopicId>>,
    /// How many of the topics.
    pub topics_match: Match,
    /// In one of these languages.
    pub languages: Option<Vec<String>>,
    /// Published on this day or later; leaves out the undated.
    pub published_from: Option<NaiveDate>,
    /// Published on this day or earlier; leaves out the undated.
    pub published_to: Option<NaiveDate>,
    /// Without a day of publication, or with one.
    pub undated: Option<bool>,
    /// From one of these sources.
    pub sources: Option<Vec<String>>,
    /// With an abstract, or without one yet.
    pub has_abstract: Option<bool>,
    /// One of these.
    pub ids: Option<Vec<ArticleId>>,
    /// Also those that repeat another's text.
    pub include_duplicates: bool,
    /// Also those that an editor hid.
    pub include_hidden: bool,
}

impl ArticleFilter {
    /// As a condition on `article`; `order` is the one the articles will be read in.
    pub(in crate::store) fn condition(&self, order: ArticleOrder) -> Condition {
        let mut all = Condition::all();
        if !self.include_duplicates {
            all = all.add(article::Column::DuplicateOf.is_null());
        }
        if !self.include_hidden {
            all = all.add(article::Column::HiddenAt.is_null());
        }
        if let Some(topics) = &self.topics {
            match self.topics_match {
                Match::Any => all = all.add(labelled(topics)),
                Match::All => {
                    for topic in topics {
                        all = all.add(labelled(std::slice::from_ref(topic)));
                    }
                }
            }
        }
        if let Some(languages) = &self.languages {
            all = all.add(article::Column::Language.is_in(languages));
        }
        if let Some(published) = order.published(self.published_from, self.published_to) {
            all = all.add(published);
        }
        match self.undated {
            Some(true) => all = all.add(article::Column::PublishedOn.is_null()),
            Some(false) => all = all.add(article::Column::PublishedOn.is_not_null()),
            None => {}
        }
        if let Some(sources) = &self.sources {
            let pages = Query::select()
                .column(page::Column::Id)
                .from(page::Entity)
                .and_where(page::Column::Source.is_in(sources))
                .to_owned();
            all = all.add(article::Column::PageId.in_subquery(pages));
        }
        if let Some(wanted) = self.has_abstract {
            let there = Expr::exists(of_article(
                abstracts::Entity,
                abstracts::Column::ArticleId.as_column_ref(),
            ));
            all = all.add(if wanted { there } else { there.not() });
        }
        if let Some(ids) = &self.ids {
            all = all.add(article::Column::Id.is_in(ids.iter().cloned()));
        }
        all
    }
}

fn labelled(topics: &[TopicId]) -> Expr {
    let mut labels = of_article(label::Entity, label::Column::ArticleId.as_column_ref());
    labels.and_where(label::Column::TopicId.is_in(topics.iter().cloned()));
    Expr::exists(labels)
}

/// The rows of another table that belong to the article at hand.
fn of_article<T: EntityTrait>(
    table: T,
    article_id: (sea_orm::sea_query::DynIden, sea_orm::sea_query::DynIden),
) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(table)
        .and_where(Expr::col(article_id).equals((article::Entity, article::Column::Id)))
        .to_owned()
}
