//! An article: one press release read out of a page.

use sea_orm::entity::prelude::*;

use crate::id::{ArticleId, PageId};

/// One press release.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article")]
pub struct Model {
    /// Stable: kept when the page is read again, changed or not.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ArticleId,
    /// The newest page that has it.
    pub page_id: PageId,
    /// Its place on that page, from 1.
    pub position: i32,
    /// Readable name for links, unique, kept once given.
    #[sea_orm(unique)]
    pub slug: String,
    /// Title.
    pub title: String,
    /// Language of the body: ISO 639-1, or 639-3 where that has none; `und` when it cannot be told.
    pub language: String,
    /// Day of publication, where the page gives evidence of it.
    pub published_on: Option<Date>,
    /// Why that day is believed; given exactly with it.
    pub date_basis: Option<DateBasis>,
    /// Paragraphs, two line feeds between them and none within.
    pub body: String,
    /// Words of the body, as white space parts them.
    pub word_count: i32,
    /// Of the body folded (case, space, punctuation): equal for the same text again.
    pub fingerprint: String,
    /// SHA-256 of title, language and body: what an abstract was computed from.
    pub text_hash: String,
    /// The article first seen with this text, when this one repeats it.
    pub duplicate_of: Option<ArticleId>,
    /// When it was first ingested.
    pub ingested_at: DateTimeUtc,
    /// When its text last changed, or it last became an article of its own again.
    pub changed_at: DateTimeUtc,
    /// The title as it is sorted: letters and digits in lower case without marks, words parted by one space.
    pub title_key: String,
    /// When an editor hid it; shown unless given.
    pub hidden_at: Option<DateTimeUtc>,
    /// The article that an editor merged it into; it is hidden then, and its links lead there.
    pub merged_into: Option<ArticleId>,
    /// When an editor last set its labels; the summarizer leaves them alone from then on.
    pub labels_set_at: Option<DateTimeUtc>,
    /// The first article of the story it belongs to, itself perhaps; none while it is alone in its story.
    pub story_id: Option<ArticleId>,
    /// The page.
    #[sea_orm(belongs_to, from = "page_id", to = "id")]
    pub page: BelongsTo<super::page::Entity>,
    /// Its abstracts, one of a kind.
    #[sea_orm(has_many)]
    pub abstracts: HasMany<super::abstracts::Entity>,
    /// Its topics.
    #[sea_orm(has_many)]
    pub labels: HasMany<super::label::Entity>,
    /// Its work order for the summarizer.
    #[sea_orm(has_one)]
    pub job: HasOne<super::job::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The paragraphs of the body.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.body
            .split("\n\n")
            .filter(|paragraph| !paragraph.is_empty())
    }
}

/// Why the day of publication is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum DateBasis {
    /// It stands on a line of its own.
    #[sea_orm(string_value = "DATELINE")]
    Dateline,
    /// A feed or the page's markup says so.
    #[sea_orm(string_value = "METADATA")]
    Metadata,
    /// The text says "today", "tomorrow" or "yesterday" with a date.
    #[sea_orm(string_value = "STATED")]
    Stated,
    /// It is the date of the event reported.
    #[sea_orm(string_value = "MENTIONED")]
    Mentioned,
}
