//! `Story`.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object};
use entity::article;
use entity::id::ArticleId;

use super::article::Article;
use super::date::Date;
use super::error::{Code, bad};
use super::loader::{ArticleOf, StoryOf, load};
use super::visible::sees;

/// Articles on the same event.
pub(super) struct Story {
    id: ArticleId,
    /// The oldest first, the undated last; at least two.
    articles: Vec<Arc<article::Model>>,
}

/// Most articles of a story that are given at once.
const MOST: i32 = 100;

impl Story {
    /// What its id begins with; the rest is that of its first article's.
    pub(super) const PREFIX: &str = "story_";

    /// The story that began with this article; none if whoever asks sees fewer than two of its articles: an article
    /// alone is no story.
    pub(super) async fn load(context: &Context<'_>, id: ArticleId) -> Result<Option<Self>, Error> {
        let mut articles = load(context, StoryOf(id.clone()))
            .await?
            .unwrap_or_default();
        articles.retain(|row| sees(context, row));
        Ok((articles.len() > 1).then_some(Self { id, articles }))
    }

    /// The story of this article, or of the one that it repeats.
    pub(super) async fn of(
        context: &Context<'_>,
        article: &Arc<article::Model>,
    ) -> Result<Option<Self>, Error> {
        let original = match &article.duplicate_of {
            Some(original) => load(context, ArticleOf(original.clone())).await?,
            None => None,
        };
        match &original.as_ref().unwrap_or(article).story_id {
            Some(id) => Self::load(context, id.clone()).await,
            None => Ok(None),
        }
    }

    /// The story of this id, which begins with [`Story::PREFIX`].
    pub(super) async fn by_id(context: &Context<'_>, id: &ID) -> Result<Option<Self>, Error> {
        let digest = id.strip_prefix(Self::PREFIX).unwrap_or(id);
        Self::load(context, ArticleId(format!("{}{digest}", ArticleId::PREFIX))).await
    }
}

/// Articles on the same event: its announcement, its opening, its closing, their translations. The summarizer puts them
/// together by what they say, when they were published within three weeks of each other.
#[Object]
impl Story {
    /// Id; stays the same as long as the story has its first article.
    pub(super) async fn id(&self) -> ID {
        let digest = self.id.as_str();
        let digest = digest.strip_prefix(ArticleId::PREFIX).unwrap_or(digest);
        ID(format!("{}{digest}", Self::PREFIX))
    }

    /// Title: that of its oldest article.
    async fn title(&self) -> &str {
        self.articles.first().map_or("", |first| &first.title)
    }

    /// How many articles it has; repeats of a text are left out.
    async fn article_count(&self) -> usize {
        self.articles.len()
    }

    /// Its articles, the oldest first, those without a date last; repeats of a text are left out.
    async fn articles(
        &self,
        #[graphql(default = 20, desc = "How many at most, up to 100.")] first: i32,
    ) -> Result<Vec<Article>, Error> {
        if !(0..=MOST).contains(&first) {
            let message =
                format!("first: {first} is not a number of articles; expected 0 to {MOST}");
            return Err(bad(Code::BadUserInput, message));
        }
        let most = usize::try_from(first).unwrap_or(0);
        Ok(self
            .articles
            .iter()
            .take(most)
            .cloned()
            .map(Article)
            .collect())
    }

    /// The day on which its first dated article was published; none if none has a date.
    async fn first_published_on(&self) -> Option<Date> {
        self.days().min().map(Date)
    }

    /// The day on which its last dated article was published; none if none has a date.
    async fn last_published_on(&self) -> Option<Date> {
        self.days().max().map(Date)
    }
}

impl Story {
    fn days(&self) -> impl Iterator<Item = chrono::NaiveDate> {
        self.articles
            .iter()
            .filter_map(|article| article.published_on)
    }
}
