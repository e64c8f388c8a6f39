//! A newsletter issue: which articles it has, and how it is set for mail programs and newsletter tools.
//!
//! A room: it computes, with no connection, clock or await. [`choose`] makes a selection out of candidates; [`Issue`] is
//! what stands in an issue, in plain values; [`render`] sets it in one of the [`Format`]s. The text of articles is never
//! trusted: `Issue::cleaned` takes out what harms in any format, each format escapes what it would itself understand.

mod choice;
mod clean;
mod clipping;
mod eml;
mod html;
mod issue;
mod link;
mod markdown;
mod mjml;
mod passage;
mod template;
mod text;
mod trial;
mod words;
mod wrap;

#[cfg(test)]
mod tests;

pub use choice::{Candidate, Chosen, Limits, Part, Pick, choose};
pub use clipping::{in_html, in_markdown, in_text, linked_in_markdown};
pub use eml::{Envelope, Mailbox, NoMailbox};
pub use issue::{Also, Issue, Item, Section};
pub use link::Utm;
pub use passage::Passage;
pub use template::{Template, TemplateError};
pub use trial::try_out;
pub use words::Language;

/// What an issue is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Format {
    /// A mail in HTML: styles inlined, nothing fetched, small enough for Gmail to show it whole.
    Html,
    /// The same in MJML, for tools that take that.
    Mjml,
    /// Plain text in lines of 72 characters.
    Text,
    /// Markdown (CommonMark).
    Markdown,
    /// JSON.
    Json,
    /// A whole message, in plain text and HTML, that a mail program opens.
    Eml,
}

/// Why an issue could not be set.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template of the user's failed.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// What we wrote is no MJML, or cannot be made HTML.
    #[error("the issue cannot be made HTML: {0}")]
    Mjml(String),
    /// What stands around the articles leaves them no room.
    #[error(
        "without a single article the mail takes {bytes} bytes, and {} are the most: shorten the intro or the footer, or take \
         another format than HTML, MJML and EML",
        html::MOST
    )]
    TooLong {
        /// Length of the mail in HTML.
        bytes: usize,
    },
    /// The issue cannot be written as JSON.
    #[error("the issue cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Format {
    /// Every format, with the end of its file's name.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Html, "html"),
        (Self::Mjml, "mjml"),
        (Self::Text, "txt"),
        (Self::Markdown, "md"),
        (Self::Json, "json"),
        (Self::Eml, "eml"),
    ];
}

/// Set an issue. `envelope` is of use to [`Format::Eml`] only.
pub fn render(issue: &Issue, format: Format, envelope: &Envelope) -> Result<String, RenderError> {
    let issue = issue.cleaned();
    match format {
        Format::Html => Ok(html::write(&issue)?.0),
        Format::Mjml => Ok(html::write(&issue)?.1),
        Format::Text => Ok(text::write(&issue)),
        Format::Markdown => Ok(markdown::write(&issue)),
        Format::Json => Ok(serde_json::to_string_pretty(&issue)? + "\n"),
        Format::Eml => {
            let html = html::write(&issue)?.0;
            Ok(eml::write(&issue, envelope, text::write(&issue), html))
        }
    }
}
