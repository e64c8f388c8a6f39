//! Words that commonly begin a sentence and seldom a name: they tell "in the U.S. The" from "the U.S. Senate".

/// In English and French. Elided French ones ("L’", "C’") are recognised by their apostrophe.
const STARTERS: &str = "The A An This That These Those It Its He His She Her They Their We Our You Your I My In On At \
    By For From With Without To As After Before During While When Where Whether Since Until If Although Though Because \
    But And Or So Yet Also However Moreover Furthermore Meanwhile Then There Here Both Each Every Some Many Most \
    Several All Another Other Such Under Over Among Between Through Throughout According Following Today Yesterday \
    Tomorrow Now Last Next First Second Third Finally Later Earlier Once What Who Why How Which Not No Nor One Two \
    Three Four Five Thus Therefore Nevertheless Instead Despite Additionally Participants Attendees \
    Le La Les Un Une Des Du Ce Cet Cette Ces Il Elle Ils Elles On Nous Vous Je Tu Son Sa Ses Leur Leurs Notre Nos \
    Votre Vos Dans En Sur Sous Par Pour Avec Sans Depuis Pendant Lors Après Avant Selon Mais Et Ou Donc Or Car Ainsi \
    Aussi Cependant Toutefois Néanmoins Enfin Ensuite Puis Au Aux À Tout Tous Toute Toutes Plusieurs Chaque Quelques \
    Si Quand Comme Alors Entre Parmi Hier Aujourd’hui Aujourd'hui Demain Cela Celui Celle Ceux Celles Outre Malgré \
    Grâce Face Voici Voilà Deux Trois Quatre";

/// Of these, the ones that are also names or go before names: "Jean B. Le Goff", "Kim J. On".
const ALSO_NAMES: &str = "A An I On So He You No Le La Les Du Des Un Or Au Long Face Son My Di De";

/// Whether `following`, the text up to the next space, is a word that begins sentences.
pub(super) fn begins_sentence(following: &str) -> bool {
    let word = first_word(following);
    // "A." is an initial, whatever comes after it.
    let initial = word.chars().count() == 1 && following[word.len()..].starts_with('.');
    !initial && (is_in(STARTERS, word) || is_elided(following))
}

/// The same after an initial, where names are more likely than sentences.
pub(super) fn begins_sentence_after_initial(following: &str) -> bool {
    begins_sentence(following) && !is_in(ALSO_NAMES, first_word(following)) && !is_elided(following)
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|entry| entry == word)
}

fn first_word(following: &str) -> &str {
    let end = following.find(|c: char| !c.is_alphabetic() && c != '’' && c != '\'');
    following[..end.unwrap_or(following.len())].trim_end_matches(['’', '\''])
}

/// "L’", "C'", "D’", "Qu’".
fn is_elided(following: &str) -> bool {
    following
        .split_once(['’', '\''])
        .is_some_and(|(word, _)| is_in("L C D S J N Qu Lorsqu Puisqu Jusqu", word))
}
