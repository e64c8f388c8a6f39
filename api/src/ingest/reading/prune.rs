//! What is printed twice, and what is too little to be an article, is taken out again.

use std::collections::HashSet;

use super::{super::block::Piece, Outline, Place, Reason, fold};

/// Words from which a paragraph printed twice is a paragraph printed twice; shorter lines may well recur.
const PARAGRAPH: usize = 8;

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
    let mut seen: HashSet<(String, String)> = HashSet::new();
    let several = outline.articles.len() > 1;
    let articles = std::mem::take(&mut outline.articles);
    for article in articles {
        let words: usize = article
            .paragraphs
            .iter()
            .map(|&at| pieces[at].text.split(' ').count())
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
        let double = several && {
            let title = article
                .title
                .map(|at| fold::key(&pieces[at].text))
                .unwrap_or_default();
            let body = article
                .paragraphs
                .iter()
                .map(|&at| fold::key(&pieces[at].text))
                .collect::<Vec<_>>()
                .join(" ");
            !seen.insert((title, body))
        };
        if double {
            reject(outline, Reason::DuplicateArticle, Reason::DuplicateArticle);
            continue;
        }
        let draft = outline.articles.len();
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

/// Keeps each paragraph of article `at` once, and its title out of its text.
fn paragraphs(outline: &mut Outline, pieces: &[Piece], at: usize) {
    let article = &mut outline.articles[at];
    let mut seen: HashSet<String> = HashSet::new();
    let title = article.title.map(|at| fold::key(&pieces[at].text));
    let places = &mut outline.places;
    article.paragraphs.retain(|&paragraph| {
        let key = fold::key(&pieces[paragraph].text);
        if title.as_ref() == Some(&key) {
            places[paragraph] = Place::Rejected(Reason::DuplicateTitle);
            return false;
        }
        if key.split(' ').nth(PARAGRAPH - 1).is_none() || seen.insert(key) {
            return true;
        }
        places[paragraph] = Place::Rejected(Reason::DuplicateParagraph);
        false
    });
}
