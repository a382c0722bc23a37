//! Who vouches for people: `[openid.NAME]`, as many as there are.

use people::identities::Provider;
use std::fmt;

use super::{
    Refused, lacking,
    layers::Layers,
    parse::{self, issuer, text},
};

/// All of them, in the order of their names.
pub(super) fn read(layers: &Layers) -> Result<Vec<Provider>, Refused> {
    layers.names().into_iter().map(|name| one(layers, name)).collect()
}

fn one(layers: &Layers, name: String) -> Result<Provider, Refused> {
    let key = |key: &str| format!("openid.{name}.{key}");
    let missing = |of: &str| lacking(&key(of));
    Ok(Provider {
        title: layers.get(&key("title"), parse::title)?.unwrap_or_else(|| capitalized(&name)),
        issuer: layers.get(&key("issuer"), issuer)?.ok_or_else(|| missing("issuer"))?,
        client_id: layers.get(&key("client_id"), text)?.ok_or_else(|| missing("client_id"))?,
        secret: layers.get(&key("secret"), text)?,
        name,
    })
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// As a configuration file would say it, without the secret.
pub(super) fn write(f: &mut fmt::Formatter<'_>, provider: &Provider) -> fmt::Result {
    writeln!(f, "\n[openid.{}]\ntitle = {:?}\nissuer = {:?}", provider.name, provider.title, provider.issuer)?;
    writeln!(f, "client_id = {:?}", provider.client_id)?;
    if provider.secret.is_some() { writeln!(f, "secret = \"•••\"") } else { Ok(()) }
}
