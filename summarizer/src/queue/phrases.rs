//! The row of an article's keyphrases.

use chrono::{DateTime, Utc};
use entity::id::ArticleId;
use entity::keyphrase::{self, Phrase, Phrases};
use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseTransaction, DbErr, EntityTrait, Set};

use crate::keyphrase::Keyphrase;

/// Save an article's keyphrases in the place of those it had.
pub(super) async fn save(
    transaction: &DatabaseTransaction,
    article: &ArticleId,
    found: &[Keyphrase],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let phrases = found.iter().map(|phrase| Phrase {
        text: phrase.text.clone(),
        score: phrase.score,
    });
    let row = keyphrase::ActiveModel {
        article_id: Set(article.clone()),
        phrases: Set(Phrases(phrases.collect())),
        created_at: Set(now),
    };
    let again = OnConflict::column(keyphrase::Column::ArticleId)
        .update_columns([keyphrase::Column::Phrases, keyphrase::Column::CreatedAt])
        .to_owned();
    keyphrase::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}
