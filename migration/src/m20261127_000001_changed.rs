//! When an article of the archive last changed is found at the end of an index.

use sea_orm_migration::prelude::*;

/// Adds the index.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const NAME: &str = "ix_article_changed_at";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::create()
            .name(NAME)
            .table("article")
            .col("changed_at")
            .take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name(NAME).table("article").to_owned();
        manager.drop_index(index).await
    }
}
