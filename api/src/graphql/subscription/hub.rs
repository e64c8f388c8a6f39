//! One hub for a server: it follows the changes while somebody subscribes, and tells all subscribers.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use entity::change::Kind;
use entity::id::ArticleId;
use tokio::runtime::Handle;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OnceCell, broadcast};
use tokio::task::JoinHandle;
use tracing::warn;

use crate::store::articles::ArticleFilter;
use crate::store::changes::{Change, Follower};
use crate::store::{Store, StoreError};

/// Changes told at once, at most.
const BATCH: u64 = 200;
/// Batches that a subscriber may be behind. With [`PAUSE`] that is three seconds, or 12,800 changes if they come faster.
const BEHIND: usize = 64;
/// After each batch, so that what comes close together is told together.
const PAUSE: Duration = Duration::from_millis(50);
/// Before it is tried again when the database failed.
const AGAIN: Duration = Duration::from_secs(1);
/// Filters whose answer one batch remembers. With more, subscribers with the same filter ask more than once.
const FILTERS: usize = 64;

/// Where subscribers are told of changes.
pub(in crate::graphql) struct Hub {
    store: Store,
    /// Where the feed runs: where the hub was made, not where the first subscriber happens to be.
    runtime: Option<Handle>,
    feed: tokio::sync::Mutex<Weak<Feed>>,
}

/// What is told to all, while there is one.
struct Feed {
    batches: broadcast::Sender<Arc<Batch>>,
    task: JoinHandle<()>,
}

/// Changes that came together, and which of their articles pass the filters asked so far.
struct Batch {
    changes: Vec<Change>,
    passing: Mutex<Vec<(Question, Answer)>>,
}

type Question = (Event, Arc<ArticleFilter>);
type Answer = Arc<OnceCell<Arc<[ArticleId]>>>;

/// What subscribers wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// An article came.
    Added,
    /// An article got an abstract.
    Abstract,
}

/// Why a subscriber is told no more.
#[derive(Debug)]
pub(super) enum Missed {
    /// It was too slow: events are lost.
    Lagged,
    /// The database failed.
    Failed(StoreError),
}

/// One who waits for an event.
pub(super) struct Subscriber {
    store: Store,
    event: Event,
    filter: Arc<ArticleFilter>,
    batches: broadcast::Receiver<Arc<Batch>>,
    waiting: VecDeque<ArticleId>,
    // Held so that the feed goes on.
    _feed: Arc<Feed>,
}

impl Hub {
    /// The hub over a store. It does nothing before somebody subscribes, and nothing after the last one has gone.
    pub(in crate::graphql) fn of(store: Store) -> Self {
        Self {
            store,
            runtime: Handle::try_current().ok(),
            feed: tokio::sync::Mutex::default(),
        }
    }

    /// Tell a subscriber of an event, for articles that pass the filter. What commits after this has returned is told.
    pub(super) async fn subscribe(
        &self,
        event: Event,
        filter: ArticleFilter,
    ) -> Result<Subscriber, StoreError> {
        let mut current = self.feed.lock().await;
        let feed = match current.upgrade() {
            Some(feed) => feed,
            None => {
                let newest = self.store.newest_change().await?;
                let feed = self.start(self.store.follow(newest));
                *current = Arc::downgrade(&feed);
                feed
            }
        };
        Ok(Subscriber {
            store: self.store.clone(),
            event,
            filter: Arc::new(filter),
            batches: feed.batches.subscribe(),
            waiting: VecDeque::new(),
            _feed: feed,
        })
    }

    fn start(&self, follower: Follower) -> Arc<Feed> {
        let (batches, _) = broadcast::channel(BEHIND);
        let task = tell(follower, batches.clone());
        let task = match &self.runtime {
            Some(runtime) => runtime.spawn(task),
            None => tokio::spawn(task),
        };
        Arc::new(Feed { batches, task })
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn tell(mut follower: Follower, batches: broadcast::Sender<Arc<Batch>>) {
    loop {
        match follower.next(BATCH).await {
            Ok(mut changes) => {
                changes.retain(|change| Event::of(change.kind).is_some());
                if !changes.is_empty() {
                    // An error is that the last subscriber has just gone.
                    let _ = batches.send(Arc::new(Batch {
                        changes,
                        passing: Mutex::default(),
                    }));
                }
                tokio::time::sleep(PAUSE).await;
            }
            Err(cause) => {
                warn!(%cause, "cannot follow the changes for subscribers; trying again");
                tokio::time::sleep(AGAIN).await;
            }
        }
    }
}

impl Event {
    fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Added => Some(Self::Added),
            Kind::Abstract => Some(Self::Abstract),
            Kind::Article | Kind::Labels | Kind::Embedding => None,
        }
    }
}

impl Batch {
    /// The articles with this event that pass the filter, in the order of the changes: one statement for each filter,
    /// however many subscribe with it.
    async fn passing(
        &self,
        store: &Store,
        event: Event,
        filter: &Arc<ArticleFilter>,
    ) -> Result<Arc<[ArticleId]>, StoreError> {
        self.answer(event, filter)
            .get_or_try_init(async || {
                let ids: Vec<ArticleId> = self
                    .changes
                    .iter()
                    .filter(|change| Event::of(change.kind) == Some(event))
                    .map(|change| change.article.clone())
                    .collect();
                if ids.is_empty() {
                    return Ok(Arc::default());
                }
                let passing = store.passing(filter, &ids).await?;
                Ok(ids.into_iter().filter(|id| passing.contains(id)).collect())
            })
            .await
            .cloned()
    }

    fn answer(&self, event: Event, filter: &Arc<ArticleFilter>) -> Answer {
        let mut passing = self.passing.lock().unwrap_or_else(PoisonError::into_inner);
        let known = passing
            .iter()
            .find(|((asked, by), _)| *asked == event && by == filter);
        if let Some((_, answer)) = known {
            return answer.clone();
        }
        let answer = Answer::default();
        if passing.len() < FILTERS {
            passing.push(((event, filter.clone()), answer.clone()));
        }
        answer
    }
}

impl Subscriber {
    /// The next article. May be dropped while it waits.
    pub(super) async fn next(&mut self) -> Result<ArticleId, Missed> {
        loop {
            if let Some(id) = self.waiting.pop_front() {
                return Ok(id);
            }
            let batch = self.batches.recv().await.map_err(|error| match error {
                // Closed: the feed ends with the runtime, of which nobody is told.
                RecvError::Lagged(_) | RecvError::Closed => Missed::Lagged,
            })?;
            let passing = batch
                .passing(&self.store, self.event, &self.filter)
                .await
                .map_err(Missed::Failed)?;
            self.waiting.extend(passing.iter().cloned());
        }
    }
}
