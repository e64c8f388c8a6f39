//! A sentence as an abstract says it: whole, or without some of what it can do without.

use super::Ranked;

/// What is kept of a sentence: stretches of the body in its order. One that follows an omission begins with the space
/// that is there, so that the stretches say the sentence when they are put together.
#[derive(Clone, Debug)]
pub(super) struct Said(pub(super) Vec<(usize, usize)>);

impl Said {
    /// The sentence without its first `omitted` omissions.
    fn without(ranked: &Ranked, omitted: usize) -> Self {
        let mut left_out = ranked.omissible[..omitted].to_vec();
        left_out.sort_unstable();
        let mut kept = Vec::new();
        let mut from = ranked.start;
        for (start, end) in left_out {
            kept.push((from, start));
            from = from.max(end);
        }
        kept.push((from, ranked.end));
        kept.retain(|(start, end)| start < end);
        Self(kept)
    }

    /// The sentence with as little left out as leaves at most `room` characters; none if nothing does.
    pub(super) fn within(ranked: &Ranked, room: usize) -> Option<Self> {
        (ranked.passing.min(ranked.omissible.len())..=ranked.omissible.len())
            .map(|omitted| Self::without(ranked, omitted))
            .find(|said| (1..=room).contains(&said.length()))
    }

    /// Characters.
    pub(super) fn length(&self) -> usize {
        self.0.iter().map(|(start, end)| end - start).sum()
    }
}
