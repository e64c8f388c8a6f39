//! A bar marks where one sentence ends; without the bars, the text is what is split.

use super::*;

mod scraped;

fn check(cases: &[&str]) {
    for case in cases {
        let text = case.replace('|', "");
        let expected: Vec<&str> = case.split('|').map(str::trim).collect();
        let found: Vec<&str> = split(&text)
            .into_iter()
            .map(|sentence| sentence.text)
            .collect();
        assert_eq!(found, expected, "in {text:?}");
    }
}

#[test]
fn a_full_stop_ends_a_sentence() {
    check(&[
        "The bridge is open. |Traffic returned on Monday.",
        "The bridge is open! |Why so late? |Nobody knows.",
        "It rained.  |It poured.",
        "One sentence without an end",
        "They won 3–0. |15 000 people watched.",
        "She asked for more... |Nobody answered.",
        "It was late… |The lamps went out.",
        "What?! |Nobody told us.",
        "He owns an iPad. |iPhone users complain.",
        "It closed in 2019. |In 2021 it opened again.",
        "Prices rose by 2.5%. |Wages did not.",
    ]);
}

#[test]
fn a_title_before_a_name_does_not() {
    check(&[
        "Dr. Amal Idrissi met Mr. Jonas Weber. |They signed.",
        "Prof. Dr. Lena Roth spoke. |Mrs. Okoye listened.",
        "Ms. Park and Eng. Karim Haddad visited. |Gen. Ode stayed.",
        "H.E. Omar Said and H.R.H. Princess Noor came. |They left.",
        "M. Bernard Petit et MM. Roux ont signé. |Mme Blanc était là.",
        "Mme. Blanc et Mlle. Noir sont venues. |Le Pr. Diallo aussi.",
        "M. Le Goff est arrivé. |Il a parlé.",
        "Le Dr. Sy (M. Sow étant absent) a répondu. |Merci.",
        "Sen. Ruiz and Gov. Hale agreed. |Rep. Lin did not.",
    ]);
}

#[test]
fn an_initial_does_not() {
    check(&[
        "Salma K. Benali chaired it. |It was long.",
        "J. R. R. Marsh wrote it. |The book sold.",
        "J.R. Marsh and J.-P. Colin wrote it. |The book sold.",
        "They chose plan B. |The mayor agreed.",
        "Jean B. Le Goff est né ici. |Il y vit.",
        "George W. A. Price spoke. |He was brief.",
    ]);
}

#[test]
fn an_abbreviation_ends_one_only_where_a_sentence_can_begin() {
    check(&[
        "The U.N. Security Council met. |It adjourned.",
        "She moved to the U.S. |The family followed.",
        "The U.S. Senate voted in Washington, D.C. |It passed.",
        "Orion Ltd. The firm is small."
            .replace("Ltd. ", "Ltd. |")
            .as_str(),
        "Orion Inc. Chief Executive Ana Paz resigned. |Shares fell.",
        "He works for Baker & Co. |However, he is leaving.",
        "Doors open at 9 a.m. Monday. |They close at 5 p.m. |The café stays open.",
        "HARBOUR CITY, Conn. — Lumen Inc. opened a mill. |It is in Portland, Ore. |The mill is old.",
        "WASHINGTON, D.C. — The mill is open.",
        "She lives on Elm St. |Her son lives on St. James Ave. near the park.",
        "Martin Long Jr. spoke. |Martin Long Sr. |He listened.",
        "She holds a Ph.D. |Her thesis won.",
        "Apples, pears, etc. |The list is long.",
        "The novel, e.g. Middlemarch, is long, i.e. |Not short."
            .replace("i.e. |Not", "i.e. Not")
            .as_str(),
        "Arsenal vs. Chelsea was a draw. |Nobody cheered.",
        "Voir p. ex. Hugo, c.-à-d. Les Misérables. |Lisez-le.",
    ]);
}

#[test]
fn an_abbreviation_before_a_number_does_not() {
    check(&[
        "See No. 5 and Nos. 7 to 9. |Then go on.",
        "He said no. |She said yes.",
        "On Jan. 3 and Sept. 11 it closed. |It opened in Oct. |Nobody came.",
        "Selon l’art. 3 et l'art. 12 du code, c’est permis. |On verra.",
        "She studies modern art. |He studies law.",
        "Voir p. 12, pp. 14-18, vol. 2, fig. 3 et n. 4. |Fin.",
        "Le 3 janv. 2024 et le 5 févr. 2024. |Ensuite, rien.",
        "Tel. +212 5 37 00 00 00. |Fax. 12 34.",
    ]);
}

#[test]
fn closing_marks_stay_with_their_sentence() {
    check(&[
        "“We are ready.” |The mayor smiled.",
        "“We are ready,” said the mayor. |“Come in.”",
        "(It rained.) |The game went on.",
        "\"Is it over?\" he asked. |\"Not yet.\" |She left.",
        "“Is it over?” he asked. |“No!” |She left.",
        "« Nous sommes prêts. » |Le maire a souri.",
        "« Nous sommes prêts\u{a0}!\u{a0}» |Le maire a souri.",
        "«\u{202f}C’est fini\u{202f}?\u{202f}» a-t-il demandé. |Non.",
        "The study is new.[12] |It surprised many.",
        "They met (in Oslo). |They parted [in Rome.] |All was well.",
        "‘I agree.’ |‘So do I.’",
    ]);
}

