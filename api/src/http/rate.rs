//! How often may be asked: so many requests a minute for each address, and for each token.

use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::{StateInformationMiddleware, StateSnapshot};
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// After so many requests those are forgotten who could ask as if they never had. So the memory is bounded by how many
/// addresses ask within a minute, whatever comes over the years.
const SWEEP: u32 = 4_096;

/// So many requests a minute, as it is typed: `600/min`, or `off`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate(pub Option<NonZeroU32>);

impl Rate {
    /// For each address, unless told otherwise: ten a second, more than a person or a dashboard asks.
    pub const OF_AN_ADDRESS: Self = Self(NonZeroU32::new(600));
    /// For each token, unless told otherwise.
    pub const OF_A_TOKEN: Self = Self(NonZeroU32::new(6_000));
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "off" {
            return Ok(Self(None));
        }
        let number = text.strip_suffix("/min").unwrap_or(text);
        let number = number.parse().map_err(|_| {
            format!("{text:?} is no rate; expected a number of requests a minute from 1 on, as in 600/min, or off")
        })?;
        Ok(Self(Some(number)))
    }
}

/// Counts the requests of each who asks. The whole of a minute may be asked at once unless a smaller burst is set;
/// what was used comes back evenly over the minute.
pub(super) struct Limiter<K: std::hash::Hash + Eq + Clone> {
    limiter: RateLimiter<K, DashMapStateStore<K>, DefaultClock, StateInformationMiddleware>,
    a_minute: NonZeroU32,
    burst: NonZeroU32,
    since_sweep: AtomicU32,
}

/// Whether a request may pass, and what may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// How long to wait before the next; none if this one passes.
    pub(super) wait: Option<Duration>,
    a_minute: u32,
    burst: u32,
    remaining: u32,
}

impl<K: std::hash::Hash + Eq + Clone> Limiter<K> {
    pub(super) fn new(a_minute: NonZeroU32, burst: Option<NonZeroU32>) -> Self {
        let burst = burst.unwrap_or(a_minute);
        let quota = Quota::per_minute(a_minute).allow_burst(burst);
        Self {
            limiter: RateLimiter::dashmap(quota).with_middleware(),
            a_minute,
            burst,
            since_sweep: AtomicU32::new(0),
        }
    }

    /// Count a request.
    pub(super) fn count(&self, who: &K) -> Standing {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) == SWEEP {
            self.since_sweep.store(0, Ordering::Relaxed);
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let standing = |wait, remaining| Standing {
            wait,
            a_minute: self.a_minute.get(),
            burst: self.burst.get(),
            remaining,
        };
        match self.limiter.check_key(who) {
            Ok(snapshot) => standing(None, StateSnapshot::remaining_burst_capacity(&snapshot)),
            Err(until) => standing(Some(until.wait_time_from(self.limiter.clock().now())), 0),
        }
    }

    #[cfg(test)]
    fn remembered(&self) -> usize {
        self.limiter.len()
    }
}

impl Standing {
    /// Say it in the headers of the IETF draft, and with `Retry-After` where the request does not pass.
    pub(super) fn tell(self, headers: &mut HeaderMap) {
        let used = u64::from(self.burst - self.remaining.min(self.burst));
        let reset = (used * 60).div_ceil(u64::from(self.a_minute));
        headers.insert(LIMIT, HeaderValue::from(self.burst));
        headers.insert(REMAINING, HeaderValue::from(self.remaining));
        headers.insert(RESET, HeaderValue::from(reset));
        let policy = format!("{};w=60;burst={}", self.a_minute, self.burst);
        if let Ok(policy) = HeaderValue::try_from(policy) {
            headers.insert(POLICY, policy);
        }
        if self.wait.is_some() {
            headers.insert(RETRY_AFTER, HeaderValue::from(self.seconds_to_wait()));
        }
    }

    /// Whole seconds to wait, at least one where there is anything to wait for.
    pub(super) fn seconds_to_wait(self) -> u64 {
        self.wait.map_or(0, |wait| {
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_number_a_minute_or_off() {
        let of = |number| Ok(Rate(NonZeroU32::new(number)));
        assert_eq!("600/min".parse::<Rate>(), of(600));
        assert_eq!("7".parse::<Rate>(), of(7));
        assert_eq!("off".parse::<Rate>(), Ok(Rate(None)));
        for text in ["", "0", "0/min", "-1", "600/s", "5000000000", "many"] {
            assert!(text.parse::<Rate>().is_err(), "{text}");
        }
    }

    #[test]
    fn each_who_asks_is_counted_alone_and_told_how_long_to_wait() {
        let limiter = Limiter::new(NonZeroU32::MIN, NonZeroU32::new(2));
        assert_eq!(limiter.count(&"a").remaining, 1);
        assert_eq!(limiter.count(&"a").wait, None);
        let third = limiter.count(&"a");
        assert!((1..=60).contains(&third.seconds_to_wait()), "{third:?}");
        assert_eq!(limiter.count(&"b").wait, None);
        let mut headers = HeaderMap::new();
        third.tell(&mut headers);
        assert_eq!(
            headers
                .get("ratelimit-remaining")
                .map(HeaderValue::as_bytes),
            Some(&b"0"[..])
        );
        assert_eq!(
            headers.get("ratelimit-reset").map(HeaderValue::as_bytes),
            Some(&b"120"[..])
        );
        assert!(headers.contains_key("retry-after"));
    }

    #[test]
    fn those_who_asked_once_are_forgotten() {
        // At a million a minute one request is made up for within 60 microseconds.
        let limiter = Limiter::new(NonZeroU32::new(1_000_000).unwrap_or(NonZeroU32::MIN), None);
        for address in 0..100_000_u32 {
            limiter.count(&address);
        }
        assert!(
            limiter.remembered() <= 2 * SWEEP as usize,
            "{}",
            limiter.remembered()
        );
    }
}
