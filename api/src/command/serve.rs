//! `communique serve`.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroU32;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::summarizer::{Choice, Summarizer};
use crate::http::rate::Rate;
use crate::http::token::Terms;
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
    admission: Admission,
}

/// Who may come in, and how often.
#[derive(Args, Debug)]
struct Admission {
    /// Close reading too to whoever has no token; the playground's page stays open
    #[arg(long, env = "COMMUNIQUE_PRIVATE")]
    private: bool,
    /// Requests a minute of one address, or off [default: 600/min, from this machine without limit]
    #[arg(long, env = "COMMUNIQUE_RATE", value_name = "N/min|off")]
    rate: Option<Rate>,
    /// Requests a minute of one token, or off [default: 6000/min, from this machine without limit]
    #[arg(long, env = "COMMUNIQUE_TOKEN_RATE", value_name = "N/min|off")]
    token_rate: Option<Rate>,
    /// Requests at once, by address or token [default: those of a minute]
    #[arg(long, env = "COMMUNIQUE_RATE_BURST", value_name = "N")]
    rate_burst: Option<NonZeroU32>,
    /// Take the client's address from the proxy's Forwarded or X-Forwarded-For; only behind a proxy that sets it
    #[arg(long, env = "COMMUNIQUE_TRUST_PROXY")]
    trust_proxy: bool,
}

impl Admission {
    fn terms(&self) -> Terms {
        Terms {
            private: self.private,
            rate: self.rate,
            token_rate: self.token_rate,
            burst: self.rate_burst,
            trust_proxy: self.trust_proxy,
        }
    }
}

impl Serve {
    pub(super) async fn run(self, url: &str) -> anyhow::Result<ExitCode> {
        let program = self.summarizer.program()?;
        let store = Store::open_migrated(url).await?;
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
            graphql::schema(store.clone()),
            store.clone(),
            self.admission.terms(),
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
