//! The files that the pages ask for: one stylesheet, a few scripts, an icon; and the picture that goes with links to them. They are in the program.

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::problem::Problem;
use crate::http::conditional;

/// A file by its name, with its media type.
macro_rules! file {
    ($name:literal, $media:expr) => {
        (
            $name,
            $media,
            include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/dashboard/", $name)),
        )
    };
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

static FILES: [(&str, &str, &[u8]); 10] = [
    file!("style.css", "text/css; charset=utf-8"),
    file!("icon.svg", "image/svg+xml"),
    // For OpenGraph, of the size that the services that show it ask for: 1200 by 630.
    file!("card.png", "image/png"),
    file!("page.js", SCRIPT),
    file!("cite.js", SCRIPT),
    file!("clip.js", SCRIPT),
    file!("edit.js", SCRIPT),
    file!("live.js", SCRIPT),
    file!("search.js", SCRIPT),
    file!("token.js", SCRIPT),
];

/// The entity tag of each file.
static TAGS: LazyLock<HashMap<&str, String>> = LazyLock::new(|| {
    let tags = FILES
        .iter()
        .map(|(name, _, bytes)| (*name, conditional::tag(bytes)));
    tags.collect()
});

/// Where a file is, by an address that changes with it, so that it may be kept for ever.
pub(super) fn address(name: &str) -> String {
    let version: String = TAGS.get(name).map_or_else(String::new, |tag| {
        tag.chars()
            .filter(char::is_ascii_hexdigit)
            .take(12)
            .collect()
    });
    format!("/assets/{name}?v={version}")
}

/// `GET /assets/NAME`.
pub(super) async fn get(
    http: HttpRequest,
    name: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = FILES.iter().find(|(file, ..)| *file == name.as_str());
    let Some((file, media, bytes)) = found else {
        return Err(Problem::missing("There is no such file."));
    };
    let tag = &TAGS[file];
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_TYPE, *media))
        .insert_header((header::ETAG, tag.as_str()))
        .insert_header((header::CACHE_CONTROL, caching(&http, file)));
    if conditional::is_known(&http, tag) {
        return Ok(response
            .status(actix_web::http::StatusCode::NOT_MODIFIED)
            .finish());
    }
    Ok(response.body(*bytes))
}

/// Asked for by the address of this very version it never changes; the scripts that others import are asked for by
/// their bare names.
fn caching(http: &HttpRequest, name: &str) -> &'static str {
    if http.uri().path_and_query().map(|asked| asked.as_str()) == Some(&address(name)) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_imports_only_what_is_here() {
        for (name, media, bytes) in FILES {
            if media != SCRIPT {
                continue;
            }
            let text = std::str::from_utf8(bytes).expect("text");
            for imported in text.split("from \"./").skip(1) {
                let imported = imported.split('"').next().unwrap_or_default();
                assert!(
                    FILES.iter().any(|(file, ..)| *file == imported),
                    "{name} imports {imported}"
                );
            }
        }
    }

    #[test]
    fn a_file_has_an_address_of_its_version() {
        let address = address("style.css");
        let (_, version) = address.split_once("?v=").expect("a version");
        assert_eq!(version.len(), 12, "{address}");
    }
}
