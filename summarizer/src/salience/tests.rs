//! Rankings of texts whose embeddings are made up, so that each trait can be had alone.

use super::*;
use crate::sentence::split;

fn at(degrees: f64) -> Embedding {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    Embedding::normalised(&[cosine, sine])
}

fn ranker() -> Ranker {
    Ranker::built_in().expect("the weights of the repository")
}

fn order(text: &str, directions: &[f64], title: Option<f64>) -> Vec<String> {
    let sentences = split(text);
    let embeddings: Vec<Embedding> = directions.iter().map(|&degrees| at(degrees)).collect();
    let title = title.map(at);
    let headline = title.as_ref().map(|embedding| Headline {
        text: "Of Delta, the fourth",
        embedding,
    });
    let ranking = rank(&ranker(), &sentences, &embeddings, headline);
    let of = |ranked: &Ranked| {
        sentences
            .iter()
            .find(|sentence| sentence.span == ranked.span)
            .expect("a sentence")
    };
    ranking
        .iter()
        .map(|ranked| of(ranked).text.chars().take(5).collect())
        .collect()
}

const NEWS: &str = "Alpha is the first of all these sentences here. Bravo is the second of all these sentences here. \
    Charl is the third of all these sentences here. Delta is the fourth of all these sentences here.";

#[test]
fn among_equals_the_earlier_comes_first() {
    assert_eq!(
        order(NEWS, &[0.0; 4], None),
        ["Alpha", "Bravo", "Charl", "Delta"]
    );
}

#[test]
fn what_is_like_the_title_rises() {
    let without = order(NEWS, &[0.0, 90.0, 90.0, 90.0], None);
    let with = order(NEWS, &[0.0, 90.0, 90.0, 5.0], Some(5.0));
    let place = |order: &[String]| {
        order
            .iter()
            .position(|name| name == "Delta")
            .expect("Delta")
    };
    assert!(place(&with) < place(&without), "{with:?}, {without:?}");
}

#[test]
fn what_repeats_the_chosen_falls() {
    // Bravo says what Alpha said, in nearly the same words; Charl is new.
    let text = "Alpha opened the long harbour bridge of Keldra on Monday before a large crowd of boatmen. \
        Bravo said on Monday that the long harbour bridge of Keldra was open, before a crowd of boatmen. \
        Charl made nine cables for it, each of which holds the weight of forty railway carriages. \
        Delta painted them green, as the people who live beside the river had asked in a letter.";
    let order = order(text, &[0.0, 0.0, 70.0, 70.0], None);
    assert_eq!((&*order[0], &*order[3]), ("Alpha", "Bravo"));
}

#[test]
fn what_leans_on_another_sentence_comes_after_it() {
    let news = |third: &str| {
        format!(
            "Alpha is the first of all these sentences here. Bravo is the second of all these sentences here. \
             {third} of all these sentences here. Delta is the fourth of all these sentences here."
        )
    };
    let place = |text: &str, name: &str, direction: f64| {
        let order = order(text, &[0.0, 45.0, direction, 45.0], Some(0.0));
        order.iter().position(|found| found == name).expect("it")
    };
    let places = (0..=90).step_by(5).map(f64::from).map(|direction| {
        let alone = place(&news("Charl is the third"), "Charl", direction);
        let leaning = place(&news("These are the third"), "These", direction);
        (alone, leaning)
    });
    let places: Vec<(usize, usize)> = places.collect();
    assert!(
        places.iter().all(|(alone, leaning)| alone <= leaning)
            && places.iter().any(|(alone, leaning)| alone < leaning),
        "{places:?}"
    );
}

#[test]
fn a_byline_never_comes_before_news() {
    let text = "By Jane Doe, Staff Writer\n\nRABAT, 15 March —\n\nAlpha is the first of these sentences. \
        Bravo is the second of these sentences. For more information, write to press@example.org.";
    let order = order(text, &[0.0, 10.0, 0.0, 60.0, 0.0], Some(0.0));
    assert_eq!(order[..2], ["Alpha", "Bravo"]);
}

#[test]
fn every_sentence_is_ranked_once_and_scores_never_rise() {
    let text = NEWS.repeat(50);
    let sentences = split(&text);
    let embeddings: Vec<Embedding> = (0..sentences.len() - 7)
        .map(|n| at((n * 37 % 90) as f64))
        .collect();
    let ranking = rank(&ranker(), &sentences, &embeddings, None);
    assert!(
        ranking
            .windows(2)
            .all(|pair| pair[0].score >= pair[1].score)
    );
    let mut spans: Vec<Span> = ranking.iter().map(|ranked| ranked.span).collect();
    spans.sort_unstable();
    let all: Vec<Span> = sentences.iter().map(|sentence| sentence.span).collect();
    assert_eq!(spans, all);
}

#[test]
fn nothing_and_one_sentence_are_ranked_too() {
    assert!(rank(&ranker(), &[], &[], None).is_empty());
    assert_eq!(order("Alpha alone.", &[0.0], None), ["Alpha"]);
}
