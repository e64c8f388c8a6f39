//! The doors of Communiqué: scraped pages in, GraphQL out.
//!
//! Three kinds of module. *Doors* orchestrate: [`command`], [`http`], [`graphql`], [`dashboard`], and [`digest`], which
//! they share. *Rooms* compute, with no connection, clock or await: [`ingest`], [`abstracts`], [`feed`], [`newsletter`].
//! The [`store`] is the only home of queries.

pub mod abstracts;
pub mod clock;
pub mod command;
pub mod dashboard;
pub mod digest;
pub mod feed;
pub mod graphql;
pub mod http;
pub mod index;
pub mod ingest;
mod memory;
pub mod newsletter;
pub mod search;
pub mod store;
