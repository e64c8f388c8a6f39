//! Where an issue is written: to standard output, or to a file, whole or not at all.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// An issue about to be written.
pub(super) enum Output {
    /// To standard output.
    Standard(String),
    /// Into what is no file and stays what it is: a device, a pipe.
    Into {
        /// What it is.
        place: PathBuf,
        /// What to write.
        text: String,
    },
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
        // Through links, so that the file is replaced and not the link to it.
        let there = fs::metadata(wanted).ok();
        let place = match &there {
            Some(file) if file.is_file() => {
                fs::canonicalize(wanted).unwrap_or_else(|_| wanted.to_owned())
            }
            Some(folder) if folder.is_dir() => {
                bail!(
                    "--out: {} cannot be written: it is a folder; name a file",
                    wanted.display()
                )
            }
            None if !wanted.is_symlink() => wanted.to_owned(),
            // A link to nothing yet among them.
            _ => {
                return Ok(Self::Into {
                    place: wanted.to_owned(),
                    text,
                });
            }
        };
        let name = place
            .file_name()
            .with_context(|| format!("--out: {} names no file", wanted.display()))?;
        let mut beside = name.to_owned();
        beside.push(format!(".{}.part", std::process::id()));
        let draft = Draft(place.with_file_name(beside));
        let write = || {
            let mut file = File::create(&draft.0)?;
            if let Some(there) = &there {
                file.set_permissions(there.permissions())?;
            }
            file.write_all(text.as_bytes())?;
            file.sync_all()
        };
        write().with_context(|| format!("--out: {} cannot be written", wanted.display()))?;
        Ok(Self::Beside {
            draft,
            wanted: place,
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
            Self::Into { place, text } => {
                fs::write(&place, text)
                    .with_context(|| format!("--out: {} cannot be written", place.display()))?;
            }
            Self::Beside { draft, wanted } => {
                fs::rename(&draft.0, &wanted)
                    .with_context(|| format!("--out: {} cannot be written", wanted.display()))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn write(out: &Path, text: &str) {
        let output = Output::prepare(Some(out), text.to_owned()).expect("is prepared");
        output.write().expect("is written");
    }

    #[test]
    fn a_file_that_is_written_again_keeps_its_permissions_and_the_links_to_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("issue"), folder.path().join("link"));
        write(&file, "first");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
        symlink("issue", &link).expect("a link");
        write(&link, "second");
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&file).expect("a file"), "second");
        let mode = file.metadata().expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 2);
    }

    #[test]
    fn a_link_to_nothing_is_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let link = folder.path().join("link");
        symlink("issue", &link).expect("a link");
        write(&link, "text");
        assert!(link.is_symlink());
        let file = folder.path().join("issue");
        assert_eq!(fs::read_to_string(file).expect("a file"), "text");
    }

    #[test]
    fn a_device_stays_a_device() {
        let output = Output::prepare(Some(Path::new("/dev/null")), "text".to_owned());
        assert!(matches!(output, Ok(Output::Into { .. })));
    }
}
