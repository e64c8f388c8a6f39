//! Where a text may end: after a sentence, or else after a word.

/// What stands for the words left out of a sentence that is too long.
pub(super) const OMISSION: &str = " …";

/// The sentences of a text, white space at their ends left out: they end with a full stop, a question or exclamation mark
/// or an ellipsis, whatever closes after it, and white space; or with a line.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (at, letter) in text.char_indices() {
        if letter == '\n' || (ended && letter.is_whitespace()) {
            found.push(text[start..at].trim());
            start = at;
        }
        ended = match letter {
            '.' | '!' | '?' | '…' => true,
            ')' | ']' | '"' | '”' | '»' | '’' | '\'' => ended,
            // A French quotation closes after a space that does not break.
            '\u{a0}' | '\u{202f}' => ended,
            _ => false,
        };
    }
    found.push(text[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// The beginning of `sentence` that, with the sign of omission, has at most `room` characters, cut after a word; in the
/// middle of one only if there is no other place.
pub(super) fn after_a_word(sentence: &str, room: usize) -> &str {
    let room = room.saturating_sub(OMISSION.chars().count()).max(1);
    let end = sentence
        .char_indices()
        .nth(room)
        .map_or(sentence.len(), |(at, _)| at);
    let (kept, rest) = sentence.split_at(end);
    // A comma after the word is left out, so the word may be the last that fits; one in "4,5" is not after a word.
    let mut following = rest
        .trim_start_matches([',', ';', ':', '.', '!', '?', ')'])
        .chars();
    let whole = following.next().is_none_or(char::is_whitespace);
    let kept = match kept.rfind(char::is_whitespace) {
        Some(space) if !whole && !kept[..space].trim().is_empty() => &kept[..space],
        _ => kept,
    };
    // "word …", not "word, …", nor "of the …".
    bare_of_openers(kept)
}

/// The text without the signs at its end, and without words that only go before others, as far as half of it stays.
fn bare_of_openers(kept: &str) -> &str {
    let mut end = bare(kept);
    while let Some(space) = end.rfind(char::is_whitespace)
        && opens_a_phrase(end[space..].trim_start())
        && space > kept.len() / 2
    {
        end = bare(&end[..space]);
    }
    if end.is_empty() { kept } else { end }
}

fn bare(text: &str) -> &str {
    text.trim_end_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | ';' | ':' | '-' | '–' | '—')
    })
}

/// Words that nothing ends with: articles, prepositions, conjunctions, auxiliaries, in English and French. The summarizer knows
/// the same (`summarizer/src/abstracts/clause.rs`).
const PHRASE_OPENERS: &str = "a an the this that these those his her its their our your my of in on at to for from with by as than \
    into over under about after before between and or but nor not no is are was were be been has have had will would can could \
    may might must should who which when where while because if le la les l un une des du de d au aux ce cet cette ces son sa ses \
    leur leurs notre nos votre vos à en dans sur sous par pour avec sans chez vers entre et ou mais ni ne que qui dont où aucun \
    aucune est sont a ont était étaient sera seront très plus si";

fn opens_a_phrase(word: &str) -> bool {
    let word = word.to_lowercase();
    PHRASE_OPENERS
        .split_whitespace()
        .any(|opener| opener == word)
}
