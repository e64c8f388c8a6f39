//! What is taken out of every text before any format sees it: letters that are none, signs that turn the text around
//! them, words without end.

use super::issue::{Also, Issue, Item, Section};

/// Longest word, in letters; of a longer one the beginning is kept. Addresses are rarely as long, words never are.
const WORD: usize = 200;

/// Longest title, in letters.
const TITLE: usize = 300;

impl Issue {
    /// The same without what harms in any format.
    pub(super) fn cleaned(&self) -> Self {
        Self {
            name: text(&self.name),
            title: title(&self.title),
            lead: self.lead.as_ref().map(item),
            sections: self
                .sections
                .iter()
                .map(|section| Section {
                    title: title(&section.title),
                    items: section.items.iter().map(item).collect(),
                    ..section.clone()
                })
                .collect(),
            ..self.clone()
        }
    }
}

fn item(item: &Item) -> Item {
    Item {
        title: title(&item.title),
        language: tag(&item.language),
        abstract_: item.abstract_.as_deref().map(text),
        labels: item.labels.iter().map(|label| title(label)).collect(),
        also: item
            .also
            .iter()
            .map(|also| Also {
                title: title(&also.title),
                language: tag(&also.language),
                ..also.clone()
            })
            .collect(),
        ..item.clone()
    }
}

/// A language as it may stand in an attribute.
fn tag(language: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    // The longest that RFC 5646 §4.4.1 asks one to be ready for.
    if language.is_empty() || language.len() > 35 || !language.chars().all(plain) {
        return "und".to_owned();
    }
    language.to_owned()
}

/// One line, cut after a word if it is too long.
fn title(title: &str) -> String {
    let line = text(title).split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(TITLE) else {
        return line;
    };
    let kept = &line[..end];
    let kept = kept.rfind(' ').map_or(kept, |space| &kept[..space]);
    format!("{kept} …")
}

/// Text without letters that are none and words without end. Line breaks stay.
pub(super) fn text(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut run = 0;
    for letter in text.chars().filter(|letter| is_kept(*letter)) {
        let letter = if letter == '\t' { ' ' } else { letter };
        run = if letter.is_whitespace() || stands_alone(letter) {
            0
        } else {
            run + 1
        };
        match run {
            0..=WORD => clean.push(letter),
            // Once for each word.
            run if run == WORD + 1 => clean.push('…'),
            _ => {}
        }
    }
    clean
}

/// Whether a letter is one: controls and places that Unicode leaves empty are not, and signs that turn the order of what
/// follows would turn our own text too. Marks that only settle the direction of a single word stay, as right-to-left
/// text needs them.
fn is_kept(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let none = matches!(letter, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}'..='\u{e001f}')
        || matches!(u32::from(letter) & 0xffff, 0xfffe | 0xffff)
        || matches!(letter, '\u{fdd0}'..='\u{fdef}');
    let control = letter.is_control() && !matches!(letter, '\n' | '\t');
    !(turns || none || control)
}

/// Whether a script writes this letter without spaces between words, so that a long run of such is text and no word.
fn stands_alone(letter: char) -> bool {
    matches!(letter,
        '\u{0e00}'..='\u{0fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{9fff}' | '\u{a000}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_harms_is_taken_out_and_text_stays() {
        let long = "a".repeat(10_000);
        let han = "水".repeat(500);
        for (raw, clean) in [
            ("Zwei\u{a0}Wörter — “quoted”", "Zwei\u{a0}Wörter — “quoted”"),
            ("a\0b\u{7}c\u{1b}[31m", "abc[31m"),
            ("one\ntwo\tthree\r", "one\ntwo three"),
            ("\u{202e}evil\u{202c} \u{2067}x\u{2069}", "evil x"),
            ("שלום\u{200f}!", "שלום\u{200f}!"),
            (
                "👩\u{200d}🚒 🏳\u{fe0f}\u{200d}🌈",
                "👩\u{200d}🚒 🏳\u{fe0f}\u{200d}🌈",
            ),
            ("\u{feff}x\u{fffe}\u{ffff}", "x"),
            (&long, &format!("{}…", "a".repeat(WORD))),
            (
                &format!("{long} {long}"),
                &format!("{0}… {0}…", "a".repeat(WORD)),
            ),
            (&han, &han),
            ("", ""),
        ] {
            assert_eq!(text(raw), clean, "{raw:?}");
        }
    }

    #[test]
    fn a_title_is_one_line_of_bounded_length() {
        assert_eq!(title(" One\n\n two  "), "One two");
        let cut = title(&"word ".repeat(100));
        assert!(
            cut.ends_with("word …") && cut.chars().count() <= TITLE + 2,
            "{cut}"
        );
    }

    #[test]
    fn a_language_is_a_plain_tag() {
        for (language, plain) in [
            ("fr", "fr"),
            ("zh-Hant", "zh-Hant"),
            ("", "und"),
            ("x\" onload=\"", "und"),
        ] {
            assert_eq!(tag(language), plain);
        }
    }
}
