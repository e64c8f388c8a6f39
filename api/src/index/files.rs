//! The files of the index. They are read, not mapped: a file that somebody cuts short is then an error and not the end of
//! the process. What is asked for again and again (columns, postings of common words) is kept, within a bound.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use quick_cache::sync::Cache;
use quick_cache::{OptionsBuilder, Weighter};
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle,
    WritePtr,
};
use tantivy::{Directory, HasLen};

/// Bytes of files that are kept: the columns of some hundred thousand articles, and the postings of their common words.
const CAPACITY: u64 = 24 << 20;

/// What a part of a file costs beside its bytes.
const OVERHEAD: u64 = 160;

/// A folder of files that are read.
#[derive(Clone, Debug)]
pub(super) struct Files {
    written: MmapDirectory,
    folder: PathBuf,
    kept: Option<Arc<Kept>>,
}

/// Parts of files. No name is ever given to a second file, and no file is written again once it can be read, so none of
/// them grows old.
type Kept = Cache<Place, OwnedBytes, Bytes>;

/// A part of a file, from one byte to before another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Place {
    file: Arc<Path>,
    from: usize,
    to: usize,
}

#[derive(Clone, Debug)]
struct Bytes;

impl Weighter<Place, OwnedBytes> for Bytes {
    fn weight(&self, _: &Place, bytes: &OwnedBytes) -> u64 {
        bytes.len() as u64 + OVERHEAD
    }
}

impl Files {
    /// For one who goes through whole files once: nothing is kept.
    pub(super) fn in_folder(folder: &Path) -> tantivy::Result<Self> {
        Ok(Self {
            written: MmapDirectory::open(folder)?,
            folder: folder.to_owned(),
            kept: None,
        })
    }

    /// For one who searches.
    pub(super) fn keeping(folder: &Path) -> tantivy::Result<Self> {
        // In one piece: a part may be as large as a share of it would be.
        let options = OptionsBuilder::new()
            .estimated_items_capacity(1_000)
            .weight_capacity(CAPACITY)
            .shards(1)
            .build()
            .map_err(|cause| tantivy::TantivyError::InternalError(cause.to_string()))?;
        let kept = Cache::with_options(options, Bytes, Default::default(), Default::default());
        Ok(Self {
            kept: Some(Arc::new(kept)),
            ..Self::in_folder(folder)?
        })
    }
}

#[derive(Debug)]
struct Opened {
    file: File,
    length: usize,
    path: Arc<Path>,
    kept: Option<Arc<Kept>>,
}

impl Opened {
    fn read(&self, range: &Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        self.file.read_exact_at(&mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl HasLen for Opened {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for Opened {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let Some(kept) = &self.kept else {
            return self.read(&range);
        };
        let place = Place {
            file: self.path.clone(),
            from: range.start,
            to: range.end,
        };
        kept.get_or_insert_with(&place, || self.read(&range))
    }
}

impl Directory for Files {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let opened = || -> io::Result<Opened> {
            let file = File::open(self.folder.join(path))?;
            let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
            Ok(Opened {
                file,
                length,
                path: Arc::from(path),
                kept: self.kept.clone(),
            })
        };
        match opened() {
            Ok(opened) => Ok(Arc::new(opened)),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                Err(OpenReadError::FileDoesNotExist(path.to_owned()))
            }
            Err(cause) => Err(OpenReadError::wrap_io_error(cause, path.to_owned())),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.written.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.written.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.written.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.written.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.written.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.written.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.written.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.written.watch(callback)
    }
}
