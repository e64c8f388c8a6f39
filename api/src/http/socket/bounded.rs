//! The bytes of a WebSocket, up to the first frame that is larger than is read.
//!
//! The codec of actix-http 3.20 knows a limit, but looks at it only once the whole frame is in memory: 200 MB in one
//! frame took 450 MB. So the heads of the frames are looked at here, before.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::Stream;

/// Longest head of a frame without its mask.
const HEAD: usize = 10;
/// Bytes of a mask.
const MASK: u64 = 4;

/// A stream of the bytes of frames that ends with an error where a frame is too large.
pub(super) struct Bounded<S> {
    bytes: S,
    heads: Heads,
}

/// Where in a frame the bytes are.
struct Heads {
    largest: u64,
    /// So much of the next head is there.
    head: Vec<u8>,
    /// So much of the frame is to come before the next head.
    left: u64,
}

impl<S> Bounded<S> {
    pub(super) fn new(bytes: S, largest: usize) -> Self {
        Self {
            bytes,
            heads: Heads {
                largest: largest as u64,
                head: Vec::with_capacity(HEAD),
                left: 0,
            },
        }
    }
}

impl<S: Stream<Item = Result<Bytes, PayloadError>> + Unpin> Stream for Bounded<S> {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        Pin::new(&mut this.bytes).poll_next(context).map(|item| {
            item.map(|bytes| match bytes {
                Ok(bytes) if !this.heads.admit(&bytes) => Err(PayloadError::Overflow),
                other => other,
            })
        })
    }
}

impl Heads {
    /// Whether all frames that begin in these bytes are small enough.
    fn admit(&mut self, mut bytes: &[u8]) -> bool {
        loop {
            let passed = self.left.min(bytes.len() as u64);
            self.left -= passed;
            // It is no more than their length.
            bytes = &bytes[passed as usize..];
            let Some((first, rest)) = bytes.split_first() else {
                return true;
            };
            bytes = rest;
            self.head.push(*first);
            if let Some(length) = length(&self.head) {
                if length > self.largest {
                    return false;
                }
                let masked = self.head[1] & 0x80 != 0;
                self.left = length + if masked { MASK } else { 0 };
                self.head.clear();
            }
        }
    }
}

/// The length that the head of a frame announces, once enough of the head is there (RFC 6455, 5.2).
fn length(head: &[u8]) -> Option<u64> {
    let bytes = |count: usize| {
        let field = head.get(2..2 + count)?;
        Some(
            field
                .iter()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        )
    };
    match head.get(1)? & 0x7f {
        126 => bytes(2),
        127 => bytes(8),
        short => Some(short.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(length: u64) -> Vec<u8> {
        let mut frame = vec![0x81];
        match length {
            0..126 => frame.push(0x80 | length as u8),
            126..65_536 => {
                frame.push(0x80 | 126);
                frame.extend((length as u16).to_be_bytes());
            }
            _ => {
                frame.push(0x80 | 127);
                frame.extend(length.to_be_bytes());
            }
        }
        frame.extend([1, 2, 3, 4]);
        frame
    }

    #[test]
    fn a_frame_that_is_too_large_is_seen_by_its_head_however_the_bytes_are_cut() {
        let whole = |length: usize| {
            let mut bytes = frame(length as u64);
            bytes.extend(vec![0xff; length]);
            bytes
        };
        let fits = [
            whole(0),
            whole(5),
            whole(125),
            whole(126),
            whole(70_000),
            whole(1),
        ]
        .concat();
        for size in [1, 2, 3, 7, 1_000, fits.len()] {
            let mut heads = Bounded::new((), 70_000).heads;
            assert!(fits.chunks(size).all(|bytes| heads.admit(bytes)));
            let mut cut = frame(70_001);
            cut.truncate(10);
            let parts: Vec<bool> = cut.chunks(size).map(|bytes| heads.admit(bytes)).collect();
            assert_eq!(parts.last(), Some(&false), "in pieces of {size}");
        }
        for length in [u64::MAX, u64::MAX - 3, 1 << 63] {
            assert!(
                !Bounded::new((), usize::MAX >> 1)
                    .heads
                    .admit(&frame(length))
            );
        }
    }
}
