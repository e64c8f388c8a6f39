//! The files of a byte-level tokenizer, as BART reads them, in which each known word is one piece.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Result;

/// Pieces that BART gives a meaning, in the order of their numbers.
const SPECIAL: [&str; 5] = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];

/// Stands for the space before a word.
const SPACE: char = 'Ġ';

/// Write `vocab.json` and `merges.txt`; returns how many pieces there are.
pub(crate) fn write(folder: &Path, words: &[String]) -> Result<i64> {
    let mut pieces: Vec<String> = SPECIAL.iter().map(|&piece| piece.to_owned()).collect();
    pieces.extend(('!'..='~').chain([SPACE]).map(String::from));
    let mut merges: Vec<String> = Vec::new();
    let mut add = |word: &str| {
        let letters: Vec<char> = word.chars().collect();
        for end in 2..=letters.len() {
            let begun: String = letters[..end - 1].iter().collect();
            let piece = format!("{begun}{}", letters[end - 1]);
            let merge = format!("{begun} {}", letters[end - 1]);
            if !merges.contains(&merge) {
                merges.push(merge);
                pieces.push(piece);
            }
        }
    };
    // Merges that come first are done first: words after a space, then those that begin a text.
    for word in words {
        add(&format!("{SPACE}{word}"));
    }
    for digit in '0'..='9' {
        add(&format!("{SPACE}{digit}"));
    }
    for word in words
        .iter()
        .filter(|word| word.starts_with(char::is_uppercase))
    {
        add(word);
    }
    let numbers: BTreeMap<&str, usize> = pieces
        .iter()
        .enumerate()
        .map(|(at, piece)| (piece.as_str(), at))
        .collect();
    fs::write(folder.join("vocab.json"), serde_json::to_string(&numbers)?)?;
    fs::write(
        folder.join("merges.txt"),
        format!("#version: 0.2\n{}\n", merges.join("\n")),
    )?;
    Ok(i64::try_from(pieces.len())?)
}
