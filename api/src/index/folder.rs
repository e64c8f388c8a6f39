//! The folder the index is kept in: one process writes it, others on the same machine read it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::IndexError;

/// Part of the name of the files' folder: another number is another format, and is built anew.
const VERSION: &str = "words-3";

/// The folder of the index of one archive.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    // Held, as long as this process is the one that writes.
    lock: Option<File>,
}

impl Folder {
    /// The folder for an archive below `root`; made if it is missing.
    pub fn make(root: &Path, archive: &str) -> Result<Self, IndexError> {
        let path = root.join(archive);
        fs::create_dir_all(&path).map_err(|cause| unwritable(&path, cause))?;
        Ok(Self { path, lock: None })
    }

    /// Become the one that writes; whether that succeeded.
    pub fn claim(&mut self) -> Result<bool, IndexError> {
        if self.lock.is_some() {
            return Ok(true);
        }
        let path = self.path.join("lock");
        let file = File::create(&path).map_err(|cause| unwritable(&path, cause))?;
        match file.try_lock() {
            Ok(()) => {
                self.lock = Some(file);
                Ok(true)
            }
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(cause)) => Err(unwritable(&path, cause)),
        }
    }

    /// Where the files are.
    pub(super) fn files(&self) -> PathBuf {
        self.path.join(VERSION)
    }

    /// An empty folder for the files; whatever was there, of any version, is removed. Only for the one that writes.
    pub(super) fn clear(&self) -> Result<PathBuf, IndexError> {
        let files = self.files();
        let clear = || -> io::Result<()> {
            for entry in fs::read_dir(&self.path)? {
                let entry = entry?;
                if entry.file_name().to_string_lossy().starts_with("words-") {
                    fs::remove_dir_all(entry.path())?;
                }
            }
            fs::create_dir(&files)
        };
        clear().map_err(|cause| unwritable(&files, cause))?;
        Ok(files)
    }
}

fn unwritable(path: &Path, cause: io::Error) -> IndexError {
    IndexError::Folder {
        path: path.to_owned(),
        cause,
    }
}
