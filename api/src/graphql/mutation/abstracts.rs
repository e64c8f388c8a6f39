//! `editAbstract`.

use async_graphql::{Context, Enum, Error, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use entity::token::Scope;

use super::{article_id, deed, failed, payload, plain};
use crate::graphql::article::Article;
use crate::graphql::error::{Code, bad};
use crate::graphql::who::Needs;
use crate::store::Store;

/// Longest abstract of an editor, in characters.
const LONGEST: usize = 2_000;

/// Writing abstracts by hand.
#[derive(Default)]
pub(super) struct AbstractMutations;

/// An abstract written by hand.
#[derive(InputObject)]
struct EditAbstractInput {
    /// The article.
    article: ID,
    /// The abstract: plain text of 1 to 2,000 characters, shown in one paragraph. `null` takes an earlier edit back,
    /// and the model's abstract is shown again.
    text: MaybeUndefined<String>,
    /// Your name for this mutation: sent again with the same input, it answers again and changes nothing.
    client_mutation_id: Option<String>,
}

/// What came of `editAbstract`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum EditAbstractOutcome {
    /// The text stands before the model's.
    Edited,
    /// The edit is gone, the model's abstract is shown again.
    TakenBack,
    /// All was so before.
    Unchanged,
    /// There is no such article.
    NotFound,
}

/// What came of `editAbstract`.
#[derive(SimpleObject)]
struct EditAbstractPayload {
    /// In a word.
    outcome: EditAbstractOutcome,
    /// The article as it is now; none if there is no such article.
    article: Option<Article>,
    /// As it was sent.
    client_mutation_id: Option<String>,
}

#[Object]
impl AbstractMutations {
    /// Put an abstract of your own before the model's, or take it back. It stays when the article changes, and is then
    /// said to be stale. Needs the scope `edit`.
    #[graphql(guard = "Needs(Scope::Edit)")]
    async fn edit_abstract(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The article and its abstract.")] input: EditAbstractInput,
    ) -> Result<EditAbstractPayload, Error> {
        let deed = deed(context, "editAbstract", &input.client_mutation_id)?;
        let text = match input.text {
            MaybeUndefined::Undefined => {
                let message = "text: it is missing; expected the abstract, or null to take it back";
                return Err(bad(Code::BadUserInput, message));
            }
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(text) => Some(plain::paragraph("text", &text, LONGEST)?),
        };
        let record = context
            .data_unchecked::<Store>()
            .edit_abstract(&deed, &article_id(input.article), text.as_deref())
            .await
            .map_err(failed)?;
        Ok(EditAbstractPayload {
            outcome: payload::outcome(&record)?,
            article: payload::article(context, &record).await?,
            client_mutation_id: input.client_mutation_id,
        })
    }
}
