//! Stable, opaque ids: derived from what identifies a thing, so that reading a page again finds the same thing again.

use data_encoding::BASE32HEX_NOPAD;
use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Length of a digest in characters.
const DIGEST: usize = 16;

/// Sixteen characters (80 bits) of the SHA-256 of the parts, each ended by a NUL so that no two lists of parts collide.
fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut text = BASE32HEX_NOPAD.encode(&hash.finalize()[..10]);
    text.make_ascii_lowercase();
    text
}

/// What every id can do, being text.
macro_rules! text {
    ($name:ident) => {
        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        // SeaORM asks this of every key, for those that the database counts up; ours are given.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    };
}

macro_rules! id {
    ($name:ident, $prefix:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(
            Clone,
            Debug,
            PartialEq,
            Eq,
            Hash,
            PartialOrd,
            Ord,
            Serialize,
            Deserialize,
            DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// How every id of this kind begins.
            pub const PREFIX: &'static str = $prefix;

            /// The id of the thing that these parts identify.
            pub fn of(parts: &[&str]) -> Self {
                Self(format!("{}{}", $prefix, digest(parts)))
            }

            /// The id that `text` is, if it is one of this kind.
            pub fn parse(text: &str) -> Option<Self> {
                let digest = text.strip_prefix($prefix)?;
                let whole = digest.len() == DIGEST && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'v'));
                whole.then(|| Self(text.to_owned()))
            }
        }

        text!($name);
    };
}

id!(
    PageId,
    "page_",
    "Id of a page: of its source and the hash of its bytes."
);
id!(
    ArticleId,
    "art_",
    "Id of an article: of its source, title, date and, where several share these, a running number."
);

id!(TokenId, "tok_", "Id of a token: of its name.");

id!(
    EditionId,
    "ed_",
    "Id of an edition of a digest: of the digest's name and the articles in it."
);

/// Id of a topic, as its vocabulary gives it (`medtop:05000000`).
#[derive(
    Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, DeriveValueType,
)]
#[serde(transparent)]
pub struct TopicId(pub String);

text!(TopicId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_nothing_but_its_parts() {
        assert_eq!(
            ArticleId::of(&["source", "title"]),
            ArticleId::of(&["source", "title"])
        );
        assert!(
            ArticleId::of(&["source", "title"])
                .as_str()
                .starts_with("art_")
        );
    }

    #[test]
    fn an_id_is_told_from_what_is_none() {
        let id = PageId::of(&["source"]);
        assert_eq!(PageId::parse(id.as_str()), Some(id.clone()));
        for text in [
            "",
            "page_",
            &id.as_str()[..20],
            "page_ABCDEFGHIJKLMNOP",
            ArticleId::of(&["x"]).as_str(),
        ] {
            assert_eq!(PageId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(PageId::of(&["ab", "c"]), PageId::of(&["a", "bc"]));
        assert_ne!(PageId::of(&["ab"]), PageId::of(&["ab", ""]));
    }
}
