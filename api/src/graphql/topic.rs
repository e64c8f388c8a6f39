//! `Topic`.

use async_graphql::{Context, Error, ID, Object, SimpleObject};
use entity::topic;

use super::connection::ArticleConnection;
use super::loader::{ArticleCountOf, load};
use super::paging::Paging;
use crate::store::articles::{ArticleFilter, ArticleOrder};
use crate::store::slug::topic_slug;

/// An entry of the closed vocabulary of topics.
pub(super) struct Topic(pub(super) topic::Model);

/// A name in one language.
#[derive(SimpleObject)]
struct LocalizedName {
    /// The language, ISO 639-1.
    language: String,
    /// The name.
    name: String,
}

/// An entry of the closed vocabulary of topics: by default the 17 top-level Media Topics of the IPTC.
#[Object]
impl Topic {
    /// Id, as the vocabulary gives it: `medtop:05000000`.
    pub(super) async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Readable name for links: it stands in the address of the topic's page and feeds, and a digest takes it as well as
    /// the id.
    async fn slug(&self) -> String {
        topic_slug(&self.0)
    }

    /// Name in English.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Names in every language that the vocabulary has.
    async fn names(&self) -> Vec<LocalizedName> {
        let named = |(language, name): (&String, &String)| LocalizedName {
            language: language.clone(),
            name: name.clone(),
        };
        self.0.names.0.iter().map(named).collect()
    }

    /// What it covers.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// The articles it labels, newest first, duplicates left out. At most 100 at once; 20 unless said otherwise.
    async fn articles(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, from the start of the list or from `after` on.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many, from the end of the list or from `before` back.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<ArticleConnection, Error> {
        let filter = ArticleFilter {
            topics: Some(vec![self.0.id.clone()]),
            ..ArticleFilter::default()
        };
        let paging = Paging {
            first,
            after,
            last,
            before,
        };
        ArticleConnection::read(context, filter, ArticleOrder::default(), &paging).await
    }

    /// How many articles it labels, duplicates left out.
    async fn article_count(&self, context: &Context<'_>) -> Result<u64, Error> {
        Ok(load(context, ArticleCountOf(self.0.id.clone()))
            .await?
            .unwrap_or(0))
    }
}
