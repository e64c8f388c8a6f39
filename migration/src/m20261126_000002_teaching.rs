//! Teaching: what editors' labels taught the summarizer.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// Creates the table of heads.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(head()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("head").to_owned())
            .await
    }
}

/// One row a model, as each has a space of its own.
fn head() -> TableCreateStatement {
    Table::create()
        .table("head")
        .col(text("model").primary_key())
        .col(text("weights"))
        .col(integer("articles"))
        .col(double("agreement_before"))
        .col(double("agreement"))
        .col(timestamp_with_time_zone("learned_at"))
        .check(Expr::col("articles").gt(0))
        .take()
}
