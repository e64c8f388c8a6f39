//! Ordering anew what another model or another version made; what is stored stays until the new result is there.

use chrono::NaiveDate;
use entity::{abstracts, article, job, page};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

use super::{Queue, QueueError, while_};
use crate::model::Identity;
use crate::understanding::{ENGLISH, Maker};

/// Who would make the results today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Makers {
    /// Of articles in English.
    pub english: Maker,
    /// Of all others.
    pub other: Maker,
    /// The model of entailment beside them, if there is one.
    pub judge: Option<Identity>,
}

/// Which articles may be ordered anew; all unless said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Which {
    /// In one of these languages (ISO 639-1).
    pub languages: Vec<String>,
    /// Published on this day or later.
    pub from: Option<NaiveDate>,
    /// Published on this day or earlier.
    pub to: Option<NaiveDate>,
    /// On a page of this source.
    pub source: Option<String>,
}

impl Queue {
    /// Put articles back into the queue whose abstract was made by another model or version than `makers`; orders for a
    /// model by name are left alone. Returns how many. Those done since an earlier call are not ordered twice.
    ///
    /// # Errors
    /// [`QueueError`]; then none is.
    pub async fn order_again(&self, makers: &Makers, which: &Which) -> Result<u64, QueueError> {
        self.try_order_again(makers, which)
            .await
            .map_err(while_("ordering anew what another model made"))
    }

    async fn try_order_again(&self, makers: &Makers, which: &Which) -> Result<u64, DbErr> {
        let ordered = self
            .put_back()
            .col_expr(job::Column::Error, Expr::value(Option::<String>::None))
            .filter(done_by_others(makers, which))
            .exec(&self.database)
            .await?;
        Ok(ordered.rows_affected)
    }

    /// How many articles [`Queue::order_again`] would put back.
    ///
    /// # Errors
    /// [`QueueError`].
    pub async fn made_by_others(&self, makers: &Makers, which: &Which) -> Result<u64, QueueError> {
        job::Entity::find()
            .filter(done_by_others(makers, which))
            .count(&self.database)
            .await
            .map_err(while_("counting what another model made"))
    }
}

fn done_by_others(makers: &Makers, which: &Which) -> Condition {
    Condition::all()
        .add(job::Column::State.eq(job::State::Done))
        .add(job::Column::Model.is_null())
        .add(job::Column::ArticleId.in_subquery(by_others(makers, which)))
}

fn by_others(makers: &Makers, which: &Which) -> SelectStatement {
    let article = |column: article::Column| Expr::col((article::Entity, column));
    let abstract_ = |column: abstracts::Column| Expr::col((abstracts::Entity, column));
    let language = || article(article::Column::Language);
    let version = || abstract_(abstracts::Column::ModelVersion);
    let not_of = |maker: &Maker| match &makers.judge {
        None => version().ne(maker.version.as_str()),
        Some(judge) => {
            let judged = version().ne(maker.version_with(Some(&judge.version)));
            if judge.languages.is_empty() {
                return judged;
            }
            let languages = || judge.languages.iter().map(String::as_str);
            let alone = version().ne(maker.version.as_str());
            let by_both = language().is_in(languages()).and(judged);
            by_both.or(language().is_not_in(languages()).and(alone))
        }
    };
    let not_by = |maker: &Maker| {
        Condition::any()
            .add(abstract_(abstracts::Column::Model).ne(maker.model.as_str()))
            .add(not_of(maker))
    };
    let english = language().eq(ENGLISH);
    let by_others = Condition::any()
        .add(
            Condition::all()
                .add(english.clone())
                .add(not_by(&makers.english)),
        )
        .add(
            Condition::all()
                .add(english.not())
                .add(not_by(&makers.other)),
        );
    let mut select = Query::select();
    select
        .column((abstracts::Entity, abstracts::Column::ArticleId))
        .from(abstracts::Entity)
        .inner_join(
            article::Entity,
            article(article::Column::Id).equals((abstracts::Entity, abstracts::Column::ArticleId)),
        )
        .and_where(abstract_(abstracts::Column::Kind).eq(Expr::value(abstracts::Kind::Extractive)))
        .cond_where(by_others);
    if !which.languages.is_empty() {
        let languages = which.languages.iter().map(String::as_str);
        select.and_where(article(article::Column::Language).is_in(languages));
    }
    if let Some(from) = which.from {
        select.and_where(article(article::Column::PublishedOn).gte(from));
    }
    if let Some(to) = which.to {
        select.and_where(article(article::Column::PublishedOn).lte(to));
    }
    if let Some(source) = &which.source {
        let pages = Query::select()
            .column(page::Column::Id)
            .from(page::Entity)
            .and_where(Expr::col((page::Entity, page::Column::Source)).eq(source.as_str()))
            .take();
        select.and_where(article(article::Column::PageId).in_subquery(pages));
    }
    select
}
