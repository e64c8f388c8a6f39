//! `text`: understand one text, without a database.

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Serialize;
use summarizer::abstracts::Budget;
use summarizer::sentence::Span;
use summarizer::topic::Vocabulary;
use summarizer::understanding::{Text, Understanding};

use super::batch;
use super::options::Model;
use super::own_words::OwnWordsReport;

/// Print the abstract and the topic labels of one text; no database is needed.
///
/// If the second line of the text is blank and more follows, the first line is its title. Paragraphs are parted by
/// blank lines; the lines of a paragraph are joined.
#[derive(Args)]
pub(super) struct Arguments {
    /// The text, UTF-8; '-' for standard input
    #[arg(required_unless_present = "batch")]
    file: Option<PathBuf>,
    /// Many texts instead of one: a JSON object a line, {"id", "text", "title"?, "lang"?}; writes one a line,
    /// {"id", "abstract", "sentences", "labels"}, with every topic by its score and those assigned marked. '-' for standard input
    #[arg(long, value_name = "FILE", env = "COMMUNIQUE_TEXT_BATCH", conflicts_with_all = ["file", "language", "json"])]
    batch: Option<PathBuf>,
    /// With --batch: so many sentences, however long
    #[arg(
        long,
        value_name = "N",
        env = "COMMUNIQUE_SENTENCES",
        requires = "batch",
        group = "budget"
    )]
    sentences: Option<NonZeroUsize>,
    /// With --batch: as many sentences as stay within so many words, 2 at least
    #[arg(
        long,
        value_name = "N",
        env = "COMMUNIQUE_WORDS",
        requires = "batch",
        group = "budget",
        value_parser = clap::value_parser!(u32).range(2..)
    )]
    words: Option<u32>,
    /// With --batch: as many sentences as stay within so many characters, 40 at least
    #[arg(
        long,
        value_name = "N",
        env = "COMMUNIQUE_CHARS",
        requires = "batch",
        group = "budget",
        value_parser = clap::value_parser!(u32).range(40..)
    )]
    chars: Option<u32>,
    /// Language of the text (en, fr, …) [default: told from the text]
    #[arg(long, value_name = "CODE", env = "COMMUNIQUE_LANGUAGE", value_parser = language_code)]
    language: Option<String>,
    /// Print JSON; spans count Unicode scalar values of `body`
    #[arg(long, env = "COMMUNIQUE_JSON")]
    json: bool,
}

fn language_code(text: &str) -> Result<String, String> {
    let is_code =
        (2..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_code {
        Ok(text.to_owned())
    } else {
        Err("expected a language code of two or three small letters, such as en".to_owned())
    }
}

impl Arguments {
    /// How long the abstracts of a batch may be; as `--abstract-…` says unless said otherwise.
    fn budget(&self, model: &Model) -> Budget {
        let whatever = Budget {
            sentences: usize::MAX,
            characters: usize::MAX,
            words: usize::MAX,
        };
        if let Some(sentences) = self.sentences {
            Budget {
                sentences: sentences.get(),
                ..whatever
            }
        } else if let Some(words) = self.words {
            Budget {
                words: words as usize,
                ..whatever
            }
        } else if let Some(characters) = self.chars {
            Budget {
                characters: characters as usize,
                ..whatever
            }
        } else {
            model.budget()
        }
    }
}

#[derive(Serialize)]
struct Report {
    title: String,
    language: String,
    body: String,
    model: String,
    version: String,
    /// The model of entailment that judged the topics.
    #[serde(skip_serializing_if = "Option::is_none")]
    judge: Option<String>,
    #[serde(rename = "abstract")]
    abstract_: Option<AbstractReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    abstractive: Option<OwnWordsReport>,
    labels: Vec<LabelReport>,
    keyphrases: Vec<PhraseReport>,
}

#[derive(Serialize)]
struct PhraseReport {
    text: String,
    score: f64,
}

#[derive(Serialize)]
struct AbstractReport {
    text: String,
    sentences: Vec<Quotation>,
}

#[derive(Serialize)]
struct LabelReport {
    topic: String,
    name: String,
    score: f64,
    evidence: Option<Quotation>,
}

#[derive(Serialize)]
pub(super) struct Quotation {
    text: String,
    start: usize,
    end: usize,
}

impl Quotation {
    pub(super) fn of(body: &str, span: Span) -> Self {
        Self {
            text: body
                .chars()
                .skip(span.start)
                .take(span.end - span.start)
                .collect(),
            start: span.start,
            end: span.end,
        }
    }
}

/// Do it.
pub(super) async fn run(model: &Model, arguments: Arguments) -> Result<ExitCode> {
    if let Some(batch) = &arguments.batch {
        return batch::run(model, batch, arguments.budget(model)).await;
    }
    let file = arguments.file.context("the text is missing; name a file")?;
    let (title, body) = parts(&read(&file)?);
    if body.is_empty() {
        bail!(
            "{} has no text; expected a title, a blank line and paragraphs",
            file.display()
        );
    }
    let language = arguments.language.unwrap_or_else(|| tell_language(&body));
    let vocabulary = model.vocabulary()?;
    let summarizer = model
        .summarizer(&model.folder()?, &vocabulary, model.brought()?)
        .await?;
    let text = Text {
        title: &title,
        body: &body,
        language: &language,
    };
    let understanding = summarizer
        .summarize(text)
        .await
        .context("the text cannot be summarised")?;
    let report = report(title, body, language, understanding, &vocabulary);
    if arguments.json {
        writeln!(
            std::io::stdout(),
            "{}",
            serde_json::to_string_pretty(&report)?
        )?;
    } else {
        write!(std::io::stdout(), "{}", plain(&report))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> Result<String> {
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .context("reading standard input")?;
        bytes
    } else {
        fs::read(file).with_context(|| format!("reading {}", file.display()))?
    };
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        anyhow::anyhow!(
            "{} is not UTF-8: byte {place} cannot be; convert it first",
            file.display()
        )
    })
}

