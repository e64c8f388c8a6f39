//! A page whose title is told beside it: what is too little to be an article by its looks is one by what is said of it.

use super::{
    super::block::{Kind, Piece},
    Outline, Place, Reason, fold,
    outline::Article,
    prune,
};

/// Makes one article of what was left out of a page for want of a title or of length. What belongs to the site, and
/// what is printed twice, stays out. Changes nothing if there is no text among it, or if there are articles.
pub(super) fn keep(outline: &mut Outline, pieces: &[Piece], title: &str) {
    if !outline.articles.is_empty() {
        return;
    }
    let mut article = Article::default();
    let mut doubles = Vec::new();
    let name = fold::key(title);
    for (at, piece) in pieces.iter().enumerate() {
        let left_out = matches!(
            outline.places[at],
            Place::Rejected(Reason::BeforeTitle | Reason::Orphan | Reason::NoText)
        );
        if !left_out || piece.repeated || matches!(piece.kind, Kind::Site(_)) {
            continue;
        }
        let opens = article.paragraphs.is_empty();
        if opens && article.title.is_none() && piece.text == title {
            article.title = Some(at);
        } else if fold::key(&piece.text) == name {
            doubles.push(at);
        } else if opens && article.dateline.is_none() && piece.kind == Kind::Date {
            article.dateline = Some(at);
        } else {
            article.paragraphs.push(at);
        }
    }
    if article.paragraphs.is_empty() {
        return;
    }
    for &at in &doubles {
        outline.places[at] = Place::Rejected(Reason::DuplicateTitle);
    }
    if let Some(at) = article.title {
        outline.places[at] = Place::Title(0);
    }
    if let Some(at) = article.dateline {
        outline.places[at] = Place::Dateline(0);
    }
    for &at in &article.paragraphs {
        outline.places[at] = Place::Paragraph(0);
    }
    outline.articles.push(article);
    prune::paragraphs(outline, pieces, 0);
}
