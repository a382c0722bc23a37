//! Files that belong to the program: styles, scripts, fonts, icons; embedded, named by their content, compressed at build time.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::{borrow::Cow, collections::HashMap, sync::OnceLock};

use crate::encoding::Encoding;

/// How an embedded file is found by its path in the folder.
pub type Lookup = fn(&str) -> Option<Cow<'static, [u8]>>;

static INSTALLED: OnceLock<Assets> = OnceLock::new();

/// Makes these the files of the program. Only the first call counts: they are embedded and never change.
pub fn install(assets: Assets) {
    let _ = INSTALLED.set(assets);
}

/// The program's files; none when nothing was installed (tests of what is not about looks).
pub fn installed() -> &'static Assets {
    INSTALLED.get_or_init(Assets::none)
}

/// The address of one of the program's files by its plain name, such as `site.css`.
pub fn address(name: &str) -> &str {
    installed().addresses.get(name).map_or(name, String::as_str)
}

/// The embedded folder and its manifest (`{"site.css": "site-3F2A.css", …}`).
pub struct Assets {
    lookup: Lookup,
    addresses: HashMap<String, String>,
}

impl Assets {
    /// Reads the manifest of an embedded folder.
    ///
    /// # Errors
    /// When `manifest.json` is missing or is no map of names: the front end was not built.
    pub fn new(lookup: Lookup) -> Result<Self, crate::Error> {
        let manifest = lookup("manifest.json").ok_or_else(|| crate::Error::broken("the front end is not built: run `make assets`"))?;
        let names: HashMap<String, String> = serde_json::from_slice(&manifest).map_err(crate::Error::broken)?;
        let addresses = names.into_iter().map(|(name, file)| (name, format!("/assets/{file}"))).collect();
        Ok(Self { lookup, addresses })
    }

    /// No files at all: for tests of what is not about looks.
    pub fn none() -> Self {
        Self { lookup: |_| None, addresses: HashMap::new() }
    }

    /// Answers `GET /assets/{file}`. Names carry a hash of the content, so browsers keep them for ever (RFC 8246).
    pub fn serve(&self, file: &str, headers: &HeaderMap) -> Response {
        let encoding = Encoding::accepted(headers);
        let (found, encoding) = self.packed(file, encoding);
        let Some(bytes) = found else { return StatusCode::NOT_FOUND.into_response() };
        let mut response = match bytes {
            Cow::Borrowed(bytes) => bytes.into_response(),
            Cow::Owned(bytes) => bytes.into_response(),
        };
        let head = response.headers_mut();
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind_of(file)));
        head.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        head.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Some(name) = encoding.name() {
            head.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        response
    }

    fn packed(&self, file: &str, encoding: Encoding) -> (Option<Cow<'static, [u8]>>, Encoding) {
        let suffix = match encoding {
            Encoding::Brotli => ".br",
            Encoding::Gzip => ".gz",
            Encoding::Identity => return ((self.lookup)(file), encoding),
        };
        match (self.lookup)(&format!("{file}{suffix}")) {
            Some(bytes) => (Some(bytes), encoding),
            None => ((self.lookup)(file), Encoding::Identity),
        }
    }
}

fn kind_of(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
