//! Sentences that lean on the one before them: alone they leave open who, what, or as against what.

/// First words, in English and French, in small letters and without what stands behind an apostrophe.
const WORDS: &str = "he she they it his her their its him them this these those that such also however moreover furthermore \
    additionally besides meanwhile then but and yet so still instead thus therefore hence nevertheless nonetheless otherwise \
    likewise similarly secondly finally il elle ils elles son sa ses leur leurs celui-ci celle-ci ceux-ci celles-ci cela ça ceci \
    ensuite puis mais et car donc or pourtant cependant toutefois néanmoins ainsi également idem autrement enfin";

/// First words that lean only together.
const PHRASES: [&str; 33] = [
    "in contrast",
    "by contrast",
    "in addition",
    "in turn",
    "as a result",
    "for example",
    "for instance",
    "for this reason",
    "to this end",
    "despite this",
    "on the contrary",
    "on the other hand",
    "at the same time",
    "the latter",
    "the former",
    "the same",
    "ce dernier",
    "cette dernière",
    "ces derniers",
    "ces dernières",
    "en effet",
    "en revanche",
    "en outre",
    "en conséquence",
    "par ailleurs",
    "par conséquent",
    "par exemple",
    "au contraire",
    "de même",
    "de plus",
    "dans ce contexte",
    "du coup",
    "l’un et",
];

/// What somebody does with words.
const SAID: &str = "said says added adds told explained noted stressed wrote warned";

/// Words after "this" that tell a time, as the date of the text does: "This week".
const TIMES: &str =
    "year month week weekend morning afternoon evening spring summer autumn fall winter time";

/// Whether a sentence leans on the one before it, by its first words or by a speaker who is only "he".
pub(super) fn leans(sentence: &str) -> bool {
    let lower = sentence.replace('\'', "’").to_lowercase();
    let bare = |word: &str| word.trim_end_matches([',', ':', ';', '…']).to_owned();
    let first: Vec<String> = lower.split_whitespace().take(4).map(bare).collect();
    let Some(word) = first.first() else {
        return false;
    };
    if word == "this" && first.get(1).is_some_and(|next| has(TIMES, next)) {
        return false;
    }
    let begun = first.join(" ");
    let (before, behind) = word.split_once('’').unwrap_or((word, ""));
    let demonstrative =
        before == "c" && matches!(behind, "est" | "était" | "étaient" | "en" | "eût");
    let opens_with = |phrase: &str| {
        begun
            .strip_prefix(phrase)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    has(WORDS, word)
        || has(WORDS, before)
        || demonstrative
        || PHRASES.iter().any(|phrase| opens_with(phrase))
        || is_said_by_one(&lower)
}

/// Whether a quotation ends in "he said", "she added", "a-t-il ajouté".
fn is_said_by_one(lower: &str) -> bool {
    let Some((_, after)) = lower.rsplit_once([',', '”', '»', '"', '?', '!']) else {
        return false;
    };
    let words: Vec<&str> = after
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .take(5)
        .collect();
    let pronoun = words.len() == 2
        && words.iter().any(|word| has("he she they it", word))
        && words.iter().any(|word| has(SAID, word));
    pronoun
        || words.iter().any(|word| {
            ["-il", "-elle", "-ils", "-elles"]
                .iter()
                .any(|ending| word.ends_with(ending))
        })
}

fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|entry| entry == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_up_the_sentence_before_leans_on_it() {
        for sentence in [
            "He’s the first to sail around the lake.",
            "But the bridge was closed again in May.",
            "C'est le cas de la moitié des écoles.",
            "Ce dernier a refusé de signer la lettre.",
            "De même que de nombreux savants, il la refuse.",
            "In contrast, the mills of the north were closed.",
            "“The bridge will open in May,” she said.",
            "« Le pont ouvrira en mai », a-t-il ajouté.",
            "Yet nobody asked for the road.",
        ] {
            assert!(leans(sentence), "{sentence}");
        }
    }

    #[test]
    fn what_stands_by_itself_does_not() {
        for sentence in [
            "The bridge was closed again in May.",
            "This week the bridge was closed again.",
            "Soon the bridge will be open.",
            "“The bridge will open in May,” said the mayor.",
            "Italy and France will build a bridge.",
            "Le pont ouvrira en mai, selon la mairie.",
            "Elles-Bourg a un nouveau pont.",
        ] {
            assert!(!leans(sentence), "{sentence}");
        }
    }
}
