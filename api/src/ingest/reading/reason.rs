//! Why a line is in no article.

use std::{fmt, str::FromStr};

use serde::Deserialize;

/// Why a line of a page is in no draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum Reason {
    /// Nothing is printed on it.
    Blank,
    /// Part of a feedback, search or comment form.
    Form,
    /// A disclaimer or a cookie notice.
    Notice,
    /// A share bar or a row of social networks.
    Share,
    /// A newsletter sign-up.
    Newsletter,
    /// Copyright or a legal link.
    Legal,
    /// A menu, a breadcrumb or another link of the site.
    Navigation,
    /// A page number, or previous and next.
    Pagination,
    /// Tags, categories, counters.
    Tags,
    /// Who wrote or photographed.
    Byline,
    /// A pointer to another article.
    Related,
    /// A press contact.
    Contact,
    /// A rule, or a mark of the end.
    Separator,
    /// Printed on many pages of the source.
    Repeated,
    /// Above the first title, and no part of an article.
    BeforeTitle,
    /// Below the end of an article, in a list of others.
    AfterEnd,
    /// A paragraph already printed in the same article.
    DuplicateParagraph,
    /// The title printed again.
    DuplicateTitle,
    /// An article already printed on the same page.
    DuplicateArticle,
    /// A title-like line with no text below it.
    NoText,
    /// Text with no title above it, too little to be an article.
    Orphan,
}

impl Reason {
    /// Every reason, in the order it is explained.
    pub const ALL: [Reason; 21] = [
        Reason::Blank,
        Reason::Form,
        Reason::Notice,
        Reason::Share,
        Reason::Newsletter,
        Reason::Legal,
        Reason::Navigation,
        Reason::Pagination,
        Reason::Tags,
        Reason::Byline,
        Reason::Related,
        Reason::Contact,
        Reason::Separator,
        Reason::Repeated,
        Reason::BeforeTitle,
        Reason::AfterEnd,
        Reason::DuplicateParagraph,
        Reason::DuplicateTitle,
        Reason::DuplicateArticle,
        Reason::NoText,
        Reason::Orphan,
    ];

    /// The stable name it is stored and shown under.
    pub fn as_str(self) -> &'static str {
        self.words().0
    }

    /// One sentence for the archivist who asks what became of a line.
    pub fn explain(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Reason::Blank => ("BLANK", "Nothing is printed on this line."),
            Reason::Form => (
                "FORM",
                "This line belongs to a feedback, search or comment form.",
            ),
            Reason::Notice => (
                "NOTICE",
                "This line is a disclaimer or a cookie notice of the site.",
            ),
            Reason::Share => (
                "SHARE",
                "This line belongs to a share bar or names social networks.",
            ),
            Reason::Newsletter => (
                "NEWSLETTER",
                "This line invites readers to a newsletter or an alert.",
            ),
            Reason::Legal => (
                "LEGAL",
                "This line is a copyright mark or a legal link of the site.",
            ),
            Reason::Navigation => (
                "NAVIGATION",
                "This line is a menu, a breadcrumb or another link of the site.",
            ),
            Reason::Pagination => (
                "PAGINATION",
                "This line is a page number or leads to the previous or next page.",
            ),
            Reason::Tags => (
                "TAGS",
                "This line lists tags or categories, or counts views.",
            ),
            Reason::Byline => (
                "BYLINE",
                "This line says who wrote, published or photographed.",
            ),
            Reason::Related => ("RELATED", "This line points to another article."),
            Reason::Contact => ("CONTACT", "This line belongs to a press contact."),
            Reason::Separator => (
                "SEPARATOR",
                "This line is a rule or marks the end of a release.",
            ),
            Reason::Repeated => (
                "REPEATED",
                "This line is printed on many pages of the source.",
            ),
            Reason::BeforeTitle => (
                "BEFORE_TITLE",
                "This line stands above the first title and belongs to no article.",
            ),
            Reason::AfterEnd => (
                "AFTER_END",
                "This line stands below the end of an article, in a list of others.",
            ),
            Reason::DuplicateParagraph => (
                "DUPLICATE_PARAGRAPH",
                "This paragraph is already printed in the same article.",
            ),
            Reason::DuplicateTitle => (
                "DUPLICATE_TITLE",
                "This line prints the title of its article again.",
            ),
            Reason::DuplicateArticle => (
                "DUPLICATE_ARTICLE",
                "This article is already printed on the same page.",
            ),
            Reason::NoText => (
                "NO_TEXT",
                "This line looks like a title, but no text stands below it.",
            ),
            Reason::Orphan => (
                "ORPHAN",
                "This text has no title above it and is too short to be an article.",
            ),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Reason {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = || Reason::ALL.map(Reason::as_str).join(", ");
        Reason::ALL
            .into_iter()
            .find(|reason| reason.as_str() == name)
            .ok_or_else(|| {
                format!(
                    "{name:?} is no reason for rejecting a line: expected one of {}",
                    known()
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;

    #[test]
    fn every_reason_is_found_again_by_its_name_and_explained_in_one_sentence() {
        for reason in Reason::ALL {
            assert_eq!(reason.as_str().parse(), Ok(reason));
            assert!(reason.explain().ends_with('.') && reason.explain().matches('.').count() == 1);
            assert_eq!(
                format!("{reason:?}").to_uppercase(),
                reason.as_str().replace('_', "")
            );
        }
        assert!("NOPE".parse::<Reason>().is_err());
    }
}
