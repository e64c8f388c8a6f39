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
    #[error("there are {0} words to look for; expected at most {MOST}")]
    TooMany(usize),
}

impl Wanted {
    /// Read a search as a person typed it.
    pub fn read(text: &str) -> Result<Self, NotWanted> {
        let mut wanted = Self {
            all: Vec::new(),
            none: Vec::new(),
        };
        for (not, piece) in pieces(text) {
            // What has no word in it, such as a dash or a smiley, is not looked for.
            if piece.words() == 0 {
                continue;
            }
            let list = if not {
                &mut wanted.none
            } else {
                &mut wanted.all
            };
            if !list.contains(&piece) {
                list.push(piece);
            }
        }
        if wanted.all.is_empty() {
            return Err(NotWanted::NoWord);
        }
        let pieces = wanted.all.iter().chain(&wanted.none);
        let count = pieces.map(Piece::words).sum();
        if count > MOST {
            return Err(NotWanted::TooMany(count));
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
fn pieces(text: &str) -> Vec<(bool, Piece)> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let not = rest.starts_with('-') && !rest[1..].starts_with([' ', '-']);
        if not {
            rest = &rest[1..];
        }
        let quoted = rest
            .strip_prefix('"')
            .and_then(|inner| inner.split_once('"'));
        if let Some((phrase, after)) = quoted {
            pieces.push((
                not,
                Piece {
                    text: phrase.to_owned(),
                    prefix: false,
                },
            ));
            rest = after.trim_start();
            continue;
        }
        // A word ends at a space, or where a phrase begins that is closed.
        let bare = rest.strip_prefix('"').unwrap_or(rest);
        let quote = bare.find('"').filter(|at| bare[at + 1..].contains('"'));
        let space = bare.find(char::is_whitespace);
        let end = space.into_iter().chain(quote).min().unwrap_or(bare.len());
        pieces.push((not, word(&bare[..end])));
        rest = bare[end..].trim_start();
    }
    pieces
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
        assert_eq!(Wanted::read(&many), Err(NotWanted::TooMany(100)));
    }
}
