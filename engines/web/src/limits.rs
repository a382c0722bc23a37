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
        match address.to_canonical() {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn tries(limit: &Limit, address: &str) -> Result<(), Error> {
        limit.by_address(address.parse().unwrap())
    }

    #[test]
    fn the_try_after_the_last_is_told_how_long_to_wait() {
        let limit = Limit::new(2, Duration::from_secs(60));
        assert!(limit.by(&"rosa").is_ok() && limit.by(&"rosa").is_ok());
        let Err(Error::TooMany { seconds }) = limit.by(&"rosa") else { panic!("a third try was let through") };
        assert!((1..=61).contains(&seconds));
        assert!(limit.by(&"ana").is_ok(), "another key has tries of its own");
    }

    #[test]
    fn an_ipv6_household_shares_its_tries_and_ipv4_clients_do_not() {
        let limit = Limit::new(1, Duration::from_secs(60));
        assert!(tries(&limit, "2001:db8:1:2::1").is_ok() && tries(&limit, "2001:db8:1:2::9").is_err());
        assert!(tries(&limit, "2001:db8:1:3::1").is_ok());
        assert!(tries(&limit, "::ffff:192.0.2.1").is_ok() && tries(&limit, "::ffff:192.0.2.2").is_ok());
        assert!(tries(&limit, "192.0.2.1").is_err(), "the same client, however the socket shows it");
    }
}
