//! The secret of a token: made once, shown once, kept only as its hash.

use std::fmt;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// How every secret begins, so that one that leaked is recognised.
const PREFIX: &str = "cmq_";

/// Random bytes of a secret: no one guesses 256 bits, so a plain hash keeps it as well as a slow one would.
const BYTES: usize = 32;

/// The secret of a token. It is not shown by `Debug`, so that no log has it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Secret {
    /// A new one, from the system's source of randomness.
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(format!("{PREFIX}{}", BASE64URL_NOPAD.encode(&bytes))))
    }

    /// What was presented, if it has the form of a secret.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD
            .decode(text.strip_prefix(PREFIX)?.as_bytes())
            .ok()?;
        (bytes.len() == BYTES).then(|| Self(text.to_owned()))
    }

    /// To be shown to whoever made the token, once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// SHA-256 in hex: what is stored.
    pub(super) fn hash(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.0.as_bytes()))
    }

    /// Whether this is the hash of it, told in the same time whatever the hashes have in common.
    pub(super) fn has_hash(&self, stored: &str) -> bool {
        self.hash().as_bytes().ct_eq(stored.as_bytes()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_random_and_of_one_form() -> Result<(), getrandom::Error> {
        let (one, other) = (Secret::random()?, Secret::random()?);
        assert_ne!(one, other);
        assert_eq!(one.reveal().len(), 47);
        assert_eq!(Secret::parse(one.reveal()), Some(one.clone()));
        assert!(one.has_hash(&one.hash()));
        assert!(!one.has_hash(&other.hash()));
        assert!(!one.has_hash(""));
        assert!(!format!("{one:?}").contains(&one.reveal()[4..]));
        Ok(())
    }

    #[test]
    fn what_has_not_the_form_of_a_secret_is_none() {
        let letters = "A".repeat(43);
        for text in [
            "",
            "cmq_",
            &letters,
            &format!("cmq_{}", &letters[1..]),
            &format!("cmq_{letters}A"),
            &format!("cmq_{} ", &letters[1..]),
            &format!("CMQ_{letters}"),
        ] {
            assert_eq!(Secret::parse(text), None, "{text}");
        }
    }
}
