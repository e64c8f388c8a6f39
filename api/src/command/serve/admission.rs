//! The options of `communique serve` that say who may come in.

use std::num::NonZeroU32;

use clap::Args;

use crate::http::rate::Rate;
use crate::http::token::Terms;

/// Who may come in, and how often.
#[derive(Args, Debug)]
pub(super) struct Admission {
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
    pub(super) fn terms(&self) -> Terms {
        Terms {
            private: self.private,
            rate: self.rate,
            token_rate: self.token_rate,
            burst: self.rate_burst,
            trust_proxy: self.trust_proxy,
        }
    }
}
