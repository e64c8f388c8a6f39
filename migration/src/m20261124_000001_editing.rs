//! Editing by hand: tokens, the audit, what editors did to articles; and the feed of changes that indexes,
//! caches and subscriptions follow.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::{DbBackend, TransactionTrait};

/// Adds what editing by hand and following the archive need.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Tables whose changes concern an article, the column that names it, and the kind of change that is noted.
const FOLLOWED: [(&str, &str, &str); 4] = [
    ("article", "id", "ARTICLE"),
    ("abstract", "article_id", "ABSTRACT"),
    ("label", "article_id", "LABELS"),
    ("embedding", "article_id", "EMBEDDING"),
];

const EVENTS: [&str; 3] = ["INSERT", "UPDATE", "DELETE"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [token(), audit(), change(manager.get_database_backend())] {
            manager.create_table(table).await?;
        }
        for (table, column) in columns(manager.get_database_backend()) {
            let added = Table::alter().table(table).add_column(column).take();
            manager.alter_table(added).await?;
        }
        fill_title_keys(manager).await?;
        // "Repeats none" is true of most articles: no index may offer to find those.
        manager
            .drop_index(dropped("ix_article_duplicate_of"))
            .await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        for statement in followers(manager.get_database_backend()) {
            manager
                .get_connection()
                .execute_unprepared(&statement)
                .await?;
        }
        // What is there already is news to whoever follows from the beginning.
        manager
            .get_connection()
            .execute_unprepared(
                "INSERT INTO change (article_id, kind) SELECT id, 'ARTICLE' FROM article ORDER BY ingested_at, id",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        for (table, ..) in FOLLOWED {
            for event in EVENTS {
                let name = follower(table, event);
                let on = if backend == DbBackend::Postgres {
                    format!(" ON \"{table}\"")
                } else {
                    String::new()
                };
                manager
                    .get_connection()
                    .execute_unprepared(&format!("DROP TRIGGER {name}{on}"))
                    .await?;
            }
        }
        if backend == DbBackend::Postgres {
            for (.., kind) in FOLLOWED {
                let function = function(kind);
                manager
                    .get_connection()
                    .execute_unprepared(&format!("DROP FUNCTION {function}()"))
                    .await?;
            }
        }
        for index in [
            "ix_article_newest_key_id",
            "ix_article_oldest_key_id",
            "ix_article_title_key_id",
            "ix_article_ingested_at_id",
            "ix_article_language",
            "ix_article_story_id",
            "ix_article_repeats",
        ] {
            manager.drop_index(dropped(index)).await?;
        }
        let all = on_article(&["duplicate_of"]);
        manager.create_index(all).await?;
        for (table, column) in columns(backend) {
            let dropped = Table::alter()
                .table(table)
                .drop_column(column.get_column_name())
                .take();
            manager.alter_table(dropped).await?;
        }
        for table in ["change", "audit", "token"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn token() -> TableCreateStatement {
    Table::create()
        .table("token")
        .col(text("id").primary_key())
        .col(text("name").unique_key())
        .col(text("hash").unique_key())
        .col(json_binary("scopes"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("expires_at"))
        .col(timestamp_with_time_zone_null("last_used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .take()
}

fn audit() -> TableCreateStatement {
    Table::create()
        .table("audit")
        .col(big_integer("id").auto_increment().primary_key())
        .col(timestamp_with_time_zone("at"))
        .col(text("token_id"))
        .col(text("action"))
        .col(text_null("client_mutation_id"))
        .col(json_binary("request"))
        .col(json_binary("outcome"))
        .foreign_key(
            &mut ForeignKey::create()
                .name("fk_audit_token_id")
                .from("audit", "token_id")
                .to("token", "id")
                .take(),
        )
        .index(
            Index::create()
                .name("ux_audit_token_id_client_mutation_id")
                .col("token_id")
                .col("client_mutation_id")
                .unique(),
        )
        .take()
}

/// The last change of each kind of each article, in the order of their commits: (`transaction`, `id`) on PostgreSQL,
/// `id` alone on SQLite, where writers take turns. No foreign key: the last change of an article may be its end.
fn change(backend: DbBackend) -> TableCreateStatement {
    let mut transaction = ColumnDef::new("transaction");
    transaction.big_integer().not_null();
    match backend {
        DbBackend::Postgres => {
            transaction.default(Expr::cust("(pg_current_xact_id()::text::bigint)"))
        }
        _ => transaction.default(0),
    };
    Table::create()
        .table("change")
        .col(big_integer("id").auto_increment().primary_key())
        .col(transaction)
        .col(text("article_id"))
        .col(text("kind"))
        .index(
            Index::create()
                .name("ux_change_article_id_kind")
                .col("article_id")
                .col("kind")
                .unique(),
        )
        .take()
}

fn columns(backend: DbBackend) -> Vec<(&'static str, ColumnDef)> {
    // Titles are sorted by their bytes on both engines.
    let mut title_key = text("title_key");
    title_key.default("");
    if backend == DbBackend::Postgres {
        title_key.extra("COLLATE \"C\"");
    }
    // The day of publication as it is sorted: who has none stands at the end, newest first and oldest first alike, and
    // as nothing compared is null, a page of either list is one range of an index.
    let sorted = |name: &'static str, none: &'static str| {
        let stored = backend == DbBackend::Postgres;
        let day = format!(
            "coalesce(published_on, {}'{none}')",
            if stored { "DATE " } else { "" }
        );
        let mut column = ColumnDef::new(name);
        column.date().generated(Expr::cust(day), stored);
        column
    };
    vec![
        ("article", title_key),
        ("article", sorted("newest_key", "0001-01-01")),
        ("article", sorted("oldest_key", "9999-12-31")),
        ("article", timestamp_with_time_zone_null("hidden_at")),
        ("article", text_null("merged_into")),
        ("article", timestamp_with_time_zone_null("labels_set_at")),
        ("article", text_null("story_id")),
        ("page", timestamp_with_time_zone_null("corrected_at")),
        ("job", text_null("model")),
    ]
}

fn on_article(columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("ix_article_{}", columns.join("_")))
        .table("article");
    for column in columns {
        index.col(*column);
    }
    index
}

fn indexes() -> Vec<IndexCreateStatement> {
    let mut feed = Index::create();
    vec![
        on_article(&["newest_key", "id"]),
        on_article(&["oldest_key", "id"]),
        on_article(&["title_key", "id"]),
        on_article(&["ingested_at", "id"]),
        on_article(&["language"]),
        on_article(&["story_id"]),
        // Of another name than the one it replaces: another connection may still believe in that.
        on_article(&["duplicate_of"])
            .name("ix_article_repeats")
            .and_where(Expr::col("duplicate_of").is_not_null())
            .take(),
        feed.name("ix_change_transaction_id")
            .table("change")
            .col("transaction")
            .col("id")
            .take(),
    ]
}

fn dropped(index: &str) -> IndexDropStatement {
    Index::drop().name(index).table("article").to_owned()
}

/// Titles as they are sorted: letters and digits in lower case without marks, words parted by one space.
async fn fill_title_keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let select = Query::select()
        .columns(["id", "title"])
        .from("article")
        .to_owned();
    let transaction = manager.get_connection().begin().await?;
    for row in transaction.query_all(&select).await? {
        let (id, title): (String, String) = (row.try_get("", "id")?, row.try_get("", "title")?);
        let update = Query::update()
            .table("article")
            .value("title_key", title_key(&title))
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        transaction.execute(&update).await?;
    }
    transaction.commit().await
}

fn title_key(title: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    let folded: String = title
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn follower(table: &str, event: &str) -> String {
    format!("note_{table}_{}", event.to_lowercase())
}

fn function(kind: &str) -> String {
    format!("note_{}", kind.to_lowercase())
}

/// Triggers that note every change, whoever makes it; that an article came is noted once more, as `ADDED`, which no later
/// change replaces. On PostgreSQL they also wake those who listen.
fn followers(backend: DbBackend) -> Vec<String> {
    let mut statements = Vec::new();
    for (table, column, kind) in FOLLOWED {
        let note = |row: &str, kind: &str| {
            format!(
                "DELETE FROM change WHERE article_id = {row}.{column} AND kind = '{kind}'; \
                 INSERT INTO change (article_id, kind) VALUES ({row}.{column}, '{kind}');"
            )
        };
        if backend == DbBackend::Postgres {
            let function = function(kind);
            let added = if table == "article" {
                "IF TG_OP = 'INSERT' THEN \
                   INSERT INTO change (article_id, kind) VALUES (NEW.id, 'ADDED') \
                     ON CONFLICT (article_id, kind) DO UPDATE \
                     SET id = EXCLUDED.id, \"transaction\" = EXCLUDED.\"transaction\"; \
                 END IF;"
            } else {
                ""
            };
            statements.push(format!(
                "CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ \
                 DECLARE subject record; \
                 BEGIN \
                   IF TG_OP = 'DELETE' THEN subject := OLD; ELSE subject := NEW; END IF; \
                   INSERT INTO change (article_id, kind) VALUES (subject.{column}, '{kind}') \
                     ON CONFLICT (article_id, kind) DO UPDATE \
                     SET id = EXCLUDED.id, \"transaction\" = EXCLUDED.\"transaction\"; \
                   {added} \
                   PERFORM pg_notify('communique_change', ''); \
                   RETURN NULL; \
                 END $$"
            ));
            for event in EVENTS {
                statements.push(format!(
                    "CREATE TRIGGER {} AFTER {event} ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION {function}()",
                    follower(table, event)
                ));
            }
        } else {
            for event in EVENTS {
                let row = if event == "DELETE" { "OLD" } else { "NEW" };
                let added = if (table, event) == ("article", "INSERT") {
                    note(row, "ADDED")
                } else {
                    String::new()
                };
                statements.push(format!(
                    "CREATE TRIGGER {} AFTER {event} ON \"{table}\" BEGIN {added} {} END",
                    follower(table, event),
                    note(row, kind)
                ));
            }
        }
    }
    statements
}
