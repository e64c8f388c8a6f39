//! The documents that the operator trusts: those of `queries/`, in the binary, or those of another folder.
//!
//! Each answers to its name and to the SHA-256 of its text, and at `GET /q/NAME`. They are read, parsed and validated when
//! the server starts: one that does not fit the schema stops it there, not a reader's page later.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Name, Pos, Request};

use super::operation;
use super::persisted::Hash;
use super::variables::{Inputs, Variable};
use crate::graphql::{self, Schema};

include!(concat!(env!("OUT_DIR"), "/queries.rs"));

/// What stops a server whose documents are not in order.
#[derive(Debug, thiserror::Error)]
pub enum DocumentsError {
    /// The folder or a file of it cannot be read.
    #[error("{}: {cause}; expected a folder of .graphql files", path.display())]
    Unreadable {
        /// What could not be read.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A document does not parse or does not fit the schema.
    #[error("{file}:{line}: {message}")]
    Invalid {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
}

/// One trusted document.
#[derive(Debug)]
pub(super) struct Document {
    /// The name of its operation and its file.
    pub(super) name: String,
    /// The comment it begins with: what it is for.
    pub(super) about: String,
    /// Its text as it stands in its file.
    pub(super) text: String,
    /// The hash of that text, 64 hexadecimal digits.
    pub(super) sha256: String,
    /// Parsed.
    pub(super) parsed: ExecutableDocument,
    /// Whether no two of its fields have to be merged.
    pub(super) apart: bool,
    /// What its operation is.
    pub(super) kind: OperationType,
    /// The variables of its operation.
    pub(super) variables: Vec<Variable>,
}

/// All trusted documents.
#[derive(Debug)]
pub struct Documents {
    /// In the order of their names; behind the operator's those that pages of the dashboard send, which are told nobody.
    all: Vec<Document>,
    /// How many are the operator's.
    listed: usize,
    /// Places in `all`.
    by_name: HashMap<String, usize>,
    by_hash: HashMap<Hash, usize>,
}

impl Documents {
    /// The documents of a folder, or those in the binary, each found to fit the schema.
    pub async fn load(folder: Option<&Path>, schema: &Schema) -> Result<Self, DocumentsError> {
        let files = match folder {
            Some(folder) => files(folder)?,
            None => EMBEDDED
                .iter()
                .map(|(name, text)| (format!("queries/{name}.graphql"), (*text).to_owned()))
                .collect(),
        };
        let listed = files.len();
        let of_pages = OF_PAGES.iter().map(|(name, text)| {
            let file = format!("api/dashboard/documents/{name}.graphql");
            (file, (*text).to_owned())
        });
        let inputs = Inputs::of(schema);
        let mut all = Vec::with_capacity(listed + OF_PAGES.len());
        for (file, text) in files.into_iter().chain(of_pages) {
            let document = read(&file, text, &inputs)?;
            validate(&file, &document, schema).await?;
            all.push(document);
        }
        let places = |of: fn(&Document) -> String| -> HashMap<String, usize> {
            let places = all.iter().enumerate();
            places
                .map(|(place, document)| (of(document), place))
                .collect()
        };
        let by_name = places(|document| document.name.clone());
        let by_hash = all.iter().enumerate();
        let by_hash = by_hash
            .map(|(place, document)| (Hash::of(&document.text), place))
            .collect();
        Ok(Self {
            all,
            listed,
            by_name,
            by_hash,
        })
    }

    /// The document that an id means: a name, or a hash in hexadecimal digits, with or without `sha256:` before it.
    pub(super) fn by_id(&self, id: &str) -> Option<&Document> {
        let hash = || Hash::parse(id.strip_prefix("sha256:").unwrap_or(id));
        self.by_name(id).or_else(|| self.by_hash(hash()?))
    }

    /// The document of this name.
    pub(super) fn by_name(&self, name: &str) -> Option<&Document> {
        self.all.get(*self.by_name.get(name)?)
    }

    /// The document of this hash.
    pub(super) fn by_hash(&self, hash: Hash) -> Option<&Document> {
        self.all.get(*self.by_hash.get(&hash)?)
    }

    /// Each of the operator's.
    pub(super) fn listed(&self) -> &[Document] {
        self.all.get(..self.listed).unwrap_or_default()
    }

    /// Their names, for a message.
    pub(super) fn names(&self) -> String {
        let names: Vec<_> = self
            .listed()
            .iter()
            .map(|document| &*document.name)
            .collect();
        names.join(", ")
    }
}

/// The `.graphql` files of a folder: path and text, in the order of their names.
fn files(folder: &Path) -> Result<Vec<(String, String)>, DocumentsError> {
    let unreadable = |path: &Path, cause| DocumentsError::Unreadable {
        path: path.to_owned(),
        cause,
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|cause| unreadable(folder, cause))? {
        let path = entry.map_err(|cause| unreadable(folder, cause))?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "graphql")
        {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        let none = std::io::Error::other("there is no .graphql file in it");
        return Err(unreadable(folder, none));
    }
    paths.sort();
    let texts = paths.into_iter().map(|path| {
        let text = fs::read_to_string(&path).map_err(|cause| unreadable(&path, cause))?;
        Ok((path.display().to_string(), text))
    });
    texts.collect()
}

fn read(file: &str, text: String, inputs: &Inputs) -> Result<Document, DocumentsError> {
    let invalid = |place: Option<Pos>, message: String| DocumentsError::Invalid {
        file: file.to_owned(),
        line: place.map_or(1, |place| place.line),
        message,
    };
    let parsed = parse_query(&text).map_err(|error| {
        let error = async_graphql::ServerError::from(error);
        invalid(error.locations.first().copied(), error.message)
    })?;
    let name = Path::new(file)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let operation = operation::meant(&parsed, None).map_err(|message| invalid(None, message))?;
    let named = parsed.operations.iter().next().and_then(|(found, _)| found);
    if named.map(Name::as_str) != Some(&*name) {
        let found = named.map_or("none", Name::as_str);
        let message =
            format!("the name of the operation is {found}; expected {name}, as the file is called");
        return Err(invalid(None, message));
    }
    let about: Vec<_> = text
        .lines()
        .map_while(|line| line.strip_prefix('#'))
        .map(str::trim)
        .collect();
    Ok(Document {
        about: about.join(" "),
        kind: operation.ty,
        variables: inputs.variables(operation),
        name: name.into_owned(),
        sha256: Hash::of(&text).to_string(),
        text,
        apart: graphql::is_apart(&parsed),
        parsed,
    })
}

/// Validation is a step of execution and has no door of its own; of a request about the schema alone nothing else is
/// executed.
async fn validate(file: &str, document: &Document, schema: &Schema) -> Result<(), DocumentsError> {
    if document.kind == OperationType::Subscription {
        // It would be refused as a whole before anything of it is looked at twice; its first event says what is wrong.
        return Ok(());
    }
    let mut request = Request::new(document.text.clone());
    request.set_parsed_query(document.parsed.clone());
    let response = graphql::validate(schema, request).await;
    match response.errors.into_iter().next() {
        None => Ok(()),
        Some(error) => Err(DocumentsError::Invalid {
            file: file.to_owned(),
            line: error.locations.first().map_or(1, |place| place.line),
            message: error.message,
        }),
    }
}
