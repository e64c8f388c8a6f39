//! Sentences in, embeddings out: the transformer on one thread of its own, shared by everyone.
//!
//! Callers cut their texts into word pieces, then wait in one queue. The thread takes as many callers as fit a
//! budget of pieces, so that the sentences of many articles share batches; whoever stopped waiting is skipped.

mod batch;
mod embedding;
mod pieces;
mod round;
mod transformer;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::JoinHandle;

use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

use crate::model::{ModelError, ModelFolder};
use pieces::Pieces;
use round::Request;
use transformer::Transformer;

pub use embedding::Embedding;

/// Callers that may wait before the next one has to wait for a place.
const WAITING: usize = 256;

/// A handle to the encoder thread; cheap to clone. The thread ends, and is waited for, with the last handle.
#[derive(Clone)]
pub struct Encoder(Arc<Shared>);

struct Shared {
    pieces: Arc<Pieces>,
    /// Taken only by `drop`.
    requests: Option<mpsc::Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

/// Why texts could not be encoded.
#[derive(Debug, Clone, Error)]
pub enum EncoderError {
    /// The model failed on these texts; `0` is what it said.
    #[error("the encoder failed: {0}")]
    Failed(String),
    /// The encoder's thread is gone, and with it the model.
    #[error("the encoder has stopped; start the program again")]
    Stopped,
}

impl Encoder {
    /// Load the model and start its thread. `threads` is the number of cores libtorch may use.
    ///
    /// # Errors
    /// [`ModelError`] when the folder holds no model that we can run.
    pub fn start(folder: &ModelFolder, threads: NonZeroUsize) -> Result<Self, ModelError> {
        let pieces = Arc::new(Pieces::load(folder)?);
        let padding = pieces.padding();
        let (requests, queue) = mpsc::channel(WAITING);
        let (ready, loaded) = std::sync::mpsc::channel();
        let of_thread = folder.clone();
        let thread = std::thread::Builder::new()
            .name("encoder".to_owned())
            .spawn(move || {
                // OpenMP keeps its thread count per calling thread, so it is set on the one that will compute.
                tch::set_num_threads(i32::try_from(threads.get()).unwrap_or(i32::MAX));
                match Transformer::load(&of_thread, padding) {
                    Ok(transformer) => {
                        // The only receiver waits right below; if it is gone, so is everyone else.
                        if ready.send(Ok(())).is_ok() {
                            round::serve(queue, |batch| transformer.forward(batch));
                        }
                    }
                    Err(error) => drop(ready.send(Err(error))),
                }
            })
            .map_err(|error| folder.unsupported(format!("cannot start the encoder's thread: {error}")))?;
        match loaded.recv() {
            Ok(Ok(())) => Ok(Self(Arc::new(Shared {
                pieces,
                requests: Some(requests),
                thread: Some(thread),
            }))),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(folder.unsupported(
                "libtorch panicked while loading the weights; they are not those of a BERT sentence encoder",
            )),
        }
    }

    /// Encode texts, one embedding each, in order. Text longer than the model's window is encoded in windows
    /// and averaged. The result for a text does not depend on what else is being encoded.
    ///
    /// # Errors
    /// [`EncoderError`]; other callers are not affected.
    pub async fn encode(&self, texts: Vec<String>) -> Result<Vec<Embedding>, EncoderError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let pieces = Arc::clone(&self.0.pieces);
        let windows = tokio::task::spawn_blocking(move || pieces.windows(&texts))
            .await
            .map_err(|error| EncoderError::Failed(format!("cutting into word pieces: {error}")))?;
        let (reply, answer) = oneshot::channel();
        let requests = self.0.requests.as_ref().ok_or(EncoderError::Stopped)?;
        requests
            .send(Request { windows, reply })
            .await
            .map_err(|_| EncoderError::Stopped)?;
        answer.await.map_err(|_| EncoderError::Stopped)?
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        drop(self.requests.take());
        // libtorch must not be computing while the process runs its exit handlers. The thread looks at its
        // callers before each batch, so this takes a batch at most; its panics are answered, not propagated.
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

#[cfg(test)]
mod tests;
