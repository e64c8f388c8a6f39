//! Telling a door when a subscription has begun.

use std::sync::Mutex;

use tokio::sync::oneshot;

/// Data of a request: tells once that its subscription is live, which is that no event from now on is missed.
#[derive(Debug)]
pub struct Live(Mutex<Option<oneshot::Sender<()>>>);

impl Live {
    /// The data, and who waits for it. The wait also ends, by an error, when the request ends before it is live.
    pub fn channel() -> (Self, oneshot::Receiver<()>) {
        let (sender, receiver) = oneshot::channel();
        (Self(Mutex::new(Some(sender))), receiver)
    }

    pub(super) fn set(&self) {
        let sender = self.0.lock().ok().and_then(|mut sender| sender.take());
        if let Some(sender) = sender {
            // Whoever waited may be gone.
            let _ = sender.send(());
        }
    }
}
