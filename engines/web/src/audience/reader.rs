//! What a request says about its reader, as far as it is looked at: where from, on which class of device, and whether it is
//! a person at all. Nothing is copied out of the request, and nothing is read that is not needed.

use http::{
    HeaderMap,
    header::{self, AsHeaderName},
};
use std::net::IpAddr;

use super::site::Origin;

/// Somebody who asks for a page.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// Where they are on the network.
    pub address: IpAddr,
    /// What their browser calls itself.
    pub agent: &'a str,
    headers: &'a HeaderMap,
}

/// A class of devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// In a hand.
    Phone,
    /// On a lap.
    Tablet,
    /// On a desk, and everything else.
    Computer,
}

impl<'a> Reader<'a> {
    /// The reader who sent this request from this address.
    pub fn of(address: IpAddr, headers: &'a HeaderMap) -> Self {
        Self { address, agent: said(headers, header::USER_AGENT), headers }
    }

    /// The class of their device: from `Sec-CH-UA-Mobile` where the browser sends it, else from what it calls itself.
    pub fn device(&self) -> Device {
        if ["iPad", "Tablet", "PlayBook", "Silk/"].iter().any(|sign| self.agent.contains(sign)) {
            return Device::Tablet;
        }
        match said(self.headers, "sec-ch-ua-mobile") {
            "?1" => Device::Phone,
            _ if self.agent.contains("Mobi") => Device::Phone,
            // Android's tablets leave out the word "Mobile"; its phones do not.
            _ if self.agent.contains("Android") => Device::Tablet,
            _ => Device::Computer,
        }
    }

    /// Where they came from, for a site at the host `own`.
    pub fn origin(&self, own: &str) -> Origin {
        Origin::of(said(self.headers, header::REFERER), own)
    }

    /// Whether they asked not to be followed: Global Privacy Control or Do Not Track.
    pub fn declines(&self) -> bool {
        said(self.headers, "sec-gpc") == "1" || said(self.headers, "dnt") == "1"
    }
}

fn said(headers: &HeaderMap, name: impl AsHeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Whether a `User-Agent` says that it is a program. People's browsers all begin with "Mozilla/" or "Opera/".
pub fn is_bot(agent: &str) -> bool {
    const SIGNS: [&str; 12] =
        ["bot", "crawl", "spider", "slurp", "preview", "fetch", "monitor", "headless", "lighthouse", "externalhit", "scan", "archive"];
    if !agent.starts_with("Mozilla/") && !agent.starts_with("Opera/") {
        return true;
    }
    let agent = agent.to_ascii_lowercase();
    SIGNS.iter().any(|sign| agent.contains(sign))
}
