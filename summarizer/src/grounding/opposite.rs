//! Pairs of words of which one must not stand for the other: "rose" where the source has "fell".

use super::reading::Reading;

/// Words that say one thing, and words that say the opposite; forms of a word count as the word.
const OPPOSITES: [(&str, &str); 11] = [
    (
        "rise rose risen rising increase increased grew grow grown growth climbed gain gained surged hausse augmente augmentation progresse progression croissance",
        "fall fell fallen falling decrease decreased decline declined drop dropped shrank loss baisse diminue diminution recul recule reculent chute",
    ),
    (
        "win won winning gagne remporte victoire",
        "lose lost losing perdu perd defaite",
    ),
    (
        "approve approved approves accept accepted accepts backs endorsed endorses adopted adopts approuve accepte adopte vote",
        "reject rejected rejects refuse refused refuses rejete refuse",
    ),
    (
        "allow allowed permit permitted allows permits autorise permis",
        "ban banned forbidden forbid prohibited prohibit bans interdit interdite interdits defendu",
    ),
    (
        "open opened opens ouvre ouvert ouverture ouvrira",
        "close closed closes ferme fermeture fermera",
    ),
    (
        "begin began begun start started starts commence commencera debute",
        "end ended ends finish finished termine fini acheve",
    ),
    (
        "support supported supports backed soutient soutenu favorable",
        "oppose opposed opposes oppose opposition",
    ),
    (
        "success succeeded successful reussi reussite succes",
        "fail failed failure echec echoue",
    ),
    (
        "hire hired hires recruit recruited embauche recrute",
        "fire fired dismissed licencie supprime",
    ),
    ("safe safely sur", "dangerous unsafe danger dangereux"),
    (
        "confirm confirmed confirms confirme",
        "deny denied denies dement dementi",
    ),
];

/// A word of the output that says the opposite of what stands near it in the source, and nowhere in the source.
pub(super) fn reversed(output: &Reading, near: &[&Reading], all: &[Reading]) -> Option<String> {
    let said = |reading: &Reading, words: &str| {
        let position = reading.tokens.iter().position(|token| {
            words
                .split_ascii_whitespace()
                .any(|word| word == token.folded)
        });
        position.map(|at| reading.tokens[at].raw.clone())
    };
    OPPOSITES
        .iter()
        .flat_map(|&(one, other)| [(one, other), (other, one)])
        .find_map(|(mine, theirs)| {
            let word = said(output, mine)?;
            let known = all.iter().any(|source| said(source, mine).is_some());
            let reversed = near.iter().any(|source| said(source, theirs).is_some())
                && said(output, theirs).is_none();
            (!known && reversed && output.negations.is_empty()).then_some(word)
        })
}
