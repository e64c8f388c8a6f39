//! Down the page, block by block: where articles open, and what belongs to them.
//!
//! A page is read as runs of short blocks between paragraphs. In each run at most one block opens an article: the one whose signs weigh most
//! (see `title`). What stands above it belongs to the article before, or to none; a date beside it is its dateline; what stands between it
//! and the text below is a subtitle, its first paragraph.

use super::{
    super::{
        block::{Ending, Kind, Piece, ending},
        boilerplate::{self, Effect, Heading},
        date::opening_dateline,
        fold,
        title::{self, Above, Sign, Signs, acronyms, is_headline, is_prose},
    },
    Outline, Place, Reason,
    outline::Article,
};

/// Fewest words of text below a title that stands after the end of an article: lists of other articles show a teaser each.
const MORE_THAN_TEASER: usize = 60;

/// How much less than its subtitle a title may weigh, which stands farther from the text; and how many subtitles it may have.
const SUBTITLE: i32 = 10;
const MOST_SUBTITLES: usize = 3;

/// Words of an article within which its text may open with a dateline: summaries may stand above it.
const EARLY: usize = 150;

/// Fewest words of text without a title above it that close the search for the page's first title.
const UNTITLED: usize = 40;

/// The articles of a page.
pub(super) fn walk(pieces: &[Piece]) -> Outline {
    let mut walk = Walk {
        pieces,
        outline: Outline {
            articles: Vec::new(),
            places: vec![Place::Rejected(Reason::BeforeTitle); pieces.len()],
        },
        above: None,
        state: State::Before,
        contact: false,
        read_to: 0,
        usual_gap: usual_gap(pieces),
    };
    let mut at = 0;
    while at < pieces.len() {
        at = walk.step(at);
    }
    walk.outline
}

/// Blank lines usual between the blocks of a page: the median.
fn usual_gap(pieces: &[Piece]) -> usize {
    let mut gaps: Vec<usize> = pieces
        .iter()
        .skip(1)
        .filter(|p| p.kind == Kind::Text)
        .map(|p| p.gap)
        .collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().unwrap_or(0)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Above the first article.
    Before,
    /// In an article.
    Open,
    /// Below the end of one.
    Over,
}

/// A block that may be a title.
struct Candidate {
    at: usize,
    signs: Signs,
    weight: i32,
}

struct Walk<'p> {
    pieces: &'p [Piece],
    outline: Outline,
    above: Option<Above>,
    state: State,
    /// In a block of press contacts.
    contact: bool,
    /// The paragraphs of the open article before this block are in `above.words`.
    read_to: usize,
    usual_gap: usize,
}

