//! How fast pages are read, on one core: decoding, boilerplate, joining, titles, dates and languages, with nothing stored.
//!
//! The pages are made here: no two alike, fictional, as messy as scraped ones. Throughput is in bytes of page; the name of each
//! benchmark says what kind of pages it reads.

use std::hint::black_box;

use api::ingest::{Page, Repeats, read};
use chrono::NaiveDate;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// A small generator of numbers (Knuth's MMIX constants): the same pages on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }
}

/// The words of one language.
struct Tongue {
    names: &'static [&'static str],
    verbs: &'static [&'static str],
    things: &'static [&'static str],
    joints: &'static [&'static str],
    dates: &'static [&'static str],
    site: &'static [&'static str],
    end: &'static str,
}

const ENGLISH: Tongue = Tongue {
    names: &[
        "the Agency for Lakes and Rivers (ALR)",
        "Dr. Ilse Varenkamp",
        "the Ministry of Water",
        "the Union of Boatmen",
        "Prof. Leopold Ansquer",
        "the University of Port-Aurel",
    ],
    verbs: &[
        "signed",
        "presented",
        "welcomed",
        "opened",
        "reviewed",
        "agreed on",
        "stressed",
        "announced",
    ],
    things: &[
        "a joint report on the state of the river",
        "the second season of the floating laboratory",
        "new rules for locks and harbours",
        "training for two hundred teachers",
        "the plan for the lower valley",
        "a fund of 4.5 million crowns",
    ],
    joints: &[
        "in the presence of",
        "together with",
        "on behalf of",
        "at the request of",
        "after a meeting with",
    ],
    dates: &[
        "12 March 2024",
        "Port-Aurel, March 12, 2024",
        "Published on 2024-03-12",
    ],
    site: &[
        "Home > News > Press releases",
        "We use cookies to improve your experience on our website.",
        "Share this page",
        "Search",
        "Facebook Twitter LinkedIn",
        "your opinion",
        "Subscribe to our newsletter",
    ],
    end: "Latest articles",
};

const FRENCH: Tongue = Tongue {
    names: &[
        "l’Agence des lacs et des rivières (ALR)",
        "Mme Ilse Varenkamp",
        "le ministère de l’Eau",
        "l’Union des bateliers",
        "M. Léopold Ansquer",
        "l’université de Port-Aurel",
    ],
    verbs: &[
        "a signé",
        "a présenté",
        "a salué",
        "a inauguré",
        "a examiné",
        "a souligné",
        "a annoncé",
    ],
    things: &[
        "un rapport commun sur l’état du fleuve",
        "la deuxième saison du laboratoire flottant",
        "de nouvelles règles pour les écluses",
        "la formation de deux cents enseignants",
        "le plan de la basse vallée",
        "un fonds de 4,5 millions de couronnes",
    ],
    joints: &[
        "en présence de",
        "avec",
        "au nom de",
        "à la demande de",
        "après une réunion avec",
    ],
    dates: &[
        "12 mars 2024",
        "Port-Aurel, le 12 mars 2024",
        "Publié le 12/03/2024",
    ],
    site: &[
        "Accueil > Actualités",
        "Nous utilisons des cookies pour améliorer votre visite.",
        "Partager cette page",
        "Rechercher",
        "Mentions légales",
        "Abonnez-vous à notre newsletter",
    ],
    end: "Derniers articles",
};

/// What one article is about: a few invented names.
fn theme(dice: &mut Dice) -> Vec<String> {
    const SYLLABLES: &[&str] = &[
        "sar", "on", "del", "ket", "vo", "mir", "tal", "gra", "lun", "fes", "bor", "cha", "né",
        "wi", "pol", "az",
    ];
    let name = |dice: &mut Dice| (0..3).map(|_| dice.pick(SYLLABLES)).collect::<String>();
    (0..6).map(|_| capitalise(&name(dice))).collect()
}

