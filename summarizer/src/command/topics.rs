//! `topics check`: what an editor should know of a file of topics before articles are labelled by it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use summarizer::clock::Clock;
use summarizer::queue::{Queue, Terms};
use summarizer::topic::{Overlap, Vocabulary};
use summarizer::understanding::Summarizer;

use super::options::{Brought, Model};

/// A topic that more than one in this many articles would get tells little.
const TOO_OFTEN: usize = 3;

/// What there is to know about files of topics.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Say which topics of a file cannot be told apart; and, of an archive, which would never be given and which too
    /// often
    ///
    /// A topic overlaps with another when some of what is written about it (a quarter at least) would be labelled as
    /// the other one. Articles of the archive are judged by their stored embeddings: about, not exactly.
    Check {
        /// The file of topics
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The archive: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME [default: none is looked at]
        #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
        database_url: Option<String>,
    },
}

/// Do it.
pub(super) async fn run(model: &Model, arguments: Arguments) -> Result<ExitCode> {
    let Task::Check { file, database_url } = arguments.task;
    let vocabulary = Vocabulary::read(&file).context("the topics cannot be used")?;
    let queue = match &database_url {
        Some(url) => Some(Queue::open(url, Terms::default(), Clock::system()).await?),
        None => None,
    };
    let summarizer = model
        .summarizer(&model.folder()?, &vocabulary, Brought::default())
        .await?;
    let found = of_file(&summarizer, &vocabulary).await?;
    write!(std::io::stdout(), "{found}")?;
    if let Some(queue) = queue {
        let tally = Tally::of(&queue, &summarizer).await?;
        write!(std::io::stdout(), "{}", tally.say(&vocabulary))?;
        queue.close().await?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn of_file(summarizer: &Summarizer, vocabulary: &Vocabulary) -> Result<String> {
    let (labeller, _) = summarizer.labeller("en").await;
    let languages = labeller.languages();
    let mut out = format!(
        "{} topics, described in {}\n",
        vocabulary.topics().len(),
        languages.join(" and ")
    );
    for language in languages {
        let (labeller, maker) = summarizer.labeller(language).await;
        let overlaps = labeller.overlaps(language).await?;
        if overlaps.is_empty() {
            out.push_str(&format!(
                "{language}, by {}: no topics overlap\n",
                maker.model
            ));
        }
        for overlap in overlaps {
            out.push_str(&format!(
                "{language}, by {}: {}\n",
                maker.model,
                said(&overlap, vocabulary, language)
            ));
        }
    }
    Ok(out)
}

fn said(overlap: &Overlap, vocabulary: &Vocabulary, language: &str) -> String {
    format!(
        "“{}” overlaps with “{}”: {} of its {} texts are nearer to that, such as “{}”",
        name(vocabulary, &overlap.topic, language),
        name(vocabulary, &overlap.other, language),
        overlap.nearer,
        overlap.of,
        overlap.example
    )
}

fn name<'a>(vocabulary: &'a Vocabulary, id: &'a str, language: &str) -> &'a str {
    let topic = vocabulary.topics().iter().find(|topic| topic.id == id);
    topic.map_or(id, |topic| topic.name(language))
}

/// How often each topic would be given.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    articles: usize,
    without: usize,
    /// By id.
    given: BTreeMap<String, usize>,
}

impl Tally {
    async fn of(queue: &Queue, summarizer: &Summarizer) -> Result<Self> {
        let mut tally = Self::default();
        for (_, maker) in summarizer.labellers().await {
            for (language, embedding) in queue.embeddings(&maker.model).await? {
                let (labeller, by) = summarizer.labeller(&language).await;
                if by.model == maker.model {
                    let topics = labeller.topics_of(&language, &embedding).await?;
                    tally.add(&topics);
                }
            }
        }
        Ok(tally)
    }

    fn add(&mut self, topics: &[&str]) {
        self.articles += 1;
        self.without += usize::from(topics.is_empty());
        for &topic in topics {
            *self.given.entry(topic.to_owned()).or_default() += 1;
        }
    }

    fn say(&self, vocabulary: &Vocabulary) -> String {
        if self.articles == 0 {
            return "the archive has no summarised article to try the topics on; summarise it first\n".to_owned();
        }
        let share = |count: usize| (100 * count).div_ceil(self.articles);
        let mut out = format!(
            "by their embeddings, so about: of {} articles of the archive, {} would have no topic ({} %)\n",
            self.articles,
            self.without,
            share(self.without)
        );
        for topic in vocabulary.topics() {
            let given = self.given.get(&topic.id).copied().unwrap_or(0);
            let name = topic.name("en");
            if given == 0 {
                out.push_str(&format!("never given: “{name}”\n"));
            } else if given * TOO_OFTEN > self.articles {
                out.push_str(&format!(
                    "given too often: “{name}”, to {given} articles ({} %)\n",
                    share(given)
                ));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_that_are_never_given_or_too_often_are_named() {
        let text = "[[topic]]\nid = \"sea\"\n[[topic]]\nid = \"ship\"\n[[topic]]\nid = \"tree\"\n";
        let vocabulary = Vocabulary::parse(text, "file").expect("a vocabulary");
        let mut tally = Tally::default();
        for topics in [vec!["sea"], vec!["sea", "ship"], vec![], vec!["sea"]] {
            tally.add(&topics);
        }
        assert_eq!(
            tally.say(&vocabulary),
            "by their embeddings, so about: of 4 articles of the archive, 1 would have no topic (25 %)\n\
             given too often: “sea”, to 3 articles (75 %)\n\
             never given: “tree”\n"
        );
        assert!(
            Tally::default()
                .say(&vocabulary)
                .contains("summarise it first")
        );
    }
}
