//! Where an issue is written: to standard output, or to a file, whole or not at all.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// An issue about to be written.
pub(super) enum Output {
    /// To standard output.
    Standard(String),
    /// In a file beside the one that is wanted, which it takes the place of.
    Beside {
        /// The file that is there for now; removed when dropped.
        draft: Draft,
        /// The file wanted.
        wanted: PathBuf,
    },
}

/// A file that goes away with this value, unless it was moved.
pub(super) struct Draft(PathBuf);

impl Drop for Draft {
    fn drop(&mut self) {
        // It was moved, or there is nobody left to tell.
        let _ = fs::remove_file(&self.0);
    }
}

impl Output {
    /// Do all that may fail but the last step.
    pub(super) fn prepare(out: Option<&Path>, text: String) -> anyhow::Result<Self> {
        let Some(wanted) = out else {
            return Ok(Self::Standard(text));
        };
        let name = wanted
            .file_name()
            .with_context(|| format!("--out: {} names no file", wanted.display()))?;
        let mut beside = name.to_owned();
        beside.push(format!(".{}.part", std::process::id()));
        let draft = Draft(wanted.with_file_name(beside));
        let write = || {
            let mut file = File::create(&draft.0)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        };
        write().with_context(|| format!("--out: {} cannot be written", wanted.display()))?;
        Ok(Self::Beside {
            draft,
            wanted: wanted.to_owned(),
        })
    }

    /// The last step.
    pub(super) fn write(self) -> anyhow::Result<()> {
        match self {
            Self::Standard(text) => {
                let mut out = std::io::stdout().lock();
                out.write_all(text.as_bytes())?;
                out.flush()?;
            }
            Self::Beside { draft, wanted } => {
                fs::rename(&draft.0, &wanted)
                    .with_context(|| format!("--out: {} cannot be written", wanted.display()))?;
            }
        }
        Ok(())
    }
}
