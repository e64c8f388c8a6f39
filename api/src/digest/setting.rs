//! How a digest is dressed: its title, links, and what stands around the articles.

use form_urlencoded::Serializer;

use super::selection::{Entry, Selection};
use crate::graphql::PublicUrl;
use crate::newsletter::{
    Also, Issue, Item, Language, Mailbox, Passage, Section, Template, TemplateError, Utm,
};

/// Most labels shown with an article.
const LABELS: usize = 3;

/// How a digest is dressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// What it is called; its name with a capital letter unless given.
    pub title: Option<String>,
    /// Where readers reach the server, for links; whoever makes the issue may know it otherwise.
    pub public: Option<PublicUrl>,
    /// Where the rest of the period is read; the list of articles of this server unless given.
    pub more: Option<String>,
    /// What is added to links, for web analytics.
    pub utm: Utm,
    /// What stands before the articles; ours unless given.
    pub intro: Option<Template>,
    /// What stands after them; ours unless given.
    pub footer: Option<Template>,
    /// Whom the mail is from.
    pub from: Option<Mailbox>,
}

impl Selection {
    /// What a person calls the digest.
    pub fn title(&self, setting: &Setting) -> String {
        let given = setting.title.clone();
        given.unwrap_or_else(|| capital(self.wanted.name.as_str()))
    }

    /// The issue of this selection. Links need to know where readers reach the server.
    pub fn issue(
        &self,
        setting: &Setting,
        public: Option<&PublicUrl>,
    ) -> Result<Issue, TemplateError> {
        let language = Language::of(&self.wanted.languages);
        let link = |slug: &str| public.map(|public| setting.utm.on(&public.of(slug)));
        let item = |entry: &Entry| Item {
            id: entry.article.id.to_string(),
            title: entry.article.title.clone(),
            language: entry.article.language.clone(),
            published_on: entry.article.published_on,
            abstract_: entry.abstract_.clone(),
            link: link(&entry.article.slug),
            labels: entry
                .labels
                .iter()
                .take(LABELS)
                .map(|(_, topic)| named(topic, language))
                .collect(),
            also: entry
                .also
                .iter()
                .map(|other| Also {
                    id: other.id.to_string(),
                    title: other.title.clone(),
                    language: other.language.clone(),
                    published_on: other.published_on,
                    link: link(&other.slug),
                })
                .collect(),
        };
        let issue = Issue {
            name: self.wanted.name.to_string(),
            title: self.title(setting),
            edition_id: self.edition.to_string(),
            language,
            period_from: self.from,
            period_to: self.to,
            is_empty: self.is_empty(),
            found: self.found,
            waiting: self.waiting,
            shown: self.entries().count(),
            more: setting
                .more
                .clone()
                .or_else(|| public.map(|public| setting.utm.on(&public.at(&self.rest())))),
            intro: Passage::default(),
            lead: self.lead.as_ref().map(item),
            sections: self
                .groups
                .iter()
                .map(|group| Section {
                    topic_id: group.topic.as_ref().map(|topic| topic.id.to_string()),
                    title: match &group.topic {
                        Some(topic) => named(topic, language),
                        None => language.without_topic().to_owned(),
                    },
                    items: group.entries.iter().map(item).collect(),
                    left_out: group.left_out,
                })
                .collect(),
            footer: Passage::default(),
        };
        let ours = |name: &str, source: &str| Template::new(format!("the default {name}"), source);
        let intro = match &setting.intro {
            Some(intro) => intro.clone(),
            None => ours("intro", language.intro())?,
        };
        let footer = match &setting.footer {
            Some(footer) => footer.clone(),
            None => ours("footer", language.footer())?,
        };
        issue.dressed(&intro, &footer)
    }

    /// The list of all that fits, as an address on the server.
    fn rest(&self) -> String {
        let mut query = Serializer::new(String::new());
        query
            .append_pair("from", &self.from.to_string())
            .append_pair("to", &self.to.to_string());
        for (name, values) in [
            ("topic", &self.wanted.topics),
            ("language", &self.wanted.languages),
            ("source", &self.wanted.sources),
        ] {
            query.extend_pairs(values.iter().map(|value| (name, value)));
        }
        format!("/articles?{}", query.finish())
    }
}

/// The name of a topic in a language, or else in English.
fn named(topic: &entity::topic::Model, language: Language) -> String {
    topic
        .names
        .0
        .get(language.code())
        .unwrap_or(&topic.name)
        .clone()
}

/// `weekly-news` → `Weekly news`.
fn capital(name: &str) -> String {
    let spaced = name.replace('-', " ");
    let mut letters = spaced.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => spaced,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use entity::id::EditionId;

    use super::*;
    use crate::digest::Wanted;

    #[test]
    fn the_rest_of_a_period_is_listed_by_all_that_was_wanted() {
        let strings = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
        for (topics, languages, sources, expected) in [
            (&[][..], &[][..], &[][..], ""),
            // A topic without a section in the issue has articles of the period all the same.
            (
                &["education", "medtop:06000000"],
                &["fr", "en"],
                &["A&B = c/é"],
                "&topic=education&topic=medtop%3A06000000&language=fr&language=en&source=A%26B+%3D+c%2F%C3%A9",
            ),
        ] {
            let selection = Selection {
                wanted: Wanted {
                    topics: strings(topics),
                    languages: strings(languages),
                    sources: strings(sources),
                    ..Wanted::named("weekly".parse().expect("a name"))
                },
                edition: EditionId::of(&[]),
                articles: Vec::new(),
                from: day(18),
                to: day(25),
                found: 9,
                sent: 0,
                waiting: 0,
                lead: None,
                groups: Vec::new(),
            };
            let path = format!("/articles?from=2026-11-18&to=2026-11-25{expected}");
            assert_eq!(selection.rest(), path);
        }
    }
}
