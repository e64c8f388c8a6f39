//! Currencies: their signs, codes and names.

use super::token::{Kind, Token};

/// Words that name one currency, the first of them its name.
const NAMES: &[&str] = &[
    "euro euros",
    "dollar dollars",
    "pound pounds",
    "franc francs",
    "dirham dirhams",
    "rupee rupees roupie roupies",
    "yuan yuans renminbi",
    "yen yens",
    "ruble rubles rouble roubles",
    "rand rands",
    "peso pesos",
    "reais",
    "shekel shekels",
    "dinar dinars",
    "riyal riyals rial rials",
    "baht bahts",
    "zloty zlotys",
    "krona kronor krone kroner couronne couronnes",
    "naira nairas",
    "forint forints",
    "rupiah rupiahs",
    "ringgit ringgits",
    "hryvnia hryvnias",
    "shilling shillings",
    "lira liras",
    "bitcoin bitcoins",
];

/// Codes in capitals.
const CODES: &[(&str, &str)] = &[
    ("EUR", "euro"),
    ("USD", "dollar"),
    ("GBP", "pound"),
    ("CHF", "franc"),
    ("MAD", "dirham"),
    ("AED", "dirham"),
    ("INR", "rupee"),
    ("CNY", "yuan"),
    ("RMB", "yuan"),
    ("JPY", "yen"),
    ("CAD", "canadian dollar"),
    ("AUD", "australian dollar"),
];

/// The dollars that are not those of the United States, by the letters before the sign and by their adjectives.
const DOLLARS: &[(&str, &str)] = &[
    ("canadian dollar", "c ca cad canadian canadien canadiens"),
    (
        "australian dollar",
        "a au aud australian australien australiens",
    ),
    ("new zealand dollar", "nz"),
    ("hong kong dollar", "hk"),
    ("singapore dollar", "s sg"),
    ("taiwan dollar", "nt"),
    ("reais", "r"),
];

/// The dollar that these letters or this adjective make.
fn dollar(word: &str) -> Option<&'static str> {
    let mut all = DOLLARS.iter();
    let found = all.find(|(_, words)| words.split(' ').any(|other| other == word));
    found.map(|&(name, _)| name)
}

/// Whether two names may be of one currency: ¥ is the sign of two.
pub(super) fn same(one: &str, other: &str) -> bool {
    let sign = |sign: &str, name: &str| sign == "¥" && matches!(name, "yen" | "yuan");
    one == other || sign(one, other) || sign(other, one)
}

fn named(token: &Token) -> Option<&'static str> {
    let found = NAMES
        .iter()
        .find(|words| words.split(' ').any(|word| word == token.folded))?;
    found.split(' ').next()
}

fn of_sign(token: &Token) -> Option<&'static str> {
    let code = CODES.iter().find(|(code, _)| *code == token.raw);
    Some(match token.folded.as_str() {
        "€" | "eur" => "euro",
        "$" | "usd" => "dollar",
        "£" | "gbp" => "pound",
        "¥" => "¥",
        "chf" => "franc",
        _ => {
            return code
                .filter(|_| token.kind == Kind::Acronym)
                .map(|&(_, name)| name);
        }
    })
}

/// The currency whose sign or code ends before `at`, with its first token: "$", "C$", "EUR".
pub(super) fn before(tokens: &[Token], at: usize) -> Option<(&'static str, usize)> {
    let place = at.checked_sub(1)?;
    let name = of_sign(&tokens[place])?;
    let letters = place.checked_sub(1).map(|before| &tokens[before]);
    let letters = letters.filter(|letters| {
        tokens[place].folded == "$"
            && letters.end == tokens[place].start
            && letters.kind != Kind::Mark
    });
    match letters {
        Some(letters) => Some((dollar(&letters.folded).unwrap_or(name), place - 1)),
        None => Some((name, place)),
    }
}

/// The currency that is named at `at`, with one past its last token: "euros", "Canadian dollars", "dollars canadiens".
pub(super) fn after(tokens: &[Token], at: usize) -> Option<(&'static str, usize)> {
    let token = tokens.get(at)?;
    let plain = |token: &Token| named(token).or_else(|| of_sign(token));
    if let Some(name) = plain(token) {
        let adjective = tokens.get(at + 1).filter(|_| name == "dollar");
        let of = adjective.filter(|adjective| adjective.folded.chars().count() > 3);
        return Some(match of.and_then(|adjective| dollar(&adjective.folded)) {
            Some(name) => (name, at + 2),
            None => (name, at + 1),
        });
    }
    let is_dollar = tokens.get(at + 1).and_then(named) == Some("dollar");
    match token.folded.as_str() {
        _ if !is_dollar => None,
        "us" | "american" => Some(("dollar", at + 2)),
        word => dollar(word).map(|name| (name, at + 2)),
    }
}
