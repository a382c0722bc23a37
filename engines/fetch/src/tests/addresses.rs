use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use proptest::prelude::*;

use crate::{is_public, names::judged};

#[test]
fn the_public_web_is_public() {
    for address in ["1.1.1.1", "8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0"] {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
    for address in ["2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "2001:4860:4860::8888", "2620:4f:8001::1", "3fff:1000::1"] {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
}

#[test]
fn what_only_we_reach_is_not() {
    let closed = [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.0.1",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
    ];
    let closed_v6 = [
        "::",
        "::1",
        "::7f00:1",
        "::ffff:0:7f00:1",
        "100::1",
        "64:ff9b:1::1",
        "64:ff9b::1:7f00:1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:10::1",
        "2001:db8::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "5f00::1",
        "4000::1",
        "2620:4f:8000::1",
        "2a00:1450:4001:81b:0:5efe:a00:1",
        "2a00:1450:4001:81b:200:5efe:808:808",
    ];
    for address in closed.iter().chain(&closed_v6) {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
}

#[test]
fn a_name_with_a_private_and_a_public_address_leads_to_the_public_one() {
    let found =
        ["127.0.0.1:0", "8.8.8.8:0", "[::1]:0", "8.8.8.8:0", "[2606:4700:4700::1111]:0"].map(|it| it.parse::<SocketAddr>().unwrap());
    let expected = ["8.8.8.8:0", "[2606:4700:4700::1111]:0"].map(|it| it.parse::<SocketAddr>().unwrap());
    assert_eq!(judged(found.into_iter()), expected);
    assert_eq!(judged(["10.0.0.1:0".parse().unwrap()].into_iter()), []);
}

/// The same question asked of the standard library, which knows most of the registry under other names.
fn closed_by_the_standard(v4: Ipv4Addr) -> bool {
    v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_multicast()
        || v4.is_broadcast()
        || v4.is_documentation()
        || v4.is_unspecified()
}

proptest! {
    #[test]
    fn what_the_standard_library_calls_special_is_closed(bits in any::<u32>(), network in 0..8_usize) {
        let networks = [0x0a00_0000, 0x7f00_0000, 0xac10_0000, 0xc0a8_0000, 0xa9fe_0000, 0xe000_0000, 0xc000_0200, 0xcb00_7100_u32];
        for bits in [bits, networks[network] | bits & 0xff] {
            let v4 = Ipv4Addr::from_bits(bits);
            prop_assert!(!closed_by_the_standard(v4) || !is_public(IpAddr::V4(v4)), "{v4}");
        }
    }

    #[test]
    fn an_address_inside_another_is_judged_as_itself(bits in any::<u32>()) {
        let v4 = Ipv4Addr::from_bits(bits);
        let (high, low) = ((bits >> 16) as u16, (bits & 0xffff) as u16);
        let outside = [
            v4.to_ipv6_mapped(),
            Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
            Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1),
        ];
        for v6 in outside {
            prop_assert_eq!(is_public(IpAddr::V6(v6)), is_public(IpAddr::V4(v4)), "{} in {}", v4, v6);
        }
    }

    #[test]
    fn nothing_outside_global_unicast_is_public(bits in any::<u128>()) {
        let v6 = Ipv6Addr::from_bits(bits);
        let translated = v6.to_ipv4_mapped().is_some() || v6.segments()[..2] == [0x64, 0xff9b];
        prop_assert!(translated || v6.segments()[0] & 0xe000 == 0x2000 || !is_public(IpAddr::V6(v6)), "{v6}");
    }

    #[test]
    fn the_private_networks_of_ipv6_are_closed(bits in any::<u128>(), network in 0..4_usize) {
        let (prefix, length) = [(0xfc00, 7), (0xfe80, 10), (0xff00, 8), (0xfec0, 10)][network];
        let mask = u128::MAX << (128 - length);
        let v6 = Ipv6Addr::from_bits((u128::from(prefix as u16) << 112) & mask | bits & !mask);
        prop_assert!(!is_public(IpAddr::V6(v6)), "{v6}");
    }
}
