//! Where a sentence that is too long may be cut: at the end of a clause rather than inside a list of names.

/// Words that begin a subordinate clause or an addition that the sentence can do without, after a comma.
const CONNECTORS: &str = "which who whom whose where when while as with after before because since although though \
    so but including noting stressing adding saying pointing emphasizing underlining during through following to in on for under \
    qui que dont où lorsque tandis alors comme avec après avant car afin ainsi mais notamment soulignant indiquant \
    précisant ajoutant durant lors selon pour en dans sur sous visant";

/// Words that nothing ends with: articles, prepositions, conjunctions, auxiliaries. The server knows the same
/// (`api/src/abstracts/ending.rs`).
const PHRASE_OPENERS: &str = "a an the this that these those his her its their our your my of in on at to for from with by as than \
    into over under about after before between and or but nor not no is are was were be been has have had will would can could \
    may might must should who which when where while because if le la les l un une des du de d au aux ce cet cette ces son sa ses \
    leur leurs notre nos votre vos à en dans sur sous par pour avec sans chez vers entre et ou mais ni ne que qui dont où aucun \
    aucune est sont a ont était étaient sera seront très plus si";

/// How good a place to cut is; the greater the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// A comma between words that may be a list.
    List,
    /// A comma before a small letter.
    Comma,
    /// A semicolon, a colon or a dash, or a comma before a connector.
    Clause,
}

/// Number of characters to keep of `beginning`, at most `room`. `beginning` has one character more if there is one.
///
/// The last clause end in the second half of the room wins, then a lesser comma there, then the end of a word;
/// in a text without spaces, the last character that may stand alone.
pub(super) fn end(beginning: &[char], room: usize) -> usize {
    let room = room.min(beginning.len());
    let least = room / 2;
    let mut best: Option<(Place, usize)> = None;
    let mut depth = 0_i32;
    let mut word_end = None;
    let mut straight = false;
    for at in 0..=room.min(beginning.len() - 1) {
        let c = beginning[at];
        let kept = beginning[..at]
            .iter()
            .rposition(|c| !c.is_whitespace())
            .map_or(0, |last| last + 1);
        if c.is_whitespace() && kept > 0 {
            word_end = Some(kept);
        }
        match c {
            '(' | '[' | '“' | '«' => depth += 1,
            ')' | ']' | '”' | '»' => depth -= 1,
            '"' => {
                depth += if straight { -1 } else { 1 };
                straight = !straight;
            }
            _ => {}
        }
        if depth == 0
            && kept >= least.max(1)
            && let Some(place) = place(beginning, at)
            && best.is_none_or(|(found, _)| found <= place)
        {
            best = Some((place, kept));
        }
    }
    if let Some((_, end)) = best {
        return end;
    }
    // Punctuation before the sign of omission is left out: "word …", not "word, …".
    let bare = |end: usize| {
        let last = beginning[..end]
            .iter()
            .rposition(|&c| !matches!(c, ',' | ';' | ':' | '–' | '—' | '-') && !c.is_whitespace());
        last.map_or(end, |last| last + 1)
    };
    let trimmed = |end: usize| {
        let mut end = bare(end);
        // "… of the bridge", not "… of the bridge in the".
        while let Some(space) = beginning[..end].iter().rposition(|c| c.is_whitespace())
            && opens_a_phrase(&beginning[space + 1..end])
            && space > least
        {
            end = bare(space);
        }
        end
    };
    word_end.map_or_else(|| last_whole(beginning, room), trimmed)
}

/// Whether a word goes before others and says nothing by itself.
fn opens_a_phrase(word: &[char]) -> bool {
    let word: String = word.iter().flat_map(|c| c.to_lowercase()).collect();
    PHRASE_OPENERS
        .split_whitespace()
        .any(|opener| opener == word)
}

/// What kind of place the sign at `at` is, if it is one.
fn place(chars: &[char], at: usize) -> Option<Place> {
    let followed = chars.get(at + 1).is_some_and(|c| c.is_whitespace());
    let rest = chars.get(at + 1..).unwrap_or_default();
    let word: String = rest
        .iter()
        .skip_while(|c| c.is_whitespace())
        .take_while(|c| c.is_alphabetic())
        .collect();
    // The last word may itself be cut off, so a comma counts only if what follows can be read.
    let whole = rest
        .iter()
        .skip_while(|c| c.is_whitespace())
        .any(|c| c.is_whitespace());
    match chars[at] {
        ';' | ':' if followed => Some(Place::Clause),
        '–' | '—' if followed && at > 0 && chars[at - 1].is_whitespace() => Some(Place::Clause),
        ',' if followed
            && whole
            && CONNECTORS
                .split_whitespace()
                .any(|connector| connector == word) =>
        {
            Some(Place::Clause)
        }
        ',' if followed
            && word.starts_with(char::is_lowercase)
            && !matches!(word.as_str(), "and" | "or" | "et" | "ou") =>
        {
            Some(Place::Comma)
        }
        ',' if followed => Some(Place::List),
        _ => None,
    }
}

/// The most characters that leave no accent, joiner or variation sign without the letter before it.
fn last_whole(chars: &[char], room: usize) -> usize {
    let joins = |c: char| matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}');
    let mut end = room;
    while end > 1
        && chars
            .get(end)
            .is_some_and(|&c| joins(c) || chars[end - 1] == '\u{200d}')
    {
        end -= 1;
    }
    end
}
