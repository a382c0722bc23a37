//! From names to addresses, at the moment of connecting.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, PoisonError, RwLock},
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::{error::Closed, is_public};

/// Names that lead to an address somebody wrote down, wherever it is, any port: for tests, which serve on loopback.
/// A clone is the same list.
#[derive(Clone, Debug, Default)]
pub struct Pins(Arc<RwLock<HashMap<String, SocketAddr>>>);

impl Pins {
    /// Leads this name, in small letters, to this address.
    pub fn set(&self, name: &str, address: SocketAddr) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), address);
    }

    /// Reads "name=address:port" pairs with commas between them.
    ///
    /// # Errors
    /// The pair that is none.
    pub fn parse(list: &str) -> Result<Self, String> {
        let pins = Self::default();
        for pair in list.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (name, address) = pair.split_once('=').ok_or(pair)?;
            pins.set(name, address.parse().map_err(|_| pair)?);
        }
        Ok(pins)
    }

    pub(crate) fn get(&self, name: &str) -> Option<SocketAddr> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(name).copied()
    }
}

/// Answers with public addresses only. The client connects to what it is given here and asks nobody else, so there is no
/// moment between the judgement and the connection in which a name could change its mind.
pub(crate) struct Public(pub Pins);

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        let pinned = self.0.get(name.as_str());
        Box::pin(async move {
            if let Some(address) = pinned {
                return Ok(Box::new(std::iter::once(address)) as Addrs);
            }
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public = judged(found);
            if public.is_empty() { Err(Closed.into()) } else { Ok(Box::new(public.into_iter()) as Addrs) }
        })
    }
}

/// Those of the addresses that are public, each once. Port 0 stands for the one of the scheme.
pub(crate) fn judged(found: impl Iterator<Item = SocketAddr>) -> Vec<SocketAddr> {
    let mut public: Vec<SocketAddr> = Vec::new();
    for address in found.filter(|address| is_public(address.ip())) {
        if !public.contains(&address) {
            public.push(address);
        }
    }
    public
}
