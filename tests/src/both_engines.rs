//! One test body, run on both engines.

use std::fmt::Debug;
use std::future::Future;

use crate::database::{Engine, Fresh, runtime};

/// What a test body may return: nothing, or a result whose error fails the test.
pub trait Verdict {
    /// Panics with the error, if there is one.
    fn deliver(self);
}

impl Verdict for () {
    fn deliver(self) {}
}

impl<E: Debug> Verdict for Result<(), E> {
    fn deliver(self) {
        if let Err(error) = self {
            panic!("{error:?}");
        }
    }
}

/// Runs an asynchronous body on a fresh database; skips as [`Fresh::new`] does. [`on_both_engines!`](crate::on_both_engines) calls it.
///
/// # Panics
///
/// As [`Fresh::new`] and the body do.
pub fn block_on<F, T>(engine: Engine, body: impl FnOnce(Fresh) -> F)
where
    F: Future<Output = T>,
    T: Verdict,
{
    with(engine, |database| runtime().block_on(body(database)));
}

/// Runs a body on a fresh database; skips as [`Fresh::new`] does. [`on_both_engines!`](crate::on_both_engines) calls it.
///
/// # Panics
///
/// As [`Fresh::new`] and the body do.
pub fn with<T: Verdict>(engine: Engine, body: impl FnOnce(Fresh) -> T) {
    if let Some(database) = Fresh::new(engine) {
        body(database).deliver();
    }
}

/// One test body, two tests: `name::sqlite` and `name::postgres`, each with a fresh database.
///
/// ```ignore
/// on_both_engines!(a_page_ingested_twice_changes_nothing, async |database| {
///     let store = Store::connect(database.url()).await.expect("connects");
/// });
/// on_both_engines!(status_of_an_empty_archive_is_all_zero, |database| -> Result<(), Error> {
///     // the same without a runtime
/// });
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($(#[$attribute:meta])* $name:ident, async |$database:ident| $(-> $output:ty)? $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn on_one_engine($database: $crate::Fresh) $(-> $output)? $body

            $crate::on_both_engines!(@tests block_on, $(#[$attribute])*);
        }
    };
    ($(#[$attribute:meta])* $name:ident, |$database:ident| $(-> $output:ty)? $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            fn on_one_engine($database: $crate::Fresh) $(-> $output)? $body

            $crate::on_both_engines!(@tests with, $(#[$attribute])*);
        }
    };
    (@tests $run:ident, $(#[$attribute:meta])*) => {
        $(#[$attribute])*
        #[test]
        fn sqlite() {
            $crate::both_engines::$run($crate::Engine::Sqlite, on_one_engine);
        }

        $(#[$attribute])*
        #[test]
        fn postgres() {
            $crate::both_engines::$run($crate::Engine::Postgres, on_one_engine);
        }
    };
}
