//! An editor's abstract, beside the model's.

use entity::abstracts::{self, Kind};
use entity::id::ArticleId;
use entity::span::{Ranking, Spans};
use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use serde_json::json;

use super::{Deed, EditError, Outcome, Record, article};
use crate::store::Store;

/// Who made an edited abstract, where others name a model.
const EDITOR: &str = "editor";

impl Store {
    /// Put an editor's abstract before the model's, or take it back. When the article changes later it stays, stale.
    pub async fn edit_abstract(
        &self,
        deed: &Deed,
        id: &ArticleId,
        text: Option<&str>,
    ) -> Result<Record, EditError> {
        self.once(deed, |held| async move {
            let transaction = &*held;
            let Some(article) = article(transaction, id).await? else {
                return Ok(Record::not_found());
            };
            let before = abstracts::Entity::find_by_id((id.clone(), Kind::Edited))
                .one(transaction)
                .await?;
            let was = json!({ "text": before.as_ref().map(|before| before.text.as_str()) });
            let outcome = match (before, text) {
                (None, None) => Outcome::Unchanged,
                (Some(before), Some(text))
                    if before.text == text && before.text_hash == article.text_hash =>
                {
                    Outcome::Unchanged
                }
                (Some(before), None) => {
                    before.delete(transaction).await?;
                    Outcome::TakenBack
                }
                (Some(before), Some(text)) => {
                    let mut row = before.into_active_model();
                    row.text = Set(text.to_owned());
                    row.text_hash = Set(article.text_hash);
                    row.created_at = Set(deed.at);
                    row.update(transaction).await?;
                    Outcome::Edited
                }
                (None, Some(text)) => {
                    let row = abstracts::ActiveModel {
                        article_id: Set(id.clone()),
                        kind: Set(Kind::Edited),
                        text: Set(text.to_owned()),
                        sentences: Set(Spans::default()),
                        ranking: Set(Ranking::default()),
                        model: Set(EDITOR.to_owned()),
                        model_version: Set("1".to_owned()),
                        text_hash: Set(article.text_hash),
                        created_at: Set(deed.at),
                    };
                    abstracts::Entity::insert(row)
                        .exec_without_returning(transaction)
                        .await?;
                    Outcome::Edited
                }
            };
            Ok(Record::of(outcome, vec![id.clone()], was))
        })
        .await
    }
}
