//! Every key there is.

/// A key and what it is for.
pub struct Key {
    /// Its name, `mail.server`.
    pub name: &'static str,
    /// What it may be, with an example.
    pub expected: &'static str,
    /// How much of a value is not repeated.
    pub secret: Secret,
}

/// What of a value is secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret {
    /// Nothing.
    No,
    /// A password in an address.
    Password,
    /// All of it.
    All,
}

/// All of them.
pub const KEYS: [Key; 22] = [
    plain("listen", "an address and a port, such as 127.0.0.1:8080 or [::1]:8080"),
    plain("data", "a folder, such as /var/lib/ocotillo"),
    Key { name: "database", expected: "sqlite:/path/to/file.db or postgres://user:password@host:port/name", secret: Secret::Password },
    plain("media", "s3://bucket or s3://bucket/prefix, or a folder, such as /var/lib/ocotillo/media"),
    plain("s3.endpoint", "https:// and a host, such as https://s3.example.org; http:// only on this machine, or with s3.allow_http = true"),
    plain("s3.region", "the region of the bucket, such as eu-central-1"),
    plain("s3.key_id", "the id of a key that may read, write and delete in the bucket"),
    Key { name: "s3.secret", expected: "the secret of the key whose id is s3.key_id", secret: Secret::All },
    plain("s3.path_style", "true, or false where the bucket is named in the host"),
    plain("s3.allow_http", "true or false"),
    plain("origin", "http:// or https:// and a host, nothing behind it, such as https://news.example.org"),
    plain("trusted_proxies", "a list of IP addresses, such as [\"127.0.0.1\", \"::1\"]"),
    plain("tls.certificate", "a file with the certificate and its chain in PEM, together with tls.key"),
    plain("tls.key", "a file with the certificate's key in PEM, together with tls.certificate"),
    plain("cache", "a whole number of MiB from 1 to 65536"),
    plain("log", "error, warn, info, debug or trace, for everything or by part, such as warn,jobs=debug"),
    Key {
        name: "mail.server",
        expected: "smtps://user:password@host or smtp://user:password@host?tls=required, percent-encoded, or smtp://localhost",
        secret: Secret::Password,
    },
    plain("mail.from", "an e-mail address, such as The Lantern <newsroom@example.org>"),
    plain("openid.NAME.issuer", "https:// and the address by which the provider names itself, such as https://accounts.example.org"),
    plain("openid.NAME.client_id", "what the provider calls this site"),
    Key { name: "openid.NAME.secret", expected: "the secret that the provider gave this site", secret: Secret::All },
    plain("openid.NAME.title", "what people call the provider, at most 40 characters"),
];

const fn plain(name: &'static str, expected: &'static str) -> Key {
    Key { name, expected, secret: Secret::No }
}

/// The key of this name. `openid.google.issuer` is one of those with a name of its own in the middle.
pub fn named(name: &str) -> Option<&'static Key> {
    let general = match name.split('.').collect::<Vec<_>>()[..] {
        ["openid", of, key] if is_name(of) => format!("openid.NAME.{key}"),
        _ => name.to_owned(),
    };
    KEYS.iter().find(|key| key.name == general)
}

/// A name that can stand in an address and in a variable: small letters, digits, hyphens.
fn is_name(name: &str) -> bool {
    (1..=30).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// All names, for people.
pub fn names() -> String {
    KEYS.map(|key| key.name).join(", ")
}
