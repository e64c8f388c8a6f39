//! Why a page is refused.

use thiserror::Error;

use super::Encoding;

/// A page that cannot be read: what was found, where, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PageError {
    /// Nothing, or nothing but space.
    #[error("the page is empty: expected the plain text of at least one press release")]
    Empty,
    /// More bytes than a page may have.
    #[error("the page has {bytes} bytes: at most {limit} are read; split it into smaller pages")]
    TooLarge {
        /// Size found, in bytes.
        bytes: usize,
        /// Size allowed, in bytes.
        limit: usize,
    },
    /// One line longer than any paragraph.
    #[error(
        "line {line} has {bytes} bytes: at most {limit} are read; expected text broken into paragraphs"
    )]
    LineTooLong {
        /// Line, counted from 1.
        line: usize,
        /// Length found, in bytes of decoded text.
        bytes: usize,
        /// Length allowed, in bytes.
        limit: usize,
    },
    /// A byte (or a UTF-16 unit) that no text holds.
    #[error(
        "byte {offset} is {byte:#04x}, which no text holds: the page looks binary; expected plain text in utf-8, utf-16 or windows-1252"
    )]
    Binary {
        /// Place of the byte in the page, from 0.
        offset: usize,
        /// Its value.
        byte: u8,
    },
    /// A sequence that its own encoding does not allow.
    #[error("the bytes at {offset} are not valid {}: expected text in one encoding throughout", .encoding.name())]
    Malformed {
        /// The encoding the page declares or shows.
        encoding: Encoding,
        /// Place of the first offending byte in the page, from 0.
        offset: usize,
    },
    /// An HTML page.
    #[error(
        "the page is HTML (line {line}): this version reads plain-text pages; save the text of the page instead"
    )]
    Html {
        /// Line of the first tag, counted from 1.
        line: usize,
    },
    /// An RSS or Atom feed, or other XML.
    #[error(
        "the page is a feed or other XML (line {line}): this version reads plain-text pages; save the text of each entry instead"
    )]
    Feed {
        /// Line of the first element, counted from 1.
        line: usize,
    },
    /// JSON.
    #[error(
        "the page is JSON (line {line}): this version reads plain-text pages; save the text it holds instead"
    )]
    Json {
        /// Line where it begins, counted from 1.
        line: usize,
    },
    /// A document format with a text header, such as PDF or RTF.
    #[error(
        "the page is a {format} document: this version reads plain-text pages; save the document as text"
    )]
    Document {
        /// Name of the format.
        format: &'static str,
    },
}
