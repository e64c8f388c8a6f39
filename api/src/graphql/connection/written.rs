//! Lists that are answered as they were read: where nothing is asked of an article but what one statement gives, its
//! values go from the database's JSON into the reply's without being taken apart in between.
//!
//! The schema's machinery makes each field of each row a boxed future and each object a map, which took most of the time of
//! a page of a list. Whatever is not known here is left to it.

mod plan;
mod writer;

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    Context, ContextSelectionSet, Error, OutputType, Positioned, ServerResult, Value,
};
use bytes::Bytes;

use self::plan::Plan;
use self::writer::Writer;
use super::articles::{ArticleConnection, Rows};
use crate::graphql::error::internal;
use crate::store::Store;
use crate::store::articles::{ArticleFilter, ArticleOrder, ArticlePlace};
use crate::store::window::Window;

/// Says of a request that its reply is written by [`write`](crate::graphql::write()), and that no two of its fields are
/// answered in one place under one name, which would have to be merged: its document
/// [`is_apart`](crate::graphql::is_apart).
pub struct AsJson;

/// Rows, or what they are answered by.
pub(in crate::graphql) enum Answer<T> {
    /// To be answered field by field.
    Rows(T),
    /// The JSON of the answer.
    Json(Bytes),
}

impl<T: OutputType> OutputType for Answer<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        context: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        match self {
            Self::Rows(rows) => rows.resolve(context, field).await,
            Self::Json(json) => Ok(Value::Binary(json.clone())),
        }
    }
}

/// A page of a list, its answers written.
pub(in crate::graphql) struct Written {
    pub(super) nodes: Option<Bytes>,
    pub(super) edges: Option<Bytes>,
    pub(super) start_cursor: Option<String>,
    pub(super) end_cursor: Option<String>,
}

impl ArticleConnection {
    /// The part of the list that is asked for, its answers written; none if more is asked than is known here.
    pub(super) async fn written(
        context: &Context<'_>,
        filter: &ArticleFilter,
        order: ArticleOrder,
        window: &Window<ArticlePlace>,
    ) -> Result<Option<Self>, Error> {
        if context.data_opt::<AsJson>().is_none() {
            return Ok(None);
        }
        let Some(plan) = Plan::of(&context.field()) else {
            return Ok(None);
        };
        let store = context.data_unchecked::<Store>();
        let read = store.cards(filter, order, window, plan.shown()).await;
        let read = read.map_err(internal)?;
        let slice = window.slice(read.read().map_err(internal)?);
        let writer = Writer {
            cards: &read,
            public: context.data_opt(),
        };
        let written = writer.page(&plan, &slice.rows).map_err(internal)?;
        Ok(Some(Self {
            rows: Rows::Written(written),
            earlier: slice.earlier,
            later: slice.later,
            filter: filter.clone(),
            found: None,
        }))
    }
}
