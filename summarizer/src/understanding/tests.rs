//! Whole texts with the real model, which `make setup` puts where these tests look.

use std::sync::Arc;

use super::*;
use crate::config::default_model_folder;

mod odd;

async fn summarizer() -> Summarizer {
    let folder = ModelFolder::open(&default_model_folder()).expect("the encoder of `make setup`");
    let vocabulary = Vocabulary::built_in().expect("the built-in vocabulary");
    Summarizer::load(&folder, &vocabulary, Options::default()).expect("a summarizer")
}

const SCHOOLS: Text<'static> = Text {
    title: "Foundation Opens Twelve Village Schools",
    body: "HARBOUR CITY, 3 May —\n\nThe Lumen Foundation opened twelve primary schools in mountain villages on Friday, \
        where children had to walk two hours to their lessons. Teachers were trained for a year, said Dr. Ada M. Lind, \
        its director.\n\n“Every pupil now has a book and a desk,” she said. The ministry of education pays the teachers’ \
        salaries. The schools will take 900 pupils in September.\n\nFor more information, write to press@lumen.example.",
    language: "en",
};

const VACCINE: Text<'static> = Text {
    title: "Campagne de vaccination contre la rougeole",
    body: "La fondation Lumen a lancé lundi une campagne de vaccination contre la rougeole dans trois provinces. Des \
        infirmières vaccineront 40 000 enfants dans les centres de santé. M. Karim Sy, médecin, a rappelé que la maladie \
        est très contagieuse.\n\nPour en savoir plus, consultez notre site.",
    language: "fr",
};

fn slice(text: &str, span: Span) -> String {
    text.chars()
        .skip(span.start)
        .take(span.end - span.start)
        .collect()
}

#[tokio::test]
async fn a_press_release_is_understood() {
    let summarizer = summarizer().await;
    for (text, topic) in [(SCHOOLS, "medtop:05000000"), (VACCINE, "medtop:07000000")] {
        let found = summarizer.summarize(text).await.expect("an understanding");
        let abstract_ = found.abstract_.expect("an abstract");
        assert!(
            (1..=9).contains(&abstract_.sentences.len()) && abstract_.text.chars().count() <= 400
        );
        let quoted: Vec<String> = abstract_
            .sentences
            .iter()
            .map(|&span| slice(text.body, span))
            .collect();
        // Where something is left out of a sentence, its stretches may meet without a space.
        assert_eq!(
            quoted.concat().replace(' ', ""),
            abstract_.text.replace(' ', "")
        );
        for unfit in ["HARBOUR CITY", "press@", "Pour en savoir plus"] {
            assert!(!abstract_.text.contains(unfit), "{}", abstract_.text);
        }
        assert_eq!(found.labels[0].topic, topic, "{:?}", found.labels);
        let evidence = slice(text.body, found.labels[0].evidence.expect("evidence"));
        assert!(
            text.body.contains(&evidence) && evidence.ends_with('.'),
            "{evidence}"
        );
    }
}

#[tokio::test]
async fn a_text_alone_and_among_others_is_understood_the_same() {
    let summarizer = Arc::new(summarizer().await);
    let alone = summarizer
        .summarize(SCHOOLS)
        .await
        .expect("an understanding");
    let mut others = Vec::new();
    for index in 0..24 {
        let summarizer = Arc::clone(&summarizer);
        let text = if index % 3 == 0 { SCHOOLS } else { VACCINE };
        others.push(tokio::spawn(async move {
            (
                index,
                summarizer.summarize(text).await.expect("an understanding"),
            )
        }));
    }
    for other in others {
        let (index, among) = other.await.expect("no panic");
        if index % 3 == 0 {
            assert_eq!(among, alone);
        }
    }
}

#[tokio::test]
async fn odd_texts_are_understood_too() {
    let summarizer = summarizer().await;
    let understand = async |title, body, language| {
        let text = Text {
            title,
            body,
            language,
        };
        summarizer.summarize(text).await.expect("an understanding")
    };
    let nothing = understand("Title", " \n\n ", "en").await;
    assert_eq!(
        (nothing.abstract_, nothing.embedding, nothing.labels),
        (None, None, vec![])
    );
    for body in [
        "x",
        "…",
        "www.example.org",
        "By Jane Doe",
        "日本語です。",
        "\u{200b}",
    ] {
        let found = understand("", body, "und").await;
        assert_eq!(found.abstract_.expect("an abstract").text, body);
    }
    let long = "word ".repeat(200_000);
    let found = understand("", &long, "en")
        .await
        .abstract_
        .expect("an abstract");
    assert!(found.text.ends_with("word …") && found.text.chars().count() <= 400);
}

/// Articles of the shared pages, cut out by the first and last words that their description gives: title, body, language.
fn shared_articles() -> Option<Vec<(String, String, String)>> {
    let seeds = ::tests::shared::seeds()?;
    let read = |name: &str| std::fs::read_to_string(seeds.join(name)).expect("a readable page");
    let expected: serde_json::Value = serde_json::from_str(&read("expected.json")).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let mut articles = Vec::new();
    for page in expected.as_array().expect("pages") {
        let content = read(&text(&page["page"]));
        let mut rest = content.as_str();
        for article in page["articles"].as_array().expect("articles") {
            let (first, last) = (text(&article["first"]), text(&article["last"]));
            let start = rest.find(&first).expect("the first words");
            let end = start + rest[start..].find(&last).expect("the last words") + last.len();
            let lines: Vec<&str> = rest[start..end]
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .collect();
            articles.push((
                text(&article["title"]),
                lines.join("\n\n"),
                text(&page["language"]),
            ));
            rest = &rest[end..];
        }
    }
    Some(articles)
}

#[tokio::test]
async fn the_shared_articles_get_abstracts_and_nearly_all_of_them_labels() {
    let Some(articles) = shared_articles() else {
        return;
    };
    let summarizer = summarizer().await;
    let mut labelled = 0;
    for (title, body, language) in &articles {
        let text = Text {
            title,
            body,
            language,
        };
        let found = summarizer.summarize(text).await.expect("an understanding");
        let abstract_ = found.abstract_.expect("an abstract");
        println!("\n{title}\n  {}", abstract_.text);
        for label in &found.labels {
            println!(
                "  {} {} {}",
                label.topic,
                label.score,
                slice(body, label.evidence.expect("evidence"))
            );
        }
        for span in abstract_.sentences {
            assert!(body.contains(&slice(body, span)));
        }
        labelled += usize::from(!found.labels.is_empty());
    }
    assert!(
        articles.len() == 15 && labelled >= 13,
        "{labelled} of {} have labels",
        articles.len()
    );
}
