//! Which articles are wanted.

use chrono::NaiveDate;
use entity::id::{ArticleId, TopicId};
use entity::{abstracts, article, label, page};
use sea_orm::Condition;
use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::plan::Plan;

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
    /// As a condition on `article`.
    pub(super) fn condition(&self, plan: &Plan) -> Condition {
        let mut all = Condition::all();
        if let Some(lead) = &plan.lead {
            all = all.add(article::Column::Id.in_subquery(lead.clone()));
        }
        if !self.include_duplicates {
            all = all.add(article::Column::DuplicateOf.is_null());
        }
        if !self.include_hidden {
            all = all.add(article::Column::HiddenAt.is_null());
        }
        match (&self.topics, self.topics_match) {
            (Some(topics), Match::Any) => all = all.add(labelled(topics)),
            (Some(topics), Match::All) => {
                for topic in topics {
                    all = all.add(labelled(std::slice::from_ref(topic)));
                }
            }
            (None, _) => {}
        }
        if let Some(languages) = &self.languages {
            all = all.add(plan.out_of_sight("language").is_in(languages));
        }
        if let Some(published) = plan.published(self) {
            all = all.add(published);
        }
        if let Some(sources) = &self.sources {
            let mut from = there_is(page::Entity);
            from.and_where(belongs(
                (page::Entity, page::Column::Id),
                article::Column::PageId,
            ))
            .and_where(page::Column::Source.is_in(sources));
            all = all.add(Expr::exists(from));
        }
        if let Some(wanted) = self.has_abstract {
            let mut summary = there_is(abstracts::Entity);
            summary.and_where(belongs(
                (abstracts::Entity, abstracts::Column::ArticleId),
                article::Column::Id,
            ));
            let there = Expr::exists(summary);
            all = all.add(if wanted { there } else { there.not() });
        }
        if let Some(ids) = &self.ids {
            all = all.add(article::Column::Id.is_in(ids.iter().cloned()));
        }
        all
    }
}

fn labelled(topics: &[TopicId]) -> Expr {
    let mut labels = there_is(label::Entity);
    labels
        .and_where(belongs(
            (label::Entity, label::Column::ArticleId),
            article::Column::Id,
        ))
        .and_where(label::Column::TopicId.is_in(topics.iter().cloned()));
    Expr::exists(labels)
}

fn there_is(table: impl EntityTrait) -> SelectStatement {
    Query::select().expr(Expr::value(1)).from(table).take()
}

/// That a column of another table names what the article at hand has in `column`.
fn belongs<T: EntityTrait, C: ColumnTrait>(other: (T, C), column: article::Column) -> Expr {
    Expr::col(other).equals((article::Entity, column))
}
