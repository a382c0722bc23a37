//! Networks: an address and how many of its bits count (RFC 4632, RFC 4291 §2.3).

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// The widest networks that can be barred: a slip of the hand does not shut out half of the world.
const WIDEST: (u8, u8) = (8, 16);

/// Addresses that begin alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u8,
}

impl Network {
    /// Reads `192.0.2.0/24`, `2001:db8::/32`, or one address. What does not count is left away.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        const NONE: &str = "Write a network such as 192.0.2.0/24 or 2001:db8::/32, or one address.";
        let (address, bits) = typed.split_once('/').map_or((typed, None), |(address, bits)| (address, Some(bits)));
        let (address, mapped) = match address.trim().parse::<IpAddr>().map_err(|_| NONE)? {
            IpAddr::V6(address) if address.to_ipv4_mapped().is_some() => (address.to_canonical(), true),
            address => (address, false),
        };
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits: u8 = match bits {
            None => most,
            Some(bits) => bits.trim().parse().map_err(|_| NONE)?,
        };
        // "::ffff:192.0.2.0/120" counts the bits in front as well.
        let bits = if mapped && typed.contains('/') { bits.checked_sub(96).ok_or(NONE)? } else { bits };
        if bits > most {
            return Err(NONE);
        }
        if bits < if address.is_ipv4() { WIDEST.0 } else { WIDEST.1 } {
            return Err("This network is too wide: it would shut out a good part of the world. Bar at most a /8, or a /16 of IPv6.");
        }
        Ok(Self { base: masked(address, bits), bits })
    }

    /// Whether an address is in it.
    pub fn has(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.base.is_ipv4() && masked(address, self.bits) == self.base
    }
}

fn masked(address: IpAddr, bits: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            Ipv4Addr::from_bits(address.to_bits() & mask).into()
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            Ipv6Addr::from_bits(address.to_bits() & mask).into()
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.bits)
    }
}
