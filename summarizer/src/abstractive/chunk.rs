//! A text cut into chunks that a model can read, none of it left out.

/// Cut texts (sentences, in order) into runs of at most `room` pieces. A run begins with the last sentence of the one
/// before it, if that is short, so that no pronoun loses its noun. `pieces` counts; a sentence that is longer than a
/// run is cut between words.
pub(super) fn chunks(
    sentences: &[&str],
    room: usize,
    pieces: impl Fn(&str) -> usize,
) -> Vec<String> {
    let room = room.max(1);
    let parts: Vec<(String, usize)> = sentences
        .iter()
        .flat_map(|sentence| within(sentence, room, &pieces))
        .map(|part| {
            let length = pieces(&part);
            (part, length)
        })
        .collect();
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    let mut used = 0;
    for (at, (_, length)) in parts.iter().enumerate() {
        if used + length > room && !run.is_empty() {
            let last = at - 1;
            let overlap =
                run.len() > 1 && parts[last].1 * 4 <= room && parts[last].1 + length <= room;
            found.push(std::mem::take(&mut run));
            used = 0;
            if overlap {
                run.push(last);
                used = parts[last].1;
            }
        }
        run.push(at);
        used += length;
    }
    if !run.is_empty() {
        found.push(run);
    }
    let joined = |run: Vec<usize>| {
        run.iter()
            .map(|&at| parts[at].0.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    found.into_iter().map(joined).collect()
}

/// A sentence whole, or cut between words into parts that fit; a word that does not fit stands alone.
fn within(sentence: &str, room: usize, pieces: &impl Fn(&str) -> usize) -> Vec<String> {
    if pieces(sentence) <= room {
        return vec![sentence.to_owned()];
    }
    let mut parts: Vec<String> = Vec::new();
    for word in sentence.split_whitespace() {
        let longer = parts.last().map(|part| format!("{part} {word}"));
        match longer.filter(|longer| pieces(longer) <= room) {
            Some(longer) => {
                parts.pop();
                parts.push(longer);
            }
            None => parts.push(word.to_owned()),
        }
    }
    parts
}

/// Chunks in batches: of like length, the pieces of a batch with its padding within `budget`; a
/// chunk that is longer stands alone. The numbers of the chunks.
pub(super) fn batches(lengths: &[usize], budget: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(lengths[at]), at));
    let mut found: Vec<Vec<usize>> = Vec::new();
    for at in order {
        let fits = |batch: &&mut Vec<usize>| lengths[batch[0]] * (batch.len() + 1) <= budget;
        match found.last_mut().filter(fits) {
            Some(batch) => batch.push(at),
            None => found.push(vec![at]),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> usize {
        text.split_whitespace().count()
    }

    #[test]
    fn every_word_of_a_long_text_is_in_a_chunk_that_fits() {
        let sentences: Vec<String> = (0..40)
            .map(|number| {
                (0..=number % 7)
                    .map(|word| format!("w{number}x{word}"))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
        let found = chunks(&sentences, 20, words);
        assert!(found.len() > 5);
        for chunk in &found {
            assert!(words(chunk) <= 20, "{chunk}");
        }
        for sentence in &sentences {
            assert!(
                found.iter().any(|chunk| chunk.contains(sentence)),
                "{sentence}"
            );
        }
    }

    #[test]
    fn a_chunk_begins_with_the_last_short_sentence_of_the_one_before() {
        let found = chunks(&["a b c d e f", "g h", "i j k l m n"], 8, words);
        assert_eq!(found, ["a b c d e f g h", "g h i j k l m n"]);
        assert_eq!(
            chunks(&["a b c d", "e f g h", "i j k l"], 8, words),
            ["a b c d e f g h", "i j k l"]
        );
    }

    #[test]
    fn a_sentence_longer_than_a_chunk_is_cut_between_words() {
        assert_eq!(chunks(&["a b c d e"], 2, words), ["a b", "c d", "e"]);
        assert_eq!(chunks(&[], 2, words), Vec::<String>::new());
    }

    #[test]
    fn batches_keep_to_the_budget_with_their_padding() {
        assert_eq!(batches(&[10, 3, 9, 3], 20), [vec![0, 2], vec![1, 3]]);
        assert_eq!(batches(&[50], 20), [vec![0]]);
        assert_eq!(batches(&[5, 5], 0), [vec![0], vec![1]]);
    }
}
