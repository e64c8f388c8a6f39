//! `digests.toml`: the digests that a server makes, as their editor writes them down.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use entity::topic;
use serde::Deserialize;
use toml::Spanned;

use super::definitions::Definition;
use super::measure::{Chars, Count, Days, LanguageCode, Name, NotOne};
use super::selection::topics_named;
use super::setting::Setting;
use super::wanted::{Period, Wanted};
use crate::graphql::PublicUrl;
use crate::newsletter::{Mailbox, Template, TemplateError, Utm};

/// Why a file of digests, or a template that it names, cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// The file itself.
    #[error("{file}{place}: {what}", place = .line.map(|line| format!(":{line}")).unwrap_or_default())]
    Digests {
        /// Which file.
        file: String,
        /// Which line of it, from 1.
        line: Option<usize>,
        /// What is wrong, and what would be right.
        what: String,
    },
    /// A template that it names.
    #[error(transparent)]
    Template(#[from] TemplateError),
}

/// One digest, as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    title: Option<String>,
    #[serde(default)]
    last: Days,
    #[serde(default)]
    topics: Vec<Spanned<String>>,
    #[serde(default)]
    languages: Vec<Spanned<String>>,
    #[serde(default)]
    sources: Vec<String>,
    max_per_topic: Option<Count>,
    max_articles: Option<Count>,
    #[serde(default)]
    abstract_chars: Chars,
    intro: Option<Spanned<PathBuf>>,
    footer: Option<Spanned<PathBuf>>,
    more: Option<Spanned<String>>,
    from: Option<Mailbox>,
    #[serde(alias = "public_url")]
    public_url: Option<Spanned<String>>,
    #[serde(default)]
    utm: WrittenUtm,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenUtm {
    source: Option<String>,
    medium: Option<String>,
    campaign: Option<String>,
}

/// The file at hand.
struct Source<'a> {
    path: &'a Path,
    text: &'a str,
}

/// The digests of a file. Templates lie beside it; topics are those of the vocabulary, once there is one.
pub(super) fn read(
    path: &Path,
    vocabulary: &[topic::Model],
) -> Result<BTreeMap<Name, Definition>, FileError> {
    let text = fs::read_to_string(path).map_err(|error| FileError::Digests {
        file: path.display().to_string(),
        line: None,
        what: format!("cannot be read: {error}"),
    })?;
    let source = Source { path, text: &text };
    let written: BTreeMap<Name, Written> =
        toml::from_str(&text).map_err(|error| source.refuse(error.span(), error.message()))?;
    written
        .into_iter()
        .map(|(name, written)| {
            let definition = source.definition(name.clone(), written, vocabulary)?;
            Ok((name, definition))
        })
        .collect()
}

