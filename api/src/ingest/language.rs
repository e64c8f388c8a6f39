//! The language of an article.

use whatlang::Lang;

use super::fold;

/// How much text is looked at, in bytes; more does not change the answer.
const SAMPLE: usize = 600;

/// Least confidence, 0 to 1, at which whatlang is believed on its own.
const CONFIDENT: f64 = 0.5;

/// The ISO 639-1 code of the paragraphs' language, or its ISO 639-3 code where there is none of two letters; `und` when it cannot be told.
pub(super) fn detect<'a>(paragraphs: impl Iterator<Item = &'a str>) -> String {
    let mut sample = String::with_capacity(SAMPLE + 1);
    for text in paragraphs {
        if sample.len() >= SAMPLE {
            break;
        }
        sample.push_str(fold::head(text, SAMPLE - sample.len()));
        sample.push(' ');
    }
    if let Some(code) = by_small_words(&sample) {
        return code.to_owned();
    }
    let told = whatlang::detect(&sample)
        .filter(|info| info.is_reliable() || info.confidence() >= CONFIDENT);
    told.map_or("und", |info| code(info.lang())).to_owned()
}

/// Shares of a language's own small words, and of all its small words, in percent, that tell it. Real releases have twice as many.
const OWN: usize = 7;
const ALL: usize = 18;

/// Share of the other language's own small words, in percent, that is one quotation too many.
const FOREIGN: usize = 3;

/// Fewest words from which their shares say something.
const FEWEST: usize = 40;

/// English or French by their small words, told a hundred times faster than by letters; nothing when it is not beyond doubt. Small words
/// that neighbours share ("de", "la", "in") count only beside those that no neighbour has.
fn by_small_words(sample: &str) -> Option<&'static str> {
    let (mut english, mut french, mut shared, mut words) = (0, 0, 0, 0);
    for word in sample
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        words += 1;
        #[rustfmt::skip]
        match word {
            "the" | "The" | "of" | "and" | "with" | "which" | "that" | "this" | "by" | "from" | "was" | "were" | "has"
            | "been" | "their" | "its" | "will" | "for" | "to" | "said" | "it" => english += 1,
            "du" | "et" | "est" | "dans" | "une" | "pour" | "sur" | "avec" | "aux" | "au" | "qui" | "cette" | "ont"
            | "sont" | "été" | "leur" | "à" | "ce" | "elle" | "qu" => french += 1,
            "de" | "la" | "le" | "les" | "des" | "Les" | "Le" | "La" | "en" | "un" | "l" | "d" | "a" | "in" | "on"
            | "as" | "an" | "s" | "que" | "par" | "plus" | "se" | "ne" => shared += 1,
            _ => {}
        };
    }
    let percent = |count: usize| count * 100 / words.max(1);
    let told = |own: usize, foreign: usize| {
        words >= FEWEST
            && percent(own) >= OWN
            && percent(own + shared) >= ALL
            && percent(foreign) < FOREIGN
    };
    if told(english, french) {
        Some("en")
    } else if told(french, english) {
        Some("fr")
    } else {
        None
    }
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Afr => "af",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Ara => "ar",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Cym => "cy",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Guj => "gu",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jav => "jv",
        Lang::Jpn => "ja",
        Lang::Kan => "kn",
        Lang::Kat => "ka",
        Lang::Khm => "km",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Mal => "ml",
        Lang::Mar => "mr",
        Lang::Mkd => "mk",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Ori => "or",
        Lang::Pan => "pa",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Sin => "si",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tgl => "tl",
        Lang::Tha => "th",
        Lang::Tuk => "tk",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Yid => "yi",
        Lang::Zul => "zu",
    }
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn neighbours_of_english_and_french_are_not_taken_for_them() {
        for (text, code) in [
            (
                "Les dues parts van acordar crear una comissió conjunta que es reunirà cada primavera a la capital per tal de preparar les activitats de l'any següent amb les escoles i les biblioteques del país, i també amb els museus i els teatres de les ciutats grans.",
                "ca",
            ),
            (
                "Las dos partes acordaron crear una comisión conjunta que se reunirá cada primavera en la capital para preparar las actividades del año siguiente con las escuelas y las bibliotecas del país, así como con los museos y los teatros de las grandes ciudades.",
                "es",
            ),
            (
                "Le due parti hanno deciso di creare una commissione congiunta che si riunirà ogni primavera nella capitale per preparare le attività dell'anno seguente con le scuole e le biblioteche del paese, e anche con i musei e i teatri delle grandi città.",
                "it",
            ),
            (
                "As duas partes decidiram criar uma comissão conjunta que se reunirá cada primavera na capital para preparar as atividades do ano seguinte com as escolas e as bibliotecas do país, bem como com os museus e os teatros das grandes cidades.",
                "pt",
            ),
            (
                "Beide partijen zijn overeengekomen een gemengde commissie op te richten die elk voorjaar in de hoofdstad bijeenkomt om de activiteiten van het volgende jaar voor te bereiden met de scholen en de bibliotheken van het land en met de musea van de grote steden.",
                "nl",
            ),
            (
                "Beide Seiten kamen überein, eine gemeinsame Kommission zu bilden, die jedes Frühjahr in der Hauptstadt zusammentritt, um die Vorhaben des folgenden Jahres mit den Schulen und den Bibliotheken des Landes sowie mit den Museen der großen Städte vorzubereiten.",
                "de",
            ),
        ] {
            assert_eq!(detect([text].into_iter()), code, "{text}");
        }
    }

    #[test]
    fn languages_get_their_shortest_code_and_what_cannot_be_told_is_und() {
        for (text, code) in [
            (
                "The two parties agreed to set up a joint committee that will meet every spring in the capital.",
                "en",
            ),
            (
                "Les deux parties sont convenues de créer un comité conjoint qui se réunira chaque printemps dans la capitale.",
                "fr",
            ),
            (
                "اتفق الطرفان على إنشاء لجنة مشتركة تجتمع كل ربيع في العاصمة",
                "ar",
            ),
            ("1234 5678", "und"),
            ("", "und"),
        ] {
            assert_eq!(detect([text].into_iter()), code, "{text}");
        }
    }
}
