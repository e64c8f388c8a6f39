//! Which windows are computed together: only those of about the same length, so that little is spent on padding.

/// Windows are padded to a multiple of this, which costs little and still lets batches fill up. A window's width depends
/// on its own length alone, never on its neighbours', so that its result does not either.
const STEP: usize = 4;

/// The least padded length. MKL multiplies matrices of fewer than 16 rows in another order (measured: a batch of
/// one window of 8), and a sentence alone must give the same bits as in a crowd.
const LEAST: usize = 16;

/// Pieces in one batch, padding included: enough to keep the cores busy, small enough to stay in their caches.
const BUDGET: usize = 1024;

/// A batch: indices of windows, all padded to `width`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Batch {
    pub(super) width: usize,
    pub(super) rows: Vec<usize>,
}

/// Arrange windows of these lengths into batches, the shortest first.
pub(super) fn arrange(lengths: &[usize]) -> Vec<Batch> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&index| width(lengths[index]));
    let mut batches: Vec<Batch> = Vec::new();
    for index in order {
        let width = width(lengths[index]);
        match batches.last_mut() {
            Some(batch) if batch.width == width && (batch.rows.len() + 1) * width <= BUDGET => {
                batch.rows.push(index);
            }
            _ => batches.push(Batch {
                width,
                rows: vec![index],
            }),
        }
    }
    batches
}

fn width(length: usize) -> usize {
    length.next_multiple_of(STEP).max(LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_of_like_length_share_a_batch() {
        let batches = arrange(&[5, 30, 8, 31, 9]);
        let expected = [(16, vec![0, 2, 4]), (32, vec![1, 3])];
        let expected = expected.map(|(width, rows)| Batch { width, rows });
        assert_eq!(batches, expected);
    }

    #[test]
    fn no_batch_exceeds_the_budget_and_none_is_empty() {
        let lengths: Vec<usize> = (0..5000).map(|n| n * 7 % 257).collect();
        let mut seen = vec![0; lengths.len()];
        for batch in arrange(&lengths) {
            assert!(!batch.rows.is_empty() && batch.rows.len() * batch.width <= BUDGET);
            for row in batch.rows {
                assert!(
                    lengths[row] <= batch.width
                        && (batch.width < lengths[row] + STEP || batch.width == LEAST)
                );
                seen[row] += 1;
            }
        }
        assert!(seen.iter().all(|&times| times == 1));
    }
}
