//! Signs that end or open a sentence, in the scripts of many languages.

/// Whether a sign may end a sentence.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '‽'
            | '。'
            | '．'
            | '｡'
            | '！'
            | '？'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '։'
            | '።'
            | '။'
    )
}

/// Stops that need no space after them.
pub(crate) fn is_full_width(c: char) -> bool {
    matches!(c, '。' | '．' | '｡' | '！' | '？')
}

/// Whether a sign may stand before the first word of a sentence.
pub(super) fn opens(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '„'
            | '‘'
            | '\''
            | '«'
            | '‹'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
            | '-'
            | '–'
            | '—'
            | '*'
            | '’'
    )
}
