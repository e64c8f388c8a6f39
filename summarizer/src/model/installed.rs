//! The models that lie in a folder of models: what each is, and whether it is whole.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::checksum::{self, Checksums};
use super::unfinished::Unfinished;
use super::{CHECKSUMS, FileError, ModelError, ModelFolder};

/// A folder with a model in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// Name of the folder.
    pub name: String,
    /// The folder.
    pub path: PathBuf,
    /// What it can do.
    pub kind: Kind,
    /// Bytes of all its files.
    pub bytes: u64,
    /// What is wrong with it; nothing if every file is as its checksum says.
    pub fault: Option<String>,
    /// Under which licence it is given, as its model card says.
    pub licence: Option<String>,
    /// The languages it knows, as its model card says.
    pub languages: Vec<String>,
}

/// What a model can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// It gives sentences their place among others.
    Encoder,
    /// It writes a text for a text; the architecture.
    Writer(String),
    /// It says whether a sentence follows from a text.
    Entailment,
    /// Something else; what its configuration says it is.
    Other(String),
}

/// Architectures that `rust-bert` can summarise with.
const WRITERS: [&str; 7] = [
    "bart",
    "mbart",
    "t5",
    "mt5",
    "longt5",
    "pegasus",
    "prophetnet",
];

#[derive(Deserialize)]
struct Configuration {
    #[serde(default)]
    model_type: String,
    #[serde(default)]
    architectures: Vec<String>,
    #[serde(default)]
    label2id: std::collections::BTreeMap<String, serde_json::Value>,
}

/// The models in this folder, by name: every folder in it that has a `config.json`. All files are read.
///
/// # Errors
/// When the folder is there and cannot be read.
pub fn installed(root: &Path) -> std::io::Result<Vec<Installed>> {
    let mut found = Vec::new();
    let entries = match fs::read_dir(root) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        if path.join("config.json").is_file() && !Unfinished::is_one(&path) {
            found.push(Installed::look(&path));
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// Copy the model in `from` into the folder of models, and write the checksums of its files unless it brings them.
/// It appears whole, and once it has stood the trial, or not at all.
///
/// # Errors
/// [`ModelError`] says what is wrong with it, or that there is a model of this name; or what the trial says.
pub fn add<E: From<ModelError>>(
    from: &Path,
    root: &Path,
    trial: impl FnOnce(&Installed) -> Result<(), E>,
) -> Result<Installed, E> {
    let (scratch, made) = copied(from, root)?;
    trial(&made)?;
    let path = scratch.place().to_owned();
    scratch.put_in_place().map_err(ModelError::from)?;
    let name = path.file_name().unwrap_or_default();
    Ok(Installed {
        name: name.to_string_lossy().into_owned(),
        path,
        ..made
    })
}

/// A copy of the model beside the place it is for.
fn copied(from: &Path, root: &Path) -> Result<(Unfinished, Installed), ModelError> {
    let unsupported = |what: &str| ModelError::Unsupported {
        path: from.to_owned(),
        what: what.to_owned(),
    };
    let from_here = fs::canonicalize(from).map_err(FileError::at(from))?;
    if !from_here.join("config.json").is_file() {
        return Err(unsupported(
            "there is no config.json; name the folder of a model",
        ));
    }
    let name = from_here.file_name().unwrap_or_default();
    let into = root.join(name);
    if into.exists() {
        return Err(ModelError::Exists { path: into });
    }
    let scratch = Unfinished::beside(&into)?;
    copy(&from_here, scratch.path())?;
    if !scratch.path().join(CHECKSUMS).exists() {
        checksum::write(scratch.path()).map_err(FileError::at(scratch.path()))?;
    }
    let made = Installed::look(scratch.path());
    if let Kind::Other(what) = &made.kind {
        return Err(unsupported(&format!(
            "its config.json says {what:?}, which is no kind of model that this program runs"
        )));
    }
    if let Some(fault) = &made.fault {
        let (copy, given) = (scratch.path().to_string_lossy(), from.to_string_lossy());
        return Err(unsupported(&fault.replace(&*copy, &given)));
    }
    Ok((scratch, made))
}

/// Copy a folder, but for hidden files.
fn copy(from: &Path, into: &Path) -> Result<(), FileError> {
    fs::create_dir_all(into).map_err(FileError::at(into))?;
    for entry in fs::read_dir(from).map_err(FileError::at(from))? {
        let entry = entry.map_err(FileError::at(from))?;
        let (path, name) = (entry.path(), entry.file_name());
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        let kind = fs::metadata(&path).map_err(FileError::at(&path))?;
        if kind.is_dir() {
            copy(&path, &into.join(name))?;
        } else if kind.is_file() {
            fs::copy(&path, into.join(name)).map_err(FileError::at(&path))?;
        } else {
            // A pipe would be waited for, and a device has no end.
            let other = std::io::Error::other("is neither a file nor a folder");
            return Err(FileError::at(&path)(other));
        }
    }
    Ok(())
}

impl Installed {
    /// Look at one folder; all its files are read.
    #[must_use]
    pub fn look(path: &Path) -> Self {
        let kind = Kind::of(path);
        let whole = match kind {
            Kind::Encoder => ModelFolder::open(path).map(drop),
            _ => Checksums::read(path).and_then(|sums| sums.verify(path)),
        };
        let (licence, languages) = card(path);
        Self {
            name: path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
            path: path.to_owned(),
            kind,
            bytes: size(path),
            fault: whole.err().map(|error| error.to_string()),
            licence,
            languages,
        }
    }
}

impl Kind {
    fn of(path: &Path) -> Self {
        let text = fs::read_to_string(path.join("config.json")).unwrap_or_default();
        let said: Configuration = match serde_json::from_str(&text) {
            Ok(said) => said,
            Err(_) => return Self::Other("a model without a readable config.json".to_owned()),
        };
        let named = |end: &str| said.architectures.iter().any(|name| name.ends_with(end));
        let entails = said
            .label2id
            .keys()
            .any(|label| label.eq_ignore_ascii_case("entailment"));
        if path.join("1_Pooling/config.json").is_file() {
            Self::Encoder
        } else if entails && named("ForSequenceClassification") {
            Self::Entailment
        } else if WRITERS.contains(&said.model_type.as_str()) {
            Self::Writer(said.model_type)
        } else {
            Self::Other(said.model_type)
        }
    }
}

fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| {
            let path = entry.path();
            if path.is_dir() {
                size(&path)
            } else {
                fs::metadata(&path).map_or(0, |file| file.len())
            }
        })
        .sum()
}

