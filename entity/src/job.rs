//! A job: the work order for one article's summary, and the contract between `api`, which writes it, and `summarizer`, which works it.

use sea_orm::entity::prelude::*;

use crate::id::ArticleId;

/// The work order for one article's summary. Written in the transaction that writes the article.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// The article: there is one order for each.
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: ArticleId,
    /// The article's `text_hash` the order is for; a result for another text must not complete it.
    pub text_hash: String,
    /// How far it is.
    pub state: State,
    /// How often it was claimed for this text.
    pub attempts: i32,
    /// Not to be claimed before this moment.
    pub available_at: DateTimeUtc,
    /// The worker that holds it; given exactly while it runs.
    pub lease_owner: Option<String>,
    /// When the worker's claim ends unless renewed; given exactly while it runs.
    pub lease_until: Option<DateTimeUtc>,
    /// What went wrong the last time.
    pub error: Option<String>,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Name of the model that is wanted; any if none. Only a worker with that model claims the order.
    pub model: Option<String>,
    /// Version of the method by which the article was last put into a story or found to be alone; none while that is to
    /// be done.
    pub placed_by: Option<String>,
    /// The article.
    #[sea_orm(belongs_to, from = "article_id", to = "id")]
    pub article: BelongsTo<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum State {
    /// To be claimed.
    #[sea_orm(string_value = "QUEUED")]
    Queued,
    /// Claimed until the lease ends.
    #[sea_orm(string_value = "RUNNING")]
    Running,
    /// The article's summary is there.
    #[sea_orm(string_value = "DONE")]
    Done,
    /// Given up after too many attempts; `error` says why.
    #[sea_orm(string_value = "FAILED")]
    Failed,
}
