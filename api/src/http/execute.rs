//! GraphQL over HTTP: a request in, a response with the status that fits out.
//!
//! Our own thin handler, as the stock one answers 200 to everything, takes mutations by GET and parses any content type.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response, ServerError, Value};
use tracing::error;
use tracing_actix_web::RequestId;

use super::accept::MediaType;
use super::request::{self, Refusal};
use super::site;
use crate::graphql::{self, Code, Schema, Who, cause};

/// `GET /graphql`: the playground for a browser, else a query in the parameters.
pub(super) async fn get(http: HttpRequest, schema: web::Data<Schema>) -> HttpResponse {
    let Some(wanted) = MediaType::wanted(&http) else {
        return not_acceptable();
    };
    let parsed = request::of_parameters(&http);
    let media = match wanted {
        MediaType::Html if matches!(parsed, Ok(None)) => return site::playground_page(&http),
        MediaType::Html => MediaType::Json,
        other => other,
    };
    let request = parsed.and_then(|request| {
        let message =
            "query is missing; expected a GraphQL document, or a browser that accepts text/html";
        request.ok_or_else(|| Refusal::new(StatusCode::BAD_REQUEST, Code::BadRequest, message))
    });
    let request = match request.map(|mut request| (mutates(&mut request), request)) {
        Ok((false, request)) => Ok(request),
        Ok((true, _)) => {
            let message = "a mutation cannot be sent by GET; send it by POST";
            Err(Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                Code::BadRequest,
                message,
            ))
        }
        Err(refusal) => Err(refusal),
    };
    answer(&http, &schema, media, request).await
}

/// `POST /graphql`: a request in the body.
pub(super) async fn post(
    http: HttpRequest,
    schema: web::Data<Schema>,
    body: web::Bytes,
) -> HttpResponse {
    match MediaType::wanted(&http) {
        None => not_acceptable(),
        Some(MediaType::Html) => {
            answer(
                &http,
                &schema,
                MediaType::Json,
                request::of_body(&http, &body),
            )
            .await
        }
        Some(media) => answer(&http, &schema, media, request::of_body(&http, &body)).await,
    }
}

/// Any other method.
pub(super) async fn other_method() -> HttpResponse {
    HttpResponse::MethodNotAllowed()
        .insert_header((header::ALLOW, "GET, HEAD, POST"))
        .finish()
}

fn not_acceptable() -> HttpResponse {
    HttpResponse::NotAcceptable()
        .content_type("text/plain; charset=utf-8")
        .body("expected Accept to allow application/graphql-response+json or application/json\n")
}

/// Whether the operation that would be executed is a mutation. A document that does not parse is none: execution says
/// what is wrong with it.
fn mutates(request: &mut Request) -> bool {
    let name = request.operation_name.clone();
    let Ok(document) = request.parsed_query() else {
        return false;
    };
    document.operations.iter().any(|(found, operation)| {
        operation.node.ty == OperationType::Mutation
            && (name.is_none() || name.as_deref() == found.map(async_graphql::Name::as_str))
    })
}

async fn answer(
    http: &HttpRequest,
    schema: &Schema,
    media: MediaType,
    request: Result<Request, Refusal>,
) -> HttpResponse {
    match request {
        Ok(request) => {
            let who = http.extensions().get::<Who>().cloned().unwrap_or_default();
            let mut response = graphql::execute(schema, request.data(who)).await;
            let id = http
                .extensions()
                .get::<RequestId>()
                .map(ToString::to_string)
                .unwrap_or_default();
            report(&mut response, &id);
            // Data that is not there at all, rather than null by an error in a field: nothing was executed.
            let refused = response.data == Value::Null
                && response.errors.iter().all(|error| error.path.is_empty());
            let status = match media {
                MediaType::GraphqlResponse if refused && response.is_err() => {
                    StatusCode::BAD_REQUEST
                }
                _ => StatusCode::OK,
            };
            write(status, media, &response, refused && response.is_err())
        }
        Err(refusal) => {
            let mut error = ServerError::new(refusal.message, None);
            error
                .extensions
                .get_or_insert_default()
                .set("code", refusal.code.as_str());
            let mut response = write(
                refusal.status,
                media,
                &Response::from_errors(vec![error]),
                true,
            );
            if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
                response
                    .headers_mut()
                    .insert(header::ALLOW, HeaderValue::from_static("POST"));
            }
            response
        }
    }
}

/// Log what is ours of the errors, and give the client the id under which the log has it.
fn report(response: &mut Response, id: &str) {
    for failed in &mut response.errors {
        if let Some(cause) = cause(failed) {
            error!(%cause, path = ?failed.path, "a field failed");
            failed
                .extensions
                .get_or_insert_default()
                .set("requestId", id);
        }
    }
}

/// `nothing_executed`: the specification wants `data` left out then, not null.
fn write(
    status: StatusCode,
    media: MediaType,
    response: &Response,
    nothing_executed: bool,
) -> HttpResponse {
    let body = if nothing_executed {
        serde_json::to_vec(&serde_json::json!({ "errors": response.errors }))
    } else {
        serde_json::to_vec(response)
    };
    match body {
        Ok(body) => HttpResponse::build(status)
            .insert_header((header::CONTENT_TYPE, media.name()))
            .insert_header((header::VARY, "accept"))
            .body(body),
        Err(cause) => {
            error!(%cause, "a response cannot be written as JSON");
            HttpResponse::InternalServerError().finish()
        }
    }
}
