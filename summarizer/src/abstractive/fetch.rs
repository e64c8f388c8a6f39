//! Fetching a model that is known by name from the hub that `rust-bert` fetches its own from: the one thing here that uses
//! the network, and only when a person asks for it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rust_bert::bart::BartModelResources;
use thiserror::Error;

use super::card::Card;
use super::{AbstractiveError, AbstractiveFolder};
use crate::model::unfinished::Unfinished;
use crate::model::{FileError, checksum};

/// How long a connection, and then an answer, is waited for; what comes then may take as long as it takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes that are read at once.
const BLOCK: usize = 1 << 20;

/// Why a model was not fetched; nothing of it is left.
#[derive(Debug, Error)]
pub enum FetchError {
    /// No card has this name.
    #[error("there is no model called {name:?}; those that can be fetched are {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// Names of the cards that come with the program.
        known: String,
    },
    /// A model of this name is there.
    #[error("{} is there already; delete it first to fetch it anew", path.display())]
    Exists {
        /// Its folder.
        path: PathBuf,
    },
    /// An address does not answer as it should.
    #[error("{address}: {what}")]
    Address {
        /// The address.
        address: String,
        /// What went wrong.
        what: String,
    },
    /// There is nothing at an address.
    #[error("{address}: there is nothing at this address")]
    Absent {
        /// The address.
        address: String,
    },
    /// A file cannot be written.
    #[error(transparent)]
    Files(#[from] FileError),
    /// What came is not what the card says.
    #[error(transparent)]
    Model(#[from] AbstractiveError),
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fetched<'a> {
    /// The file that is coming.
    pub file: &'a str,
    /// Bytes of it that are there.
    pub bytes: u64,
    /// Bytes that it has, if the hub says so.
    pub of: Option<u64>,
}

/// Where models are fetched from unless another hub, or a mirror of it, is named.
#[must_use]
pub fn usual_hub() -> &'static str {
    let address = BartModelResources::BART_CNN.1;
    let host = address.match_indices('/').nth(2);
    host.map_or(address, |(end, _)| &address[..end])
}

/// Fetch the model of this name into the folder of models, with the checksums of its files and its card. It appears whole or
/// not at all. Blocks; `note` is told of every megabyte or so.
///
/// # Errors
/// [`FetchError`] says at which address or file it failed.
pub fn fetch(
    name: &str,
    hub: &str,
    root: &Path,
    mut note: impl FnMut(Fetched<'_>),
) -> Result<(), FetchError> {
    let (card, text) = Card::shipped_as(name).ok_or_else(|| FetchError::Unknown {
        name: name.to_owned(),
        known: Card::names(),
    })?;
    let into = root.join(&card.name);
    if into.exists() {
        return Err(FetchError::Exists { path: into });
    }
    let scratch = Unfinished::beside(&into)?;
    gather(&card, text, hub, scratch.path(), &mut note)?;
    Ok(scratch.put_in_place()?)
}

/// Put all files of a model into an empty folder.
fn gather(
    card: &Card,
    text: &str,
    hub: &str,
    scratch: &Path,
    note: &mut impl FnMut(Fetched<'_>),
) -> Result<(), FetchError> {
    let files = &card.files;
    let small = [
        Some(&files.configuration),
        Some(&files.vocabulary),
        files.merges.as_ref(),
    ];
    let hub = Hub::new(hub, &card.repository);
    // The small ones first: what is wrong with the address shows before a gigabyte has come.
    for file in small.into_iter().flatten() {
        hub.fetch(file, scratch, note)?;
    }
    hub.fetch_first(&files.weights, scratch, note)?;
    let own = scratch.join(super::card::OWN);
    fs::write(&own, text).map_err(FileError::at(&own))?;
    // What the card knows of the files is compared before they appear under their name.
    AbstractiveFolder::open(scratch, scratch)?;
    Ok(checksum::write(scratch).map_err(FileError::at(scratch))?)
}

/// A repository on a hub.
struct Hub {
    agent: ureq::Agent,
    address: String,
}

impl Hub {
    fn new(hub: &str, repository: &str) -> Self {
        let configured = ureq::Agent::config_builder()
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .build();
        Self {
            agent: configured.new_agent(),
            address: format!("{}/{repository}/resolve/main", hub.trim_end_matches('/')),
        }
    }

    /// The first of these files that there is: not every model is given in every format.
    fn fetch_first(
        &self,
        files: &[String],
        folder: &Path,
        note: &mut impl FnMut(Fetched<'_>),
    ) -> Result<(), FetchError> {
        let mut absent = Ok(());
        for file in files {
            match self.fetch(file, folder, note) {
                Err(error @ FetchError::Absent { .. }) => absent = absent.and(Err(error)),
                done => return done,
            }
        }
        absent
    }

    fn fetch(
        &self,
        file: &str,
        folder: &Path,
        note: &mut impl FnMut(Fetched<'_>),
    ) -> Result<(), FetchError> {
        let address = format!("{}/{file}", self.address);
        let wrong = |what: String| FetchError::Address {
            address: address.clone(),
            what,
        };
        let answer = self.agent.get(&address).call();
        let body = answer
            .map_err(|error| match error {
                ureq::Error::StatusCode(404) => FetchError::Absent {
                    address: address.clone(),
                },
                error => wrong(error.to_string()),
            })?
            .into_body();
        let of = body.content_length();
        let mut reader = body.into_reader();
        let path = folder.join(file);
        let mut written = File::create(&path).map_err(FileError::at(&path))?;
        let mut block = vec![0; BLOCK];
        let mut bytes = 0;
        loop {
            let read = reader
                .read(&mut block)
                .map_err(|error| wrong(format!("it broke off after {bytes} bytes: {error}")))?;
            if read == 0 {
                break;
            }
            written
                .write_all(&block[..read])
                .map_err(FileError::at(&path))?;
            bytes += read as u64;
            note(Fetched { file, bytes, of });
        }
        if of.is_some_and(|of| of != bytes) {
            return Err(wrong(format!(
                "it has {} bytes, of which {bytes} came",
                of.unwrap_or_default()
            )));
        }
        Ok(written.sync_all().map_err(FileError::at(&path))?)
    }
}

#[cfg(test)]
mod tests;
