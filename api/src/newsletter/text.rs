//! An issue in plain text, in lines of 72 letters.

use super::issue::{Issue, Item};
use super::wrap::{WIDTH, wrap};

/// The issue in plain text.
pub(super) fn write(issue: &Issue) -> String {
    let language = issue.language;
    let mut blocks = vec![
        format!(
            "{}\n{}",
            wrap(&safe(&issue.title.to_uppercase()), ""),
            language.period(issue.period_from, issue.period_to)
        ),
        issue.intro.text(),
    ];
    if issue.is_empty {
        blocks.push(language.nothing(issue.waiting));
    }
    blocks.extend(issue.lead.iter().map(|lead| article(issue, lead, "")));
    for section in &issue.sections {
        let title = wrap(&safe(&section.title.to_uppercase()), "");
        blocks.push(format!("{title}\n{}", "-".repeat(WIDTH)));
        let heading = section.title.as_str();
        blocks.extend(
            section
                .items
                .iter()
                .map(|item| article(issue, item, heading)),
        );
    }
    if issue.rest() > 0 {
        blocks.push(with_address(
            &language.more(issue.rest()),
            issue.more.as_deref(),
            "",
        ));
    }
    let footer = issue.footer.text();
    if !footer.is_empty() {
        blocks.push(format!("{}\n{footer}", "-".repeat(WIDTH)));
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

/// An article below a heading of these words.
fn article(issue: &Issue, item: &Item, heading: &str) -> String {
    let mut lines = vec![wrap(&safe(&item.title), "")];
    let facts = item.facts(issue.language, heading);
    lines.extend((!facts.is_empty()).then(|| wrap(&safe(&facts), "")));
    lines.extend(
        item.abstract_
            .as_deref()
            .map(|text| format!("\n{}", wrap(&safe(text), ""))),
    );
    lines.extend(item.link.iter().map(|link| format!("\n{link}")));
    if !item.also.is_empty() {
        lines.push(format!("\n{}", issue.language.also()));
        lines.extend(item.also.iter().map(|also| {
            with_address(
                &format!("- {}", safe(&also.title)),
                also.link.as_deref(),
                "  ",
            )
        }));
    }
    lines.join("\n")
}

fn with_address(words: &str, address: Option<&str>, indent: &str) -> String {
    let words = wrap(words, "");
    match address {
        Some(address) => format!("{words}\n{indent}{address}"),
        None => words,
    }
}

/// Text without what newsletter tools take for placeholders: plain text has no other way to write them.
pub(super) fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    append(&mut safe, text);
    safe
}

/// Add text to other text so that none of it, nor both together, is what newsletter tools take for a placeholder.
pub(super) fn append(text: &mut String, more: &str) {
    for letter in more.chars() {
        let parted = match letter {
            '{' | '%' | '#' => text.ends_with('{'),
            '|' => text.ends_with('*'),
            _ => false,
        };
        if parted {
            text.push(' ');
        }
        text.push(letter);
    }
}
