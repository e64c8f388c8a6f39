//! `splitArticle` and `mergeArticles`.

use async_graphql::{Context, Enum, Error, ID, InputObject, Object, SimpleObject};
use entity::id::ArticleId;
use entity::token::Scope;

use super::{article_id, deed, failed, payload, plain};
use crate::graphql::article::Article;
use crate::graphql::error::{Code, bad};
use crate::graphql::who::Needs;
use crate::store::Store;
use crate::store::editing::TITLE;

/// Most articles merged at once.
const MOST: usize = 20;

/// Correcting where articles begin and end.
#[derive(Default)]
pub(super) struct BoundaryMutations;

/// Where an article is to be split.
#[derive(InputObject)]
struct SplitArticleInput {
    /// The article.
    article: ID,
    /// The paragraph that the new article begins with: its index in `paragraphs`, from 1, as the first stays.
    at: i32,
    /// Title of the new article; its first paragraph unless given. At most 300 characters.
    title: Option<String>,
    /// Your name for this mutation: sent again with the same input, it answers again and changes nothing.
    client_mutation_id: Option<String>,
}

/// Which articles are to be merged.
#[derive(InputObject)]
struct MergeArticlesInput {
    /// The articles, 2 to 20 of one page. They are appended to the one that stands first on the page, in the order of
    /// the page.
    articles: Vec<ID>,
    /// Your name for this mutation: sent again with the same input, it answers again and changes nothing.
    client_mutation_id: Option<String>,
}

/// What came of `splitArticle`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum SplitArticleOutcome {
    /// It is two articles now.
    Split,
    /// There is no such article.
    NotFound,
}

/// What came of `mergeArticles`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum MergeArticlesOutcome {
    /// They are one article now.
    Merged,
    /// One of them is not there.
    NotFound,
}

/// What came of `splitArticle`.
#[derive(SimpleObject)]
struct SplitArticlePayload {
    /// In a word.
    outcome: SplitArticleOutcome,
    /// The article and the new one, as they are now; empty if there is no such article.
    articles: Vec<Article>,
    /// As it was sent.
    client_mutation_id: Option<String>,
}

/// What came of `mergeArticles`.
#[derive(SimpleObject)]
struct MergeArticlesPayload {
    /// In a word.
    outcome: MergeArticlesOutcome,
    /// The article that they are now; none if one of them is not there.
    article: Option<Article>,
    /// As it was sent.
    client_mutation_id: Option<String>,
}

#[Object]
impl BoundaryMutations {
    /// Make two articles of one that the reader took for one. The lines of the page move with the paragraphs; the new
    /// article keeps the date of the other. The page is not read again by a newer reader. Needs the scope `edit`.
    #[graphql(guard = "Needs(Scope::Edit)")]
    async fn split_article(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The article, and where to split it.")] input: SplitArticleInput,
    ) -> Result<SplitArticlePayload, Error> {
        let deed = deed(context, "splitArticle", &input.client_mutation_id)?;
        let at = usize::try_from(input.at).map_err(|_| {
            let message = format!("at: {} is no paragraph; expected 1 or more", input.at);
            bad(Code::BadUserInput, message)
        })?;
        let title = input
            .title
            .map(|title| plain::line("title", &title, TITLE))
            .transpose()?;
        let record = context
            .data_unchecked::<Store>()
            .split_article(&deed, &article_id(input.article), at, title.as_deref())
            .await
            .map_err(failed)?;
        Ok(SplitArticlePayload {
            outcome: payload::outcome(&record)?,
            articles: payload::articles(context, &record).await?,
            client_mutation_id: input.client_mutation_id,
        })
    }

    /// Make one article of several that the reader took for several: the paragraphs of the others are appended to the
    /// first, titles that the page prints among them. The others are hidden, and links to them lead to the first.
    /// Needs the scope `edit`.
    #[graphql(guard = "Needs(Scope::Edit)")]
    async fn merge_articles(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The articles.")] input: MergeArticlesInput,
    ) -> Result<MergeArticlesPayload, Error> {
        let deed = deed(context, "mergeArticles", &input.client_mutation_id)?;
        let mut ids: Vec<ArticleId> = input.articles.into_iter().map(article_id).collect();
        ids.sort_unstable();
        ids.dedup();
        if !(2..=MOST).contains(&ids.len()) {
            let message = format!(
                "articles: {} different ones are given; expected 2 to {MOST}",
                ids.len()
            );
            return Err(bad(Code::BadUserInput, message));
        }
        let record = context
            .data_unchecked::<Store>()
            .merge_articles(&deed, &ids)
            .await
            .map_err(failed)?;
        Ok(MergeArticlesPayload {
            outcome: payload::outcome(&record)?,
            article: payload::article(context, &record).await?,
            client_mutation_id: input.client_mutation_id,
        })
    }
}
