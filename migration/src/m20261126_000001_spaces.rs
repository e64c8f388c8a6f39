//! Spaces: an article may have two embeddings, one of them in a space that all languages share.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// Says of each embedding whether texts of different languages lie in its space.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let added = Table::alter()
            .table("embedding")
            .add_column(boolean("multilingual").default(false))
            .take();
        manager.alter_table(added).await?;
        // Whether an archive has any of them is asked whenever a summarizer has nothing else to do.
        let shared = Index::create()
            .name("ix_embedding_multilingual")
            .table("embedding")
            .col("article_id")
            .and_where(Expr::col("multilingual"))
            .take();
        manager.create_index(shared).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let shared = Index::drop()
            .name("ix_embedding_multilingual")
            .table("embedding")
            .to_owned();
        manager.drop_index(shared).await?;
        let gone = Table::alter()
            .table("embedding")
            .drop_column("multilingual")
            .take();
        manager.alter_table(gone).await
    }
}
