//! Which addresses are the public web.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of IPv4 that are nobody's on the public web: the IANA registry of special-purpose addresses (RFC 6890 and
/// what followed it), with multicast and what is reserved.
const CLOSED_V4: [(Ipv4Addr, u32); 17] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),        // this network (RFC 791)
    (Ipv4Addr::new(10, 0, 0, 0), 8),       // private (RFC 1918)
    (Ipv4Addr::new(100, 64, 0, 0), 10),    // behind a carrier (RFC 6598); a cloud's metadata at 100.100.100.200
    (Ipv4Addr::new(127, 0, 0, 0), 8),      // loopback (RFC 1122)
    (Ipv4Addr::new(168, 63, 129, 16), 32), // a cloud's wire server, at a public number
    (Ipv4Addr::new(169, 254, 0, 0), 16),   // link-local (RFC 3927); metadata at 169.254.169.254
    (Ipv4Addr::new(172, 16, 0, 0), 12),    // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),     // protocol assignments (RFC 6890); metadata at 192.0.0.192
    (Ipv4Addr::new(192, 0, 2, 0), 24),     // documentation (RFC 5737)
    (Ipv4Addr::new(192, 31, 196, 0), 24),  // AS112 (RFC 7535)
    (Ipv4Addr::new(192, 52, 193, 0), 24),  // multicast relays (RFC 7450)
    (Ipv4Addr::new(192, 88, 99, 0), 24),   // 6to4 relays, gone (RFC 7526)
    (Ipv4Addr::new(192, 168, 0, 0), 16),   // private
    (Ipv4Addr::new(198, 18, 0, 0), 15),    // measuring (RFC 2544)
    (Ipv4Addr::new(198, 51, 100, 0), 24),  // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),   // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 3),      // multicast, reserved, broadcast (RFC 1112)
];

/// Whether an address is one of the public web: reachable by anybody, and not by us alone.
///
/// An IPv6 address that carries one of IPv4 (mapped, NAT64, 6to4) is judged by what it carries; one that carries it in a
/// way nobody uses any more (compatible, Teredo, ISATAP) is not public.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !CLOSED_V4.iter().any(|(network, bits)| (address.to_bits() ^ network.to_bits()) >> (32 - bits) == 0)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    match (a, b) {
        // ::ffff:a.b.c.d (RFC 4291 §2.5.5.2): the system connects to the inner address.
        (0, 0) if (c, d, e, f) == (0, 0, 0, 0xffff) => is_public_v4(v4(g, h)),
        // 64:ff9b::/96 (RFC 6052): a translator connects to the inner address. 64:ff9b:1::/48 is local (RFC 8215).
        (0x64, 0xff9b) => (c, d, e, f) == (0, 0, 0, 0) && is_public_v4(v4(g, h)),
        // 6to4 (RFC 3056): the packet travels to the address inside.
        (0x2002, _) => is_public_v4(v4(b, c)),
        // 2001::/23: Teredo, ORCHID, measuring (RFC 2928). 2001:db8::/32 and 3fff::/20: documentation (RFC 3849, 9637).
        (0x2001, ..0x0200) | (0x2001, 0x0db8) | (0x3fff, ..0x1000) => false,
        // 2620:4f:8000::/48: AS112 (RFC 7534).
        (0x2620, 0x4f) if c == 0x8000 => false,
        // ISATAP (RFC 5214 §6.1): an interface identifier that carries IPv4 inside any network.
        _ if matches!(e, 0 | 0x200) && f == 0x5efe => false,
        // 2000::/3 is all that is given out as public (RFC 4291 §2.4, IANA). Loopback, unique local (a cloud's metadata at
        // fd00:ec2::254), link-local, multicast, discard-only, segment routing and what is reserved lie outside.
        _ => a & 0xe000 == 0x2000,
    }
}

fn v4(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))
}
