//! Sentences that are no news: addresses, bylines, datelines, headings, invitations to click.

mod phrases;

use super::leaning::leans;
use crate::sentence::{Sentence, is_stop};
use phrases::{ENDINGS, IMPERATIVES, INVITATIONS, OPENINGS, UNFINISHED};

/// How unfit a sentence is to be quoted: 0 for an ordinary one, 1 and more for one that never should be.
fn penalty(sentence: &str) -> f64 {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let letters = sentence.chars().filter(|c| c.is_alphabetic()).count();
    let signs = sentence.chars().filter(|c| !c.is_whitespace()).count();
    let mut penalty = 0.0;
    if letters == 0 || letters * 2 < signs {
        penalty += 1.0;
    }
    if has_address(&lower) || invites(&lower) {
        penalty += 1.0;
    }
    if words.len() <= 12 && is_about_the_text(sentence, &lower) {
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
    if breaks_off(&lower) {
        // What stood there, a link perhaps, was lost: "from and ."
        penalty += 1.0;
    }
    if leans(sentence) {
        penalty += 0.1;
    }
    penalty
}

/// Whether a sentence tells the reader what to do next.
fn invites(lower: &str) -> bool {
    let words = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let whole = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    INVITATIONS.iter().any(|phrase| lower.contains(phrase))
        || IMPERATIVES
            .iter()
            .any(|phrase| words.strip_prefix(phrase).is_some_and(whole))
}

/// Whether a line is a byline, a credit or a label rather than news: "By Jane Doe", "Photo: the mill", "Source : Lumen".
fn is_about_the_text(line: &str, lower: &str) -> bool {
    let Some(rest) = OPENINGS.iter().find_map(|opening| {
        lower
            .strip_prefix(opening)
            .filter(|rest| !rest.starts_with(char::is_alphanumeric))
    }) else {
        return false;
    };
    // News may begin so as well: "Sources in the ministry said …", "By Friday the bridge was open."
    !ends_like_a_sentence(line)
        || rest
            .trim_start_matches([' ', 's', '\u{a0}'])
            .starts_with([':', '©', '/', '|'])
        || line.contains(':')
        || is_of_names(line)
}

/// Whether most words after the first have capitals, as those of names have: "By Jane Doe and John Roe for Lumen News."
fn is_of_names(line: &str) -> bool {
    let words = line.split_whitespace().skip(1);
    let (names, others) = words.fold((0, 0), |(names, others), word| {
        if word.starts_with(char::is_uppercase) {
            (names + 1, others)
        } else {
            (names, others + 1)
        }
    });
    names >= 2 && names >= 2 * others
}

/// How unfit the sentences of a text are, each by itself and by where it stands: what comes after the news, under headings such
/// as "About the company", "Media contacts" and "References", and notes at the foot, are unfit whatever they say.
pub(super) fn penalties(sentences: &[Sentence<'_>]) -> Vec<f64> {
    let mut penalties: Vec<f64> = sentences
        .iter()
        .map(|sentence| penalty(sentence.text))
        .collect();
    let (mut fit, mut ended, mut note) = (0, false, false);
    let mut paragraph = None;
    let mut numbered = 0;
    for (sentence, penalty) in sentences.iter().zip(&mut penalties) {
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            let number = note_number(sentence.text);
            note = is_note(sentence.text) || (number > 1 && number == numbered + 1);
            numbered = number;
            ended |= fit >= NEWS && ends_news(sentence.text);
        }
        if ended || note {
            *penalty += 1.0;
        }
        fit += usize::from(*penalty < 1.0);
    }
    penalties
}

/// Sentences of news that come before what comes after it.
const NEWS: usize = 2;

/// The longest heading, in words.
const HEADING: usize = 8;

/// Whether a paragraph that begins so is a heading of what comes after the news, or begins with one.
fn ends_news(paragraph: &str) -> bool {
    let line = paragraph.lines().next().unwrap_or_default().trim();
    let lower = line.to_lowercase();
    !ends_like_a_sentence(line)
        && line.split_whitespace().count() <= HEADING
        && ENDINGS.iter().any(|ending| lower.starts_with(ending))
}

/// Whether a paragraph that begins so is a note at the foot: "[1] As of May", "* As of May". A star that only marks an item of a
/// list was left out before.
fn is_note(paragraph: &str) -> bool {
    let number = paragraph
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'));
    paragraph.starts_with('*')
        || number.is_some_and(|(number, _)| {
            !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
        })
}

/// The number of a note that has it and a space before its first word: "2 As of May"; 0 if it has none.
fn note_number(paragraph: &str) -> u32 {
    let numbered = paragraph.split_once(' ').filter(|(number, note)| {
        (1..=2).contains(&number.len()) && note.starts_with(char::is_uppercase)
    });
    numbered
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or(0)
}

/// Whether a sentence ends in a word that cannot be its last.
fn breaks_off(lower: &str) -> bool {
    let last = closed(lower)
        .trim_end_matches(['.', ' '])
        .rsplit(' ')
        .next();
    last.is_some_and(|word| UNFINISHED.contains(&word))
}

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
    closed(sentence).ends_with(is_stop)
}

