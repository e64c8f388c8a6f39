//! `Mutation`: what can be changed, by those who may.
//!
//! Every mutation takes one `input`, and answers with a payload that says in `outcome` what came of it. Bringing in a
//! page from an address is to be one more module here, beside `texts`, over the same store.

mod abstracts;
mod boundaries;
mod labels;
mod payload;
mod plain;
mod summaries;
mod texts;
mod visibility;

use async_graphql::{Context, Error, ID, MergedObject};
use data_encoding::HEXLOWER;
use entity::id::ArticleId;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::error::{Code, bad, internal, storable};
use super::who::Who;
use crate::clock::Clock;
use crate::store::editing::{Deed, EditError};

/// What can be changed. Everything here needs a token, and is kept in the audit.
#[derive(MergedObject, Default)]
pub struct Mutation(
    texts::TextMutations,
    abstracts::AbstractMutations,
    labels::LabelMutations,
    summaries::SummaryMutations,
    visibility::VisibilityMutations,
    boundaries::BoundaryMutations,
);

/// Longest string that the audit keeps as it was sent, in bytes; of longer ones it keeps length and hash, as the page
/// has the text.
const KEPT: usize = 8_192;

/// The deed that the field at hand asks for.
fn deed(
    context: &Context<'_>,
    action: &'static str,
    client_mutation_id: &Option<String>,
) -> Result<Deed, Error> {
    if let Some(id) = client_mutation_id {
        plain::line("clientMutationId", id, 200)?;
    }
    let arguments = context
        .field()
        .arguments()
        .map_err(|error| bad(Code::BadUserInput, error.message))?;
    let mut request = serde_json::Map::new();
    for (name, value) in arguments {
        let value = value
            .into_json()
            .map_err(|error| bad(Code::BadUserInput, error.to_string()))?;
        let kept = kept(&name, value)?;
        request.insert(name.to_string(), kept);
    }
    let token = Who::asks(context)
        .token()
        .cloned()
        .ok_or_else(|| bad(Code::Unauthenticated, format!("{action} needs a token")))?;
    Ok(Deed {
        token,
        action,
        client_mutation_id: client_mutation_id.clone(),
        request: Value::Object(request),
        at: context.data_unchecked::<Clock>().now(),
    })
}

/// A value as the audit keeps it.
fn kept(argument: &str, value: Value) -> Result<Value, Error> {
    storable(argument, value.as_str())?;
    Ok(match value {
        Value::String(text) if text.len() > KEPT => {
            let hash = HEXLOWER.encode(&Sha256::digest(text.as_bytes()));
            serde_json::json!({ "bytes": text.len(), "sha256": hash })
        }
        Value::Array(values) => {
            let kept = values.into_iter().map(|value| kept(argument, value));
            Value::Array(kept.collect::<Result<_, Error>>()?)
        }
        Value::Object(fields) => {
            let fields = fields
                .into_iter()
                .map(|(name, value)| kept(&name, value).map(|value| (name, value)));
            Value::Object(fields.collect::<Result<_, Error>>()?)
        }
        other => other,
    })
}

fn failed(error: EditError) -> Error {
    match error {
        EditError::Refused(why) => bad(Code::BadUserInput, why),
        EditError::Store(error) => internal(error),
    }
}

fn article_id(id: ID) -> ArticleId {
    ArticleId(id.0)
}
