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
    let told = whatlang::detect(&sample)
        .filter(|info| info.is_reliable() || info.confidence() >= CONFIDENT);
    told.map_or("und", |info| code(info.lang())).to_owned()
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
