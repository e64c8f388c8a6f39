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
//! The weights were set by hand and checked against releases set one below the other (see `examples` of the bench for none of them).

use super::block::{Kind, Piece};

mod below;
mod form;
mod sign;
mod words;

use below::Below;
pub(super) use below::{below, is_prose};
pub(super) use form::is_headline;
pub(super) use sign::{Sign, Signs};
use words::Words;
pub(super) use words::acronyms;

/// Weight asked of a title where none is above it.
pub(super) const FIRST: i32 = 0;

/// Weight asked of a title that ends the article above it.
pub(super) const NEXT: i32 = 10;

/// Weight asked of a title below the end of an article, where lists of other articles stand.
pub(super) const AFTER_END: i32 = 7;

/// Words of an article that has hardly begun.
const THIN: usize = 60;

/// What is known of the article above a candidate.
#[derive(Debug, Default)]
pub(super) struct Above {
    /// Content words of its title and text so far.
    pub(super) words: Words,
    /// Acronyms it has introduced, each "(ABC)".
    pub(super) acronyms: Vec<String>,
    /// Content words of its title.
    pub(super) title: Words,
    /// Whether it has a dateline.
    pub(super) dated: bool,
    /// Whether its title capitalises its words.
    pub(super) title_case: Option<bool>,
    /// The last block of its text.
    pub(super) last: Option<usize>,
    /// Site lines stand between `last` and the candidate.
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
}

/// The signs that block `at` is a title, with the text `below` it and the article `above` it, if one is open.
pub(super) fn signs(pieces: &[Piece], at: usize, below: &Below, above: Option<&Above>) -> Signs {
    let piece = &pieces[at];
    let mut signs = form::signs(&piece.text, piece.chars);
    let own = Words::of(&piece.text);
    below::add(&mut signs, pieces, &piece.text, below, &own);
    if let Some(above) = above {
        context(&mut signs, pieces, at, below, above, &own);
    }
    signs
}

fn context(
    signs: &mut Signs,
    pieces: &[Piece],
    at: usize,
    below: &Below,
    above: &Above,
    own: &Words,
) {
    use super::block::{Ending, ending};

    if let Some(last) = above.last.map(|last| &pieces[last]) {
        match ending(&last.text) {
            Ending::Stop | Ending::Call => signs.add(Sign::AfterSentence),
            Ending::Colon => signs.add(Sign::AfterColon),
            _ if is_prose(last) => signs.add(Sign::AfterBreak),
            _ => signs.add(Sign::AfterLine),
        }
        if last.kind == Kind::Item {
            signs.add(Sign::AfterLine);
        }
    }
    signs.set(Sign::AfterSite, above.site_between && !above.aside);
    signs.set(Sign::AfterAside, above.aside);
    signs.set(Sign::AfterTail, above.tail);
    signs.set(Sign::ThinAbove, above.length < THIN);
    signs.set(Sign::WiderGap, pieces[at].gap > above.usual_gap && at > 0);
    signs.set(
        Sign::Undated,
        above.dated
            && !signs.has(Sign::DateBelow)
            && !signs.has(Sign::DateAbove)
            && !signs.has(Sign::OpensDated),
    );
    match (above.title_case, signs.has(Sign::TitleCase)) {
        (Some(true), false) | (Some(false), true) => signs.add(Sign::OtherCase),
        _ => {}
    }
    let text = &pieces[below.text];
    let again = acronyms(&text.text)
        .iter()
        .any(|acronym| above.acronyms.contains(acronym));
    signs.set(Sign::Reintroduces, again);
    let unseen = own.share_outside(&above.words);
    signs.set(Sign::NewWords, unseen >= 0.5);
    signs.set(Sign::OldWords, unseen <= 0.15);
    // Words of the open article's title that the candidate does not share: their return below means the article goes on.
    let theme = above.title.without(own);
    let words = below.words(pieces);
    signs.set(
        Sign::ThemeGoesOn,
        !theme.is_empty() && theme.share_inside(&words) >= 0.5,
    );
    signs.set(
        Sign::ThemeIsOver,
        !theme.is_empty() && theme.share_inside(&words) <= 0.1,
    );
    signs.set(Sign::OwnWorld, words.share_outside(&above.words) >= 0.6);
}
