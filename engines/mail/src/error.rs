//! What can go wrong, in words for whoever runs the site.

/// Why mail was not sent, or an outbox not made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not an e-mail address.
    #[error("{0:?} is not an e-mail address; write it as name@example.org")]
    Address(String),
    /// A subject or name that cannot stand in one header line.
    #[error("the {what} must be one line of at most {max} characters")]
    Line {
        /// Which part.
        what: &'static str,
        /// How long it may be, in characters.
        max: usize,
    },
    /// A message that is too big to send.
    #[error("the message has {0} bytes, more than {MAX} can be sent", MAX = crate::message::MAX_BODY)]
    TooLong(usize),
    /// The address of the mail server is wrong; the text says what was expected.
    #[error("the mail server's address is wrong: {0}")]
    Server(String),
    /// The server refused the message for good: trying again will not help.
    #[error("the mail server refused the message: {0}")]
    Refused(#[source] lettre::transport::smtp::Error),
    /// The server was not reached, or asked to try later.
    #[error("the mail server did not take the message: {0}")]
    Unreachable(#[source] lettre::transport::smtp::Error),
    /// The folder could not be written to.
    #[error("cannot write mail into {folder}: {source}")]
    Folder {
        /// Which folder.
        folder: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The message could not be put together.
    #[error("the message cannot be composed: {0}")]
    Composition(#[from] lettre::error::Error),
}

impl Error {
    /// Whether trying again later cannot help: the message or its address is at fault.
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Address(_) | Self::Line { .. } | Self::TooLong(_) | Self::Refused(_) | Self::Composition(_) => true,
            Self::Server(_) | Self::Unreachable(_) | Self::Folder { .. } => false,
        }
    }
}

impl From<lettre::transport::smtp::Error> for Error {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        if error.is_permanent() { Self::Refused(error) } else { Self::Unreachable(error) }
    }
}
