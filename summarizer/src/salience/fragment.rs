//! Sentences that tell something and yet cannot be quoted alone: parts of a quotation that do not say whose it is, exclamations
//! of a few words, and what is in another language than the text.

use crate::sentence::{Sentence, count_words};

/// Sentences that one quotation may go on for; what is open for longer was never closed.
const LONGEST_QUOTATION: usize = 8;

/// Fewer words tell too little: "Look.", "Yes, agreed."
const FEWEST: usize = 4;

/// Letters from which on the language of a sentence can be told.
const ENOUGH: usize = 60;

/// As many characters of a text tell its language.
const SAMPLE: usize = 20_000;

/// For each sentence, whether it is such a fragment.
pub(super) fn fragments(sentences: &[Sentence<'_>]) -> Vec<bool> {
    let mut found = inside_quotations(sentences);
    let language = language(sentences);
    for (sentence, fragment) in sentences.iter().zip(&mut found) {
        *fragment |= is_bare_quotation(sentence.text)
            || count_words(&sentence.text.replace(['’', '\''], " ")) < FEWEST
            || is_in_another(language, sentence.text);
    }
    found
}

/// The language of most of a text, where it can be told.
fn language(sentences: &[Sentence<'_>]) -> Option<whatlang::Lang> {
    let mut sample = String::new();
    for sentence in sentences {
        if sample.len() > SAMPLE {
            break;
        }
        sample.push_str(sentence.text);
        sample.push(' ');
    }
    let told = whatlang::detect(&sample)?;
    told.is_reliable().then(|| told.lang())
}

fn is_in_another(language: Option<whatlang::Lang>, sentence: &str) -> bool {
    let letters = sentence.chars().filter(|c| c.is_alphabetic());
    letters.count() >= ENOUGH
        && language.is_some_and(|language| {
            whatlang::detect(sentence)
                .is_some_and(|told| told.is_reliable() && told.lang() != language)
        })
}

/// A mark of quotation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Opens(char),
    Closes(char),
    /// Either, as what stands around it tells.
    Straight,
}

/// Where each quotation of a sentence opens and closes.
fn marks(sentence: &str) -> Vec<Mark> {
    let chars: Vec<char> = sentence.chars().collect();
    let mut found = Vec::new();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        match c {
            '“' | '”' if before.is_some_and(char::is_alphanumeric) => {
                found.push(Mark::Closes('“'))
            }
            '“' => found.push(Mark::Opens('“')),
            '”' => found.push(Mark::Closes('“')),
            '„' => found.push(Mark::Opens('“')),
            '«' => found.push(Mark::Opens('«')),
            '»' => found.push(Mark::Closes('«')),
            '`' if before == Some('`') => found.push(Mark::Opens('`')),
            '\'' if before == Some('\'') => found.push(Mark::Closes('`')),
            '"' => {
                let after = chars.get(at + 1);
                let opens = before.is_none_or(char::is_whitespace);
                let closes = after.is_none_or(|c| c.is_whitespace());
                found.push(match (opens, closes) {
                    (true, false) => Mark::Opens('"'),
                    (false, true) => Mark::Closes('"'),
                    _ => Mark::Straight,
                });
            }
            _ => {}
        }
    }
    found
}

