use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Source, Verdict};

mod counted;
mod said;

/// Whether the guard lets a sentence about a text through, without vectors.
fn passes(language: &str, text: &str, output: &str) -> bool {
    let source = Source::read("", text, language, None);
    let verdict = source.judge(output, |_| None);
    if let Verdict::Refused(refusal) = &verdict {
        println!("{output}: {refusal}");
    }
    matches!(verdict, Verdict::Licensed { .. })
}

#[derive(Deserialize)]
struct Pairs {
    release: Vec<Release>,
}

#[derive(Deserialize)]
struct Release {
    language: String,
    published: NaiveDate,
    body: String,
    claims: Vec<Claim>,
}

#[derive(Deserialize)]
struct Claim {
    kind: String,
    text: String,
}

/// How often the guard was right.
#[derive(Default)]
struct Tally {
    refused: usize,
    rightly: usize,
    wrong: usize,
    honest: usize,
    passed: usize,
    missed: BTreeMap<String, Vec<String>>,
}

impl Tally {
    fn of(pairs: &str) -> Self {
        let pairs: Pairs = toml::from_str(pairs).expect("the file of pairs is written by us");
        let mut tally = Self::default();
        for release in &pairs.release {
            let source = Source::read(
                "",
                release.body.trim(),
                &release.language,
                Some(release.published),
            );
            for claim in &release.claims {
                tally.count(claim, source.judge(&claim.text, |_| None));
            }
        }
        tally
    }

    fn count(&mut self, claim: &Claim, verdict: Verdict) {
        let honest = claim.kind == "honest";
        let refused = matches!(verdict, Verdict::Refused(_));
        self.honest += usize::from(honest);
        self.wrong += usize::from(!honest);
        self.refused += usize::from(refused);
        self.rightly += usize::from(refused && !honest);
        self.passed += usize::from(!refused && honest);
        if refused == honest {
            let why = match verdict {
                Verdict::Refused(refusal) => refusal.to_string(),
                Verdict::Licensed { .. } => claim.text.clone(),
            };
            self.missed.entry(claim.kind.clone()).or_default().push(why);
        }
    }

    fn precision(&self) -> f64 {
        self.rightly as f64 / self.refused.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.rightly as f64 / self.wrong.max(1) as f64
    }

    fn print(&self, name: &str) {
        println!(
            "{name}: {} honest, {} passed; {} wrong, {} refused; precision {:.3}, recall {:.3}",
            self.honest,
            self.passed,
            self.wrong,
            self.rightly,
            self.precision(),
            self.recall()
        );
        for (kind, cases) in &self.missed {
            for case in cases {
                println!("    {kind}: {case}");
            }
        }
    }
}

#[test]
fn wrong_sentences_are_refused_and_honest_ones_pass() {
    let tally = Tally::of(include_str!("tests/pairs.toml"));
    tally.print("pairs");
    assert!(tally.honest + tally.wrong >= 60);
    assert!(tally.recall() >= 0.97, "recall {:.3}", tally.recall());
    assert!(
        tally.precision() >= 0.97,
        "precision {:.3}",
        tally.precision()
    );
}

#[test]
fn sentences_held_aside_are_judged_nearly_as_well() {
    let tally = Tally::of(include_str!("tests/aside.toml"));
    tally.print("aside");
    assert!(tally.recall() >= 0.95, "recall {:.3}", tally.recall());
    assert!(
        tally.precision() >= 0.95,
        "precision {:.3}",
        tally.precision()
    );
}

