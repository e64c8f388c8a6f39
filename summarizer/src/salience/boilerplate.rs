//! Sentences that are no news: addresses, bylines, datelines, headings, invitations to click.

/// How unfit a sentence is to be quoted: 0 for an ordinary one, 1 and more for one that never should be.
pub(super) fn penalty(sentence: &str) -> f64 {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let letters = sentence.chars().filter(|c| c.is_alphabetic()).count();
    let signs = sentence.chars().filter(|c| !c.is_whitespace()).count();
    let mut penalty = 0.0;
    if letters == 0 || letters * 2 < signs {
        penalty += 1.0;
    }
    if has_address(&lower) || INVITATIONS.iter().any(|phrase| lower.contains(phrase)) {
        penalty += 1.0;
    }
    if OPENINGS.iter().any(|opening| lower.starts_with(opening)) && words.len() <= 12 {
        penalty += 1.0;
    }
    if sentence.ends_with(':') {
        // What it announces comes after it, and would not be quoted with it.
        penalty += 1.0;
    } else if !ends_like_a_sentence(sentence) {
        // A dateline, a heading, a subtitle or an item of a list.
        penalty += 1.0;
    }
    if closed(sentence).ends_with(['?', '？', '؟']) {
        // It is asked to be answered by what comes after it.
        penalty += 1.0;
    }
    if words.len() < 5 {
        penalty += 0.6;
    } else if words.len() < 8 {
        penalty += 0.15;
    }
    if letters > 20 && sentence.chars().filter(|c| c.is_uppercase()).count() * 10 > letters * 6 {
        penalty += 0.5;
    }
    if !is_balanced(&lower) {
        // Half a quotation: who says it, or the rest of what is said, is in another sentence.
        penalty += 1.0;
    }
    if leans(sentence) {
        penalty += 0.1;
    }
    penalty
}

/// Whether a sentence leans on the one before it, by its first word.
pub(super) fn leans(sentence: &str) -> bool {
    let first = sentence.split_whitespace().next().unwrap_or_default();
    LEANING.contains(&first.trim_end_matches(',').to_lowercase().as_str())
}

/// Phrases of sentences that tell the reader what to do next, in English and French.
const INVITATIONS: [&str; 41] = [
    "more information can be found",
    "for more information",
    "for further information",
    "for more details",
    "for additional information",
    "for media inquiries",
    "for media enquiries",
    "for press inquiries",
    "for interview requests",
    "media contact",
    "press contact",
    "contact us",
    "click here",
    "read more",
    "see also",
    "follow us",
    "sign up",
    "subscribe",
    "to register",
    "register here",
    "the link below",
    "the following link",
    "this link",
    "all rights reserved",
    "forward-looking statements",
    "photo credit",
    "image credit",
    "pour plus d’informations",
    "pour plus d'informations",
    "pour en savoir plus",
    "pour tout renseignement",
    "contact presse",
    "contacts presse",
    "contactez-nous",
    "cliquez ici",
    "lire la suite",
    "lire aussi",
    "suivez-nous",
    "abonnez-vous",
    "s’inscrire",
    "tous droits réservés",
];

/// Beginnings of short lines about the text rather than of it.
const OPENINGS: [&str; 20] = [
    "by ",
    "par ",
    "photo",
    "image",
    "video",
    "vidéo",
    "source",
    "contact",
    "tel",
    "tél",
    "email",
    "e-mail",
    "courriel",
    "about ",
    "à propos",
    "share",
    "partager",
    "©",
    "published",
    "publié",
];

/// First words of sentences that lean on the one before: alone they leave open who or what.
const LEANING: [&str; 34] = [
    "he",
    "she",
    "they",
    "it",
    "his",
    "her",
    "their",
    "its",
    "this",
    "these",
    "those",
    "also",
    "however",
    "moreover",
    "meanwhile",
    "then",
    "but",
    "and",
    "il",
    "elle",
    "ils",
    "elles",
    "son",
    "sa",
    "ses",
    "leur",
    "leurs",
    "celui-ci",
    "celle-ci",
    "ensuite",
    "puis",
    "mais",
    "cependant",
    "toutefois",
];

fn has_address(lower: &str) -> bool {
    if lower.contains("http://") || lower.contains("https://") || lower.contains("www.") {
        return true;
    }
    lower.split_whitespace().any(|word| {
        let (name, domain) = word.split_once('@').unwrap_or_default();
        !name.is_empty() && domain.trim_end_matches(['.', ',', ';']).contains('.')
    })
}

fn ends_like_a_sentence(sentence: &str) -> bool {
    closed(sentence).ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔'])
}

/// The sentence without what closes after its stop.
fn closed(sentence: &str) -> &str {
    sentence.trim_end_matches(|c: char| {
        matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '›') || c.is_whitespace()
    })
}

/// Whether every quotation and bracket that opens in the sentence closes in it: half a quotation reads badly alone.
fn is_balanced(sentence: &str) -> bool {
    let count = |mark: &str| sentence.matches(mark).count();
    [("“", "”"), ("«", "»"), ("(", ")"), ("-lrb-", "-rrb-")]
        .iter()
        .all(|&(open, close)| count(open) == count(close))
        && count("\"").is_multiple_of(2)
        // As tokenizers write them; two of the latter may also be a quotation by themselves.
        && (count("``") == count("''") || (count("``") == 0 && count("''").is_multiple_of(2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_is_fit_to_be_quoted() {
        for sentence in [
            "The ministry will open twelve new schools in the region this year.",
            "“We shall plant ten thousand trees along the river,” said the mayor of Oslo.",
            "Le ministère ouvrira douze écoles dans la région d’ici la fin de l’année.",
            "Le maire a dit : « Nous planterons dix mille arbres le long du fleuve. »",
        ] {
            assert!(penalty(sentence) < 0.01, "{sentence}");
        }
    }

    #[test]
    fn what_is_about_the_text_is_not() {
        for sentence in [
            "By Jane Doe, Staff Writer",
            "RABAT, 15 March —",
            "28 octobre 2023",
            "For more information, visit our website or write to us.",
            "Write to press@example.org.",
            "The event will be live on https://example.org/live",
            "Contact presse : Marie Blanc, 01 23 45 67 89.",
            "Pour en savoir plus, consultez notre site.",
            "+212 5 37 56 60 52",
            "About the foundation",
            "The programme of the three days in the old town hall of the city looks like this:",
        ] {
            assert!(penalty(sentence) >= 1.0, "{sentence}");
        }
    }

    #[test]
    fn what_needs_its_neighbours_is_not() {
        for (alone, not) in [
            (
                "“The work will begin in the spring of next year.”",
                "“The work will begin in the spring of next year.",
            ),
            (
                "`` The work will begin in the spring of next year . ''",
                "`` The work will begin in the spring of next year .",
            ),
            (
                "The work -LRB- of two years -RRB- begins in spring .",
                "The work -LRB- of two years begins in the spring .",
            ),
            (
                "The mayor asked what the bridge would cost.",
                "What would the new bridge over the river cost?",
            ),
        ] {
            assert!(penalty(alone) < 1.0 && penalty(not) >= 1.0, "{alone} {not}");
        }
    }
}
