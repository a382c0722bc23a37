//! Reading and writing cookies (RFC 6265bis), the few kinds this program uses.

use http::{HeaderMap, HeaderValue, header};

/// The value of a cookie, if the browser sent it.
///
/// Read pair by pair as bytes: a cookie of some other program on the same host, in whatever characters, must not sign
/// anybody out.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b';'))
        .filter_map(|pair| str::from_utf8(pair).ok()?.trim().split_once('='))
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_of_any_kind() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_bytes(b"odd=\xff\xfe; mysession=no; session=yes; session=second").unwrap());
        assert_eq!(read(&headers, "session"), Some("yes"));
        assert_eq!((read(&headers, "odd"), read(&headers, "sess")), (None, None));
    }

    #[test]
    fn cookies_are_closed_to_scripts_and_other_sites() {
        assert_eq!(write("session", "abc", 60, true), "session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
        assert_eq!(write("session", "", 0, false), "session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
