//! The job that carries a letter out.

use db::Tx;
use web::Error;

/// Writes a letter into the queue, in the transaction of its cause. Subject and text.
pub fn post_mail(tx: &mut Tx, name: &str, email: &str, (subject, text): (String, String), now: i64) -> Result<(), Error> {
    let letter = Letter { name: name.to_owned(), email: email.to_owned(), subject, text, unsubscribe: None };
    jobs::enqueue(tx, &letter, now)?;
    Ok(())
}

/// A letter on its way out.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Letter {
    /// Whom it is for.
    pub name: String,
    /// Where it goes.
    pub email: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// Where one press ends letters like it (RFC 8058); none for those that people need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<String>,
}

impl jobs::Job for Letter {
    const KIND: &'static str = "letter";
}
