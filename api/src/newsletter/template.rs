//! Templates that a user may put in place of ours: the intro and the footer of an issue, in Markdown with values in it.

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use super::issue::Issue;
use super::markdown;
use super::passage::Passage;

/// What a template may cost: about so many steps, and 64 times so many bytes.
const FUEL: u64 = 50_000;

/// A template of the user's, or ours in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    name: String,
    source: String,
}

/// Why a template cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{place}: {what}", place = .line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct TemplateError {
    /// Which file.
    pub file: String,
    /// Which line of it, from 1.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
}

impl Template {
    /// A template, named by its file. It must be well formed; what it does with values is known when it is
    /// used, or tried out.
    pub fn new(name: impl Into<String>, source: impl Into<String>) -> Result<Self, TemplateError> {
        let (name, source) = (name.into(), source.into());
        environment()
            .template_from_named_str(&name, &source)
            .map_err(|error| refuse(&name, &error))?;
        Ok(Self { name, source })
    }

    /// A fault of the template as a whole.
    pub(super) fn fault(&self, what: String) -> TemplateError {
        TemplateError {
            file: self.name.clone(),
            line: None,
            what,
        }
    }

    fn write(&self, values: Value) -> Result<Passage, TemplateError> {
        environment()
            .template_from_named_str(&self.name, &self.source)
            .and_then(|template| template.render(values))
            .map(|text| Passage::of_markdown(text.trim()))
            .map_err(|error| refuse(&self.name, &error))
    }
}

impl Issue {
    /// The same with its intro and footer, made by these templates.
    pub fn dressed(self, intro: &Template, footer: &Template) -> Result<Self, TemplateError> {
        let clean = self.cleaned();
        let articles: Vec<Value> = clean
            .items()
            .map(|item| {
                context! { title => item.title.clone(), link => item.link.clone(), language => item.language.clone() }
            })
            .collect();
        let topics: Vec<String> = clean
            .sections
            .iter()
            // What stands under none of the topics is no topic more.
            .filter(|section| section.topic_id.is_some())
            .map(|section| section.title.clone())
            .collect();
        let values = context! {
            name => clean.name,
            title => clean.title,
            edition => clean.edition_id,
            language => clean.language.code(),
            from => clean.language.day(clean.period_from),
            to => clean.language.day(clean.period_to),
            period => clean.language.period(clean.period_from, clean.period_to),
            found => clean.found,
            shown => clean.shown,
            more => clean.more,
            topics,
            articles,
        };
        Ok(Self {
            intro: intro.write(values.clone())?,
            footer: footer.write(values)?,
            ..self
        })
    }
}

/// Nothing is loaded, nothing runs for ever, what is not there is an error, and a value is text, never Markdown.
fn environment<'a>() -> Environment<'a> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_formatter(|out, _, value| {
        let text = match value {
            value if value.is_none() => String::new(),
            value if value.is_undefined() => {
                return Err(minijinja::ErrorKind::UndefinedError.into());
            }
            value if value.is_safe() => value.to_string(),
            value => markdown::escaped(&value.to_string()),
        };
        out.write_str(&text).map_err(minijinja::Error::from)
    });
    environment
}

fn refuse(file: &str, error: &minijinja::Error) -> TemplateError {
    let said = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    let what = match error.kind() {
        minijinja::ErrorKind::UndefinedError => format!(
            "{said}; expected one of name, title, edition, language, from, to, period, found, shown, more, topics, articles"
        ),
        _ => said,
    };
    TemplateError {
        file: file.to_owned(),
        line: error.line().filter(|line| *line > 0),
        what,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::issue;
    use super::*;

    fn written(source: &str) -> Result<String, TemplateError> {
        let template = Template::new("intro.md", source)?;
        let footer = Template::new("footer.md", "")?;
        Ok(issue().dressed(&template, &footer)?.intro.markdown())
    }

    #[test]
    fn a_template_has_the_values_of_the_issue() {
        let source = "**{{ title }}**, {{ period }}: {% for article in articles %}{{ article.title }}; {% endfor %}{{ topics|length }}";
        let text = written(source).expect("written");
        assert!(
            text.starts_with("**The Weekly**, 19–25 November 2026: "),
            "{text}"
        );
    }

    #[test]
    fn news_of_no_topic_is_not_counted_among_the_topics() {
        let mut issue = issue();
        for (left, expected) in [
            (2, "2 press releases on 2 topics."),
            (1, "2 press releases."),
        ] {
            for section in &mut issue.sections[left..] {
                section.topic_id = None;
                section.title = "Other news".to_owned();
            }
            let ours = |source| Template::new("ours", source).expect("a template");
            let (intro, footer) = (issue.language.intro(), "{{ topics|join('; ') }}");
            let dressed = issue.clone().dressed(&ours(intro), &ours(footer));
            let dressed = dressed.expect("dressed");
            assert_eq!(dressed.intro.markdown().trim(), expected);
            assert!(!dressed.footer.markdown().contains("Other"));
        }
    }

    #[test]
    fn a_value_is_never_markdown_or_markup() {
        let text = written("{{ '[x](javascript:1) <b>' }}").expect("written");
        assert!(text.contains("\\[x\\]") && text.contains("&lt;b"), "{text}");
    }

    #[test]
    fn a_faulty_template_names_its_file_and_line() {
        for (source, line, words) in [
            ("one\ntwo {% if %}", 2, "unexpected"),
            ("one\n\n{{ nothing }}", 3, "expected one of name, title"),
            ("{% include 'secrets.md' %}", 1, "include"),
            ("\n{{ name|shout }}", 2, "shout"),
            (
                "{% for a in range(90000) %}{% for b in range(90000) %}x{% endfor %}{% endfor %}",
                1,
                "fuel",
            ),
            ("{{ 'x' * 1000000000 }}", 1, ""),
        ] {
            let error = written(source).expect_err(source);
            assert_eq!(
                (error.file.as_str(), error.line),
                ("intro.md", Some(line)),
                "{error}"
            );
            let message = error.to_string();
            assert!(
                message.starts_with(&format!("intro.md:{line}: ")),
                "{message}"
            );
            assert!(message.contains(words), "{message}");
        }
    }
}
