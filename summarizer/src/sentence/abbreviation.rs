//! Words that end in a full stop of their own, in English and French and the commonest of other languages, and what a full stop after them can mean.

use super::Word;

/// How a word before a full stop is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// An ordinary word: the full stop ends the sentence.
    Word,
    /// Goes before something, so never ends a sentence: "Dr.", "e.g.", "M.".
    Title,
    /// An abbreviation before a number, an ordinary word elsewhere: "No. 5", "art. 3", "Sept. 11".
    BeforeNumber,
    /// A number that counts days where a month follows: "am 3. Mai".
    Ordinal,
    /// The initial of a name.
    Initial,
    /// May end a sentence or not: "Inc.", "U.S.", "p.m.".
    Ambiguous,
    /// The number of an item, if the sentence begins with it: "1.", "b.", "IV.".
    ListMark,
}

/// Written with a capital; goes before a name.
const TITLES: &str = "Dr Drs Mr Mrs Ms Mx Messrs Prof Profs Rev Fr Hon Gen Lt Col Maj Capt Cmdr Cpl Sgt Adm Brig \
    Gov Sen Rep Reps Sens Pres Amb Sec Eng Ing Arch Atty Supt Insp Mt M MM Mme Mmes Mlle Mlles Mgr Pr Prs Me Vve \
    Sra Srta Dott Hr Sr.Dr H.E S.E H.R.H H.H H.M S.M S.A.R S.Exc";

/// Goes before what it explains or counts.
const CONNECTIVES: &str = "e.g i.e eg ie cf vs viz resp approx ca env p.ex ex c.-à-d c-à-d càd n.b N.B a.k.a aka \
    incl excl al tél tel fax courriel z.b bzw d.h u.a evtl ggf dott dott.ssa sig sig.ra";

/// Abbreviated only before a number.
const COUNTED: &str = "no nos nr nº n p pp pg art arts vol vols fig figs sec sect ch chap eq tab par para para \
    jan feb mar apr jun jul aug sep sept oct nov dec janv jan févr fév fev avr juil août aoû déc ext réf ref op s \
    v t alin al pt pts ann app l r";

/// Ends a sentence only if the next word is one that begins sentences.
const AMBIGUOUS: &str = "inc ltd corp co cos llc plc bros jr sr esq st ste ave av blvd bd boul rd sq dept dép univ \
    assn assoc intl govt est cie sté ets éd ed eds trad min max dir adj mon tue tues wed thu thur thurs fri sat sun \
    lun mer jeu ven sam dim hr hrs mins km kg cm mm ft lb lbs oz bn mn mio mrd mill z d";

/// Written with a capital; places, as addresses and datelines shorten them.
const PLACES: &str = "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla \
    Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Ont Qué Que Alta Sask Eng";

/// Read the word before a full stop.
pub(super) fn read(word: &Word) -> Reading {
    let text = word.text.as_str();
    let lower = text.to_lowercase();
    let is_in = |list: &str, text: &str| list.split_whitespace().any(|entry| entry == text);
    if is_in(TITLES, text) || is_in(CONNECTIVES, &lower) || is_in(CONNECTIVES, text) {
        return Reading::Title;
    }
    if is_list_mark(text) && word.first {
        return Reading::ListMark;
    }
    if text.len() <= 2 && text.chars().all(|c| c.is_ascii_digit()) && !text.is_empty() {
        return Reading::Ordinal;
    }
    let letters = text.chars().count();
    let is_capital = text.chars().all(char::is_uppercase);
    if is_capital && letters == 1 {
        return Reading::Initial;
    }
    if is_in(COUNTED, &lower) {
        return Reading::BeforeNumber;
    }
    let parts: Vec<&str> = text
        .split(['.', '-'])
        .filter(|part| !part.is_empty())
        .collect();
    let short = |part: &&str| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic);
    if text.contains('.') && parts.len() > 1 && parts.iter().all(short) {
        // "J.-P." and "J.R.R." go before a name; "U.N." and "p.m." may stand anywhere.
        return if text.contains('-') {
            Reading::Initial
        } else {
            Reading::Ambiguous
        };
    }
    if is_in(AMBIGUOUS, &lower) || is_in(PLACES, text) {
        return Reading::Ambiguous;
    }
    Reading::Word
}

/// Months in German and the Nordic languages, which put a full stop after the day.
const MONTHS: &str = "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember januar februar \
    mars april mai maj juni juli august september oktober november december desember";

/// Whether `following` begins with a month that a day with a full stop goes before.
pub(super) fn begins_with_month(following: &str) -> bool {
    let word = following.trim_end_matches(|c: char| !c.is_alphabetic());
    MONTHS.split_whitespace().any(|month| month == word)
}

/// "1", "12", "b", "IV": what numbers the items of a list.
fn is_list_mark(text: &str) -> bool {
    let length = text.chars().count();
    let number = length <= 2 && text.chars().all(|c| c.is_ascii_digit());
    let letter = length == 1 && text.chars().all(char::is_alphabetic);
    let roman = length <= 5 && text.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    length > 0 && (number || letter || roman)
}
