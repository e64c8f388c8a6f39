//! The audit: every change made by hand, who made it, and what was there before.

use sea_orm::entity::prelude::*;

use crate::id::TokenId;

/// One change made by a mutation. Never changed, never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// In the order they were made.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// When.
    pub at: DateTimeUtc,
    /// Whose token.
    pub token_id: TokenId,
    /// The mutation: `editAbstract`.
    pub action: String,
    /// The client's name for it: the same one again, from the same token, answers with the same outcome and changes nothing.
    pub client_mutation_id: Option<String>,
    /// What was asked for.
    #[sea_orm(column_type = "JsonBinary")]
    pub request: Json,
    /// What came of it: the payload's outcome, the articles concerned, and what was there before.
    #[sea_orm(column_type = "JsonBinary")]
    pub outcome: Json,
    /// The token.
    #[sea_orm(belongs_to, from = "token_id", to = "id")]
    pub token: BelongsTo<super::token::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
