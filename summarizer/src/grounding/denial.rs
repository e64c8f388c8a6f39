//! Denial without a "not": "failed to approve", "denied that…", "few residents", "refuse de fermer".

use super::negation::{Negation, negation};
use super::token::{Kind, Token, related};

/// What is denied by a verb, an adverb or a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Denial {
    /// The word that denies, and what it is said of.
    pub(super) negation: Negation,
    /// Whether it denies what the verb after it says ("failed to approve"), else a whole clause ("denied that…").
    pub(super) of_verb: bool,
}

/// The denials of a sentence that are no negations.
pub(super) fn denials(tokens: &[Token]) -> Vec<Denial> {
    let found = (0..tokens.len()).filter_map(|at| Some((at, reach(tokens, at)?)));
    found
        .map(|(at, of_verb)| {
            let mut negation = negation(tokens, at);
            // "Hardly" stands before its verb, and "peu d'habitants" before its subject.
            negation.subject.retain(|at| !negation.denied.contains(at));
            Denial { negation, of_verb }
        })
        .collect()
}

/// Whether the word here denies the verb that follows, or a clause; `None` if it denies nothing.
fn reach(tokens: &[Token], at: usize) -> Option<bool> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.folded.as_str());
    let before = at.checked_sub(1).map_or("", word);
    match (word(at), word(at + 1)) {
        ("fail" | "fails" | "failed" | "failing", "to") => Some(true),
        ("refuse" | "refuses" | "refused" | "refusing", "to" | "de" | "d") => Some(true),
        ("decline" | "declines" | "declined" | "declining" | "unable" | "unlikely", "to") => {
            Some(true)
        }
        ("refusent" | "refusait", "de" | "d") => Some(true),
        ("echoue" | "echouent", "a") => Some(true),
        ("hardly" | "scarcely" | "rarely" | "seldom", _) => {
            let counts = tokens
                .get(at + 1)
                .is_some_and(|next| next.kind == Kind::Number);
            (!counts).then_some(true)
        }
        (
            "unlikely" | "deny" | "denies" | "denied" | "denying",
            "that" | "he" | "she" | "it" | "they" | "having" | "being",
        ) => Some(false),
        ("dement" | "dementi" | "dementent" | "nie" | "nient", "que" | "qu" | "avoir" | "etre") => {
            Some(false)
        }
        ("few", next) => {
            let some = matches!(
                before,
                "a" | "the" | "quite" | "last" | "past" | "next" | "first" | "these" | "those"
            );
            (!some && next != "but").then_some(false)
        }
        ("peu", "de" | "d") => (!matches!(before, "un" | "tres" | "a")).then_some(false),
        _ => None,
    }
}

/// Whether a sentence denies by a word: "the ban on…", "refused to…".
pub(super) fn is_denial(word: &str) -> bool {
    const DENIALS: &str = "deny denied denies refuse refused refuses reject rejected ban banned fail failed fails unable \
        impossible lack lacks lacked absence except instead rather rejete interdit interdite dement dementi faute exclu";
    is_one_of(word, DENIALS)
}

/// Whether a word takes back what the words beside it say.
pub(super) fn takes_back(word: &str) -> bool {
    const SOFT: &str = "refusing refusal refusent failing failure declined declining denial denying disputed disputes dismissed \
        opposed avoid avoided hardly scarcely rarely seldom barely unlikely few little minority only peu guere minorite refus \
        echoue echouent nie nient dementent";
    is_denial(word) || is_one_of(word, SOFT)
}

/// Whether what follows is only wanted or asked for: "tried to approve".
pub(super) fn only_wants(word: &str) -> bool {
    const WANTS: &str = "try tried tries trying attempt attempted attempts seek seeks sought hope hoped hopes want wanted wants ask \
        asked asks urge urged plan planned plans whether if could might should must tente voulait veut demande doit devait si";
    is_one_of(word, WANTS)
}

fn is_one_of(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}

/// Whether two folded words are forms of one verb, irregular ones too: "sell" and "sold".
pub(super) fn same_verb(one: &str, other: &str) -> bool {
    const IRREGULAR: &str = "sell-sold pay-paid buy-bought make-made give-gave take-took leave-left win-won meet-met hold-held \
        keep-kept find-found build-built tell-told lead-led send-sent spend-spent rise-rose fall-fell begin-began speak-spoke \
        write-wrote stand-stood withdraw-withdrew get-got go-went come-came bring-brought break-broke choose-chose lose-lost \
        run-ran see-saw fight-fought seek-sought know-knew rendre-rendu prendre-pris mettre-mis ouvrir-ouvert tenir-tenu";
    let pairs = IRREGULAR.split_ascii_whitespace();
    let mut pairs = pairs.filter_map(|pair| pair.split_once('-'));
    related(one, other)
        || pairs.any(|(now, then)| (one, other) == (now, then) || (one, other) == (then, now))
}
