//! The commas, dashes and quotation marks of a sentence, read once.

use crate::sentence::Span;

/// A sentence and where its signs stand.
pub(super) struct Signs {
    /// Its characters.
    pub(super) chars: Vec<char>,
    /// For each, whether it stands in a quotation.
    pub(super) quoted: Vec<bool>,
    /// Commas between words, outside quotations and brackets.
    pub(super) commas: Vec<usize>,
    /// Dashes between spaces, outside quotations and brackets, each with the space before it.
    pub(super) dashes: Vec<Span>,
    /// The full stop that ends the sentence, if nothing comes after it.
    pub(super) stop: Option<usize>,
    /// Whether anything is quoted.
    pub(super) has_quotes: bool,
}

impl Signs {
    pub(super) fn of(sentence: &str) -> Self {
        let chars: Vec<char> = sentence.chars().collect();
        let mut signs = Self {
            quoted: Vec::with_capacity(chars.len()),
            commas: Vec::new(),
            dashes: Vec::new(),
            stop: chars
                .len()
                .checked_sub(1)
                .filter(|&last| chars[last] == '.'),
            has_quotes: false,
            chars,
        };
        signs.walk();
        signs
    }

    fn walk(&mut self) {
        let (mut straight, mut quotes, mut depth) = (false, 0_i32, 0_i32);
        for (at, &c) in self.chars.iter().enumerate() {
            match c {
                '"' => straight = !straight,
                '“' | '«' | '„' => quotes += 1,
                '”' | '»' => quotes -= 1,
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                _ => {}
            }
            let quoted = straight || quotes > 0;
            self.has_quotes |= quoted;
            self.quoted.push(quoted);
            if quoted || depth > 0 {
                continue;
            }
            let spaced = |index: usize| self.chars.get(index).is_some_and(|c| c.is_whitespace());
            if c == ',' && spaced(at + 1) && at > 0 {
                self.commas.push(at);
            } else if matches!(c, '-' | '–' | '—') && at > 0 && spaced(at - 1) {
                let width = self.chars[at..]
                    .iter()
                    .take_while(|&&other| other == c)
                    .count();
                if spaced(at + width) && (c != '-' || width <= 2) {
                    self.dashes.push(Span {
                        start: at - 1,
                        end: at + width,
                    });
                }
            }
        }
        // Marks that do not pair up make every reading of the sentence a guess.
        if straight || quotes != 0 || depth != 0 {
            self.commas.clear();
            self.dashes.clear();
        }
    }

    /// The words between two places, without the signs around them.
    pub(super) fn words(&self, start: usize, end: usize) -> Vec<String> {
        let text: String = self.chars[start..end].iter().collect();
        text.split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
            .filter(|word| !word.is_empty())
            .collect()
    }

    /// The word after a place, in small letters if it has them; empty at the end.
    pub(super) fn word_after(&self, at: usize) -> String {
        self.words(at + 1, (at + 40).min(self.chars.len()))
            .into_iter()
            .next()
            .map(|word| match word.split_once(['’', '\'']) {
                // "l’école" begins with an article.
                Some((article, _)) if article.chars().count() == 1 => article.to_owned(),
                _ => word,
            })
            .unwrap_or_default()
    }
}
