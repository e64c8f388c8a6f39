//! The only place that asks what time it is.

use chrono::{DateTime, SubsecRound, Utc};

/// Where the present moment comes from: the system, or a test that says so.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The system's clock.
    System,
    /// Always this moment.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// Now, to the microsecond, which is what PostgreSQL keeps.
    #[allow(clippy::disallowed_methods)]
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now().trunc_subsecs(6),
            Self::Fixed(moment) => moment,
        }
    }
}
