//! What editors do, each deed in one transaction with its row of the audit. A deed that was done already, by the same
//! token under the same name, is not done again: what came of it is told again.

mod abstracts;
mod audit;
mod boundaries;
mod labels;
mod summaries;
mod texts;
mod visibility;

use chrono::{DateTime, Utc};
use entity::id::{ArticleId, PageId, TokenId};
use entity::{article, audit as row};
use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, DatabaseTransaction};
use serde::{Deserialize, Serialize};

use super::writing::{Ended, Held};
use super::{Store, StoreError};

pub use audit::{AuditPlace, Entry};
pub use boundaries::TITLE;
pub use texts::Text;

/// A deed: who does what, and under which name.
#[derive(Clone, Debug)]
pub struct Deed {
    /// Whose token.
    pub token: TokenId,
    /// The mutation: `editAbstract`.
    pub action: &'static str,
    /// The client's name for it, if it gives one.
    pub client_mutation_id: Option<String>,
    /// What was asked for.
    pub request: Json,
    /// When.
    pub at: DateTime<Utc>,
}

/// What came of a deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// There is no such article.
    NotFound,
    /// All was so before.
    Unchanged,
    /// Something new was stored.
    Inserted,
    /// Something stored before is another now.
    Changed,
    /// No article was found in a text.
    NothingRead,
    /// The editor's abstract stands.
    Edited,
    /// The editor's abstract is gone, the model's stands.
    TakenBack,
    /// The editor's labels stand.
    Set,
    /// The editor's labels are gone, the model will set its own.
    GivenBack,
    /// Summaries are ordered.
    Queued,
    /// Readers no longer see it.
    Hidden,
    /// Readers see it again.
    Shown,
    /// It is two now.
    Split,
    /// They are one now.
    Merged,
}

/// What came of a deed, as the audit keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// In a word.
    pub outcome: Outcome,
    /// The articles concerned.
    #[serde(default)]
    pub articles: Vec<ArticleId>,
    /// What was there before.
    #[serde(default)]
    pub before: Json,
    /// The page that was stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageId>,
    /// How many: of articles ordered, or of lines rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

impl Record {
    fn of(outcome: Outcome, articles: Vec<ArticleId>, before: Json) -> Self {
        Self {
            outcome,
            articles,
            before,
            page: None,
            count: None,
        }
    }

    fn not_found() -> Self {
        Self::of(Outcome::NotFound, Vec::new(), Json::Null)
    }

    fn unchanged(article: ArticleId) -> Self {
        Self::of(Outcome::Unchanged, vec![article], Json::Null)
    }
}

/// Why a deed was not done.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// What was asked for makes no sense; this says what would.
    #[error("{0}")]
    Refused(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for EditError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Ended for EditError {
    fn by_the_database(&self) -> Option<&DbErr> {
        match self {
            Self::Refused(_) => None,
            Self::Store(error) => error.by_the_database(),
        }
    }
}

fn refused<T>(why: impl Into<String>) -> Result<T, EditError> {
    Err(EditError::Refused(why.into()))
}

impl Store {
    /// What came of a deed if it was done already: so that costly preparations can be spared.
    pub async fn done_before(&self, deed: &Deed) -> Result<Option<Record>, EditError> {
        recorded(&self.connection, deed).await
    }

    /// Do a deed that was not done before, in one transaction with its row of the audit.
    async fn once<F>(&self, deed: &Deed, work: impl Fn(Held) -> F) -> Result<Record, EditError>
    where
        F: Future<Output = Result<Record, EditError>>,
    {
        let work = &work;
        self.write(|held| async move {
            let transaction = &*held;
            if let Some(record) = recorded(transaction, deed).await? {
                return Ok(record);
            }
            let record = work(held.clone()).await?;
            let outcome = serde_json::to_value(&record).map_err(|error| {
                StoreError::Damaged(format!("an audit row cannot be made: {error}"))
            })?;
            let row = row::ActiveModel {
                at: Set(deed.at),
                token_id: Set(deed.token.clone()),
                action: Set(deed.action.to_owned()),
                client_mutation_id: Set(deed.client_mutation_id.clone()),
                request: Set(deed.request.clone()),
                outcome: Set(outcome),
                ..Default::default()
            };
            row::Entity::insert(row)
                .exec_without_returning(transaction)
                .await?;
            Ok(record)
        })
        .await
    }
}

async fn recorded(
    connection: &impl ConnectionTrait,
    deed: &Deed,
) -> Result<Option<Record>, EditError> {
    let Some(name) = &deed.client_mutation_id else {
        return Ok(None);
    };
    let Some(found) = row::Entity::find()
        .filter(row::Column::TokenId.eq(deed.token.clone()))
        .filter(row::Column::ClientMutationId.eq(name))
        .one(connection)
        .await?
    else {
        return Ok(None);
    };
    if found.action != deed.action || found.request != deed.request {
        return refused(format!(
            "clientMutationId: {name:?} was given to another mutation before; expected a new one for a new mutation"
        ));
    }
    Ok(Some(record(found.outcome)?))
}

fn record(outcome: Json) -> Result<Record, StoreError> {
    serde_json::from_value(outcome)
        .map_err(|error| StoreError::Damaged(format!("an audit row cannot be read: {error}")))
}

async fn article(
    transaction: &DatabaseTransaction,
    id: &ArticleId,
) -> Result<Option<article::Model>, DbErr> {
    article::Entity::find_by_id(id.clone())
        .one(transaction)
        .await
}
