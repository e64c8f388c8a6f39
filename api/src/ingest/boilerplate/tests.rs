use super::{Effect, Heading, Reason, heading, judge};

fn reason(line: &str) -> Option<Reason> {
    judge(line, line.chars().count()).map(|verdict| verdict.reason)
}

#[test]
fn site_lines_are_met_in_both_languages_whatever_their_case_and_punctuation() {
    for (line, expected) in [
        (
            "Disclaimer: You are using Google Translate.",
            Reason::Notice,
        ),
        (
            "We use cookies to ensure you get the best experience.",
            Reason::Notice,
        ),
        (
            "Nous utilisons des cookies pour améliorer votre visite.",
            Reason::Notice,
        ),
        ("TOUT ACCEPTER", Reason::Notice),
        ("User Feedback", Reason::Form),
        (
            "Overall, how satisfied are you about the website?",
            Reason::Form,
        ),
        ("Extremely Dissatisfied Extremely Satisfied", Reason::Form),
        ("Votre avis", Reason::Form),
        ("Share this:", Reason::Share),
        ("Facebook Twitter LinkedIn WhatsApp", Reason::Share),
        ("Partager sur Facebook", Reason::Share),
        ("Subscribe to our newsletter", Reason::Newsletter),
        (
            "Inscrivez-vous à notre lettre d’information",
            Reason::Newsletter,
        ),
        ("© 2021 Somewhere. All rights reserved.", Reason::Legal),
        ("Mentions légales", Reason::Legal),
        ("Home > News > Press releases", Reason::Navigation),
        ("Accueil | Actualités | Contact", Reason::Navigation),
        ("Press Release", Reason::Navigation),
        ("Communiqué de presse", Reason::Navigation),
        ("Read more", Reason::Navigation),
        ("Lire la suite »", Reason::Navigation),
        ("Page 1 of 3", Reason::Pagination),
        ("Précédent Suivant", Reason::Pagination),
        ("Tags: education, culture", Reason::Tags),
        ("#Education #Culture", Reason::Tags),
        ("Photo: Jane Doe", Reason::Byline),
        ("Latest articles", Reason::AfterEnd),
        ("Derniers articles", Reason::AfterEnd),
        ("Lire aussi : Une autre conférence s’ouvre", Reason::Related),
        ("Contact presse :", Reason::Contact),
        ("press@example.org +212 537 00 00 00", Reason::Contact),
        ("* * *", Reason::Separator),
        ("-30-", Reason::Separator),
        ("- ENDS -", Reason::Separator),
    ] {
        assert_eq!(reason(line), Some(expected), "{line}");
    }
}

#[test]
fn lines_of_articles_are_left_alone() {
    for line in [
        "Photo Exhibition Opens in Rabat",
        "Share of women in research rises to 41 percent",
        "New Newsletter for Teachers Launched in Three Countries",
        "Cookies and Cakes: The Bakers' Federation Publishes Its Report",
        "Home Ownership Rises for the Third Year",
        "Related to the agreement, both parties set up a joint committee.",
        "Source of the Nile: Ministers Agree on Joint Monitoring",
        "15 March 2021",
        "15/03/2021",
        "2021-03-15",
        "Director-General Receives Ambassador of Brazil",
        "Next Generation of Teachers Trained in Fez",
        "Media Literacy Programme Reaches 2,000 Schools",
        "Contact tracing application used by two million people",
        "Search and Rescue Teams Complete Exercise",
        "Presse et démocratie : un colloque à Dakar",
    ] {
        assert_eq!(reason(line), None, "{line}");
    }
}

#[test]
fn lines_say_what_they_do_to_those_below() {
    let effect = |line: &str| judge(line, line.chars().count()).map(|verdict| verdict.effect);
    assert_eq!(effect("You may also like"), Some(Effect::End));
    assert_eq!(effect("À lire aussi"), Some(Effect::Aside));
    assert_eq!(effect("Media contacts"), Some(Effect::Contact));
    assert_eq!(effect("Share"), Some(Effect::Line));
}

#[test]
fn headings_inside_an_article_are_known() {
    for (line, expected) in [
        ("Key figures", Some(Heading::Inner)),
        ("CHIFFRES CLÉS :", Some(Heading::Inner)),
        ("About Example", Some(Heading::Tail)),
        ("À propos de l’Exemple", Some(Heading::Tail)),
        ("Notes to Editors", Some(Heading::Tail)),
        ("Minister Opens Conference on Water", None),
        ("About 2,000 Schools Take Part in Programme", None),
        ("How to Apply for the New Grants", None),
    ] {
        assert_eq!(heading(line), expected, "{line}");
    }
}
