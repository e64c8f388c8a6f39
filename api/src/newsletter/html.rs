//! An issue as a mail in HTML, made from MJML.

use std::collections::HashMap;

use mrml::prelude::render::RenderOptions;

use super::RenderError;
use super::issue::Issue;
use super::mjml;

/// Most bytes of a mail in HTML: Gmail clips what is longer than 102 kB, and the tool that sends it adds its own.
pub(super) const MOST: usize = 98_000;

/// The issue in HTML, and in the MJML that it was made from. What would make it too long is left to the "more" link:
/// every section gives up its last articles first.
pub(super) fn write(issue: &Issue) -> Result<(String, String), RenderError> {
    let whole = rendered(issue)?;
    if whole.0.len() <= MOST {
        return Ok(whole);
    }
    let items: usize = issue
        .sections
        .iter()
        .map(|section| section.items.len())
        .sum();
    let (mut fits, mut too_many) = (0, items);
    let mut best = rendered(&issue.shortened(0))?;
    if best.0.len() > MOST {
        let bytes = best.0.len();
        return Err(RenderError::TooLong { bytes });
    }
    while too_many - fits > 1 {
        let middle = fits + (too_many - fits) / 2;
        let shorter = rendered(&issue.shortened(middle))?;
        if shorter.0.len() <= MOST {
            (fits, best) = (middle, shorter);
        } else {
            too_many = middle;
        }
    }
    Ok(best)
}

fn rendered(issue: &Issue) -> Result<(String, String), RenderError> {
    let source = mjml::write(issue)?;
    let failed = |error: &dyn std::fmt::Display| RenderError::Mjml(error.to_string());
    let parsed = mrml::parse(&source).map_err(|error| failed(&error))?;
    // No font is fetched from anywhere.
    let options = RenderOptions {
        fonts: HashMap::new(),
        ..RenderOptions::default()
    };
    let html = parsed
        .element
        .render(&options)
        .map_err(|error| failed(&error))?;
    Ok((html, source))
}

/// Text as it stands in HTML and in its attributes. What tools take for placeholders (`{{…}}`, `*|…|*`) is written so that
/// none is seen, however the text comes in pieces.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '{' => escaped.push_str("&#123;"),
            '}' => escaped.push_str("&#125;"),
            '|' => escaped.push_str("&#124;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}
