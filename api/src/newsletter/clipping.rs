//! Words of an article by themselves, written as an issue writes them: for pieces that are pasted into one.

use super::{clean, html, markdown, text};

/// One line without what harms in any format.
fn line(words: &str) -> String {
    let clean = clean::text(words);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As one line of HTML, in text and in attributes.
pub fn in_html(words: &str) -> String {
    html::escaped(&line(words))
}

/// As one line of Markdown.
pub fn in_markdown(words: &str) -> String {
    markdown::escaped(&line(words))
}

/// As one line of plain text.
pub fn in_text(words: &str) -> String {
    text::safe(&line(words))
}

/// Words with a link to where they lead, in Markdown.
pub fn linked_in_markdown(words: &str, address: &str) -> String {
    markdown::link(&in_markdown(words), Some(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_are_markup_or_a_placeholder_of_a_tool() {
        let words = "{{ UnsubscribeURL }} *|UNSUB|* {% raw %} <b>\u{202e}\n# no\0";
        for (written, expected) in [
            (
                in_html(words),
                "&#123;&#123; UnsubscribeURL &#125;&#125; *&#124;UNSUB&#124;* &#123;% raw %&#125; &lt;b&gt; # no",
            ),
            (
                in_markdown(words),
                "&#123;{ UnsubscribeURL }} \\*\\|UNSUB\\|\\* &#123;% raw %} &lt;b> # no",
            ),
            (
                in_text(words),
                "{ { UnsubscribeURL }} * |UNSUB|* { % raw %} <b> # no",
            ),
        ] {
            assert_eq!(written, expected);
        }
    }
}