#[test]
fn one_number_date_or_amount_has_many_forms() {
    let table = [
        (
            "en",
            "The fund paid 1,000 grants.",
            "The fund paid 1000 grants.",
            true,
        ),
        (
            "en",
            "The fund paid 1,000 grants.",
            "The fund paid 1 000 grants.",
            true,
        ),
        (
            "en",
            "The fund paid 1.5 million grants.",
            "The fund paid 1,500,000 grants.",
            true,
        ),
        (
            "en",
            "The fund paid 1.000 grants.",
            "The fund paid 1,000 grants.",
            false,
        ),
        (
            "fr",
            "Le fonds a versé 1 000 aides.",
            "Le fonds a versé 1.000 aides.",
            true,
        ),
        (
            "fr",
            "Le fonds a versé 1 000 aides.",
            "Le fonds a versé mille aides.",
            true,
        ),
        (
            "fr",
            "Le fonds a versé 1 200 aides.",
            "Le fonds a versé mille deux cents aides.",
            true,
        ),
        (
            "fr",
            "Le fonds a versé 1,5 million d'aides.",
            "Le fonds a versé 1 500 000 aides.",
            true,
        ),
        (
            "en",
            "The fund paid twenty-five grants.",
            "The fund paid 25 grants.",
            true,
        ),
        (
            "en",
            "The fund paid twenty-five grants.",
            "The fund paid 20 grants.",
            false,
        ),
        (
            "fr",
            "Le fonds a versé quatre-vingt-dix-sept aides.",
            "Le fonds a versé 97 aides.",
            true,
        ),
        (
            "fr",
            "Le fonds a versé soixante et onze aides.",
            "Le fonds a versé 71 aides.",
            true,
        ),
        (
            "en",
            "The fund paid $2.1bn in grants.",
            "The fund paid 2.1 billion dollars in grants.",
            true,
        ),
        (
            "en",
            "The fund paid $2.1bn in grants.",
            "The fund paid €2.1bn in grants.",
            false,
        ),
        (
            "fr",
            "Le fonds a versé 2,5 M€ d'aides.",
            "Le fonds a versé 2,5 millions d'euros d'aides.",
            true,
        ),
        (
            "en",
            "The fund paid 40 percent of the grants.",
            "The fund paid 40% of the grants.",
            true,
        ),
        (
            "en",
            "The fund paid 40 percent of the grants.",
            "The fund paid 40 of the grants.",
            false,
        ),
        (
            "en",
            "The fund opened its 3rd office.",
            "The fund opened its third office.",
            true,
        ),
        (
            "en",
            "The fund opened on 12 March 2026.",
            "The fund opened on March 12, 2026.",
            true,
        ),
        (
            "en",
            "The fund opened on 12 March 2026.",
            "The fund opened on 2026-03-12.",
            true,
        ),
        (
            "en",
            "The fund opened on 12 March 2026.",
            "The fund opened in March 2026.",
            true,
        ),
        (
            "en",
            "The fund opened on 12 March 2026.",
            "The fund opened on Thursday.",
            true,
        ),
        (
            "en",
            "The fund opened on 12 March 2026.",
            "The fund opened on Friday.",
            false,
        ),
        (
            "fr",
            "Le fonds ouvre le 1er mars 2026.",
            "Le fonds ouvre le 1 mars.",
            true,
        ),
        (
            "fr",
            "Le fonds ouvre le 1er mars 2026.",
            "Le fonds ouvre hier.",
            false,
        ),
    ];
    for (language, text, output, licensed) in table {
        // What is compared is the fact: a sentence of a few words would be too little for an abstract.
        let padded =
            |text: &str| format!("{} as the whole town knows.", text.trim_end_matches('.'));
        let source = Source::read("", &padded(text), language, None);
        let passes = matches!(
            source.judge(&padded(output), |_| None),
            Verdict::Licensed { .. }
        );
        assert_eq!(passes, licensed, "{language}: {output} of {text}");
    }
}

#[test]
fn too_little_left_is_refused_with_the_reason() {
    let source = Source::read(
        "",
        "The mill closed on Monday after ninety years of work.",
        "en",
        None,
    );
    let Verdict::Refused(refusal) =
        source.judge("The mill closed on Friday. Nobody was told.", |_| None)
    else {
        panic!("it says what the text does not");
    };
    let reason = refusal.to_string();
    assert!(
        reason
            .starts_with("2 of 2 sentences cannot stand: the text does not have the date “Friday”"),
        "{reason}"
    );
    let empty = source.judge("", |_| None);
    assert!(
        matches!(empty, Verdict::Refused(refusal) if refusal.to_string() == "the model wrote nothing")
    );
}

#[test]
fn a_sentence_that_cannot_stand_is_dropped_and_the_others_stay() {
    let body = "The mill closed on Monday after ninety years of work. Its 40 workers go to the new mill at Tarn.";
    let source = Source::read("The mill closes", body, "en", None);
    let output = "The mill closed on Monday after ninety years. Its 50 workers go to Tarn. The mill closed on Monday after ninety years.";
    let Verdict::Licensed { kept, dropped } = source.judge(output, |_| None) else {
        panic!("a sentence is left");
    };
    assert_eq!(kept.len(), 1);
    assert_eq!(
        kept[0].support,
        [crate::sentence::Span { start: 0, end: 53 }]
    );
    assert_eq!(dropped.len(), 2);
    assert_eq!(dropped[1].breach, super::Breach::Repeated);
}

#[test]
fn meaning_weighs_with_words() {
    let source = Source::read(
        "",
        "The ministry will pay for meals in every primary school.",
        "en",
        None,
    );
    let output = "In every primary school, lunch is on the state for young pupils.";
    let judged = |likeness: f64| source.judge(output, |_| Some(likeness));
    assert!(matches!(judged(0.9), Verdict::Licensed { .. }));
    assert!(matches!(judged(0.2), Verdict::Refused(_)));
}

#[test]
fn a_long_text_is_judged_in_no_time() {
    let body: String = (0..400)
        .map(|number| {
            format!(
                "Ward {number} of Tarn has {} beds, said Ada Lind on Monday. ",
                number * 7
            )
        })
        .collect();
    let began = std::time::Instant::now();
    let source = Source::read("", &body, "en", None);
    assert!(matches!(
        source.judge("Ward 12 of Tarn has 84 beds, said Ada Lind.", |_| None),
        Verdict::Licensed { .. }
    ));
    assert!(matches!(
        source.judge("Ward 12 of Tarn has 91 beds, said Ada Lind.", |_| None),
        Verdict::Refused(_)
    ));
    assert!(
        began.elapsed() < std::time::Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
}
