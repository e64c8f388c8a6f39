//! The bytes of a page, apart from [`page`](crate::page) so that listing pages does not read them.

use sea_orm::entity::prelude::*;

use crate::id::PageId;

/// The bytes of one page, whole.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "content")]
pub struct Model {
    /// Whose bytes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub page_id: PageId,
    /// Exactly as they were read.
    pub bytes: Vec<u8>,
    /// The page.
    #[sea_orm(belongs_to, from = "page_id", to = "id")]
    pub page: BelongsTo<super::page::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
