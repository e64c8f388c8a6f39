//! Search: keeps the index in step with the archive, and asks it. Queries are the store's, words the index's; this joins
//! the two.

mod keeping;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinHandle;

use crate::index::{Index, IndexError, View};
use crate::store::changes::Position;
use crate::store::{Store, StoreError};

/// How long a search waits for the index to hold what was committed before it.
const PATIENCE: Duration = Duration::from_millis(500);

/// Search over one archive. Cheap to clone: clones share the index.
#[derive(Clone)]
pub struct Search(Arc<Shared>);

struct Shared {
    store: Store,
    state: watch::Sender<State>,
    stop: Notify,
    keeper: Mutex<Option<JoinHandle<()>>>,
    /// One search computes on each core; the others wait in line rather than slow it down.
    turns: Semaphore,
}

/// How the index stands.
#[derive(Clone, Default)]
struct State {
    /// None before it was opened.
    index: Option<Index>,
    /// The change up to which it holds the archive.
    fed: Option<Position>,
    /// Why it cannot be asked.
    failure: Option<Arc<str>>,
}

/// Why a search has no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// There is no index to ask.
    #[error("search is not available: {0}")]
    Unavailable(Arc<str>),
    /// The archive failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl Search {
    /// No search: every one is answered with this reason.
    pub fn off(store: Store, reason: &str) -> Self {
        let failure = Some(Arc::from(reason));
        Self::over(
            store,
            State {
                failure,
                ..State::default()
            },
        )
    }

    /// Search over an archive by an index below `root`, which is opened, made and kept in step behind the caller.
    /// `archive` is what distinguishes this archive from others whose index lies below the same root.
    pub fn start(store: Store, root: PathBuf, archive: &str) -> Self {
        let search = Self::over(store, State::default());
        let keeping = keeping::keep(search.clone(), root, archive.to_owned());
        *lock(&search.0.keeper) = Some(tokio::spawn(keeping));
        search
    }

    fn over(store: Store, state: State) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get);
        Self(Arc::new(Shared {
            store,
            state: watch::Sender::new(state),
            stop: Notify::new(),
            keeper: Mutex::new(None),
            turns: Semaphore::new(cores),
        }))
    }

    /// End the keeping of the index, what is being written before that.
    pub async fn stop(&self) {
        let keeper = lock(&self.0.keeper).take();
        if let Some(keeper) = keeper {
            self.0.stop.notify_one();
            // It may have panicked: then it is at its end all the same.
            let _ = keeper.await;
        }
    }

    /// Ask the index something, once it holds all that was committed before this call, or after half a second what it
    /// holds then.
    pub async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&View) -> Result<T, IndexError> + Send + 'static,
    ) -> Result<T, SearchError> {
        let view = self.current().await?;
        // The semaphore is never closed.
        let turn = self.0.turns.acquire().await.ok();
        let asked = tokio::task::spawn_blocking(move || ask(&view)).await;
        drop(turn);
        match asked {
            Ok(answer) => Ok(answer?),
            Err(lost) => Err(SearchError::Unavailable(lost.to_string().into())),
        }
    }

    async fn current(&self) -> Result<View, SearchError> {
        let mut state = self.0.state.subscribe();
        if let Some(failure) = &state.borrow().failure {
            return Err(SearchError::Unavailable(failure.clone()));
        }
        let newest = self.0.store.newest_change().await?;
        let in_step = |state: &State| {
            state.failure.is_some()
                || state.index.is_some() && state.fed.is_some_and(|fed| fed >= newest)
        };
        if !in_step(&state.borrow()) {
            // Another process may have written: do not wait until that is noticed.
            self.0.store.written();
            let _ = tokio::time::timeout(PATIENCE, state.wait_for(in_step)).await;
        }
        let state = state.borrow();
        match (&state.failure, &state.index) {
            (Some(failure), _) => Err(SearchError::Unavailable(failure.clone())),
            (None, Some(index)) => Ok(index.view()),
            (None, None) => Err(SearchError::Unavailable(
                "the index is being opened; try again in a moment".into(),
            )),
        }
    }

    /// The archive that is searched.
    pub fn store(&self) -> &Store {
        &self.0.store
    }
}

/// The name of the folder of an archive's index: of where its database is, and of when its tables were made.
pub async fn archive_name(store: &Store, url: &str) -> Result<String, StoreError> {
    let made = store.made_at().await?;
    let digest = Sha256::digest(format!("{url}\n{made}"));
    Ok(data_encoding::HEXLOWER.encode(&digest[..8]))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // What it guards is whole after every statement.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
