//! Where short blocks go that open no article.

use super::{
    super::super::{
        block::{Ending, Kind, Piece, ending, words},
        boilerplate::{self, Effect, Heading},
        title::is_headline,
    },
    MOST_SITE_LINES, Place, Reason, State, Walk, ends_article,
};

/// Words of a link at most, and how many links in a row make a menu.
const LINK: usize = 4;
const MENU: usize = 3;

impl Walk<'_> {
    /// Places the short blocks from `from` to `end`, which open nothing.
    pub(super) fn short_blocks(&mut self, from: usize, end: usize) {
        let last = end > self.last_prose;
        let mut aside = false;
        for at in from..end {
            let piece = &self.pieces[at];
            let place = match (piece.kind, self.state) {
                (Kind::Site(verdict), _) => {
                    self.site(at);
                    aside = verdict.effect == Effect::Aside && verdict.whole;
                    continue;
                }
                _ if piece.repeated => Reason::Repeated,
                (_, State::Before) => above_title(piece),
                (_, State::Over) => Reason::AfterEnd,
                (Kind::Text, State::Open) if aside => Reason::Related,
                (_, State::Open) => {
                    self.short_block(at, last);
                    continue;
                }
            };
            self.outline.places[at] = Place::Rejected(place);
        }
    }

    /// Places a short block of the open article; `last`: no paragraph follows on the page.
    fn short_block(&mut self, at: usize, last: bool) {
        let piece = &self.pieces[at];
        let heading = boilerplate::heading(&piece.text);
        if heading.is_some() {
            self.above.tail = heading == Some(Heading::Tail);
        }
        if self.contact && heading.is_none() && piece.kind != Kind::Item {
            self.outline.places[at] = Place::Rejected(Reason::Contact);
            return;
        }
        self.contact = false;
        let draft = self.outline.articles.len() - 1;
        let article = &mut self.outline.articles[draft];
        if piece.kind == Kind::Date && article.dateline.is_none() && is_last(&self.pieces[at + 1..])
        {
            article.dateline = Some(at);
            self.outline.places[at] = Place::Dateline(draft);
        } else if last && self.is_left_over(at) {
            let headline = is_headline(&piece.text, piece.chars);
            let reason = if headline {
                Reason::NoText
            } else {
                Reason::Navigation
            };
            self.outline.places[at] = Place::Rejected(reason);
        } else {
            self.keep(at);
        }
    }

    /// Whether short block `at`, below the last paragraph of the page, is a stray title or a link rather than the end of its article.
    fn is_left_over(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let above = &self.above;
        let listed = above
            .last
            .is_some_and(|last| !last.prose || matches!(last.ending, Ending::Colon | Ending::Open));
        if piece.kind != Kind::Text
            || ending(&piece.text).is_finished()
            || (listed && !above.site_between)
        {
            return false;
        }
        let heads_list = self
            .pieces
            .get(at + 1)
            .is_some_and(|p| p.kind == Kind::Item);
        let is_link = |p: &&Piece| {
            p.kind == Kind::Text && words(&p.text) <= LINK && ending(&p.text) == Ending::Plain
        };
        let links = self.pieces[at..]
            .iter()
            .take(MOST_SITE_LINES)
            .filter(is_link)
            .count();
        !heads_list
            && (is_headline(&piece.text, piece.chars) || above.site_between || links >= MENU)
    }
}

/// Whether only lines of the site come next, until the page ends or the list below the article begins.
fn is_last(next: &[Piece]) -> bool {
    let rest = next.iter().take_while(|p| !ends_article(p));
    rest.into_iter()
        .all(|p| p.repeated || matches!(p.kind, Kind::Site(_)))
}

/// Why a block above the first title is rejected.
fn above_title(piece: &Piece) -> Reason {
    match ending(&piece.text) {
        Ending::Call | Ending::Colon => Reason::Form,
        _ if piece.text.ends_with('*') => Reason::Form,
        _ => Reason::BeforeTitle,
    }
}

/// Whether a sentence belongs to a block of contacts: it is short and holds an address or a number to call.
pub(super) fn is_contact(piece: &Piece) -> bool {
    let digits = piece.text.bytes().filter(u8::is_ascii_digit).count();
    piece.chars <= 200 && (piece.text.contains('@') || piece.text.contains("www.") || digits >= 8)
}
