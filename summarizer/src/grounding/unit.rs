//! Units of measure: "30 days" is not "30 weeks", though both have the number.

use super::number::Quantity;
use super::reading::Reading;
use super::token::{Kind, Token};

/// Words that name one unit, the first of them its name; closed, in English and French.
const UNITS: &[&str] = &[
    "second seconds seconde secondes sec",
    "minute minutes min mins",
    "hour hours heure heures hr hrs h",
    "day days jour jours journee journees daily quotidien quotidienne",
    "week weeks semaine semaines weekly hebdomadaire",
    "month months mois monthly mensuel mensuelle",
    "year years an ans annee annees yearly annual annually annuel annuelle",
    "decade decades decennie decennies",
    "century centuries siecle siecles",
    "millimetre millimetres millimeter millimeters mm",
    "centimetre centimetres centimeter centimeters cm",
    "metre metres meter meters m",
    "kilometre kilometres kilometer kilometers km kms",
    "mile miles mi",
    "foot feet ft pied pieds",
    "yard yards yd",
    "inch inches pouce pouces",
    "hectare hectares ha",
    "acre acres",
    "tonne tonnes ton tons t",
    "kilogram kilograms kilogramme kilogrammes kilo kilos kg",
    "gram grams gramme grammes g",
    "milligram milligrams milligramme milligrammes mg",
    "ounce ounces oz once onces",
    "lb lbs",
    "litre litres liter liters l",
    "gallon gallons",
    "barrel barrels baril barils",
    "kilowatt kilowatts kw",
    "megawatt megawatts mw",
    "gigawatt gigawatts gw",
    "kilometre/hour kmh kph",
    "mile/hour mph",
    "knot knots noeud noeuds",
    "a.m. am",
    "p.m. pm",
];

/// What may stand between a number and its unit: "30 working days", "12 square miles".
const BETWEEN: &str = "more full straight consecutive working business additional extra further whole long square cubic metric
    nautical longues longs autres bonnes";

/// What joins two numbers that have one unit: "5 to 10 days".
const JOINS: &str = "to and or a et ou through";

/// What a rate is told by: "40 tonnes a day".
const RATES: &str = "a an per par each every chaque";

/// What makes "a week" no rate but a time: "40 houses burned a week ago".
const TIMES: &str = "ago later after before earlier since in when plus apres avant";

fn is_one_of(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.folded.as_str())
}

/// The unit that is named at a token.
fn unit(tokens: &[Token], at: usize) -> Option<&'static str> {
    let named = word(tokens, at);
    if matches!(named, "a" | "p") && word(tokens, at + 1) == "." && word(tokens, at + 2) == "m" {
        return Some(if named == "a" { "a.m." } else { "p.m." });
    }
    let found = UNITS.iter().find(|list| is_one_of(named, list))?;
    let name = found.split(' ').next()?;
    let by_the_hour = match (word(tokens, at + 1), word(tokens, at + 2)) {
        ("/" | "per" | "an" | "par" | "l", hour) => matches!(hour, "h" | "hour" | "heure"),
        ("a", "l") => word(tokens, at + 3) == "heure",
        _ => false,
    };
    Some(match name {
        "kilometre" if by_the_hour => "kilometre/hour",
        "mile" if by_the_hour => "mile/hour",
        // The ordinal: "the 12 second prizes".
        "second" if named == "second" => return None,
        // "Le huitième week-end".
        "week" if matches!(word(tokens, at + 1), "end" | "ends") => return None,
        _ => name,
    })
}

/// The unit right after a number, with what it is written as.
pub(super) fn unit_of(reading: &Reading, quantity: &Quantity) -> Option<(&'static str, String)> {
    let tokens = &reading.tokens;
    let mut at = quantity.tokens.end;
    at += usize::from(is_one_of(word(tokens, at), BETWEEN));
    let found = unit(tokens, at)?;
    // An age may be told by the number alone: "Ada Lind, 54".
    let before = quantity.tokens.start.checked_sub(1);
    let before = before.map_or("", |before| word(tokens, before));
    let is_age = found == "year"
        && (word(tokens, at + 1) == "old" || matches!(before, "aged" | "age" | "de"));
    (!is_age).then(|| (found, tokens[at].raw.clone()))
}

/// Whether a number of the source has this unit, right after it or after the number that follows it ("5 to 10 days").
pub(super) fn has_unit(reading: &Reading, quantity: &Quantity, wanted: &str) -> bool {
    let tokens = &reading.tokens;
    let end = quantity.tokens.end;
    let is_clock = matches!(wanted, "a.m." | "p.m.");
    let parts = |token: &Token| token.kind == Kind::Mark && !(is_clock && token.folded == ":");
    let mut near = (end..tokens.len().min(end + 4)).take_while(|&at| !parts(&tokens[at]));
    let of_day = |at: usize| match word(tokens, at) {
        "morning" => Some("a.m."),
        "afternoon" | "evening" | "night" => Some("p.m."),
        _ => None,
    };
    if near.any(|at| unit(tokens, at) == Some(wanted) || of_day(at) == Some(wanted)) {
        return true;
    }
    let follows =
        end + usize::from(is_one_of(word(tokens, end), JOINS) || word(tokens, end) == "–");
    let next = reading
        .quantities
        .iter()
        .find(|next| next.tokens.start == follows);
    next.is_some_and(|next| has_unit(reading, next, wanted))
}

/// What a number is told to happen in: the "day" of "40 tonnes a day", with what it is written as.
pub(super) fn rate_of(reading: &Reading, quantity: &Quantity) -> Option<(&'static str, String)> {
    let tokens = &reading.tokens;
    let end = reading.clause(quantity.tokens.start).end;
    let next = reading.quantities.iter().map(|next| next.tokens.start);
    let next = next.filter(|&next| next >= quantity.tokens.end).min();
    let reach = quantity.tokens.end..next.map_or(end, |next| next.min(end));
    reach.into_iter().skip(1).find_map(|at| {
        let is_rate =
            is_one_of(word(tokens, at - 1), RATES) && !is_one_of(word(tokens, at + 1), TIMES);
        let found = unit(tokens, at).filter(|_| is_rate)?;
        let is_time = matches!(
            found,
            "second" | "minute" | "hour" | "day" | "week" | "month" | "year"
        );
        is_time.then(|| (found, format!("{} {}", tokens[at - 1].raw, tokens[at].raw)))
    })
}

/// Whether a sentence names a unit anywhere.
pub(super) fn names(reading: &Reading, wanted: &str) -> bool {
    (0..reading.tokens.len()).any(|at| unit(&reading.tokens, at) == Some(wanted))
}
