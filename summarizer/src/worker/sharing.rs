//! Articles of an archive in several languages that still lack their place in the space of all languages.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::join_all;

use super::{StepError, Worker};
use crate::encoder::EncoderError;

/// Whether there may be such articles, and whose turn it is.
pub(super) struct Sharing {
    /// Set by whatever is saved, cleared by a look that finds none.
    due: AtomicBool,
    turn: tokio::sync::Mutex<()>,
}

impl Default for Sharing {
    fn default() -> Self {
        Self {
            due: AtomicBool::new(true),
            turn: tokio::sync::Mutex::default(),
        }
    }
}

impl Sharing {
    /// Something was saved: look again.
    pub(super) fn note_saved(&self) {
        self.due.store(true, Ordering::Relaxed);
    }
}

impl Worker {
    /// Give some articles their second embedding. Returns how many; 0 when none lacks it, or there is no multilingual
    /// encoder. An archive in English alone is not asked for more than whether it is one, and nothing is loaded for it.
    ///
    /// # Errors
    /// [`StepError`] as for [`Worker::step`].
    pub async fn share_waiting(&self) -> Result<u64, StepError> {
        let Some(model) = self.summarizer.multilingual() else {
            return Ok(0);
        };
        if !self.sharing.due.load(Ordering::Relaxed) {
            return Ok(0);
        }
        let _turn = self.sharing.turn.lock().await;
        self.sharing.due.store(false, Ordering::Relaxed);
        let waiting = self.queue.unshared(&model).await?;
        if waiting.is_empty() {
            return Ok(0);
        }
        let places = waiting
            .iter()
            .map(|article| self.summarizer.place(&article.gist));
        let mut shared = 0;
        for (article, place) in waiting.iter().zip(join_all(places).await) {
            match place {
                Ok(Some((embedding, maker))) => {
                    shared += u64::from(self.queue.share(article, &embedding, &maker).await?);
                }
                // There is no such encoder after all, which was said when it was looked for.
                Ok(None) => return Ok(shared),
                Err(EncoderError::Stopped) => return Err(StepError::EncoderStopped),
                Err(EncoderError::Failed(message)) => {
                    tracing::warn!(article = %article.article, %message, "not placed among all languages");
                }
            }
        }
        // If none could be placed there is no use in looking again before something changes.
        self.sharing.due.store(shared > 0, Ordering::Relaxed);
        Ok(shared)
    }
}
