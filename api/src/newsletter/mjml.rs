//! An issue in MJML: the one layout, from which the mail in HTML is made.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, context};

use super::RenderError;
use super::html::escaped;
use super::issue::{Also, Issue, Item};
use super::words::direction;

/// The layout. It is a template of ours: what a user may change is the intro and the footer in it.
const LAYOUT: &str = include_str!("mjml/issue.mjml");

/// Letters of the line that mail programs show beside the subject.
const PREHEADER: usize = 140;

/// The issue in MJML.
pub(super) fn write(issue: &Issue) -> Result<String, RenderError> {
    let language = issue.language;
    let sections: Vec<Value> = issue
        .sections
        .iter()
        .map(|section| {
            let items: Vec<Value> = section
                .items
                .iter()
                .map(|item| article(issue, item, &section.title))
                .collect();
            context! { title => section.title.clone(), items }
        })
        .collect();
    let values = context! {
        language => language.code(),
        title => issue.title.clone(),
        edition => issue.edition_id.clone(),
        period => language.period(issue.period_from, issue.period_to),
        preheader => preheader(issue),
        intro => safe(&issue.intro.html()),
        nothing => issue.is_empty.then(|| language.nothing(issue.waiting)),
        lead => issue.lead.as_ref().map(|lead| article(issue, lead, "")),
        sections,
        rest => (issue.rest() > 0).then(|| language.more(issue.rest())),
        more => issue.more.clone(),
        also => language.also(),
        footer => safe(&issue.footer.html()),
    };
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .map_err(|error| RenderError::Mjml(error.to_string()))?;
    environment.set_syntax(syntax);
    // So that what a macro gives is markup; the formatter says how the rest is escaped.
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(|out, _, value| {
        let text = match value {
            value if value.is_none() => String::new(),
            value if value.is_safe() => value.to_string(),
            value => escaped(&value.to_string()),
        };
        out.write_str(&text).map_err(minijinja::Error::from)
    });
    environment
        .render_named_str("issue.mjml", LAYOUT, values)
        .map_err(|error| RenderError::Mjml(error.to_string()))
}

fn safe(html: &str) -> Value {
    Value::from_safe_string(html.to_owned())
}

/// What stands of an article below a heading.
fn article(issue: &Issue, item: &Item, heading: &str) -> Value {
    let also: Vec<Value> = item.also.iter().map(other).collect();
    context! {
        title => item.title.clone(),
        link => item.link.clone(),
        language => item.language.clone(),
        direction => direction(&item.language, &item.title),
        facts => item.facts(issue.language, heading),
        summary => item.abstract_.clone(),
        also,
    }
}

fn other(also: &Also) -> Value {
    context! {
        title => also.title.clone(),
        link => also.link.clone(),
        language => also.language.clone(),
        direction => direction(&also.language, &also.title),
    }
}

/// What stands in the issue, in a line.
fn preheader(issue: &Issue) -> String {
    let mut line = String::new();
    for item in issue.items() {
        let longer = match line.is_empty() {
            true => item.title.clone(),
            false => format!("{line} · {}", item.title),
        };
        if longer.chars().count() > PREHEADER && !line.is_empty() {
            break;
        }
        line = longer;
    }
    if line.is_empty() {
        line = issue.language.nothing(issue.waiting);
    }
    line
}
