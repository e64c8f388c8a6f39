//! A head: what editors' labels taught the summarizer about the topics.

use sea_orm::entity::prelude::*;

/// Corrections of the labels that one model gives, learned from this archive.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "head")]
pub struct Model {
    /// Name of the model in whose space it was learned.
    #[sea_orm(primary_key, auto_increment = false)]
    pub model: String,
    /// The corrections, as the summarizer writes them (JSON).
    pub weights: String,
    /// Articles it was learned from.
    pub articles: i32,
    /// F1 of the labels without it, against the editors', 0 to 1.
    pub agreement_before: f64,
    /// F1 with it, on articles it had not seen.
    pub agreement: f64,
    /// When it was learned.
    pub learned_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
