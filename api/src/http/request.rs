//! A GraphQL request out of an HTTP request.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, Header};
use actix_web::{HttpMessage, HttpRequest, web};
use async_graphql::{Request, ServerError};
use serde_json::Value;

use crate::graphql::Code;
use crate::graphql::limits::{Limits, beyond};

/// Why a request is not executed.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) error: Box<ServerError>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        let mut error = ServerError::new(message, None);
        error
            .extensions
            .get_or_insert_default()
            .set("code", code.as_str());
        Self::beyond(status, error)
    }

    /// A limit was passed, as the error says.
    pub(super) fn beyond(status: StatusCode, error: ServerError) -> Self {
        Self {
            status,
            error: Box::new(error),
        }
    }

    fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::BadRequest, message)
    }
}

impl From<ServerError> for Refusal {
    fn from(error: ServerError) -> Self {
        Self::beyond(StatusCode::BAD_REQUEST, error)
    }
}

/// The request of a POST: `application/json` and nothing else, so that no form of another site can send one.
pub(super) fn of_body(request: &HttpRequest, body: &[u8]) -> Result<Request, Refusal> {
    let json =
        ContentType::parse(request).is_ok_and(|found| found.0.essence_str() == "application/json");
    if !json {
        let given = request.content_type();
        let message = format!("the content type is {given:?}; expected application/json");
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::BadRequest,
            message,
        ));
    }
    let limits = limits(request);
    limits.check_json(body)?;
    let value: Value = serde_json::from_slice(body)
        .map_err(|error| Refusal::bad(format!("the body is not JSON: {error}")))?;
    if let Value::Array(requests) = &value {
        let message = format!(
            "{} requests came in one; send each by itself",
            requests.len()
        );
        return Err(beyond(Code::BatchTooLarge, message, requests.len() as u64, 1).into());
    }
    let Value::Object(mut fields) = value else {
        return Err(Refusal::bad(
            "the body is not an object; expected {\"query\": \"…\"}",
        ));
    };
    let mut take = |name: &str| fields.remove(name).filter(|value| !value.is_null());
    of_parts(
        &limits,
        take("query"),
        take("operationName"),
        take("variables"),
        take("extensions"),
    )
}

/// The request of a GET, by its parameters; none if it names no document.
pub(super) fn of_parameters(request: &HttpRequest) -> Result<Option<Request>, Refusal> {
    let parameters = web::Query::<HashMap<String, String>>::from_query(request.query_string())
        .map_err(|error| Refusal::bad(format!("the query string cannot be read: {error}")))?;
    let mut parameters = parameters.into_inner();
    let Some(query) = parameters.remove("query") else {
        return Ok(None);
    };
    let limits = limits(request);
    let mut json = |name: &str| match parameters.remove(name) {
        Some(text) if !text.is_empty() => {
            limits.check_json(text.as_bytes())?;
            serde_json::from_str(&text)
                .map(|value: Value| Some(value).filter(|value| !value.is_null()))
                .map_err(|error| Refusal::bad(format!("the parameter {name} is not JSON: {error}")))
        }
        _ => Ok(None),
    };
    let (variables, extensions) = (json("variables")?, json("extensions")?);
    let name = parameters
        .remove("operationName")
        .filter(|name| !name.is_empty());
    of_parts(
        &limits,
        Some(Value::String(query)),
        name.map(Value::String),
        variables,
        extensions,
    )
    .map(Some)
}

fn limits(request: &HttpRequest) -> Limits {
    request.app_data::<Limits>().copied().unwrap_or_default()
}

fn of_parts(
    limits: &Limits,
    query: Option<Value>,
    name: Option<Value>,
    variables: Option<Value>,
    extensions: Option<Value>,
) -> Result<Request, Refusal> {
    let document = match query {
        Some(Value::String(document)) => document,
        Some(_) => {
            return Err(Refusal::bad(
                "query is not a string; expected a GraphQL document",
            ));
        }
        None => {
            return Err(Refusal::bad(
                "query is missing; expected a GraphQL document",
            ));
        }
    };
    limits.check_text(&document)?;
    let mut request = Request::new(document);
    match name {
        Some(Value::String(name)) => request = request.operation_name(name),
        Some(_) => return Err(Refusal::bad("operationName is not a string")),
        None => {}
    }
    match variables {
        Some(variables @ Value::Object(_)) => {
            request = request.variables(async_graphql::Variables::from_json(variables));
        }
        Some(_) => return Err(Refusal::bad("variables is not an object")),
        None => {}
    }
    match extensions {
        Some(Value::Object(_)) | None => Ok(request),
        Some(_) => Err(Refusal::bad("extensions is not an object")),
    }
}
