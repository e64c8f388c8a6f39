//! The options of `communique digest` that say what is in it and how it is dressed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::NaiveDate;
use clap::Args;

use crate::digest::{Chars, Count, Days, LanguageCode, Period, Setting, TopicName, Wanted, day};
use crate::newsletter::{Mailbox, Template};

/// What is in the digest.
#[derive(Args, Debug)]
pub(super) struct Selecting {
    /// How long the period is: 7d, 2w; it goes back to the same day of the week before [default: 7d]
    #[arg(
        long,
        env = "COMMUNIQUE_DIGEST_LAST",
        value_name = "TIME",
        conflicts_with = "since"
    )]
    last: Option<Days>,
    /// First day of the period, like 2026-11-19
    #[arg(long, env = "COMMUNIQUE_DIGEST_SINCE", value_name = "DAY", value_parser = day)]
    since: Option<NaiveDate>,
    /// Last day of the period [default: today]
    #[arg(long, env = "COMMUNIQUE_DIGEST_UNTIL", value_name = "DAY", value_parser = day)]
    until: Option<NaiveDate>,
    /// Only articles of these topics, by id or English name in lower case with hyphens, parted by commas; sections come in this order
    #[arg(
        long = "topic",
        env = "COMMUNIQUE_DIGEST_TOPIC",
        value_name = "TOPIC",
        value_delimiter = ','
    )]
    topics: Vec<TopicName>,
    /// Only articles in these languages, by codes like fr, parted by commas; of a story, the one in the first of them
    #[arg(
        long = "language",
        env = "COMMUNIQUE_DIGEST_LANGUAGE",
        value_name = "LANGUAGE",
        value_delimiter = ','
    )]
    languages: Vec<LanguageCode>,
    /// Only articles from these sources, parted by commas
    #[arg(
        long = "from-source",
        env = "COMMUNIQUE_DIGEST_SOURCE",
        value_name = "SOURCE",
        value_delimiter = ','
    )]
    sources: Vec<String>,
    /// Most articles under one topic, up to 100 [default: 5]
    #[arg(long, env = "COMMUNIQUE_DIGEST_MAX_PER_TOPIC", value_name = "N")]
    max_per_topic: Option<Count>,
    /// Most articles in all, up to 100 [default: 30]
    #[arg(long, env = "COMMUNIQUE_DIGEST_MAX_ARTICLES", value_name = "N")]
    max_articles: Option<Count>,
    /// Most characters of an abstract, 40 to 4000 [default: 300]
    #[arg(long, env = "COMMUNIQUE_DIGEST_ABSTRACT_CHARS", value_name = "N")]
    abstract_chars: Option<Chars>,
    /// The article that opens the issue, by id or slug
    #[arg(long, env = "COMMUNIQUE_DIGEST_LEAD", value_name = "ARTICLE")]
    lead: Option<String>,
}

impl Selecting {
    /// Say what is given.
    pub(super) fn put_into(&self, wanted: &mut Wanted) {
        if let Some(last) = self.last {
            wanted.period = Period::Last(last);
        }
        if let Some(since) = self.since {
            wanted.period = Period::Since(since);
        }
        wanted.until = self.until.or(wanted.until);
        if !self.topics.is_empty() {
            wanted.topics = texts(&self.topics, TopicName::as_str);
        }
        if !self.languages.is_empty() {
            wanted.languages = texts(&self.languages, LanguageCode::as_str);
        }
        if !self.sources.is_empty() {
            wanted.sources.clone_from(&self.sources);
        }
        wanted.max_per_topic = self.max_per_topic.unwrap_or(wanted.max_per_topic);
        wanted.max_articles = self.max_articles.unwrap_or(wanted.max_articles);
        wanted.abstract_chars = self.abstract_chars.unwrap_or(wanted.abstract_chars);
        wanted.lead = self.lead.clone().or_else(|| wanted.lead.take());
    }
}

fn texts<T>(list: &[T], text: fn(&T) -> &str) -> Vec<String> {
    list.iter().map(|one| text(one).to_owned()).collect()
}

/// How the digest is dressed.
#[derive(Args, Debug)]
pub(super) struct Dress {
    /// What it is called [default: its name]
    #[arg(long, env = "COMMUNIQUE_DIGEST_TITLE", value_name = "TEXT")]
    title: Option<String>,
    /// A template in Markdown of what stands before the articles
    #[arg(long, env = "COMMUNIQUE_DIGEST_INTRO", value_name = "FILE")]
    intro: Option<PathBuf>,
    /// A template in Markdown of what stands after them
    #[arg(long, env = "COMMUNIQUE_DIGEST_FOOTER", value_name = "FILE")]
    footer: Option<PathBuf>,
    /// Whom the mail is from, like "News <news@example.org>"; only for eml
    #[arg(long, env = "COMMUNIQUE_DIGEST_FROM", value_name = "ADDRESS")]
    from: Option<Mailbox>,
    /// utm_source of every link
    #[arg(long, env = "COMMUNIQUE_UTM_SOURCE", value_name = "TEXT")]
    utm_source: Option<String>,
    /// utm_medium of every link
    #[arg(long, env = "COMMUNIQUE_UTM_MEDIUM", value_name = "TEXT")]
    utm_medium: Option<String>,
    /// utm_campaign of every link
    #[arg(long, env = "COMMUNIQUE_UTM_CAMPAIGN", value_name = "TEXT")]
    utm_campaign: Option<String>,
}

impl Dress {
    /// Put on what is given.
    pub(super) fn put_into(&self, setting: &mut Setting) -> anyhow::Result<()> {
        for (given, kept) in [
            (&self.title, &mut setting.title),
            (&self.utm_source, &mut setting.utm.source),
            (&self.utm_medium, &mut setting.utm.medium),
            (&self.utm_campaign, &mut setting.utm.campaign),
        ] {
            if given.is_some() {
                kept.clone_from(given);
            }
        }
        if self.from.is_some() {
            setting.from.clone_from(&self.from);
        }
        for (given, kept) in [
            (&self.intro, &mut setting.intro),
            (&self.footer, &mut setting.footer),
        ] {
            if let Some(path) = given {
                *kept = Some(template(path)?);
            }
        }
        Ok(())
    }
}

fn template(path: &Path) -> anyhow::Result<Template> {
    let shown = path.display().to_string();
    let source =
        fs::read_to_string(path).with_context(|| format!("the template {shown} cannot be read"))?;
    Ok(Template::new(shown, source)?)
}
