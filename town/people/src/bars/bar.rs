//! What a bar is, what writing one takes, and whom it keeps out.

use std::{collections::HashMap, net::IpAddr};
use url::Url;
use web::{Form, Problems};

use super::Network;
use crate::accounts::{Author, parse_email};

db::id! {
    /// Names a bar.
    pub struct BarId;
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Bars of a site: more are a list that nobody reads.
pub const MOST: i64 = 5_000;
/// Characters of what is barred: the longest e-mail address (RFC 5321 §4.5.3.1).
pub const MAX_VALUE: usize = 254;
/// Characters of why.
pub const MAX_REASON: usize = 300;
/// For how long something is barred: name, words, days. The last one is no time at all.
pub const TIMES: [(&str, &str, Option<i64>); 6] = [
    ("1", "A day", Some(1)),
    ("7", "A week", Some(7)),
    ("30", "30 days", Some(30)),
    ("90", "90 days", Some(90)),
    ("365", "A year", Some(365)),
    ("ever", "Until somebody lifts it", None),
];

/// What is barred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One e-mail address, with what stands behind a `+` in it or without.
    Email,
    /// All addresses of a host, and of those under it.
    Host,
    /// A network.
    Network,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Email, Self::Host, Self::Network];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Host => "host",
            Self::Network => "network",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Email => "E-mail address",
            Self::Host => "Host of e-mail",
            Self::Network => "Network",
        }
    }
}

/// A bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Its id.
    pub id: BarId,
    /// What kind of thing it keeps out.
    pub kind: Kind,
    /// Which, as it is compared.
    pub value: String,
    /// Why, for those who look after people.
    pub reason: String,
    /// Until when; `None` for as long as nobody lifts it.
    pub until: Option<i64>,
    /// Who set it; `None` when they have left.
    pub by: Option<Author>,
    /// Since when.
    pub at: i64,
}

impl Bar {
    fn holds(&self, now: i64) -> bool {
        self.until.is_none_or(|until| until > now)
    }
}

/// All bars of a site, ready to be asked.
#[derive(Debug, Default)]
pub struct Bars {
    all: Vec<Bar>,
    /// By value, those of e-mail; the place of each in `all`.
    mail: HashMap<(bool, String), usize>,
    networks: Vec<(Network, usize)>,
}

impl Bars {
    /// Makes these ready.
    pub fn of(all: Vec<Bar>) -> Self {
        let mail = all.iter().enumerate().filter(|(_, bar)| bar.kind != Kind::Network);
        let mail = mail.map(|(at, bar)| ((bar.kind == Kind::Email, bar.value.clone()), at)).collect();
        let networks = all.iter().enumerate().filter(|(_, bar)| bar.kind == Kind::Network);
        let networks = networks.filter_map(|(at, bar)| Some((Network::parse(&bar.value).ok()?, at))).collect();
        Self { all, mail, networks }
    }

    /// What keeps an e-mail address out.
    pub fn of_email(&self, email: &str, now: i64) -> Option<&Bar> {
        if self.mail.is_empty() {
            return None;
        }
        let email = bare_email(email)?;
        let host = email.rsplit('@').next().unwrap_or_default().to_owned();
        let above = std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, above)| above.to_owned()));
        let keys = std::iter::once((true, email)).chain(above.map(|host| (false, host)));
        keys.filter_map(|key| self.mail.get(&key)).map(|at| &self.all[*at]).find(|bar| bar.holds(now))
    }

    /// What keeps out whoever comes from an address.
    pub fn of_address(&self, address: IpAddr, now: i64) -> Option<&Bar> {
        self.networks.iter().filter(|(network, _)| network.has(address)).map(|(_, at)| &self.all[*at]).find(|bar| bar.holds(now))
    }
}

/// An e-mail address as it is compared: its host in ASCII, without what stands behind a `+`.
fn bare_email(email: &str) -> Option<String> {
    let (name, host) = email.trim().rsplit_once('@')?;
    let name = name.split_once('+').map_or(name, |(name, _)| name);
    let host = host_of_mail(host)?;
    (!name.is_empty()).then(|| format!("{}@{host}", text::fold(name)))
}

fn host_of_mail(host: &str) -> Option<String> {
    let url = Url::parse(&format!("https://{}", host.trim().trim_end_matches('.'))).ok()?;
    let host = url.domain()?;
    (url.path() == "/" && url.username().is_empty() && url.port().is_none() && host.contains('.')).then(|| host.to_owned())
}

/// What the form of a bar brings.
#[derive(Clone, Debug)]
pub struct Changes {
    /// What kind of thing is barred.
    pub kind: Kind,
    /// Which, as it is compared.
    pub value: String,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: Option<i64>,
}

impl Changes {
    /// Reads `value` (which says by itself what it is), `reason` and `for`. Where its writer is, and their own e-mail address, cannot be
    /// barred.
    pub fn parse(form: &Form, (email, address): (Option<&str>, IpAddr), now: i64, problems: &mut Problems) -> Option<Self> {
        let typed = text::clean_line(form.text("value"));
        let found = read(&typed).map_err(|words| problems.add("value", words)).ok();
        let reason = text::clean_line(form.text("reason"));
        if reason.is_empty() {
            problems.add("reason", "Write why, for those who read this after you.");
        } else if reason.chars().count() > MAX_REASON {
            problems.add("reason", format!("Use at most {MAX_REASON} characters for the reason."));
        }
        let Some((_, _, days)) = TIMES.iter().find(|(name, ..)| *name == form.text("for")) else {
            problems.add("for", "Choose for how long.");
            return None;
        };
        let (kind, value) = found?;
        if kind == Kind::Network && days.is_none() {
            problems.add("for", "Addresses of networks change hands. Choose a time after which this one is open again.");
        }
        let until = days.map(|days| now + days * DAY_MS);
        let bar = Bar { id: BarId::new(0), kind, value: value.clone(), reason: reason.clone(), until, by: None, at: now };
        let bars = Bars::of(vec![bar]);
        if bars.of_address(address, now).is_some() {
            problems.add("value", format!("You come from this network yourself ({address}), so it cannot be barred from here."));
        }
        if email.is_some_and(|email| bars.of_email(email, now).is_some()) {
            problems.add("value", "Your own e-mail address would be barred by this. Choose something narrower.");
        }
        Some(Self { kind, value, reason, until })
    }
}

/// What somebody would bar, as it is compared.
fn read(typed: &str) -> Result<(Kind, String), String> {
    if typed.chars().count() > MAX_VALUE {
        return Err(format!("Use at most {MAX_VALUE} characters."));
    }
    let is_address = typed.parse::<IpAddr>().is_ok();
    if is_address || typed.contains('/') && !typed.contains("//") {
        return Ok((Kind::Network, Network::parse(typed)?.to_string()));
    }
    if let Some(host) = typed.strip_prefix('@').or_else(|| (!typed.contains('@')).then_some(typed)) {
        let host = host_of_mail(host).ok_or("Write an e-mail address, a host such as example.com, or a network such as 192.0.2.0/24.")?;
        return Ok((Kind::Host, host));
    }
    parse_email(typed)?;
    Ok((Kind::Email, bare_email(typed).ok_or("Write an e-mail address such as name@example.com.")?))
}
