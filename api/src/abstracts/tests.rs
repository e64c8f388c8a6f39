use proptest::prelude::*;

use super::*;

const BODY: &str = "Été came. The lock opens on Monday, after ten years. Boats pass.\n\nThe mayor spoke: « Enfin ! » All cheered.";

/// The sentences of [`BODY`], the most telling first.
fn ranking() -> Vec<Ranked> {
    let of = |sentence: &str, score| {
        let at = BODY.find(sentence).expect("a sentence of the body");
        let start = BODY[..at].chars().count();
        Ranked {
            start,
            end: start + sentence.chars().count(),
            score,
            omissible: Vec::new(),
            passing: 0,
            leans_on: None,
        }
    };
    vec![
        of("The lock opens on Monday, after ten years.", 0.9),
        of("Boats pass.", 0.5),
        of("The mayor spoke: « Enfin ! »", 0.4),
        of("Été came.", 0.1),
        of("All cheered.", -1.0),
    ]
}

#[test]
fn sentences_come_in_the_order_of_the_text_as_far_as_they_fit() {
    for (most, style, expected) in [
        (
            42,
            Style::Paragraph,
            "The lock opens on Monday, after ten years.",
        ),
        (
            51,
            Style::Paragraph,
            "The lock opens on Monday, after ten years.",
        ),
        (
            52,
            Style::Paragraph,
            "Été came. The lock opens on Monday, after ten years.",
        ),
        (
            54,
            Style::Paragraph,
            "The lock opens on Monday, after ten years. Boats pass.",
        ),
        // What does not fit is passed over for what does.
        (
            65,
            Style::Paragraph,
            "Été came. The lock opens on Monday, after ten years. Boats pass.",
        ),
        (
            4_000,
            Style::Paragraph,
            "Été came. The lock opens on Monday, after ten years. Boats pass. The mayor spoke: « Enfin ! »",
        ),
        (
            55,
            Style::Bullets,
            "• The lock opens on Monday, after ten years.",
        ),
        (
            58,
            Style::Bullets,
            "• The lock opens on Monday, after ten years.\n• Boats pass.",
        ),
    ] {
        let cut = of_ranking(BODY, &ranking(), most, style).expect("a ranking");
        assert_eq!(cut.text, expected, "{most}");
    }
}

#[test]
fn a_sentence_too_long_is_cut_after_a_word() {
    for (most, style, expected) in [
        (
            41,
            Style::Paragraph,
            "The lock opens on Monday, after ten …",
        ),
        (30, Style::Paragraph, "The lock opens on Monday …"),
        (26, Style::Paragraph, "The lock opens on Monday …"),
        (25, Style::Paragraph, "The lock opens …"),
        (27, Style::Bullets, "• The lock opens …"),
        (1, Style::Paragraph, "T …"),
    ] {
        let cut = of_ranking(BODY, &ranking(), most, style).expect("a ranking");
        assert_eq!(cut.text, expected, "{most}");
        let (start, end) = cut.sentences[0];
        let quoted: String = BODY.chars().skip(start).take(end - start).collect();
        assert!(cut.text.contains(&format!("{quoted} …")), "{quoted}");
    }
}

#[test]
fn what_a_sentence_can_do_without_is_left_out_where_it_helps() {
    let mut ranking = ranking();
    // ", after ten years" of the first sentence.
    let comma = BODY[..BODY.find(", after").expect("a comma")]
        .chars()
        .count();
    ranking[0].omissible = vec![(comma, comma + ", after ten years".len())];
    for (most, expected) in [
        (42, "The lock opens on Monday, after ten years."),
        (41, "The lock opens on Monday. Boats pass."),
        (25, "The lock opens on Monday."),
        (24, "The lock opens …"),
    ] {
        let cut = of_ranking(BODY, &ranking, most, Style::Paragraph).expect("a ranking");
        assert_eq!(cut.text, expected, "{most}");
        let pieces = slices(BODY, &cut.sentences).concat();
        let said = cut.text.trim_end_matches(ending::OMISSION);
        assert_eq!(pieces.replace(' ', ""), said.replace(' ', ""));
    }
}

