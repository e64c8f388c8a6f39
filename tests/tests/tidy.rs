//! The house rules that a machine can hold. Each failure says what, where, and what would be right.
//!
//! A rule is a function from a file to complaints, so that each is shown, beside it, to complain when it should.

#[path = "tidy/checkout.rs"]
mod checkout;
#[path = "tidy/clippings.rs"]
mod clippings;
#[path = "tidy/containers.rs"]
mod containers;
#[path = "tidy/files.rs"]
mod files;
#[path = "tidy/manifests.rs"]
mod manifests;
#[path = "tidy/places.rs"]
mod places;
#[path = "tidy/readme.rs"]
mod readme;
#[path = "tidy/words.rs"]
mod words;
