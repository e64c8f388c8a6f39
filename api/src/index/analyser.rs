//! Words of a text as they are searched: folded, without elisions, cut to their stems by the text's language.

use tantivy::tokenizer::{
    Language, Stemmer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer,
};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Of a longer word, no more than this many bytes are kept, in texts and in searches alike.
const LONGEST: usize = 80;

/// Whose stems a text is cut to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stems {
    /// None: the words as they are.
    None,
    /// English.
    English,
    /// French.
    French,
}

impl Stems {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::None, Self::English, Self::French];

    /// Those of the texts of a language (`en`, `fr`, …).
    pub(super) fn of(language: &str) -> Self {
        match language {
            "en" => Self::English,
            "fr" => Self::French,
            _ => Self::None,
        }
    }

    /// What cuts a text into words of this kind.
    fn analyser(self) -> TextAnalyzer {
        match self {
            Self::None => TextAnalyzer::from(Words),
            Self::English => TextAnalyzer::from(Stemmer::new(Language::English).transform(Words)),
            Self::French => {
                let words = FrenchEndings.transform(Words);
                TextAnalyzer::from(Stemmer::new(Language::French).transform(words))
            }
        }
    }

    /// What the terms of this kind begin with. No word has such a sign in it: a stem of one language is found in texts of
    /// that language alone, and stems of a search cut as if it were in another find no words that nobody wrote.
    fn mark(self) -> &'static str {
        match self {
            Self::None => "",
            Self::English => "en:",
            Self::French => "fr:",
        }
    }

    /// The words of a text as the index has them: those of a language are marked with it.
    pub(super) fn terms(self, text: &str) -> Vec<Token> {
        let mut words = self.words(text);
        for word in &mut words {
            word.text.insert_str(0, self.mark());
        }
        words
    }

    /// The words of a text, in its order, numbered by their place, with their bytes in it.
    pub(super) fn words(self, text: &str) -> Vec<Token> {
        let mut analyser = self.analyser();
        let mut stream = analyser.token_stream(text);
        let mut words = Vec::with_capacity(text.len() / 6);
        while stream.advance() {
            words.push(stream.token().clone());
        }
        words
    }
}

/// Cuts a text into folded words.
#[derive(Clone, Debug)]
struct Words;

/// Where the cutting of a text stands.
struct Cutting<'a> {
    text: &'a str,
    at: usize,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Cutting<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cutting<'a> {
        Cutting {
            text,
            at: 0,
            token: Token::default(),
        }
    }
}

impl TokenStream for Cutting<'_> {
    fn advance(&mut self) -> bool {
        while let Some((from, to)) = self.next_run() {
            self.at = to;
            let run = &self.text[from..to];
            self.token.text.clear();
            fold_onto(run, &mut self.token.text);
            let silent = self.is_elision(to) || self.is_possessive(from);
            let kept = self.token.text.floor_char_boundary(LONGEST);
            self.token.text.truncate(kept);
            if silent || self.token.text.is_empty() {
                continue;
            }
            self.token.position = self.token.position.wrapping_add(1);
            (self.token.offset_from, self.token.offset_to) = (from, to);
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

impl Cutting<'_> {
    /// The next run of letters and digits; each sign of a script without spaces is a run of its own.
    fn next_run(&self) -> Option<(usize, usize)> {
        let rest = &self.text[self.at..];
        let start = rest.find(char::is_alphanumeric)?;
        let mut end = rest.len();
        for (at, letter) in rest[start..].char_indices() {
            let alone = is_sign(letter);
            if at == 0 && alone {
                end = start + letter.len_utf8();
                break;
            }
            if alone || !(letter.is_alphanumeric() || is_within(letter)) {
                end = start + at;
                break;
            }
        }
        Some((self.at + start, self.at + end))
    }

    /// Whether the word that ends at `to` is a French one cut short before an apostrophe: `l'`, `qu'`.
    fn is_elision(&self, to: usize) -> bool {
        let mut after = self.text[to..].chars();
        after.next().is_some_and(is_apostrophe)
            && after.next().is_some_and(char::is_alphabetic)
            && matches!(
                self.token.text.as_str(),
                "l" | "d"
                    | "j"
                    | "c"
                    | "m"
                    | "t"
                    | "s"
                    | "n"
                    | "qu"
                    | "jusqu"
                    | "lorsqu"
                    | "puisqu"
                    | "quoiqu"
            )
    }

    /// Whether the word that begins at `from` is the English `'s`.
    fn is_possessive(&self, from: usize) -> bool {
        let mut before = self.text[..from].chars().rev();
        self.token.text == "s"
            && before.next().is_some_and(is_apostrophe)
            && before.next().is_some_and(char::is_alphanumeric)
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}' | '\u{2bc}' | '\u{ff07}')
}

/// Takes no room, or stands on another letter: it does not part words.
fn is_within(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}') || is_combining_mark(letter)
}

