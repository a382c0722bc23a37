//! Who a message is from or for.

use std::fmt;
use std::str::FromStr;

use lettre::message::Mailbox;

use crate::Error;

/// Longest address that SMTP can carry (RFC 5321 §4.5.3.1.3: a path of 256 with its brackets).
const MAX_EMAIL: usize = 254;
/// Longest name, in characters; a header line ends at 998 bytes (RFC 5322 §2.1.1).
const MAX_NAME: usize = 200;

/// A person's name, which may be empty, and e-mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    name: String,
    email: lettre::Address,
}

impl Address {
    /// An address with the name that mail programs show.
    ///
    /// # Errors
    /// [`Error::Address`] when `email` is none; [`Error::Line`] when the name is too long or has
    /// control characters, as in an attempt to add headers.
    pub fn new(name: &str, email: &str) -> Result<Self, Error> {
        let name = one_line("name", name.trim(), MAX_NAME)?.to_owned();
        let email = email.trim();
        let parsed = Some(email).filter(|email| email.len() <= MAX_EMAIL).and_then(|email| email.parse().ok());
        let email = parsed.ok_or_else(|| Error::Address(email.chars().take(MAX_EMAIL).collect()))?;
        Ok(Self { name, email })
    }

    /// The name; may be empty.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address, `ana@example.org`.
    pub fn email(&self) -> &str {
        self.email.as_ref()
    }

    pub(crate) fn domain(&self) -> &str {
        self.email.domain()
    }

    pub(crate) fn mailbox(&self) -> Mailbox {
        Mailbox::new(Some(self.name.clone()).filter(|name| !name.is_empty()), self.email.clone())
    }
}

/// Reads `ana@example.org` or `Ana Duarte <ana@example.org>`, as in a configuration file.
impl FromStr for Address {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, email)) => Self::new(name.trim().trim_matches('"'), email),
            None => Self::new("", text),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.is_empty() { write!(f, "{}", self.email) } else { write!(f, "{} <{}>", self.name, self.email) }
    }
}

/// Text that becomes part of a header: one line of bounded length.
pub(crate) fn one_line<'a>(what: &'static str, text: &'a str, max: usize) -> Result<&'a str, Error> {
    // Line ends by any name: some mail programs take U+2028 for one.
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if text.contains(breaks) || text.chars().count() > max {
        return Err(Error::Line { what, max });
    }
    Ok(text)
}