impl Walk<'_> {
    /// Places the block at `at`, or the run of short blocks that begins there; returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        let piece = &self.pieces[at];
        if let Kind::Site(verdict) = piece.kind
            && verdict.effect == Effect::End
        {
            self.site(at);
            return at + 1;
        }
        if is_prose(piece) {
            self.paragraph(at);
            return at + 1;
        }
        let ends = |piece: &Piece| {
            is_prose(piece) || matches!(piece.kind, Kind::Site(v) if v.effect == Effect::End)
        };
        let end = self.pieces[at..]
            .iter()
            .position(ends)
            .map_or(self.pieces.len(), |offset| at + offset);
        match self.opening(at, end) {
            Some(title) => {
                self.short_blocks(at, title);
                self.open(title, end);
            }
            None => self.short_blocks(at, end),
        }
        end
    }

    /// The block between `from` and `end` that opens an article, if one does.
    fn opening(&mut self, from: usize, end: usize) -> Option<usize> {
        let headed = self.pieces.get(end).is_some_and(is_prose);
        if !headed {
            return None;
        }
        let least = match self.state {
            State::Before => title::FIRST,
            State::Over => title::AFTER_END,
            State::Open if self.is_stray() => title::FIRST,
            State::Open => title::NEXT,
        };
        if self.state == State::Open {
            self.read_up();
        }
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut site_between = self.above.as_ref().is_some_and(|above| above.site_between);
        let mut aside = false;
        for at in from..end {
            match self.pieces[at].kind {
                Kind::Site(verdict) => {
                    site_between |= verdict.reason != Reason::Pagination;
                    aside = verdict.effect == Effect::Aside && verdict.whole;
                }
                Kind::Text if !self.pieces[at].repeated => {
                    let signs = self.signs(at, site_between, aside);
                    candidates.extend(
                        signs
                            .map(|signs| Candidate {
                                at,
                                signs,
                                weight: signs.weight(),
                            })
                            .filter(|c| c.weight >= least),
                    );
                }
                _ => {}
            }
        }
        let best = candidates
            .iter()
            .rev()
            .max_by_key(|candidate| candidate.weight)?;
        let title = self.above_subtitle(&candidates, best).unwrap_or(best.at);
        let teaser = self.state == State::Over && self.is_teaser(end);
        (!teaser).then_some(title)
    }

    /// A headline directly above the candidate `best`, which then is its subtitle: it takes up words of the text, too.
    fn above_subtitle(&self, candidates: &[Candidate], best: &Candidate) -> Option<usize> {
        let directly = |at: usize| {
            at < best.at
                && best.at - at <= MOST_SUBTITLES
                && self.pieces[at..best.at]
                    .iter()
                    .all(|p| p.kind == Kind::Text && !p.repeated)
        };
        let is_title = |c: &&Candidate| {
            let piece = &self.pieces[c.at];
            c.weight >= best.weight - SUBTITLE
                && (c.signs.has(Sign::SharesWords) || c.signs.has(Sign::SharesWithLead))
                && is_headline(&piece.text, piece.chars)
        };
        candidates
            .iter()
            .filter(|c| directly(c.at))
            .find(is_title)
            .map(|c| c.at)
    }

    fn signs(&mut self, at: usize, site_between: bool, aside: bool) -> Option<Signs> {
        let below = title::below(self.pieces, at)?;
        let open = self.state == State::Open && !self.is_stray();
        if let Some(above) = &mut self.above {
            above.site_between = site_between;
            above.aside = aside;
        }
        let above = self.above.as_ref().filter(|_| open);
        Some(title::signs(self.pieces, at, &below, above))
    }

    /// Whether the open article is only a little text without a title: no reason to doubt the next title.
    fn is_stray(&self) -> bool {
        let Some(article) = self.outline.articles.last() else {
            return true;
        };
        let words = |&at: &usize| self.pieces[at].text.split(' ').count();
        article.title.is_none() && article.paragraphs.iter().map(words).sum::<usize>() < UNTITLED
    }

    /// Whether the text from block `at` on is no more than the teaser of an article that stands elsewhere.
    fn is_teaser(&self, at: usize) -> bool {
        let text: Vec<&Piece> = self.pieces[at..]
            .iter()
            .take_while(|p| is_prose(p))
            .take(4)
            .collect();
        let words: usize = text.iter().map(|p| p.text.split(' ').count()).sum();
        let cut = text
            .first()
            .is_some_and(|p| p.text.ends_with(['…', ']']) || p.text.ends_with("..."));
        cut || (text.len() < 2 && words < MORE_THAN_TEASER)
    }

    /// Opens an article at block `title`, with the text that begins at block `text`.
    fn open(&mut self, title: usize, text: usize) {
        let draft = self.outline.articles.len();
        let piece = &self.pieces[title];
        let mut article = Article {
            title: Some(title),
            ..Article::default()
        };
        self.outline.places[title] = Place::Title(draft);
        let name = fold::key(&piece.text);
        for at in title + 1..text {
            let piece = &self.pieces[at];
            self.outline.places[at] = match piece.kind {
                Kind::Site(verdict) => Place::Rejected(verdict.reason),
                Kind::Date if article.dateline.is_none() => {
                    article.dateline = Some(at);
                    Place::Dateline(draft)
                }
                _ if fold::key(&piece.text) == name => Place::Rejected(Reason::DuplicateTitle),
                _ if piece.repeated => Place::Rejected(Reason::Repeated),
                Kind::Date | Kind::Item | Kind::Text => {
                    article.paragraphs.push(at);
                    Place::Paragraph(draft)
                }
            };
        }
        if article.dateline.is_none() {
            article.dateline = self.date_above(title);
            if let Some(at) = article.dateline {
                self.outline.places[at] = Place::Dateline(draft);
            }
        }
        let dated = article.dateline.is_some()
            || self
                .pieces
                .get(text)
                .is_some_and(|p| opening_dateline(&p.text));
        self.above = Some(Above {
            dated,
            usual_gap: self.usual_gap,
            ..Above::of_title(&piece.text, piece.chars)
        });
        self.outline.articles.push(article);
        self.state = State::Open;
        self.contact = false;
        self.read_to = title;
    }

    /// A date directly above a title, site lines aside, that belongs to no article yet.
    fn date_above(&mut self, title: usize) -> Option<usize> {
        let at = (0..title).rev().find(
            |&at| !matches!(self.pieces[at].kind, Kind::Site(v) if v.effect == Effect::Line),
        )?;
        if self.pieces[at].kind != Kind::Date {
            return None;
        }
        // The article above may have taken it for its own last line.
        for article in &mut self.outline.articles {
            article.paragraphs.retain(|&paragraph| paragraph != at);
            if article.dateline == Some(at) {
                article.dateline = None;
            }
        }
        Some(at)
    }

    fn site(&mut self, at: usize) {
        let Kind::Site(verdict) = self.pieces[at].kind else {
            return;
        };
        self.outline.places[at] = Place::Rejected(verdict.reason);
        if let Some(above) = &mut self.above {
            above.site_between |= verdict.reason != Reason::Pagination;
        }
        match verdict.effect {
            Effect::End if self.state == State::Open => self.state = State::Over,
            Effect::Contact if self.state == State::Open => self.contact = true,
            _ => {}
        }
    }

    /// Places a paragraph of text.
    fn paragraph(&mut self, at: usize) {
        match self.state {
            State::Over => self.outline.places[at] = Place::Rejected(Reason::AfterEnd),
            State::Before => {
                self.outline.articles.push(Article::default());
                self.above = Some(Above {
                    usual_gap: self.usual_gap,
                    ..Above::default()
                });
                self.state = State::Open;
                self.read_to = at;
                self.keep(at);
            }
            State::Open if self.contact && is_contact(&self.pieces[at]) => {
                self.outline.places[at] = Place::Rejected(Reason::Contact)
            }
            State::Open => {
                self.contact = false;
                self.keep(at);
            }
        }
    }

    /// Adds block `at` to the open article.
    fn keep(&mut self, at: usize) {
        let draft = self.outline.articles.len() - 1;
        self.outline.articles[draft].paragraphs.push(at);
        self.outline.places[at] = Place::Paragraph(draft);
        if let Some(above) = &mut self.above {
            above.last = Some(at);
            above.site_between = false;
        }
    }

    /// Places blocks that open nothing.
    fn short_blocks(&mut self, from: usize, end: usize) {
        let last = self.pieces[end.min(self.pieces.len())..]
            .iter()
            .all(|p| !is_prose(p));
        let mut aside = false;
        for at in from..end {
            let piece = &self.pieces[at];
            match piece.kind {
                Kind::Site(verdict) => {
                    self.site(at);
                    aside = verdict.effect == Effect::Aside && verdict.whole;
                    continue;
                }
                _ if piece.repeated => self.outline.places[at] = Place::Rejected(Reason::Repeated),
                _ => match self.state {
                    State::Before => self.outline.places[at] = Place::Rejected(above_title(piece)),
                    State::Over => self.outline.places[at] = Place::Rejected(Reason::AfterEnd),
                    State::Open if aside && piece.kind == Kind::Text => {
                        self.outline.places[at] = Place::Rejected(Reason::Related)
                    }
                    State::Open => self.short_block(at, last),
                },
            }
        }
    }

    /// Places a short block of the open article; `last`: no paragraph follows on the page.
    fn short_block(&mut self, at: usize, last: bool) {
        let piece = &self.pieces[at];
        let heading = boilerplate::heading(&piece.text);
        if let Some(above) = &mut self.above
            && heading.is_some()
        {
            above.tail = heading == Some(Heading::Tail);
        }
        if self.contact {
            if heading.is_none() && piece.kind != Kind::Item {
                self.outline.places[at] = Place::Rejected(Reason::Contact);
                return;
            }
            self.contact = false;
        }
        let draft = self.outline.articles.len() - 1;
        if piece.kind == Kind::Date
            && self.outline.articles[draft].dateline.is_none()
            && self.ends_article(at)
        {
            self.outline.articles[draft].dateline = Some(at);
            self.outline.places[at] = Place::Dateline(draft);
            return;
        }
        if last && self.is_left_over(at) {
            self.outline.places[at] = Place::Rejected(if is_headline(&piece.text, piece.chars) {
                Reason::NoText
            } else {
                Reason::Navigation
            });
            return;
        }
        self.keep(at);
    }

    /// Whether only lines of the site follow block `at` until the page or the list below the article.
    fn ends_article(&self, at: usize) -> bool {
        let rest = self.pieces[at + 1..].iter();
        rest.take_while(|p| !matches!(p.kind, Kind::Site(v) if v.effect == Effect::End))
            .all(|p| matches!(p.kind, Kind::Site(_)) || p.repeated)
    }

    /// Whether short block `at`, below the last paragraph of the page, is a stray title or a link rather than the end of its article.
    fn is_left_over(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let Some(above) = &self.above else {
            return false;
        };
        let before = above.last.map(|last| &self.pieces[last]);
        let listed = before.is_some_and(|p| {
            matches!(ending(&p.text), Ending::Colon | Ending::Open) || !is_prose(p)
        });
        if piece.kind != Kind::Text
            || ending(&piece.text).is_finished()
            || (listed && !above.site_between)
        {
            return false;
        }
        let alone = self.pieces.get(at + 1).is_none_or(|p| p.kind != Kind::Item);
        let links = self.pieces[at..]
            .iter()
            .filter(|p| {
                p.kind == Kind::Text
                    && p.text.split(' ').count() <= 4
                    && ending(&p.text) == Ending::Plain
            })
            .count();
        alone && (is_headline(&piece.text, piece.chars) || above.site_between || links >= 3)
    }

    /// Reads the paragraphs of the open article into what is known of it.
    fn read_up(&mut self) {
        let (Some(above), Some(article)) = (&mut self.above, self.outline.articles.last()) else {
            return;
        };
        let from = article.paragraphs.partition_point(|&at| at < self.read_to);
        for &at in &article.paragraphs[from..] {
            let text = &self.pieces[at].text;
            above.words.add(text);

            above.acronyms.extend(acronyms(text));
            above.dated |= above.length < EARLY && opening_dateline(text);
            above.length += text.split(' ').count();
            self.read_to = at + 1;
        }
    }
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
fn is_contact(piece: &Piece) -> bool {
    let digits = piece.text.bytes().filter(u8::is_ascii_digit).count();
    piece.chars <= 200 && (piece.text.contains('@') || piece.text.contains("www.") || digits >= 8)
}