#[test]
fn a_list_item_is_said_without_its_own_mark() {
    for mark in ["• ", "- ", "* ", "– ", "1) ", "▪"] {
        let items = ["fish stranded in the lock;", "boats kept waiting."];
        let body = format!(
            "It came after hours of debate.\n{mark}{}\n{mark}{}",
            items[0], items[1]
        );
        let mut at = 0;
        let ranking: Vec<Ranked> = body
            .lines()
            .map(|line| {
                let start = at;
                at += line.chars().count() + 1;
                Ranked {
                    start,
                    end: at - 1,
                    score: 0.5,
                    omissible: Vec::new(),
                    passing: 0,
                    leans_on: None,
                }
            })
            .collect();
        for (style, most, expected) in [
            (
                Style::Bullets,
                900,
                "• It came after hours of debate.\n• fish stranded in the lock;\n• boats kept waiting.",
            ),
            (
                Style::Paragraph,
                900,
                "It came after hours of debate. fish stranded in the lock; boats kept waiting.",
            ),
            // Exactly as long, by the characters that are said.
            (
                Style::Paragraph,
                77,
                "It came after hours of debate. fish stranded in the lock; boats kept waiting.",
            ),
            (
                Style::Paragraph,
                76,
                "It came after hours of debate. fish stranded in the lock;",
            ),
        ] {
            let cut = of_ranking(&body, &ranking, most, style).expect("a ranking");
            assert_eq!(cut.text, expected, "{mark:?}");
            for quoted in slices(&body, &cut.sentences) {
                assert!(
                    expected.contains(&quoted) && !quoted.starts_with(mark),
                    "{quoted}"
                );
            }
        }
        // The best sentence is one of the list, and has to be cut.
        let cut = of_ranking(&body, &ranking[1..], 15, Style::Paragraph).expect("a ranking");
        assert_eq!(cut.text, "fish stranded …");
        assert_eq!(slices(&body, &cut.sentences), ["fish stranded"]);
        let written = of_text(&body, 900, Style::Bullets);
        assert_eq!(written.matches('•').count(), 3, "{written}");
    }
}

#[test]
fn without_a_ranking_there_is_no_abstract() {
    assert_eq!(of_ranking(BODY, &[], 400, Style::Paragraph), None);
}

#[test]
fn what_somebody_wrote_is_cut_after_a_sentence() {
    let text = "It works, at 3.5 knots. “Does it?” Yes (it does.) Nobody asked";
    for (most, style, expected) in [
        (100, Style::Paragraph, text),
        (
            61,
            Style::Paragraph,
            "It works, at 3.5 knots. “Does it?” Yes (it does.)",
        ),
        (40, Style::Paragraph, "It works, at 3.5 knots. “Does it?”"),
        (30, Style::Paragraph, "It works, at 3.5 knots."),
        (20, Style::Paragraph, "It works, at 3.5 …"),
        (
            100,
            Style::Bullets,
            "• It works, at 3.5 knots.\n• “Does it?”\n• Yes (it does.)\n• Nobody asked",
        ),
    ] {
        assert_eq!(of_text(text, most, style), expected, "{most}");
    }
    assert_eq!(of_text("", 40, Style::Bullets), "");
}

proptest! {
    #[test]
    fn an_abstract_is_never_longer_than_asked_and_says_only_what_the_text_says(
        sentences in prop::collection::vec("[a-zé🎉 ,]{1,60}[.!?]", 1..12),
        most in 3_usize..200,
        bullets: bool,
        shift in 0_usize..12,
    ) {
        let style = if bullets { Style::Bullets } else { Style::Paragraph };
        let body = sentences.join(" ");
        let mut at = 0;
        let mut ranking: Vec<Ranked> = sentences
            .iter()
            .map(|sentence| {
                let start = at;
                let end = start + sentence.chars().count();
                at = end + 1;
                Ranked { start, end, score: 0.5, omissible: Vec::new(), passing: 0, leans_on: None, }
            })
            .collect();
        ranking.rotate_left(shift % sentences.len());
        let cut = of_ranking(&body, &ranking, most.max(5), style).expect("a ranking");
        prop_assert!(cut.text.chars().count() <= most.max(5), "{:?}", cut.text);
        prop_assert!(cut.sentences.is_sorted());
        for &(start, end) in &cut.sentences {
            let quoted: String = body.chars().skip(start).take(end - start).collect();
            prop_assert!(cut.text.contains(&quoted), "{quoted:?} in {:?}", cut.text);
        }
        let written = of_text(&body, most.max(5), style);
        prop_assert!(written.chars().count() <= most.max(5), "{written:?}");
    }
}
