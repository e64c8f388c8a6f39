//! What Communiqué stores: SeaORM entities, typed ids and enums.
//!
//! Architecture invariant: this crate holds no queries, no GraphQL and no rules. What a column means is said
//! here; how it came to be is in `migration`; who may change it is in the store of `api` and the queue of `summarizer`.

pub mod abstraction;
pub mod abstracts;
pub mod article;
pub mod audit;
pub mod change;
pub mod content;
pub mod database;
pub mod edition;
pub mod embedding;
pub mod head;
pub mod id;
pub mod job;
pub mod keyphrase;
pub mod label;
pub mod line;
pub mod page;
pub mod span;
pub mod token;
pub mod topic;
