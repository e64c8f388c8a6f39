//! A token: who may write, and what.

use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::TokenId;

/// A token. The secret itself is shown once and never stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "token")]
pub struct Model {
    /// Of its name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TokenId,
    /// Who or what it was given to; unique, kept after it was revoked.
    #[sea_orm(unique)]
    pub name: String,
    /// SHA-256 of the secret, in hex.
    #[sea_orm(unique)]
    pub hash: String,
    /// What it allows.
    #[sea_orm(column_type = "JsonBinary")]
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it ends; never if none.
    pub expires_at: Option<DateTimeUtc>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTimeUtc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a token allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Scopes(pub Vec<Scope>);

/// One thing that a token may allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Reading an archive that is private.
    Read,
    /// Bringing in pages and texts.
    Ingest,
    /// Editing abstracts, labels and articles.
    Edit,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::Read, Self::Ingest, Self::Edit];

    /// As it is typed and stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Ingest => "ingest",
            Self::Edit => "edit",
        }
    }
}
