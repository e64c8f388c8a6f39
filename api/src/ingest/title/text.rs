//! The text below a candidate: what it says of the title above it.

use super::{
    super::{
        block::{Kind, Piece, words},
        boilerplate::Effect,
        date, fold,
    },
    sign::{Sign, Signs},
    words::{Words, acronyms},
};

/// Characters from which the paragraph below a title is long.
const LONG: usize = 150;

/// Bytes in which the first sentence of a text is looked for.
const LEAD: usize = 320;

/// Bytes of each paragraph below that are compared.
const COMPARED: usize = 900;

/// Words that are little text below a title.
const LITTLE: usize = 30;

/// The text that the short blocks above it may head.
#[derive(Debug)]
pub(in super::super) struct Text<'p> {
    /// Its first paragraph, as far as it is compared.
    pub(super) first: &'p str,
    /// Content words of its first two paragraphs.
    pub(super) words: Words,
    /// Content words of its first sentence.
    pub(super) lead: Words,
    /// Acronyms its first paragraph introduces.
    pub(super) acronyms: Vec<String>,
    /// What it says whatever stands above it.
    pub(super) signs: Signs,
}

impl<'p> Text<'p> {
    /// The text that begins at block `at`, which is prose.
    pub(in super::super) fn of(pieces: &'p [Piece], at: usize) -> Text<'p> {
        let piece = &pieces[at];
        let first = fold::head(&piece.text, COMPARED);
        let lead = fold::head(first, LEAD);
        let lead = lead.find(". ").map_or(lead, |stop| &lead[..stop]);
        let mut both = Words::default();
        for paragraph in pieces[at..].iter().filter(|p| p.prose).take(2) {
            both.add(fold::head(&paragraph.text, COMPARED));
        }
        let mut signs = Signs::default();
        signs.set(Sign::LongText, piece.chars >= LONG);
        signs.set(Sign::OpensDated, date::opening_dateline(first));
        signs.set(Sign::RefersBack, refers_back(first));
        signs.set(Sign::NamesDay, names_day(first));
        let (paragraphs, total) = length(&pieces[at..]);
        signs.set(Sign::MuchText, paragraphs >= 2);
        signs.set(Sign::LittleText, total < LITTLE);
        Text {
            first,
            words: both,
            lead: Words::of(lead),
            acronyms: acronyms(first),
            signs,
        }
    }
}

/// Paragraphs and words to the next short block, at most three paragraphs.
fn length(pieces: &[Piece]) -> (usize, usize) {
    let of_text = |p: &&Piece| !matches!(p.kind, Kind::Site(v) if v.effect == Effect::Line);
    let paragraphs = pieces
        .iter()
        .filter(of_text)
        .take_while(|p| p.prose)
        .take(3);
    paragraphs.fold((0, 0), |(count, total), p| {
        (count + 1, total + words(&p.text))
    })
}

/// Openings, folded, that speak of somebody or something named before.
#[rustfmt::skip]
const BACK: &[&str] = &[
    "he ", "she ", "it ", "they ", "this ", "these ", "those ", "such ", "his ", "her ", "its ", "their ", "also ", "moreover ", "furthermore ", "however ",
    "meanwhile ", "additionally ", "in addition ", "for his part ", "for her part ", "for its part ", "on his part ", "on her part ", "on this occasion ",
    "on the occasion ", "during the meeting ", "at the end of the meeting ", "at the meeting ", "the two parties ", "both parties ", "the two sides ",
    "both sides ", "the latter ", "in his speech ", "in her speech ", "in his address ", "in her address ", "in his statement ", "in her statement ",
    "in this context ", "in this regard ", "as a result ",
    "il ", "elle ", "ils ", "elles ", "ce ", "cet ", "cette ", "ces ", "son ", "sa ", "ses ", "leur ", "leurs ", "par ailleurs ", "en outre ", "de plus ",
    "pour sa part ", "de son cote ", "a cette occasion ", "a cet egard ", "dans ce contexte ", "dans ce cadre ", "en effet ", "ainsi ", "enfin ", "cependant ",
    "toutefois ", "ensuite ", "lors de la reunion ", "au cours de la reunion ", "les deux parties ", "dans son allocution ", "dans son discours ",
    "dans son intervention ",
];

/// Forms of address before a family name.
const ADDRESSES: &[&str] = &[
    "Dr.", "Mr.", "Ms.", "Mrs.", "Eng.", "Prof.", "M.", "Mme", "Dr", "Mr", "Pr.",
];

/// Particles between a first and a family name.
const PARTICLES: &[&str] = &[
    "de", "du", "van", "von", "al", "el", "bin", "bint", "ben", "ould", "and", "et",
];

fn refers_back(text: &str) -> bool {
    let head = fold::key(fold::head(text, 60));
    if BACK.iter().any(|opening| head.starts_with(opening)) {
        return true;
    }
    // "Dr. Khalbous expressed": somebody introduced before, with more of the name.
    let mut words = text.split(' ');
    let addressed = words.next().is_some_and(|word| ADDRESSES.contains(&word));
    let named = words
        .next()
        .is_some_and(|word| word.starts_with(char::is_uppercase));
    let verb = |word: &str| word.starts_with(char::is_lowercase) && !PARTICLES.contains(&word);
    addressed && named && words.next().is_some_and(verb)
}

fn names_day(text: &str) -> bool {
    let key = fold::key(fold::head(text, 400));
    let is_day = |word: &[u8]| {
        matches!(
            word,
            b"today"
                | b"yesterday"
                | b"tomorrow"
                | b"monday"
                | b"tuesday"
                | b"wednesday"
                | b"thursday"
                | b"friday"
                | b"saturday"
                | b"sunday"
                | b"hui"
                | b"hier"
                | b"demain"
                | b"lundi"
                | b"mardi"
                | b"mercredi"
                | b"jeudi"
                | b"vendredi"
                | b"samedi"
                | b"dimanche"
        )
    };
    key.as_bytes().split(|&b| b == b' ').any(is_day)
}
