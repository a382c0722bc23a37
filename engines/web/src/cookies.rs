//! Reading and writing cookies (RFC 6265bis), the few kinds this program uses.

use http::{HeaderMap, HeaderValue, header};

/// The value of a cookie, if the browser sent it.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A `Set-Cookie` line that scripts cannot read and other sites cannot send along with a POST.
/// `max_age` is in seconds; 0 deletes the cookie. `secure` is set when the site is served over HTTPS.
pub fn write(name: &str, value: &str, max_age: i64, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}");
    // Values are our own tokens (base64url), so the line is always plain ASCII.
    HeaderValue::try_from(line).unwrap_or_else(|_| HeaderValue::from_static(""))
}
