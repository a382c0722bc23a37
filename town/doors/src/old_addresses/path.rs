//! How paths are compared.

use url::{Url, form_urlencoded};

/// Longest path that is kept; longer ones are no addresses of stories.
const MAX: usize = 1_000;

/// A path to be looked up, and what is put behind the address it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub path: String,
    pub then: &'static str,
}

/// The form in which a path is kept: decoded, in small letters, without a slash at the end and without `index.html`.
/// Takes a whole address as well and leaves its host out. `None` for the front page and for what is no path.
pub fn normal(address: &str) -> Option<String> {
    let address = address.trim();
    let parsed = Url::parse(address).ok().filter(Url::has_host);
    let (path, query) = match &parsed {
        Some(url) => (url.path().to_owned(), url.query().map(ToOwned::to_owned)),
        None => {
            let whole = address.split('#').next().unwrap_or_default();
            let (path, query) = whole.split_once('?').map_or((whole, None), |(path, query)| (path, Some(query.to_owned())));
            (format!("/{}", path.trim_start_matches('/')), query)
        }
    };
    if let Some(numbered) = query.as_deref().and_then(|query| numbered(&path, query)) {
        return Some(numbered.path);
    }
    let path = clean(&path);
    (path.len() > 1 && path.len() <= MAX).then_some(path)
}

fn clean(path: &str) -> String {
    // A plus stands for itself in a path.
    let decoded = form_urlencoded::parse(format!("p={}", path.replace('+', "%2B").replace('&', "%26")).as_bytes())
        .next()
        .map(|(_, path)| path.to_lowercase())
        .unwrap_or_default();
    let decoded: String = decoded.chars().filter(|c| !c.is_control()).collect();
    let path = decoded.trim_end_matches('/');
    let path = path
        .strip_suffix("/index.html")
        .or_else(|| path.strip_suffix("/index.htm"))
        .or_else(|| path.strip_suffix("/index.php"))
        .unwrap_or(path);
    format!("/{}", path.trim_start_matches('/'))
}

/// WordPress knows everything by a number, too: `/?p=123`, `/?cat=4`.
pub(super) fn numbered(path: &str, query: &str) -> Option<Candidate> {
    if !matches!(path, "/" | "/index.php" | "") {
        return None;
    }
    let pairs = form_urlencoded::parse(query.as_bytes());
    let numbered = pairs.into_iter().find(|(key, value)| {
        matches!(&**key, "p" | "page_id" | "attachment_id" | "cat" | "author" | "tag_id")
            && (1..=19).contains(&value.len())
            && value.bytes().all(|byte| byte.is_ascii_digit())
    });
    numbered.map(|(key, value)| {
        let key = if key == "page_id" { "p".into() } else { key };
        Candidate { path: format!("/?{key}={value}"), then: "" }
    })
}

/// What may be meant by an address at which nothing is: itself, or the thing whose feed or second page it was.
pub(super) fn candidates(path: &str) -> Vec<Candidate> {
    let whole = clean(path);
    if whole.len() <= 1 || whole.len() > MAX {
        return Vec::new();
    }
    let mut all = vec![Candidate { path: whole.clone(), then: "" }];
    let (above, last) = whole.rsplit_once('/').unwrap_or(("", ""));
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (above, then) = match last {
        "feed" | "rss" => (above, ".rss"),
        "atom" => (above.strip_suffix("/feed").unwrap_or(above), ".atom"),
        "rss2" => (above.strip_suffix("/feed").unwrap_or(above), ".rss"),
        "amp" | "embed" | "trackback" => (above, ""),
        _ if last.strip_prefix("comment-page-").is_some_and(number) => (above, ""),
        _ if number(last) => (above.strip_suffix("/page").unwrap_or(""), ""),
        _ => ("", ""),
    };
    if !above.is_empty() {
        all.push(Candidate { path: above.to_owned(), then });
    }
    all
}
