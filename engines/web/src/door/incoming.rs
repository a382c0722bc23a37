//! What comes in: whose request it is, whether it was forged, what kind of answer it wants.

use axum::extract::FromRequestParts;
use http::{HeaderMap, Method, Request, header, request::Parts};
use std::{convert::Infallible, net::IpAddr};

use crate::error::Error;

/// The address of the person's machine, as far as it can be trusted. An extractor.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let nobody = Self(IpAddr::from([0, 0, 0, 0]));
        Ok(parts.extensions.get().copied().unwrap_or(nobody))
    }
}

/// Proxies in front of the program, whose `X-Forwarded-For` is believed.
#[derive(Clone, Debug, Default)]
pub struct Trusted(pub Vec<IpAddr>);

impl Trusted {
    /// The client's address: the nearest one in `X-Forwarded-For` that is no proxy of ours, else the peer itself.
    /// A hop that cannot be read ends the search: what stands before it was written by strangers.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        // A socket for both families shows IPv4 clients as ::ffff:192.0.2.1.
        let peer = peer.to_canonical();
        if !self.0.contains(&peer) {
            return peer;
        }
        let lines = headers.get_all("x-forwarded-for").iter().map(|value| value.to_str().unwrap_or_default());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
        let mut nearest = hops.into_iter().rev().map(address_in);
        nearest.find(|hop| hop.is_none_or(|hop| !self.0.contains(&hop))).flatten().unwrap_or(peer)
    }
}

/// Some proxies add the port.
fn address_in(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let address = hop.parse().or_else(|_| hop.parse().map(|socket: std::net::SocketAddr| socket.ip())).ok()?;
    Some(address.to_canonical())
}

/// Turns away requests that another site made a browser send (CSRF): `Sec-Fetch-Site` where the browser sends it, else
/// `Origin` against `Host`. Clients that send neither are no browsers and carry no cookie by accident.
pub(super) fn same_site<B>(request: &Request<B>) -> Result<(), Error> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let headers = request.headers();
    let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    let allowed = match (text(http::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some("same-origin" | "none"), _) | (None, None) => true,
        (Some(_), _) => false,
        (None, Some(origin)) => {
            let host = text(header::HOST).or_else(|| request.uri().authority().map(http::uri::Authority::as_str));
            origin.split_once("://").map(|(_, rest)| rest) == host
        }
    };
    if allowed {
        Ok(())
    } else {
        Err(Error::Forbidden("This form was sent from another site, so nothing was changed. Open the page here and send it again.".into()))
    }
}

/// Whether the client asked for JSON rather than a page.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.trim_start().starts_with("application/json"))
}

/// Whether a browser only fetches in advance what a person may never look at.
pub(super) fn is_prefetch(headers: &HeaderMap) -> bool {
    ["sec-purpose", "x-sec-purpose", "purpose"].iter().any(|name| {
        headers
            .get(*name)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|purpose| purpose.contains("prefetch") || purpose.contains("prerender"))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn post(pairs: &[(&str, &str)]) -> Request<()> {
        let mut request = Request::post("/x").header("host", "town.example");
        for (name, value) in pairs {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap()
    }

    #[test]
    fn forms_sent_by_other_sites_are_turned_away() {
        assert!(same_site(&post(&[("sec-fetch-site", "same-origin")])).is_ok());
        assert!(same_site(&post(&[("origin", "https://town.example")])).is_ok());
        assert!(same_site(&post(&[])).is_ok());
        assert!(same_site(&post(&[("sec-fetch-site", "cross-site")])).is_err());
        assert!(same_site(&post(&[("sec-fetch-site", "same-site")])).is_err());
        assert!(same_site(&post(&[("origin", "https://evil.example")])).is_err());
        assert!(same_site(&post(&[("origin", "null")])).is_err());
    }

    #[test]
    fn only_our_own_proxies_are_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "203.0.113.9, 198.51.100.7, 127.0.0.1".parse().unwrap());
        let proxy = IpAddr::from([127, 0, 0, 1]);
        assert_eq!(Trusted::default().client(proxy, &headers), proxy);
        assert_eq!(Trusted(vec![proxy]).client(proxy, &headers), IpAddr::from([198, 51, 100, 7]));
        headers.insert("x-forwarded-for", "203.0.113.9, 198.51.100.7:4711".parse().unwrap());
        assert_eq!(Trusted(vec![proxy]).client(proxy, &headers), IpAddr::from([198, 51, 100, 7]), "with a port");
        headers.insert("x-forwarded-for", "203.0.113.9, unknown".parse().unwrap());
        assert_eq!(Trusted(vec![proxy]).client(proxy, &headers), proxy, "nothing before an unreadable hop is believed");
        let stranger = IpAddr::from([192, 0, 2, 1]);
        assert_eq!(Trusted(vec![proxy]).client(stranger, &headers), stranger);
        let mapped = "::ffff:192.0.2.1".parse().unwrap();
        assert_eq!(Trusted::default().client(mapped, &headers), stranger, "an IPv4 client of an IPv6 socket is itself");
    }
}
