//! Hiding articles from readers, and showing them again.

use entity::article;
use entity::id::ArticleId;
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::*;
use serde_json::json;

use super::{Begun, Deed, EditError, Outcome, Record, refused};
use crate::store::Store;

impl Store {
    /// Hide an article from readers, or show it again.
    pub async fn set_hidden(
        &self,
        deed: &Deed,
        id: &ArticleId,
        hidden: bool,
    ) -> Result<Record, EditError> {
        let transaction = match self.begin_deed(deed).await? {
            Begun::Before(record) => return Ok(record),
            Begun::Now(transaction) => transaction,
        };
        let Some(article) = super::article(&transaction, id).await? else {
            return self.finish(transaction, deed, Record::not_found()).await;
        };
        if let (Some(target), false) = (&article.merged_into, hidden) {
            return refused(format!(
                "article: {id} was merged into {target}; split that one instead"
            ));
        }
        if article.hidden_at.is_some() == hidden {
            return self
                .finish(transaction, deed, Record::unchanged(id.clone()))
                .await;
        }
        let was = json!({ "hiddenAt": article.hidden_at });
        let row = article::ActiveModel {
            id: Set(id.clone()),
            hidden_at: Set(hidden.then_some(deed.at)),
            ..Default::default()
        };
        article::Entity::update(row).exec(&transaction).await?;
        let outcome = if hidden {
            Outcome::Hidden
        } else {
            Outcome::Shown
        };
        let record = Record::of(outcome, vec![id.clone()], was);
        self.finish(transaction, deed, record).await
    }
}
