//! Articles of odd shapes: whatever comes, the abstract is sensible.

use super::*;

/// What an abstract of the article says, and must not say.
struct Case {
    title: &'static str,
    body: String,
    language: &'static str,
    says: &'static [&'static str],
    not: &'static [&'static str],
}

fn case(
    title: &'static str,
    body: impl Into<String>,
    language: &'static str,
    says: &'static [&'static str],
    not: &'static [&'static str],
) -> Case {
    Case {
        title,
        body: body.into(),
        language,
        says,
        not,
    }
}

fn cases() -> Vec<Case> {
    let diary: Vec<String> = (1..=299)
        .map(|day| {
            format!(
                "On day {day} of the voyage the crew of the Lumen counted {} whales.",
                day % 7
            )
        })
        .collect();
    vec![
        case(
            "A bridge",
            "The bridge over the Sarne was opened by the mayor on Monday.",
            "en",
            &["The bridge over the Sarne was opened by the mayor on Monday."],
            &[],
        ),
        case(
            "The Lumen sails round the world",
            format!(
                "The Lumen has sailed round the world in 299 days, its owners said on Friday. {}",
                diary.join(" ")
            ),
            "en",
            &["round the world"],
            &[],
        ),
        case(
            "Programme of the fair",
            "- Opening by the mayor of Port-Aurel\n- Lecture on the lakes of the north\n- Concert of the school choir\n- Fireworks over the harbour",
            "en",
            &["Opening by the mayor of Port-Aurel"],
            &["- "],
        ),
        case(
            "What they say",
            "“We shall plant ten thousand trees along the river,” said the mayor. “Our children will walk in their shade,” \
             said the head of the school. “Nobody asked the farmers,” said a farmer.",
            "en",
            &["“", "”"],
            &[],
        ),
        case(
            "Une école pour Port-Aurel",
            "Port-Aurel, le 3 mai - La fondation Lumen a ouvert une école à Port-Aurel, où les enfants devaient marcher deux \
             heures. Elle accueillera 200 élèves dès septembre. Le ministère paiera les enseignants.\n\n\
             Contact presse : Marie Blanc, 01 23 45 67 89.\n\nFor more information, visit our website.",
            "fr",
            &["La fondation Lumen a ouvert une école"],
            &["le 3 mai", "Contact", "information", "website"],
        ),
        case(
            "Twelve schools",
            "By Jane Doe, Staff Writer\n\nHARBOUR CITY, Jan. 7, 2026 /Example Wire/ -- The Lumen Foundation opened twelve \
             schools in mountain villages. Teachers were trained for a year.\n\nMedia contact: press@lumen.example",
            "en",
            &["The Lumen Foundation opened twelve schools in mountain villages."],
            &["Jane Doe", "HARBOUR CITY", "Wire", "press@"],
        ),
    ]
}

#[tokio::test]
async fn articles_of_odd_shapes_get_sensible_abstracts() {
    let summarizer = summarizer().await;
    for case in cases() {
        let text = Text {
            title: case.title,
            body: &case.body,
            language: case.language,
        };
        let found = summarizer.summarize(text).await.expect("an understanding");
        for characters in [120, 280, 400, 800] {
            let budget = Budget {
                sentences: usize::MAX,
                characters,
                words: usize::MAX,
            };
            let abstract_ =
                abstracts::compose(&case.body, &found.ranking, budget).expect("an abstract");
            assert!(
                abstract_.text.chars().count() <= characters,
                "{}",
                abstract_.text
            );
            for part in case.not {
                assert!(
                    !abstract_.text.contains(part),
                    "{part:?} in {:?}",
                    abstract_.text
                );
            }
        }
        let abstract_ = found.abstract_.expect("an abstract");
        for part in case.says {
            assert!(
                abstract_.text.contains(part),
                "{part:?} not in {:?}",
                abstract_.text
            );
        }
        // Quotations are whole.
        let (open, close) = (
            abstract_.text.matches('“').count(),
            abstract_.text.matches('”').count(),
        );
        assert_eq!(open, close, "{}", abstract_.text);
    }
}
