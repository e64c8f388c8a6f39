//! `Abstract`.

use std::sync::Arc;

use async_graphql::{Context, Enum, Error, Object};
use entity::abstracts::Kind;
use entity::span::Span;
use entity::{abstracts, article, job};

use super::date::Moment;
use super::error::{Code, bad};
use super::loader::{JobStateOf, load};
use super::sentence::Sentence;
use crate::abstracts::{self as cutting, Cut, Ranked, Style};

/// A short summary of an article.
pub(super) struct Abstract {
    article: Arc<article::Model>,
    row: abstracts::Model,
    /// As long and in the style that is asked for, where that is not how it is stored.
    cut: Option<Cut>,
}

/// How the sentences of an abstract are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Style")]
pub(super) enum AbstractStyle {
    /// One after the other.
    Paragraph,
    /// One a line, with "• " before each.
    Bullets,
}

/// Characters of an abstract unless asked otherwise; stored ones are made to this length.
pub(super) const LENGTH: i32 = 400;

/// The lengths that can be asked for.
pub(crate) const LENGTHS: std::ops::RangeInclusive<i32> = 40..=4_000;

/// How an abstract was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "abstracts::Kind")]
enum AbstractKind {
    /// Of sentences of the article itself, letter for letter.
    Extractive,
    /// In a model's own words, each fact of which is in the article.
    Abstractive,
    /// Written by an editor.
    Edited,
}

/// The abstract to show of those there are: an editor's before a model's own words, those before the article's sentences.
/// Whoever wants no model's words asks for none to be written: they exist only where the summarizer was given a model.
pub(crate) fn shown(rows: Vec<abstracts::Model>) -> Option<abstracts::Model> {
    rows.into_iter().min_by_key(|row| row.kind.precedence())
}

impl Abstract {
    /// The abstract to show of those there are, an editor's before a model's, as long and in the style asked for.
    pub(super) fn best(
        article: &Arc<article::Model>,
        rows: Vec<abstracts::Model>,
        most: i32,
        style: AbstractStyle,
    ) -> Result<Option<Self>, Error> {
        if !LENGTHS.contains(&most) {
            let message = format!(
                "maxChars: {most} is not a length of an abstract; expected {} to {}",
                LENGTHS.start(),
                LENGTHS.end()
            );
            return Err(bad(Code::BadUserInput, message));
        }
        Ok(shown(rows).map(|row| {
            let cut = cut(article, &row, most, style.into());
            Self {
                article: article.clone(),
                row,
                cut,
            }
        }))
    }
}

/// The text of the abstract to show of those there are, in at most so many characters: for what is no GraphQL and says the
/// same.
pub(crate) fn abstract_text(
    article: &article::Model,
    rows: Vec<abstracts::Model>,
    most: i32,
) -> Option<String> {
    let row = shown(rows)?;
    let cut = cut(article, &row, most, Style::Paragraph);
    Some(cut.map_or(row.text, |cut| cut.text))
}

/// The abstract cut as asked for; none if it is stored that way.
fn cut(article: &article::Model, row: &abstracts::Model, most: i32, style: Style) -> Option<Cut> {
    let room = usize::try_from(most).unwrap_or(0);
    let fits = row.text.chars().count() <= room;
    // The ranking is of sentences of the article as it was then.
    let ranked = row.kind == Kind::Extractive
        && row.text_hash == article.text_hash
        && !row.ranking.0.is_empty();
    if style == Style::Paragraph && fits && (most == LENGTH || !ranked) {
        return None;
    }
    if !ranked {
        return Some(Cut {
            text: cutting::of_text(&row.text, room, style),
            sentences: Vec::new(),
        });
    }
    let ranking: Vec<Ranked> = row
        .ranking
        .0
        .iter()
        .map(|sentence| Ranked {
            start: sentence.start as usize,
            end: sentence.end as usize,
            score: sentence.score,
            omissible: sentence
                .omissible
                .iter()
                .map(|span| (span.start as usize, span.end as usize))
                .collect(),
            passing: sentence.passing as usize,
            leans_on: sentence
                .leans_on
                .map(|span| (span.start as usize, span.end as usize)),
        })
        .collect();
    cutting::of_ranking(&article.body, &ranking, room, style)
}

/// A short summary of an article.
#[Object]
impl Abstract {
    /// The summary: sentences of the article in the order they stand there, unless `kind` says otherwise. Where it saves
    /// room, asides and trailing clauses are left out of a sentence; it ends with "…" where one had to be cut.
    async fn text(&self) -> &str {
        self.cut.as_ref().map_or(&self.row.text, |cut| &cut.text)
    }

    /// How it was made.
    async fn kind(&self) -> AbstractKind {
        self.row.kind.into()
    }

    /// The sentences of the article that it is made of, or that support it if it is in a model's own words, and where in
    /// `body` they stand; of one that is not whole, the stretches that are kept. None for an editor's abstract, for one in
    /// a model's own words that was cut, and while the article has another text than the abstract is of.
    async fn sentences(&self) -> Vec<Sentence> {
        if self.row.text_hash != self.article.text_hash {
            return Vec::new();
        }
        let body = &self.article.body;
        let place = |place: usize| i32::try_from(place).unwrap_or(i32::MAX);
        let mut sentences: Vec<Sentence> = match &self.cut {
            Some(cut) => cut
                .sentences
                .iter()
                .map(|&(start, end)| Sentence::of(body, place(start), place(end)))
                .collect(),
            None => {
                let of = |span: &Span| Sentence::of(body, span.start as i32, span.end as i32);
                self.row.sentences.0.iter().map(of).collect()
            }
        };
        sentences.retain(Sentence::has_words);
        sentences
    }

    /// Name of the model that made it.
    async fn model(&self) -> &str {
        &self.row.model
    }

    /// Version of the model and of the method: the same text and version give the same abstract.
    async fn model_version(&self) -> &str {
        &self.row.model_version
    }

    /// Whether it is out of date: the article changed since, or, unless an editor wrote it, a new one is ordered.
    async fn stale(&self, context: &Context<'_>) -> Result<bool, Error> {
        if self.row.text_hash != self.article.text_hash {
            return Ok(true);
        }
        if self.row.kind == Kind::Edited {
            return Ok(false);
        }
        let state = load(context, JobStateOf(self.article.id.clone())).await?;
        Ok(matches!(
            state,
            Some(job::State::Queued | job::State::Running)
        ))
    }

    /// When it was made.
    async fn created_at(&self) -> Moment {
        Moment(self.row.created_at)
    }
}