/// Scripts that are written without spaces between words.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{0e00}'..='\u{0e7f}' | '\u{20000}'..='\u{2fa1f}')
}

/// Lower case, no marks, ligatures as two letters, digits and letters of any width as the plain ones.
fn fold_onto(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
        return;
    }
    for letter in word.nfkd().flat_map(char::to_lowercase) {
        match letter {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            // Case and compatibility may bring new marks and signs with them.
            letter if letter.is_alphanumeric() && !is_combining_mark(letter) => out.push(letter),
            _ => {}
        }
    }
}

/// French endings that a stemmer knows by their accents, which are folded away: `présentées` and `présenté` stay one.
#[derive(Clone, Debug)]
struct FrenchEndings;

#[derive(Clone, Debug)]
struct WithoutEndings<T>(T);

struct Shortened<S>(S);

impl TokenFilter for FrenchEndings {
    type Tokenizer<T: Tokenizer> = WithoutEndings<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> WithoutEndings<T> {
        WithoutEndings(tokenizer)
    }
}

impl<T: Tokenizer> Tokenizer for WithoutEndings<T> {
    type TokenStream<'a> = Shortened<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        Shortened(self.0.token_stream(text))
    }
}

impl<S: TokenStream> TokenStream for Shortened<S> {
    fn advance(&mut self) -> bool {
        let there = self.0.advance();
        let word = &mut self.0.token_mut().text;
        if there && word.len() > 5 {
            let cut = if word.ends_with("ees") {
                2
            } else {
                usize::from(word.ends_with("ee") || word.ends_with("es"))
            };
            word.truncate(word.len() - cut);
        }
        there
    }

    fn token(&self) -> &Token {
        self.0.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.0.token_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(stems: Stems, text: &str) -> Vec<String> {
        let words = stems.words(text);
        for (place, word) in words.iter().enumerate() {
            assert_eq!(word.position, place, "{text}");
            assert!(
                text.is_char_boundary(word.offset_from) && text.is_char_boundary(word.offset_to)
            );
        }
        words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_folded_and_parted() {
        for (text, words) in [
            ("", vec![]),
            ("  — … 🦀 ", vec![]),
            (
                "L’Agence de l'eau, qu'on dit",
                vec!["agence", "de", "eau", "on", "dit"],
            ),
            (
                "The agency's rivers' O'Brien",
                vec!["the", "agency", "rivers", "o", "brien"],
            ),
            (
                "Éclair e\u{301}cole ŒUVRE straße ﬁne",
                vec!["eclair", "ecole", "oeuvre", "strasse", "fine"],
            ),
            (
                "co\u{ad}opera\u{200b}tion co-operation",
                vec!["cooperation", "co", "operation"],
            ),
            ("COVID-19 3.5 % ４２", vec!["covid", "19", "3", "5", "42"]),
            ("東京 2021", vec!["東", "京", "2021"]),
            ("İstanbul a\0b", vec!["istanbul", "a", "b"]),
            ("m² x", vec!["m2", "x"]),
        ] {
            assert_eq!(cut(Stems::None, text), words, "{text:?}");
        }
        assert_eq!(cut(Stems::None, &"é".repeat(10_000)), ["e".repeat(LONGEST)]);
    }

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for (stems, forms) in [
            (Stems::English, "university universities University's"),
            (Stems::English, "signed signs signing"),
            (
                Stems::French,
                "présenté présentée présentées presente présenter",
            ),
            (Stems::French, "éducation educations l'éducation"),
            (Stems::French, "régionale régionales"),
        ] {
            let cut = cut(stems, forms);
            assert!(cut.windows(2).all(|pair| pair[0] == pair[1]), "{cut:?}");
        }
    }
}
