//! Releases made of a few words, and the summary of each: its first clause. From the number of a release follows its text.

const FIRST: [&str; 12] = [
    "Harbour", "Lumen", "Alder", "Kestrel", "Orchard", "Beacon", "Marlow", "Summit", "Willow",
    "Granite", "Juniper", "Cobalt",
];
const SECOND: [&str; 8] = [
    "Trust",
    "Council",
    "Foundation",
    "Institute",
    "Works",
    "Bank",
    "Union",
    "Museum",
];
const VERBS: [&str; 8] = [
    "opened",
    "closed",
    "bought",
    "built",
    "repaired",
    "sold",
    "planned",
    "inspected",
];
const OBJECTS: [&str; 12] = [
    "libraries",
    "bridges",
    "schools",
    "clinics",
    "gardens",
    "boats",
    "mills",
    "towers",
    "archives",
    "stations",
    "halls",
    "farms",
];
const PLACES: [&str; 10] = [
    "Northport",
    "Dunmore",
    "Ellery",
    "Vess",
    "Norland",
    "Aubray",
    "Lormont",
    "Tarn",
    "Osterby",
    "Quay",
];
const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const TAILS: [&str; 6] = [
    "adding that talks will continue",
    "while the mayor waits for a report",
    "which is the first step of a long plan",
    "as the work goes on",
    "adding that the rest will follow",
    "which pleased the neighbours",
];
const MORE: [&str; 8] = [
    "The plan has wide support.",
    "The work took many months.",
    "The rest will follow in spring.",
    "The neighbours were glad.",
    "The mayor will visit soon.",
    "The money came from a fund.",
    "The report is open to all.",
    "The talks will go on.",
];

/// A release and its summary.
pub(crate) struct Release {
    pub(crate) body: String,
    pub(crate) summary: String,
}

/// Whether a release is kept out of the training: its name and its object are never seen together there.
pub(crate) fn is_aside(number: u64) -> bool {
    let mut dice = Dice::of(number);
    let (first, _) = (dice.below(FIRST.len()), dice.below(SECOND.len()));
    let object = dice.below(OBJECTS.len());
    (first + object).is_multiple_of(4)
}

/// The release of this number.
pub(crate) fn release(number: u64) -> Release {
    let mut dice = Dice::of(number);
    let name = format!(
        "{} {}",
        FIRST[dice.below(FIRST.len())],
        SECOND[dice.below(SECOND.len())]
    );
    let object = OBJECTS[dice.below(OBJECTS.len())];
    let verb = VERBS[dice.below(VERBS.len())];
    let (place, day) = (
        PLACES[dice.below(PLACES.len())],
        DAYS[dice.below(DAYS.len())],
    );
    let count = 2 + dice.below(97);
    let tail = TAILS[dice.below(TAILS.len())];
    let summary = format!("{name} {verb} {count} {object} in {place} on {day}.");
    let mut body = format!("{}, {tail}.", summary.trim_end_matches('.'));
    for _ in 0..2 + dice.below(3) {
        let sentence = match dice.below(3) {
            0 => format!(
                "{} {} thanked {} people in {}.",
                FIRST[dice.below(FIRST.len())],
                SECOND[dice.below(SECOND.len())],
                2 + dice.below(97),
                PLACES[dice.below(PLACES.len())]
            ),
            _ => MORE[dice.below(MORE.len())].to_owned(),
        };
        body = format!("{body} {sentence}");
    }
    Release { body, summary }
}

/// Every word that a release may have.
pub(crate) fn words() -> Vec<String> {
    let lists: [&[&str]; 6] = [&FIRST, &SECOND, &VERBS, &OBJECTS, &PLACES, &DAYS];
    let sentences = TAILS.iter().chain(&MORE).flat_map(|text| text.split(' '));
    let mut words: Vec<String> = lists
        .into_iter()
        .flatten()
        .copied()
        .chain(["in", "on", "thanked", "people"])
        .chain(sentences)
        .map(|word| word.trim_end_matches('.').to_owned())
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Numbers that look thrown and follow from a seed.
struct Dice(u64);

impl Dice {
    fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
