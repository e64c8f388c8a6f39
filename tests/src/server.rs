//! A running `communique serve` on a port of its own.

use std::ffi::OsStr;
use std::fs;
use std::ops::Deref;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::Client;
use crate::program::{Ended, Running, communique};
use crate::wait::eventually;

/// How long one test may keep a server.
const LIFETIME: Duration = Duration::from_secs(300);

/// A server that answers; stopped when dropped.
#[derive(Debug)]
pub struct Server {
    running: Running,
    client: Client,
}

impl Deref for Server {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Server {
    /// Starts `communique serve` on this database without a summarizer, and waits until it serves.
    ///
    /// # Panics
    ///
    /// With all it printed, when it does not come up.
    #[must_use]
    #[track_caller]
    pub fn start(database: &str) -> Self {
        Self::start_with(database, ["--summarizer", "off"])
    }

    /// The same with these further arguments, and with `--summarizer` as they say.
    ///
    /// # Panics
    ///
    /// With all it printed, when it does not come up.
    #[must_use]
    #[track_caller]
    pub fn start_with<A: AsRef<OsStr>>(
        database: &str,
        arguments: impl IntoIterator<Item = A>,
    ) -> Self {
        let words = ["serve", "--listen", "127.0.0.1:0"].map(Into::into);
        let arguments = words
            .into_iter()
            .chain(arguments.into_iter().map(|word| word.as_ref().to_owned()));
        Self::over(communique(database, arguments).within(LIFETIME).start())
    }

    /// Waits until a started server says where it serves: `ready: http://HOST:PORT/graphql`.
    ///
    /// # Panics
    ///
    /// With all it printed, when it does not come up.
    #[must_use]
    #[track_caller]
    pub fn over(mut running: Running) -> Self {
        let origin = running.line(|line| {
            line.strip_prefix("ready: ")?
                .strip_suffix("/graphql")
                .map(str::to_owned)
        });
        Self {
            running,
            client: Client::of(origin),
        }
    }

    /// Waits until its search index holds everything: it is made behind the server.
    ///
    /// # Panics
    ///
    /// When it does not within a minute.
    #[track_caller]
    pub fn indexed(&self) {
        eventually("the index", Duration::from_secs(60), || {
            let answer = self.graphql(
                "{ topics { articleCount } articles(first: 0) { totalCount facets { languages { count } topics { count } } } }",
                json!({}),
            );
            let sum = |list: &Value, of: &str| -> Option<i64> {
                let counts = list.as_array()?.iter();
                counts.map(|one| one[of].as_i64()).sum()
            };
            let (data, facets) = (&answer["data"], &answer["data"]["articles"]["facets"]);
            // On PostgreSQL labels may come into the index after the articles: what was committed while another
            // transaction ran is followed once that has ended.
            let articles =
                sum(&facets["languages"], "count")? == data["articles"]["totalCount"].as_i64()?;
            let labels = sum(&facets["topics"], "count")? == sum(&data["topics"], "articleCount")?;
            (articles && labels).then_some(())
        });
    }

    /// Where it listens, to connect to by hand: `HOST:PORT`.
    #[must_use]
    pub fn address(&self) -> String {
        self.client
            .origin()
            .trim_start_matches("http://")
            .to_owned()
    }

    /// Its process.
    #[must_use]
    pub fn process(&mut self) -> &mut Running {
        &mut self.running
    }

    /// Memory it holds in RAM, in KiB, from `/proc`.
    ///
    /// # Panics
    ///
    /// When the process is gone.
    #[must_use]
    #[track_caller]
    pub fn resident_kib(&self) -> u64 {
        let file = format!("/proc/{}/status", self.running.pid());
        let status =
            fs::read_to_string(&file).unwrap_or_else(|error| panic!("cannot read {file}: {error}"));
        status
            .lines()
            .find_map(|line| {
                line.strip_prefix("VmRSS:")?
                    .trim()
                    .strip_suffix(" kB")?
                    .trim()
                    .parse()
                    .ok()
            })
            .unwrap_or_else(|| panic!("{file} has no VmRSS line: the process is gone"))
    }

    /// Stops it as an operator would (SIGTERM) and waits for its end.
    ///
    /// # Panics
    ///
    /// With all it printed, when it does not end.
    #[must_use]
    #[track_caller]
    pub fn stop(self) -> Ended {
        self.running.signal(crate::program::Signal::TERM);
        self.running.ended()
    }

    /// Kills it as a power cut would (SIGKILL) and waits until it is gone; its children are left to themselves.
    ///
    /// # Panics
    ///
    /// When it is still there after its deadline.
    #[track_caller]
    pub fn kill_9(self) {
        let _ = self.running.kill_9();
    }
}
