//! The archive as the pages of this server ask for it: by the documents of `queries/`, executed here, without a way
//! over the network and within the same limits.

use actix_web::HttpRequest;
use async_graphql::{Request, ServerError, Value, Variables};
use serde::de::DeserializeOwned;
use tracing::error;

use super::documents::{Documents, DocumentsError};
use super::{absent, answer, log, token};
use crate::graphql::{self, Code, Schema};

/// The documents that pages ask, and the schema that answers them. They are always those in the binary: which others
/// the operator trusts is about strangers.
#[derive(Clone)]
pub(crate) struct Questions {
    schema: Schema,
    documents: std::sync::Arc<Documents>,
}

/// Why a page has no answer: the first error of the response.
#[derive(Debug)]
pub(crate) struct Unanswered {
    /// Its code, as the API gives it.
    pub(crate) code: String,
    /// What it says to people.
    pub(crate) message: String,
}

impl Questions {
    /// Those of this schema.
    pub(crate) async fn of(schema: &Schema) -> Result<Self, DocumentsError> {
        let documents = Documents::load(None, schema).await?.into();
        let schema = schema.clone();
        Ok(Self { schema, documents })
    }

    /// The text of a document; empty if there is none of this name.
    pub(crate) fn text(&self, name: &str) -> &str {
        let document = self.documents.by_name(name);
        document.map_or("", |document| document.text.as_str())
    }

    /// Ask for whoever sends this request, and read the data into the type of a page.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        http: &HttpRequest,
        name: &str,
        variables: serde_json::Value,
    ) -> Result<T, Unanswered> {
        let Some(document) = self.documents.by_name(name) else {
            return Err(ours(&format!("there is no document {name:?}")));
        };
        let mut request = Request::new(document.text.clone());
        let given = variables
            .as_object()
            .and_then(|given| absent::without(&document.parsed, None, given));
        request.set_parsed_query(given.unwrap_or_else(|| document.parsed.clone()));
        request = request
            .data(token::who(http))
            .variables(Variables::from_json(variables));
        let response = graphql::execute(&self.schema, request).await;
        let response = answer::labelled(response, &log::id(http));
        if let Some(first) = response.errors.into_iter().next() {
            return Err(Unanswered::from(first));
        }
        let data = response.data.into_json().map_err(|cause| ours(&cause))?;
        serde_json::from_value(data).map_err(|cause| ours(&format!("{name}: {cause}")))
    }
}

impl From<ServerError> for Unanswered {
    fn from(error: ServerError) -> Self {
        let extensions = error.extensions.as_ref();
        let code = match extensions.and_then(|extensions| extensions.get("code")) {
            Some(Value::String(code)) => code.clone(),
            _ => Code::Internal.as_str().to_owned(),
        };
        Self {
            code,
            message: error.message,
        }
    }
}

/// What should not be: a document and the type it is read into are written for each other.
fn ours(cause: &impl std::fmt::Display) -> Unanswered {
    error!(%cause, "a page cannot be made");
    Unanswered {
        code: Code::Internal.as_str().to_owned(),
        message: "something failed on our side; the request id finds it in the log".to_owned(),
    }
}
