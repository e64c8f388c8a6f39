//! How a page of articles is found without reading the whole archive.
//!
//! Either along the index of the order, leaving out what does not pass, which is quick when many pass; or from the few
//! that pass one part of the filter, sorted then. PostgreSQL chooses by its statistics. SQLite has none, so it is told:
//! if one part of the filter lets few pass, that part leads; else every other index is kept out of its sight.

use entity::{abstracts, article, label, page};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbBackend, Order, QueryOrder, Select, Statement};

use super::filter::{ArticleFilter, Match};
use super::order::{ArticleOrder, ArticlePlace, Direction, OrderField};
use crate::store::window::{End, Window};

/// So many are few: sorting them takes a millisecond or two, and so does walking the order until a page of those that
/// are more is full.
const FEW: u64 = 1_000;

/// How the articles of one request are found.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The order they are wanted in.
    pub(super) order: ArticleOrder,
    /// The ids of few articles, all that are wanted among them.
    pub(super) lead: Option<SelectStatement>,
    backend: DbBackend,
}

impl Plan {
    /// For a list in this order.
    pub(super) async fn of(
        filter: &ArticleFilter,
        order: ArticleOrder,
        connection: &impl ConnectionTrait,
    ) -> Result<Self, DbErr> {
        let mut plan = Self {
            order,
            lead: None,
            backend: connection.get_database_backend(),
        };
        if plan.backend != DbBackend::Sqlite {
            return Ok(plan);
        }
        for lead in leads(filter, order) {
            let mut one_more = lead.clone();
            one_more.limit(1).offset(FEW);
            let statement: Statement = plan.backend.build(&one_more);
            if connection.query_one_raw(statement).await?.is_none() {
                plan.lead = Some(lead);
                break;
            }
        }
        Ok(plan)
    }

    /// The rows of a window, counted from its end.
    pub(super) fn within(
        &self,
        select: Select<article::Entity>,
        window: &Window<ArticlePlace>,
    ) -> Select<article::Entity> {
        let row = || Expr::tuple([self.sorted(), self.id()]);
        let of = |place: &ArticlePlace| {
            Expr::tuple([
                Expr::value(self.order.value(&place.key)),
                Expr::value(place.id.clone()),
            ])
        };
        let ascending = self.order.direction == Direction::Asc;
        let after = window.after.as_ref().map(|place| {
            if ascending {
                row().gt(of(place))
            } else {
                row().lt(of(place))
            }
        });
        let before = window.before.as_ref().map(|place| {
            if ascending {
                row().lt(of(place))
            } else {
                row().gt(of(place))
            }
        });
        let way = match (ascending, window.end) {
            (true, End::First) | (false, End::Last) => Order::Asc,
            (false, End::First) | (true, End::Last) => Order::Desc,
        };
        let mut select = select;
        for side in [after, before].into_iter().flatten() {
            select = select.filter(side);
        }
        select
            .order_by(self.sorted(), way.clone())
            .order_by(self.id(), way)
    }

    /// The column that the order sorts by; its index is of no use when a part of the filter leads.
    pub(super) fn sorted(&self) -> Expr {
        let column = self.order.column();
        if self.lead.is_some() {
            self.out_of_sight(column)
        } else {
            Expr::col((article::Entity, column))
        }
    }

    /// The id, as the last thing sorted by.
    pub(super) fn id(&self) -> Expr {
        if self.lead.is_some() {
            self.out_of_sight("id")
        } else {
            Expr::col((article::Entity, article::Column::Id))
        }
    }

    /// A column whose index must not be used.
    pub(super) fn out_of_sight(&self, column: &'static str) -> Expr {
        match self.backend {
            // A sign before a column changes nothing but that no index has it.
            DbBackend::Sqlite => Expr::cust(format!("+\"article\".\"{column}\"")),
            _ => Expr::col((article::Entity, column)),
        }
    }
}

/// For each part of the filter that an index can find: the ids of the articles that pass it.
fn leads(filter: &ArticleFilter, order: ArticleOrder) -> Vec<SelectStatement> {
    let ids = |condition: Expr| {
        Query::select()
            .column(article::Column::Id)
            .from(article::Entity)
            .and_where(condition)
            .take()
    };
    let labelled = |topics: &[entity::id::TopicId]| {
        Query::select()
            .column(label::Column::ArticleId)
            .from(label::Entity)
            .and_where(label::Column::TopicId.is_in(topics.iter().cloned()))
            .take()
    };
    let mut leads = Vec::new();
    if let Some(wanted) = &filter.ids {
        leads.push(ids(article::Column::Id.is_in(wanted.iter().cloned())));
    }
    match (&filter.topics, filter.topics_match) {
        (Some(topics), Match::Any) => leads.push(labelled(topics)),
        (Some(topics), Match::All) => {
            leads.extend(topics.iter().map(std::slice::from_ref).map(labelled));
        }
        (None, _) => {}
    }
    if let Some(sources) = &filter.sources {
        let of_pages = Query::select()
            .column((article::Entity, article::Column::Id))
            .from(page::Entity)
            .inner_join(
                article::Entity,
                Expr::col((article::Entity, article::Column::PageId))
                    .equals((page::Entity, page::Column::Id)),
            )
            .and_where(page::Column::Source.is_in(sources))
            .take();
        leads.push(of_pages);
    }
    if let Some(languages) = &filter.languages {
        leads.push(ids(article::Column::Language.is_in(languages)));
    }
    // The order by day finds these itself.
    if order.field != OrderField::PublishedAt {
        let day = article::Column::PublishedOn;
        match (filter.published_from, filter.published_to) {
            (Some(from), Some(to)) => leads.push(ids(day.between(from, to))),
            (Some(from), None) => leads.push(ids(day.gte(from))),
            (None, Some(to)) => leads.push(ids(day.lte(to))),
            (None, None) => {}
        }
        if filter.undated == Some(true) {
            leads.push(ids(day.is_null()));
        }
    }
    if filter.has_abstract == Some(true) {
        let summarised = Query::select()
            .column(abstracts::Column::ArticleId)
            .from(abstracts::Entity)
            .take();
        leads.push(summarised);
    }
    leads
}
