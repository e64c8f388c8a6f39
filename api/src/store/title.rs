//! Titles as they are sorted and compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters and digits in lower case without marks, words parted by one space: "Éclair: à table!" and "eclair a table"
/// sort together, by bytes alike on both engines.
pub(super) fn key(title: &str) -> String {
    let folded: String = title
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters and digits in lower case: titles that differ only in case, space or punctuation are the same title. Ids of articles
/// are made of it.
pub(super) fn bare(title: &str) -> String {
    title
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_case_and_punctuation_do_not_count() {
        for (title, sorted) in [
            ("Éclair: à table!", "eclair a table"),
            ("  The 2nd  Œuvre ", "the 2nd œuvre"),
            ("ﬁne", "fine"),
            ("…", ""),
        ] {
            assert_eq!(key(title), sorted);
        }
    }

    #[test]
    fn titles_that_differ_in_case_space_or_punctuation_are_the_same() {
        for (title, same) in [
            ("Éclair: à table!", "éclairàtable"),
            ("Press  RELEASE", "pressrelease"),
            ("“Press-Release”", "pressrelease"),
            ("…", ""),
        ] {
            assert_eq!(bare(title), same);
        }
    }
}