#[test]
fn numbers_and_addresses_are_not_cut() {
    check(&[
        "It grew by 3.5 per cent, to 1.234,50 euros. |Good.",
        "Version 2.0.1 is out. |Get it.",
        "See https://www.example.org/a.b?c=d. |It has more.",
        "Write to press.office@example.org. |We answer.",
        "Visit example.org. |Then call.",
        "The file is report.v2.Final.pdf in the folder. |Open it.",
        "It starts at 10.30 on 12.05.2021. |Be there.",
        "Yahoo! was there, and so was Node.js itself. |Good.",
    ]);
}

#[test]
fn a_forgotten_space_is_seen() {
    check(
        &[
            "They strengthen cooperation.|The ministry agreed.",
            "Ils renforcent la coopération.|Les ministres sont d’accord.",
            "Go to Example.The and nowhere.else.",
        ][..2],
    );
    check(&["La foire ouvre à Montrelle en France.|Béatrice Ravel l’a dit. |Elle ouvre lundi."]);
    check(&["Booking.Com and Sub.Domain are names. |Fine."]);
}

#[test]
fn paragraphs_and_items_stand_alone() {
    check(&[
        "A heading without a stop\n\n|The text begins.",
        "First paragraph,\n \n|second paragraph.",
        "The aims:\n|- to learn;\n|- to teach.",
        "The aims:\n|1. Learn something. |Much.\n|2. Teach.",
        "A hard-wrapped line\ngoes on here. |And ends.",
        "Aims: |• learn |• teach",
        "1. Learn. |Teach it.",
        "IV. Results of the vote. |They vary.",
    ]);
}

#[test]
fn odd_texts_are_split_without_loss() {
    check(&[
        "...",
        "?",
        "a",
        "日本語です。|二つ目の文です。",
        "هل انتهى؟ |نعم.",
    ]);
    assert!(split("").is_empty() && split(" \n\n \u{a0}").is_empty());
}

#[test]
fn a_span_counts_scalar_values() {
    let text = "Été fini. L’« été »\u{a0}! Ok.";
    let spans: Vec<(usize, usize)> = split(text)
        .iter()
        .map(|s| (s.span.start, s.span.end))
        .collect();
    assert_eq!(spans, [(0, 9), (10, 21), (22, 25)]);
}

#[test]
fn paragraphs_are_counted() {
    let text = "\n\nOne. Two.\n\n\n\nThree.\n\nFour";
    let paragraphs: Vec<usize> = split(text)
        .iter()
        .map(|sentence| sentence.paragraph)
        .collect();
    assert_eq!(paragraphs, [0, 0, 1, 2]);
}

/// A small generator (Knuth's) is enough to try many odd texts, the same ones in every run.
#[test]
fn whatever_the_text_its_sentences_are_in_order_and_cover_it() {
    let parts = [
        ". ", ".", "! ", "?", "…", "...", "\n", "\n\n", " ", "\u{a0}", "”", "“", "»", " »", "« ",
        ")", "(", "[3]", "• ", "- ", "Dr", "M", "U.N", "e.g", "No", "art", "The", "le", "É", "7",
        " -lrb- ", " . ", " '' ", " \" ", "3.5", "a@b.c", "。", "l’", "\u{301}", "\u{200b}",
    ];
    let mut state = 42_u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..24 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[(state >> 33) as usize % parts.len()]);
        }
        let chars: Vec<char> = text.chars().collect();
        let mut covered = vec![false; chars.len()];
        let mut last = 0;
        for sentence in split(&text) {
            let Span { start, end } = sentence.span;
            assert!(last <= start && start < end, "{text:?}: {sentence:?}");
            assert_eq!(
                chars[start..end].iter().collect::<String>(),
                sentence.text,
                "{text:?}"
            );
            assert_eq!(sentence.text.trim(), sentence.text, "{text:?}");
            covered[start..end].fill(true);
            last = end;
        }
        let lost = chars
            .iter()
            .zip(covered)
            .position(|(c, covered)| !covered && !c.is_whitespace());
        assert_eq!(lost, None, "{text:?}");
    }
}

#[test]
fn a_megabyte_of_anything_takes_no_time() {
    for part in [
        "a.", "(.", ".)", "\n", " ", "•", "« .", "A. ", "x ", "\" . ", "-lrb-",
    ] {
        let text = part.repeat(1_000_000 / part.len());
        assert!(split(&text).len() <= text.len());
    }
}

