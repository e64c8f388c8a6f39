//! Repeated lines: the site's own only where a site prints, at the margins of an article.
//!
//! A line printed on many pages of a source may also be the title of an article that many pages re-post, or a heading that every release
//! has. So it is taken for the site's own only beside other lines of the site, beside another repeated line or at the edge of the page, and
//! never when it heads a text.

use super::{super::boilerplate, Kind, Piece};

/// Fewest words of a repeated line that may be a title.
const TITLE: usize = 4;

/// Takes the mark `repeated` from every block that is not at a margin, or that heads a text.
pub(super) fn settle(pieces: &mut [Piece]) {
    let marked: Vec<bool> = pieces.iter().map(|piece| piece.repeated).collect();
    for (at, &repeated) in marked.iter().enumerate() {
        if !repeated {
            continue;
        }
        let of_site = |other: usize| match pieces.get(other) {
            Some(piece) => marked[other] || matches!(piece.kind, Kind::Site(_)),
            None => true,
        };
        let at_margin = at == 0 || of_site(at - 1) || of_site(at + 1);
        if !at_margin || heads_text(pieces, at) {
            pieces[at].repeated = false;
        }
    }
}

/// Whether a text stands directly below a block that may be its title, a date aside.
fn heads_text(pieces: &[Piece], at: usize) -> bool {
    let piece = &pieces[at];
    let below = pieces[at + 1..]
        .iter()
        .find(|below| below.kind != Kind::Date);
    let headed = below.is_some_and(|below| below.prose);
    headed && (super::words(&piece.text) >= TITLE || boilerplate::heading(&piece.text).is_some())
}
