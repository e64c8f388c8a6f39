//! The feed of changes. Triggers write it, whoever changes the archive; indexes, caches and subscriptions follow it.

use sea_orm::entity::prelude::*;

use crate::id::ArticleId;

/// The last change of one kind of one article: an older one of that kind is replaced.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change")]
pub struct Model {
    /// Grows with every change. On SQLite, where writers take turns, in the order of commits.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// PostgreSQL: the transaction that made it. All changes of transactions below
    /// `pg_snapshot_xmin(pg_current_snapshot())` are there; they are followed in the order of (`transaction`, `id`).
    /// 0 on SQLite.
    pub transaction: i64,
    /// The article, which may be gone.
    pub article_id: ArticleId,
    /// What changed.
    pub kind: Kind,
}

impl ActiveModelBehavior for ActiveModel {}

/// What changed about an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Kind {
    /// The article came: noted beside [`Kind::Article`], and not replaced when it changes later.
    #[sea_orm(string_value = "ADDED")]
    Added,
    /// The article itself: it came, changed or went.
    #[sea_orm(string_value = "ARTICLE")]
    Article,
    /// An abstract.
    #[sea_orm(string_value = "ABSTRACT")]
    Abstract,
    /// Its labels.
    #[sea_orm(string_value = "LABELS")]
    Labels,
    /// Its embedding.
    #[sea_orm(string_value = "EMBEDDING")]
    Embedding,
}
