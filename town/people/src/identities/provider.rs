//! The providers that the operator configured, and what is known of them.

use arc_swap::ArcSwapOption;
use std::{fmt, sync::Arc};

use super::discovery::Known;

/// Somebody who vouches for people.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its name in addresses: small letters, digits, hyphens.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The address by which it names itself, to the letter.
    pub issuer: String,
    /// What it calls this site.
    pub client_id: String,
    /// By which this site shows that it is itself; none for providers that count on PKCE alone.
    pub secret: Option<String>,
}

impl Provider {
    /// The address to which it sends people back.
    pub fn return_address(&self, origin: &str) -> String {
        format!("{origin}/sign-in/with/{}/return", self.name)
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Provider({}, {})", self.name, self.issuer)
    }
}

/// All of them, in the order of their names.
#[derive(Debug, Default)]
pub struct Providers(Vec<Kept>);

/// A provider with what it last said of itself.
#[derive(Debug)]
pub(super) struct Kept {
    pub provider: Provider,
    pub known: ArcSwapOption<Known>,
}

impl Providers {
    /// Those that were configured.
    pub fn new(providers: Vec<Provider>) -> Self {
        Self(providers.into_iter().map(|provider| Kept { provider, known: ArcSwapOption::empty() }).collect())
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.0.iter().map(|kept| &kept.provider)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn named(&self, name: &str) -> Option<&Kept> {
        self.0.iter().find(|kept| kept.provider.name == name)
    }

    /// What people call whoever vouches by this address.
    pub(super) fn title_of<'a>(&'a self, issuer: &'a str) -> &'a str {
        self.iter().find(|provider| provider.issuer == issuer).map_or(issuer, |provider| &provider.title)
    }
}

impl Kept {
    pub(super) fn known(&self) -> Option<Arc<Known>> {
        self.known.load_full()
    }
}
