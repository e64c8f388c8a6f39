//! Writing what is selected of the rows of a page.

use std::borrow::Cow;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::Written;
use super::plan::{Keys, OfAbstract, OfArticle, OfEdge, OfLabel, OfTopic, Plan};
use crate::abstracts::{self as cutting, Style};
use crate::graphql::PublicUrl;
use crate::graphql::abstracts::LENGTH;
use crate::graphql::article::reading_minutes;
use crate::graphql::cursor::Place;
use crate::store::StoreError;
use crate::store::articles::{Card, CardLabel, Cards};

/// Writes what is selected of the rows of a page.
pub(super) struct Writer<'a> {
    pub(super) cards: &'a Cards,
    pub(super) public: Option<&'a PublicUrl>,
}

impl Writer<'_> {
    pub(super) fn page(&self, plan: &Plan, rows: &[Card<'_>]) -> Result<Written, StoreError> {
        let cursor = |card: Option<&Card<'_>>| {
            let card = card.filter(|_| plan.cursors);
            card.map(|card| self.cursor(card)).transpose()
        };
        let nodes = plan.nodes.as_ref();
        let nodes = nodes.map(|keys| page(rows, |json, card| self.article(json, keys, card)));
        let edges = plan.edges.as_ref();
        let edges = edges.map(|keys| page(rows, |json, card| self.edge(json, keys, card)));
        Ok(Written {
            nodes: nodes.transpose()?,
            edges: edges.transpose()?,
            start_cursor: cursor(rows.first())?,
            end_cursor: cursor(rows.last())?,
        })
    }

    fn cursor(&self, card: &Card<'_>) -> Result<String, StoreError> {
        Ok(self.cards.place(card)?.encode(self.cards.order))
    }

    fn edge(
        &self,
        json: &mut String,
        keys: &Keys<OfEdge>,
        card: &Card<'_>,
    ) -> Result<(), StoreError> {
        object(json, keys, |json, of| {
            match of {
                OfEdge::Typename => json.push_str("\"ArticleEdge\""),
                OfEdge::Cursor => text(json, &self.cursor(card)?)?,
                OfEdge::Node(keys) => self.article(json, keys, card)?,
            }
            Ok(())
        })
    }

    fn article(
        &self,
        json: &mut String,
        keys: &Keys<OfArticle>,
        card: &Card<'_>,
    ) -> Result<(), StoreError> {
        object(json, keys, |json, of| {
            match of {
                OfArticle::Typename => json.push_str("\"Article\""),
                OfArticle::Id => json.push_str(card.id.get()),
                OfArticle::Slug => json.push_str(got(card.slug)),
                OfArticle::Url => match self.public {
                    Some(public) => text(json, &public.of(&plain::<String>(got(card.slug))?))?,
                    None => json.push_str("null"),
                },
                OfArticle::Title => json.push_str(got(card.title)),
                OfArticle::Language => json.push_str(got(card.language)),
                OfArticle::PublishedOn => json.push_str(got(card.published_on)),
                OfArticle::DateBasis => json.push_str(got(card.date_basis)),
                OfArticle::WordCount => json.push_str(got(card.word_count)),
                OfArticle::ReadingMinutes => {
                    number(json, reading_minutes(plain(got(card.word_count))?))?;
                }
                OfArticle::Position => json.push_str(got(card.position)),
                OfArticle::Abstract(keys) => shown_abstract(json, keys, card)?,
                OfArticle::Labels(keys) => {
                    list(json, &card.labels, |json, one| label(json, keys, one))?;
                }
            }
            Ok(())
        })
    }
}

fn shown_abstract(
    json: &mut String,
    keys: &Keys<OfAbstract>,
    card: &Card<'_>,
) -> Result<(), StoreError> {
    let mut best = None;
    for row in &card.abstracts {
        let precedence = row.made()?.precedence();
        if best.is_none_or(|(_, found)| precedence < found) {
            best = Some((row, precedence));
        }
    }
    let Some((row, _)) = best else {
        json.push_str("null");
        return Ok(());
    };
    object(json, keys, |json, of| {
        match of {
            OfAbstract::Typename => json.push_str("\"Abstract\""),
            OfAbstract::Kind => json.push_str(row.kind.get()),
            OfAbstract::Text => stored_text(json, row.text)?,
        }
        Ok(())
    })
}

/// The text of an abstract as it is stored, cut only if it is longer than it is asked for.
fn stored_text(json: &mut String, stored: &RawValue) -> Result<(), StoreError> {
    let room = usize::try_from(LENGTH).unwrap_or(0);
    // It has no more characters than its JSON has bytes.
    if stored.get().len() > room {
        let whole: Cow<'_, str> = plain(stored.get())?;
        if whole.chars().count() > room {
            return text(json, &cutting::of_text(&whole, room, Style::Paragraph));
        }
    }
    json.push_str(stored.get());
    Ok(())
}

fn label(json: &mut String, keys: &Keys<OfLabel>, label: &CardLabel<'_>) -> Result<(), StoreError> {
    object(json, keys, |json, of| {
        match of {
            OfLabel::Typename => json.push_str("\"Label\""),
            OfLabel::Score => number(json, label.score)?,
            OfLabel::Origin => json.push_str(label.origin.get()),
            OfLabel::Topic(keys) => object(json, keys, |json, of| {
                json.push_str(match of {
                    OfTopic::Typename => "\"Topic\"",
                    OfTopic::Id => label.topic.get(),
                    OfTopic::Name => got(label.name),
                });
                Ok(())
            })?,
        }
        Ok(())
    })
}

/// The JSON of a page, of what is written of each row.
fn page(
    rows: &[Card<'_>],
    each: impl FnMut(&mut String, &Card<'_>) -> Result<(), StoreError>,
) -> Result<Bytes, StoreError> {
    // A little more than most rows take, so that what is written is not moved.
    let mut json = String::with_capacity(rows.len() * 768);
    list(&mut json, rows, each)?;
    Ok(Bytes::from(json))
}

/// An array of what is written of each.
fn list<R>(
    json: &mut String,
    rows: &[R],
    each: impl FnMut(&mut String, &R) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    joined(json, ['[', ']'], rows, each)
}

/// An object of what is written under each key.
fn object<T>(
    json: &mut String,
    keys: &Keys<T>,
    mut each: impl FnMut(&mut String, &T) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    joined(json, ['{', '}'], keys, |json, (key, of)| {
        json.push_str(key);
        each(json, of)
    })
}

/// What is written of each, with commas between, within brackets.
fn joined<R>(
    json: &mut String,
    [open, close]: [char; 2],
    rows: &[R],
    mut each: impl FnMut(&mut String, &R) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    json.push(open);
    for (place, row) in rows.iter().enumerate() {
        if place > 0 {
            json.push(',');
        }
        each(json, row)?;
    }
    json.push(close);
    Ok(())
}

fn text(json: &mut String, text: &str) -> Result<(), StoreError> {
    json.push_str(&serde_json::to_string(text).map_err(StoreError::unreadable)?);
    Ok(())
}

fn number(json: &mut String, number: impl Serialize) -> Result<(), StoreError> {
    json.push_str(&serde_json::to_string(&number).map_err(StoreError::unreadable)?);
    Ok(())
}

/// What the database wrote of what was read.
fn got(read: Option<&RawValue>) -> &str {
    read.map_or("null", RawValue::get)
}

/// A value that the database wrote.
fn plain<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(StoreError::unreadable)
}
