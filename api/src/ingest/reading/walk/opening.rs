//! Which block of a run opens an article.

use super::{
    super::super::{
        block::{Kind, Piece, words},
        boilerplate::Effect,
        title::{self, Position, Sign, Signs, Text, is_headline},
    },
    MOST_SITE_LINES, Reason, State, Walk, is_quiet,
    short::is_contact,
};

/// Fewest words of text below a title that stands after the end of an article: lists of other articles show a teaser each.
const MORE_THAN_TEASER: usize = 60;

/// How much less than its subtitle a title may weigh, which stands farther from the text; and how many subtitles it may have.
const SUBTITLE: i32 = 10;
const MOST_SUBTITLES: usize = 3;

/// Lines of one press contact: a name, an office or two, a number.
const MOST_CONTACT_LINES: usize = 4;

/// Fewest words of text without a title above it that close the search for the page's first title.
const UNTITLED: usize = 40;

/// A block that may be a title.
struct Candidate {
    at: usize,
    signs: Signs,
    weight: i32,
}

impl Walk<'_> {
    /// The block of the run from `from` to `end` that opens an article, if one does.
    pub(super) fn opening(&mut self, from: usize, end: usize) -> Option<usize> {
        self.pieces.get(end).filter(|piece| piece.prose)?;
        let open = self.state == State::Open && !self.is_stray();
        let least = match self.state {
            State::Over => title::AFTER_END,
            _ if open => title::NEXT,
            _ => title::FIRST,
        };
        if open {
            self.read_up();
        }
        let text = Text::of(self.pieces, end);
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut position = Position::default();
        // How many other lines stand between the text and the nearest date above it.
        let mut date: Option<usize> = None;
        for at in (from..end).rev() {
            let piece = &self.pieces[at];
            match piece.kind {
                Kind::Date => date = Some(position.between),
                Kind::Text if self.is_in_contacts(from, at, end) => {}
                Kind::Text if !piece.repeated => {
                    position.date_below = date.is_some_and(|below| position.between - below <= 1);
                    let signs = self.signs(from, at, position, &text, open);
                    let weight = signs.weight();
                    if weight >= least {
                        candidates.push(Candidate { at, signs, weight });
                    }
                    position.between += 1;
                }
                Kind::Item => position.between += 1,
                Kind::Text | Kind::Site(_) => {}
            }
            if position.between > MOST_SUBTITLES {
                break;
            }
        }
        // Of equals the one farther up: a line printed twice is first printed as the title.
        let best = candidates.iter().max_by_key(|candidate| candidate.weight)?;
        let title = self.above_subtitle(&candidates, best).unwrap_or(best.at);
        let teaser = self.state == State::Over && self.is_teaser(end);
        (!teaser).then_some(title)
    }

    /// Whether block `at`, of the run from `from` to `end`, is a name or an office in a block of press contacts: below "Media contact" or
    /// another contact, and above an address or a number.
    fn is_in_contacts(&self, from: usize, at: usize, end: usize) -> bool {
        let is_of_contacts =
            |p: &Piece| matches!(p.kind, Kind::Site(v) if v.reason == Reason::Contact);
        let above = &self.pieces[from.max(at.saturating_sub(MOST_CONTACT_LINES))..at];
        let below = &self.pieces[at + 1..end.min(at + 1 + MOST_CONTACT_LINES)];
        let opened = self.contact && self.state == State::Open && at - from < MOST_CONTACT_LINES;
        (opened || above.iter().any(is_of_contacts))
            && below.iter().any(|p| is_of_contacts(p) && is_contact(p))
    }

    /// The signs that block `at`, of a run that begins at `from`, is the title of `text`; `open`: an article stands above it.
    fn signs(
        &mut self,
        from: usize,
        at: usize,
        position: Position,
        text: &Text<'_>,
        open: bool,
    ) -> Signs {
        let directly_above = self.pieces[from..at].iter().rev().take(MOST_SITE_LINES);
        let sites = directly_above.map_while(|p| match p.kind {
            Kind::Site(verdict) => Some(verdict),
            _ => None,
        });
        let (mut between, mut aside) = (false, false);
        for verdict in sites {
            between |= verdict.reason != Reason::Pagination;
            aside |= verdict.effect == Effect::Aside && verdict.whole;
        }
        let mut lines_above = self.pieces[..at].iter().rev().take(MOST_SITE_LINES);
        let date_above = lines_above
            .find(|p| !is_quiet(p))
            .is_some_and(|p| p.kind == Kind::Date);
        let before = self.above.site_between;
        self.above.site_between |= between;
        self.above.aside = aside;
        let signs = title::signs(
            &self.pieces[at],
            Position {
                date_above,
                ..position
            },
            text,
            open.then_some(&self.above),
        );
        self.above.site_between = before;
        signs
    }

    /// A headline directly above the candidate `best`, which then is its subtitle: it takes up words of the text, too.
    fn above_subtitle(&self, candidates: &[Candidate], best: &Candidate) -> Option<usize> {
        let directly = |at: usize| {
            let between = &self.pieces[at.min(best.at)..best.at];
            at < best.at && between.iter().all(|p| p.kind == Kind::Text && !p.repeated)
        };
        let is_title = |c: &&Candidate| {
            let piece = &self.pieces[c.at];
            c.weight >= best.weight - SUBTITLE
                && (c.signs.has(Sign::SharesWords) || c.signs.has(Sign::SharesWithLead))
                && is_headline(&piece.text, piece.chars)
        };
        let farthest_first = candidates.iter().rev().filter(|c| directly(c.at));
        farthest_first.into_iter().find(is_title).map(|c| c.at)
    }

    /// Whether the open article is only a little text without a title: no reason to doubt the next title.
    fn is_stray(&self) -> bool {
        let Some(article) = self.outline.articles.last() else {
            return true;
        };
        let length = |&at: &usize| words(&self.pieces[at].text);
        let few = article
            .paragraphs
            .iter()
            .take(UNTITLED)
            .map(length)
            .sum::<usize>()
            < UNTITLED;
        article.title.is_none() && few
    }

    /// Whether the text from block `at` on is no more than the teaser of an article that stands elsewhere.
    fn is_teaser(&self, at: usize) -> bool {
        let text: Vec<&Piece> = self.pieces[at..]
            .iter()
            .take_while(|p| p.prose)
            .take(4)
            .collect();
        let length: usize = text.iter().map(|p| words(&p.text)).sum();
        let cut = |p: &&Piece| p.text.ends_with(['…', ']']) || p.text.ends_with("...");
        text.first().is_some_and(cut) || (text.len() < 2 && length < MORE_THAN_TEASER)
    }

    /// Reads the paragraphs of the open article into what is known of it.
    fn read_up(&mut self) {
        let Some(article) = self.outline.articles.last() else {
            return;
        };
        let from = article.paragraphs.partition_point(|&at| at < self.read_to);
        for &at in &article.paragraphs[from..] {
            self.above.read(&self.pieces[at].text);
            self.read_to = at + 1;
        }
    }
}
