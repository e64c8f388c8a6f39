//! What became of each line of a page. The key (page, number) is what makes it exactly one thing.

use sea_orm::entity::prelude::*;

use crate::id::{ArticleId, PageId};

/// One line of a page that is not blank, and its fate. Blank lines are not stored: nothing became of them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "line")]
pub struct Model {
    /// The page.
    #[sea_orm(primary_key, auto_increment = false)]
    pub page_id: PageId,
    /// Number of the line in the page, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// First byte of the line in the decoded page.
    pub start: i32,
    /// One past its last byte, the line end left out.
    pub end: i32,
    /// Where it ended.
    pub fate: Fate,
    /// The article it went to; none exactly if it was rejected.
    pub article_id: Option<ArticleId>,
    /// Which paragraph of the article, from 0; given exactly for a paragraph's line.
    pub paragraph: Option<i32>,
    /// Why it was rejected, by the reader's name for it; given exactly if it was.
    pub reason: Option<String>,
    /// The page.
    #[sea_orm(belongs_to, from = "page_id", to = "id")]
    pub page: BelongsTo<super::page::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Where a line of a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Fate {
    /// In the title of an article.
    #[sea_orm(string_value = "TITLE")]
    Title,
    /// In the line that dates an article.
    #[sea_orm(string_value = "DATELINE")]
    Dateline,
    /// In a paragraph of an article.
    #[sea_orm(string_value = "PARAGRAPH")]
    Paragraph,
    /// In no article.
    #[sea_orm(string_value = "REJECTED")]
    Rejected,
}
