//! What is printed twice, and what is too little to be an article, is taken out again.

use std::collections::{HashMap, HashSet};

use super::{
    super::block::{Piece, words},
    Outline, Place, Reason, fold,
    outline::Article,
};

/// Words from which a paragraph printed twice is a paragraph printed twice; shorter lines may well recur.
const PARAGRAPH: usize = 8;

/// Bytes of a text that are compared first.
const OPENING: usize = 40;

/// How many articles of one title before and after a teaser are looked through for its whole text.
const NEIGHBOURS: usize = 8;

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
    let mut articles = std::mem::take(&mut outline.articles);
    articles.retain(|article| {
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
        if words < least {
            reject(outline, article, Reason::NoText, Reason::Orphan);
        }
        words >= least
    });
    let wholes = wholes(&articles, pieces);
    for at in 0..articles.len() {
        let Some(whole) = wholes[at] else { continue };
        let reason = Reason::DuplicateArticle;
        let dateline = articles[at].dateline.take();
        // A list of articles may print the date that the article itself does not.
        match dateline {
            Some(date) if articles[whole].dateline.is_none() => {
                articles[whole].dateline = Some(date);
            }
            _ => dateline
                .into_iter()
                .for_each(|date| outline.places[date] = Place::Rejected(reason)),
        }
        reject(outline, &articles[at], reason, reason);
    }
    for (article, whole) in articles.into_iter().zip(wholes) {
        if whole.is_some() {
            continue;
        }
        let draft = outline.articles.len();
        let places = &mut outline.places;
        let mut place = |at: usize, place| places[at] = place;
        article
            .title
            .into_iter()
            .for_each(|at| place(at, Place::Title(draft)));
        article
            .dateline
            .into_iter()
            .for_each(|at| place(at, Place::Dateline(draft)));
        article
            .paragraphs
            .iter()
            .for_each(|&at| place(at, Place::Paragraph(draft)));
        outline.articles.push(article);
    }
}

fn reject(outline: &mut Outline, article: &Article, title: Reason, text: Reason) {
    if let Some(at) = article.title {
        outline.places[at] = Place::Rejected(title);
    }
    for &at in article.dateline.iter().chain(&article.paragraphs) {
        outline.places[at] = Place::Rejected(text);
    }
}

/// Of each article that is printed once more, the one that has its whole text: the first of equals, the longer of a teaser and its article.
fn wholes(articles: &[Article], pieces: &[Piece]) -> Vec<Option<usize>> {
    let mut namesakes: HashMap<(bool, String), Vec<usize>> = HashMap::new();
    for (at, article) in articles.iter().enumerate() {
        let first = article.paragraphs.first();
        let name = match article.title {
            Some(title) => fold::key(&pieces[title].text),
            None => first
                .map(|&at| opening(&pieces[at].text))
                .unwrap_or_default(),
        };
        let name = (article.title.is_some(), name);
        namesakes.entry(name).or_default().push(at);
    }
    let mut wholes = vec![None; articles.len()];
    for ((titled, _), same) in namesakes.iter().filter(|(_, same)| same.len() > 1) {
        let texts: Vec<Vec<String>> = same
            .iter()
            .map(|&at| folded(&articles[at], pieces))
            .collect();
        let mut seen: HashMap<&[String], usize> = HashMap::new();
        let mut once: Vec<(usize, &[String])> = Vec::new();
        for (&at, text) in same.iter().zip(&texts) {
            let first = *seen.entry(text).or_insert(at);
            if first == at {
                once.push((at, text));
            } else {
                wholes[at] = Some(first);
            }
        }
        for (index, &(at, text)) in once.iter().enumerate().filter(|_| *titled) {
            let from = index.saturating_sub(NEIGHBOURS);
            let near = &once[from..once.len().min(index + 1 + NEIGHBOURS)];
            let longer = near.iter().filter(|(_, other)| other.len() > text.len());
            let whole = longer
                .max_by_key(|(_, other)| other.len())
                .filter(|(_, other)| text.iter().all(|part| other.contains(part)));
            wholes[at] = whole.map(|&(whole, _)| whole);
        }
    }
    // A teaser may be printed twice, and its double is then a teaser, too.
    for at in 0..wholes.len() {
        while let Some(further) = wholes[at].and_then(|whole| wholes[whole]) {
            wholes[at] = Some(further);
        }
    }
    wholes
}

/// The paragraphs of an article, folded.
fn folded(article: &Article, pieces: &[Piece]) -> Vec<String> {
    let texts = article.paragraphs.iter().map(|&at| &pieces[at].text);
    texts.map(|text| fold::key(text)).collect()
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
    let mut seen: HashSet<String> = HashSet::new();
    article.paragraphs.retain(|&paragraph| {
        let text = pieces[paragraph].text.as_str();
        if title.is_some_and(|title| same(title, text)) {
            places[paragraph] = Place::Rejected(Reason::DuplicateTitle);
            return false;
        }
        if words(text) < PARAGRAPH {
            return true;
        }
        let first = seen.insert(fold::key(text));
        if !first {
            places[paragraph] = Place::Rejected(Reason::DuplicateParagraph);
        }
        first
    });
}

#[cfg(test)]
mod tests;
