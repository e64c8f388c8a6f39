//! Page in, articles out.
//!
//! A pure room: no connection, no clock, no await. [`Page::decode`] turns bytes into text or refuses them with the place
//! and the reason; [`read`] gives every line of that text exactly one [`Fate`] and assembles the [`Draft`]s.
//!
//! The way through, one file a step:
//! 1. `page`: bytes → text, with its encoding and the limits it must keep to;
//! 2. `line`: text → lines, each with its span, and without the marks of Markdown;
//! 3. `boilerplate` and `repeats`: lines that belong to the site, by vocabulary and by repetition;
//! 4. `block`: hard-wrapped lines joined into blocks;
//! 5. `title`: which short blocks open an article, by weighed signs;
//! 6. `reading`: blocks → drafts, and the fate of every line;
//! 7. `date` and `language`: what each draft says of itself.

mod block;
mod boilerplate;
pub mod by_hand;
mod date;
mod fold;
mod language;
mod line;
mod page;
mod reading;
mod repeats;
mod title;

pub use date::{Basis, Published, latest_day};
pub use page::{Encoding, Page, PageError};
pub use reading::{Block, Draft, Fate, Line, Reading, Reason, read};
pub use repeats::Repeats;

/// Name and version of this reader: a page read by an older one may be read again.
pub const READER: &str = "text-2";
