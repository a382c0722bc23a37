//! Configuration: one struct, read once, from a file, the environment and the command line, in rising strength.
//!
//! The file is `ocotillo.toml` in the data folder, or the one that `--config` names. Environment variables are the
//! keys in capitals behind `OCOTILLO_` (`mail.server` is `OCOTILLO_MAIL_SERVER`). A key nobody knows, or a value that
//! cannot be meant, stops the program: the error names the key, what was found, what was expected, and where.

mod files;
mod keys;
mod layers;
mod parse;
mod providers;
#[cfg(test)]
mod tests;

use people::identities::Provider;
use std::{fmt, net::IpAddr, net::SocketAddr, path::PathBuf};

pub use files::Files;
pub use keys::KEYS;
pub use parse::masked;

/// For tests: milliseconds by which the program's clock is ahead. A variable of its own and no key of the configuration, so that no
/// site can be set to a wrong time by its file.
pub const CLOCK_AHEAD: &str = "OCOTILLO_CLOCK_AHEAD_MS";

/// For tests: names of the web that lead to servers of their own, `name=address:port` with commas between. Everything else
/// that is not on the public web stays out of reach.
pub const PINS: &str = "OCOTILLO_TEST_PINS";

/// How the program runs.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The folder that holds everything: database, pictures unless they are kept elsewhere, mail that waits for nobody.
    pub data: PathBuf,
    /// `sqlite:` or `postgres://` address.
    pub database: String,
    /// Where pictures and recordings are kept.
    pub files: Files,
    /// Scheme and host under which people reach it; `None` stands for the address it listens on.
    pub origin: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Certificate and key, when the program itself speaks HTTPS.
    pub tls: Option<Tls>,
    /// MiB for pages kept for guests.
    pub cache: u64,
    /// How mail leaves.
    pub mail: Mail,
    /// Who vouches for people.
    pub providers: Vec<Provider>,
    /// What is logged, as `tracing-subscriber` filters: `info`, `warn,db=debug`.
    pub log: String,
}

/// Files by which the program itself speaks HTTPS.
#[derive(Clone, Debug)]
pub struct Tls {
    /// The certificate and its chain, PEM.
    pub certificate: PathBuf,
    /// Its key, PEM.
    pub key: PathBuf,
}

/// How mail leaves.
#[derive(Clone, Debug)]
pub struct Mail {
    /// An `smtp://` or `smtps://` address; `None` writes letters into the folder `mail`.
    pub server: Option<String>,
    /// Who letters are from; `None` stands for `newsroom@` the site's host.
    pub from: Option<mail::Address>,
}

/// What the command line says; every value still a text.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// The file that was named.
    pub config: Option<PathBuf>,
    /// Keys and values, in no order.
    pub values: Vec<(&'static str, String)>,
}

/// Configuration that cannot be meant.
#[derive(Debug)]
pub struct Refused {
    /// Which key.
    pub key: String,
    /// The value, secrets left out.
    pub found: String,
    /// What would do.
    pub expected: String,
    /// File, variable or option.
    pub place: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.key.is_empty() {
            return write!(f, "{}: {}\n  expected: {}", self.place, self.found, self.expected);
        }
        write!(f, "{}: found {}\n  expected: {}\n  in: {}", self.key, self.found, self.expected, self.place)
    }
}

impl std::error::Error for Refused {}

impl Config {
    /// Reads everything. `environment` is all variables; `folder` is the data folder when nobody names one.
    ///
    /// # Errors
    /// [`Refused`] at the first thing that cannot be meant.
    pub fn read(flags: &Flags, environment: impl IntoIterator<Item = (String, String)>, folder: &str) -> Result<Self, Refused> {
        let layers = layers::Layers::gather(flags, environment, folder)?;
        layers.only_known()?;
        let data: PathBuf = layers.get("data", parse::text)?.map_or_else(|| folder.into(), PathBuf::from);
        let database = layers.get("database", parse::database)?.unwrap_or_else(|| format!("sqlite:{}", data.join("ocotillo.db").display()));
        Ok(Self {
            listen: layers.get("listen", parse::listen)?.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            database,
            files: files::read(&layers, &data)?,
            origin: layers.get("origin", parse::origin)?,
            trusted_proxies: layers.get("trusted_proxies", parse::addresses)?.unwrap_or_default(),
            tls: tls(&layers)?,
            cache: layers.get("cache", parse::mebibytes)?.unwrap_or(64),
            mail: Mail { server: layers.get("mail.server", parse::mail_server)?, from: layers.get("mail.from", parse::sender)? },
            providers: providers::read(&layers)?,
            log: layers.get("log", parse::log)?.unwrap_or_else(|| "warn".into()),
            data,
        })
    }

    /// The address people use, once it is known where the program listens.
    pub fn origin_at(&self, listening: SocketAddr) -> String {
        // Nobody can open 0.0.0.0 in a browser.
        let host = if listening.ip().is_unspecified() { "localhost".to_owned() } else { SocketAddr::new(listening.ip(), 0).to_string() };
        let host = host.trim_end_matches(":0");
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        self.origin.clone().unwrap_or_else(|| format!("{scheme}://{host}:{}", listening.port()))
    }
}

/// Both files or neither.
fn tls(layers: &layers::Layers) -> Result<Option<Tls>, Refused> {
    let found = (layers.get("tls.certificate", parse::text)?, layers.get("tls.key", parse::text)?);
    let missing = match found {
        (None, None) => return Ok(None),
        (Some(certificate), Some(key)) => return Ok(Some(Tls { certificate: certificate.into(), key: key.into() })),
        (Some(_), None) => "tls.key",
        (None, Some(_)) => "tls.certificate",
    };
    Err(lacking(missing))
}

/// Something without which something else that was said means nothing.
fn lacking(key: &str) -> Refused {
    let expected = keys::named(key).map_or("", |key| key.expected).to_owned();
    Refused { key: key.to_owned(), found: "nothing".into(), expected, place: "the configuration".into() }
}

/// As a configuration file would say it, without secrets.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proxies: Vec<String> = self.trusted_proxies.iter().map(|proxy| format!("\"{proxy}\"")).collect();
        writeln!(f, "listen = \"{}\"", self.listen)?;
        writeln!(f, "data = {:?}", self.data.display().to_string())?;
        writeln!(f, "database = {:?}", masked(&self.database))?;
        writeln!(f, "media = {:?}", self.files.place())?;
        writeln!(f, "origin = {:?}", self.origin_at(self.listen))?;
        writeln!(f, "trusted_proxies = [{}]", proxies.join(", "))?;
        writeln!(f, "cache = {} # MiB", self.cache)?;
        writeln!(f, "log = {:?}", self.log)?;
        if let Some(tls) = &self.tls {
            writeln!(f, "\n[tls]\ncertificate = {:?}\nkey = {:?}", tls.certificate.display().to_string(), tls.key.display().to_string())?;
        }
        if let Files::Bucket(bucket) = &self.files {
            files::write(f, bucket)?;
        }
        for provider in &self.providers {
            providers::write(f, provider)?;
        }
        writeln!(f, "\n[mail]")?;
        match &self.mail.server {
            Some(server) => writeln!(f, "server = {:?}", masked(server))?,
            None => writeln!(f, "# no server: letters are written into {}", self.data.join("mail").display())?,
        }
        match &self.mail.from {
            Some(from) => write!(f, "from = {:?}", from.to_string()),
            None => write!(f, "# from: newsroom@ and the host of the origin"),
        }
    }
}
