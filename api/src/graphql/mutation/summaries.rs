//! `resummarize`.

use async_graphql::{Context, Enum, Error, InputObject, Object, SimpleObject};
use entity::token::Scope;

use super::{deed, failed, payload, plain};
use crate::graphql::error::internal;
use crate::graphql::filter::ArticleFilter;
use crate::graphql::who::Needs;
use crate::store::Store;

/// Ordering summaries.
#[derive(Default)]
pub(super) struct SummaryMutations;

/// Which articles are to be summarised again.
#[derive(InputObject)]
struct ResummarizeInput {
    /// Which articles; all but duplicates and hidden ones unless given.
    filter: Option<ArticleFilter>,
    /// Name of the model that is to do it, as `status { models }` shows names. Only a summarizer with that model takes
    /// these orders; any does unless given.
    model: Option<String>,
    /// Your name for this mutation: sent again with the same input, it answers again and changes nothing.
    client_mutation_id: Option<String>,
}

/// What came of `resummarize`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum ResummarizeOutcome {
    /// The summaries are ordered.
    Queued,
    /// No article passes the filter.
    Unchanged,
}

/// What came of `resummarize`.
#[derive(SimpleObject)]
struct ResummarizePayload {
    /// In a word.
    outcome: ResummarizeOutcome,
    /// How many articles are to be summarised again. Their abstracts stand until then, and are said to be stale.
    count: u64,
    /// Whether anything in the archive was made by the model that was named; none if none was named. An order for a model
    /// that is not known waits until a summarizer with it comes: for ever, if the name is misspelt.
    model_known: Option<bool>,
    /// As it was sent.
    client_mutation_id: Option<String>,
}

#[Object]
impl SummaryMutations {
    /// Order new abstracts, labels and embeddings of articles. What an editor wrote or set stays. Needs the scope
    /// `edit`.
    #[graphql(guard = "Needs(Scope::Edit)")]
    async fn resummarize(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which articles, and by which model.")] input: ResummarizeInput,
    ) -> Result<ResummarizePayload, Error> {
        let deed = deed(context, "resummarize", &input.client_mutation_id)?;
        let filter = input.filter.unwrap_or_default().checked(context)?;
        let model = input
            .model
            .map(|model| plain::line("model", &model, 200))
            .transpose()?;
        let store = context.data_unchecked::<Store>();
        let record = store
            .resummarize(&deed, &filter, model.as_deref())
            .await
            .map_err(failed)?;
        let model_known = match &model {
            Some(model) => Some(store.knows_model(model).await.map_err(internal)?),
            None => None,
        };
        Ok(ResummarizePayload {
            outcome: payload::outcome(&record)?,
            count: record.count.unwrap_or_default(),
            model_known,
            client_mutation_id: input.client_mutation_id,
        })
    }
}
