//! Which files a person means: pages by path, with the source and the name each is stored under.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::ingest::{Page, PageError};

/// Endings of the files that are taken from a folder; a file named by itself is taken whatever its ending.
const ENDINGS: [&str; 2] = ["txt", "text"];

/// A page to be read.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The file; none for standard input.
    pub(super) path: Option<PathBuf>,
    /// The source it is stored under.
    pub(super) source: String,
    /// The name it is stored under.
    pub(super) name: String,
    /// What standard input held, or a pipe: it can be read only once.
    input: Option<Vec<u8>>,
}

/// What was found at the paths given.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// Pages to be read, in the order of the paths, those of a folder by name.
    pub(super) pages: Vec<Entry>,
    /// Paths that cannot be read, and why.
    pub(super) refused: Vec<(String, String)>,
    /// Files left alone in folders, by ending.
    pub(super) skipped: BTreeMap<String, usize>,
}

/// Why a page was not read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    /// The file could not be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It is no page of text.
    #[error(transparent)]
    Page(#[from] PageError),
}

impl Entry {
    /// How it is called in messages.
    pub(super) fn shown(&self) -> String {
        self.path.as_ref().map_or_else(
            || "standard input".to_owned(),
            |path| path.display().to_string(),
        )
    }

    /// Read and decode it. No more is read than a page may hold.
    pub(super) fn read(&self) -> Result<Page, ReadError> {
        let bytes = match (&self.path, &self.input) {
            (_, Some(input)) => input.clone(),
            (None, None) => Vec::new(),
            (Some(path), None) => {
                let file = File::open(path)?;
                let length = file.metadata()?.len();
                if length > Page::LIMIT as u64 {
                    return Err(PageError::TooLarge {
                        bytes: length as usize,
                        limit: Page::LIMIT,
                    }
                    .into());
                }
                bounded(file)?
            }
        };
        Ok(Page::decode(self.name.as_str(), bytes)?)
    }
}

/// What can be read only once, as a pipe can; none of a file, which is read when it is its turn.
fn read_once(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    if path.metadata()?.is_file() {
        return Ok(None);
    }
    bounded(File::open(path)?).map(Some)
}

/// One byte more than a page may hold is enough to see that it holds too much.
fn bounded(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader
        .take(Page::LIMIT as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Entries {
    /// What lies at `paths`: a file is a page, a folder holds pages at any depth, `-` is standard input. The source
    /// is `source`, or else the name of the folder.
    pub(super) fn at(paths: &[PathBuf], source: Option<&str>) -> Self {
        let mut entries = Self::default();
        for path in paths {
            if path.as_os_str() == "-" {
                entries.input(source);
            } else if path.is_dir() {
                entries.folder(path, source);
            } else {
                entries.file(path, source);
            }
        }
        entries
    }

    fn input(&mut self, source: Option<&str>) {
        match bounded(std::io::stdin().lock()) {
            Ok(bytes) => self.pages.push(Entry {
                path: None,
                source: source.unwrap_or("stdin").to_owned(),
                name: "stdin".to_owned(),
                input: Some(bytes),
            }),
            Err(error) => self
                .refused
                .push(("standard input".to_owned(), error.to_string())),
        }
    }

    fn file(&mut self, path: &Path, source: Option<&str>) {
        match read_once(path) {
            Ok(input) => {
                // A pipe may have no name of its own.
                let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
                self.pages.push(Entry {
                    path: Some(path.to_owned()),
                    source: source.map_or_else(|| last(whole.parent()), str::to_owned),
                    name: last(Some(&whole)),
                    input,
                });
            }
            Err(error) => self
                .refused
                .push((path.display().to_string(), error.to_string())),
        }
    }

    fn folder(&mut self, folder: &Path, source: Option<&str>) {
        let whole = folder.canonicalize().ok();
        let source = source.map_or_else(|| last(whole.as_deref()), str::to_owned);
        let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
        let walk = WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().map_or_else(
                        || folder.display().to_string(),
                        |path| path.display().to_string(),
                    );
                    let why = error
                        .io_error()
                        .map_or_else(|| error.to_string(), ToString::to_string);
                    self.refused.push((path, why));
                    continue;
                }
            };
            if !entry.file_type().is_file() {
                continue;
            }
            let ending = entry
                .path()
                .extension()
                .map(|ending| ending.to_string_lossy().to_lowercase())
                .unwrap_or_default();
            if !ENDINGS.contains(&ending.as_str()) {
                *self.skipped.entry(ending).or_default() += 1;
                continue;
            }
            let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let parts: Vec<_> = below
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            self.pages.push(Entry {
                path: Some(entry.path().to_owned()),
                source: source.clone(),
                name: parts.join("/"),
                input: None,
            });
        }
    }
}

/// The last part of a path; `pages` for the root, which has none.
fn last(path: Option<&Path>) -> String {
    let name = path
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "pages".to_owned())
}
