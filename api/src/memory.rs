//! Memory that the allocator keeps though nothing is in it.

/// Give the system back what was freed, by whichever thread. The allocator keeps it until something else is allocated, and
/// after a burst on threads that have nothing more to do, that may be never. To be called after such bursts, not for each
/// request: what is needed again has to be asked for again.
///
/// Does nothing in a program whose allocator is another.
#[allow(
    unsafe_code,
    reason = "the allocator has no safe function for it; this one may be called at any time, by any thread"
)]
pub(crate) fn give_back() {
    // SAFETY: takes no pointer, and frees nothing that is in use.
    unsafe { libmimalloc_sys::mi_collect(true) }
}
