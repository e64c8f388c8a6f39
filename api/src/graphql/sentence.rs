//! A sentence of an article's body and where it stands.

use async_graphql::SimpleObject;

/// A sentence of an article's body, letter for letter.
#[derive(SimpleObject)]
pub(super) struct Sentence {
    /// The words. They stand in `body` from `start` to `end`.
    text: String,
    /// Where it begins in `body`: Unicode characters (scalar values) before it.
    start: i32,
    /// Where it ends in `body`: Unicode characters up to and with its last.
    end: i32,
}

impl Sentence {
    /// The sentence of `body` from scalar value `start` to `end`.
    pub(super) fn of(body: &str, start: i32, end: i32) -> Self {
        let length = usize::try_from(end - start).unwrap_or(0);
        let text = body
            .chars()
            .skip(usize::try_from(start).unwrap_or(0))
            .take(length)
            .collect();
        Self { text, start, end }
    }

    /// Whether anything is said: a full stop after words that were left out is a stretch of the body, too.
    pub(super) fn has_words(&self) -> bool {
        self.text.contains(char::is_alphanumeric)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_counts_characters_not_bytes() {
        let sentence = Sentence::of("Déjà vu. Encore.", 9, 16);
        assert_eq!(sentence.text, "Encore.");
    }
}
