//! How many words a text has.

/// Letters of scripts that put no spaces between words; as many make a word there.
const LETTERS_OF_A_WORD: usize = 2;

/// How many words a text has: what white space parts, and in scripts without spaces two letters for one.
#[must_use]
pub fn count_words(text: &str) -> usize {
    let words = text.split_whitespace().map(|word| {
        let letters = word.chars().filter(|&c| is_unspaced(c)).count();
        letters.div_ceil(LETTERS_OF_A_WORD).max(1)
    });
    words.sum()
}

/// Whether a letter is of a script that is written without spaces: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'
        | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_white_space_parts_or_two_letters_where_nothing_does() {
        for (text, words) in [
            ("", 0),
            ("The bridge, at last, is open …", 7),
            ("市政府宣布", 3),
            ("市政府 宣布 2024", 4),
        ] {
            assert_eq!(count_words(text), words, "{text}");
        }
    }
}
