//! `setLabels`.

use async_graphql::{Context, Enum, Error, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use entity::id::TopicId;
use entity::token::Scope;

use super::{article_id, deed, failed, payload};
use crate::graphql::article::Article;
use crate::graphql::error::{Code, bad};
use crate::graphql::who::Needs;
use crate::store::Store;

/// Most labels of an article.
const MOST: usize = 50;

/// Labelling by hand.
#[derive(Default)]
pub(super) struct LabelMutations;

/// Labels given by hand.
#[derive(InputObject)]
struct SetLabelsInput {
    /// The article.
    article: ID,
    /// Its topics, by id, at most 50; they take the place of all labels it has. `null` gives the labels back to the
    /// model, which then sets its own.
    topics: MaybeUndefined<Vec<ID>>,
    /// Your name for this mutation: sent again with the same input, it answers again and changes nothing.
    client_mutation_id: Option<String>,
}

/// What came of `setLabels`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum SetLabelsOutcome {
    /// These are the labels now; the model leaves them alone.
    Set,
    /// The labels are the model's again, which is ordered to set them.
    GivenBack,
    /// All was so before.
    Unchanged,
    /// There is no such article.
    NotFound,
}

/// What came of `setLabels`.
#[derive(SimpleObject)]
struct SetLabelsPayload {
    /// In a word.
    outcome: SetLabelsOutcome,
    /// The article as it is now; none if there is no such article.
    article: Option<Article>,
    /// As it was sent.
    client_mutation_id: Option<String>,
}

#[Object]
impl LabelMutations {
    /// Put labels of your own in place of the model's; they survive every new run of it. Needs the scope `edit`.
    #[graphql(guard = "Needs(Scope::Edit)")]
    async fn set_labels(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The article and its topics.")] input: SetLabelsInput,
    ) -> Result<SetLabelsPayload, Error> {
        let deed = deed(context, "setLabels", &input.client_mutation_id)?;
        let topics: Option<Vec<TopicId>> = match input.topics {
            MaybeUndefined::Undefined => {
                let message = "topics: they are missing; expected a list, or null to give the labels back to the model";
                return Err(bad(Code::BadUserInput, message));
            }
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(ids) if ids.len() > MOST => {
                let message = format!("topics: {} are given; expected at most {MOST}", ids.len());
                return Err(bad(Code::BadUserInput, message));
            }
            MaybeUndefined::Value(ids) => Some(ids.into_iter().map(|id| TopicId(id.0)).collect()),
        };
        let record = context
            .data_unchecked::<Store>()
            .set_labels(&deed, &article_id(input.article), topics.as_deref())
            .await
            .map_err(failed)?;
        Ok(SetLabelsPayload {
            outcome: payload::outcome(&record)?,
            article: payload::article(context, &record).await?,
            client_mutation_id: input.client_mutation_id,
        })
    }
}
