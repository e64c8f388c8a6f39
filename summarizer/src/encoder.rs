//! Sentences in, embeddings out: the transformer on threads of its own, shared by everyone.
//!
//! Callers cut their texts into word pieces, then wait in one queue. A thread takes as many callers as fit a
//! budget of pieces, so that the sentences of many articles share batches; whoever stopped waiting is skipped.
//!
//! Each thread computes alone, on one core, with weights it shares with the others: nobody waits for anybody within
//! a layer, and the bits of a result depend neither on the number of cores nor on what else is in the batch (a test
//! holds that).

mod batch;
mod embedding;
mod pieces;
mod precision;
mod round;
mod transformer;

use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

use crate::model::{ModelError, ModelFolder};
use pieces::Pieces;
use round::Request;
use transformer::{Transformer, Weights};

pub use embedding::Embedding;
pub use precision::{Computing, Precision};

/// Callers that may wait before the next one has to wait for a place.
const WAITING: usize = 256;

/// A handle to the encoder's threads; cheap to clone. They end, and are waited for, with the last handle.
#[derive(Clone)]
pub struct Encoder(Arc<Shared>);

struct Shared {
    pieces: Arc<Pieces>,
    /// Taken only by `drop`.
    requests: Option<mpsc::Sender<Request>>,
    threads: Vec<JoinHandle<()>>,
}

/// Why texts could not be encoded.
#[derive(Debug, Clone, Error)]
pub enum EncoderError {
    /// The model failed on these texts; `0` is what it said.
    #[error("the encoder failed: {0}")]
    Failed(String),
    /// The encoder's threads are gone, and with them the model.
    #[error("the encoder has stopped; start the program again")]
    Stopped,
}

impl Encoder {
    /// Load the model and start its threads, each of which keeps one core busy.
    ///
    /// # Errors
    /// [`ModelError`] when the folder holds no model that we can run.
    pub fn start(folder: &ModelFolder, computing: Computing) -> Result<Self, ModelError> {
        let pieces = Arc::new(Pieces::load(folder)?);
        let weights = Weights::load(folder, pieces.padding(), computing.precision)?;
        let (requests, queue) = mpsc::channel(WAITING);
        let queue = Arc::new(Mutex::new(queue));
        let mut shared = Shared {
            pieces,
            requests: Some(requests),
            threads: Vec::with_capacity(computing.threads.get()),
        };
        // One after the other: a model's variables exist twice until they are replaced by the shared weights.
        for _ in 0..computing.threads.get() {
            let thread = start_thread(weights.shared(), Arc::clone(&queue))
                .map_err(|what| folder.unsupported(what))?;
            shared.threads.push(thread);
        }
        Ok(Self(Arc::new(shared)))
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
        // libtorch must not be computing while the process runs its exit handlers. A thread looks at its
        // callers before each batch, so this takes a batch at most; its panics are answered, not propagated.
        for thread in self.threads.drain(..) {
            drop(thread.join());
        }
    }
}

/// Start a thread and wait until its model is ready.
fn start_thread(
    weights: Weights,
    queue: Arc<Mutex<mpsc::Receiver<Request>>>,
) -> Result<JoinHandle<()>, String> {
    let (ready, loaded) = std::sync::mpsc::channel();
    let thread = std::thread::Builder::new()
        .name("encoder".to_owned())
        .spawn(move || {
            // OpenMP keeps this per calling thread, so it is said on the one that will compute.
            tch::set_num_threads(1);
            let transformer = Transformer::new(&weights);
            drop(weights);
            match transformer {
                Ok(transformer) => {
                    // The only receiver waits right below; if it is gone, so is everyone else.
                    if ready.send(Ok(())).is_ok() {
                        drop(ready);
                        round::serve(&queue, |rows| transformer.forward(rows));
                    }
                }
                Err(what) => drop(ready.send(Err(what))),
            }
        })
        .map_err(|error| format!("cannot start the encoder's thread: {error}"))?;
    match loaded.recv() {
        Ok(Ok(())) => Ok(thread),
        Ok(Err(what)) => Err(what),
        Err(_) => Err(
            "libtorch panicked while it set up the model; config.json does not describe one"
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests;
