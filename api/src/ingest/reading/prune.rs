//! What is printed twice, and what is too little to be an article, is taken out again.

use std::collections::HashMap;

use super::{
    super::block::{Piece, words},
    Outline, Place, Reason, fold,
    outline::Article,
};

/// Words from which a paragraph printed twice is a paragraph printed twice; shorter lines may well recur.
const PARAGRAPH: usize = 8;

/// Bytes of a text that are compared first.
const OPENING: usize = 40;

/// Fewest words of an article's text; with a dateline, and without.
const DATED: usize = 6;
const UNDATED: usize = 12;

/// Fewest words of text that stand for an article without a title.
const UNTITLED: usize = 40;

/// Takes doubles and leavings out of `outline`.
pub(super) fn prune(outline: &mut Outline, pieces: &[Piece]) {
    for at in 0..outline.articles.len() {
        paragraphs(outline, pieces, at);
    }
    let mut named: HashMap<(Option<String>, Option<String>), Vec<usize>> = HashMap::new();
    let articles = std::mem::take(&mut outline.articles);
    for article in articles {
        let words: usize = article
            .paragraphs
            .iter()
            .map(|&at| words(&pieces[at].text))
            .sum();
        let least = match (article.title, article.dateline) {
            (None, _) => UNTITLED,
            (Some(_), Some(_)) => DATED,
            (Some(_), None) => UNDATED,
        };
        let reject = |outline: &mut Outline, title: Reason, text: Reason| {
            article
                .title
                .into_iter()
                .for_each(|at| outline.places[at] = Place::Rejected(title));
            article
                .dateline
                .iter()
                .chain(&article.paragraphs)
                .for_each(|&at| outline.places[at] = Place::Rejected(text));
        };
        if words < least {
            reject(outline, Reason::NoText, Reason::Orphan);
            continue;
        }
        let first = |at: Option<usize>| at.map(|at| opening(&pieces[at].text));
        let name = (
            first(article.title),
            first(article.paragraphs.first().copied()),
        );
        let alike = named.entry(name).or_default();
        if alike
            .iter()
            .any(|&other| is_double(&article, &outline.articles[other], pieces))
        {
            reject(outline, Reason::DuplicateArticle, Reason::DuplicateArticle);
            continue;
        }
        let draft = outline.articles.len();
        alike.push(draft);
        article
            .title
            .into_iter()
            .for_each(|at| outline.places[at] = Place::Title(draft));
        article
            .dateline
            .into_iter()
            .for_each(|at| outline.places[at] = Place::Dateline(draft));
        article
            .paragraphs
            .iter()
            .for_each(|&at| outline.places[at] = Place::Paragraph(draft));
        outline.articles.push(article);
    }
}

/// Whether two articles have the same title and text.
fn is_double(article: &Article, other: &Article, pieces: &[Piece]) -> bool {
    let alike = |(a, b): (&usize, &usize)| same(&pieces[*a].text, &pieces[*b].text);
    article.paragraphs.len() == other.paragraphs.len()
        && article.title.iter().zip(&other.title).all(alike)
        && article.paragraphs.iter().zip(&other.paragraphs).all(alike)
}

/// Whether two texts are the same but for case, punctuation and diacritics. Most differ in their first words.
fn same(a: &str, b: &str) -> bool {
    opening(a) == opening(b) && fold::key(a) == fold::key(b)
}

/// The first letters of a text, folded.
fn opening(text: &str) -> String {
    let mut key = fold::key(fold::head(text, OPENING));
    // The last character may be cut from its mark.
    key.pop();
    key
}

/// Keeps each paragraph of article `at` once, and its title out of its text.
pub(super) fn paragraphs(outline: &mut Outline, pieces: &[Piece], at: usize) {
    let article = &mut outline.articles[at];
    let title = article.title.map(|at| pieces[at].text.as_str());
    let places = &mut outline.places;
    let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
    article.paragraphs.retain(|&paragraph| {
        let text = pieces[paragraph].text.as_str();
        if title.is_some_and(|title| same(title, text)) {
            places[paragraph] = Place::Rejected(Reason::DuplicateTitle);
            return false;
        }
        if words(text) < PARAGRAPH {
            return true;
        }
        let before = seen.entry(opening(text)).or_default();
        if before
            .iter()
            .any(|&other| fold::key(&pieces[other].text) == fold::key(text))
        {
            places[paragraph] = Place::Rejected(Reason::DuplicateParagraph);
            return false;
        }
        before.push(paragraph);
        true
    });
}
