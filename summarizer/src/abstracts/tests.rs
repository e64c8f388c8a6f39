//! Abstracts from rankings that are given.

use super::*;
use crate::sentence::split;

fn slice(text: &str, span: Span) -> String {
    text.chars()
        .skip(span.start)
        .take(span.end - span.start)
        .collect()
}

/// Rank the sentences of a text in this order, with these scores.
fn ranking(text: &str, order: &[(usize, f64)]) -> Vec<Ranked> {
    let sentences = split(text);
    let ranked = |&(index, score): &(usize, f64)| Ranked {
        span: sentences[index].span,
        score,
        omissible: Vec::new(),
        passing: 0,
        leans_on: None,
        telling: true,
    };
    order.iter().map(ranked).collect()
}

fn budget(sentences: usize, characters: usize) -> Budget {
    Budget {
        sentences,
        characters,
        ..Budget::default()
    }
}

const TEXT: &str = "Été was first.\n\nBravo came second. Charlie was third. Delta was last.";

#[test]
fn sentences_stand_in_the_order_of_the_text() {
    let ranking = ranking(TEXT, &[(2, 0.9), (0, 0.8), (1, 0.7), (3, 0.6)]);
    let abstract_ = compose(TEXT, &ranking, budget(2, 400)).expect("an abstract");
    assert_eq!(abstract_.text, "Été was first. Charlie was third.");
    let words: Vec<String> = abstract_
        .sentences
        .iter()
        .map(|&span| slice(TEXT, span))
        .collect();
    assert_eq!(words.join(" "), abstract_.text);
}

#[test]
fn a_sentence_that_does_not_fit_makes_way_for_one_that_does() {
    let ranking = ranking(TEXT, &[(0, 0.9), (1, 0.8), (3, 0.7)]);
    let abstract_ = compose(TEXT, &ranking, budget(3, 31)).expect("an abstract");
    assert_eq!(abstract_.text, "Été was first. Delta was last.");
    assert_eq!(abstract_.text.chars().count(), 30);
}

#[test]
fn what_is_unfit_is_used_only_alone() {
    let fit = ranking(TEXT, &[(1, 0.1), (0, -0.5)]);
    assert_eq!(
        compose(TEXT, &fit, Budget::default())
            .expect("an abstract")
            .text,
        "Bravo came second."
    );
    let unfit = ranking(TEXT, &[(0, -0.5), (1, -0.6)]);
    assert_eq!(
        compose(TEXT, &unfit, Budget::default())
            .expect("an abstract")
            .text,
        "Été was first."
    );
}

#[test]
fn what_leans_on_a_sentence_comes_only_with_it() {
    let text = "Alpha opened. Bravo came, and many others with her. She spoke.";
    let mut ranking = ranking(text, &[(0, 0.9), (1, 0.8), (2, 0.7)]);
    ranking[2].leans_on = Some(ranking[1].span);
    for (characters, expected) in [(80, text), (30, "Alpha opened.")] {
        let abstract_ = compose(text, &ranking, budget(3, characters)).expect("an abstract");
        assert_eq!(abstract_.text, expected);
    }
}

#[test]
fn a_day_that_will_have_passed_is_left_out_unless_sentences_are_counted() {
    let text = "The mayor of the town opened the bridge today.";
    let mut ranking = ranking(text, &[(0, 0.9)]);
    note_omissions(text, &mut ranking);
    let without = "The mayor of the town opened the bridge.";
    for (characters, expected) in [(400, without), (usize::MAX, text)] {
        let abstract_ = compose(text, &ranking, budget(1, characters)).expect("an abstract");
        assert_eq!(abstract_.text, expected);
    }
}

#[test]
fn a_text_without_sentences_has_no_abstract() {
    assert_eq!(compose("", &[], Budget::default()), None);
}