impl Source<'_> {
    fn refuse(&self, span: Option<Range<usize>>, what: impl Into<String>) -> FileError {
        let line = span.map(|span| {
            let before = self.text.as_bytes().get(..span.start).unwrap_or_default();
            1 + before.iter().filter(|byte| **byte == b'\n').count()
        });
        FileError::Digests {
            file: self.path.display().to_string(),
            line,
            what: what.into(),
        }
    }

    fn definition(
        &self,
        name: Name,
        written: Written,
        vocabulary: &[topic::Model],
    ) -> Result<Definition, FileError> {
        for topic in &written.topics {
            topics_named(std::slice::from_ref(topic.get_ref()), vocabulary)
                .map_err(|why| self.refuse(Some(topic.span()), why))?;
        }
        if let Some(more) = &written.more {
            let web = ["https://", "http://"]
                .iter()
                .any(|scheme| more.get_ref().starts_with(scheme));
            if !web || more.get_ref().contains(char::is_whitespace) {
                let what = format!(
                    "more: {:?} is no address on the web; expected one like \"https://news.example.org/archive\"",
                    more.get_ref()
                );
                return Err(self.refuse(Some(more.span()), what));
            }
        }
        let mut languages = Vec::new();
        for language in &written.languages {
            let code: LanguageCode = language
                .get_ref()
                .parse()
                .map_err(|why: NotOne| self.refuse(Some(language.span()), why.to_string()))?;
            languages.push(code.as_str().to_owned());
        }
        let public = match &written.public_url {
            Some(url) => Some(
                url.get_ref()
                    .parse::<PublicUrl>()
                    .map_err(|why| self.refuse(Some(url.span()), format!("public-url: {why}")))?,
            ),
            None => None,
        };
        Ok(Definition {
            wanted: Wanted {
                period: Period::Last(written.last),
                topics: written
                    .topics
                    .into_iter()
                    .map(Spanned::into_inner)
                    .collect(),
                languages,
                sources: written.sources,
                max_per_topic: written.max_per_topic.unwrap_or(Count::PER_TOPIC),
                max_articles: written.max_articles.unwrap_or(Count::ARTICLES),
                abstract_chars: written.abstract_chars,
                ..Wanted::named(name)
            },
            setting: Setting {
                title: written.title,
                public,
                more: written.more.map(Spanned::into_inner),
                utm: Utm {
                    source: written.utm.source,
                    medium: written.utm.medium,
                    campaign: written.utm.campaign,
                },
                intro: self.template(written.intro.as_ref())?,
                footer: self.template(written.footer.as_ref())?,
                from: written.from,
            },
        })
    }

    fn template(&self, named: Option<&Spanned<PathBuf>>) -> Result<Option<Template>, FileError> {
        let Some(named) = named else {
            return Ok(None);
        };
        let path = self.path.with_file_name("").join(named.get_ref());
        let source = fs::read_to_string(&path).map_err(|error| {
            self.refuse(
                Some(named.span()),
                format!("{} cannot be read: {error}", path.display()),
            )
        })?;
        Ok(Some(Template::new(path.display().to_string(), source)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(id: &str, name: &str) -> topic::Model {
        topic::Model {
            id: entity::id::TopicId(id.to_owned()),
            name: name.to_owned(),
            names: topic::Names::default(),
            description: String::new(),
            position: 0,
        }
    }

    fn reading(text: &str, intro: &str) -> Result<BTreeMap<Name, Definition>, String> {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("digests.toml");
        fs::write(&path, text).expect("a file");
        fs::write(folder.path().join("intro.md"), intro).expect("a template");
        let place = format!("{}/", folder.path().display());
        read(&path, &[topic("t:1", "Education")])
            .map_err(|error| error.to_string().replace(&place, ""))
    }

    #[test]
    fn a_digest_has_all_that_is_written_and_defaults_for_the_rest() {
        let text = "[weekly]\n\n[french]\ntitle = \"La semaine\"\nlast = \"2w\"\ntopics = [\"education\"]\nlanguages = [\"fr\"]\n\
            max-per-topic = 3\nmax-articles = 9\nabstract-chars = 200\nintro = \"intro.md\"\n\
            from = \"News <news@example.org>\"\nutm = { source = \"fr\" }\n\
            public_url = \"https://news.example.org/\"\n";
        let digests = reading(text, "Bonjour").expect("read");
        let names: Vec<_> = digests.keys().map(Name::as_str).collect();
        assert_eq!(names, ["french", "weekly"]);
        let french = &digests[&"french".parse().expect("a name")];
        assert_eq!(french.wanted.topics, ["education"]);
        assert_eq!(french.wanted.max_articles.number(), 9);
        assert_eq!(french.setting.utm.source.as_deref(), Some("fr"));
        let public = french.setting.public.as_ref().map(PublicUrl::as_str);
        assert_eq!(public, Some("https://news.example.org"));
        assert!(french.setting.intro.is_some() && french.setting.from.is_some());
        let weekly = &digests[&"weekly".parse().expect("a name")];
        assert_eq!(
            weekly.wanted,
            Wanted::named("weekly".parse().expect("a name"))
        );
    }

    #[test]
    fn a_fault_is_named_with_its_file_and_line() {
        for (text, intro, expected) in [
            (
                "[weekly]\nlast = \"soon\"\n",
                "",
                "digests.toml:2: \"soon\" is no number of days; expected 1d",
            ),
            (
                "[weekly]\n\nmax-articles = 0\n",
                "",
                "digests.toml:3: 0 is no number of articles; expected 1 to 100",
            ),
            (
                "[weekly]\nabstract-chars = 9\n",
                "",
                "digests.toml:2: 9 is no length",
            ),
            (
                "[weekly]\nlimit = 9\n",
                "",
                "digests.toml:2: unknown field `limit`",
            ),
            ("[weekly\n", "", "digests.toml:1: "),
            (
                "[Weekly]\n",
                "",
                "digests.toml:1: \"Weekly\" is no name of a digest",
            ),
            (
                "[weekly]\ntopics = [\n  \"education\",\n  \"cooking\",\n]\n",
                "",
                "digests.toml:4: no topic is called \"cooking\"; there are: education",
            ),
            (
                "[weekly]\nintro = \"none.md\"\n",
                "",
                "digests.toml:2: none.md cannot be read",
            ),
            (
                "[weekly]\nmore = \"javascript:x\"\n",
                "",
                "digests.toml:2: more: ",
            ),
            (
                "[weekly]\nlanguages = [\"fr\",\n  \"klingon\"]\n",
                "",
                "digests.toml:3: \"klingon\" is not a code of a language; expected one like en or fr",
            ),
            (
                "[weekly]\npublic-url = \"news.example.org\"\n",
                "",
                "digests.toml:2: public-url: \"news.example.org\" is not the address of a server",
            ),
            (
                "[weekly]\nfrom = \"nobody\"\n",
                "",
                "digests.toml:2: \"nobody\" is no address for mail",
            ),
            (
                "[weekly]\nintro = \"intro.md\"\n",
                "one\n{% if %}\n",
                "intro.md:2: ",
            ),
        ] {
            let error = reading(text, intro).expect_err(text);
            assert!(error.starts_with(expected), "{error}\nexpected {expected}");
        }
    }
}
