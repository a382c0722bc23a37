//! The site as devices know it: the relying party (WebAuthn §4).

use passki::Passki;
use url::{Host, Url};

use crate::Town;

/// Whether passkeys can be made for this address. Browsers want a name, not a number (WebAuthn §5.1.2, “effective domain”),
/// and HTTPS unless it is this very machine (Secure Contexts §3.1).
pub fn are_possible(origin: &str) -> bool {
    name_in(origin).is_some_and(|name| origin.starts_with("https://") || name == "localhost" || name.ends_with(".localhost"))
}

/// The name in an origin, which every passkey is bound to.
fn name_in(origin: &str) -> Option<String> {
    match Url::parse(origin).ok()?.host()? {
        Host::Domain(name) => Some(name.to_owned()),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// The relying party of this site; `None` where passkeys are not possible.
pub(super) fn party(town: &Town) -> Option<Passki> {
    let name = name_in(town.origin()).filter(|_| are_possible(town.origin()))?;
    Some(Passki::new(&name, &[town.origin()], &town.site().name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_want_a_name_and_a_line_that_nobody_hears() {
        for origin in ["https://news.example.org", "https://news.example.org:8443", "http://localhost:8080", "http://town.localhost"] {
            assert!(are_possible(origin), "{origin}");
        }
        for origin in ["http://news.example.org", "http://127.0.0.1:8080", "https://[::1]", "https://192.0.2.7", "nonsense"] {
            assert!(!are_possible(origin), "{origin}");
        }
    }
}
