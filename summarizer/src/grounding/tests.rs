use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Source, Verdict};

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
