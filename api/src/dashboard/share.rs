//! How the articles divide: rows with a name, a number and a bar as long as the number is large.

/// One part of a whole.
#[derive(Debug)]
pub(super) struct Share {
    pub(super) name: String,
    /// Where its articles are listed; empty where there is no such list.
    pub(super) href: String,
    pub(super) count: u64,
    /// Length of the bar: of the longest, in per cent.
    pub(super) length: u64,
}

/// Rows of these names, addresses and numbers.
pub(super) fn shares(parts: impl IntoIterator<Item = (String, String, u64)>) -> Vec<Share> {
    let mut rows: Vec<Share> = parts
        .into_iter()
        .map(|(name, href, count)| Share {
            name,
            href,
            count,
            length: 0,
        })
        .collect();
    let longest = rows
        .iter()
        .map(|row| row.count)
        .max()
        .unwrap_or_default()
        .max(1);
    for row in &mut rows {
        row.length = (row.count * 100).div_ceil(longest);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_numbers_are_large() {
        let lengths = |counts: &[u64]| -> Vec<u64> {
            let parts = counts
                .iter()
                .map(|count| (String::new(), String::new(), *count));
            shares(parts).iter().map(|share| share.length).collect()
        };
        assert_eq!(lengths(&[4, 2, 0]), [100, 50, 0]);
        assert_eq!(lengths(&[1000, 1]), [100, 1]);
        assert_eq!(lengths(&[0]), [0]);
        assert_eq!(lengths(&[]), [] as [u64; 0]);
    }
}
