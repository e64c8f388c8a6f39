//! A model on a thread of its own, which answers one question after the other.

use std::num::NonZeroUsize;
use std::thread::JoinHandle;

use tokio::sync::{mpsc, oneshot};

use crate::libtorch::guarded;
use crate::model::Identity;

/// Callers that may wait before the next one has to wait for a place.
const WAITING: usize = 16;

/// Where questions are handed in. The thread ends, and is waited for, when this is dropped.
pub(crate) struct Desk<Q, A> {
    /// Who answers.
    pub(crate) identity: Identity,
    /// Taken only by `drop`.
    questions: Option<mpsc::Sender<Asked<Q, A>>>,
    thread: Option<JoinHandle<()>>,
}

struct Asked<Q, A> {
    question: Q,
    reply: oneshot::Sender<Result<A, String>>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum DeskError {
    /// The model cannot be loaded, or failed on this question; says what it said.
    Failed(String),
    /// The thread is gone, and with it the model.
    Stopped,
}

impl<Q: Send + 'static, A: Send + 'static> Desk<Q, A> {
    /// Load a model on a thread of this name, which computes on so many cores and answers by `answer`.
    pub(crate) fn open<M>(
        name: &str,
        identity: Identity,
        threads: NonZeroUsize,
        load: impl FnOnce() -> Result<M, String> + Send + 'static,
        answer: impl Fn(&M, Q) -> Result<A, String> + Send + 'static,
    ) -> Result<Self, DeskError> {
        let (ready, loaded) = std::sync::mpsc::channel();
        let (questions, queue) = mpsc::channel(WAITING);
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                // OpenMP keeps this per calling thread, so it is said on the one that will compute.
                tch::set_num_threads(i32::try_from(threads.get()).unwrap_or(1));
                match load() {
                    Ok(model) => {
                        if ready.send(Ok(())).is_ok() {
                            drop(ready);
                            serve(queue, |question| answer(&model, question));
                        }
                    }
                    Err(what) => drop(ready.send(Err(what))),
                }
            })
            .map_err(|error| DeskError::Failed(format!("cannot start its thread: {error}")))?;
        match loaded.recv() {
            Ok(Ok(())) => Ok(Self {
                identity,
                questions: Some(questions),
                thread: Some(thread),
            }),
            Ok(Err(what)) => Err(DeskError::Failed(what)),
            Err(_) => Err(DeskError::Stopped),
        }
    }

    /// Ask, and wait for the answer.
    pub(crate) async fn ask(&self, question: Q) -> Result<A, DeskError> {
        let (reply, answer) = oneshot::channel();
        let questions = self.questions.as_ref().ok_or(DeskError::Stopped)?;
        let asked = questions.send(Asked { question, reply }).await;
        asked.map_err(|_| DeskError::Stopped)?;
        let answer = answer.await.map_err(|_| DeskError::Stopped)?;
        answer.map_err(DeskError::Failed)
    }
}

impl<Q, A> Drop for Desk<Q, A> {
    fn drop(&mut self) {
        drop(self.questions.take());
        // libtorch must not be computing while the process runs its exit handlers.
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Answer callers until the desk is closed; whoever stopped waiting is skipped.
fn serve<Q, A>(mut queue: mpsc::Receiver<Asked<Q, A>>, answer: impl Fn(Q) -> Result<A, String>) {
    while let Some(Asked { question, reply }) = queue.blocking_recv() {
        if !reply.is_closed() {
            // A tokenizer may panic too, and the next question should not find the thread gone.
            drop(reply.send(guarded(|| answer(question))));
        }
    }
}