fn sentence(dice: &mut Dice, tongue: &Tongue, theme: &[String]) -> String {
    let mut text = format!(
        "{} {} {} {}",
        dice.pick(tongue.names),
        dice.pick(tongue.verbs),
        dice.pick(tongue.things),
        theme[dice.roll(theme.len())]
    );
    for _ in 0..dice.roll(3) {
        text += &format!(
            ", {} {}, {} {}",
            dice.pick(tongue.joints),
            theme[dice.roll(theme.len())],
            dice.pick(tongue.names),
            dice.pick(tongue.things)
        );
    }
    capitalise(&text) + "."
}

fn capitalise(text: &str) -> String {
    let first = text.chars().next().map_or(0, char::len_utf8);
    text[..first].to_uppercase() + &text[first..]
}

fn title(dice: &mut Dice, tongue: &Tongue, theme: &[String]) -> String {
    let mut title = format!(
        "{} {} {} {}",
        theme[0],
        dice.pick(tongue.verbs),
        dice.pick(tongue.things),
        theme[1]
    );
    if dice.roll(2) == 0 {
        let capitalised = title.split(' ').map(capitalise).collect::<Vec<_>>();
        title = capitalised.join(" ");
    }
    title
}

/// `text` broken at `width` columns, or left whole.
fn set(text: &str, width: Option<usize>) -> String {
    let Some(width) = width else {
        return text.to_owned();
    };
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        if column > 0 && column + 1 + word.len() > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out += word;
        column += word.len();
    }
    out
}

fn page(dice: &mut Dice, width: Option<usize>) -> Vec<u8> {
    let tongue = if dice.roll(3) == 0 { &FRENCH } else { &ENGLISH };
    let gap = if dice.roll(3) == 0 { "\n" } else { "\n\n" };
    let indent = if width.is_none() && dice.roll(2) == 0 {
        "    "
    } else {
        ""
    };
    let mut blocks: Vec<String> = (0..dice.roll(8))
        .map(|_| dice.pick(tongue.site).to_owned())
        .collect();
    let dated = dice.roll(2) == 0;
    for _ in 0..1 + dice.roll(6) {
        let theme = theme(dice);
        blocks.push(title(dice, tongue, &theme));
        if dated {
            blocks.push(dice.pick(tongue.dates).to_owned());
        }
        for _ in 0..3 + dice.roll(6) {
            let text: Vec<String> = (0..1 + dice.roll(4))
                .map(|_| sentence(dice, tongue, &theme))
                .collect();
            blocks.push(text.join(" "));
        }
        if dice.roll(4) == 0 {
            let last = blocks.last().cloned().unwrap_or_default();
            blocks.push(last);
        }
    }
    blocks.push(tongue.end.to_owned());
    let set: Vec<String> = blocks
        .iter()
        .map(|block| format!("{indent}{}", set(block, width)))
        .collect();
    set.join(gap).into_bytes()
}

fn reading(criterion: &mut Criterion) {
    let today = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    let mut group = criterion.benchmark_group("reading");
    for (name, width) in [
        ("paragraphs on one line", None),
        ("wrapped at 76 columns", Some(76)),
    ] {
        let mut dice = Dice(7);
        let pages: Vec<Vec<u8>> = (0..300).map(|_| page(&mut dice, width)).collect();
        let mut repeats = Repeats::default();
        let decoded: Vec<Page> = pages
            .iter()
            .filter_map(|bytes| Page::decode("page.txt", bytes.clone()).ok())
            .collect();
        assert_eq!(
            decoded.len(),
            pages.len(),
            "every page of the benchmark decodes"
        );
        decoded.iter().take(50).for_each(|page| repeats.add(page));
        let drafts: usize = decoded
            .iter()
            .map(|page| read(page, &repeats, today).drafts.len())
            .sum();
        assert!(
            drafts > pages.len(),
            "the pages hold more articles than one each: {drafts}"
        );

        group.throughput(Throughput::Bytes(
            pages.iter().map(|bytes| bytes.len() as u64).sum(),
        ));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for bytes in &pages {
                    let page = Page::decode("page.txt", bytes.clone());
                    black_box(page.map(|page| read(&page, &repeats, today)).ok());
                }
            });
        });
        println!(
            "{name}: {} pages, {drafts} articles in one iteration",
            pages.len()
        );
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
