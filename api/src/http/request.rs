//! A GraphQL request out of an HTTP request.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, Header};
use actix_web::{HttpMessage, HttpRequest, web};
use async_graphql::Request;
use serde_json::Value;

use super::{brackets, expansion};
use crate::graphql::Code;

/// Why a request is not executed.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) code: Code,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::BadRequest, message)
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
    let value: Value = serde_json::from_slice(body)
        .map_err(|error| Refusal::bad(format!("the body is not JSON: {error}")))?;
    let Value::Object(mut fields) = value else {
        return Err(Refusal::bad(
            "the body is not an object; expected {\"query\": \"…\"}",
        ));
    };
    let mut take = |name: &str| fields.remove(name).filter(|value| !value.is_null());
    of_parts(
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
    let mut json = |name: &str| match parameters.remove(name) {
        Some(text) if !text.is_empty() => serde_json::from_str(&text)
            .map(|value: Value| Some(value).filter(|value| !value.is_null()))
            .map_err(|error| Refusal::bad(format!("the parameter {name} is not JSON: {error}"))),
        _ => Ok(None),
    };
    let (variables, extensions) = (json("variables")?, json("extensions")?);
    let name = parameters
        .remove("operationName")
        .filter(|name| !name.is_empty());
    of_parts(
        Some(Value::String(query)),
        name.map(Value::String),
        variables,
        extensions,
    )
    .map(Some)
}

fn of_parts(
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
    if brackets::too_deep(&document) {
        let message = "the document nests too deep; flatten its selections and literals";
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            Code::TooDeep,
            message,
        ));
    }
    let mut request = Request::new(document);
    // What does not parse is left to execution, which says what is wrong with it.
    if request.parsed_query().is_ok_and(expansion::too_large) {
        let message = "the document selects too much once its fragments are put in place; ask for less at once";
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            Code::TooLarge,
            message,
        ));
    }
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
