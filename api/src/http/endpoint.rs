//! One GraphQL request on its way, whichever transport brought it: [`prepare`](Endpoint::prepare), then
//! [`execute`](Endpoint::execute). What may be checked without running anything is checked in the first.

use std::sync::Arc;

use actix_web::http::StatusCode;
use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Request, ServerError, Variables};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use quick_cache::sync::Cache;

use super::answer::Answer;
use super::documents::{Document, Documents};
use super::persisted::{self, Hash, Persisted};
use super::refusal::Refusal;
use super::request::Asked;
use super::settings::Settings;
use super::variables::Inputs;
use super::{absent, operation};
use crate::graphql::{self, AsJson, Code, Schema, Who};

/// Documents kept parsed; each takes some ten times its text.
const DOCUMENTS: usize = 128;
/// Longest document kept parsed, in bytes.
const LONGEST: usize = 4 << 10;

/// What all requests of a server share.
pub(super) struct Endpoint {
    schema: Schema,
    inputs: Inputs,
    pub(super) documents: Documents,
    persisted: Persisted,
    /// Documents read lately, within their bounds: parsing takes longer than many a query.
    parsed: Cache<String, Arc<Parsed>>,
    pub(super) settings: Settings,
}

/// A document as it is kept.
#[derive(Debug)]
struct Parsed {
    document: ExecutableDocument,
    /// Whether no two of its fields have to be merged.
    apart: bool,
}

/// A request that may be executed.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The request, its document parsed.
    pub(super) request: Request,
    /// What its operation is.
    pub(super) kind: OperationType,
    /// Whether no two of its fields have to be merged.
    apart: bool,
}

/// Where the document of a request is.
enum Found<'a> {
    /// Among the trusted ones.
    Trusted(&'a Document),
    /// It came with the request, or did so some time ago; to be remembered under the hash, if there is one.
    Text(String, Option<Hash>),
}

impl Endpoint {
    pub(super) fn new(schema: Schema, documents: Documents, settings: Settings) -> Self {
        Self {
            inputs: Inputs::of(&schema),
            schema,
            documents,
            persisted: Persisted::new(),
            parsed: Cache::new(DOCUMENTS),
            settings,
        }
    }

    /// Find the document, bound it, parse it, and choose its operation, for whoever asks.
    pub(super) fn prepare(&self, asked: Asked, who: Who) -> Result<Prepared, Refusal> {
        let found = self.find(asked.query, asked.id.as_deref(), &asked.extensions)?;
        let (mut request, apart, keep) = match found {
            Found::Trusted(document) => {
                let mut request = Request::new(document.text.clone());
                request.set_parsed_query(document.parsed.clone());
                (request, document.apart, None)
            }
            Found::Text(text, hash) => {
                let (request, apart) = self.bounded(text)?;
                (request, apart, hash)
            }
        };
        let document = request.parsed_query().map_err(unparsed)?;
        let operation = operation::meant(document, asked.operation_name.as_deref())
            .map_err(|message| self.invalid(message))?;
        let wrong = operation::missing(operation, &asked.variables)
            .or_else(|| self.inputs.misfit(operation, &asked.variables));
        if let Some((place, message)) = wrong {
            let mut refusal = self.invalid(message);
            refusal.error.locations.push(place);
            return Err(refusal);
        }
        let kind = operation.ty;
        let given = absent::without(document, asked.operation_name.as_deref(), &asked.variables);
        if let Some(document) = given {
            request.set_parsed_query(document);
        }
        if let Some(hash) = keep {
            self.persisted.keep(hash, &request.query);
        }
        request = request.data(who);
        request.operation_name = asked.operation_name;
        request.variables = Variables::from_json(asked.variables.into());
        Ok(Prepared {
            request,
            kind,
            apart,
        })
    }

    /// Execute a request. Errors of ours are logged, and carry the id under which the log has them.
    pub(super) async fn execute(&self, prepared: Prepared, id: &str) -> Answer {
        let request = match prepared.apart {
            true => prepared.request.data(AsJson),
            false => prepared.request,
        };
        Answer::of(graphql::execute(&self.schema, request).await, id)
    }

