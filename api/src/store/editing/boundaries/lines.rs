//! The lines of a page that move from one article to another.

use entity::article;
use entity::id::ArticleId;
use entity::line::{self, Fate};
use sea_orm::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{DatabaseTransaction, UpdateMany};

/// The lines that an article has on its page; those on older versions of the page stay as they were.
pub(super) struct Lines<'a> {
    pub(super) transaction: &'a DatabaseTransaction,
    pub(super) of: &'a article::Model,
}

impl Lines<'_> {
    fn with(&self, fate: Fate) -> UpdateMany<line::Entity> {
        line::Entity::update_many()
            .filter(line::Column::PageId.eq(self.of.page_id.clone()))
            .filter(line::Column::ArticleId.eq(self.of.id.clone()))
            .filter(line::Column::Fate.eq(fate))
    }

    /// Whether the page prints the article's title.
    pub(super) async fn print_title(&self) -> Result<bool, DbErr> {
        let titles = line::Entity::find()
            .filter(line::Column::PageId.eq(self.of.page_id.clone()))
            .filter(line::Column::ArticleId.eq(self.of.id.clone()))
            .filter(line::Column::Fate.eq(Fate::Title));
        Ok(titles.count(self.transaction).await? > 0)
    }

    /// The lines of a paragraph become another article's title.
    pub(super) async fn entitle(&self, paragraph: i32, to: &ArticleId) -> Result<(), DbErr> {
        self.with(Fate::Paragraph)
            .filter(line::Column::Paragraph.eq(paragraph))
            .col_expr(line::Column::ArticleId, Expr::value(to.clone()))
            .col_expr(line::Column::Fate, Expr::value(Fate::Title))
            .col_expr(line::Column::Paragraph, Expr::value(Option::<i32>::None))
            .exec(self.transaction)
            .await?;
        Ok(())
    }

    /// The lines of the title become a paragraph of another article.
    pub(super) async fn lower_title(&self, to: &ArticleId, paragraph: i32) -> Result<(), DbErr> {
        self.with(Fate::Title)
            .col_expr(line::Column::ArticleId, Expr::value(to.clone()))
            .col_expr(line::Column::Fate, Expr::value(Fate::Paragraph))
            .col_expr(line::Column::Paragraph, Expr::value(paragraph))
            .exec(self.transaction)
            .await?;
        Ok(())
    }

    /// The lines of the paragraphs from one on move to another article, where their numbers differ by so much.
    pub(super) async fn move_paragraphs(
        &self,
        from: i32,
        to: &ArticleId,
        by: i32,
    ) -> Result<(), DbErr> {
        self.with(Fate::Paragraph)
            .filter(line::Column::Paragraph.gte(from))
            .col_expr(line::Column::ArticleId, Expr::value(to.clone()))
            .col_expr(
                line::Column::Paragraph,
                Expr::col(line::Column::Paragraph).add(by),
            )
            .exec(self.transaction)
            .await?;
        Ok(())
    }

    /// The dateline moves to another article.
    pub(super) async fn move_dateline(&self, to: &ArticleId) -> Result<(), DbErr> {
        self.with(Fate::Dateline)
            .col_expr(line::Column::ArticleId, Expr::value(to.clone()))
            .exec(self.transaction)
            .await?;
        Ok(())
    }
}
