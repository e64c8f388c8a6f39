//! The GraphQL playground: one page for browsers and the files it asks for, held in the binary, so that it works with no
//! network. `api/build.rs` puts in the bundle that `make playground` makes; when there was none at build time, the page
//! says so, and is the only one that reaches for the internet.

include!(concat!(env!("OUT_DIR"), "/playground.rs"));

/// The page itself, for `GET /graphql` from a browser: it sends its queries to the path it was loaded from.
/// Serve it with [`CONTENT_SECURITY_POLICY`].
pub fn page() -> &'static Asset {
    &PAGE
}

/// The file at `/playground/{path}`, if there is one. Only whole names are looked up: nothing is read from a disk.
pub fn asset(path: &str) -> Option<&'static Asset> {
    let found = ASSETS.binary_search_by(|asset| asset.path.cmp(path)).ok()?;
    ASSETS.get(found)
}

/// One file of the playground with the headers it is to be served with.
#[derive(Debug)]
pub struct Asset {
    /// Its name, without a folder.
    pub path: &'static str,
    /// For `Content-Type`, with the charset where it has one.
    pub media_type: &'static str,
    /// For `Cache-Control`.
    pub cache_control: &'static str,
    /// The file as it is.
    pub identity: Content,
    /// The file compressed by brotli, for a client that accepts `br`; none where that would not make it smaller.
    pub brotli: Option<Content>,
}

/// One form of a file. A response that could have been another form needs `Vary: Accept-Encoding`.
#[derive(Debug)]
pub struct Content {
    /// Strong entity tag of these bytes (RFC 9110 §8.8.3), quotes included.
    pub etag: &'static str,
    /// The body.
    pub bytes: &'static [u8],
}

/// `Content-Security-Policy` of the page: nothing from elsewhere is run, loaded or connected to, and no site may frame it.
/// The editor writes its own style elements, hence `unsafe-inline` for styles alone. The page of a server built without
/// the bundle may load GraphiQL from one content delivery network, by fixed version and checksum.
pub const CONTENT_SECURITY_POLICY: &str = if BUNDLED {
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; \
     font-src 'self' data:; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
} else {
    "default-src 'none'; script-src 'self' https://cdn.jsdelivr.net; \
     style-src 'self' 'unsafe-inline' https://cdn.jsdelivr.net; \
     font-src data:; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
};

/// The name changes with the content: a year is what "for ever" is on the web.
#[allow(dead_code, reason = "only the files of a bundle have such names")]
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The same name for every version: keep it, but ask before using it.
const ASK_AGAIN: &str = "no-cache";

#[cfg(test)]
mod tests {
    use super::*;

    fn text(asset: &Asset) -> &'static str {
        std::str::from_utf8(asset.identity.bytes).expect("the page is UTF-8")
    }

    /// What the page refers to by `src` and `href`.
    fn references(page: &str) -> Vec<&str> {
        ["src=\"", "href=\""]
            .iter()
            .flat_map(|attribute| page.split(attribute).skip(1))
            .map(|rest| rest.split('"').next().unwrap_or_default())
            .collect()
    }

    #[test]
    fn everything_the_page_asks_of_this_server_is_in_the_binary() {
        let own: Vec<_> = references(text(page()))
            .into_iter()
            .filter(|url| url.starts_with('/'))
            .collect();
        assert!(own.len() >= 2, "{own:?}");
        for url in own {
            let path = url
                .strip_prefix("/playground/")
                .unwrap_or_else(|| panic!("{url} is not under /playground/"));
            assert!(asset(path).is_some(), "{url} is not in the binary");
        }
    }

    #[test]
    fn only_the_page_of_a_server_built_without_the_bundle_refers_to_another_host() {
        let foreign = references(text(page()))
            .iter()
            .any(|url| !url.starts_with('/'));
        assert_eq!(foreign, !BUNDLED);
        assert_eq!(CONTENT_SECURITY_POLICY.contains("https://"), !BUNDLED);
    }

    #[test]
    fn a_page_without_the_bundle_names_the_command_that_makes_it() {
        assert_eq!(text(page()).contains("make playground"), !BUNDLED);
    }

    #[test]
    fn every_file_is_found_by_its_name_and_no_other_is() {
        for file in ASSETS {
            assert!(
                asset(file.path).is_some_and(|found| std::ptr::eq(found, file)),
                "{} is not found",
                file.path
            );
        }
        for path in [
            "",
            "index.html",
            ".gitignore",
            "../build.rs",
            "/playground/absent.js",
            "index.js.br",
        ] {
            assert!(asset(path).is_none(), "{path:?} is served");
        }
    }

    #[test]
    fn entity_tags_are_quoted_and_differ_between_files_and_forms() {
        let forms = std::iter::once(page())
            .chain(ASSETS)
            .flat_map(|file| [Some(&file.identity), file.brotli.as_ref()]);
        let mut tags: Vec<_> = forms.flatten().map(|form| form.etag).collect();
        let count = tags.len();
        assert!(
            tags.iter()
                .all(|tag| tag.len() == 18 && tag.starts_with('"') && tag.ends_with('"')),
            "{tags:?}"
        );
        tags.sort_unstable();
        tags.dedup();
        assert_eq!(tags.len(), count);
    }

    #[test]
    fn only_names_that_carry_a_hash_of_the_content_are_kept_for_ever() {
        assert_eq!(page().cache_control, ASK_AGAIN);
        for file in ASSETS.iter().filter(|file| file.cache_control == FOR_EVER) {
            // The bundler's names end in a hyphen and eight characters of hash, themselves hyphens at times.
            let stem = file.path.rsplit_once('.').map_or("", |(stem, _)| stem);
            let hyphen = stem
                .len()
                .checked_sub(9)
                .and_then(|place| stem.as_bytes().get(place));
            assert_eq!(hyphen, Some(&b'-'), "{} carries no hash", file.path);
        }
    }

    #[test]
    fn the_compressed_form_is_the_smaller_one() {
        for file in ASSETS {
            if let Some(brotli) = &file.brotli {
                assert!(
                    brotli.bytes.len() < file.identity.bytes.len(),
                    "{}",
                    file.path
                );
            }
        }
    }
}
