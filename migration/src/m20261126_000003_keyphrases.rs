//! Keyphrases: the words by which an article would be looked for.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// Creates the table of keyphrases.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(keyphrase()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("keyphrase").to_owned())
            .await
    }
}

/// One row an article: they are read together or not at all.
fn keyphrase() -> TableCreateStatement {
    Table::create()
        .table("keyphrase")
        .col(text("article_id").primary_key())
        .col(json_binary("phrases"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_keyphrase_article_id")
                .from("keyphrase", "article_id")
                .to("article", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}
