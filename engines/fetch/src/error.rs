//! Why something was not fetched.

use std::time::Duration;

/// Why something was not fetched. The words can be shown to people; they say nothing of our own network.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No address of the web, or one we do not go to: another scheme or port, a name and password inside.
    #[error("{0:?} is no address on the web that can be fetched")]
    Address(String),
    /// The host has no address on the public web.
    #[error("{0} is not on the public web")]
    NotPublic(String),
    /// A name that leads nowhere, a connection refused or broken off, a certificate that is not valid.
    #[error("{host} could not be reached: {cause}")]
    Unreachable {
        /// Whose.
        host: String,
        /// What the network said.
        cause: String,
    },
    /// One redirect too many.
    #[error("it redirects more than {0} times")]
    Redirects(usize),
    /// More bytes than were asked for.
    #[error("it is larger than {0} bytes")]
    TooLarge(u64),
    /// Took longer than it may, or stood still.
    #[error("it took longer than {} seconds", .0.as_secs())]
    TooSlow(Duration),
}

impl Error {
    /// Whether asking again later would be answered the same.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Address(_) | Self::NotPublic(_) | Self::Redirects(_) | Self::TooLarge(_))
    }

    /// What the HTTP client said, in the words of its innermost cause: the outer ones repeat the address.
    pub(crate) fn from_client(host: &str, error: &reqwest::Error) -> Self {
        let mut cause: &dyn std::error::Error = error;
        loop {
            if cause.downcast_ref::<Closed>().is_some() {
                return Self::NotPublic(host.to_owned());
            }
            let Some(inner) = cause.source() else { break };
            cause = inner;
        }
        Self::Unreachable { host: host.to_owned(), cause: cause.to_string() }
    }
}

/// The resolver's answer when a name has no public address.
#[derive(Debug, thiserror::Error)]
#[error("no address on the public web")]
pub(crate) struct Closed;
