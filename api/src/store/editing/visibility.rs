//! Hiding articles from readers, and showing them again.

use entity::article;
use entity::id::ArticleId;
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::*;
use serde_json::json;

use super::{Deed, EditError, Outcome, Record, refused};
use crate::store::Store;

impl Store {
    /// Hide an article from readers, or show it again.
    pub async fn set_hidden(
        &self,
        deed: &Deed,
        id: &ArticleId,
        hidden: bool,
    ) -> Result<Record, EditError> {
        self.once(deed, |held| async move {
            let transaction = &*held;
            let Some(article) = super::article(transaction, id).await? else {
                return Ok(Record::not_found());
            };
            // Whether its text is read is up to the whole.
            if let Some(target) = &article.merged_into {
                return refused(format!(
                    "article: {id} was merged into {target}; hide, show or split that one instead"
                ));
            }
            if article.hidden_at.is_some() == hidden {
                return Ok(Record::unchanged(id.clone()));
            }
            let was = json!({ "hiddenAt": article.hidden_at });
            let row = article::ActiveModel {
                id: Set(id.clone()),
                hidden_at: Set(hidden.then_some(deed.at)),
                ..Default::default()
            };
            article::Entity::update(row).exec(transaction).await?;
            let outcome = if hidden {
                Outcome::Hidden
            } else {
                Outcome::Shown
            };
            Ok(Record::of(outcome, vec![id.clone()], was))
        })
        .await
    }
}
