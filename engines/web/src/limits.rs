//! How often something may be tried: one limiter per guessable thing, by address and by name.

use governor::{Quota, RateLimiter, clock::Clock as _, clock::DefaultClock, state::keyed::DefaultKeyedStateStore};
use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use crate::error::Error;

/// A limit of `burst` tries at once, refilled evenly. Forgets whom it has not seen for a while.
pub struct Limit {
    limiter: RateLimiter<u64, DefaultKeyedStateStore<u64>, DefaultClock>,
    hasher: std::hash::RandomState,
}

impl Limit {
    /// `burst` tries, one more after every `refill`.
    pub fn new(burst: u32, refill: Duration) -> Self {
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(refill).unwrap_or_else(|| Quota::per_second(burst)).allow_burst(burst);
        Self { limiter: RateLimiter::keyed(quota), hasher: std::hash::RandomState::new() }
    }

    /// Counts one try by this address (an IPv6 network of /64 is one address: that is what one household gets).
    pub fn by_address(&self, address: IpAddr) -> Result<(), Error> {
        match address {
            IpAddr::V4(address) => self.by(&address),
            IpAddr::V6(address) => self.by(&(u128::from(address) >> 64)),
        }
    }

    /// Counts one try at this key, such as the name that somebody tries to sign in with.
    pub fn by(&self, key: &impl std::hash::Hash) -> Result<(), Error> {
        use std::hash::BuildHasher as _;
        if self.limiter.len() > 100_000 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&self.hasher.hash_one(key)).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            Error::TooMany { seconds: wait.as_secs() + 1 }
        })
    }
}
