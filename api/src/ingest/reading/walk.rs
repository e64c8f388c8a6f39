//! Down the page, block by block: where articles open, and what belongs to them.
//!
//! A page is read as runs of short blocks between paragraphs. In each run at most one block opens an article: the one whose signs weigh most
//! (`opening`, and `title` for the signs). What stands above it belongs to the article before, or to none (`short`); a date beside it, or
//! below its summary, is its dateline; what stands between it and the text below is a subtitle, its first paragraph.

use super::{
    super::{
        block::{Ending, Kind, Piece, ending, words},
        boilerplate::Effect,
        date::opening_dateline,
        fold,
        title::{Above, Last, is_headline},
    },
    Outline, Place, Reason,
    outline::Article,
};

mod opening;
mod short;

/// Lines of the site in a row that are looked past.
const MOST_SITE_LINES: usize = 40;

/// Lines that may stand between a date and the first title of a page, such as its rubric.
const MOST_RUBRICS: usize = 2;

/// Paragraphs in a row, and their words, below a list of other articles that may be the rest of the article above it; and the share of
/// the words of its title that they take up: what lists tell of other articles takes up hardly any.
const GOES_ON: usize = 3;
const GOES_ON_WORDS: usize = 60;
const GOES_ON_THEME: f64 = 0.3;

/// The articles of a page.
pub(super) fn walk(pieces: &[Piece]) -> Outline {
    let mut walk = Walk {
        pieces,
        outline: Outline {
            articles: Vec::new(),
            places: vec![Place::Rejected(Reason::BeforeTitle); pieces.len()],
        },
        above: Above::default(),
        state: State::Before,
        contact: false,
        read_to: 0,
        usual_gap: usual_gap(pieces),
        last_prose: pieces.iter().rposition(|p| p.prose).unwrap_or(0),
    };
    let mut at = 0;
    while at < pieces.len() {
        at = walk.step(at);
    }
    walk.outline
}

/// Blank lines usual between the blocks of a page: the median.
fn usual_gap(pieces: &[Piece]) -> usize {
    let texts = pieces.iter().skip(1).filter(|p| p.kind == Kind::Text);
    let mut gaps: Vec<usize> = texts.map(|p| p.gap).collect();
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

struct Walk<'p> {
    pieces: &'p [Piece],
    outline: Outline,
    /// What is known of the open article.
    above: Above,
    state: State,
    /// In a block of press contacts.
    contact: bool,
    /// The paragraphs of the open article before this block are in `above`.
    read_to: usize,
    usual_gap: usize,
    /// The last paragraph of the page.
    last_prose: usize,
}

impl Walk<'_> {
    /// Places the block at `at`, or the run of short blocks that begins there; returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        let piece = &self.pieces[at];
        if ends_article(piece) {
            self.site(at);
            return at + 1;
        }
        if piece.prose {
            if self.state == State::Over && self.goes_on(at) {
                self.state = State::Open;
            }
            self.paragraph(at);
            return at + 1;
        }
        let run = &self.pieces[at..];
        let length = run.iter().position(|p| p.prose || ends_article(p));
        let end = length.map_or(self.pieces.len(), |length| at + length);
        match self.opening(at, end) {
            Some(title) => {
                self.short_blocks(at, title);
                self.open(title, end);
            }
            None => self.short_blocks(at, end),
        }
        end
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
        self.above = Above {
            dated: article.dateline.is_some() || opening_dateline(&self.pieces[text].text),
            usual_gap: self.usual_gap,
            ..Above::of_title(&piece.text, piece.chars)
        };
        self.outline.articles.push(article);
        self.state = State::Open;
        self.contact = false;
        self.read_to = title;
    }

    /// Whether the article that a list of others ended goes on below that list, at block `at`: with several paragraphs that take up the
    /// words of its title.
    fn goes_on(&self, at: usize) -> bool {
        if self.pieces[at - 1].prose {
            return false;
        }
        let text = self.pieces[at..].iter().take_while(|p| p.prose);
        let text = || text.clone().take(GOES_ON).map(|p| p.text.as_str());
        text().count() == GOES_ON
            && text().map(words).sum::<usize>() >= GOES_ON_WORDS
            && self.above.theme_in(text()) >= GOES_ON_THEME
    }

    /// Takes a date directly above a title, lines of the site aside, from the article above. Above the first title a rubric or two may
    /// stand between them.
    fn date_above(&mut self, title: usize) -> Option<usize> {
        let first = self.outline.articles.is_empty();
        let mut rubrics = if first { MOST_RUBRICS } else { 0 };
        let above = (0..title).rev().take(MOST_SITE_LINES);
        let at = above.into_iter().find(|&at| {
            let piece = &self.pieces[at];
            let rubric = piece.kind == Kind::Text && !is_headline(&piece.text, piece.chars);
            let passed = is_quiet(piece) || (rubric && rubrics > 0);
            rubrics -= usize::from(passed && !is_quiet(piece));
            !passed
        })?;
        if self.pieces[at].kind != Kind::Date {
            return None;
        }
        if let Some(article) = self.outline.articles.last_mut() {
            if article.paragraphs.last() == Some(&at) {
                article.paragraphs.pop();
            }
            article.dateline = article.dateline.filter(|&dateline| dateline != at);
        }
        Some(at)
    }

    /// Places a line of the site.
    fn site(&mut self, at: usize) {
        let Kind::Site(verdict) = self.pieces[at].kind else {
            return;
        };
        self.outline.places[at] = Place::Rejected(verdict.reason);
        self.above.site_between |= verdict.reason != Reason::Pagination;
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
                self.above = Above {
                    usual_gap: self.usual_gap,
                    ..Above::default()
                };
                self.state = State::Open;
                self.read_to = at;
                self.keep(at);
            }
            State::Open if self.contact && short::is_contact(&self.pieces[at]) => {
                self.outline.places[at] = Place::Rejected(Reason::Contact);
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
        let piece = &self.pieces[at];
        let ending = if piece.kind == Kind::Item {
            Ending::Plain
        } else {
            ending(&piece.text)
        };
        self.above.last = Some(Last {
            ending,
            prose: piece.prose,
        });
        self.above.site_between = false;
    }
}

/// Whether a line of the site ends the article above it.
fn ends_article(piece: &Piece) -> bool {
    matches!(piece.kind, Kind::Site(verdict) if verdict.effect == Effect::End)
}

/// Whether a line may stand between a date and its title.
fn is_quiet(piece: &Piece) -> bool {
    piece.repeated || matches!(piece.kind, Kind::Site(v) if v.effect == Effect::Line)
}

#[cfg(test)]
mod tests;
