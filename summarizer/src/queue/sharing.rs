//! The second embedding of an article: in an archive in several languages, every article gets one in the space that all
//! of them share. Without it an English article and its French version would lie in spaces that do not compare.

use entity::id::ArticleId;
use entity::{abstracts, article, embedding, job};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, TransactionTrait,
};

use super::retry::Retry;
use super::vector::Vector;
use super::{Queue, QueueError, placing, while_, writing};
use crate::encoder::Embedding;
use crate::sentence::Span;
use crate::understanding::{Maker, gist};

/// An article that is summarised and has no embedding in the space of all languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unshared {
    /// The article.
    pub article: ArticleId,
    /// Hash of the text that its gist was made of.
    pub text_hash: String,
    /// What of it is to be encoded.
    pub gist: String,
}

/// Articles read at once.
const AT_ONCE: u64 = 32;

#[derive(FromQueryResult)]
struct Row {
    id: ArticleId,
    text_hash: String,
    title: String,
    body: String,
    ranking: entity::span::Ranking,
}

impl Queue {
    /// Some of the articles that lack an embedding by the multilingual model of this name; none in an archive in which
    /// no article was read by a multilingual model yet. Workers begin at different places, so that they rarely do the
    /// same twice; if they do, both save the same.
    ///
    /// # Errors
    /// [`QueueError`].
    pub async fn unshared(&self, model: &str) -> Result<Vec<Unshared>, QueueError> {
        let some = async |from| {
            let found = self.try_unshared(model, from).await;
            found.map_err(while_("looking for articles without a shared embedding"))
        };
        let found = some(&self.start).await?;
        if found.is_empty() {
            return some("").await;
        }
        Ok(found)
    }

    async fn try_unshared(&self, model: &str, from: &str) -> Result<Vec<Unshared>, DbErr> {
        let any = embedding::Entity::find()
            .select_only()
            .column(embedding::Column::ArticleId)
            .filter(embedding::Column::Multilingual.into_expr())
            .limit(1)
            .into_tuple::<ArticleId>()
            .one(&self.database)
            .await?;
        if any.is_none() {
            return Ok(Vec::new());
        }
        let column = |column: embedding::Column| Expr::col((embedding::Entity, column));
        let shared = Query::select()
            .expr(Expr::val(1))
            .from(embedding::Entity)
            .and_where(
                column(embedding::Column::ArticleId).equals((article::Entity, article::Column::Id)),
            )
            .and_where(
                column(embedding::Column::TextHash)
                    .equals((article::Entity, article::Column::TextHash)),
            )
            .and_where(column(embedding::Column::Model).eq(model))
            .and_where(column(embedding::Column::Multilingual))
            .take();
        let rows = abstracts::Entity::find()
            .select_only()
            .join(
                sea_orm::JoinType::InnerJoin,
                abstracts::Relation::Article.def(),
            )
            .columns([
                article::Column::Id,
                article::Column::TextHash,
                article::Column::Title,
                article::Column::Body,
            ])
            .column(abstracts::Column::Ranking)
            .filter(abstracts::Column::Kind.eq(abstracts::Kind::Extractive))
            .filter(
                Expr::col((abstracts::Entity, abstracts::Column::TextHash))
                    .equals((article::Entity, article::Column::TextHash)),
            )
            .filter(article::Column::Id.gte(from))
            .filter(article::Column::HiddenAt.is_null())
            .filter(article::Column::DuplicateOf.is_null())
            .filter(Expr::exists(shared).not())
            .order_by_asc(article::Column::Id)
            .limit(AT_ONCE)
            .into_model::<Row>()
            .all(&self.database)
            .await?;
        Ok(rows.into_iter().filter_map(Row::unshared).collect())
    }

    /// Save an article's embedding in the shared space, and place it anew among stories. Whether it was saved: not, if
    /// the article has another text by now.
    ///
    /// # Errors
    /// [`QueueError`]; then nothing is changed.
    pub async fn share(
        &self,
        unshared: &Unshared,
        vector: &Embedding,
        maker: &Maker,
    ) -> Result<bool, QueueError> {
        let shared = Retry::default().over(|| self.try_share(unshared, vector, maker));
        shared.await.map_err(while_("saving a shared embedding"))
    }

    async fn try_share(
        &self,
        unshared: &Unshared,
        vector: &Embedding,
        maker: &Maker,
    ) -> Result<bool, DbErr> {
        let transaction = self.database.begin_with_options(writing()).await?;
        placing::one_at_a_time(&transaction).await?;
        let same = job::Entity::find_by_id(unshared.article.clone())
            .filter(job::Column::TextHash.eq(unshared.text_hash.as_str()))
            .one(&transaction)
            .await?;
        if same.is_none() {
            return Ok(false);
        }
        let row = Vector {
            article: &unshared.article,
            text_hash: &unshared.text_hash,
            model: &maker.model,
            version: &maker.version,
            multilingual: maker.multilingual,
            now: self.now(),
        };
        row.save(&transaction, vector).await?;
        placing::place(&transaction, &unshared.article).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

impl Row {
    fn unshared(self) -> Option<Unshared> {
        let spans = self.ranking.0.iter().map(|ranked| Span {
            start: ranked.start as usize,
            end: ranked.end as usize,
        });
        Some(Unshared {
            gist: gist(&self.title, &self.body, spans)?,
            article: self.id,
            text_hash: self.text_hash,
        })
    }
}
