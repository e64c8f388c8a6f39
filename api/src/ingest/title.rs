//! Which short blocks open an article.
//!
//! No single property makes a title: a subheading is short and capitalised too, a closing sentence stands alone too. So each candidate is
//! judged by signs, each a yes or a no with a weight (`WEIGHTS`), and the weights of the signs it shows are added up. Three kinds speak:
//! - its form: how many words, how it begins and ends, capitals, whether it is a known heading or a name with an office;
//! - what stands below: a dateline, a long paragraph that takes up its words, a paragraph that opens like a release (a dated place) or
//!   introduces its organisation all over again ("the International Example Organization (IEO)"), or one that refers back ("He added …");
//! - what stands above, when an article is open: a finished sentence, boilerplate, the tail of a release ("About …"), new words.
//!
//! Above the first text of a page a title is expected, so little is asked (`FIRST`); inside an open article a title means that the article
//! is over, so more is asked (`NEXT`). Any one sign may be missing: no weight alone decides.
//! The weights were set by hand and checked, with a logistic regression beside them, on real releases and news set one below the other.

use std::collections::HashSet;

use super::{
    block::{Ending, Piece},
    date::opening_dateline,
};

mod form;
mod sign;
mod text;
mod words;

pub(super) use form::is_headline;
pub(super) use sign::{Sign, Signs};
pub(super) use text::Text;
use words::{Words, acronyms};

/// Weight asked of a title where none is above it.
pub(super) const FIRST: i32 = 0;

/// Weight asked of a title that ends the article above it.
pub(super) const NEXT: i32 = 10;

/// Weight asked of a title below the end of an article, where lists of other articles stand.
pub(super) const AFTER_END: i32 = 7;

/// Words of an article that has hardly begun.
const THIN: usize = 60;

/// Words of an article within which its text may open with a dateline: summaries may stand above it.
const EARLY: usize = 150;

/// The last block of an article's text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Last {
    pub(super) ending: Ending,
    pub(super) prose: bool,
}

/// What is known of the article above a candidate.
#[derive(Debug, Default)]
pub(super) struct Above {
    /// Content words of its title and text so far.
    pub(super) words: Words,
    /// Acronyms it has introduced, each "(ABC)".
    pub(super) acronyms: HashSet<String>,
    /// Content words of its title.
    pub(super) title: Words,
    /// Whether it has a dateline.
    pub(super) dated: bool,
    /// Whether its title capitalises its words.
    pub(super) title_case: Option<bool>,
    /// The last block of its text.
    pub(super) last: Option<Last>,
    /// Lines of the site stand between `last` and the candidate.
    pub(super) site_between: bool,
    /// A pointer to another article stands directly above the candidate.
    pub(super) aside: bool,
    /// Words of its text so far.
    pub(super) length: usize,
    /// Its last section is the tail of a release.
    pub(super) tail: bool,
    /// Blank lines usual between the blocks of the page.
    pub(super) usual_gap: usize,
}

impl Above {
    /// What is known of an article by its title `text`, of `chars` characters.
    pub(super) fn of_title(text: &str, chars: usize) -> Above {
        let words = Words::of(text);
        let title_case = Some(form::signs(text, chars).has(Sign::TitleCase));
        Above {
            title: words.clone(),
            words,
            title_case,
            ..Above::default()
        }
    }

    /// Reads a paragraph of the article.
    pub(super) fn read(&mut self, text: &str) {
        self.words.add(text);
        self.acronyms.extend(acronyms(text));
        self.dated |= self.length < EARLY && opening_dateline(text);
        self.length += super::block::words(text);
    }

    /// Share of the content words of the article's title that `paragraphs` take up, 0 to 1.
    pub(super) fn theme_in<'t>(&self, paragraphs: impl Iterator<Item = &'t str>) -> f64 {
        let mut words = Words::default();
        paragraphs.for_each(|text| words.add(text));
        self.title.share_inside(&words)
    }

    /// Adds the signs that `piece`, with the words `own`, ends this article and opens the next.
    fn add(&self, signs: &mut Signs, piece: &Piece, text: &Text<'_>, own: &Words) {
        match self.last {
            None => {}
            Some(Last {
                ending: Ending::Stop | Ending::Call,
                ..
            }) => signs.add(Sign::AfterSentence),
            Some(Last {
                ending: Ending::Colon,
                ..
            }) => signs.add(Sign::AfterColon),
            Some(Last { prose: true, .. }) => signs.add(Sign::AfterBreak),
            Some(Last { prose: false, .. }) => signs.add(Sign::AfterLine),
        }
        signs.set(Sign::AfterSite, self.site_between && !self.aside);
        signs.set(Sign::AfterAside, self.aside);
        signs.set(Sign::AfterTail, self.tail);
        signs.set(Sign::ThinAbove, self.length < THIN);
        signs.set(Sign::WiderGap, piece.gap > self.usual_gap);
        let dated = [Sign::DateBelow, Sign::DateAbove, Sign::OpensDated];
        signs.set(
            Sign::Undated,
            self.dated && !dated.iter().any(|&sign| signs.has(sign)),
        );
        let capitals = signs.has(Sign::TitleCase);
        signs.set(
            Sign::OtherCase,
            self.title_case.is_some_and(|above| above != capitals),
        );
        let again = text
            .acronyms
            .iter()
            .any(|acronym| self.acronyms.contains(acronym));
        signs.set(Sign::Reintroduces, again);
        let unseen = own.share_outside(&self.words);
        signs.set(Sign::NewWords, unseen >= 0.5);
        signs.set(Sign::OldWords, unseen <= 0.15);
        // Words of the title above that the candidate does not share: their return below means that the article goes on.
        let theme = self.title.without(own);
        let returns = theme.share_inside(&text.words);
        signs.set(Sign::ThemeGoesOn, !theme.is_empty() && returns >= 0.5);
        signs.set(Sign::ThemeIsOver, !theme.is_empty() && returns <= 0.1);
        signs.set(Sign::OwnWorld, text.words.share_outside(&self.words) >= 0.6);
    }
}

/// Where a candidate stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Position {
    /// Other lines between it and the text below.
    pub(super) between: usize,
    /// A date stands between them, directly below the candidate or below its subtitle.
    pub(super) date_below: bool,
    /// A date stands directly above it.
    pub(super) date_above: bool,
}

/// The signs that `piece` is the title of `text`, which stands below it, with the article `above` it, if one is open.
pub(super) fn signs(
    piece: &Piece,
    position: Position,
    text: &Text<'_>,
    above: Option<&Above>,
) -> Signs {
    let own = Words::of(&piece.text);
    let mut signs = form::signs(&piece.text, piece.chars).and(text.signs);
    signs.set(Sign::DateBelow, position.date_below);
    signs.set(Sign::DateAbove, position.date_above && !position.date_below);
    signs.set(Sign::FarText, position.between == 1);
    signs.set(Sign::FartherText, position.between > 1);
    let shared = own.share_inside(&text.words);
    signs.set(Sign::SharesWords, shared >= 0.5);
    signs.set(Sign::SharesNothing, shared == 0.0);
    signs.set(Sign::SharesWithLead, own.share_inside(&text.lead) >= 0.34);
    signs.set(
        Sign::Verbatim,
        piece.text.contains(' ') && text.first.contains(&piece.text),
    );
    if let Some(above) = above {
        above.add(&mut signs, piece, text, &own);
    }
    signs
}
