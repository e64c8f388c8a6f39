//! The version of a SQLite archive: the header of the WAL-index, read from the `-shm` file with one `pread`.
//!
//! Every commit counts up in this header, and puts a checksum of all frames of the log so far into it, before SQLite says
//! that it is done (<https://sqlite.org/walformat.html>, section 2.1). Processes share it by mapping the file; on Linux a
//! read of a file sees what was written through a mapping of it.

use std::fs::File;
use std::mem::ManuallyDrop;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::PathBuf;
use std::sync::Arc;

use arc_swap::ArcSwapOption;

/// Bytes of the header, of which the file has two copies, one behind the other.
pub(super) const HEADER: usize = 48;
/// Where the header says that it is in use.
const IN_USE: usize = 12;

/// The `-shm` file of one database.
#[derive(Debug)]
pub(super) struct WalIndex {
    path: PathBuf,
    /// Never closed: closing any descriptor of a file gives up all POSIX locks that this process has on it, SQLite's own
    /// among them.
    file: ArcSwapOption<ManuallyDrop<File>>,
}

impl WalIndex {
    /// Of the database in this file.
    pub(super) fn of(database: &str) -> Self {
        Self {
            path: PathBuf::from(format!("{database}-shm")),
            file: ArcSwapOption::empty(),
        }
    }

    /// The header as it is now; none while it is being written, and where there is none because nobody has the database
    /// open.
    pub(super) fn header(&self) -> Option<[u8; HEADER]> {
        let file = self.file()?;
        let mut both = [0; 2 * HEADER];
        file.read_exact_at(&mut both, 0).ok()?;
        let (first, second) = both.split_at(HEADER);
        let whole = first == second && first[IN_USE] == 1;
        if whole { first.try_into().ok() } else { None }
    }

    /// The file that stands under the path. The last connection to close takes it away and the next makes a new one,
    /// so the one that is open is asked first whether it still has a name.
    fn file(&self) -> Option<Arc<ManuallyDrop<File>>> {
        let named = |file: &File| file.metadata().is_ok_and(|metadata| metadata.nlink() > 0);
        if let Some(file) = self.file.load_full().filter(|file| named(file)) {
            return Some(file);
        }
        let file = Arc::new(ManuallyDrop::new(File::open(&self.path).ok()?));
        self.file.store(Some(file.clone()));
        named(&file).then_some(file)
    }
}