/// For each sentence, whether it begins inside a quotation that an earlier one of its paragraph opened.
fn inside_quotations(sentences: &[Sentence<'_>]) -> Vec<bool> {
    let mut inside = vec![false; sentences.len()];
    // What is open, and in which sentence it was opened.
    let mut open: Option<(char, usize)> = None;
    for (index, sentence) in sentences.iter().enumerate() {
        let begins = index
            .checked_sub(1)
            .is_none_or(|before| sentences[before].paragraph != sentence.paragraph);
        if let Some((mark, from)) = open
            && begins
        {
            // A quotation that goes on is opened again in each of its paragraphs, and closed in the last.
            if sentence.text.starts_with(mark) {
                inside[from + 1..index].fill(true);
            }
            open = None;
        }
        open = open.filter(|&(_, from)| index - from <= LONGEST_QUOTATION);
        for mark in marks(sentence.text) {
            match (mark, open) {
                (Mark::Opens(mark), None) => open = Some((mark, index)),
                // The one before was never closed.
                (Mark::Opens('"'), Some(('"', _))) => open = Some(('"', index)),
                (Mark::Straight, None) => open = Some(('"', index)),
                (Mark::Closes(closing), Some((opened, from))) if closing == opened => {
                    inside[(from + 1).min(index + 1)..=index].fill(true);
                    open = None;
                }
                (Mark::Straight, Some(('"', from))) => {
                    inside[(from + 1).min(index + 1)..=index].fill(true);
                    open = None;
                }
                _ => {}
            }
        }
    }
    inside
}

/// Whether a sentence is a quotation and nothing else, so that nobody knows who says so.
fn is_bare_quotation(sentence: &str) -> bool {
    let mut open = false;
    let mut quoted = false;
    let mut before = ' ';
    for c in sentence.chars() {
        match c {
            '“' | '«' | '„' => (open, quoted) = (true, true),
            '”' | '»' => open = false,
            '"' => (open, quoted) = (!open, true),
            '`' if before == '`' => (open, quoted) = (true, true),
            '\'' if before == '\'' => open = false,
            _ if !open && c.is_alphanumeric() => return false,
            _ => {}
        }
        before = c;
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence::split;

    /// The sentences of a text that are fragments.
    fn found(text: &str) -> Vec<&str> {
        let sentences = split(text);
        let fragments = fragments(&sentences);
        let both = sentences.iter().zip(fragments);
        both.filter(|(_, fragment)| *fragment)
            .map(|(sentence, _)| sentence.text)
            .collect()
    }

    #[test]
    fn the_middle_of_a_quotation_is_not_said_by_the_text() {
        let said = "We built this harbour with our own hands.";
        let claim = "It will be the greatest harbour of the whole north.";
        let end = "Nobody else could have built it in so few years";
        for (text, expected) in [
            (
                format!("“{said} {claim} {end},” said Ada Lind of the port."),
                3,
            ),
            (
                format!("\"{said} {claim} {end},\" said Ada Lind of the port."),
                3,
            ),
            (
                format!("« {said} {claim} {end} », a dit Ada Lind du port."),
                3,
            ),
            (
                format!("`` {said} {claim} {end} , '' said Ada Lind of the port ."),
                3,
            ),
            // Opened again in the next paragraph, closed there.
            (
                format!("“{said} {claim}\n\n“{end},” said Ada Lind of the port."),
                2,
            ),
        ] {
            let fragments = found(&text);
            assert_eq!(fragments.len(), expected, "{text}: {fragments:?}");
            assert_eq!(fragments[1], claim, "{text}");
        }
        // A mark that nothing closes, and one that stands for inches, open nothing.
        for text in [
            format!("The \"port was built on the sand of the bay. {said} {claim}"),
            format!("The port has “two” new walls of stone. {said} {claim}"),
            format!("The \"port was built on sand. {said} {claim} \"It is old,\" said Ada Lind."),
        ] {
            assert_eq!(found(&text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_quotation_without_its_speaker_is_a_fragment() {
        for text in [
            "“From this week on it travels for two hundred metres.”",
            "« Dès cette semaine, il parcourt deux cents mètres. »",
            "\"From this week on it travels for two hundred metres.\"",
        ] {
            assert_eq!(found(text), [text]);
        }
        assert_eq!(
            found("“From this week on it travels further,” said Ada Lind."),
            [""; 0]
        );
    }

    #[test]
    fn exclamations_are_fragments_and_short_sentences_without_spaces_are_not() {
        let text = "Look. Not at all. L’entrée est libre. The mill is open.";
        assert_eq!(found(text), ["Look.", "Not at all."]);
        assert_eq!(found("市政府宣布新的图书馆将于五月开放。"), [""; 0]);
    }

    #[test]
    fn what_is_in_another_language_is_a_fragment() {
        let french = "Le conseil de la ville a décidé lundi de construire trois nouvelles écoles au bord du fleuve.";
        let text = format!(
            "The council of the town decided on Monday to build three new schools beside the river. {french} \
             The first of them will be open to all children of the town in the autumn of next year. \
             It will have a kitchen, a garden and a hall in which the children of all three can meet."
        );
        assert_eq!(found(&text), [french]);
    }
}
