use super::*;

fn told(title: &str, body: &str) -> Vec<String> {
    let mut told: Vec<String> = Names::of(title, body).told.into_iter().collect();
    told.sort_unstable();
    told
}

#[test]
fn names_are_told_from_words_that_begin_a_sentence() {
    for (body, names) in [
        // A capital at the beginning of a sentence says nothing, in its midst it does.
        (
            "Water rose in Brennhold. Sandbags came from Dorrel.",
            &["brenn", "dorre"][..],
        ),
        (
            "“Nobody slept,” said Karim Soltane: Everybody helped.",
            &["karim", "solta"],
        ),
        ("One\nTwo\n• Three", &[]),
        // What is also written small is no name.
        (
            "The new Director met the old director in Rabat.",
            &["rabat"],
        ),
        // Acronyms and numbers stand anywhere, and a number is the same however it is written.
        (
            "IALR moved 11,000 people. FIFA moved 11\u{a0}000 more, 4.8 km away.",
            &["11000", "48", "fifa", "ialr"],
        ),
        (
            "Il a vu 11\u{202f}000 personnes à Évian.",
            &["11000", "evian"],
        ),
    ] {
        let expected: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(told("", body), expected, "{body}");
    }
}

#[test]
fn only_the_beginning_of_a_body_tells_names_but_all_of_it_knows_them() {
    let body = format!(
        "We met in Rabat. {}We left for Dorrel.",
        "It was long. ".repeat(80)
    );
    assert_eq!(told("", &body), ["rabat"]);
    let other = Names::of("Talks in Dorrel", "They talked in Dorrel with Ada.");
    assert!(!Names::of("Talks in Rabat", &body).part(&other));
}

#[test]
fn titles_part_where_each_names_what_the_other_text_does_not_know() {
    let article = |title: &str, body: &str| Names::of(title, body);
    let keldra = article(
        "Secretary Receives Ambassador of Keldra",
        "The secretary received the ambassador of Keldra in Port-Aurel.",
    );
    let marvos = article(
        "Secretary Receives Marvosian Ambassador",
        "The secretary received the ambassador of Marvos, a Marvosian, in Port-Aurel.",
    );
    let speech = article(
        "Secretary Speaks on Rivers",
        "The ambassador of Keldra heard the secretary speak of the Ketta.",
    );
    assert!(keldra.part(&marvos) && marvos.part(&keldra));
    // One of the two says more than the other: that is no contradiction.
    assert!(!keldra.part(&speech) && !speech.part(&keldra));
    assert!(!keldra.part(&keldra));
    let round = |number: &str| article(&format!("Results of Round {number}"), "The round is over.");
    assert!(round("3").part(&round("4")));
}

#[test]
fn the_share_of_names_is_of_the_text_that_has_fewer() {
    let body = |names: &[&str]| format!("They saw {} there.", names.join(" and "));
    let many = [
        "Aa1", "Bb1", "Cc1", "Dd1", "Ee1", "Ff1", "Gg1", "Hh1", "Ii1", "Jj1", "Kk1", "Ll1",
    ];
    let (all, half) = (
        Names::of("", &body(&many)),
        Names::of("", &body(&many[..6])),
    );
    assert_eq!(all.shared(&all), (12, 1.0));
    // Few names count as ten.
    assert_eq!(all.shared(&half), (6, 0.6));
    assert_eq!(half.shared(&all), (6, 0.6));
    assert_eq!(Names::default().shared(&all), (0, 0.0));
}