#[test]
fn a_sentence_longer_than_the_budget_is_cut_at_a_clause() {
    let table = [
        // text, characters, what is kept
        (
            "The mayor opened the bridge on Monday; traffic returned within the hour.",
            50,
            "The mayor opened the bridge on Monday …",
        ),
        (
            "The mayor opened the bridge on Monday, which had been closed for years.",
            60,
            "The mayor opened the bridge on Monday …",
        ),
        (
            "The Fund for Schools, Roads, Clean Water and Parks (SRWP, of Oslo), will open an office.",
            80,
            "The Fund for Schools, Roads, Clean Water and Parks (SRWP, of Oslo) …",
        ),
        (
            "The bridge opened on Monday – after years of work – to great applause.",
            60,
            "The bridge opened on Monday – after years of work …",
        ),
        (
            "La ministre a ouvert le pont lundi matin, qui était fermé depuis des années.",
            60,
            "La ministre a ouvert le pont lundi matin …",
        ),
        (
            "The mayor opened the bridge on Monday morning in the rain.",
            40,
            "The mayor opened the bridge on Monday …",
        ),
        ("Supercalifragilistic", 10, "Supercal …"),
        (
            "A, b and c and d and e and f and g and h and i.",
            12,
            "A, b and c …",
        ),
        (
            "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
            7,
            "e\u{301}e\u{301} …",
        ),
    ];
    for (text, characters, expected) in table {
        let whole = [Ranked {
            span: Span {
                start: 0,
                end: text.chars().count(),
            },
            score: 1.0,
            omissible: Vec::new(),
            passing: 0,
            leans_on: None,
            telling: true,
        }];
        let abstract_ = compose(text, &whole, budget(3, characters)).expect("an abstract");
        assert_eq!(abstract_.text, expected, "of {text:?}");
        assert!(
            abstract_.text.chars().count() <= characters,
            "{expected:?} is too long"
        );
        let kept = slice(text, abstract_.sentences[0]);
        assert_eq!(format!("{kept} …"), abstract_.text);
    }
}

#[test]
fn whatever_the_budget_the_abstract_is_not_empty_and_stands_in_the_text() {
    let text = "Alpha, bravo; charlie (delta, echo) – foxtrot golf.";
    let whole = [Ranked {
        span: Span {
            start: 0,
            end: text.chars().count(),
        },
        score: 1.0,
        omissible: Vec::new(),
        passing: 0,
        leans_on: None,
        telling: true,
    }];
    for characters in 0..60 {
        let abstract_ = compose(text, &whole, budget(1, characters)).expect("an abstract");
        assert!(text.contains(&slice(text, abstract_.sentences[0])));
        assert!(abstract_.sentences[0].end > 0, "with {characters}");
    }
}

#[test]
fn a_sentence_that_does_not_fit_is_said_without_its_asides() {
    let text = "It rained. The World Fund for Schools (WFS) opened an office in Oslo on Monday, which had been planned for years.";
    let mut ranking = ranking(text, &[(1, 0.9), (0, 0.8)]);
    note_omissions(text, &mut ranking);
    for (characters, expected) in [
        (
            200,
            "It rained. The World Fund for Schools (WFS) opened an office in Oslo on Monday, which had been planned for years.",
        ),
        (
            100,
            "The World Fund for Schools opened an office in Oslo on Monday, which had been planned for years.",
        ),
        (
            76,
            "It rained. The World Fund for Schools opened an office in Oslo on Monday.",
        ),
        (
            70,
            "The World Fund for Schools opened an office in Oslo on Monday.",
        ),
        (50, "The World Fund for Schools (WFS) opened …"),
    ] {
        let abstract_ = compose(text, &ranking, budget(3, characters)).expect("an abstract");
        assert_eq!(abstract_.text, expected, "in {characters}");
        let pieces: String = abstract_
            .sentences
            .iter()
            .map(|&span| slice(text, span))
            .collect();
        let said = abstract_.text.trim_end_matches(OMISSION);
        assert_eq!(pieces.replace(' ', ""), said.replace(' ', ""));
    }
}

#[test]
fn no_abstract_has_more_words_than_asked_for() {
    let text = "The mayor opened the new bridge on Monday, which had been closed for years. It rained. All of them cheered.";
    let mut ranking = ranking(text, &[(0, 0.9), (1, 0.8), (2, 0.7)]);
    note_omissions(text, &mut ranking);
    for words in 2..25 {
        let budget = Budget {
            sentences: usize::MAX,
            characters: usize::MAX,
            words,
        };
        let abstract_ = compose(text, &ranking, budget).expect("an abstract");
        let said = abstract_.text.split_whitespace().count();
        assert!(said <= words, "{said} words of {words}: {}", abstract_.text);
    }
}
