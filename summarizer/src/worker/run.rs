//! Working the queue until it is empty, or for ever, until told to stop.

use std::future::Future;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::{Either, select, try_join_all};
use futures_util::pin_mut;

use super::lease;
use super::{Step, StepError, Worker};
use crate::queue::Outlook;

/// Steps that run at the same time: one is claimed or saved while the model works on the other.
const LANES: usize = 2;

/// Between two looks at a queue in which nothing can be claimed.
const LOOK: Duration = Duration::from_millis(500);

/// Wait after a failure of the database, when the worker is to go on; doubled up to [`PATIENCE`].
const RETRY: Duration = Duration::from_secs(1);

const PATIENCE: Duration = Duration::from_secs(30);

/// When to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// When every order is done or given up, by whichever worker.
    UntilEmpty,
    /// Never; a failure of the database is waited out.
    Watch,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// There was nothing left to do.
    Empty,
    /// It was told to stop; this many orders were given back.
    Stopped(u64),
}

/// What happens during a run, for whoever shows it.
#[derive(Debug)]
pub enum Notice<'a> {
    /// A step that claimed something is done.
    Step(&'a Step),
    /// Nothing can be claimed now; so many articles were given their place among all languages meanwhile.
    Shared(u64),
    /// Nothing can be claimed now; this is how the queue stands.
    Waiting(&'a Outlook),
    /// The database failed; the worker tries again after this wait.
    Trouble(&'a StepError, Duration),
}

impl Worker {
    /// Work the queue according to `plan` until `stop` is ready. What is in hand then is given back at once.
    ///
    /// # Errors
    /// [`StepError`]; what was in hand falls free when its lease ends.
    pub async fn run(
        &self,
        plan: Plan,
        stop: impl Future<Output = ()>,
        notice: impl Fn(Notice<'_>) + Sync,
    ) -> Result<Ended, StepError> {
        let (outcome, _no_more_claims) = {
            let lanes = try_join_all((0..LANES).map(|_| self.lane(plan, &notice)));
            let kept = async {
                let leases = lease::keep(self.queue());
                pin_mut!(leases, lanes);
                match select(lanes, leases).await {
                    Either::Left((result, _)) => result.map(|_| ()),
                    Either::Right(((), lanes)) => lanes.await.map(|_| ()),
                }
            };
            pin_mut!(stop, kept);
            match select(kept, stop).await {
                Either::Left((result, _)) => (Some(result), None),
                Either::Right(((), kept)) => {
                    // A claim already sent takes effect even if nobody waits for it: let it arrive, and send no other,
                    // or it would take orders after all were given back.
                    let turn = self.claims.lock();
                    pin_mut!(turn);
                    match select(kept, turn).await {
                        Either::Left((result, _)) => (Some(result), None),
                        Either::Right((turn, _)) => (None, Some(turn)),
                    }
                }
            }
            // Here everything that was under way is dropped: open transactions roll back, the encoder skips it.
        };
        match outcome {
            Some(Ok(())) => Ok(Ended::Empty),
            Some(Err(error)) => {
                // Best effort: if the database is what failed, the leases end by themselves.
                drop(self.queue().release().await);
                Err(error)
            }
            None => Ok(Ended::Stopped(self.queue().release().await?)),
        }
    }

    async fn lane(
        &self,
        plan: Plan,
        notice: &(impl Fn(Notice<'_>) + Sync),
    ) -> Result<(), StepError> {
        let mut wait = RETRY;
        loop {
            match self.turn(plan, notice).await {
                Ok(true) => wait = RETRY,
                Ok(false) => return Ok(()),
                Err(error @ StepError::Queue(_)) if plan == Plan::Watch => {
                    notice(Notice::Trouble(&error, wait));
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(PATIENCE);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// One step, or one wait when there is nothing to claim; whether to go on.
    async fn turn(
        &self,
        plan: Plan,
        notice: &(impl Fn(Notice<'_>) + Sync),
    ) -> Result<bool, StepError> {
        let step = self.step().await?;
        if !step.orders.is_empty() {
            notice(Notice::Step(&step));
            return Ok(true);
        }
        if self.place_waiting().await? > 0 {
            return Ok(true);
        }
        let shared = self.share_waiting().await?;
        if shared > 0 {
            notice(Notice::Shared(shared));
            return Ok(true);
        }
        let outlook = self.queue().outlook().await?;
        if outlook.unfinished() == 0 && plan == Plan::UntilEmpty {
            return Ok(false);
        }
        notice(Notice::Waiting(&outlook));
        let due = outlook.next.map(|next| next - self.queue().now());
        let due = due.unwrap_or(TimeDelta::MAX).to_std().unwrap_or_default();
        // Never longer than a look (an article may come in), never a busy loop.
        tokio::time::sleep(due.clamp(Duration::from_millis(20), LOOK)).await;
        Ok(true)
    }
}
