//! How far the work is, for a person at a terminal or for a log.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use summarizer::queue::Outlook;
use summarizer::worker::{Notice, Outcome, Step};

use super::tell;

/// Between two lines where there is no terminal to draw a bar on.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// What was done so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    /// Articles summarised.
    pub(super) saved: u64,
    /// Articles given up.
    pub(super) failed: u64,
    /// Articles given their place among all languages.
    pub(super) shared: u64,
}

/// Shows the progress of one run.
pub(super) struct Progress {
    bar: ProgressBar,
    /// Lines instead of a bar.
    lines: bool,
    started: Instant,
    state: Mutex<State>,
}

struct State {
    tally: Tally,
    total: u64,
    last_line: Instant,
}

impl Progress {
    /// For a run with this much to do. `watch`: the total is not known, so steps are logged instead.
    pub(super) fn new(outlook: &Outlook, watch: bool) -> Self {
        let terminal = std::io::stderr().is_terminal() && !watch;
        let bar = if terminal {
            ProgressBar::new(outlook.unfinished())
        } else {
            ProgressBar::hidden()
        };
        let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            // A bar that cannot be drawn is no reason to stop.
            let _ = write!(out, "{:.1}/s", state.per_sec());
        };
        let style = ProgressStyle::with_template(
            "summarising {bar:30} {pos}/{len} articles  {rate}  {eta} left  {msg}",
        );
        if let Ok(style) = style {
            bar.set_style(style.with_key("rate", rate));
        }
        let now = Instant::now();
        Self {
            bar,
            lines: !terminal && !watch,
            started: now,
            state: Mutex::new(State {
                tally: Tally::default(),
                total: outlook.unfinished(),
                last_line: now,
            }),
        }
    }

    /// Take note.
    pub(super) fn note(&self, notice: &Notice<'_>) {
        match notice {
            Notice::Step(step) => self.count(step),
            Notice::Shared(articles) => self.count_shared(*articles),
            Notice::Waiting(outlook) if outlook.unfinished() > 0 => {
                let (queued, running) = (outlook.queued, outlook.running);
                self.bar.set_message(format!(
                    "waiting: {running} in the hands of a worker, {queued} to be tried again"
                ));
            }
            Notice::Waiting(_) => {}
            Notice::Trouble(error, wait) => {
                tracing::error!(%error, seconds = wait.as_secs(), "the queue cannot be worked; tried again after a wait");
            }
        }
    }

    fn count(&self, step: &Step) {
        let Ok(mut state) = self.state.lock() else {
            return;
        };
        let done = |wanted: fn(&Outcome) -> bool| {
            step.orders
                .iter()
                .filter(|(_, outcome)| wanted(outcome))
                .count() as u64
        };
        let saved = done(|outcome| matches!(outcome, Outcome::Saved));
        state.tally.saved += saved;
        state.tally.failed += done(|outcome| matches!(outcome, Outcome::Failed(_)));
        tracing::info!(claimed = step.orders.len(), saved, "summarised");
        self.bar.set_message("");
        self.bar
            .set_position(state.tally.saved + state.tally.failed);
        if self.lines && state.last_line.elapsed() >= LINE_EVERY {
            state.last_line = Instant::now();
            tell(self.line(&state));
        }
    }

    fn count_shared(&self, articles: u64) {
        let Ok(mut state) = self.state.lock() else {
            return;
        };
        state.tally.shared += articles;
        let said = format!("{} placed among all languages", state.tally.shared);
        tracing::info!(articles, "placed among all languages");
        if self.lines && state.last_line.elapsed() >= LINE_EVERY {
            state.last_line = Instant::now();
            tell(&said);
        }
        self.bar.set_message(said);
    }

    fn line(&self, state: &State) -> String {
        let done = state.tally.saved + state.tally.failed;
        let rate = done as f64 / self.started.elapsed().as_secs_f64().max(1e-3);
        let mut line = format!("summarised {done} of {} articles, {rate:.1}/s", state.total);
        if rate > 0.0 && state.total > done {
            // Writing to a string cannot fail.
            let _ = write!(
                line,
                ", about {:.0} s left",
                (state.total - done) as f64 / rate
            );
        }
        line
    }

    /// Remove the bar; what was done in all, and how long it took.
    pub(super) fn finish(&self) -> (Tally, Duration) {
        self.bar.finish_and_clear();
        let tally = self
            .state
            .lock()
            .map(|state| state.tally)
            .unwrap_or_default();
        (tally, self.started.elapsed())
    }
}
