//! Stories: for which articles a story is still to be sought.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Adds what putting articles into stories needs.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// An article that is dated otherwise, repeats another text, no longer does, or is shown again must be placed anew,
/// whoever changed it.
const CHANGED: &str = "OLD.published_on IS DISTINCT FROM NEW.published_on \
     OR OLD.duplicate_of IS DISTINCT FROM NEW.duplicate_of \
     OR OLD.hidden_at IS DISTINCT FROM NEW.hidden_at";

const COLUMNS: &str = "published_on, duplicate_of, hidden_at";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let added = Table::alter()
            .table("job")
            .add_column(text_null("placed_by"))
            .take();
        manager.alter_table(added).await?;
        // Only those that are to be placed stand in it: asking whether there is any costs next to nothing.
        let due = Index::create()
            .name("ix_job_unplaced")
            .table("job")
            .col("article_id")
            .and_where(Expr::col("placed_by").is_null())
            .and_where(Expr::col("state").eq("DONE"))
            .take();
        manager.create_index(due).await?;
        // "Is in no story" is true of most articles: an index of all would look as if it found nothing faster.
        let all = Index::drop()
            .name("ix_article_story_id")
            .table("article")
            .to_owned();
        manager.drop_index(all).await?;
        let told = Index::create()
            .name("ix_article_told")
            .table("article")
            .col("story_id")
            .and_where(Expr::col("story_id").is_not_null())
            .take();
        manager.create_index(told).await?;
        for statement in trigger(manager.get_database_backend()) {
            manager
                .get_connection()
                .execute_unprepared(&statement)
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let gone: &[&str] = match manager.get_database_backend() {
            DbBackend::Postgres => &[
                "DROP TRIGGER place_article_anew ON article",
                "DROP FUNCTION place_article_anew()",
            ],
            _ => &["DROP TRIGGER place_article_anew"],
        };
        for statement in gone {
            manager
                .get_connection()
                .execute_unprepared(statement)
                .await?;
        }
        let told = Index::drop()
            .name("ix_article_told")
            .table("article")
            .to_owned();
        manager.drop_index(told).await?;
        let all = Index::create()
            .name("ix_article_story_id")
            .table("article")
            .col("story_id")
            .take();
        manager.create_index(all).await?;
        let due = Index::drop()
            .name("ix_job_unplaced")
            .table("job")
            .to_owned();
        manager.drop_index(due).await?;
        let dropped = Table::alter().table("job").drop_column("placed_by").take();
        manager.alter_table(dropped).await
    }
}

fn trigger(backend: DbBackend) -> Vec<String> {
    let anew =
        "UPDATE job SET placed_by = NULL WHERE article_id = NEW.id AND placed_by IS NOT NULL;";
    match backend {
        DbBackend::Postgres => vec![
            format!(
                "CREATE FUNCTION place_article_anew() RETURNS trigger LANGUAGE plpgsql AS $$ \
                 BEGIN {anew} RETURN NULL; END $$"
            ),
            format!(
                "CREATE TRIGGER place_article_anew AFTER UPDATE OF {COLUMNS} ON article FOR EACH ROW \
                 WHEN ({CHANGED}) EXECUTE FUNCTION place_article_anew()"
            ),
        ],
        _ => vec![format!(
            "CREATE TRIGGER place_article_anew AFTER UPDATE OF {COLUMNS} ON article \
             WHEN {} BEGIN {anew} END",
            CHANGED.replace("IS DISTINCT FROM", "IS NOT")
        )],
    }
}
