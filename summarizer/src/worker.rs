//! The worker: claims articles, understands them, saves what it understood, one batch a step.

mod lease;
mod run;
mod sharing;

use std::sync::Arc;

use entity::id::ArticleId;
use futures_util::future::join_all;

use crate::encoder::EncoderError;
use crate::queue::{Claim, Failure, Order, Queue, QueueError};
use crate::understanding::{Summarizer, Text, Understanding};
use sharing::Sharing;

pub use run::{Ended, Notice, Plan};

/// Works one queue with one summarizer.
pub struct Worker {
    queue: Queue,
    summarizer: Arc<Summarizer>,
    batch: u32,
    /// Held while a claim is under way.
    claims: tokio::sync::Mutex<()>,
    sharing: Sharing,
}

/// What became of one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Understood and saved.
    Saved,
    /// Somebody else has it, or the article changed meanwhile: nothing was saved.
    Lost,
    /// Failed, and will be tried again.
    Retried(String),
    /// Failed for the last time; this is why.
    Failed(String),
}

/// What one step did: every order it claimed, and what became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// In the order of the articles' ids; empty when there was nothing to claim.
    pub orders: Vec<(ArticleId, Outcome)>,
}

impl Worker {
    /// A worker that claims up to `batch` articles at once.
    #[must_use]
    pub fn new(queue: Queue, summarizer: Arc<Summarizer>, batch: u32) -> Self {
        Self {
            queue: queue.of_models(summarizer.models()),
            summarizer,
            batch: batch.max(1),
            claims: tokio::sync::Mutex::new(()),
            sharing: Sharing::default(),
        }
    }

    /// End, and let go of the queue.
    #[must_use]
    pub fn into_queue(self) -> Queue {
        self.queue
    }

    /// The queue it works.
    #[must_use]
    pub fn queue(&self) -> &Queue {
        &self.queue
    }

    /// Claim a batch, understand all of it, save each article as soon as it is understood. `orders` is empty when
    /// nothing can be claimed now.
    ///
    /// Steps may run at the same time: while the model works on one batch, another is claimed or saved.
    ///
    /// # Errors
    /// [`QueueError`] when the database fails, or the encoder has stopped; what was claimed falls free in time.
    pub async fn step(&self) -> Result<Step, StepError> {
        let claimed = {
            let _turn = self.claims.lock().await;
            self.queue.claim(self.batch).await?
        };
        let outcomes = join_all(claimed.iter().map(|order| self.work(order))).await;
        let mut step = Step::default();
        for (order, outcome) in claimed.into_iter().zip(outcomes) {
            step.orders.push((order.article, outcome?));
        }
        Ok(step)
    }

    /// Place some of the articles that wait for nothing else. Returns how many.
    async fn place_waiting(&self) -> Result<u64, QueueError> {
        let _turn = self.claims.lock().await;
        self.queue.place_waiting().await
    }

    async fn work(&self, order: &Order) -> Result<Outcome, StepError> {
        match self.understand(order).await {
            Ok(understanding) => {
                let (model, version) = (&understanding.maker.model, understanding.version());
                let claim = self
                    .queue
                    .complete(order, &understanding, model, &version)
                    .await?;
                Ok(match claim {
                    Claim::Held => {
                        self.sharing.note_saved();
                        Outcome::Saved
                    }
                    Claim::Lost => Outcome::Lost,
                })
            }
            // Not the article's fault: it must not count against it.
            Err(EncoderError::Stopped) => Err(StepError::EncoderStopped),
            Err(EncoderError::Failed(message)) => {
                tracing::warn!(article = %order.article, attempt = order.attempt, %message, "not summarised");
                Ok(match self.queue.fail(order, &message).await? {
                    Failure::Retry(_) => Outcome::Retried(message),
                    Failure::GivenUp => Outcome::Failed(message),
                    Failure::Lost => Outcome::Lost,
                })
            }
        }
    }

    async fn understand(&self, order: &Order) -> Result<Understanding, EncoderError> {
        let text = Text {
            title: &order.title,
            body: &order.body,
            language: &order.language,
        };
        let model = order.model.as_deref();
        self.summarizer.summarize_by(model, text).await
    }
}

/// Why a step, and with it the worker, cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// The queue failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// There is no encoder any more.
    #[error("the encoder has stopped; start the program again")]
    EncoderStopped,
}
