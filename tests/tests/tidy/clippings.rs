//! Nothing of the shared pages is copied into the repository: they belong to others.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use tests::shared::shared;

use crate::checkout::{File, files, report};

/// As many equal characters in a row are a copy, not a coincidence.
const RUN: usize = 60;

/// Text with every run of white space as one space, so that a copy wrapped anew is still a copy.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All runs of [`RUN`] characters of a text, with where they start.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let starts = text.char_indices().map(|(at, _)| at);
    let ends = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .skip(RUN);
    starts
        .zip(ends)
        .map(|(start, end)| (start, &text[start..end]))
}

/// Where files hold a run of characters that the sources hold too: the first of each file and source.
fn copies(files: &[File], sources: &[(String, String)]) -> Vec<String> {
    let ours: Vec<_> = files
        .iter()
        .map(|file| (file.path.as_str(), folded(&file.text)))
        .collect();
    let mut index: HashMap<&str, &str> = HashMap::new();
    for (path, text) in &ours {
        index.extend(runs(text).map(|(_, run)| (run, *path)));
    }
    let mut found = Vec::new();
    for (source, text) in sources {
        let text = folded(text);
        let mut said: Vec<&str> = Vec::new();
        for (_, run) in runs(&text) {
            if let Some(path) = index.get(run).filter(|path| !said.contains(*path)) {
                said.push(path);
                found.push(format!(
                    "{path}: holds text of {source}, which is not ours: {run:?}"
                ));
            }
        }
    }
    found
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let texts = entries.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    texts
        .filter_map(|path| {
            let bytes = fs::read(&path).ok()?;
            Some((
                path.display().to_string(),
                String::from_utf8_lossy(&bytes).into_owned(),
            ))
        })
        .collect()
}

#[test]
fn no_page_of_others_is_copied_into_the_repository() {
    let Some(folder) = shared().map(|shared| shared.join("seeds")) else {
        return;
    };
    let sources = sources(&folder);
    assert!(!sources.is_empty(), "{} holds no pages", folder.display());
    report(copies(files(), &sources));
}

#[test]
fn a_copy_is_found_even_when_it_is_wrapped_anew() {
    let sentence = "The observatory of the northern lakes reported in the spring that the ice had gone ten days early";
    let file = [File::new("a.txt", &sentence.replace(' ', "\n"))];
    let source = [("page".to_owned(), format!("Before. {sentence}. After."))];
    assert_eq!(copies(&file, &source).len(), 1);
    let other = [(
        "page".to_owned(),
        "The observatory of the northern lakes is closed on Mondays.".to_owned(),
    )];
    assert_eq!(copies(&file, &other), Vec::<String>::new());
}
