//! `communique serve`.

mod admission;
mod answering;
mod indexing;
mod standing;

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use tracing::warn;

use super::limits::LimitOptions;
use super::summarizer::{Choice, Summarizer};
use crate::dashboard::Site;
use crate::digest::Definitions;
use crate::http::Replies;
use crate::store::Store;
use crate::store::version::Versions;
use crate::{graphql, http};
use admission::Admission;
use answering::Answering;
use indexing::Indexing;
use standing::Standing;

/// Serve the archive by GraphQL
///
/// Prints `ready: URL` once it answers. Ends by SIGINT or SIGTERM, after the requests under way.
#[derive(Args, Debug)]
pub(super) struct Serve {
    /// Address and port; port 0 takes a free one
    #[arg(
        long,
        env = "COMMUNIQUE_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8000",
        value_parser = address
    )]
    listen: SocketAddr,
    /// The summarizer to keep running beside the server: auto takes the one that lies beside this program, if any
    #[arg(
        long,
        env = "COMMUNIQUE_SUMMARIZER",
        value_name = "auto|off|PATH",
        default_value = "auto"
    )]
    summarizer: Choice,
    /// Megabytes of replies kept in memory and sent again while nothing is written to the archive; 0 keeps none
    #[arg(
        long,
        env = "COMMUNIQUE_CACHE_MB",
        value_name = "MB",
        default_value_t = 16
    )]
    cache_mb: u32,
    /// Address under which readers reach this server: articles then have a url, and are found by it
    #[arg(long, env = "COMMUNIQUE_PUBLIC_URL", value_name = "URL")]
    public_url: Option<graphql::PublicUrl>,
    /// A file of digests to answer at /digest/NAME.html, .mjml, .txt, .md, .json and .eml; edits are seen at once
    #[arg(long, env = "COMMUNIQUE_DIGESTS", value_name = "FILE")]
    digests: Option<PathBuf>,
    #[command(flatten)]
    answering: Answering,
    #[command(flatten)]
    indexing: Indexing,
    #[command(flatten)]
    standing: Standing,
    #[command(flatten)]
    limits: LimitOptions,
    #[command(flatten)]
    admission: Admission,
}

impl Serve {
    pub(super) async fn run(self, url: &str) -> anyhow::Result<ExitCode> {
        let program = self.summarizer.program()?;
        let store = Store::open_within(url, self.limits.of_statements()).await?;
        let definitions = match self.digests {
            Some(path) => Some(Definitions::open(path, &store.topics().await?)?),
            None => None,
        };
        let listener = TcpListener::bind(self.listen).with_context(|| {
            format!(
                "cannot listen on {}; --listen takes another address",
                self.listen
            )
        })?;
        let address = listener
            .local_addr()
            .context("cannot tell the address that is listened on")?;
        let search = self.indexing.start(&store, url).await?;
        let schema = graphql::searchable(
            store.clone(),
            self.public_url.clone(),
            search.clone(),
            self.limits.of_requests(),
        );
        let documents = self.answering.documents(&schema).await?;
        let replies = match self.cache_mb {
            0 => Replies::none(),
            megabytes => Replies::of(Versions::open(url).await?, u64::from(megabytes) << 20),
        };
        let terms = self.admission.terms();
        let site = Site::over(&schema, self.public_url.clone(), terms.private).await?;
        let setup = http::Setup {
            documents,
            settings: self.answering.settings(),
            standing: self.standing.limits(),
            replies,
            connections: self.limits.of_connections(),
            digests: http::Digests {
                definitions,
                public: self.public_url,
            },
            terms,
            site,
        };
        let server = http::server(listener, schema, store.clone(), setup)?;
        let summarizer = program.map(|program| Summarizer::start(program, url.to_owned()));

        if let Err(cause) = greet(&address) {
            warn!(%cause, "serving, though nobody can be told by standard output");
        }

        let served = server.await.context("the server failed");
        if let Some(summarizer) = summarizer {
            summarizer.stop().await;
        }
        search.stop().await;
        served?;
        store.close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Say that requests are answered, and where.
fn greet(address: &SocketAddr) -> std::io::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "ready: http://{address}/graphql")?;
    writeln!(
        out,
        "The archive is at http://{address}/ in a browser, the playground at /graphql; health at /healthz and /readyz."
    )?;
    out.flush()
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        "expected an IP address and a port, such as 127.0.0.1:8000, [::1]:8000 or 0.0.0.0:8000"
            .to_owned()
    })
}
