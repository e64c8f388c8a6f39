//! Where short blocks go that open no article.

use super::{
    super::super::{
        block::{Ending, Kind, Piece, ending, starts_lower, words},
        boilerplate::{self, Effect, Heading},
        date,
        title::is_headline,
    },
    MOST_SITE_LINES, Place, Reason, State, Walk, ends_article, is_quiet,
};

/// Words of a link at most, and how many links in a run make a menu.
const LINK: usize = 4;
const MENU: usize = 3;

/// How far before and after a link others are looked for, in blocks.
const NEAR: usize = 12;

/// Characters of a link in a script that sets no spaces.
const UNSPACED: usize = 12;

/// Words of an article that may stand above its date: a subtitle or a summary.
const ABOVE_DATE: usize = 60;

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
                    self.short_block(at, last.then_some(from));
                    continue;
                }
            };
            self.outline.places[at] = Place::Rejected(place);
        }
    }

    /// Places a short block of the open article; `last`: where its run begins, if no paragraph follows on the page.
    fn short_block(&mut self, at: usize, last: Option<usize>) {
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
        let undated = self.outline.articles[draft].dateline.is_none();
        if piece.kind == Kind::Date
            && undated
            && (is_last(&self.pieces[at + 1..]) || self.is_below_summary(at))
        {
            self.outline.articles[draft].dateline = Some(at);
            self.outline.places[at] = Place::Dateline(draft);
            self.above.dated = true;
        } else if last.is_some_and(|from| self.is_left_over(at, from)) {
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

    /// Whether the date at `at` stands between the summary of the open article and its text.
    fn is_below_summary(&self, at: usize) -> bool {
        let Some(article) = self.outline.articles.last() else {
            return false;
        };
        let mut above = 0;
        let mut summary = article.paragraphs.iter().map(|&at| {
            let text = &self.pieces[at].text;
            above += words(text);
            above < ABOVE_DATE && boilerplate::heading(text).is_none()
        });
        // Above an article without a title may stand anything.
        let summary = article.title.is_none() || summary.all(|fits| fits);
        let below = self.pieces[at + 1..].iter().take(MOST_SITE_LINES);
        let mut below = below.filter(|p| !is_quiet(p));
        let label = |p: &&Piece| p.kind == Kind::Text && is_link(p);
        let text = below.next();
        let text = text.filter(|p| !label(p)).or_else(|| below.next());
        // A page may print a link that stands in mid-sentence on a line of its own.
        let whole = self.above.last.is_some_and(|last| match last.prose {
            true => last.ending.is_finished(),
            false => !matches!(last.ending, Ending::Dangling | Ending::Open),
        }) || date::is_signed(&self.pieces[at].text, self.pieces[at].chars);
        let opens = text.is_some_and(|p| p.prose && !starts_lower(&p.text));
        summary && whole && opens && !self.above.dated
    }

    /// Whether short block `at`, of the run from `from` on, below the last paragraph of the page, is a stray title or a link rather than
    /// the end of its article.
    fn is_left_over(&self, at: usize, from: usize) -> bool {
        let piece = &self.pieces[at];
        let above = &self.above;
        let listed = above
            .last
            .is_some_and(|last| !last.prose || matches!(last.ending, Ending::Colon | Ending::Open));
        let item = piece.kind == Kind::Item;
        if !(piece.kind == Kind::Text || item && is_link(piece))
            || ending(&piece.text).is_finished()
            || (listed && !above.site_between)
        {
            return false;
        }
        let near = &self.pieces[from.max(at.saturating_sub(NEAR))..];
        let near = near.iter().take(2 * NEAR);
        let alike = near.filter(|p| p.kind == piece.kind);
        if item {
            // A menu is made of links only; one longer item makes a list of it.
            return alike.clone().all(is_link) && alike.count() >= MENU;
        }
        let links = alike.filter(|p| is_link(p)).count();
        let below = self.pieces.get(at + 1);
        let heads_list = below.is_some_and(|p| p.kind == Kind::Item);
        !heads_list
            && (is_headline(&piece.text, piece.chars) || above.site_between || links >= MENU)
    }
}

/// Whether a short line, or an item with a bullet, may be a link of a menu.
fn is_link(piece: &Piece) -> bool {
    let text = match piece.kind {
        Kind::Text => piece.text.as_str(),
        Kind::Item => piece
            .text
            .trim_start_matches(|c: char| !c.is_alphanumeric()),
        Kind::Date | Kind::Site(_) => return false,
    };
    let numbered = piece.kind == Kind::Item && piece.text.starts_with(char::is_alphanumeric);
    // Of a script without spaces there are no words to count.
    let unspaced = !text.is_ascii() && !text.contains(' ') && text.chars().count() > UNSPACED;
    !numbered && !unspaced && words(text) <= LINK && ending(text) == Ending::Plain
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
