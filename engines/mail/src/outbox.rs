//! Where messages leave.

use std::fmt;
use std::path::Path;

use crate::address::Address;
use crate::error::Error;
use crate::folder::Folder;
use crate::message::Message;
use crate::smtp::Smtp;

/// A way out for mail, with the sender that every message has. Cheap to clone.
#[derive(Clone)]
pub struct Outbox {
    from: Address,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Smtp(Smtp),
    Folder(Folder),
}

impl Outbox {
    /// Sends over a mail server: `smtps://user:password@host` (TLS from the start, port 465),
    /// `smtp://user:password@host?tls=required` (STARTTLS, port 587), or `smtp://localhost:25`
    /// for a relay on the same machine. User and password are percent-encoded.
    ///
    /// # Errors
    /// [`Error::Server`] when the address is none of these, or would send the password over a
    /// network in the clear. Nothing is contacted yet.
    pub fn smtp(url: &str, from: Address) -> Result<Self, Error> {
        Ok(Self { from, way: Way::Smtp(Smtp::at(url)?) })
    }

    /// Writes each message as a file `<time>-<id>.eml` into a folder, which is made where it does
    /// not exist. Only the program's own user can read what it writes.
    ///
    /// # Errors
    /// [`Error::Folder`] when the folder cannot be made.
    pub fn folder(path: impl AsRef<Path>, from: Address) -> Result<Self, Error> {
        Ok(Self { from, way: Way::Folder(Folder::at(path.as_ref())?) })
    }

    /// Who messages are from.
    pub fn from(&self) -> &Address {
        &self.from
    }

    /// Sends a message now. When this returns, the server or the folder has it.
    ///
    /// # Errors
    /// What went wrong; [`Error::is_permanent`] says whether trying again makes sense.
    pub async fn send(&self, message: &Message) -> Result<(), Error> {
        let composed = message.compose(&self.from)?;
        match &self.way {
            Way::Smtp(smtp) => smtp.send(composed).await,
            Way::Folder(folder) => folder.write(composed.formatted()).await,
        }
    }
}

/// Where mail goes, for the log: without user or password.
impl fmt::Display for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.way {
            Way::Smtp(smtp) => write!(f, "mail server {}", smtp.name()),
            Way::Folder(folder) => write!(f, "folder {}", folder.path().display()),
        }
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outbox({self}, from {})", self.from)
    }
}
