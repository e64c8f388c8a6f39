//! What a title looks like on its own.

use super::{
    super::{
        block::{Ending, LONGEST_TITLE, ending, is_item, starts_lower},
        boilerplate, fold,
    },
    sign::{Sign, Signs},
};

/// Words that join others inside a capitalised title.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on", "or", "over",
    "the", "to", "up", "via", "vs", "with", "its", "through", "amid", "under", "between", "de", "la", "le",
    "les", "du", "des", "et", "à", "en", "au", "aux", "sur", "pour", "par", "dans", "un", "une",
];

/// Offices, as they follow a name.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "ceo", "chief", "president", "vice", "director", "chairman", "chairwoman", "chair", "minister",
    "secretary", "head", "manager", "founder", "co-founder", "professor", "executive", "officer",
    "spokesperson", "ambassador", "partner", "analyst", "lead", "senior", "président", "présidente",
    "directeur", "directrice", "ministre", "secrétaire", "fondateur", "fondatrice", "responsable",
    "porte-parole", "professeur", "chef", "ambassadeur", "ambassadrice", "pdg",
];

/// What a release calls itself, folded.
#[rustfmt::skip]
const RELEASES: &[&str] = &[
    "press release", "news release", "media release", "press statement", "media advisory", "press communique",
    "communique de presse", "dossier de presse", "note aux medias",
];

/// Most words of a letterhead.
const LONGEST_LETTERHEAD: usize = 10;

/// The signs of form that `text`, of `chars` characters, shows.
pub(super) fn signs(text: &str, chars: usize) -> Signs {
    let mut signs = Signs::default();
    let words: Vec<&str> = text
        .split(' ')
        .filter(|word| word.contains(char::is_alphanumeric))
        .collect();
    match words.len() {
        0 | 1 => signs.add(Sign::OneWord),
        2 | 3 => signs.add(Sign::FewWords),
        5..=22 => signs.add(Sign::HeadlineLength),
        _ => {}
    }
    signs.set(Sign::ManyWords, words.len() > 28 || chars > LONGEST_TITLE);
    match ending(text) {
        Ending::Stop => signs.add(Sign::Sentence),
        Ending::Colon => signs.add(Sign::Colon),
        Ending::Open | Ending::Dangling => signs.add(Sign::Unfinished),
        Ending::Call | Ending::Abbreviation | Ending::Plain => {}
    }
    signs.set(Sign::SmallLetter, starts_lower(text));
    signs.set(Sign::TitleCase, words.len() >= 3 && is_title_case(&words));
    signs.set(
        Sign::Address,
        text.contains('@') || text.contains("://") || text.contains("www."),
    );
    signs.set(Sign::Heading, boilerplate::heading(text).is_some());
    signs.set(Sign::NameAndOffice, is_name_and_office(text, &words));
    let figures = text.bytes().filter(u8::is_ascii_digit).count();
    signs.set(Sign::Figures, figures * 2 > chars);
    signs.set(Sign::ListItem, is_item(text));
    signs.set(Sign::Letterhead, is_letterhead(text, words.len()));
    signs
}

/// Whether `text` looks like a headline rather than a label or a sentence.
pub(in super::super) fn is_headline(text: &str, chars: usize) -> bool {
    let signs = signs(text, chars);
    signs.has(Sign::HeadlineLength) && signs.weight() >= 2
}

/// Whether most words that may be capitalised are.
fn is_title_case(words: &[&str]) -> bool {
    let letters = |word: &&str| {
        word.trim_start_matches(|c: char| !c.is_alphanumeric())
            .chars()
            .next()
    };
    let counted = words[1..]
        .iter()
        .filter(|word| !SMALL.contains(word) && letters(word).is_some_and(char::is_alphabetic));
    let (all, capital) = counted.fold((0, 0), |(all, capital), word| {
        (
            all + 1,
            capital + usize::from(letters(word).is_some_and(char::is_uppercase)),
        )
    });
    all >= 2 && capital * 10 >= all * 7
}

/// "Example Agency – Press release", "Communiqué de presse de l'agence Exemple", but not "Press release: Agency Opens a Port".
fn is_letterhead(text: &str, words: usize) -> bool {
    if words > LONGEST_LETTERHEAD {
        return false;
    }
    let key = fold::key(text);
    let named = |rest: &str| rest.is_empty() || rest.starts_with(' ') || rest.ends_with(' ');
    RELEASES.iter().any(|release| {
        let above = key.strip_suffix(release).is_some_and(named);
        let below = key.strip_prefix(release).is_some_and(named);
        above || (below && !text.contains([':', '–', '—', '|']) && !text.contains(" - "))
    })
}

/// "— Jane Doe", "Jane Doe, Director of Example".
fn is_name_and_office(text: &str, words: &[&str]) -> bool {
    if text.starts_with(['—', '–', '―']) {
        return true;
    }
    let Some((name, office)) = text.split_once(',') else {
        return false;
    };
    let capitals = name
        .split(' ')
        .all(|word| word.chars().next().is_some_and(char::is_uppercase));
    let named = (2..=4).contains(&name.split(' ').count()) && capitals;
    let mut first = office
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .take(3);
    named && words.len() <= 16 && first.any(|word| OFFICES.contains(&word.to_lowercase().as_str()))
}
