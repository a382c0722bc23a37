//! The one error for people (DESIGN §3, rule 6): a status, words safe to show, and the true cause for the log.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use std::borrow::Cow;

use crate::problems::Problems;

/// What went wrong, said so that a person knows what to do next.
#[derive(Debug)]
pub enum Error {
    /// Nothing is at this address (404).
    NotFound,
    /// Something was here and has been taken away on purpose (410).
    Gone,
    /// Only for people who are signed in (401; a browser is led to the sign-in page).
    SignIn,
    /// Signed in, but not allowed (403). The words say who may.
    Forbidden(Cow<'static, str>),
    /// The input cannot be taken as it is (422), by field.
    Invalid(Problems),
    /// Somebody else changed it meanwhile (409).
    Conflict(Cow<'static, str>),
    /// Too many tries (429); may be tried again after so many seconds.
    TooMany {
        /// Seconds to wait, sent as `Retry-After` (RFC 9110 §10.2.3).
        seconds: u64,
    },
    /// As much of something as somebody is allowed for now (429); the words say of what, and that they can go on later.
    Enough {
        /// Seconds to wait, sent as `Retry-After` (RFC 9110 §10.2.3).
        seconds: u64,
        /// What it was, for people.
        words: String,
    },
    /// The request is larger than this page takes (413).
    TooLarge(Cow<'static, str>),
    /// The request makes no sense as sent (400).
    Malformed(Cow<'static, str>),
    /// The disk or the quota is full (507).
    Full,
    /// The program is overloaded or the database is away for a moment (503).
    Busy,
    /// Our own fault (500). The source is logged, never shown.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

/// What the error page shows; rides in the response's extensions until the door draws the page around it.
#[derive(Clone, Debug)]
pub struct ErrorPage {
    /// The status that was sent.
    pub status: StatusCode,
    /// A heading of a few words.
    pub title: &'static str,
    /// One or two sentences: what happened and what to do.
    pub words: String,
    /// Problems by field, for clients that asked for JSON.
    pub problems: Problems,
}

impl Error {
    /// An error that is nobody's fault but ours, with its cause for the log.
    pub fn broken(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Broken(cause.into())
    }

    /// One problem with one field.
    pub fn invalid(field: &'static str, words: impl Into<String>) -> Self {
        let mut problems = Problems::default();
        problems.add(field, words);
        Self::Invalid(problems)
    }

    /// The status code a client sees.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooMany { .. } | Self::Enough { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "Nothing is here",
            Self::Gone => "This has been taken down",
            Self::SignIn => "Please sign in",
            Self::Forbidden(_) => "Not allowed",
            Self::Invalid(_) => "Something needs another look",
            Self::Conflict(_) => "Somebody was faster",
            Self::TooMany { .. } => "Too many tries",
            Self::Enough { .. } => "Enough for now",
            Self::TooLarge(_) => "Too large",
            Self::Malformed(_) => "That request made no sense",
            Self::Full => "No room left to save",
            Self::Busy => "Too busy just now",
            Self::Broken(_) => "Something broke",
        }
    }

    /// The sentence shown to the person. It never carries the inner cause.
    pub fn words(&self) -> String {
        match self {
            Self::NotFound => "The address may be mistyped, or the page has moved. The front page leads everywhere.".into(),
            Self::Gone => "The people who run this site removed it. The front page leads to everything else.".into(),
            Self::SignIn => "This page is for people who are signed in.".into(),
            Self::Forbidden(why) | Self::Conflict(why) | Self::TooLarge(why) | Self::Malformed(why) => why.to_string(),
            Self::Invalid(problems) => problems.sentence(),
            Self::Enough { words, .. } => words.clone(),
            Self::TooMany { seconds } => format!("Please wait {} and try again.", wait_in_words(*seconds)),
            Self::Full => "The disk of this site is full, so nothing was changed. Your text is still in your browser: go back, copy it, and tell the people who run the site.".into(),
            Self::Busy => "Nothing was changed. Please try again in a few seconds.".into(),
            Self::Broken(_) => "That is our fault, not yours. It has been written down for the people who run the site; please try again.".into(),
        }
    }
}

fn wait_in_words(seconds: u64) -> String {
    match seconds {
        0..=1 => "a second".into(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        match error.kind() {
            db::Kind::NotFound => Self::NotFound,
            db::Kind::Full => {
                tracing::error!(error = %error, "the disk is full");
                Self::Full
            }
            db::Kind::Busy | db::Kind::Serialization | db::Kind::Timeout | db::Kind::Connection | db::Kind::Closed => {
                tracing::warn!(error = %error, "the database did not answer in time");
                Self::Busy
            }
            _ => Self::Broken(Box::new(error)),
        }
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Invalid(problems)
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Broken(cause) = &self {
            tracing::error!(error = %cause, "broken request");
        }
        let status = self.status();
        let page = ErrorPage {
            status,
            title: self.title(),
            words: self.words(),
            problems: if let Self::Invalid(problems) = &self { problems.clone() } else { Problems::default() },
        };
        let mut response = (status, page.words.clone()).into_response();
        if let Self::TooMany { seconds } | Self::Enough { seconds, .. } = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(page);
        response
    }
}

/// What handlers return.
pub type Result<T = Response, E = Error> = std::result::Result<T, E>;
