//! The queue, the worker and the program on real databases: SQLite always, PostgreSQL where there is one.

mod again;
mod architectures;
mod archive;
mod judging;
mod languages;
mod program;
mod queue;
mod results;
mod stories;
mod teaching;
mod wording;
mod worker;
