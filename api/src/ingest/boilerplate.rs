//! What belongs to the site: lines met by the vocabulary of `boilerplate.toml`, and by a few shapes no list of words can hold.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use serde::Deserialize;

use super::{fold, reading::Reason};

mod heading;
mod shape;

pub(super) use heading::{Heading, heading};

/// What a boilerplate line does to the lines after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub(super) enum Effect {
    /// Nothing.
    #[default]
    Line,
    /// The article is over.
    End,
    /// A title-like line directly below goes with it.
    Aside,
    /// Opens a block of names, numbers and addresses.
    Contact,
}

/// A line that belongs to the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) reason: Reason,
    pub(super) effect: Effect,
    /// The line is nothing but boilerplate: no line below continues it.
    pub(super) whole: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    #[serde(rename = "about")]
    _about: String,
    reason: Reason,
    #[serde(default)]
    effect: Effect,
    #[serde(default = "usual_limit")]
    limit: usize,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    start: Vec<String>,
    #[serde(default)]
    label: Vec<String>,
    #[serde(default)]
    contains: Vec<String>,
    #[serde(default)]
    only: Vec<String>,
}

fn usual_limit() -> usize {
    160
}

/// Most words of a line that is made of `only` words.
const MOST_ONLY_WORDS: usize = 14;

/// Where the colon of a label stands at the latest, in bytes.
const LONGEST_LABEL: usize = 48;

/// The vocabulary, made ready for matching folded lines.
struct Vocabulary {
    groups: Vec<Group>,
    whole: HashMap<String, usize>,
    label: HashMap<String, usize>,
    start: Phrases,
    contains: Phrases,
    only: Vec<(usize, HashSet<String>)>,
    /// The first words of all that must stand at a line's start.
    first_words: HashSet<String>,
    /// The longest word of each phrase that may stand anywhere, as it is printed.
    rare_words: AhoCorasick,
    /// The longest line any group takes, in characters.
    longest: usize,
}

/// Phrases looked for in one pass, each with the group it stands for.
struct Phrases {
    automaton: AhoCorasick,
    owners: Vec<usize>,
}

static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::from(include_str!("boilerplate.toml")));

/// Longest line, in characters, that is looked at as a whole; of a longer one only the first words count.
const WHOLE: usize = 260;

/// Bytes of the first words of a long line.
const FIRST_WORDS: usize = 120;

/// Whether `text`, of `chars` characters, belongs to the site.
pub(super) fn judge(text: &str, chars: usize) -> Option<Verdict> {
    let vocabulary = &*VOCABULARY;
    if chars > vocabulary.longest {
        return None;
    }
    let seen = if chars > WHOLE {
        fold::head(text, FIRST_WORDS)
    } else {
        text
    };
    shape::judge(text, chars).or_else(|| {
        let possible = vocabulary.may_hold(seen);
        possible
            .then(|| vocabulary.judge(seen, &fold_numbers(seen), chars))
            .flatten()
    })
}

/// A phrase of the vocabulary, ready to be compared with a folded line.
fn fold_phrase(phrase: &str) -> String {
    fold_numbers(&phrase.replace('#', "0"))
}

/// `text` folded, with every run of digits as `#`.
fn fold_numbers(text: &str) -> String {
    let key = fold::key(text);
    if !key.bytes().any(|b| b.is_ascii_digit()) {
        return key;
    }
    let mut out = String::with_capacity(key.len());
    for c in key.chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            _ => out.push(c),
        }
    }
    out
}

