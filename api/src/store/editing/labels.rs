//! An editor's labels, in place of the model's.

use entity::id::{ArticleId, TopicId};
use entity::label::{self, Origin};
use entity::{article, topic};
use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};
use serde_json::json;

use super::{Deed, EditError, Outcome, Record, refused};
use crate::store::Store;
use crate::store::save::articles::enqueue;

impl Store {
    /// Put an editor's labels in place of all that are there, and keep the model from changing them; or give the
    /// labels back to the model, which is ordered to set its own.
    pub async fn set_labels(
        &self,
        deed: &Deed,
        id: &ArticleId,
        topics: Option<&[TopicId]>,
    ) -> Result<Record, EditError> {
        self.once(deed, |held| async move {
            let transaction = &*held;
            let Some(article) = super::article(transaction, id).await? else {
                return Ok(Record::not_found());
            };
            if let Some(topics) = topics {
                let known: Vec<TopicId> = topic::Entity::find()
                    .select_only()
                    .column(topic::Column::Id)
                    .filter(topic::Column::Id.is_in(topics.iter().cloned()))
                    .into_tuple()
                    .all(transaction)
                    .await?;
                if let Some(unknown) = topics.iter().find(|topic| !known.contains(topic)) {
                    return refused(format!(
                        "topics: no topic of the vocabulary has the id {:?}; `topics` lists them",
                        unknown.as_str()
                    ));
                }
            }
            // The article's row first: the summarizer holds it while it saves labels.
            let set_at = topics.map(|_| deed.at);
            article::Entity::update_many()
                .col_expr(article::Column::LabelsSetAt, Expr::value(set_at))
                .filter(article::Column::Id.eq(id.clone()))
                .exec(transaction)
                .await?;
            let before = label::Entity::find()
                .filter(label::Column::ArticleId.eq(id.clone()))
                .order_by_asc(label::Column::TopicId)
                .all(transaction)
                .await?;
            let was = json!({
                "byEditor": article.labels_set_at.is_some(),
                "topics": before.iter().map(|label| label.topic_id.as_str()).collect::<Vec<_>>(),
            });
            let outcome = match topics {
                None if article.labels_set_at.is_none() => Outcome::Unchanged,
                None => {
                    label::Entity::delete_many()
                        .filter(label::Column::ArticleId.eq(id.clone()))
                        .filter(label::Column::Origin.eq(Origin::Editor))
                        .exec(transaction)
                        .await?;
                    enqueue(transaction, id, &article.text_hash, deed.at).await?;
                    Outcome::GivenBack
                }
                Some(topics) => {
                    let mut wanted: Vec<&TopicId> = topics.iter().collect();
                    wanted.sort_unstable();
                    wanted.dedup();
                    let same = article.labels_set_at.is_some()
                        && before
                            .iter()
                            .map(|label| &label.topic_id)
                            .eq(wanted.iter().copied());
                    label::Entity::delete_many()
                        .filter(label::Column::ArticleId.eq(id.clone()))
                        .exec(transaction)
                        .await?;
                    let rows = wanted.into_iter().map(|topic| label::ActiveModel {
                        article_id: Set(id.clone()),
                        topic_id: Set(topic.clone()),
                        score: Set(1.0),
                        evidence_start: Set(None),
                        evidence_end: Set(None),
                        origin: Set(Origin::Editor),
                        model: Set(None),
                        created_at: Set(deed.at),
                    });
                    let rows: Vec<_> = rows.collect();
                    if !rows.is_empty() {
                        label::Entity::insert_many(rows)
                            .exec_without_returning(transaction)
                            .await?;
                    }
                    if same {
                        Outcome::Unchanged
                    } else {
                        Outcome::Set
                    }
                }
            };
            Ok(Record::of(outcome, vec![id.clone()], was))
        })
        .await
    }
}
