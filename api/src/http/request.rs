//! What a client asks, out of the body or the parameters of an HTTP request.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentType, Header};
use actix_web::{HttpRequest, web};
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::graphql::Code;
use crate::graphql::limits::Limits;

/// A request as it was asked: nothing of it has been looked at but its shape.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// The text of the document.
    pub(super) query: Option<String>,
    /// The name or the hash of a trusted document, in place of its text.
    pub(super) id: Option<String>,
    /// The operation of the document that is meant.
    pub(super) operation_name: Option<String>,
    /// The values of its variables.
    pub(super) variables: Map<String, Value>,
    /// What goes beyond GraphQL.
    pub(super) extensions: Map<String, Value>,
}

/// The body of a POST.
#[derive(Debug)]
pub(super) enum Body {
    /// One request.
    One(Asked),
    /// Several, to be answered in their order; not looked at yet.
    Batch(Vec<Value>),
}

impl Asked {
    /// Out of one JSON object, as it comes in a body or a message.
    pub(super) fn of_json(value: Value) -> Result<Self, Refusal> {
        let Value::Object(mut fields) = value else {
            return Err(Refusal::malformed(
                "the request is not an object; expected {\"query\": \"…\"}",
            ));
        };
        let mut take = |name: &str| fields.remove(name).filter(|value| !value.is_null());
        let query = text(
            take("query"),
            "query is not a string; expected a GraphQL document",
        )?;
        let id = match take("documentId") {
            Some(id) => Some(id),
            None => take("id"),
        };
        Ok(Self {
            query,
            id: text(
                id,
                "documentId is not a string; expected the name of a trusted document",
            )?,
            operation_name: text(take("operationName"), "operationName is not a string")?,
            variables: object(take("variables"), "variables is not an object")?,
            extensions: object(take("extensions"), "extensions is not an object")?,
        })
    }

    /// Whether it names a document in any way.
    fn has_document(&self) -> bool {
        self.query.is_some() || self.id.is_some() || self.extensions.contains_key("persistedQuery")
    }
}

fn text(value: Option<Value>, complaint: &str) -> Result<Option<String>, Refusal> {
    match value {
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Refusal::malformed(complaint)),
        None => Ok(None),
    }
}

fn object(value: Option<Value>, complaint: &str) -> Result<Map<String, Value>, Refusal> {
    match value {
        Some(Value::Object(fields)) => Ok(fields),
        Some(_) => Err(Refusal::malformed(complaint)),
        None => Ok(Map::new()),
    }
}

/// What a POST asks: `application/json` and nothing else, so that no form of another site can ask it.
pub(super) fn of_body(request: &HttpRequest, body: &[u8]) -> Result<Body, Refusal> {
    let json = ContentType::parse(request).is_ok_and(|found| {
        let charset = found.get_param("charset");
        // JSON has no other encoding (RFC 8259).
        let utf_8 = charset.is_none_or(|name| name.as_str().eq_ignore_ascii_case("utf-8"));
        found.essence_str() == "application/json" && utf_8
    });
    if !json {
        let given = request.headers().get(header::CONTENT_TYPE);
        let given = given.and_then(|value| value.to_str().ok());
        let given = given.unwrap_or_default();
        let message = format!("the content type is {given:?}; expected application/json in UTF-8");
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::BadRequest,
            message,
        ));
    }
    // Some editors and libraries begin a text in UTF-8 with the mark of its order of bytes, which says nothing there.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    limits(request).check_json(body)?;
    let value = serde_json::from_slice(body)
        .map_err(|error| Refusal::malformed(format!("the body is not JSON: {error}")))?;
    match value {
        Value::Array(requests) => Ok(Body::Batch(requests)),
        value => Asked::of_json(value).map(Body::One),
    }
}

/// What a GET asks by its parameters; none if it names no document.
pub(super) fn of_parameters(request: &HttpRequest) -> Result<Option<Asked>, Refusal> {
    let parameters = web::Query::<HashMap<String, String>>::from_query(request.query_string())
        .map_err(|error| Refusal::malformed(format!("the query string cannot be read: {error}")))?;
    let mut parameters = parameters.into_inner();
    let mut take = |name: &str| parameters.remove(name).filter(|text| !text.is_empty());
    let limits = limits(request);
    let mut json = |name: &str| match take(name) {
        Some(text) => {
            limits.check_json(text.as_bytes())?;
            serde_json::from_str(&text)
                .map(|value: Value| Some(value).filter(|value| !value.is_null()))
                .map_err(|error| {
                    Refusal::malformed(format!("the parameter {name} is not JSON: {error}"))
                })
        }
        None => Ok(None),
    };
    let variables = object(json("variables")?, "variables is not an object")?;
    let extensions = object(json("extensions")?, "extensions is not an object")?;
    let asked = Asked {
        query: take("query"),
        id: take("documentId").or_else(|| take("id")),
        operation_name: take("operationName"),
        variables,
        extensions,
    };
    Ok(asked.has_document().then_some(asked))
}

fn limits(request: &HttpRequest) -> Limits {
    request.app_data::<Limits>().copied().unwrap_or_default()
}
