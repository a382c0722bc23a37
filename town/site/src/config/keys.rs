//! Every key there is.

/// A key and what it is for.
pub struct Key {
    /// Its name, `mail.server`.
    pub name: &'static str,
    /// What it may be, with an example.
    pub expected: &'static str,
    /// Whether values may hold a password.
    pub secret: bool,
}

/// All of them.
pub const KEYS: [Key; 11] = [
    plain("listen", "an address and a port, such as 127.0.0.1:8080 or [::1]:8080"),
    plain("data", "a folder, such as /var/lib/ocotillo"),
    Key { name: "database", expected: "sqlite:/path/to/file.db or postgres://user:password@host:port/name", secret: true },
    plain("origin", "http:// or https:// and a host, nothing behind it, such as https://news.example.org"),
    plain("trusted_proxies", "a list of IP addresses, such as [\"127.0.0.1\", \"::1\"]"),
    plain("tls.certificate", "a file with the certificate and its chain in PEM, together with tls.key"),
    plain("tls.key", "a file with the certificate's key in PEM, together with tls.certificate"),
    plain("cache", "a whole number of MiB from 1 to 65536"),
    plain("log", "error, warn, info, debug or trace, for everything or by part, such as warn,jobs=debug"),
    Key {
        name: "mail.server",
        expected: "smtps://user:password@host or smtp://user:password@host?tls=required, percent-encoded, or smtp://localhost",
        secret: true,
    },
    plain("mail.from", "an e-mail address, such as The Lantern <newsroom@example.org>"),
];

const fn plain(name: &'static str, expected: &'static str) -> Key {
    Key { name, expected, secret: false }
}

/// The key of this name.
pub fn named(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// All names, for people.
pub fn names() -> String {
    KEYS.map(|key| key.name).join(", ")
}
