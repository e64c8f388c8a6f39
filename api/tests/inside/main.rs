//! The store, the schema and the reader from inside: what cannot be told from the two programs. One program for all of
//! these tests, as each takes its time to compile and link.

mod changes;
mod deadlocks;
mod full;
mod hiding;
mod lagging;
mod merging;
mod orders;
mod plans;
mod rows;
mod saving;
mod seeds;
mod statements;
mod subscribing;
mod versions;
mod written;
