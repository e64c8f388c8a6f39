//! What stands below a candidate.

use super::{
    super::{
        block::{Ending, Kind, Piece, ending},
        boilerplate::Effect,
        date, fold,
    },
    form,
    sign::{Sign, Signs},
    words::Words,
};

/// Characters from which a block is text whatever its end.
const PARAGRAPH: usize = 170;

/// Words of a finished sentence that make a block text.
const SENTENCE: usize = 9;

/// Characters from which the paragraph below a title is long.
const LONG: usize = 150;

/// Bytes in which the first sentence of a text is looked for.
const LEAD: usize = 320;

/// Bytes of each paragraph below that are compared.
const COMPARED: usize = 900;

/// Whether a block is text that a title may head: a paragraph, or a whole sentence.
pub(in super::super) fn is_prose(piece: &Piece) -> bool {
    if piece.kind != Kind::Text || piece.repeated {
        return false;
    }
    if piece.chars >= PARAGRAPH {
        return piece.chars > form::LONGEST
            || ending(&piece.text) != Ending::Plain
            || piece.text.contains(". ");
    }
    match ending(&piece.text) {
        Ending::Stop | Ending::Abbreviation => words(&piece.text) >= SENTENCE,
        Ending::Colon => words(&piece.text) >= SENTENCE + 3,
        _ => false,
    }
}

fn words(text: &str) -> usize {
    text.split(' ').count()
}

/// The text below a candidate.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Below {
    /// The first paragraph.
    pub(in super::super) text: usize,
    /// Other lines between the candidate and that paragraph.
    pub(in super::super) between: usize,
    /// A date stands between them; directly below the candidate, or later.
    pub(in super::super) date: bool,
    /// A date stands directly above the candidate.
    pub(in super::super) date_above: bool,
}

impl Below {
    /// Content words of the first two paragraphs.
    pub(in super::super) fn words(&self, pieces: &[Piece]) -> Words {
        let mut words = Words::default();
        for piece in pieces[self.text..].iter().filter(|p| is_prose(p)).take(2) {
            words.add(fold::head(&piece.text, COMPARED));
        }
        words
    }
}

/// What stands below block `at`; nothing when the page or the article ends before any text.
pub(in super::super) fn below(pieces: &[Piece], at: usize) -> Option<Below> {
    let mut found = Below {
        text: at,
        between: 0,
        date: false,
        date_above: false,
    };
    found.date_above = pieces[..at]
        .iter()
        .rev()
        .find(|p| !is_quiet(p))
        .is_some_and(|p| p.kind == Kind::Date);
    for (offset, piece) in pieces[at + 1..].iter().enumerate() {
        match piece.kind {
            Kind::Site(verdict) if verdict.effect == Effect::End => return None,
            Kind::Site(_) => {}
            Kind::Date => found.date |= found.between <= 1,
            Kind::Text if is_prose(piece) => {
                found.text = at + 1 + offset;
                return Some(found);
            }
            Kind::Text if piece.repeated => {}
            Kind::Text | Kind::Item => found.between += 1,
        }
    }
    None
}

/// Lines of the site that may stand between a date and its title.
fn is_quiet(piece: &Piece) -> bool {
    piece.repeated || matches!(piece.kind, Kind::Site(v) if v.effect == Effect::Line)
}

/// Adds the signs of what stands below a title with the words `own`.
pub(super) fn add(signs: &mut Signs, pieces: &[Piece], title: &str, below: &Below, own: &Words) {
    let text = &pieces[below.text];
    let lead = fold::head(&text.text, LEAD);
    let lead = lead.find(". ").map_or(lead, |stop| &lead[..stop]);
    signs.set(
        Sign::SharesWithLead,
        own.share_inside(&Words::of(lead)) >= 0.34,
    );
    signs.set(
        Sign::Verbatim,
        title.contains(' ') && text.text.contains(title),
    );
    signs.set(Sign::DateBelow, below.date);
    signs.set(Sign::DateAbove, below.date_above && !below.date);
    signs.set(Sign::LongText, text.chars >= LONG);
    match below.between {
        0 => {}
        1 => signs.add(Sign::FarText),
        _ => signs.add(Sign::FartherText),
    }
    let shared = own.share_inside(&below.words(pieces));
    signs.set(Sign::SharesWords, shared >= 0.5);
    signs.set(Sign::SharesNothing, shared == 0.0);
    signs.set(Sign::OpensDated, date::opening_dateline(&text.text));
    signs.set(Sign::RefersBack, refers_back(&text.text));
    signs.set(Sign::NamesDay, names_day(&text.text));
    let (paragraphs, total) = following(pieces, below.text);
    signs.set(Sign::MuchText, paragraphs >= 2);
    signs.set(Sign::LittleText, total < 30);
}

