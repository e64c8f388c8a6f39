//! Who sees what: an article that an editor hid is not there for readers, one that was merged into another leads there.

use std::sync::Arc;

use async_graphql::{Context, Error};
use entity::article;
use entity::id::ArticleId;
use entity::token::Scope;

use super::article::Article;
use super::loader::{ArticleOf, load};
use super::who::Who;

/// How many merges in a row are followed.
const MERGES: usize = 8;

/// Whether whoever asks sees this article.
pub(super) fn sees(context: &Context<'_>, row: &article::Model) -> bool {
    row.hidden_at.is_none() || Who::asks(context).may(Scope::Edit)
}

/// Those of the articles that whoever asks sees.
pub(super) fn seen(context: &Context<'_>, rows: Vec<article::Model>) -> Vec<Article> {
    rows.into_iter()
        .filter(|row| sees(context, row))
        .map(Article::of)
        .collect()
}

/// The article that an id leads to.
pub(super) async fn led_to_by_id(
    context: &Context<'_>,
    id: ArticleId,
) -> Result<Option<Article>, Error> {
    let row = load(context, ArticleOf(id)).await?;
    led_to(context, row).await
}

/// The article that its id, slug or URL leads to: for a reader, the one that it was merged into, and none if it is hidden.
pub(super) async fn led_to(
    context: &Context<'_>,
    row: Option<Arc<article::Model>>,
) -> Result<Option<Article>, Error> {
    let mut found = row;
    for _ in 0..MERGES {
        let unseen = found.as_ref().filter(|row| !sees(context, row));
        let Some(into) = unseen.and_then(|row| row.merged_into.clone()) else {
            break;
        };
        found = load(context, ArticleOf(into)).await?;
    }
    Ok(found.filter(|row| sees(context, row)).map(Article))
}
