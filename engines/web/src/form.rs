//! Forms as browsers send them: URL-encoded or multipart, bounded, free of U+0000, with LF line ends.

use axum::extract::{FromRequest, Multipart, Request, multipart::MultipartError};
use bytes::Bytes;
use http::header;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use crate::error::Error;

/// All text fields of one form together. A long read is 100 KB; a megabyte is a book.
pub const MAX_TEXT: usize = 2 * 1024 * 1024;
/// One uploaded file.
pub const MAX_FILE: usize = 40_000_000;
/// More fields than any page of ours has.
const MAX_FIELDS: usize = 2_000;

/// A submitted form, whichever of the two encodings carried it.
#[derive(Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    files: Vec<File>,
}

/// An uploaded file, still unchecked: its type is what its bytes say, not its name.
#[derive(Debug)]
pub struct File {
    /// The form field it came in.
    pub field: String,
    /// The name the person's computer gave it. Only ever shown, never used as a path.
    pub name: String,
    /// Its content, at most [`MAX_FILE`].
    pub bytes: Bytes,
}

impl Form {
    /// A form from pairs, for code that speaks to handlers' inner halves.
    pub fn from_pairs<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let fields = pairs.into_iter().map(|(key, value)| (key.into(), tidy(value.into()))).collect();
        Self { fields, files: Vec::new() }
    }

    /// A field's text as written; empty when the field was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// A field's text, if it was sent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a field that may repeat.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| !value.is_empty() && value != "0")
    }

    /// A number, such as an id.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name).and_then(|value| value.trim().parse().ok())
    }

    /// An uploaded file, if one was chosen.
    pub fn file(&self, name: &str) -> Option<&File> {
        self.files.iter().find(|file| file.field == name && !file.bytes.is_empty())
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            let parts = Multipart::from_request(request, state).await;
            return multipart(parts.map_err(|_| Error::Malformed("The form arrived incomplete. Please send it again.".into()))?).await;
        }
        // A letter outside of ASCII takes six to nine bytes in this encoding.
        let body = Limited::new(request.into_body(), MAX_TEXT * 3).collect().await;
        let body = body.map_err(|error| if error.is::<LengthLimitError>() { too_much_text() } else { broken_off() })?.to_bytes();
        urlencoded(&body)
    }
}

fn urlencoded(body: &[u8]) -> Result<Form, Error> {
    let mut form = Form::default();
    let mut total = 0;
    for (key, value) in url::form_urlencoded::parse(body) {
        total += key.len() + value.len();
        if total > MAX_TEXT || form.fields.len() >= MAX_FIELDS {
            return Err(too_much_text());
        }
        form.fields.push((key.into_owned(), tidy(value.into_owned())));
    }
    Ok(form)
}

async fn multipart(mut parts: Multipart) -> Result<Form, Error> {
    let mut form = Form::default();
    let mut total = 0;
    while let Some(mut part) = parts.next_field().await.map_err(|error| refused(&error))? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(ToOwned::to_owned);
        let limit = if name.is_some() { MAX_FILE } else { MAX_TEXT };
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|error| refused(&error))? {
            if bytes.len() + chunk.len() > limit {
                return Err(if name.is_some() { too_large_file() } else { too_much_text() });
            }
            bytes.extend_from_slice(&chunk);
        }
        if form.fields.len() + form.files.len() >= MAX_FIELDS {
            return Err(too_much_text());
        }
        match name {
            Some(name) => form.files.push(File { field, name, bytes: bytes.into() }),
            None => {
                total += bytes.len();
                if total > MAX_TEXT {
                    return Err(too_much_text());
                }
                form.fields.push((field, tidy(String::from_utf8_lossy(&bytes).into_owned())));
            }
        }
    }
    Ok(form)
}

/// Browsers send CR LF; databases refuse U+0000. Neither is anything a person wrote.
fn tidy(value: String) -> String {
    if value.contains(['\0', '\r']) { value.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n") } else { value }
}

/// Pages that take no files take less in all ([`axum::extract::DefaultBodyLimit`], 2 MB unless the room says otherwise).
fn refused(error: &MultipartError) -> Error {
    if error.status() == http::StatusCode::PAYLOAD_TOO_LARGE {
        Error::TooLarge("That is more than this form can carry. Please shorten the text, or choose a smaller file.".into())
    } else {
        broken_off()
    }
}

fn broken_off() -> Error {
    Error::Malformed("The form broke off on its way. Please send it again.".into())
}

fn too_much_text() -> Error {
    Error::TooLarge("That is more text than one form can carry (2 MB). Please shorten it or split it into parts.".into())
}

fn too_large_file() -> Error {
    Error::TooLarge("That file is larger than 40 MB. Please choose a smaller one.".into())
}

#[cfg(test)]
mod tests;
