//! Attempts at an abstract in a model's own words: what supports each sentence, or why there is none.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// Creates the table of attempts.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(abstraction()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("abstraction").to_owned())
            .await
    }
}

fn abstraction() -> TableCreateStatement {
    Table::create()
        .table("abstraction")
        .col(text("article_id").primary_key())
        .col(text_null("refused"))
        .col(json_binary("sentences"))
        .col(text("model"))
        .col(text("model_version"))
        .col(text("text_hash"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_abstraction_article_id")
                .from("abstraction", "article_id")
                .to("article", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .check(Expr::col("refused").ne(""))
        .take()
}