/// The languages that a model knows, as its model card says (ISO 639-1); none if that says nothing.
pub(crate) fn languages(folder: &Path) -> Vec<String> {
    card(folder).1
}

/// Licence and languages, as the head of a model card has them: `license: mit`, `language: fr` or a list.
fn card(folder: &Path) -> (Option<String>, Vec<String>) {
    let text = fs::read_to_string(folder.join("README.md")).unwrap_or_default();
    let mut lines = text.lines();
    if lines.next() != Some("---") {
        return known(folder);
    }
    let (mut licence, mut languages) = (None, Vec::new());
    let mut listed = false;
    for line in lines.take_while(|line| *line != "---") {
        let value = |after: &str| after.trim().trim_matches(['"', '\'']).to_owned();
        if let Some(item) = line.trim_start().strip_prefix("- ").filter(|_| listed) {
            languages.push(value(item));
            continue;
        }
        listed = false;
        if let Some(said) = line.strip_prefix("license:") {
            licence = Some(value(said));
        } else if let Some(said) = line.strip_prefix("language:") {
            listed = said.trim().is_empty();
            let several = said.trim().trim_matches(['[', ']']).split(',');
            languages.extend(several.map(value).filter(|language| !language.is_empty()));
        }
    }
    (licence, languages)
}

/// The same for the one model that comes without a card.
fn known(folder: &Path) -> (Option<String>, Vec<String>) {
    if folder
        .file_name()
        .is_some_and(|name| name == "all-MiniLM-L6-v2")
    {
        (Some("apache-2.0".to_owned()), vec!["en".to_owned()])
    } else {
        (None, Vec::new())
    }
}

#[cfg(test)]
mod tests;
