//! How a digest is dressed: its title, links, and what stands around the articles.

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

    /// The list of articles of the period, as an address on the server.
    fn rest(&self) -> String {
        let mut path = format!("/articles?from={}&to={}", self.from, self.to);
        for language in &self.wanted.languages {
            if language
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            {
                path.push_str(&format!("&language={language}"));
            }
        }
        if !self.wanted.topics.is_empty() {
            let topics = self.groups.iter().filter_map(|group| group.topic.as_ref());
            for topic in topics {
                path.push_str(&format!("&topic={}", crate::store::slug::topic_slug(topic)));
            }
        }
        path
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
