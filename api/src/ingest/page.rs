//! A page: the bytes as they came, and the text they hold.

use super::line;

mod encoding;
mod markup;
mod refusal;

pub use encoding::Encoding;
pub use refusal::PageError;

/// Longest line that is read, in bytes of decoded text. Real lines are paragraphs; a longer one is a data dump.
const LINE_LIMIT: usize = 1024 * 1024;

/// One source document: its bytes, and the text decoded from them, otherwise untouched (without a byte order mark).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What the page is called, usually its file name.
    pub name: String,
    /// The page as it came.
    pub bytes: Vec<u8>,
    /// The decoded text; every span of a reading is a byte range of it.
    pub text: String,
    /// How `text` was decoded from `bytes`.
    pub encoding: Encoding,
}

impl Page {
    /// Largest page that is read, in bytes.
    pub const LIMIT: usize = 10 * 1024 * 1024;

    /// Decodes `bytes`. The same bytes always give the same page, so a stored page can be read again later.
    ///
    /// # Errors
    /// A page that is empty, too large, binary, broken in its own encoding, or not plain text. Each error says what was found, where,
    /// and what would be right.
    pub fn decode(name: impl Into<String>, bytes: Vec<u8>) -> Result<Page, PageError> {
        if bytes.is_empty() {
            return Err(PageError::Empty);
        }
        if bytes.len() > Page::LIMIT {
            return Err(PageError::TooLarge {
                bytes: bytes.len(),
                limit: Page::LIMIT,
            });
        }
        let (encoding, text) = encoding::decode(&bytes)?;
        if text.chars().all(line::is_space) {
            return Err(PageError::Empty);
        }
        if let Some((number, row)) = line::rows(&text)
            .iter()
            .enumerate()
            .find(|(_, row)| row.span.len() > LINE_LIMIT)
        {
            return Err(PageError::LineTooLong {
                line: number + 1,
                bytes: row.span.len(),
                limit: LINE_LIMIT,
            });
        }
        markup::refuse(&text)?;
        Ok(Page {
            name: name.into(),
            bytes,
            text,
            encoding,
        })
    }
}

#[cfg(test)]
mod tests;
