//! Digests: newsletter issues made of the articles of a period. What GraphQL, the command line and plain addresses have in
//! common: what is [`Wanted`] is read from the [`store`](crate::store) into a [`Selection`], of which the room
//! [`newsletter`](crate::newsletter) makes an issue.

mod definitions;
mod file;
mod measure;
mod said;
mod selection;
mod sent;
mod setting;
mod shelf;
mod wanted;

pub use definitions::{Definition, Definitions};
pub use file::FileError;
pub use measure::{Chars, Count, Days, LanguageCode, Name, NotOne, TopicName, day};
pub use selection::{DigestError, Entry, Group, Selection};
pub use setting::Setting;
pub use wanted::{Period, Wanted};
