//! Templates tried out before they are used: what fails in the middle of an issue is better found when it is written.

use chrono::NaiveDate;

use super::issue::{Issue, Item, Section};
use super::passage::Passage;
use super::template::{Template, TemplateError};
use super::words::Language;
use super::{RenderError, html};

/// Sections of the made-up issue.
const SECTIONS: usize = 10;

/// Articles of each of its sections: as many in all as an issue may have, so that what takes too long with many is found.
const ARTICLES: usize = 10;

/// Set a made-up issue, and one with nothing in it, with these templates, ours in the place of what is not given.
///
/// # Errors
///
/// What a template does that cannot be done, or that both leave the articles no room in a mail.
pub fn try_out(
    intro: Option<&Template>,
    footer: Option<&Template>,
    language: Language,
) -> Result<(), TemplateError> {
    if intro.is_none() && footer.is_none() {
        return Ok(());
    }
    let given = |template: Option<&Template>, name: &str| match template {
        Some(template) => Ok(template.clone()),
        None => Template::new(name, ""),
    };
    let (intro, footer) = (given(intro, "the intro")?, given(footer, "the footer")?);
    for issue in [made_up(language, SECTIONS), made_up(language, 0)] {
        let dressed = issue.dressed(&intro, &footer)?;
        match html::write(&dressed.cleaned()) {
            Ok(_) => {}
            Err(RenderError::Template(error)) => return Err(error),
            Err(error) => {
                let longer = match dressed.intro.html().len() > dressed.footer.html().len() {
                    true => &intro,
                    false => &footer,
                };
                return Err(longer.fault(error.to_string()));
            }
        }
    }
    Ok(())
}

fn made_up(language: Language, sections: usize) -> Issue {
    let day = NaiveDate::default();
    let item = |number: usize| Item {
        id: format!("art_{number}"),
        title: format!("Article {number}"),
        language: language.code().to_owned(),
        published_on: Some(day),
        abstract_: None,
        link: Some("https://example.org/".to_owned()),
        labels: Vec::new(),
        also: Vec::new(),
    };
    let shown = sections * ARTICLES;
    Issue {
        name: "weekly".to_owned(),
        title: "Weekly".to_owned(),
        edition_id: "ed_0".to_owned(),
        language,
        period_from: day,
        period_to: day,
        is_empty: sections == 0,
        found: shown as u64,
        waiting: 0,
        shown,
        more: Some("https://example.org/".to_owned()),
        intro: Passage::default(),
        lead: None,
        sections: (0..sections)
            .map(|section| Section {
                topic_id: None,
                title: format!("Topic {section}"),
                items: (0..ARTICLES).map(item).collect(),
                left_out: 0,
            })
            .collect(),
        footer: Passage::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(intro: &str, footer: &str) -> Result<(), String> {
        let template = |name: &str, source: &str| Template::new(name, source).expect("well formed");
        let (intro, footer) = (template("intro.md", intro), template("footer.md", footer));
        try_out(Some(&intro), Some(&footer), Language::English).map_err(|error| error.to_string())
    }

    #[test]
    fn what_would_fail_in_an_issue_fails_when_it_is_tried() {
        let long = "Many words. ".repeat(25_000);
        for (intro, footer, fault) in [
            ("one\n{{ tittle }}", "", "intro.md:2: undefined value"),
            ("", "\n\n{{ title|shout }}", "footer.md:3: unknown filter"),
            // Only an empty issue has no first article.
            ("{{ articles[0].title }}", "", "intro.md:1: undefined value"),
            // Only an issue with many articles takes so long.
            (
                "{% for a in articles %}{% for b in articles %}{% for c in articles %}x{% endfor %}{% endfor %}{% endfor %}",
                "",
                "intro.md:1: engine ran out of fuel",
            ),
            (
                &long,
                "",
                "intro.md: without a single article the mail takes ",
            ),
            (
                "short",
                &long,
                "footer.md: without a single article the mail takes ",
            ),
        ] {
            let error = tried(intro, footer).expect_err(fault);
            assert!(error.starts_with(fault), "{error}\nexpected {fault}");
        }
    }

    #[test]
    fn templates_that_work_pass() {
        for (intro, footer) in [
            ("", ""),
            ("{{ title }} {{ more }}", "{{ edition }}"),
            (
                "{% for a in articles %}[{{ a.title }}]({{ a.link }}) {{ a.language }}{% endfor %}",
                "{% if topics %}{{ topics[0] }}{% endif %}",
            ),
        ] {
            assert_eq!(tried(intro, footer), Ok(()), "{intro}");
        }
    }
}
