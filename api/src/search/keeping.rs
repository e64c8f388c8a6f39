//! Keeping an index in step with the archive: by following the changes, or by reading what another process writes.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Duration;

use entity::id::ArticleId;
use tracing::{info, warn};

use super::{Search, SearchError, State};
use crate::index::{Document, Folder, Index, IndexError, Writer};
use crate::memory::give_back;
use crate::store::changes::Position;
use crate::store::indexed::Indexed;

/// Changes taken at once.
const BATCH: u64 = 1000;
/// Batches that are written at once while there are more.
const BATCHES: usize = 8;
/// How long the means of writing are held ready with nothing to write.
const IDLE: Duration = Duration::from_secs(3);
/// How often what another process writes is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// The first and the longest pause after a failure.
const PAUSES: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(30));

/// Keep the index of an archive until told to stop; what fails is tried again.
pub(super) async fn keep(search: Search, root: PathBuf, archive: String) {
    let mut pause = PAUSES.0;
    let mut anew = false;
    loop {
        let started = tokio::time::Instant::now();
        let kept = tokio::select! {
            kept = keep_once(&search, &root, &archive, anew) => kept,
            () = search.0.stop.notified() => return,
        };
        let Err(failure) = kept;
        // Damaged files are made anew; a folder that cannot be written stays one that cannot.
        anew = matches!(failure, SearchError::Index(IndexError::Files(_)));
        warn!(cause = %failure, "search is not available; trying again");
        search.0.state.send_modify(|state| {
            *state = State {
                failure: Some(failure.to_string().into()),
                ..State::default()
            }
        });
        if started.elapsed() > PAUSES.1 {
            pause = PAUSES.0;
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = search.0.stop.notified() => return,
        }
        pause = (pause * 2).min(PAUSES.1);
    }
}

enum Never {}

async fn keep_once(
    search: &Search,
    root: &std::path::Path,
    archive: &str,
    anew: bool,
) -> Result<Never, SearchError> {
    let mut folder = Folder::make(root, archive)?;
    let mut read: Option<Index> = None;
    while !folder.claim()? {
        // Another process writes it: read along.
        if read.is_none() {
            read = Index::open(&folder).ok();
        }
        if let Some(index) = &read {
            match blocking({
                let index = index.clone();
                move || index.reload()
            })
            .await
            {
                Ok(fed) => publish(search, index, position(fed)),
                // It was made anew, or is this moment.
                Err(_) => read = None,
            }
        }
        tokio::time::sleep(LOOK).await;
    }
    let newest = search.0.store.newest_change().await?;
    // The folder is held, and its lock with it, as long as this follows.
    let ((index, fed), _folder) =
        blocking(move || Ok((open(&folder, newest, anew)?, folder))).await?;
    publish(search, &index, Some(fed));
    follow(search, &index, fed).await
}

/// The index as it is, or an empty one where it is damaged, of another version or ahead of the archive.
fn open(folder: &Folder, newest: Position, anew: bool) -> Result<(Index, Position), IndexError> {
    if !anew {
        let opened = Index::open(folder).and_then(|index| Ok((index.reload()?, index)));
        if let Ok((fed, index)) = opened {
            match position(fed) {
                Some(fed) if fed <= newest => return Ok((index, fed)),
                _ => info!("the search index is not of this archive; it is made anew"),
            }
        }
    }
    Ok((Index::create(folder)?, Position::START))
}

fn position(fed: Option<String>) -> Option<Position> {
    fed.and_then(|fed| fed.parse().ok())
}

fn publish(search: &Search, index: &Index, fed: Option<Position>) {
    search.0.state.send_modify(|state| {
        *state = State {
            index: Some(index.clone()),
            fed,
            failure: None,
        }
    });
}

async fn follow(search: &Search, index: &Index, fed: Position) -> Result<Never, SearchError> {
    let store = &search.0.store;
    let mut changes = store.follow(fed);
    let mut writer: Option<Writer> = None;
    let mut waiting = 0;
    loop {
        let next = match tokio::time::timeout(IDLE, changes.next(BATCH)).await {
            Ok(next) => next?,
            Err(_) => {
                if let Some(idle) = writer.take() {
                    let written = index.clone();
                    blocking(move || {
                        idle.close()?;
                        // What was merged takes the place of what it was merged from.
                        written.reload()?;
                        give_back();
                        Ok(())
                    })
                    .await?;
                }
                continue;
            }
        };
        let more = next.len() as u64 == BATCH;
        let mut ids: Vec<ArticleId> = next.into_iter().map(|change| change.article).collect();
        ids.sort_unstable();
        ids.dedup();
        let rows = store.indexed(&ids).await?;
        waiting += 1;
        let write = !more || waiting == BATCHES;
        let at = changes.position();
        let (given, written) = (writer.take(), index.clone());
        writer = blocking(move || {
            let mut writer = match given {
                Some(writer) => writer,
                None => written.writer()?,
            };
            let there: Vec<Document> = rows.into_iter().map(document).collect();
            let kept: HashSet<ArticleId> =
                there.iter().map(|document| document.id.clone()).collect();
            for id in ids {
                if !kept.contains(&id) {
                    writer.take_out(&id);
                }
            }
            writer.put(&there)?;
            if write {
                writer.commit(&at.to_string())?;
                written.reload()?;
                // Each commit fills tables of several MB and frees them.
                give_back();
            }
            Ok(Some(writer))
        })
        .await?;
        if write {
            waiting = 0;
            publish(search, index, Some(at));
        }
    }
}

fn document(row: Indexed) -> Document {
    let article = row.article;
    Document {
        id: article.id,
        title: article.title,
        title_key: article.title_key,
        body: article.body,
        summary: row.summary,
        language: article.language,
        source: row.source,
        published_on: article.published_on,
        ingested_at: article.ingested_at,
        duplicate: article.duplicate_of.is_some(),
        hidden: article.hidden_at.is_some(),
        topics: row.topics,
        embedding: row.embedding,
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, IndexError> + Send + 'static,
) -> Result<T, SearchError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(lost) => Err(SearchError::Unavailable(lost.to_string().into())),
    }
}
