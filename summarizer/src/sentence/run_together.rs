//! Sentences with no space between them, as scraped text often has them.

use super::{Word, starter};

/// Whether a sentence begins at a capital in the middle of a word, as where a heading or a link was run together with what
/// comes after it ("…une promesse aux salariésC’est ce que…"): a word in small letters goes before it, and it begins one
/// that sentences begin with.
pub(super) fn runs_on(chars: &[char], start: usize, at: usize) -> bool {
    let word = chars[start.max(at.saturating_sub(40))..at].iter().rev();
    let word: Vec<char> = word.take_while(|c| !c.is_whitespace()).copied().collect();
    if word.len() < 3 || !word.iter().all(|c| c.is_lowercase()) {
        return false;
    }
    let following: String = chars[at..]
        .iter()
        .take_while(|c| !c.is_whitespace())
        .take(40)
        .collect();
    let letters = following.chars().take_while(|c| c.is_alphabetic()).count();
    let elided = following.contains(['’', '\'']) && letters <= 2;
    (letters >= 3 || elided)
        && following
            .chars()
            .skip(1)
            .take(letters - 1)
            .all(char::is_lowercase)
        && starter::begins_sentence(&following)
}

/// Whether a space was forgotten ("…of the region.The ministry…"), as scraped text often has it.
pub(super) fn lacks_space(run: &[char], word: &Word, following: &str) -> bool {
    let address = word.text.contains(['.', '@', ':']);
    let counted = following.starts_with(|c: char| c.is_ascii_digit());
    if counted && run.len() == 1 && !address {
        // "…d'arme utilisé.200 enquêtes…": a number does not come right after the letters of a long word.
        return word.text.chars().count() >= 4 && word.text.chars().all(char::is_lowercase);
    }
    let long_enough = word.text.chars().count() >= 2
        && word.text.chars().all(|c| c.is_alphanumeric() || c == '-');
    let dots = run.len() == 3 && run.iter().all(|&c| c == '.');
    !address
        && long_enough
        && (((run.len() == 1 || dots) && starter::begins_sentence(following))
            || (run.len() == 1 && is_new_sentence(word, following)))
}

/// Whether two words with nothing but a full stop between them can hardly be one ("…in France.Julian Bugier…"): a
/// word of some length, then a capital and small letters that are no ending of an address.
fn is_new_sentence(word: &Word, following: &str) -> bool {
    let begun: String = following
        .chars()
        .take_while(|c| c.is_alphabetic())
        .collect();
    let capital = begun.starts_with(char::is_uppercase)
        && begun.chars().count() >= 2
        && begun.chars().skip(1).all(char::is_lowercase);
    // "…, a-t-elle dit.Paul …"; of three letters "Sub.Domain" may be a name.
    let letters = word.text.chars().count();
    let spelt = letters >= 3
        && word
            .text
            .chars()
            .skip(usize::from(letters > 3))
            .all(|c| !c.is_uppercase());
    let address = matches!(
        begun.to_lowercase().as_str(),
        "com" | "net" | "org" | "gov" | "edu" | "int" | "fr" | "js" | "io"
    ) || following[begun.len()..].starts_with(['.', '/', '@']);
    capital && spelt && !address
}