/// Paragraphs and words from block `from` to the next short block, at most three paragraphs.
pub(in super::super) fn following(pieces: &[Piece], from: usize) -> (usize, usize) {
    let run = pieces[from..]
        .iter()
        .filter(|p| !matches!(p.kind, Kind::Site(v) if v.effect == Effect::Line));
    run.take_while(|p| is_prose(p))
        .take(3)
        .fold((0, 0), |(paragraphs, total), p| {
            (paragraphs + 1, total + words(&p.text))
        })
}

/// Openings, folded, that speak of somebody or something named before.
const BACK: &[&str] = &[
    "he ",
    "she ",
    "it ",
    "they ",
    "this ",
    "these ",
    "those ",
    "such ",
    "his ",
    "her ",
    "its ",
    "their ",
    "also ",
    "moreover ",
    "furthermore ",
    "however ",
    "meanwhile ",
    "additionally ",
    "in addition ",
    "for his part ",
    "for her part ",
    "for its part ",
    "on his part ",
    "on her part ",
    "on this occasion ",
    "on the occasion ",
    "during the meeting ",
    "at the end of the meeting ",
    "at the meeting ",
    "the two parties ",
    "both parties ",
    "the two sides ",
    "both sides ",
    "the latter ",
    "in his speech ",
    "in her speech ",
    "in his address ",
    "in her address ",
    "in his statement ",
    "in her statement ",
    "in this context ",
    "in this regard ",
    "as a result ",
    "the dg ",
    "il ",
    "elle ",
    "ils ",
    "elles ",
    "ce ",
    "cet ",
    "cette ",
    "ces ",
    "son ",
    "sa ",
    "ses ",
    "leur ",
    "leurs ",
    "par ailleurs ",
    "en outre ",
    "de plus ",
    "pour sa part ",
    "de son cote ",
    "a cette occasion ",
    "a cet egard ",
    "dans ce contexte ",
    "dans ce cadre ",
    "en effet ",
    "ainsi ",
    "enfin ",
    "cependant ",
    "toutefois ",
    "ensuite ",
    "lors de la reunion ",
    "au cours de la reunion ",
    "les deux parties ",
    "dans son allocution ",
    "dans son discours ",
    "dans son intervention ",
];

/// Titles before a family name.
const HONORIFICS: &[&str] = &[
    "Dr.", "Mr.", "Ms.", "Mrs.", "Eng.", "Prof.", "M.", "Mme", "Dr", "Mr", "Pr.",
];

fn refers_back(text: &str) -> bool {
    let head = fold::key(fold::head(text, 60));
    if BACK.iter().any(|opening| head.starts_with(opening)) {
        return true;
    }
    // "Dr. Khalbous expressed": somebody introduced before, with more of the name.
    let mut words = text.split(' ');
    let honorific = words.next().is_some_and(|word| HONORIFICS.contains(&word));
    let name = words
        .next()
        .is_some_and(|word| word.starts_with(char::is_uppercase));
    honorific
        && name
        && words.next().is_some_and(|word| {
            word.starts_with(char::is_lowercase)
                && !matches!(
                    word,
                    "de" | "van" | "von" | "al" | "el" | "bin" | "ben" | "ould" | "and" | "et"
                )
        })
}

fn names_day(text: &str) -> bool {
    let key = fold::key(fold::head(text, 400));
    let days = [
        "today",
        "yesterday",
        "tomorrow",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "hui",
        "hier",
        "demain",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
    ];
    key.split(' ').any(|word| days.contains(&word))
}
