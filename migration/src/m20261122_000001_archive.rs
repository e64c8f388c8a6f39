//! The archive: pages and their lines, articles, what the summarizer makes of them, and its jobs.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// Creates all tables of the archive.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            page(),
            content(),
            article(),
            line(),
            abstract_(),
            topic(),
            label(),
            embedding(),
            job(),
        ] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "job",
            "embedding",
            "label",
            "topic",
            "abstract",
            "line",
            "article",
            "content",
            "page",
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn page() -> TableCreateStatement {
    Table::create()
        .table("page")
        .col(text("id").primary_key())
        .col(text("source"))
        .col(text("name"))
        .col(text("media_type"))
        .col(text("encoding"))
        .col(text("content_hash"))
        .col(big_integer("byte_count"))
        .col(text("reader"))
        .col(timestamp_with_time_zone("ingested_at"))
        .col(text_null("superseded_by"))
        .foreign_key(&mut references("page", "superseded_by", "page"))
        .take()
}

fn content() -> TableCreateStatement {
    Table::create()
        .table("content")
        .col(text("page_id").primary_key())
        .col(blob("bytes"))
        .foreign_key(&mut references("content", "page_id", "page"))
        .take()
}

fn article() -> TableCreateStatement {
    Table::create()
        .table("article")
        .col(text("id").primary_key())
        .col(text("page_id"))
        .col(integer("position"))
        .col(text("slug"))
        .col(text("title"))
        .col(text("language"))
        .col(date_null("published_on"))
        .col(text_null("date_basis"))
        .col(text("body"))
        .col(integer("word_count"))
        .col(text("fingerprint"))
        .col(text("text_hash"))
        .col(text_null("duplicate_of"))
        .col(timestamp_with_time_zone("ingested_at"))
        .col(timestamp_with_time_zone("changed_at"))
        .foreign_key(&mut references("article", "page_id", "page"))
        .foreign_key(&mut references("article", "duplicate_of", "article"))
        .check(one_of(
            "date_basis",
            &["DATELINE", "METADATA", "STATED", "MENTIONED"],
        ))
        .check(both_or_neither("published_on", "date_basis"))
        .check(Expr::col("title").ne(""))
        .check(Expr::col("body").ne(""))
        .check(Expr::col("duplicate_of").ne(Expr::col("id")))
        .take()
}

fn line() -> TableCreateStatement {
    let is = |fate: &'static str| Expr::col("fate").eq(fate);
    Table::create()
        .table("line")
        .col(text("page_id"))
        .col(integer("number"))
        .col(integer("start"))
        .col(integer("end"))
        .col(text("fate"))
        .col(text_null("article_id"))
        .col(integer_null("paragraph"))
        .col(text_null("reason"))
        .primary_key(Index::create().col("page_id").col("number"))
        .foreign_key(&mut references("line", "page_id", "page"))
        .foreign_key(&mut references("line", "article_id", "article"))
        .check(one_of(
            "fate",
            &["TITLE", "DATELINE", "PARAGRAPH", "REJECTED"],
        ))
        .check(is("REJECTED").eq(Expr::col("article_id").is_null()))
        .check(is("REJECTED").eq(Expr::col("reason").is_not_null()))
        .check(is("PARAGRAPH").eq(Expr::col("paragraph").is_not_null()))
        .take()
}

fn abstract_() -> TableCreateStatement {
    Table::create()
        .table("abstract")
        .col(text("article_id"))
        .col(text("kind"))
        .col(text("text"))
        .col(json_binary("sentences"))
        .col(json_binary("ranking"))
        .col(text("model"))
        .col(text("model_version"))
        .col(text("text_hash"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("article_id").col("kind"))
        .foreign_key(&mut references("abstract", "article_id", "article"))
        .check(one_of("kind", &["EXTRACTIVE", "ABSTRACTIVE", "EDITED"]))
        .check(Expr::col("text").ne(""))
        .take()
}

fn topic() -> TableCreateStatement {
    Table::create()
        .table("topic")
        .col(text("id").primary_key())
        .col(text("name"))
        .col(json_binary("names"))
        .col(text("description"))
        .col(integer("position"))
        .take()
}

fn label() -> TableCreateStatement {
    Table::create()
        .table("label")
        .col(text("article_id"))
        .col(text("topic_id"))
        .col(double("score"))
        .col(integer_null("evidence_start"))
        .col(integer_null("evidence_end"))
        .col(text("origin"))
        .col(text_null("model"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("article_id").col("topic_id"))
        .foreign_key(&mut references("label", "article_id", "article"))
        .foreign_key(&mut references("label", "topic_id", "topic"))
        .check(one_of("origin", &["MODEL", "EDITOR"]))
        .check(Expr::col("score").between(0, 1))
        .check(both_or_neither("evidence_start", "evidence_end"))
        .take()
}

fn embedding() -> TableCreateStatement {
    Table::create()
        .table("embedding")
        .col(text("article_id"))
        .col(text("model"))
        .col(text("model_version"))
        .col(integer("dimension"))
        .col(blob("vector"))
        .col(text("text_hash"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("article_id").col("model"))
        .foreign_key(&mut references("embedding", "article_id", "article"))
        .take()
}

fn job() -> TableCreateStatement {
    let running = Expr::col("state").eq("RUNNING");
    Table::create()
        .table("job")
        .col(text("article_id").primary_key())
        .col(text("text_hash"))
        .col(text("state"))
        .col(integer("attempts"))
        .col(timestamp_with_time_zone("available_at"))
        .col(text_null("lease_owner"))
        .col(timestamp_with_time_zone_null("lease_until"))
        .col(text_null("error"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(&mut references("job", "article_id", "article"))
        .check(one_of("state", &["QUEUED", "RUNNING", "DONE", "FAILED"]))
        .check(running.clone().eq(Expr::col("lease_owner").is_not_null()))
        .check(running.eq(Expr::col("lease_until").is_not_null()))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let on = |table: &'static str, columns: &[&'static str]| {
        let mut index = Index::create();
        index
            .name(format!("ix_{table}_{}", columns.join("_")))
            .table(table);
        for column in columns {
            index.col(*column);
        }
        index
    };
    vec![
        on("page", &["source", "content_hash"]).unique().take(),
        on("page", &["source", "name"]),
        on("article", &["slug"]).unique().take(),
        on("article", &["page_id", "position"]),
        on("article", &["published_on", "id"]),
        on("article", &["fingerprint"]),
        on("article", &["duplicate_of"]),
        on("line", &["article_id"]),
        on("label", &["topic_id"]),
        on("job", &["state", "available_at"]),
    ]
}

fn references(
    table: &'static str,
    column: &'static str,
    other: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_{column}"))
        .from(table, column)
        .to(other, "id")
        .take()
}

fn one_of(column: &'static str, values: &[&'static str]) -> Expr {
    Expr::col(column).is_in(values.iter().copied())
}

fn both_or_neither(one: &'static str, other: &'static str) -> Expr {
    Expr::col(one).is_null().eq(Expr::col(other).is_null())
}
