//! Editions: which issues of which digests were sent.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// Creates the table of editions.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(edition()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("edition").to_owned())
            .await
    }
}

/// No foreign key to the articles: that an edition was sent stays true when one of them is gone.
fn edition() -> TableCreateStatement {
    Table::create()
        .table("edition")
        .col(text("id").primary_key())
        .col(text("name"))
        .col(date("period_from"))
        .col(date("period_to"))
        .col(json_binary("articles"))
        .col(timestamp_with_time_zone("sent_at"))
        .check(Expr::col("period_from").lte(Expr::col("period_to")))
        .take()
}
