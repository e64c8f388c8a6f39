//! Places in a text.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// A stretch of an article's body, in Unicode scalar values from its start; `end` is the first one after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First scalar value.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// The sentences of an abstract in the order they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Spans(pub Vec<Span>);

/// A sentence of the body with its salience.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranked {
    /// First scalar value.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Salience, comparable within one article only; higher is more salient.
    pub score: f32,
    /// Stretches inside it that an abstract may leave out, the one that loses least first; none in rows of older versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub omissible: Vec<Span>,
    /// How many of them, from the first on, an abstract always leaves out: "today" is no news of today for long.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub passing: u32,
    /// The sentence before it, without which it is not understood: "He said so, too."
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leans_on: Option<Span>,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// Every sentence of the body, most salient first: an abstract of any length is cut from it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Ranking(pub Vec<Ranked>);
