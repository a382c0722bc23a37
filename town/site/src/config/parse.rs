//! Reading values: `None` when they cannot be meant.

use figment::value::Value;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};
use tracing_subscriber::EnvFilter;
use url::{Host, Url};

pub(super) fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty() && !text.contains('\0')).map(ToOwned::to_owned)
}

pub(super) fn listen(value: &Value) -> Option<SocketAddr> {
    text(value)?.parse().ok()
}

pub(super) fn database(value: &Value) -> Option<String> {
    let text = text(value)?;
    let postgres = || Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "postgres" | "postgresql"));
    let sqlite = text.strip_prefix("sqlite:").is_some_and(|path| !path.is_empty());
    (sqlite || postgres()).then_some(text)
}

/// Where files are kept, as `media` says it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Folder(PathBuf),
    Bucket { name: String, prefix: String },
}

pub(super) fn media(value: &Value) -> Option<Kept> {
    let text = text(value)?;
    let Some(place) = text.strip_prefix("s3://") else {
        return (!text.contains("://")).then(|| Kept::Folder(text.into()));
    };
    let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
    // As Amazon names buckets; some services are less strict.
    let sound = |c: u8| c.is_ascii_alphanumeric() || b".-_".contains(&c);
    let named = (3..=63).contains(&name.len()) && name.bytes().all(sound);
    let prefix = prefix.trim_end_matches('/');
    let parted =
        prefix.is_empty() || prefix.split('/').all(|part| !matches!(part, "" | "." | "..") && part.chars().all(|c| !c.is_control()));
    (named && parted).then(|| Kept::Bucket { name: name.to_owned(), prefix: prefix.to_owned() })
}

/// A service, and whether what is said to it can be heard by others.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Endpoint {
    pub address: String,
    pub open: bool,
}

pub(super) fn endpoint(value: &Value) -> Option<Endpoint> {
    let address = origin(value)?;
    let url = Url::parse(&address).ok()?;
    let near = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    Some(Endpoint { address, open: url.scheme() == "http" && !near })
}

pub(super) fn yes_or_no(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(_, value) => Some(*value),
        value => text(value)?.parse().ok(),
    }
}

pub(super) fn origin(value: &Value) -> Option<String> {
    let url = Url::parse(&text(value)?).ok()?;
    let plain = matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let open = url.username().is_empty() && url.password().is_none() && url.host().is_some();
    (plain && open).then(|| url.origin().ascii_serialization())
}

/// Who vouches for people, as it names itself: nobody may listen on the way there. A name of this very machine is one that
/// only tests reach.
pub(super) fn issuer(value: &Value) -> Option<String> {
    let text = text(value)?;
    let url = Url::parse(&text).ok()?;
    let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    let Some(Host::Domain(name)) = url.host() else { return None };
    let unheard = url.scheme() == "https" || (url.scheme() == "http" && name.ends_with(".localhost"));
    (plain && unheard).then_some(text)
}

/// A few words.
pub(super) fn title(value: &Value) -> Option<String> {
    text(value).filter(|title| title.chars().count() <= 40 && !title.contains(char::is_control))
}

/// A list, or one text with commas as environment variables have it.
pub(super) fn addresses(value: &Value) -> Option<Vec<IpAddr>> {
    match value {
        Value::Array(_, values) => values.iter().map(|value| text(value)?.parse().ok()).collect(),
        value => text(value)?.trim_matches(['[', ']']).split(',').map(|part| part.trim().trim_matches('"').parse().ok()).collect(),
    }
}

pub(super) fn mebibytes(value: &Value) -> Option<u64> {
    let number = match value {
        Value::Num(_, number) => u64::try_from(number.to_i128().or_else(|| i128::try_from(number.to_u128()?).ok())?).ok()?,
        value => text(value)?.parse().ok()?,
    };
    (1..=65_536).contains(&number).then_some(number)
}

pub(super) fn mail_server(value: &Value) -> Option<String> {
    let text = text(value)?;
    let nobody = mail::Address::new("", "newsroom@example.org").ok()?;
    mail::Outbox::smtp(&text, nobody).is_ok().then_some(text)
}

pub(super) fn sender(value: &Value) -> Option<mail::Address> {
    text(value)?.parse().ok()
}

pub(super) fn log(value: &Value) -> Option<String> {
    let text = text(value)?;
    // The filter takes any word for the name of a part, so that "verbose" would silence everything.
    let levels = ["off", "error", "warn", "info", "debug", "trace"];
    let sound = text.split(',').all(|part| part.rsplit('=').next().is_some_and(|level| levels.contains(&level.trim())));
    (sound && EnvFilter::try_new(&text).is_ok()).then_some(text)
}

/// An address without its password; anything that looks like one, in case it could not be read.
pub fn masked(address: &str) -> String {
    let address = address.split_once("password=").map_or(address, |(before, _)| before);
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let Some((user, host)) = rest.rsplit_once('@') else { return address.to_owned() };
    let user = user.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}:•••@{host}")
}
