//! What every payload is made of.

use async_graphql::resolver_utils::{EnumType, parse_enum};
use async_graphql::{Context, Error, InputType, Name, Value};

use crate::graphql::article::Article;
use crate::graphql::error::internal;
use crate::graphql::loader::{ArticleOf, load};
use crate::graphql::visible::sees;
use crate::store::StoreError;
use crate::store::editing::Record;

/// The outcome, as the enum of a mutation has it.
pub(super) fn outcome<T: EnumType + InputType>(record: &Record) -> Result<T, Error> {
    let name = match serde_json::to_value(record.outcome) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    };
    parse_enum(Value::Enum(Name::new(&name)))
        .map_err(|_| internal(StoreError::Damaged(format!("{name:?} is no such outcome"))))
}

/// The articles concerned, as they are now; those that whoever asks sees.
pub(super) async fn articles(
    context: &Context<'_>,
    record: &Record,
) -> Result<Vec<Article>, Error> {
    let found = record
        .articles
        .iter()
        .map(|id| load(context, ArticleOf(id.clone())));
    let found = futures_util::future::try_join_all(found).await?;
    let seen = found.into_iter().flatten().filter(|row| sees(context, row));
    Ok(seen.map(Article).collect())
}

/// The first of them.
pub(super) async fn article(
    context: &Context<'_>,
    record: &Record,
) -> Result<Option<Article>, Error> {
    Ok(articles(context, record).await?.into_iter().next())
}
