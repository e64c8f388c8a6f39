//! Names of languages, and whether they are written from right to left is left to the text itself (`dir=auto`).

/// The English name of a language; its code where we know none.
pub(crate) fn name(code: &str) -> &str {
    match code {
        "ar" => "Arabic",
        "bg" => "Bulgarian",
        "cs" => "Czech",
        "da" => "Danish",
        "de" => "German",
        "el" => "Greek",
        "en" => "English",
        "es" => "Spanish",
        "fa" => "Persian",
        "fi" => "Finnish",
        "fr" => "French",
        "he" => "Hebrew",
        "hi" => "Hindi",
        "hu" => "Hungarian",
        "id" => "Indonesian",
        "it" => "Italian",
        "ja" => "Japanese",
        "ko" => "Korean",
        "nl" => "Dutch",
        "no" | "nb" | "nn" => "Norwegian",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "ro" => "Romanian",
        "ru" => "Russian",
        "sv" => "Swedish",
        "sw" => "Swahili",
        "tr" => "Turkish",
        "uk" => "Ukrainian",
        "und" => "Unknown language",
        "ur" => "Urdu",
        "vi" => "Vietnamese",
        "zh" => "Chinese",
        other => other,
    }
}

/// As OpenGraph wants it, with a country; none where we know of none that it takes.
pub(super) fn locale(code: &str) -> Option<&'static str> {
    Some(match code {
        "ar" => "ar_AR",
        "de" => "de_DE",
        "en" => "en_GB",
        "es" => "es_ES",
        "fr" => "fr_FR",
        "it" => "it_IT",
        "nl" => "nl_NL",
        "pl" => "pl_PL",
        "pt" => "pt_PT",
        "ru" => "ru_RU",
        "sv" => "sv_SE",
        "zh" => "zh_CN",
        _ => return None,
    })
}

/// As HTML wants it: `und` says nothing there.
pub(super) fn attribute(code: &str) -> &str {
    if code == "und" { "" } else { code }
}