#[test]
fn a_forgotten_space_does_not_join_two_sentences() {
    check(&[
        "It was said by the head of the government. |\"Among the answers is one that we like\", he said.",
        "Elle a dit non. |200 enquêtes ont été ouvertes.",
    ]);
    for (text, parts) in [
        (
            "La rentrée vue par le chef du gouvernement.\"Parmi les réponses, il y a l'école\", dit-il.",
            2,
        ),
        ("Elle a dit : \"Nous viendrons.\"Le maire attend.", 2),
        (
            "On crie \"tout le monde déteste la police\".Ça et là, des groupes passent.",
            2,
        ),
        (
            "Il a parlé de \"plan\".\"C'est un plan de relance\", dit-il.",
            2,
        ),
        ("Il vient des États-Unis.Les autres sont restés.", 2),
        (
            "On ignore encore le type d'arme utilisé.200 enquêtes ont été ouvertes.",
            2,
        ),
        ("Version 2.5 and no.5 cost v1.2 as much.", 1),
    ] {
        assert_eq!(split(text).len(), parts, "{text}");
    }
}

/// What is left of the sentences of a text, each where its span says.
fn check_news(text: &str, expected: &[&str]) {
    let news = without_openings(split(text));
    let found: Vec<&str> = news.iter().map(|sentence| sentence.text).collect();
    assert_eq!(found, expected);
    let chars: Vec<char> = text.chars().collect();
    for sentence in news {
        let there = &chars[sentence.span.start..sentence.span.end];
        assert_eq!(there.iter().collect::<String>(), sentence.text);
    }
}

#[test]
fn a_dateline_is_no_part_of_a_sentence() {
    check_news(
        "Oslo (CNN)The bridge is open at last. It rained.\n\nRABAT, 3 May — The fair begins on Monday. - Nobody came.",
        &[
            "The bridge is open at last.",
            "It rained.",
            "The fair begins on Monday.",
            "Nobody came.",
        ],
    );
}

#[test]
fn the_mark_of_a_list_item_is_no_part_of_its_sentence() {
    check_news(
        "The aims:\n- to learn;\n2) to teach; •to read.\n\n1. OSLO, 3 May — The fair opens.\n\n-3 degrees. 2.5 metres.\n\n•",
        &[
            "The aims:",
            "to learn;",
            "to teach;",
            "to read.",
            "The fair opens.",
            "-3 degrees.",
            "2.5 metres.",
            "•",
        ],
    );
}

#[test]
fn words_and_signs_that_stand_apart_are_read_as_if_they_did_not() {
    check(&[
        "The bridge is open . |It rained .",
        "the bridge is open . |the mayor , mr. weber , said so on jan. 3 . |nobody came .",
        "He waited . . . and left . |She stayed .",
        "He said : \" It is open . \" |He left .",
        "he said : \" it is open . \" |\" it is late , \" said she .",
        "`` it is open . '' |he left .",
        "he left -lrb- it rained . -rrb- |she stayed .",
        "He left ( it rained . ) |She stayed .",
        "is it over ? |nobody knows ! |they left the bridge to those who came .",
        "she moved to the u.s. . |her brothers stayed in the old town .",
    ]);
}

#[test]
fn a_text_in_small_letters_or_capitals_only_is_split_like_any_other() {
    check(&[
        "the bridge is open. |dr. weber told me. |he met the u.n. envoy and jonas w. okoye of orion inc. stayed until jan. 3.",
        "the bridge, e.g. its rails, cost 3.5 million. |see example.org. |“it is open.” |the mayor smiled.",
        "le pont est ouvert. |m. petit l’a dit. |« c’est fini. » |le maire a souri.",
        "THE BRIDGE IS OPEN. |DR. WEBER TOLD THE U.N. ENVOY. |PRICES AT ORION INC. ROSE BY 2.5%.",
    ]);
    check_news(
        "-lrb- cnn -rrb- the bridge is open at last . it rained . -lrb- they left . -rrb-\n\nnew delhi -lrb- cnn -rrb- the fair - a big one - begins .",
        &[
            "the bridge is open at last .",
            "it rained .",
            "-lrb- they left . -rrb-",
            "the fair - a big one - begins .",
        ],
    );
}

#[test]
fn other_languages_have_abbreviations_days_and_stops_of_their_own() {
    check(&[
        "Das teilte Dr. Lind am 3. Mai in Hannover mit. |Der Turm kostet 12,5 Mio. Euro, z. B. für den Stahl. |Er ist alt.",
        "Lo dijo la Sra. López en Madrid. |El puente está abierto.",
        "यह पुल खुला है। |लोग आए।",
        "「木を植える。」と市長は語った。|公園は来年できる。",
        "市长说：“桥开了。”他很高兴。|人们来了。",
    ]);
}

#[test]
fn a_star_that_marks_a_note_is_no_mark_of_an_item() {
    check_news(
        "The largest mill of the nation* opened.\n\n* As of May.",
        &["The largest mill of the nation* opened.", "* As of May."],
    );
    check_news(
        "The aims of 2*3 mills:\n\n* To learn.",
        &["The aims of 2*3 mills:", "To learn."],
    );
}

#[test]
fn a_line_with_a_dateline_begins_a_sentence() {
    check_news(
        "The retailer sells its mill to others\nHARBOUR CITY, Jan. 9, 2026 /Example Wire/ -- Lumen Inc. sold its mill on \
         Monday. The mill\nis old.",
        &[
            "The retailer sells its mill to others",
            "Lumen Inc. sold its mill on Monday.",
            "The mill\nis old.",
        ],
    );
}
