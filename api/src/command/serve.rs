//! `communique serve`.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::limits::LimitOptions;
use super::summarizer::{Choice, Summarizer};
use crate::store::Store;
use crate::{graphql, http};

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
        default_value = "127.0.0.1:8000"
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
    #[command(flatten)]
    limits: LimitOptions,
}

impl Serve {
    pub(super) async fn run(self, url: &str) -> anyhow::Result<ExitCode> {
        let program = self.summarizer.program()?;
        let store = Store::open_within(url, self.limits.timeout()).await?;
        let listener = TcpListener::bind(self.listen).with_context(|| {
            format!(
                "cannot listen on {}; --listen takes another address",
                self.listen
            )
        })?;
        let address = listener
            .local_addr()
            .context("cannot tell the address that is listened on")?;
        let server = http::server(
            listener,
            graphql::schema_within(store.clone(), self.limits.of_requests()),
            store.clone(),
            self.limits.of_connections(),
        )?;
        let summarizer = program.map(|program| Summarizer::start(program, url.to_owned()));

        let mut out = std::io::stdout();
        writeln!(out, "ready: http://{address}/graphql")?;
        writeln!(
            out,
            "The playground is at that address in a browser; health at http://{address}/healthz and /readyz."
        )?;
        out.flush()?;

        let served = server.await.context("the server failed");
        if let Some(summarizer) = summarizer {
            summarizer.stop().await;
        }
        served?;
        store.close().await?;
        Ok(ExitCode::SUCCESS)
    }
}
