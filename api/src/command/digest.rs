//! `communique digest`.

mod options;
mod output;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::SecondsFormat;
use clap::Args;
use entity::edition;

use self::options::{Dress, Selecting};
use self::output::Output;
use super::tell;
use crate::clock::Clock;
use crate::digest::{Definition, Definitions, Name, Selection, Setting, Wanted};
use crate::graphql::PublicUrl;
use crate::newsletter::{self, Envelope, Format, Mailbox};
use crate::store::Store;

/// Exit code when there is nothing in the digest: nothing is written then.
const EMPTY: u8 = 3;

/// Make a newsletter issue of the articles of a period
///
/// Prints it, or writes it to a file whole or not at all. Ends with 3, and writes nothing, when nothing was published.
/// An issue marked as sent is not made again unless asked, and what it held is left out of the issues after it.
#[derive(Args, Debug)]
pub(super) struct Digest {
    /// Name of the digest: a-z, 0-9 and -
    #[arg(long, env = "COMMUNIQUE_DIGEST_NAME", value_name = "NAME")]
    name: Name,
    /// A file of digests that has the one of this name; what is said here comes before what stands there
    #[arg(long, env = "COMMUNIQUE_DIGESTS", value_name = "FILE")]
    digests: Option<PathBuf>,
    #[command(flatten)]
    selecting: Selecting,
    #[command(flatten)]
    dress: Dress,
    /// What to set it in
    // Of another id than the log's, which every command has.
    #[arg(
        id = "digest_format",
        long = "format",
        env = "COMMUNIQUE_DIGEST_FORMAT",
        value_name = "FORMAT",
        default_value = "html"
    )]
    format: Format,
    /// Whom the mail is to; only for eml
    #[arg(long, env = "COMMUNIQUE_DIGEST_TO", value_name = "ADDRESS")]
    to: Option<Mailbox>,
    /// Write it to this file, whole or not at all
    #[arg(long, env = "COMMUNIQUE_DIGEST_OUT", value_name = "FILE")]
    out: Option<PathBuf>,
    /// Keep that this edition is sent, and refuse to make it if it was
    #[arg(long, env = "COMMUNIQUE_DIGEST_MARK_SENT")]
    mark_sent: bool,
    /// Make it although it was sent, with what editions that were sent held
    #[arg(long, env = "COMMUNIQUE_DIGEST_AGAIN")]
    again: bool,
    /// Address under which readers reach the server; without it and public-url in the file of digests, the issue has no links
    #[arg(long, env = "COMMUNIQUE_PUBLIC_URL", value_name = "URL")]
    public_url: Option<PublicUrl>,
}

impl Digest {
    pub(super) async fn run(self, url: &str, clock: Clock) -> anyhow::Result<ExitCode> {
        let store = Store::open_migrated(url).await?;
        let done = self.make(&store, clock).await;
        store.close().await?;
        done
    }

    async fn make(mut self, store: &Store, clock: Clock) -> anyhow::Result<ExitCode> {
        let mut definition = self.definition(store).await?;
        definition.wanted.again = self.again;
        let now = clock.now();
        let selection = Selection::read(store, &definition.wanted, now.date_naive()).await?;
        if let Some(nothing) = selection.nothing() {
            let again = match selection.sent {
                0 => "",
                _ => "; --again makes an issue of what was sent",
            };
            tell(format_args!(
                "communique: {nothing}; nothing is written{again}"
            ));
            return Ok(ExitCode::from(EMPTY));
        }
        let before = match self.mark_sent {
            true => store.edition(&selection.edition).await?,
            false => None,
        };
        if let (Some(before), false) = (&before, self.again) {
            bail!(sent_already(&selection, before));
        }
        let public = self
            .public_url
            .as_ref()
            .or(definition.setting.public.as_ref());
        let issue = selection.issue(&definition.setting, public)?;
        let envelope = Envelope {
            from: definition.setting.from.clone(),
            to: self.to.take(),
            date: now.timestamp(),
        };
        let text = newsletter::render(&issue, self.format, &envelope)?;
        if public.is_none() {
            tell(
                "communique: warning: the issue has no links; --public-url, or public-url in the file of digests, gives them \
                 an address",
            );
        }
        if let Some(missing) = selection.missing() {
            tell(format_args!(
                "communique: warning: {missing}; `communique status` says how far the summarizer is"
            ));
        }

        let output = Output::prepare(self.out.as_deref(), text)?;
        // What is marked and cannot be written is unmarked; what is written was marked before, so that it is never sent
        // twice.
        let first = self.mark_sent && before.is_none();
        if first {
            let row = edition::Model {
                id: selection.edition.clone(),
                name: selection.wanted.name.to_string(),
                period_from: selection.from,
                period_to: selection.to,
                articles: edition::Articles(selection.articles.clone()),
                sent_at: now,
            };
            if !store.keep_edition(row.clone()).await? && !self.again {
                bail!(sent_already(&selection, &row));
            }
        }
        if let Err(error) = output.write() {
            if first {
                store
                    .forget_edition(&selection.edition)
                    .await
                    .context("the edition stays marked as sent")?;
            }
            return Err(error);
        }
        if before.is_some() {
            store.resend_edition(&selection.edition, now).await?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// What stands in the file of digests, if there is one, with what is said on the command line before it.
    async fn definition(&self, store: &Store) -> anyhow::Result<Definition> {
        let mut definition = match &self.digests {
            Some(path) => {
                let vocabulary = store.topics().await?;
                let known = Definitions::open(path.clone(), &vocabulary)?.now(&vocabulary);
                known.get(&self.name).cloned().with_context(|| {
                    let names: Vec<&str> = known.keys().map(Name::as_str).collect();
                    format!(
                        "{} has no digest called {}; it has: {}",
                        path.display(),
                        self.name,
                        names.join(", ")
                    )
                })?
            }
            None => Definition {
                wanted: Wanted::named(self.name.clone()),
                setting: Setting::default(),
            },
        };
        self.selecting.put_into(&mut definition.wanted);
        self.dress.put_into(&mut definition.setting)?;
        // A fault in a template is told before anything is read, and also where there is nothing to send.
        definition.try_out()?;
        Ok(definition)
    }
}

fn sent_already(selection: &Selection, before: &edition::Model) -> String {
    format!(
        "edition {} of {} was sent on {}, with the same articles; --again makes it once more",
        selection.edition,
        selection.wanted.name,
        before.sent_at.to_rfc3339_opts(SecondsFormat::Secs, true)
    )
}
