//! How a line ends and begins: what tells a finished sentence from a broken one.

/// How a text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Ending {
    /// A full stop, an ellipsis.
    Stop,
    /// A question or exclamation mark.
    Call,
    Colon,
    /// A comma, a semicolon, a dash: something must follow.
    Open,
    /// A word that cannot end a sentence ("with the", "de la").
    Dangling,
    /// The stop of an abbreviation ("Inc.", "U.S.").
    Abbreviation,
    /// A word.
    Plain,
}

impl Ending {
    /// Whether a sentence may be over here.
    pub(in super::super) fn is_finished(self) -> bool {
        matches!(self, Ending::Stop | Ending::Call)
    }
}

/// How `text` ends, closing quotes, brackets and note marks left aside.
pub(in super::super) fn ending(text: &str) -> Ending {
    let bare = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '*' | '†' | '“'
            )
    });
    match bare.chars().next_back() {
        Some('…') => Ending::Stop,
        Some('.') if is_abbreviated(bare) => Ending::Abbreviation,
        Some('.' | '。' | '؟' | '।') => Ending::Stop,
        Some('?' | '!') => Ending::Call,
        Some(':') => Ending::Colon,
        Some(',' | ';' | '،' | '–' | '—' | '-' | '&' | '/') => Ending::Open,
        Some(_) if bare.len() == text.trim_end().len() && is_dangling(last_word(bare)) => {
            Ending::Dangling
        }
        _ => Ending::Plain,
    }
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| c.is_whitespace() || matches!(c, '’' | '\''))
        .next()
        .unwrap_or_default()
}

/// Whether the stop that ends `text` belongs to an abbreviation.
pub(in super::super) fn is_abbreviated(text: &str) -> bool {
    let word = last_word(text);
    let stops = word.bytes().filter(|&b| b == b'.').count();
    let letters = word
        .split('.')
        .filter(|part| !part.is_empty())
        .all(|part| part.chars().count() == 1);
    (stops >= 2 && letters)
        || matches!(
            word,
            "Inc."
                | "Ltd."
                | "Co."
                | "Corp."
                | "Jr."
                | "Sr."
                | "Dr."
                | "Mr."
                | "Mrs."
                | "Ms."
                | "Prof."
                | "Eng."
                | "St."
                | "No."
                | "vs."
                | "Mme."
                | "M."
                | "Gen."
                | "Col."
                | "Hon."
                | "Sen."
                | "Rep."
                | "Gov."
        )
}

/// Words, in English and French, that no sentence or title ends with.
fn is_dangling(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "of"
            | "to"
            | "in"
            | "at"
            | "by"
            | "for"
            | "with"
            | "from"
            | "and"
            | "or"
            | "but"
            | "that"
            | "which"
            | "who"
            | "whose"
            | "as"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "has"
            | "have"
            | "had"
            | "will"
            | "its"
            | "their"
            | "his"
            | "her"
            | "our"
            | "these"
            | "those"
            | "into"
            | "between"
            | "than"
            | "via"
            | "le"
            | "la"
            | "les"
            | "un"
            | "une"
            | "des"
            | "de"
            | "du"
            | "d"
            | "l"
            | "à"
            | "au"
            | "aux"
            | "en"
            | "dans"
            | "sur"
            | "sous"
            | "par"
            | "pour"
            | "avec"
            | "et"
            | "ou"
            | "que"
            | "qui"
            | "dont"
            | "où"
            | "est"
            | "sont"
            | "ont"
            | "sera"
            | "seront"
            | "ses"
            | "son"
            | "sa"
            | "leur"
            | "leurs"
            | "ce"
            | "cette"
            | "ces"
            | "entre"
            | "vers"
            | "chez"
            | "qu"
            | "n"
            | "s"
            | "se"
            | "ne"
    )
}

/// Whether the first letter of `text`, behind opening quotes and brackets, is a small one.
pub(in super::super) fn starts_lower(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| {
        matches!(c, '"' | '“' | '«' | '(' | '[' | '‘' | '\'' | '’') || c.is_whitespace()
    });
    let mut chars = bare.chars();
    // "iPhone", "eBay": a name that begins small.
    chars.next().is_some_and(char::is_lowercase) && !chars.next().is_some_and(char::is_uppercase)
}

/// Whether `line` continues a word of `text` that was broken at its hyphen ("Director-" / "General").
pub(super) fn is_broken_word(text: &str, line: &str) -> bool {
    let mut end = text.chars().rev();
    let hyphen =
        matches!(end.next(), Some('-' | '‐')) && end.next().is_some_and(char::is_alphanumeric);
    let first = line.split([' ', '-']).next().unwrap_or_default();
    hyphen
        && line.starts_with(char::is_alphanumeric)
        && !matches!(first, "and" | "or" | "et" | "ou" | "to")
}

/// Whether a sentence was torn between `before`, of `chars` characters, and `after`, though a blank line stands between them.
pub(super) fn is_torn(before: &str, chars: usize, after: &str) -> bool {
    let mut opening = after.chars();
    let mark = opening
        .next()
        .is_some_and(|c| matches!(c, '.' | ',' | ';' | ')'))
        && opening.next().is_none_or(|c| c == ' ');
    let state = ending(before);
    if mark {
        return !state.is_finished();
    }
    if !starts_lower(after) {
        return false;
    }
    match state {
        Ending::Dangling => true,
        Ending::Open => chars >= 60 && !before.ends_with(';'),
        Ending::Plain => chars >= 100 && before.contains(' '),
        _ => false,
    }
}