/// Title and body.
fn parts(text: &str) -> (String, String) {
    let text = text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n");
    let mut paragraphs: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(paragraph) if !line.is_empty() => paragraph.push(line),
            Some(paragraph) if !paragraph.is_empty() => paragraphs.push(Vec::new()),
            _ => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    let has_title = paragraphs.len() > 1 && paragraphs[0].len() == 1;
    let title = if has_title {
        paragraphs.remove(0).join(" ")
    } else {
        String::new()
    };
    let body: Vec<String> = paragraphs.iter().map(|lines| lines.join(" ")).collect();
    (title, body.join("\n\n"))
}

/// ISO 639-1 for the languages that the topics are likely to be described in, `und` for the rest.
pub(super) fn tell_language(body: &str) -> String {
    let code = match whatlang::detect_lang(body) {
        Some(whatlang::Lang::Eng) => "en",
        Some(whatlang::Lang::Fra) => "fr",
        _ => "und",
    };
    code.to_owned()
}

fn report(
    title: String,
    body: String,
    language: String,
    understanding: Understanding,
    vocabulary: &Vocabulary,
) -> Report {
    let version = understanding.version();
    let name_of = |id: &str| {
        let mut topics = vocabulary.topics().iter();
        let topic = topics.find(|topic| topic.id == id);
        topic.map_or_else(String::new, |topic| topic.name(&language).to_owned())
    };
    let labels = understanding.labels.into_iter().map(|label| LabelReport {
        name: name_of(&label.topic),
        topic: label.topic,
        score: label.score,
        evidence: label.evidence.map(|span| Quotation::of(&body, span)),
    });
    let labels = labels.collect();
    let keyphrases = understanding.keyphrases.into_iter();
    let keyphrases = keyphrases
        .map(|phrase| PhraseReport {
            text: phrase.text,
            score: phrase.score,
        })
        .collect();
    let abstract_ = understanding.abstract_.map(|found| AbstractReport {
        sentences: found
            .sentences
            .iter()
            .map(|&span| Quotation::of(&body, span))
            .collect(),
        text: found.text,
    });
    let own_words = understanding.own_words.as_ref();
    let abstractive = own_words.map(|attempt| OwnWordsReport::of(attempt, &body));
    Report {
        title,
        language,
        body,
        model: understanding.maker.model,
        version,
        judge: understanding.judge.map(|judge| judge.name),
        abstract_,
        abstractive,
        labels,
        keyphrases,
    }
}

fn plain(report: &Report) -> String {
    let mut out = String::new();
    if let Some(abstractive) = &report.abstractive {
        out.push_str(&abstractive.plain());
    }
    if let Some(abstract_) = &report.abstract_ {
        out.push_str(&format!("{}\n", abstract_.text));
    }
    if report.labels.is_empty() {
        out.push_str("\nno topic is near enough\n");
    }
    for label in &report.labels {
        out.push_str(&format!(
            "\n{} ({}, {:.2})\n",
            label.name, label.topic, label.score
        ));
        if let Some(evidence) = &label.evidence {
            out.push_str(&format!("    {}\n", evidence.text));
        }
    }
    let phrases = report.keyphrases.iter();
    let phrases: Vec<&str> = phrases.map(|phrase| phrase.text.as_str()).collect();
    if !phrases.is_empty() {
        out.push_str(&format!("\nkeyphrases: {}\n", phrases.join(", ")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_alone_before_a_blank_one_is_the_title() {
        let table = [
            (
                "Title\n\nOne\ntwo.\n\nThree.\n",
                "Title",
                "One two.\n\nThree.",
            ),
            ("\u{feff}\r\n Title \r\n\r\nOne.\r\n", "Title", "One."),
            ("One\ntwo.\n\nThree.", "", "One two.\n\nThree."),
            ("Only one line.", "", "Only one line."),
            (" \n\n", "", ""),
        ];
        for (text, title, body) in table {
            assert_eq!(parts(text), (title.to_owned(), body.to_owned()), "{text:?}");
        }
    }
}
