//! What browsers get beside GraphQL: the playground and its files.

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};

use super::playground::{self, Asset};

/// `GET /playground/…`: a file of the playground.
pub(super) async fn asset(request: HttpRequest, file: web::Path<String>) -> HttpResponse {
    match playground::asset(&file) {
        Some(asset) => serve(&request, asset),
        None => HttpResponse::NotFound()
            .content_type("text/plain; charset=utf-8")
            .body("no such file\n"),
    }
}

/// The playground's page.
pub(super) fn playground_page(request: &HttpRequest) -> HttpResponse {
    serve(request, playground::page())
}

fn serve(request: &HttpRequest, asset: &'static Asset) -> HttpResponse {
    let squeezed = asset
        .brotli
        .as_ref()
        .filter(|_| lists(request, header::ACCEPT_ENCODING, "br"));
    let content = squeezed.unwrap_or(&asset.identity);
    let unchanged = lists(request, header::IF_NONE_MATCH, content.etag);
    let mut response = if unchanged {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, content.etag))
        .insert_header((header::CACHE_CONTROL, asset.cache_control))
        .insert_header((header::VARY, "accept, accept-encoding"))
        // With the files too: a worker keeps to the policy of its own file, not of the page.
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            playground::CONTENT_SECURITY_POLICY,
        ))
        .content_type(asset.media_type);
    if unchanged {
        return response.finish();
    }
    if squeezed.is_some() {
        response.insert_header((header::CONTENT_ENCODING, "br"));
    }
    response.body(content.bytes)
}

/// Whether the header, a list, has the word; parameters after a semicolon do not count.
fn lists(request: &HttpRequest, name: HeaderName, word: &str) -> bool {
    let Some(Ok(list)) = request.headers().get(name).map(HeaderValue::to_str) else {
        return false;
    };
    list.split(',')
        .any(|item| item.split(';').next().unwrap_or_default().trim() == word)
}
