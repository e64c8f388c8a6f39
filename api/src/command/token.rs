//! `communique token`.

use std::io::Write;
use std::process::ExitCode;
use std::str::FromStr;

use anyhow::{Context, bail};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use clap::{Args, Subcommand, ValueEnum};
use entity::token::{self, Model};
use serde_json::json;

use super::tell;
use crate::clock::Clock;
use crate::store::Store;

/// Make, list and revoke the tokens that writing needs
///
/// A client sends its token with each request: `Authorization: Bearer cmq_…`
#[derive(Args, Debug)]
pub(super) struct Token {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a token and print its secret, which is shown this once and stored nowhere
    Create {
        /// Who or what it is for
        #[arg(long, env = "COMMUNIQUE_TOKEN_NAME", value_name = "NAME")]
        name: String,
        /// What it allows, one or more parted by commas
        #[arg(
            long = "scope",
            env = "COMMUNIQUE_TOKEN_SCOPE",
            value_name = "SCOPE",
            value_delimiter = ',',
            required = true
        )]
        scopes: Vec<Scope>,
        /// For how long: 90d, 12h, 4w; for ever unless given
        #[arg(long, env = "COMMUNIQUE_TOKEN_EXPIRES", value_name = "TIME")]
        expires: Option<Lifetime>,
        /// As one JSON object
        #[arg(long, env = "COMMUNIQUE_JSON")]
        json: bool,
    },
    /// List the tokens; their secrets cannot be shown
    List {
        /// As one JSON array
        #[arg(long, env = "COMMUNIQUE_JSON")]
        json: bool,
    },
    /// End a token at once; its name stays taken, as the audit knows it
    Revoke {
        /// Its name
        name: String,
    },
}

/// What a token allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Scope {
    /// Read an archive that is private
    Read,
    /// Bring in texts
    Ingest,
    /// Edit abstracts, labels and articles
    Edit,
}

impl From<Scope> for token::Scope {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Read => Self::Read,
            Scope::Ingest => Self::Ingest,
            Scope::Edit => Self::Edit,
        }
    }
}

/// How long a token is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lifetime(TimeDelta);

impl FromStr for Lifetime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!("{text:?} is no length of time; expected a number and m, h, d or w, as in 90d")
        };
        let unit = text.chars().next_back().ok_or_else(wrong)?;
        let number: i64 = text[..text.len() - unit.len_utf8()]
            .parse()
            .map_err(|_| wrong())?;
        let minutes = match unit {
            'm' => 1,
            'h' => 60,
            'd' => 60 * 24,
            'w' => 60 * 24 * 7,
            _ => return Err(wrong()),
        };
        // A thousand years, beyond which dates are no longer counted.
        let most = 1_000 * 366 * 24 * 60;
        number
            .checked_mul(minutes)
            .filter(|minutes| (1..=most).contains(minutes))
            .map(|minutes| Self(TimeDelta::minutes(minutes)))
            .ok_or_else(wrong)
    }
}

impl Token {
    pub(super) async fn run(self, url: &str, clock: Clock) -> anyhow::Result<ExitCode> {
        if let What::Create { name, .. } = &self.what {
            let plain = |name: &str| !name.chars().any(char::is_control) && name.trim() == name;
            if name.is_empty() || name.chars().count() > 100 || !plain(name) {
                bail!("--name: expected 1 to 100 characters without space at the ends");
            }
        }
        let store = Store::open_migrated(url).await?;
        let now = clock.now();
        let mut out = std::io::stdout();
        let mut code = ExitCode::SUCCESS;
        match self.what {
            What::Create {
                name,
                scopes,
                expires,
                json,
            } => {
                let mut scopes: Vec<token::Scope> = scopes.into_iter().map(Into::into).collect();
                scopes.sort_unstable();
                scopes.dedup();
                let end = expires.map(|expires| now + expires.0);
                let secret = store.create_token(&name, &scopes, end, now).await?;
                let shown = if json {
                    let names: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
                    json!({ "name": name, "scopes": names, "expiresAt": end.map(moment), "secret": secret.reveal() })
                        .to_string()
                } else {
                    secret.reveal().to_owned()
                };
                if let Err(error) = writeln!(out, "{shown}").and_then(|()| out.flush()) {
                    // Nobody has seen the secret, and nobody could be told it any more.
                    store
                        .forget_token(&secret)
                        .await
                        .context("the secret could not be shown, and its token is still there")?;
                    return Err(error).context("no token was made, as its secret cannot be shown");
                }
                if !json {
                    tell("Keep it now: it is shown this once and stored nowhere.");
                }
            }
            What::List { json } => {
                let tokens = store.tokens().await?;
                if json {
                    let all: Vec<_> = tokens.iter().map(|token| in_json(token, now)).collect();
                    writeln!(out, "{}", json!(all))?;
                } else {
                    table(&tokens, now, &mut out)?;
                }
            }
            What::Revoke { name } => {
                if store.revoke_token(&name, now).await? {
                    writeln!(out, "revoked {name}")?;
                } else {
                    tell(format_args!(
                        "communique: no token is named {name:?}; `communique token list` shows them"
                    ));
                    code = ExitCode::FAILURE;
                }
            }
        }
        store.close().await.context("the database did not close")?;
        Ok(code)
    }
}

/// How a token stands.
fn state(token: &Model, now: DateTime<Utc>) -> &'static str {
    match (token.revoked_at, token.expires_at) {
        (Some(_), _) => "revoked",
        (None, Some(end)) if end <= now => "expired",
        _ => "in force",
    }
}

fn moment(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn scopes(token: &Model) -> Vec<&'static str> {
    token.scopes.0.iter().map(|scope| scope.as_str()).collect()
}

fn in_json(token: &Model, now: DateTime<Utc>) -> serde_json::Value {
    json!({
        "name": token.name,
        "scopes": scopes(token),
        "state": state(token, now),
        "createdAt": moment(token.created_at),
        "expiresAt": token.expires_at.map(moment),
        "lastUsedAt": token.last_used_at.map(moment),
        "revokedAt": token.revoked_at.map(moment),
    })
}

fn table(tokens: &[Model], now: DateTime<Utc>, out: &mut impl Write) -> std::io::Result<()> {
    let width = tokens.iter().map(|token| token.name.chars().count());
    let width = width.max().unwrap_or(0).max(4);
    writeln!(
        out,
        "{:width$}  {:16}  {:8}  {:20}  {:20}",
        "NAME", "SCOPES", "STATE", "EXPIRES", "LAST USED"
    )?;
    for token in tokens {
        let or_never = |at: Option<DateTime<Utc>>| at.map_or_else(|| "never".to_owned(), moment);
        writeln!(
            out,
            "{:width$}  {:16}  {:8}  {:20}  {:20}",
            token.name,
            scopes(token).join(","),
            state(token, now),
            or_never(token.expires_at),
            or_never(token.last_used_at)
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_a_number_and_a_unit() {
        let days = |days| Some(Lifetime(TimeDelta::days(days)));
        for (text, expected) in [
            ("90d", days(90)),
            ("48h", days(2)),
            ("2w", days(14)),
            ("1440m", days(1)),
            ("", None),
            ("d", None),
            ("0d", None),
            ("-1d", None),
            ("90", None),
            ("1y", None),
            ("9é", None),
            ("9999999999999999999d", None),
            ("999999999999999999w", None),
        ] {
            assert_eq!(text.parse().ok(), expected, "{text}");
        }
    }
}
