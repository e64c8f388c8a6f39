//! Lines printed on many pages of one source.

use std::collections::{HashMap, HashSet};

use super::{fold, line, page::Page};

/// Longest line, in characters, that can be the site's own: menus and notices are short, paragraphs of a re-posted article are not.
const LONGEST: usize = 100;

/// Fewest pages a line must be printed on.
const FEWEST: usize = 3;

/// Fewest words of a finished sentence: that is a paragraph, however often it is re-posted.
const SENTENCE: usize = 8;

/// How many pages of a source print each short line.
///
/// A line counts as the site's own when at least half of the pages, and at least three, print it. Whether it may be taken for boilerplate
/// where it stands is for the reader to say: a title that heads its text stays a title even when every page of the source re-posts the article.
#[derive(Debug, Clone, Default)]
pub struct Repeats {
    pages: usize,
    counts: HashMap<String, usize>,
}

impl Repeats {
    /// Stored pages of a source, the newest, that are enough to tell its boilerplate.
    pub const PAGES: u64 = 50;

    /// Counts the lines of `page`, each once.
    pub fn add(&mut self, page: &Page) {
        self.pages += 1;
        let mut seen = HashSet::new();
        for row in line::rows(&page.text) {
            if row.chars > LONGEST || row.is_blank() {
                continue;
            }
            let key = fold::key(&row.text);
            if !key.is_empty() && !seen.contains(&key) {
                *self.counts.entry(key.clone()).or_default() += 1;
                seen.insert(key);
            }
        }
    }

    /// Whether `line` is printed on at least half of the source's pages, and at least three, and is no sentence.
    pub fn is_boilerplate(&self, line: &str) -> bool {
        if self.pages < FEWEST || line.len() > LONGEST * 4 {
            return false;
        }
        let key = fold::key(line);
        let often = self
            .counts
            .get(&key)
            .is_some_and(|&count| count >= FEWEST.max(self.pages.div_ceil(2)));
        often && !(line.trim_end().ends_with('.') && key.split(' ').count() >= SENTENCE)
    }
}

#[cfg(test)]
mod tests {
    use super::Repeats;
    use crate::ingest::{Page, PageError};

    fn counted(pages: &[&str]) -> Result<Repeats, PageError> {
        let mut repeats = Repeats::default();
        for (at, text) in pages.iter().enumerate() {
            repeats.add(&Page::decode(
                format!("{at}.txt"),
                text.as_bytes().to_vec(),
            )?);
        }
        Ok(repeats)
    }

    #[test]
    fn a_short_line_on_half_of_the_pages_and_on_three_is_the_sites_own() -> Result<(), PageError> {
        let three = ["Portal\na", "PORTAL:\nb", "Portal\nPortal\nc"];
        assert!(counted(&three)?.is_boilerplate("Portal"));
        assert!(
            !counted(&three[..2])?.is_boilerplate("Portal"),
            "two pages show nothing"
        );
        let rare = [&three[..], &["d", "e", "f", "g"]].concat();
        assert!(
            !counted(&rare)?.is_boilerplate("Portal"),
            "three of seven pages"
        );
        assert!(!counted(&three)?.is_boilerplate("a"));
        Ok(())
    }

    #[test]
    fn a_sentence_re_posted_on_every_page_is_not_the_sites_own() -> Result<(), PageError> {
        let sentence = "Both have cooperated since their first partnership in 1994.";
        let paragraph = "word ".repeat(60);
        let page = format!("{sentence}\n{paragraph}");
        let repeats = counted(&[&page, &page, &page])?;
        assert!(!repeats.is_boilerplate(sentence));
        assert!(!repeats.is_boilerplate(&paragraph));
        Ok(())
    }
}
