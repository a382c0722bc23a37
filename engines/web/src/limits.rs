//! How often something may be tried: one limiter per guessable thing, by address and by name.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, Hash, RandomState},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::error::Error;

/// So many keys are remembered before those are forgotten whose tries are all there again.
const REMEMBERED: usize = 100_000;

/// A limit of `burst` tries at once, refilled evenly: the generic cell rate algorithm (ITU-T I.371, annex A), which keeps one
/// time per key. Tries can be given back, which no limiter that is published does: a household, or an office, whose people all know
/// their passwords is not kept from signing in.
pub struct Limit {
    refill: Duration,
    /// How far ahead of now a key may be used up and have one more try.
    ahead: Duration,
    keys: RandomState,
    used: Mutex<Used>,
}

/// Until when each key is used up.
#[derive(Default)]
struct Used {
    until: HashMap<u64, Instant>,
    /// At so many keys, those are looked for that can be forgotten.
    crowded: usize,
}

/// One try, which has been counted.
pub struct Try<'a> {
    limit: &'a Limit,
    key: u64,
}

impl Try<'_> {
    /// Counts it no more: what was tried was right, and nothing was guessed.
    pub fn give_back(self) {
        let mut used = self.limit.used();
        if let Some(until) = used.until.get_mut(&self.key)
            && let Some(earlier) = until.checked_sub(self.limit.refill)
        {
            *until = earlier;
        }
    }
}

impl Limit {
    /// `burst` tries, one more after every `refill`.
    pub fn new(burst: u32, refill: Duration) -> Self {
        Self { refill, ahead: refill * burst.saturating_sub(1), keys: RandomState::new(), used: Mutex::default() }
    }

    /// Counts one try by this address, as [`household`] has it.
    ///
    /// # Errors
    /// When it has no try left.
    pub fn by_address(&self, address: IpAddr) -> Result<Try<'_>, Error> {
        self.by(&household(address))
    }

    /// Counts one try by the network around this address: a /24 of IPv4, a /48 of IPv6. That is what one customer of a hoster gets, who
    /// would have an address for every try.
    ///
    /// # Errors
    /// When it has no try left.
    pub fn by_network(&self, address: IpAddr) -> Result<Try<'_>, Error> {
        self.by(&masked(address, (24, 48)))
    }

    /// Counts one try at this key, such as the name that somebody tries to sign in with.
    ///
    /// # Errors
    /// When it has no try left.
    pub fn by(&self, key: &impl Hash) -> Result<Try<'_>, Error> {
        let (key, now) = (self.keys.hash_one(key), Instant::now());
        let mut used = self.used();
        if used.until.len() >= used.crowded.max(REMEMBERED) {
            used.until.retain(|_, until| *until > now);
            used.crowded = used.until.len() * 2;
        }
        let until = used.until.entry(key).or_insert(now);
        let wait = until.saturating_duration_since(now).saturating_sub(self.ahead);
        if !wait.is_zero() {
            return Err(Error::TooMany { seconds: wait.as_secs() + 1 });
        }
        *until = (*until).max(now) + self.refill;
        Ok(Try { limit: self, key })
    }

    /// A panic between two lines above leaves one time in it too early or too late, which is no harm.
    fn used(&self) -> MutexGuard<'_, Used> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An address as one client: an IPv6 network of /64 is one, as that is what one household gets.
pub fn household(address: IpAddr) -> IpAddr {
    masked(address, (32, 64))
}

/// An address of which so many bits count, of IPv4 or IPv6.
fn masked(address: IpAddr, (four, six): (u32, u32)) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => Ipv4Addr::from_bits(address.to_bits() & (u32::MAX << (32 - four))).into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - six))).into(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn tries<'a>(limit: &'a Limit, address: &str) -> Result<Try<'a>, Error> {
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
    fn a_try_that_is_given_back_can_be_tried_again_and_no_more_than_that() {
        let limit = Limit::new(2, Duration::from_secs(60));
        for _ in 0..50 {
            limit.by(&"rosa").unwrap().give_back();
        }
        let (first, second) = (limit.by(&"rosa").unwrap(), limit.by(&"rosa").unwrap());
        assert!(limit.by(&"rosa").is_err(), "what was right before saves up nothing");
        first.give_back();
        assert!(limit.by(&"rosa").is_ok() && limit.by(&"rosa").is_err());
        second.give_back();
        assert!(limit.by(&"rosa").is_ok());
    }

    #[test]
    fn tries_come_back_one_by_one() {
        let limit = Limit::new(2, Duration::from_millis(200));
        while limit.by(&"rosa").is_ok() {}
        std::thread::sleep(Duration::from_millis(210));
        assert!(limit.by(&"rosa").is_ok() && limit.by(&"rosa").is_err());
    }

    #[test]
    fn keys_are_forgotten_whose_tries_are_all_there_again() {
        let limit = Limit::new(1, Duration::from_millis(1));
        (0..REMEMBERED).for_each(|key| drop(limit.by(&key)));
        std::thread::sleep(Duration::from_millis(2));
        assert!(limit.by(&"rosa").is_ok());
        assert_eq!(limit.used().until.len(), 1);
    }

    #[test]
    fn an_ipv6_household_shares_its_tries_and_ipv4_clients_do_not() {
        let limit = Limit::new(1, Duration::from_secs(60));
        assert!(tries(&limit, "2001:db8:1:2::1").is_ok() && tries(&limit, "2001:db8:1:2::9").is_err());
        assert!(tries(&limit, "2001:db8:1:3::1").is_ok());
        assert!(tries(&limit, "::ffff:192.0.2.1").is_ok() && tries(&limit, "::ffff:192.0.2.2").is_ok());
        assert!(tries(&limit, "192.0.2.1").is_err(), "the same client, however the socket shows it");
    }
    #[test]
    fn a_network_shares_its_tries_whatever_its_addresses() {
        let limit = Limit::new(1, Duration::from_secs(60));
        let tries = |address: &str| limit.by_network(address.parse().unwrap()).is_ok();
        assert!(tries("192.0.2.1") && !tries("192.0.2.200") && !tries("::ffff:192.0.2.9") && tries("192.0.3.1"));
        assert!(tries("2001:db8:1:2::1") && !tries("2001:db8:1:ffff::9") && tries("2001:db8:2::1"));
        assert_eq!(household("2001:db8:1:2:3::4".parse().unwrap()), "2001:db8:1:2::".parse::<IpAddr>().unwrap());
        assert_eq!(household("::ffff:192.0.2.9".parse().unwrap()), "192.0.2.9".parse::<IpAddr>().unwrap());
    }
}
