//! What a person types into a search box, read: words, `"phrases"`, `-not`, `prefix*`. Everything else is text.

use super::analyser::Stems;

/// Most words of one search.
const MOST: usize = 64;
/// Fewest letters before a `*`.
const SHORTEST_PREFIX: usize = 2;

/// A search that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Every one of these must be there.
    pub(super) all: Vec<Piece>,
    /// None of these may be there.
    pub(super) none: Vec<Piece>,
}

/// Words that follow each other, as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// As it was typed, without the signs around it.
    pub(super) text: String,
    /// The beginning of a word rather than a whole one.
    pub(super) prefix: bool,
}

/// A search that cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotWanted {
    /// Nothing to look for.
    #[error("there is no word to look for; expected at least one that is not excluded by -")]
    NoWord,
    /// Too much to look for.
    #[error("there are too many words to look for; expected at most {MOST}")]
    TooMany,
}

impl Wanted {
    /// Read a search as a person typed it.
    pub fn read(text: &str) -> Result<Self, NotWanted> {
        let mut wanted = Self {
            all: Vec::new(),
            none: Vec::new(),
        };
        let mut count = 0;
        for (not, piece) in (Pieces { rest: text }) {
            let words = piece.words();
            let list = if not {
                &mut wanted.none
            } else {
                &mut wanted.all
            };
            // What has no word in it, such as a dash or a smiley, is not looked for.
            if words == 0 || list.contains(&piece) {
                continue;
            }
            // Counted while it is read: a text without end costs no more than the words that are looked for.
            count += words;
            if count > MOST {
                return Err(NotWanted::TooMany);
            }
            list.push(piece);
        }
        if wanted.all.is_empty() {
            return Err(NotWanted::NoWord);
        }
        Ok(wanted)
    }
}

impl Piece {
    fn words(&self) -> usize {
        Stems::None.words(&self.text).len()
    }
}

/// The parts of a search, and whether each is excluded.
struct Pieces<'a> {
    rest: &'a str,
}

impl Iterator for Pieces<'_> {
    type Item = (bool, Piece);

    fn next(&mut self) -> Option<(bool, Piece)> {
        let mut rest = self.rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let not = rest.starts_with('-') && !rest[1..].starts_with([' ', '-']);
        if not {
            rest = &rest[1..];
        }
        let quoted = rest
            .strip_prefix('"')
            .and_then(|inner| inner.split_once('"'));
        if let Some((phrase, after)) = quoted {
            self.rest = after;
            let piece = Piece {
                text: phrase.to_owned(),
                prefix: false,
            };
            return Some((not, piece));
        }
        // A word ends at a space, or where a phrase begins that is closed.
        let bare = rest.strip_prefix('"').unwrap_or(rest);
        let space = bare.find(char::is_whitespace).unwrap_or(bare.len());
        let quote = bare[..space].find('"');
        let closed = quote.filter(|at| bare[at + 1..].contains('"'));
        let end = closed.unwrap_or(space);
        self.rest = &bare[end..];
        Some((not, word(&bare[..end])))
    }
}

fn word(text: &str) -> Piece {
    let stem = text.strip_suffix('*').filter(|stem| {
        let letters = Stems::None.words(stem);
        // The star belongs to one word: `co-op*` is text.
        stem.ends_with(char::is_alphanumeric)
            && matches!(&letters[..], [one] if one.text.chars().count() >= SHORTEST_PREFIX)
    });
    Piece {
        text: stem.unwrap_or(text).to_owned(),
        prefix: stem.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_read_as_a_person_means_it() {
        for (text, all, none) in [
            ("water", "water", ""),
            ("water water", "water", ""),
            ("clean water", "clean|water", ""),
            ("\"clean water\" now", "clean water|now", ""),
            ("water -salt", "water", "salt"),
            ("water -\"salt lake\" fish", "water|fish", "salt lake"),
            ("educ*", "educ*", ""),
            ("-edu* x", "x", "edu*"),
            ("a* ** *", "a*'", ""),
            ("a - b", "a|b", ""),
            ("a --b", "a|--b", ""),
            ("\"unclosed phrase", "unclosed|phrase", ""),
            ("un\"closed", "un\"closed", ""),
            ("one\"two three\"four", "one|two three|four", ""),
            ("title:x AND (y OR z)", "title:x|AND|(y|OR|z)", ""),
            ("x ^ ~ + | 🦀", "x", ""),
            ("a\0b", "a\0b", ""),
            ("well-known", "well-known", ""),
        ] {
            let wanted = Wanted::read(text).expect(text);
            let shown = |pieces: &[Piece]| {
                let one = |piece: &Piece| {
                    format!("{}{}", piece.text, if piece.prefix { "*" } else { "" })
                };
                pieces.iter().map(one).collect::<Vec<_>>().join("|")
            };
            // A star that belongs to no word stays text.
            assert_eq!(shown(&wanted.all), all.trim_end_matches('\''), "{text}");
            assert_eq!(shown(&wanted.none), none, "{text}");
        }
    }

    #[test]
    fn a_search_without_a_word_is_refused() {
        for text in ["", " ", "-", "\"\"", "-water", "🦀", "* \0 ***", "-\"a b\""] {
            assert_eq!(Wanted::read(text), Err(NotWanted::NoWord), "{text:?}");
        }
        assert_eq!(
            Wanted::read(&"w x ".repeat(5_000))
                .expect("each word once")
                .all
                .len(),
            2
        );
        let many: String = (0..100).map(|number| format!("{number} ")).collect();
        assert_eq!(Wanted::read(&many), Err(NotWanted::TooMany));
    }

    #[test]
    fn a_search_of_a_million_words_is_refused_as_soon_as_one_of_a_hundred() {
        // Each of these took minutes when every word looked through all that follows, or through all before it.
        let distinct: String = (0..300_000).map(|number| format!("{number} ")).collect();
        assert_eq!(Wanted::read(&distinct), Err(NotWanted::TooMany));
        let phrase = format!("\"{distinct}\"");
        assert_eq!(Wanted::read(&phrase), Err(NotWanted::TooMany));
        let again = "w x ".repeat(500_000);
        assert_eq!(Wanted::read(&again).expect("two words").all.len(), 2);
        for nothing in ["- ", "\" ", "\"\" ", "-\"\" ", "🦀 "] {
            let text = nothing.repeat(500_000);
            assert_eq!(Wanted::read(&text), Err(NotWanted::NoWord), "{nothing}");
        }
    }
}
