//! Text of articles as feeds carry it.

/// A text without what XML cannot carry (control characters, but for the tab and the line feed, and what is no character),
/// and with an end to every change of direction that it begins: else it would turn around what a reader shows after it.
pub(super) fn plain(text: &str) -> String {
    let mut plain: String = text.chars().filter(|letter| is_carried(*letter)).collect();
    let ends = missing_ends(&plain);
    plain.extend(ends.iter().rev());
    plain
}

/// Such a text as HTML that shows it letter for letter.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in plain(text).chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
    html
}

/// Paragraphs as HTML.
pub(super) fn html(paragraphs: &[String]) -> String {
    let paragraph = |text: &String| format!("<p>{}</p>", escaped(text));
    let all: Vec<String> = paragraphs.iter().map(paragraph).collect();
    all.join("\n")
}

fn is_carried(letter: char) -> bool {
    matches!(letter, '\t' | '\n')
        || !(letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}'))
}

/// The signs that end what the directional formatting characters of a text begin (UAX #9), the outermost first.
fn missing_ends(text: &str) -> Vec<char> {
    const POP: char = '\u{202c}';
    const POP_ISOLATE: char = '\u{2069}';
    let mut ends: Vec<char> = Vec::new();
    for letter in text.chars() {
        match letter {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => ends.push(POP),
            '\u{2066}'..='\u{2068}' => ends.push(POP_ISOLATE),
            POP if ends.last() == Some(&POP) => {
                ends.pop();
            }
            POP_ISOLATE => {
                // It ends what was begun within the isolate too.
                if let Some(at) = ends.iter().rposition(|end| *end == POP_ISOLATE) {
                    ends.truncate(at);
                }
            }
            _ => {}
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_carry_is_left_out_and_nothing_else() {
        for (text, expected) in [
            ("plain", "plain"),
            ("nul\0 bell\u{7} escape\u{1b}[31m", "nul bell escape[31m"),
            ("next line\u{85} delete\u{7f}", "next line delete"),
            ("tab\tline\nreturn\r", "tab\tline\nreturn"),
            ("no\u{fffe} character\u{ffff}", "no character"),
            ("crab 🦀 é \u{301} 中", "crab 🦀 é \u{301} 中"),
            ("<b> & ]]>", "<b> & ]]>"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_change_of_direction_ends_with_its_text() {
        for (text, expected) in [
            ("a \u{202e}b", "a \u{202e}b\u{202c}"),
            ("a \u{202e}b\u{202c} c", "a \u{202e}b\u{202c} c"),
            ("\u{2067}a \u{202e}b", "\u{2067}a \u{202e}b\u{202c}\u{2069}"),
            ("\u{2067}a \u{202e}b\u{2069}", "\u{2067}a \u{202e}b\u{2069}"),
            ("a\u{202c}\u{2069}b", "a\u{202c}\u{2069}b"),
            (
                "\u{202e}\u{2067}\u{202c}",
                "\u{202e}\u{2067}\u{202c}\u{2069}\u{202c}",
            ),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_text_is_never_markup() {
        assert_eq!(
            html(&["<script>alert(\"&\")</script>".to_owned(), "two".to_owned()]),
            "<p>&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;</p>\n<p>two</p>"
        );
        assert_eq!(html(&[]), "");
    }
}
