//! The work orders in the database: claimed by a lease, completed in one transaction, never lost.
//!
//! Architecture invariant: this module and the worker are all of this crate that knows a database, and no
//! transaction is open while a model runs. A worker that dies leaves its orders `RUNNING`; they are anyone's when
//! the lease ends. A result is saved only by the claim that is still in force, for the text it was computed from.

mod abstraction;
mod again;
mod claim;
mod completion;
mod outlook;
mod phrases;
mod placing;
mod retry;
mod sharing;
mod stored;
mod teaching;
mod vector;
mod vocabulary;

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use chrono::{DateTime, TimeDelta, Utc};
use entity::database::OpenError;
use entity::id::ArticleId;
use entity::job;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, DatabaseConnection, DbErr, EntityTrait, SqliteTransactionMode,
    TransactionOptions, UpdateMany,
};
use thiserror::Error;

use crate::clock::Clock;

pub use again::{Makers, Which};
pub use completion::Failure;
pub use entity::database::DEFAULT_URL;
pub use outlook::Outlook;
pub use sharing::Unshared;
pub use teaching::{Edited, LearnedAt};

/// One worker's view of the queue.
#[derive(Debug)]
pub struct Queue {
    database: DatabaseConnection,
    /// Names this worker in the leases it holds.
    owner: String,
    /// The models at hand, once they are known: orders that want another are left to its workers.
    models: Vec<String>,
    /// An id, or what one may begin with, from which on this worker takes what no lease is needed for.
    start: String,
    terms: Terms,
    clock: Clock,
}

/// For how long and how often an order is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// How long a claim is good for unless it is renewed.
    pub lease: TimeDelta,
    /// Attempts before an order is given up as `FAILED`.
    pub attempts: i32,
    /// Wait after the first failed attempt; doubled after each further one.
    pub retry_after: TimeDelta,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            lease: TimeDelta::seconds(20),
            attempts: 3,
            retry_after: TimeDelta::seconds(2),
        }
    }
}

/// A claimed order, with the text to be summarised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The article.
    pub article: ArticleId,
    /// Hash of the text the order is for.
    pub text_hash: String,
    /// Which attempt this is, from 1. It also tells this claim from any later one.
    pub attempt: i32,
    /// The article's title.
    pub title: String,
    /// The article's body.
    pub body: String,
    /// The article's language.
    pub language: String,
    /// Name of the model that is to do it, if one is wanted.
    pub model: Option<String>,
}

/// Whether a claim was still in force when its result came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It was; the result is saved.
    Held,
    /// Somebody else has the order by now, or the article has another text: nothing was changed.
    Lost,
}

/// Why the queue could not be worked.
#[derive(Debug, Error)]
pub enum QueueError {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The tables are not there, or not as this version knows them.
    #[error("the database is not set up for this version; run `communique migrate up` first ({0})")]
    NotMigrated(DbErr),
    /// The database failed.
    #[error("the database failed while {doing}: {cause}")]
    Database {
        /// What was being done.
        doing: &'static str,
        /// What the database said.
        cause: DbErr,
    },
}

/// Connections of a worker: one for each step under way, one for the leases, one for whatever else.
const CONNECTIONS: u32 = 4;

impl Queue {
    /// Open the database at `url` (`sqlite://…` or `postgres://…`) as the queue of one worker.
    ///
    /// # Errors
    /// [`QueueError::Open`] says what is wrong with the URL or the database.
    pub async fn open(url: &str, terms: Terms, clock: Clock) -> Result<Self, QueueError> {
        let database = entity::database::open(url, CONNECTIONS).await?;
        Ok(Self::new(database, terms, clock))
    }

    /// Let go of the database. On SQLite this folds the write-ahead log into the file, which is then whole by itself.
    ///
    /// # Errors
    /// [`QueueError`].
    pub async fn close(self) -> Result<(), QueueError> {
        self.database.close().await.map_err(while_("closing it"))
    }

    /// A queue on an open database, for one worker.
    #[must_use]
    pub fn new(database: DatabaseConnection, terms: Terms, clock: Clock) -> Self {
        // Process ids repeat between containers; a random number does not.
        let random = RandomState::new().build_hasher().finish();
        Self {
            database,
            owner: format!("summarizer-{}-{random:016x}", std::process::id()),
            models: Vec::new(),
            // Ids go on with a digit or a letter up to v.
            start: format!(
                "{}{}",
                ArticleId::PREFIX,
                char::from_digit((random % 32) as u32, 32).unwrap_or_default()
            ),
            terms,
            clock,
        }
    }

    /// The queue as a worker with these models sees it: without the orders that want another.
    #[must_use]
    pub fn of_models(mut self, models: Vec<String>) -> Self {
        self.models = models;
        self
    }

    /// The terms it was made with.
    #[must_use]
    pub fn terms(&self) -> Terms {
        self.terms
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The statement that puts orders back into the queue as if they were new: those that it is filtered by.
    fn put_back(&self) -> UpdateMany<job::Entity> {
        let now = self.now();
        job::Entity::update_many()
            .col_expr(job::Column::State, Expr::value(job::State::Queued))
            .col_expr(job::Column::Attempts, Expr::value(0))
            .col_expr(job::Column::AvailableAt, Expr::value(now))
            .col_expr(job::Column::UpdatedAt, Expr::value(now))
    }

    /// The condition that an order is not for another model.
    fn of_these_models(&self) -> Condition {
        if self.models.is_empty() {
            return Condition::all();
        }
        Condition::any()
            .add(job::Column::Model.is_null())
            .add(job::Column::Model.is_in(self.models.iter().cloned()))
    }

    /// The condition that a claim is still in force: nobody took the order since, and its text is the same.
    fn in_force(&self, order: &Order) -> SimpleExpr {
        job::Column::ArticleId
            .eq(order.article.clone())
            .and(job::Column::State.eq(job::State::Running))
            .and(job::Column::LeaseOwner.eq(self.owner.as_str()))
            .and(job::Column::Attempts.eq(order.attempt))
            .and(job::Column::TextHash.eq(order.text_hash.as_str()))
    }
}

/// How a transaction that writes begins: on SQLite it must say so, or it may fail instead of waiting its turn.
fn writing() -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    }
}

/// Says what was being done when the database failed.
fn while_(doing: &'static str) -> impl Fn(DbErr) -> QueueError {
    move |cause| {
        let said = cause.to_string();
        let missing = ["no such table", "no such column", "does not exist"];
        if missing.iter().any(|part| said.contains(part)) {
            QueueError::NotMigrated(cause)
        } else {
            QueueError::Database { doing, cause }
        }
    }
}
