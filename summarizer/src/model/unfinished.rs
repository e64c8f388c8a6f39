//! Folders that appear under their name whole, or not at all.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// How the name of a folder ends while it is being filled.
const ENDING: &str = "partial";

/// What could not be done with a file or folder.
#[derive(Debug, Error)]
#[error("{}: {cause}", path.display())]
pub struct FileError {
    /// The file or folder.
    path: PathBuf,
    /// What the operating system said.
    cause: std::io::Error,
}

impl FileError {
    /// Says of what the operating system says which file or folder it is about.
    pub(crate) fn at(path: &Path) -> impl Fn(std::io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self {
            path: path.clone(),
            cause,
        }
    }
}

/// A folder that is being filled, beside its place. It goes with this value unless it was put there; what a killed process
/// left is replaced.
pub(crate) struct Unfinished {
    path: PathBuf,
    place: PathBuf,
}

impl Unfinished {
    /// An empty folder, to be put at `place`; the folders above that are made.
    pub(crate) fn beside(place: &Path) -> Result<Self, FileError> {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let path = place.with_file_name(format!("{name}.{ENDING}"));
        remove(&path)?;
        fs::create_dir_all(&path).map_err(FileError::at(&path))?;
        Ok(Self {
            path,
            place: place.to_owned(),
        })
    }

    /// Whether a folder is one that a process is filling, or was killed over.
    pub(crate) fn is_one(folder: &Path) -> bool {
        folder.extension().is_some_and(|ending| ending == ENDING)
    }

    /// The folder to fill.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Where it is to be put.
    pub(crate) fn place(&self) -> &Path {
        &self.place
    }

    /// Put the folder, which is whole now, into its place, where nothing may be.
    pub(crate) fn put_in_place(self) -> Result<(), FileError> {
        fs::rename(&self.path, &self.place).map_err(FileError::at(&self.place))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Put into its place, it is no longer there. Otherwise something failed already, and that is what is told.
        let _ = remove(&self.path);
    }
}

/// Remove a folder, if it is there.
pub(crate) fn remove(folder: &Path) -> Result<(), FileError> {
    match fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(FileError::at(folder)(cause)),
        _ => Ok(()),
    }
}