/// The sentence without what closes after its stop.
fn closed(sentence: &str) -> &str {
    sentence.trim_end_matches(|c: char| {
        matches!(
            c,
            '"' | '”' | '“' | '’' | '\'' | '»' | '«' | ')' | ']' | '›' | '」' | '』' | '）' | '】'
        ) || c.is_whitespace()
    })
}

/// Whether every quotation and bracket that opens in the sentence closes in it: half a quotation reads badly alone.
fn is_balanced(sentence: &str) -> bool {
    let count = |mark: &str| sentence.matches(mark).count();
    [("«", "»"), ("(", ")"), ("「", "」"), ("-lrb-", "-rrb-")]
        .iter()
        .all(|&(open, close)| count(open) == count(close))
        // “English”, „German“ and ”Swedish” quotations.
        && (count("“") + count("„") == count("”")
            || count("„") == count("“") + count("”")
            || (count("“") == 0 && count("”").is_multiple_of(2)))
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
            "Shares of Lumen fell by twelve percent on Monday.",
            "About 300 people were killed in the earthquake on Monday.",
            "By 2030, Oslo will have twelve new schools.",
            "Telenor will open a data centre in Oslo in May.",
            "Sources in the ministry confirmed the plan on Monday.",
            "The service gained two million subscribers in the first year.",
            "The doctors confirmed this link between smoking and cancer of the lungs.",
            "Citizens have until May to register for the election of the council.",
            "Twelve countries will sign up to the treaty on Monday.",
            "Par endroits, la neige a fermé toutes les routes du nord.",
            "Le projet doit s’inscrire dans la durée, selon la ville.",
            "„Die neue Brücke ist endlich wieder offen“, sagte die Bürgermeisterin der Stadt.",
            "”Den nya bron är äntligen öppen igen för alla”, sade borgmästaren i staden.",
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
            "New mills for flour and for oil come from and .",
            "Follow @lumen or see what we do on the pages of the mill.",
            "To access the webcast of the meeting, go to the pages of the firm.",
            "More information, including prices, is on the pages of the firm.",
            "The programme of the three days in the old town hall of the city looks like this:",
            "Ada Lind and Joe Carter of Lumen News contributed to this report.",
            "By Ada Lind and Joe Carter for Lumen News.",
            "Photo: the new mill of Northport in May.",
            "Sign up for the letter of the week.",
            "Copyright 2026 Lumen News.",
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

    #[test]
    fn what_comes_after_the_news_is_not() {
        for end in [
            "About Lumen\n\nLumen runs the largest mills of all in Northport and Dunmore.",
            "About Lumen\nLumen runs the largest mills of all in Northport and Dunmore.",
            "À propos de Lumen\n\nLumen exploite les plus grands moulins du pays.",
            "Media Contacts:\n\nThe press office of the mill is open from eight to four.",
            "[1] The figures are those of the end of May. They are estimates of the firm.",
            "* The figures are those of the end of May. They are estimates of the firm.",
            "1 Figures of May\n\n2 The figures are those of the end of May, as of the sixth.",
        ] {
            let news = "The mill opened on Monday in the old harbour of the town.\n\n200 Guests came to see it on that day.";
            let text = format!("{news}\n\n{end}");
            let sentences = crate::sentence::split(&text);
            for (sentence, penalty) in sentences.iter().zip(penalties(&sentences)) {
                let expected = news.contains(sentence.text);
                assert_eq!(penalty < 1.0, expected, "{} in {text}", sentence.text);
            }
        }
        // Nothing else would be left.
        let text = "About Lumen\n\nLumen runs the largest mills of all in Northport and Dunmore.";
        assert!(penalties(&crate::sentence::split(text))[1] < 1.0);
    }
}
