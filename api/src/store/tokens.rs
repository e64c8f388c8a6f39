//! Tokens: who may write, and what.

mod secret;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use entity::id::TokenId;
use entity::token::{self, Scope, Scopes};
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Condition, QueryOrder};

pub use secret::Secret;

use super::{Store, StoreError};

/// Whoever holds a token in force.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Holder {
    /// The token.
    pub id: TokenId,
    /// Its name.
    pub name: String,
    /// What it allows.
    pub scopes: Vec<Scope>,
}

/// Why a token could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The name was given before.
    #[error(
        "there is already a token named {0:?}; a revoked one keeps its name too, so take another"
    )]
    Taken(String),
    /// The system has no randomness to give.
    #[error("the system gives no random bytes: {0}")]
    Random(#[from] getrandom::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for TokenError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Make a token of a new name. Its secret is given back, and cannot be had again.
    pub async fn create_token(
        &self,
        name: &str,
        scopes: &[Scope],
        expires_at: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<Secret, TokenError> {
        let secret = Secret::random()?;
        let row = token::ActiveModel {
            id: Set(TokenId::of(&[name])),
            name: Set(name.to_owned()),
            hash: Set(secret.hash()),
            scopes: Set(Scopes(scopes.to_vec())),
            created_at: Set(now),
            expires_at: Set(expires_at),
            last_used_at: Set(None),
            revoked_at: Set(None),
        };
        let mut new = OnConflict::new();
        new.do_nothing();
        let inserted = token::Entity::insert(row)
            .on_conflict(new)
            .exec_without_returning(&self.connection)
            .await?;
        if inserted == 0 {
            return Err(TokenError::Taken(name.to_owned()));
        }
        Ok(secret)
    }

    /// Take back a token that was just made, and with it its name.
    pub async fn forget_token(&self, secret: &Secret) -> Result<(), StoreError> {
        token::Entity::delete_many()
            .filter(token::Column::Hash.eq(secret.hash()))
            .exec(&self.connection)
            .await?;
        Ok(())
    }

    /// Every token, by name; the revoked and the expired among them.
    pub async fn tokens(&self) -> Result<Vec<token::Model>, StoreError> {
        Ok(token::Entity::find()
            .order_by_asc(token::Column::Name)
            .all(&self.connection)
            .await?)
    }

    /// End a token at once; whether there is one of that name. One that ended already keeps its first end.
    pub async fn revoke_token(&self, name: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
        token::Entity::update_many()
            .col_expr(token::Column::RevokedAt, Expr::value(now))
            .filter(token::Column::Name.eq(name))
            .filter(token::Column::RevokedAt.is_null())
            .exec(&self.connection)
            .await?;
        let there = token::Entity::find().filter(token::Column::Name.eq(name));
        Ok(there.count(&self.connection).await? > 0)
    }

    /// Who holds this secret, and when the token was last used; none if there is no such token, or it has ended.
    pub async fn holder(
        &self,
        secret: &Secret,
        now: DateTime<Utc>,
    ) -> Result<Option<(Holder, Option<DateTime<Utc>>)>, StoreError> {
        let row = token::Entity::find()
            .filter(token::Column::Hash.eq(secret.hash()))
            .one(&self.connection)
            .await?;
        Ok(row
            .filter(|row| secret.has_hash(&row.hash))
            .filter(|row| row.revoked_at.is_none())
            .filter(|row| row.expires_at.is_none_or(|end| now < end))
            .map(|row| {
                let holder = Holder {
                    id: row.id,
                    name: row.name,
                    scopes: row.scopes.0,
                };
                (holder, row.last_used_at)
            }))
    }

    /// Keep that a token was used, to the minute: at most one write a minute, as caches follow what is written.
    pub async fn token_used(&self, token: &TokenId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let minute = minute(now);
        token::Entity::update_many()
            .col_expr(token::Column::LastUsedAt, Expr::value(minute))
            .filter(token::Column::Id.eq(token.clone()))
            .filter(
                Condition::any()
                    .add(token::Column::LastUsedAt.is_null())
                    .add(token::Column::LastUsedAt.lt(minute)),
            )
            .exec(&self.connection)
            .await?;
        Ok(())
    }
}

/// The minute that a moment is in.
pub fn minute(moment: DateTime<Utc>) -> DateTime<Utc> {
    moment
        .duration_trunc(TimeDelta::minutes(1))
        .unwrap_or(moment)
}
