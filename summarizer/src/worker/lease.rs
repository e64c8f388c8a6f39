//! Keeping leases alive while the model runs.

use std::time::Duration;

use crate::queue::Queue;

/// Renew this worker's leases three times in their length, for ever. A renewal that fails is tried again at the
/// next; if all fail, the leases end and the results are refused, which is what leases are for.
pub(super) async fn keep(queue: &Queue) {
    let third = queue.terms().lease / 3;
    let every = third
        .to_std()
        .unwrap_or_default()
        .max(Duration::from_millis(100));
    loop {
        tokio::time::sleep(every).await;
        if let Err(error) = queue.renew().await {
            tracing::warn!(%error, "leases not renewed");
        }
    }
}
