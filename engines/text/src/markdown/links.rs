//! Which addresses people may link to and show pictures from.

use url::Url;

/// Longest address in bytes; longer ones are not links.
const MAX_URL: usize = 2_048;

/// The address to put into `href`, when it is `http`, `https`, `mailto`, or begins with one `/` or
/// with `#`. Browsers drop tabs and line breaks inside of addresses and read `\` as `/`, so
/// anything with those is refused rather than repaired.
pub(super) fn link(url: &str) -> Option<String> {
    let url = url.trim();
    if url.is_empty() || url.len() > MAX_URL || url.chars().any(is_trick) {
        return None;
    }
    if is_site_path(url) || url.starts_with('#') {
        return Some(url.to_owned());
    }
    let parsed = Url::parse(url).ok()?;
    match parsed.scheme() {
        // "https://bank.example@evil.example" only serves to deceive.
        "http" | "https" if parsed.username().is_empty() && parsed.password().is_none() => Some(parsed.into()),
        "mailto" => Some(parsed.into()),
        _ => None,
    }
}

/// The address of a page elsewhere as it may be linked to: `http` or `https`, on its own, without a name and a password in it.
pub fn web_address(url: &str) -> Option<String> {
    link(url).filter(|link| link.starts_with("https://") || link.starts_with("http://"))
}

/// Whether a picture may be loaded from there: our own store, or another site by `https`.
pub(super) fn is_picture(url: &str) -> bool {
    if url.starts_with("/media/") {
        return is_own(url);
    }
    link(url).is_some_and(|link| link.starts_with("https://"))
}

/// Whether it lies in our own store.
pub(super) fn is_own(url: &str) -> bool {
    url.strip_prefix("/media/").is_some_and(|key| url.len() <= MAX_URL && !key.contains("..") && !url.chars().any(is_trick))
}

/// Whether it is a tiny WebP within the page, as stands under a picture until that is there. No other `data:` is let through.
pub(super) fn is_blur(url: &str) -> bool {
    url.strip_prefix("data:image/webp;base64,")
        .is_some_and(|data| data.len() < 400 && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)))
}

/// An address on this site: one slash, as two would name another host.
fn is_site_path(url: &str) -> bool {
    url.starts_with('/') && !url.starts_with("//")
}

fn is_trick(c: char) -> bool {
    c.is_control() || c.is_whitespace() || c == '\\'
}
