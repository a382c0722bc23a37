//! Mail over SMTP (RFC 5321), submitted under TLS (RFC 8314).

use std::net::Ipv4Addr;
use std::time::Duration;

use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use url::{Host, Url};

use crate::error::Error;

/// How long the server may take for each step.
const PATIENCE: Duration = Duration::from_secs(30);

const EXPECTED: &str = "expected smtps://user:password@host[:port], smtp://user:password@host[:port]?tls=required \
                        or smtp://localhost[:port], with user and password percent-encoded";

#[derive(Clone)]
pub(crate) struct Smtp {
    name: String,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Smtp {
    pub(crate) fn at(text: &str) -> Result<Self, Error> {
        let wrong = |why: &str| Error::Server(format!("{why}; {EXPECTED}"));
        let url = Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
        check(&url).map_err(wrong)?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(text);
        // The cause would be lettre's, about the parts checked above; it never holds the password.
        let builder = builder.map_err(|error| wrong(&error.to_string()))?;
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let name = format!("{}://{}{port}", url.scheme(), url.host_str().unwrap_or_default());
        Ok(Self { name, transport: builder.timeout(Some(PATIENCE)).build() })
    }

    /// Scheme, host and port.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) async fn send(&self, message: lettre::Message) -> Result<(), Error> {
        self.transport.send(message).await?;
        Ok(())
    }
}

/// What lettre would take in silence: a misspelt option (no TLS then), a user without a password
/// (no sign-in then), a password in the clear.
fn check(url: &Url) -> Result<(), &'static str> {
    let near = match url.host() {
        None => return Err("it names no host"),
        // A scheme that browsers do not know leaves numbers as they are.
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost") || name.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback()),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
    };
    let options: Vec<_> = url.query_pairs().collect();
    let protected = match (url.scheme(), &options[..]) {
        ("smtps", []) => true,
        ("smtp", []) => false,
        ("smtp", [(key, value)]) if key == "tls" && value == "required" => true,
        ("smtp", [(key, value)]) if key == "tls" && value == "opportunistic" => false,
        ("smtp" | "smtps", _) => {
            return Err("its only option is ?tls=required or ?tls=opportunistic, with smtp://");
        }
        _ => return Err("its scheme is neither smtp nor smtps"),
    };
    match (url.username().is_empty(), url.password()) {
        (false, None) => Err("it has a user but no password"),
        (_, Some(_)) if !protected && !near => Err("the password would cross the network in the clear"),
        _ => Ok(()),
    }
}
