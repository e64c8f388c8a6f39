//! Automatic persisted queries: a client sends the hash of a document alone, and the text only when we do not have it.
//!
//! The protocol is Apollo's: `extensions.persistedQuery { version: 1, sha256Hash }`. Its clients know it by its codes and
//! its very messages, so these stand here as they expect them.

use std::fmt::{self, Display, Formatter};
use std::sync::Arc;

use actix_web::http::StatusCode;
use data_encoding::HEXLOWER_PERMISSIVE;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::refusal::Refusal;
use crate::graphql::Code;

/// Bytes of documents that are remembered: some thousand documents of an application.
const CAPACITY: u64 = 8 << 20;

/// What a document costs beside its text, in bytes.
const OVERHEAD: u64 = 128;

/// The hash of a document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Hash([u8; 32]);

impl Hash {
    /// Of a text.
    pub(super) fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// Out of 64 hexadecimal digits.
    pub(super) fn parse(hex: &str) -> Option<Self> {
        let bytes = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The hash that the extensions of a request name, if any.
    pub(super) fn asked(extensions: &Map<String, Value>) -> Result<Option<Self>, Refusal> {
        let Some(asked) = extensions.get("persistedQuery") else {
            return Ok(None);
        };
        if asked.get("version").and_then(Value::as_u64) != Some(1) {
            return Err(Refusal::malformed(
                "Unsupported persisted query version; expected persistedQuery { version: 1, sha256Hash }",
            ));
        }
        let hash = asked.get("sha256Hash").and_then(Value::as_str);
        hash.and_then(Self::parse).map(Some).ok_or_else(|| {
            Refusal::malformed(
                "persistedQuery.sha256Hash is not a hash; expected 64 hexadecimal digits",
            )
        })
    }
}

impl Display for Hash {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&HEXLOWER_PERMISSIVE.encode(&self.0))
    }
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Hash, Arc<str>> for Bytes {
    fn weight(&self, _: &Hash, text: &Arc<str>) -> u64 {
        text.len() as u64 + OVERHEAD
    }
}

/// The documents that clients have sent with their hash; those long not asked for give way.
pub(super) struct Persisted(Cache<Hash, Arc<str>, Bytes>);

impl Persisted {
    pub(super) fn new() -> Self {
        let documents = usize::try_from(CAPACITY >> 10).unwrap_or(usize::MAX);
        Self(Cache::with_weighter(documents, CAPACITY, Bytes))
    }

    /// The text of this hash.
    pub(super) fn text(&self, hash: Hash) -> Result<Arc<str>, Refusal> {
        self.0.get(&hash).ok_or_else(|| {
            Refusal::of_graphql(
                StatusCode::BAD_REQUEST,
                Code::PersistedQueryNotFound,
                "PersistedQueryNotFound",
            )
        })
    }

    /// Remember a text that proved to be a document.
    pub(super) fn keep(&self, hash: Hash, text: &str) {
        if self.0.get(&hash).is_none() {
            self.0.insert(hash, Arc::from(text));
        }
    }
}

/// Refuse a text that is not of the hash it came with.
pub(super) fn matches(text: &str, hash: Hash) -> Result<(), Refusal> {
    if Hash::of(text) == hash {
        return Ok(());
    }
    Err(Refusal::malformed("provided sha does not match query"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asked(extensions: Value) -> Result<Option<Hash>, Refusal> {
        let Value::Object(extensions) = extensions else {
            unreachable!("extensions are an object")
        };
        Hash::asked(&extensions)
    }

    #[test]
    fn a_hash_is_read_out_of_the_extensions() {
        let hex = "ab".repeat(32);
        let one = |version: Value, hash: &str| json!({ "persistedQuery": { "version": version, "sha256Hash": hash } });
        assert_eq!(asked(json!({})).expect("nothing asked"), None);
        for right in [hex.clone(), hex.to_uppercase()] {
            let found = asked(one(json!(1), &right)).expect("a hash");
            assert_eq!(found, Some(Hash([0xab; 32])));
        }
        for wrong in [
            one(json!(2), &hex),
            one(json!("1"), &hex),
            one(json!(1), "ab"),
            one(json!(1), &"xy".repeat(32)),
            json!({ "persistedQuery": 1 }),
        ] {
            assert!(asked(wrong.clone()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_remembered_is_bounded_by_its_bytes() {
        let persisted = Persisted::new();
        let long = "a".repeat(100_000);
        for number in 0..1_000 {
            let text = format!("{long}{number}");
            persisted.keep(Hash::of(&text), &text);
        }
        assert!(persisted.0.weight() <= CAPACITY, "{}", persisted.0.weight());
        assert!(persisted.0.len() > 1, "nothing is remembered");
        let last = format!("{long}999");
        assert_eq!(
            persisted.text(Hash::of(&last)).ok().as_deref(),
            Some(&*last)
        );
        let unknown = persisted
            .text(Hash::of("{ a }"))
            .map_err(|refusal| refusal.error.message);
        assert_eq!(unknown, Err("PersistedQueryNotFound".to_owned()));
    }
}
