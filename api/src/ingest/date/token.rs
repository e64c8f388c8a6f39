//! The words, numbers and marks of a stretch of text, as dates need them.

use chrono::Weekday;

use super::super::fold;

/// One token of a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Byte range in the stretch.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number of up to four digits, and how many digits it was written with.
    Number {
        value: u32,
        digits: usize,
    },
    /// 1 to 12.
    Month(u32),
    Weekday(Weekday),
    /// A folded word.
    Word(String),
    Mark(char),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(c) if marks.contains(&c))
    }
}

/// The tokens of `text`. An ordinal ending ("15th", "1er") belongs to its number.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let mut end = start + c.len_utf8();
        let mut run = |test: fn(char) -> bool| {
            while let Some(&(at, next)) = rest.peek() {
                if !test(next) {
                    break;
                }
                end = at + next.len_utf8();
                rest.next();
            }
            end
        };
        let kind = if c.is_ascii_digit() {
            let end = run(|c| c.is_ascii_digit());
            let digits = end - start;
            let value = text[start..end].parse().ok().filter(|_| digits <= 4);
            let value = value.unwrap_or(u32::MAX);
            Kind::Number { value, digits }
        } else if c.is_alphabetic() {
            let end = run(char::is_alphabetic);
            word(&text[start..end])
        } else if c.is_whitespace() {
            continue;
        } else {
            Kind::Mark(c)
        };
        if let (
            Kind::Word(ending),
            Some(Token {
                end: number_end,
                kind: Kind::Number { digits: 1 | 2, .. },
                ..
            }),
        ) = (&kind, tokens.last_mut())
            && *number_end == start
            && matches!(
                ending.as_str(),
                "st" | "nd" | "rd" | "th" | "er" | "ere" | "e" | "eme"
            )
        {
            *number_end = end;
            continue;
        }
        tokens.push(Token { start, end, kind });
    }
    tokens
}

fn word(raw: &str) -> Kind {
    let word = fold::key(raw);
    if let Some(weekday) = weekday(&word) {
        return Kind::Weekday(weekday);
    }
    match month(&word) {
        // "may" is a month only with its capital: "it may 2021 …" is not.
        Some(5) if word == "may" && !raw.starts_with('M') => Kind::Word(word),
        Some(month) => Kind::Month(month),
        None => Kind::Word(word),
    }
}

/// The number of the month named `word` (folded), in English or French, whole or shortened.
fn month(word: &str) -> Option<u32> {
    Some(match word {
        "january" | "jan" | "janvier" | "janv" => 1,
        "february" | "feb" | "febr" | "fevrier" | "fevr" | "fev" => 2,
        "march" | "mar" | "mars" => 3,
        "april" | "apr" | "avril" | "avr" => 4,
        "may" | "mai" => 5,
        "june" | "jun" | "juin" => 6,
        "july" | "jul" | "juillet" | "juil" => 7,
        "august" | "aug" | "aout" => 8,
        "september" | "sept" | "sep" | "septembre" => 9,
        "october" | "oct" | "octobre" => 10,
        "november" | "nov" | "novembre" => 11,
        "december" | "dec" | "decembre" => 12,
        _ => return None,
    })
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" | "lundi" | "lun" => Weekday::Mon,
        "tuesday" | "tue" | "tues" | "mardi" => Weekday::Tue,
        "wednesday" | "wed" | "mercredi" | "mer" => Weekday::Wed,
        "thursday" | "thu" | "thur" | "thurs" | "jeudi" | "jeu" => Weekday::Thu,
        "friday" | "fri" | "vendredi" | "ven" => Weekday::Fri,
        "saturday" | "sat" | "samedi" | "sam" => Weekday::Sat,
        "sunday" | "sun" | "dimanche" | "dim" => Weekday::Sun,
        _ => return None,
    })
}
