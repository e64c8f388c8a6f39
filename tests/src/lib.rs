//! What the tests of every member need and no member should write twice: a fresh database on either
//! engine, the two built programs, a running server, and the pages shared between sessions.
//!
//! This package sees the others only from outside: it depends on none of them.

pub mod archive;
pub mod both_engines;
pub mod client;
pub mod database;
pub mod environment;
pub mod node;
pub mod program;
pub mod server;
pub mod shared;
pub mod wait;
pub mod wiretap;

pub use database::{Engine, Fresh};
pub use server::Server;
