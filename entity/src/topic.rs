//! A topic: one entry of the closed vocabulary.

use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::TopicId;

/// One entry of the closed vocabulary. The summarizer writes them from its vocabulary file.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "topic")]
pub struct Model {
    /// As the vocabulary gives it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TopicId,
    /// Name in English.
    pub name: String,
    /// Names in all languages the vocabulary has, English among them.
    #[sea_orm(column_type = "JsonBinary")]
    pub names: Names,
    /// What it covers, in a sentence.
    pub description: String,
    /// Place in the vocabulary, from 0.
    pub position: i32,
    /// Where it was assigned.
    #[sea_orm(has_many)]
    pub labels: HasMany<super::label::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Names by language (ISO 639-1), in alphabetical order of the language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Names(pub std::collections::BTreeMap<String, String>);