impl Vocabulary {
    fn from(file: &str) -> Vocabulary {
        let File { group: groups } = toml::from_str(file).expect("boilerplate.toml is well-formed");
        let each = |phrases: fn(&Group) -> &Vec<String>| {
            let owned = groups
                .iter()
                .enumerate()
                .flat_map(|(at, g)| phrases(g).iter().map(move |p| (at, fold_phrase(p))));
            owned
                .filter(|(_, phrase)| !phrase.is_empty())
                .collect::<Vec<_>>()
        };
        let labels = each(|g| &g.label);
        let starts = each(|g| &g.start);
        let only = each(|g| &g.only);
        let at_start = [&each(|g| &g.whole), &labels, &starts, &only];
        let first_words = at_start
            .into_iter()
            .flatten()
            .map(|(_, phrase)| first_word(phrase));
        let contains = each(|g| &g.contains);
        let rare_words: Vec<&str> = groups
            .iter()
            .flat_map(|g| &g.contains)
            .filter_map(|p| longest_word(p))
            .collect();
        Vocabulary {
            first_words: first_words.collect(),
            rare_words: AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .build(rare_words)
                .expect("the words of boilerplate.toml fit an automaton"),
            whole: each(|g| &g.whole)
                .into_iter()
                .map(|(at, phrase)| (phrase, at))
                .collect(),
            label: labels
                .into_iter()
                .map(|(at, phrase)| (phrase, at))
                .collect(),
            start: Phrases::of(starts),
            contains: Phrases::of(contains),
            only: groups
                .iter()
                .enumerate()
                .filter(|(_, g)| !g.only.is_empty())
                .map(|(at, g)| (at, g.only.iter().map(|w| fold_phrase(w)).collect()))
                .collect(),
            longest: groups.iter().map(|g| g.limit).max().unwrap_or_default(),
            groups,
        }
    }

    fn judge(&self, text: &str, key: &str, chars: usize) -> Option<Verdict> {
        let verdict = |at: usize, whole| {
            let Group { reason, effect, .. } = self.groups[at];
            Verdict {
                reason,
                effect,
                whole,
            }
        };
        if chars <= WHOLE
            && let Some(&at) = self.whole.get(key)
        {
            return Some(verdict(at, true));
        }
        let fits = |at: usize| chars <= self.groups[at].limit;
        if let Some(at) = self.labelled(text).filter(|&at| fits(at)) {
            return Some(verdict(at, false));
        }
        if let Some(at) = self.start.at_start(key).filter(|&at| fits(at)) {
            return Some(verdict(at, false));
        }
        if let Some(at) = self.contains.anywhere(key).find(|&at| fits(at)) {
            return Some(verdict(at, false));
        }
        if chars > 160 || key.is_empty() {
            return None;
        }
        let few = key.bytes().filter(|&b| b == b' ').count() < MOST_ONLY_WORDS;
        let made_of = |words: &HashSet<String>| key.split(' ').all(|word| words.contains(word));
        self.only
            .iter()
            .find(|(_, words)| few && made_of(words))
            .map(|&(at, _)| verdict(at, true))
    }

    /// Whether a line may hold any phrase: a quick look at its first word and for the rarest word of the others.
    fn may_hold(&self, text: &str) -> bool {
        let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let end = start
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(start.len());
        self.first_words.contains(&fold_numbers(&start[..end])) || self.rare_words.is_match(text)
    }

    /// The group whose label stands before the line's first colon.
    fn labelled(&self, text: &str) -> Option<usize> {
        let colon = memchr::memchr(b':', fold::head(text, LONGEST_LABEL).as_bytes())?;
        self.label.get(&fold_numbers(&text[..colon])).copied()
    }
}

impl Phrases {
    fn of(phrases: Vec<(usize, String)>) -> Phrases {
        let (owners, texts): (Vec<_>, Vec<_>) = phrases.into_iter().unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Both)
            .build(texts)
            .expect("the phrases of boilerplate.toml fit an automaton");
        Phrases { automaton, owners }
    }

    fn at_start(&self, key: &str) -> Option<usize> {
        let found = self
            .automaton
            .find(Input::new(key).anchored(Anchored::Yes))?;
        ends_a_word(key, found.end()).then(|| self.owners[found.pattern().as_usize()])
    }

    fn anywhere<'a>(&'a self, key: &'a str) -> impl Iterator<Item = usize> + 'a {
        let at_word = |start: usize| start == 0 || key.as_bytes()[start - 1] == b' ';
        self.automaton
            .find_iter(key)
            .filter(move |found| at_word(found.start()) && ends_a_word(key, found.end()))
            .map(|found| self.owners[found.pattern().as_usize()])
    }
}

fn first_word(phrase: &str) -> String {
    phrase.split(' ').next().unwrap_or_default().to_owned()
}

/// The longest word of a phrase that is written without accents, and so looks the same before folding: "cookies", "newsletter".
fn longest_word(phrase: &str) -> Option<&str> {
    let words = phrase.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| word.is_ascii())
        .max_by_key(|word| word.len())
}

fn ends_a_word(key: &str, at: usize) -> bool {
    key.as_bytes().get(at).is_none_or(|&b| b == b' ')
}

#[cfg(test)]
mod tests;
