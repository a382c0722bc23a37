//! The cookie jar: name, value and path (RFC 6265 §5.3, §5.4), for one host.

use http::{HeaderMap, header};

#[derive(Default)]
pub(super) struct Cookies(Vec<Cookie>);

struct Cookie {
    name: String,
    value: String,
    path: String,
}

impl Cookies {
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|cookie| cookie.name == name).map(|cookie| cookie.value.as_str())
    }

    pub(super) fn set(&mut self, name: &str, value: &str, path: &str) {
        self.remove(name, path);
        self.0.push(Cookie { name: name.into(), value: value.into(), path: path.into() });
    }

    /// Takes over what an answer to a request for `path` sets or deletes.
    pub(super) fn store(&mut self, headers: &HeaderMap, path: &str) {
        for set in headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().expect("a Set-Cookie header is ASCII");
            let mut parts = set.split(';').map(str::trim);
            let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).unwrap_or_default();
            let attributes: Vec<_> = parts.map(|part| part.split_once('=').unwrap_or((part, ""))).collect();
            let attribute = |name: &str| attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
            let path = attribute("path").filter(|path| path.starts_with('/')).unwrap_or_else(|| folder(path));
            // Max-Age is stronger than Expires; a deletion by date is dated to the epoch.
            let gone = attribute("max-age").map_or_else(
                || attribute("expires").is_some_and(|date| date.contains("1970")),
                |seconds| seconds.parse::<i64>().is_ok_and(|seconds| seconds <= 0),
            );
            if gone {
                self.remove(name, path);
            } else {
                self.set(name, value, path);
            }
        }
    }

    /// The Cookie header for a request, the most specific path first.
    pub(super) fn header(&self, path: &str) -> Option<String> {
        let mut fitting: Vec<_> = self.0.iter().filter(|cookie| covers(&cookie.path, path)).collect();
        fitting.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        let pairs: Vec<_> = fitting.iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn remove(&mut self, name: &str, path: &str) {
        self.0.retain(|cookie| cookie.name != name || cookie.path != path);
    }
}

/// The default path: that of the request up to its last slash (RFC 6265 §5.1.4).
fn folder(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) | None => "/",
        Some(end) => &path[..end],
    }
}

/// Whether a cookie of one path goes with a request for another (RFC 6265 §5.1.4).
fn covers(cookie: &str, request: &str) -> bool {
    request.strip_prefix(cookie).is_some_and(|rest| cookie.ends_with('/') || rest.is_empty() || rest.starts_with('/'))
}
