//! A page: one ingested source document. Its bytes are in [`content`](crate::content), its lines in [`line`](crate::line).

use sea_orm::entity::prelude::*;

use crate::id::PageId;

/// One ingested source document.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "page")]
pub struct Model {
    /// Of source and content hash: the same bytes from the same source are the same page.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PageId,
    /// Where the page came from, as the user named it.
    pub source: String,
    /// The file's path below the folder that was ingested.
    pub name: String,
    /// What the bytes are: `text/plain`.
    pub media_type: String,
    /// How the bytes were decoded: `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`.
    pub encoding: String,
    /// SHA-256 of the bytes, in hex.
    pub content_hash: String,
    /// How many bytes.
    pub byte_count: i64,
    /// Version of the reader that told its lines apart.
    pub reader: String,
    /// When it was first ingested.
    pub ingested_at: DateTimeUtc,
    /// The newer version of the page of this name, once there is one.
    pub superseded_by: Option<PageId>,
    /// When an editor last corrected what was read out of it; it is not read again by a newer reader from then on.
    pub corrected_at: Option<DateTimeUtc>,
    /// The bytes.
    #[sea_orm(has_one)]
    pub content: HasOne<super::content::Entity>,
    /// What became of each line.
    #[sea_orm(has_many)]
    pub lines: HasMany<super::line::Entity>,
    /// The articles read out of it.
    #[sea_orm(has_many)]
    pub articles: HasMany<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
