//! Article ids as numbers, in the order of their texts.

use data_encoding::BASE32HEX_NOPAD;
use entity::id::ArticleId;

/// The eighty bits of an article's id: the first sixty-four and the last sixteen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    pub(super) high: u64,
    pub(super) low: u64,
}

impl Key {
    /// The key of an id; none if it is no article's.
    pub(super) fn of(id: &ArticleId) -> Option<Self> {
        let digits = ArticleId::parse(id.as_str())?;
        let digits = digits.as_str()[ArticleId::PREFIX.len()..].to_ascii_uppercase();
        let bytes = BASE32HEX_NOPAD.decode(digits.as_bytes()).ok()?;
        let (high, low) = bytes.split_first_chunk::<8>()?;
        Some(Self {
            high: u64::from_be_bytes(*high),
            low: u64::from(u16::from_be_bytes(low.try_into().ok()?)),
        })
    }

    /// The id.
    pub(super) fn id(self) -> ArticleId {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.high.to_be_bytes());
        bytes[8..].copy_from_slice(&self.low.to_be_bytes()[6..]);
        let digits = BASE32HEX_NOPAD.encode(&bytes).to_ascii_lowercase();
        ArticleId(format!("{}{digits}", ArticleId::PREFIX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_gives_back_its_id_and_its_order() {
        let mut ids: Vec<ArticleId> = (0..50)
            .map(|number| ArticleId::of(&[&number.to_string()]))
            .collect();
        ids.sort();
        let keys: Vec<Key> = ids.iter().filter_map(Key::of).collect();
        assert!(keys.is_sorted());
        assert_eq!(keys.into_iter().map(Key::id).collect::<Vec<_>>(), ids);
        assert_eq!(Key::of(&ArticleId("page_0".to_owned())), None);
    }
}
