//! The options of `serve` for WebSockets and event streams.

use std::time::Duration;

use clap::Args;

use crate::http::StandingLimits;

/// Limits of WebSockets and event streams.
#[derive(Args, Debug)]
pub(super) struct Standing {
    /// WebSockets and event streams open at once
    #[arg(
        long,
        env = "COMMUNIQUE_SOCKETS",
        value_name = "COUNT",
        default_value_t = 500
    )]
    sockets: usize,
    /// Subscriptions and other operations that run on them at once
    #[arg(
        long,
        env = "COMMUNIQUE_SUBSCRIPTIONS",
        value_name = "COUNT",
        default_value_t = 5_000
    )]
    subscriptions: usize,
    /// Operations that run at once on one WebSocket
    #[arg(
        long,
        env = "COMMUNIQUE_SOCKET_SUBSCRIPTIONS",
        value_name = "COUNT",
        default_value_t = 100
    )]
    socket_subscriptions: usize,
    /// Bytes of one message to a WebSocket, its fragments together
    #[arg(
        long,
        env = "COMMUNIQUE_SOCKET_MESSAGE",
        value_name = "BYTES",
        default_value_t = 1_000_000
    )]
    socket_message: usize,
    /// Frames that one WebSocket may send a second; twice as many at once
    #[arg(
        long,
        env = "COMMUNIQUE_SOCKET_RATE",
        value_name = "COUNT",
        default_value_t = 100,
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    socket_rate: u32,
    /// Seconds after which a WebSocket on which nothing runs, and that says nothing, is closed
    #[arg(
        long,
        env = "COMMUNIQUE_SOCKET_IDLE",
        value_name = "SECONDS",
        default_value_t = 60
    )]
    socket_idle: u64,
}

impl Standing {
    /// The limits of the server.
    pub(super) fn limits(self) -> StandingLimits {
        StandingLimits {
            connections: self.sockets,
            operations: self.subscriptions,
            operations_each: self.socket_subscriptions,
            message: self.socket_message,
            rate: self.socket_rate,
            idle: Duration::from_secs(self.socket_idle),
        }
    }
}
