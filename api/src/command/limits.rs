//! The options of `communique serve` that say how much a client may ask for.

use std::time::Duration;

use clap::Args;
use clap::builder::RangedU64ValueParser;

use crate::graphql::limits::Limits;
use crate::http::Connections;

/// How much a client may ask for.
#[derive(Args, Debug)]
#[command(next_help_heading = "Limits")]
pub(super) struct LimitOptions {
    /// Deepest nesting of fields; what asks about the schema itself is counted apart
    #[arg(
        long,
        env = "COMMUNIQUE_MAX_DEPTH",
        value_name = "FIELDS",
        default_value_t = 12
    )]
    max_depth: u64,
    /// Highest cost of a request, by the rules of docs/limits.md
    #[arg(
        long,
        env = "COMMUNIQUE_MAX_COST",
        value_name = "COST",
        default_value_t = 20_000
    )]
    max_cost: u64,
    /// Most fields under another name
    #[arg(
        long,
        env = "COMMUNIQUE_MAX_ALIASES",
        value_name = "NUMBER",
        default_value_t = 100
    )]
    max_aliases: u64,
    /// Most fields on the outermost level
    #[arg(
        long,
        env = "COMMUNIQUE_MAX_ROOT_FIELDS",
        value_name = "NUMBER",
        default_value_t = 20
    )]
    max_root_fields: u64,
    /// Most directives
    #[arg(
        long,
        env = "COMMUNIQUE_MAX_DIRECTIVES",
        value_name = "NUMBER",
        default_value_t = 100
    )]
    max_directives: u64,
    /// Most tokens of a document
    #[arg(
        long,
        env = "COMMUNIQUE_MAX_TOKENS",
        value_name = "NUMBER",
        default_value_t = 5_000
    )]
    max_tokens: u64,
    /// Most items on a page
    #[arg(
        long,
        env = "COMMUNIQUE_MAX_PAGE_SIZE",
        value_name = "1 to 100",
        default_value_t = 100,
        value_parser = RangedU64ValueParser::<u64>::new().range(1..=100)
    )]
    max_page_size: u64,
    /// Seconds a request may take; then it is answered with TIMEOUT and its statements end
    #[arg(
        long,
        env = "COMMUNIQUE_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 10,
        value_parser = RangedU64ValueParser::<u64>::new().range(1..=3_600)
    )]
    timeout: u64,
    /// Most bytes of a body
    #[arg(long, env = "COMMUNIQUE_MAX_BODY", value_name = "BYTES", default_value_t = 1 << 20)]
    max_body: usize,
    /// Seconds in which a body must have come
    #[arg(
        long,
        env = "COMMUNIQUE_BODY_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 10,
        value_parser = RangedU64ValueParser::<u64>::new().range(1..=3_600)
    )]
    body_timeout: u64,
    /// Most connections at once; further ones wait until one ends
    #[arg(
        long,
        env = "COMMUNIQUE_MAX_CONNECTIONS",
        value_name = "NUMBER",
        default_value_t = 1_000,
        value_parser = RangedU64ValueParser::<u64>::new().range(1..=100_000)
    )]
    max_connections: u64,
    /// Seconds that a connection without a request is kept
    #[arg(
        long,
        env = "COMMUNIQUE_KEEP_ALIVE",
        value_name = "SECONDS",
        default_value_t = 60,
        value_parser = RangedU64ValueParser::<u64>::new().range(1..=3_600)
    )]
    keep_alive: u64,
    /// Do not tell clients the schema; what they ask must be known to them
    #[arg(long, env = "COMMUNIQUE_NO_INTROSPECTION")]
    no_introspection: bool,
    /// Do not answer a misspelt name with those it may have meant
    #[arg(long, env = "COMMUNIQUE_NO_SUGGESTIONS")]
    no_suggestions: bool,
}

impl LimitOptions {
    /// How long a request may take.
    fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }

    /// How long a statement may take: longer than its request, so that the client is told of the request's time.
    pub(super) fn of_statements(&self) -> Duration {
        self.timeout() + Duration::from_secs(1)
    }

    /// What a request may ask for.
    pub(super) fn of_requests(&self) -> Limits {
        Limits {
            depth: self.max_depth,
            cost: self.max_cost,
            aliases: self.max_aliases,
            root_fields: self.max_root_fields,
            directives: self.max_directives,
            tokens: self.max_tokens,
            page: self.max_page_size,
            time: self.timeout(),
            introspection: !self.no_introspection,
            suggestions: !self.no_suggestions,
        }
    }

    /// What connections may do.
    pub(super) fn of_connections(&self) -> Connections {
        Connections {
            body: self.max_body,
            body_time: Duration::from_secs(self.body_timeout),
            number: usize::try_from(self.max_connections).unwrap_or(usize::MAX),
            keep_alive: Duration::from_secs(self.keep_alive),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        limits: LimitOptions,
    }

    #[test]
    fn the_options_begin_where_the_limits_do() {
        let line = Line::try_parse_from(["serve"]).expect("no option is needed");
        assert_eq!(line.limits.of_requests(), Limits::default());
        assert_eq!(line.limits.of_connections(), Connections::default());
    }

    #[test]
    fn a_page_is_never_larger_than_the_store_reads() {
        assert!(Line::try_parse_from(["serve", "--max-page-size", "101"]).is_err());
        assert!(Line::try_parse_from(["serve", "--timeout", "0"]).is_err());
    }
}
