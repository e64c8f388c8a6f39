//! `hideArticle` and `unhideArticle`.

use async_graphql::{Context, Enum, Error, ID, InputObject, Object, SimpleObject};
use entity::token::Scope;

use super::{article_id, deed, failed, payload};
use crate::graphql::article::Article;
use crate::graphql::who::Needs;
use crate::store::Store;
use crate::store::editing::Record;

/// Hiding articles from readers.
#[derive(Default)]
pub(super) struct VisibilityMutations;

/// The article to be hidden.
#[derive(InputObject)]
struct HideArticleInput {
    /// The article.
    article: ID,
    /// Your name for this mutation: sent again with the same input, it answers again and changes nothing.
    client_mutation_id: Option<String>,
}

/// The article to be shown again.
#[derive(InputObject)]
struct UnhideArticleInput {
    /// The article.
    article: ID,
    /// Your name for this mutation: sent again with the same input, it answers again and changes nothing.
    client_mutation_id: Option<String>,
}

/// What came of `hideArticle`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum HideArticleOutcome {
    /// Readers no longer see it.
    Hidden,
    /// It was hidden before.
    Unchanged,
    /// There is no such article.
    NotFound,
}

/// What came of `unhideArticle`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum UnhideArticleOutcome {
    /// Readers see it again.
    Shown,
    /// It was shown before.
    Unchanged,
    /// There is no such article.
    NotFound,
}

/// What came of `hideArticle`.
#[derive(SimpleObject)]
struct HideArticlePayload {
    /// In a word.
    outcome: HideArticleOutcome,
    /// The article as it is now; none if there is no such article.
    article: Option<Article>,
    /// As it was sent.
    client_mutation_id: Option<String>,
}

/// What came of `unhideArticle`.
#[derive(SimpleObject)]
struct UnhideArticlePayload {
    /// In a word.
    outcome: UnhideArticleOutcome,
    /// The article as it is now; none if there is no such article.
    article: Option<Article>,
    /// As it was sent.
    client_mutation_id: Option<String>,
}

#[Object]
impl VisibilityMutations {
    /// Hide an article from readers: from lists, searches, counts and links. Whoever may edit still sees it, with
    /// `includeHidden` and by its id. The page that it was read from keeps its lines. Needs the scope `edit`.
    #[graphql(guard = "Needs(Scope::Edit)")]
    async fn hide_article(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The article.")] input: HideArticleInput,
    ) -> Result<HideArticlePayload, Error> {
        let id = &input.client_mutation_id;
        let record = set(context, "hideArticle", id, input.article, true).await?;
        Ok(HideArticlePayload {
            outcome: payload::outcome(&record)?,
            article: payload::article(context, &record).await?,
            client_mutation_id: input.client_mutation_id,
        })
    }

    /// Show a hidden article to readers again. Needs the scope `edit`.
    #[graphql(guard = "Needs(Scope::Edit)")]
    async fn unhide_article(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The article.")] input: UnhideArticleInput,
    ) -> Result<UnhideArticlePayload, Error> {
        let id = &input.client_mutation_id;
        let record = set(context, "unhideArticle", id, input.article, false).await?;
        Ok(UnhideArticlePayload {
            outcome: payload::outcome(&record)?,
            article: payload::article(context, &record).await?,
            client_mutation_id: input.client_mutation_id,
        })
    }
}

async fn set(
    context: &Context<'_>,
    action: &'static str,
    client_mutation_id: &Option<String>,
    article: ID,
    hidden: bool,
) -> Result<Record, Error> {
    let deed = deed(context, action, client_mutation_id)?;
    context
        .data_unchecked::<Store>()
        .set_hidden(&deed, &article_id(article), hidden)
        .await
        .map_err(failed)
}