    /// Validate and price a request instead.
    pub(super) async fn dry_run(&self, prepared: Prepared, id: &str) -> Answer {
        Answer::of(graphql::dry_run(&self.schema, prepared.request).await, id)
    }

    /// Execute a subscription: one response for each event. Errors are labelled as [`execute`](Self::execute) does.
    pub(super) fn stream(&self, prepared: Prepared, id: String) -> BoxStream<'static, Answer> {
        let responses = graphql::execute_stream(&self.schema, prepared.request);
        responses
            .map(move |response| Answer::of(response, &id))
            .boxed()
    }

    /// The document that a request means by its text, its id or its hash.
    fn find(
        &self,
        query: Option<String>,
        id: Option<&str>,
        extensions: &serde_json::Map<String, serde_json::Value>,
    ) -> Result<Found<'_>, Refusal> {
        if let Some(id) = id {
            if query.is_some() {
                return Err(Refusal::malformed(
                    "documentId and query are both given; expected one of them",
                ));
            }
            let found = self.documents.by_id(id).map(Found::Trusted);
            return found.ok_or_else(|| self.untrusted(format!("no trusted document is {id:?}")));
        }
        let hash = Hash::asked(extensions)?;
        if let (Some(query), Some(hash)) = (&query, hash) {
            persisted::matches(query, hash)?;
        }
        let trusted = match (hash, &query) {
            (Some(hash), _) => self.documents.by_hash(hash),
            (None, Some(query)) if self.settings.trusted_only => {
                self.documents.by_hash(Hash::of(query))
            }
            _ => None,
        };
        match (trusted, query, hash) {
            (Some(document), ..) => Ok(Found::Trusted(document)),
            (None, None, None) => Err(Refusal::malformed(
                "query is missing; expected a GraphQL document",
            )),
            (None, ..) if self.settings.trusted_only => {
                Err(self.untrusted("only trusted documents are answered here".to_owned()))
            }
            (None, Some(query), hash) => Ok(Found::Text(query, hash)),
            (None, None, Some(hash)) => {
                let text = self.persisted.text(hash)?;
                Ok(Found::Text(text.as_ref().to_owned(), None))
            }
        }
    }

    /// A refusal of a document that is not among the trusted ones, which are named.
    fn untrusted(&self, message: String) -> Refusal {
        let message = format!(
            "{message}; expected documentId to be one of: {}",
            self.documents.names()
        );
        Refusal::of_graphql(StatusCode::FORBIDDEN, Code::NotTrusted, message)
    }

    /// The request of a document that is safe to parse, parsed if it can be, and whether none of its fields have to be
    /// merged.
    fn bounded(&self, document: String) -> Result<(Request, bool), Refusal> {
        if let Some(parsed) = self.parsed.get(&document) {
            let mut request = Request::new(document);
            request.set_parsed_query(parsed.document.clone());
            return Ok((request, parsed.apart));
        }
        graphql::limits(&self.schema)
            .check_text(&document)
            .map_err(|error| Refusal {
                well_formed: true,
                ..Refusal::from(error)
            })?;
        let mut request = Request::new(document);
        // What does not parse is left to the caller.
        let Ok(parsed) = request.parsed_query() else {
            return Ok((request, false));
        };
        let parsed = Parsed {
            apart: graphql::is_apart(parsed),
            document: parsed.clone(),
        };
        let apart = parsed.apart;
        if request.query.len() <= LONGEST {
            self.parsed.insert(request.query.clone(), Arc::new(parsed));
        }
        Ok((request, apart))
    }

    /// A refusal of a document that does not fit the schema, or of variables that do not fit the document.
    fn invalid(&self, message: String) -> Refusal {
        Refusal::of_graphql(
            self.settings.invalid.code(),
            Code::ValidationFailed,
            message,
        )
    }
}

fn unparsed(mut error: ServerError) -> Refusal {
    let message = std::mem::take(&mut error.message);
    let mut refusal = Refusal::of_graphql(StatusCode::BAD_REQUEST, Code::ParseFailed, message);
    refusal.error.locations = error.locations;
    refusal
}
