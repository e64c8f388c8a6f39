//! The text of an article with the places that its abstract and its labels rest on.

use std::collections::BTreeSet;

use serde::Deserialize;

/// A sentence of an article and where it stands in the body, in Unicode scalar values.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Sentence {
    pub(super) text: String,
    pub(super) start: usize,
    end: usize,
}

/// A stretch of a paragraph, all of which the same sentences cover.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Its name as the target of a link, if a sentence begins with it.
    pub(super) id: Option<String>,
    /// The names of the sentences that cover it, with a space between.
    pub(super) marks: String,
    /// Whether the abstract says it.
    pub(super) said: bool,
}

/// What a link to a sentence leads to.
pub(super) fn name(sentence: &Sentence) -> String {
    format!("c{}", sentence.start)
}

/// The paragraphs of a body, each in pieces: `said` are the sentences of the abstract, `evidence` those that labels rest on.
pub(super) fn paragraphs(body: &str, said: &[Sentence], evidence: &[Sentence]) -> Vec<Vec<Piece>> {
    let mut offset = 0;
    let mut paragraphs = Vec::new();
    for paragraph in body.split("\n\n") {
        let letters: Vec<char> = paragraph.chars().collect();
        if !letters.is_empty() {
            paragraphs.push(pieces(&letters, offset, said, evidence));
        }
        offset += letters.len() + 2;
    }
    paragraphs
}

fn pieces(letters: &[char], offset: usize, said: &[Sentence], evidence: &[Sentence]) -> Vec<Piece> {
    let all = || said.iter().chain(evidence);
    let mut cuts = BTreeSet::from([offset, offset + letters.len()]);
    cuts.extend(all().flat_map(|sentence| [sentence.start, sentence.end]));
    let inside = offset..=offset + letters.len();
    let cuts: Vec<usize> = cuts
        .into_iter()
        .filter(|cut| inside.contains(cut))
        .collect();
    let stretches = cuts.windows(2).map(|stretch| {
        let (start, end) = (stretch[0], stretch[1]);
        let covers = |sentence: &&Sentence| sentence.start <= start && end <= sentence.end;
        let names: BTreeSet<String> = all().filter(covers).map(name).collect();
        Piece {
            text: letters[start - offset..end - offset].iter().collect(),
            id: all()
                .filter(covers)
                .find(|sentence| sentence.start == start)
                .map(name),
            marks: names.into_iter().collect::<Vec<_>>().join(" "),
            said: said.iter().any(|sentence| covers(&sentence)),
        }
    });
    stretches.collect()
}

/// A piece of an abstract, with the name of the sentence of the body that it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cited {
    pub(super) text: String,
    pub(super) name: Option<String>,
}

/// The text of an abstract in pieces, each of its sentences with where it stands in the body.
pub(super) fn cited(text: &str, sentences: &[Sentence]) -> Vec<Cited> {
    let mut pieces = Vec::new();
    let mut rest = text;
    for sentence in sentences
        .iter()
        .filter(|sentence| !sentence.text.is_empty())
    {
        let Some(at) = rest.find(&sentence.text) else {
            continue;
        };
        let (before, after) = rest.split_at(at);
        let (found, after) = after.split_at(sentence.text.len());
        if !before.is_empty() {
            pieces.push(Cited {
                text: before.to_owned(),
                name: None,
            });
        }
        pieces.push(Cited {
            text: found.to_owned(),
            name: Some(name(sentence)),
        });
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Cited {
            text: rest.to_owned(),
            name: None,
        });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(body: &str, text: &str) -> Sentence {
        let at = body.find(text).expect("a sentence of the body");
        let start = body[..at].chars().count();
        Sentence {
            text: text.to_owned(),
            start,
            end: start + text.chars().count(),
        }
    }

    const BODY: &str = "Été. Two.\n\nThree. Four is last.";

    #[test]
    fn pieces_put_together_are_the_body_again() {
        let said = [sentence(BODY, "Two."), sentence(BODY, "Three.")];
        let evidence = [sentence(BODY, "Three."), sentence(BODY, "Four is")];
        let paragraphs = paragraphs(BODY, &said, &evidence);
        let texts: Vec<String> = paragraphs
            .iter()
            .map(|pieces| pieces.iter().map(|piece| piece.text.as_str()).collect())
            .collect();
        assert_eq!(texts.join("\n\n"), BODY);
    }

    #[test]
    fn a_sentence_is_found_where_it_stands_and_marked_for_what_rests_on_it() {
        let said = [sentence(BODY, "Two."), sentence(BODY, "Three.")];
        let evidence = [sentence(BODY, "Three."), sentence(BODY, "Four is last.")];
        let paragraphs = paragraphs(BODY, &said, &evidence);
        let marked: Vec<_> = paragraphs
            .iter()
            .flatten()
            .filter_map(|piece| Some((piece.text.as_str(), piece.id.as_deref()?, piece.said)))
            .collect();
        assert_eq!(
            marked,
            [
                ("Two.", "c5", true),
                ("Three.", "c11", true),
                ("Four is last.", "c18", false)
            ]
        );
    }

    #[test]
    fn every_name_is_given_once_even_where_sentences_overlap() {
        let said = [sentence(BODY, "Three."), sentence(BODY, "Four is last.")];
        let evidence = [sentence(BODY, "Three. Four is")];
        let paragraphs = paragraphs(BODY, &said, &evidence);
        let mut names: Vec<_> = paragraphs
            .iter()
            .flatten()
            .filter_map(|piece| piece.id.clone())
            .collect();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
        let last = paragraphs
            .last()
            .and_then(|pieces| pieces.get(2))
            .expect("a piece");
        assert_eq!(
            (last.text.as_str(), last.marks.as_str()),
            ("Four is", "c11 c18")
        );
    }

    #[test]
    fn sentences_out_of_bounds_mark_nothing() {
        let beyond = Sentence {
            text: "?".to_owned(),
            start: 400,
            end: 500,
        };
        let turned = Sentence {
            text: "?".to_owned(),
            start: 3,
            end: 1,
        };
        let paragraphs = paragraphs("One.", &[beyond, turned], &[]);
        assert!(paragraphs.iter().flatten().all(|piece| !piece.said));
        assert_eq!(super::paragraphs("", &[], &[]), [] as [Vec<Piece>; 0]);
    }

    #[test]
    fn the_sentences_of_an_abstract_become_links_and_the_rest_stays_text() {
        let sentences = [sentence(BODY, "Two."), sentence(BODY, "Four is")];
        let cited = cited("Two. Four is…", &sentences);
        let shown: Vec<_> = cited
            .iter()
            .map(|piece| (piece.text.as_str(), piece.name.as_deref()))
            .collect();
        assert_eq!(
            shown,
            [
                ("Two.", Some("c5")),
                (" ", None),
                ("Four is", Some("c18")),
                ("…", None)
            ]
        );
        let edited = super::cited("In other words.", &sentences);
        assert!(edited.iter().all(|piece| piece.name.is_none()));
    }
}
