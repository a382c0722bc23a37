//! A message, and how it is written down (RFC 5322, MIME).

use std::fmt;
use std::hash::{BuildHasher, RandomState};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{MultiPart, SinglePart};

use crate::address::{Address, one_line};
use crate::error::Error;

/// Longest subject, in characters.
const MAX_SUBJECT: usize = 300;
/// Longest address to unsubscribe at, in characters: a token is a few hundred.
const MAX_ADDRESS: usize = 800;
/// Most bytes of text and HTML together: what a newsletter needs, far below servers' limits.
pub(crate) const MAX_BODY: usize = 2 * 1024 * 1024;

/// One message to one person.
#[derive(Clone)]
pub struct Message {
    /// Who it is for.
    pub to: Address,
    /// One line, at most 300 characters.
    pub subject: String,
    /// The message as plain text.
    pub text: String,
    /// The same as HTML, for programs that show it.
    pub html: Option<String>,
    /// An HTTPS address that ends messages like this when it is posted to, without asking anything (RFC 8058).
    pub unsubscribe: Option<String>,
}

/// Without the texts: they hold links that sign people in.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.size();
        f.debug_struct("Message").field("to", &self.to).field("subject", &self.subject).field("bytes", &bytes).finish()
    }
}

impl Message {
    pub(crate) fn compose(&self, from: &Address) -> Result<lettre::Message, Error> {
        let subject = one_line("subject", self.subject.trim(), MAX_SUBJECT)?;
        if self.size() > MAX_BODY {
            return Err(Error::TooLong(self.size()));
        }
        let mut builder = lettre::Message::builder()
            .from(from.mailbox())
            .to(self.to.mailbox())
            .subject(subject)
            // The sender's domain: the machine's own name is nobody's business.
            .message_id(Some(format!("<{}@{}>", unique(), from.domain())));
        // Asks absence notices and other robots not to answer (RFC 3834 §5).
        builder = builder.raw_header(raw("Auto-Submitted", "auto-generated".to_owned()));
        if let Some(address) = &self.unsubscribe {
            let address = one_line("address to unsubscribe at", address, MAX_ADDRESS)?;
            builder = builder.raw_header(raw("List-Unsubscribe", format!("<{address}>")));
            builder = builder.raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        let plain = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(self.text.clone());
        let composed = match &self.html {
            None => builder.singlepart(plain),
            Some(html) => {
                let html = SinglePart::builder().header(ContentType::TEXT_HTML).body(html.clone());
                builder.multipart(MultiPart::alternative().singlepart(plain).singlepart(html))
            }
        };
        Ok(composed?)
    }

    fn size(&self) -> usize {
        self.text.len() + self.html.as_ref().map_or(0, String::len)
    }
}

fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// A number that no other message has: 128 bits that the system's randomness seeds.
pub(crate) fn unique() -> String {
    let half = || RandomState::new().hash_one(std::time::SystemTime::now());
    format!("{:016x}{:016x}", half(), half())
}
