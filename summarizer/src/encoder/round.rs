//! One round of the encoder: take waiting callers, compute their windows together, answer each.

use std::sync::{Mutex, PoisonError};

use tokio::sync::{mpsc, oneshot};

use super::batch::arrange;
use super::pieces::Windows;
use super::transformer::Rows;
use super::{Embedding, EncoderError};

/// Pieces taken into one round: enough that batches of one width fill up, few enough to leave some to other threads.
const ROUND: usize = 4096;

/// A caller: the windows of its texts, and where to send their embeddings.
pub(super) struct Request {
    pub(super) windows: Vec<Windows>,
    pub(super) reply: oneshot::Sender<Result<Vec<Embedding>, EncoderError>>,
}

impl Request {
    fn pieces(&self) -> usize {
        self.windows.iter().flatten().map(Vec::len).sum()
    }
}

/// What computes the means of a batch of windows, or says why it cannot.
pub(super) trait Forward: Fn(&Rows<'_>) -> Result<Vec<Vec<f64>>, String> {}
impl<F: Fn(&Rows<'_>) -> Result<Vec<Vec<f64>>, String>> Forward for F {}

/// Answer callers, round after round, until the last sender is gone.
pub(super) fn serve(queue: &Mutex<mpsc::Receiver<Request>>, forward: impl Forward) {
    while let Some(requests) = take(queue) {
        answer(requests, &forward);
    }
}

/// Wait for a caller, then take those behind it while they fit. Other threads wait meanwhile for the same caller.
fn take(queue: &Mutex<mpsc::Receiver<Request>>) -> Option<Vec<Request>> {
    // A receiver is whole whenever it is not locked, even if a thread panicked while it held it.
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let first = queue.blocking_recv()?;
    let mut pieces = first.pieces();
    let mut requests = vec![first];
    while pieces < ROUND {
        let Ok(request) = queue.try_recv() else {
            break;
        };
        pieces += request.pieces();
        requests.push(request);
    }
    Some(requests)
}

fn answer(requests: Vec<Request>, forward: &impl Forward) {
    let waiting: Vec<Request> = requests
        .into_iter()
        .filter(|request| !request.reply.is_closed())
        .collect();
    match compute(&waiting, forward) {
        Ok(results) => {
            for (request, embeddings) in waiting.into_iter().zip(results) {
                // Whoever stopped waiting in the meantime does not want the answer.
                drop(request.reply.send(Ok(embeddings)));
            }
        }
        // One caller's text broke the batch: find out whose, so that the others are served.
        Err(_) if waiting.len() > 1 => {
            for request in waiting {
                answer(vec![request], forward);
            }
        }
        Err(error) => {
            for request in waiting {
                drop(request.reply.send(Err(EncoderError::Failed(error.clone()))));
            }
        }
    }
}

/// The embeddings of every text of every request.
fn compute(requests: &[Request], forward: &impl Forward) -> Result<Vec<Vec<Embedding>>, String> {
    let windows: Vec<(usize, &[i64])> = requests
        .iter()
        .enumerate()
        .flat_map(|(owner, request)| {
            request
                .windows
                .iter()
                .flatten()
                .map(move |window| (owner, window.as_slice()))
        })
        .collect();
    let lengths: Vec<usize> = windows.iter().map(|(_, window)| window.len()).collect();
    let mut means: Vec<Vec<f64>> = vec![Vec::new(); windows.len()];
    for batch in arrange(&lengths) {
        // On shutdown everyone stops waiting at once; then there is nothing left to compute.
        if batch
            .rows
            .iter()
            .all(|&row| requests[windows[row].0].reply.is_closed())
        {
            continue;
        }
        let rows = Rows {
            width: batch.width,
            windows: batch.rows.iter().map(|&row| windows[row].1).collect(),
        };
        for (row, mean) in batch.rows.iter().zip(forward(&rows)?) {
            means[*row] = mean;
        }
    }
    let mut means = means.into_iter();
    let embeddings = requests.iter().map(|request| {
        let texts = request.windows.iter();
        texts
            .map(|windows| join(windows, means.by_ref().take(windows.len())))
            .collect()
    });
    Ok(embeddings.collect())
}

/// One embedding for a text of several windows: their mean by number of pieces.
fn join(windows: &Windows, means: impl Iterator<Item = Vec<f64>>) -> Embedding {
    let mut sum: Vec<f64> = Vec::new();
    for (window, mean) in windows.iter().zip(means) {
        sum.resize(sum.len().max(mean.len()), 0.0);
        for (total, value) in sum.iter_mut().zip(mean) {
            *total += value * window.len() as f64;
        }
    }
    Embedding::normalised(&sum)
}

#[cfg(test)]
mod tests;
