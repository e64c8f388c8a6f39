//! A sentence as an abstract says it: whole, or without some of what it can do without.

use crate::salience::Ranked;
use crate::sentence::Span;

/// What is kept of a sentence.
pub(super) struct Said {
    /// The stretches of the text, in its order, no white space at their ends.
    pub(super) spans: Vec<Span>,
    /// Their words.
    pub(super) text: String,
}

impl Said {
    /// The sentence without its first `omitted` omissions.
    pub(super) fn without(chars: &[char], ranked: &Ranked, omitted: usize) -> Self {
        let mut left_out: Vec<Span> = ranked.omissible.iter().take(omitted).copied().collect();
        left_out.sort_unstable();
        let mut said = Self {
            spans: Vec::new(),
            text: String::new(),
        };
        let mut from = ranked.span.start;
        for span in left_out {
            said.keep(chars, from, span.start);
            from = from.max(span.end);
        }
        said.keep(chars, from, ranked.span.end);
        said
    }

    fn keep(&mut self, chars: &[char], start: usize, end: usize) {
        let Some(stretch) = chars.get(start..end) else {
            return;
        };
        let leading = stretch.iter().take_while(|c| c.is_whitespace()).count();
        if leading == stretch.len() {
            return;
        }
        let trailing = stretch
            .iter()
            .rev()
            .take_while(|c| c.is_whitespace())
            .count();
        self.spans.push(Span {
            start: start + leading,
            end: end - trailing,
        });
        // Between two stretches stands the space of the second, if it has one: "school" and "." need none.
        let from = if self.text.is_empty() { leading } else { 0 };
        self.text.extend(&stretch[from..stretch.len() - trailing]);
    }
}
