//! The digests of a server, read anew whenever they are asked for: an edit is seen by the next request, and a broken one
//! changes nothing but the log.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use entity::topic;
use tracing::{info, warn};

use super::file::{self, FileError};
use super::measure::Name;
use super::setting::Setting;
use super::wanted::Wanted;
use crate::newsletter::{self, Language, TemplateError};

/// A digest that was written down: what is in it, and how it is dressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What is in it.
    pub wanted: Wanted,
    /// How it is dressed.
    pub setting: Setting,
}

impl Definition {
    /// Whether its templates can do what they say.
    pub fn try_out(&self) -> Result<(), TemplateError> {
        let language = Language::of(&self.wanted.languages);
        let Setting { intro, footer, .. } = &self.setting;
        newsletter::try_out(intro.as_ref(), footer.as_ref(), language)
    }
}

/// The digests of a file. Cheap to clone: clones share it.
#[derive(Clone, Debug)]
pub struct Definitions {
    path: Arc<Path>,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug)]
struct Kept {
    /// The last that could be read.
    good: Arc<BTreeMap<Name, Definition>>,
    /// What is wrong with the file now, so that it is logged once.
    fault: Option<FileError>,
}

impl Definitions {
    /// The digests of a file, which must be right to begin with.
    pub fn open(path: PathBuf, vocabulary: &[topic::Model]) -> Result<Self, FileError> {
        let good = file::read(&path, vocabulary)?;
        for definition in good.values() {
            definition.try_out()?;
        }
        let good = Arc::new(good);
        Ok(Self {
            path: path.into(),
            kept: Arc::new(Mutex::new(Kept { good, fault: None })),
        })
    }

    /// The digests as they are written now; if that cannot be read, as they were before. Reads files of a few kilobytes.
    pub fn now(&self, vocabulary: &[topic::Model]) -> Arc<BTreeMap<Name, Definition>> {
        let read = file::read(&self.path, vocabulary);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // Only what changed is tried: that takes longer than reading.
        let tried = read.and_then(|digests| {
            for (name, definition) in &digests {
                if kept.good.get(name) != Some(definition) {
                    definition.try_out()?;
                }
            }
            Ok(digests)
        });
        match tried {
            Ok(digests) => {
                if *kept.good != digests {
                    info!(file = %self.path.display(), "the digests changed");
                    kept.good = Arc::new(digests);
                }
                kept.fault = None;
            }
            Err(fault) => {
                if kept.fault.as_ref() != Some(&fault) {
                    warn!(%fault, "the digests stay as they were");
                    kept.fault = Some(fault);
                }
            }
        }
        kept.good.clone()
    }
}
