//! Trusted documents by plain URLs: `GET /q/NAME?variable=…`, for feeds, newsletters and caches that speak no GraphQL.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::parser::types::OperationType;
use serde_json::json;

use super::accept::MediaType;
use super::documents::Document;
use super::endpoint::Endpoint;
use super::execute::{self, Way};
use super::refusal::Refusal;
use super::reply::Reply;
use super::request::Asked;
use super::variables;
use crate::graphql::Code;

/// `GET /q/NAME`: what the document of this name answers.
pub(super) async fn get(
    http: HttpRequest,
    endpoint: web::Data<Endpoint>,
    name: web::Path<String>,
) -> HttpResponse {
    let Some(media) = MediaType::wanted(&http).map(MediaType::for_data) else {
        return execute::not_acceptable();
    };
    let reply = match asked(&http, &endpoint, &name) {
        Ok(asked) => execute::answer(&http, &endpoint, media, Way::Get, asked).await,
        Err(refusal) => Reply::refused(refusal, media),
    };
    reply.kept(endpoint.settings.max_age).send(&http)
}

/// `GET /q`: which documents there are, what each is for, and what it may be asked.
pub(super) async fn list(endpoint: web::Data<Endpoint>) -> HttpResponse {
    let documents: Vec<_> = endpoint.documents.listed().iter().map(shown).collect();
    HttpResponse::Ok().json(json!({ "documents": documents }))
}

fn shown(document: &Document) -> serde_json::Value {
    let variables = document.variables.iter().map(|variable| {
        json!({
            "name": variable.name,
            "type": variable.declared.to_string(),
            "default": variable.default,
        })
    });
    json!({
        "name": document.name,
        "about": document.about,
        "sha256": document.sha256,
        "url": format!("/q/{}", document.name),
        "variables": variables.collect::<Vec<_>>(),
    })
}

/// The request that a URL stands for.
fn asked(http: &HttpRequest, endpoint: &Endpoint, name: &str) -> Result<Asked, Refusal> {
    let document = endpoint.documents.by_name(name).ok_or_else(|| {
        let names = endpoint.documents.names();
        let message = format!("no document is called {name:?}; expected one of: {names}");
        Refusal::new(StatusCode::NOT_FOUND, Code::NotFound, message)
    })?;
    if document.kind != OperationType::Query {
        let message =
            format!("{name} is not a query; send its name as documentId by POST to /graphql");
        return Err(Refusal::wrong_method("", message));
    }
    let parameters = web::Query::<Vec<(String, String)>>::from_query(http.query_string())
        .map_err(|error| Refusal::malformed(format!("the query string cannot be read: {error}")))?;
    let variables = variables::given(&document.variables, &parameters)
        .map_err(|message| Refusal::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message))?;
    Ok(Asked {
        id: Some(document.name.clone()),
        variables,
        ..Asked::default()
    })
}
