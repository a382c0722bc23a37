//! Where readers come from: the host of a `Referer` (RFC 9110 §10.1.3), never its path.

use std::borrow::Cow;

/// Stands for all sites that are not counted one by one.
pub const OTHER: &str = "other";

/// Longest host that is counted by its own name (RFC 1035 allows 253; no newspaper's friend needs it).
const MAX_HOST: usize = 80;

/// Where a reader came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From no page that can be named: typed, from a bookmark, from an app, or the browser does not say.
    Direct,
    /// From another page of this site.
    Here,
    /// From another site. A well-known one goes by the first of its hosts, everybody else by their host without `www.`.
    Site(Cow<'static, str>),
}

/// A site with more than one address, or one that people know by its name.
struct Known {
    /// What people call it.
    name: &'static str,
    /// Its hosts, with everything under them; a last `*` stands for any ending. The first one names it in tables.
    hosts: &'static [&'static str],
}

macro_rules! sites {
    ($($name:literal: $($host:literal)+;)+) => {
        /// Search engines, networks and the like. What stands earlier is found first.
        const SITES: &[Known] = &[$(Known { name: $name, hosts: &[$($host),+] }),+];
    };
}

sites! {
    "Google News": "news.google.com";
    "Gmail": "mail.google.com" "com.google.android.gm";
    "Gemini": "gemini.google.com";
    "Google": "google.com" "google.*" "com.google.android.googlequicksearchbox";
    "Bing": "bing.com";
    "DuckDuckGo": "duckduckgo.com";
    "Yahoo Mail": "mail.yahoo.com";
    "Yahoo": "yahoo.com" "yahoo.*";
    "Ecosia": "ecosia.org";
    "Qwant": "qwant.com";
    "Brave Search": "search.brave.com";
    "Startpage": "startpage.com";
    "Kagi": "kagi.com";
    "Yandex": "yandex.ru" "yandex.*" "ya.ru";
    "Baidu": "baidu.com";
    "ChatGPT": "chatgpt.com" "chat.openai.com";
    "Claude": "claude.ai";
    "Perplexity": "perplexity.ai";
    "Copilot": "copilot.microsoft.com";
    "Facebook": "facebook.com" "fb.com" "fb.me" "com.facebook.katana";
    "Instagram": "instagram.com" "com.instagram.android";
    "Threads": "threads.com" "threads.net";
    "WhatsApp": "whatsapp.com" "wa.me";
    "X": "x.com" "twitter.com" "t.co" "com.twitter.android";
    "Bluesky": "bsky.app" "bsky.social";
    "Mastodon": "mastodon.social" "mastodon.online" "mastodon.world" "mstdn.social" "joinmastodon.org" "org.joinmastodon.android";
    "Reddit": "reddit.com" "redd.it" "com.reddit.frontpage";
    "LinkedIn": "linkedin.com" "lnkd.in" "com.linkedin.android";
    "Nextdoor": "nextdoor.com" "nextdoor.*";
    "Pinterest": "pinterest.com" "pinterest.*" "pin.it";
    "TikTok": "tiktok.com";
    "YouTube": "youtube.com" "youtu.be" "com.google.android.youtube";
    "Telegram": "t.me" "telegram.org" "telegram.me" "org.telegram.messenger";
    "Hacker News": "news.ycombinator.com";
    "Wikipedia": "wikipedia.org";
    "Flipboard": "flipboard.com";
    "MSN": "msn.com";
    "Outlook": "outlook.live.com" "outlook.office.com" "outlook.office365.com";
}

impl Origin {
    /// What a `Referer` says, for a site at the host `own` (lower case, without `www.` and port).
    pub fn of(referrer: &str, own: &str) -> Self {
        let Some(host) = host(referrer) else { return Self::Direct };
        let host = if host.bytes().any(|byte| byte.is_ascii_uppercase()) { Cow::Owned(host.to_ascii_lowercase()) } else { host.into() };
        let host = bare(&host);
        if host == own {
            return Self::Here;
        }
        let known = SITES.iter().find(|known| known.hosts.iter().any(|pattern| stands_under(host, pattern)));
        Self::Site(match known {
            Some(known) => known.hosts[0].into(),
            None if is_public(host) => host.to_owned().into(),
            None => OTHER.into(),
        })
    }
}

/// What people call a site that [`Origin`] has named.
pub fn name_of(site: &str) -> &str {
    if site == OTHER {
        return "Other sites";
    }
    SITES.iter().find(|known| known.hosts[0] == site).map_or(site, |known| known.name)
}

/// The host of an address of the web, or the name of an app that Android sends in its place.
fn host(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    if !["https", "http", "android-app"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    Some(host).filter(|host| !host.is_empty())
}

/// A host without its port, `www.` and the dot at the end.
pub(super) fn bare(host: &str) -> &str {
    let host = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => host,
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    host.strip_prefix("www.").unwrap_or(host)
}

/// `pattern` is a host, or ends in `.*` for any public ending of one or two parts.
fn stands_under(host: &str, pattern: &str) -> bool {
    let Some(stem) = pattern.strip_suffix('*') else {
        return host.strip_suffix(pattern).is_some_and(|before| before.is_empty() || before.ends_with('.'));
    };
    let begins_a_label = |at: usize| at == 0 || host.as_bytes()[at - 1] == b'.';
    let at = host.match_indices(stem).map(|(at, _)| at).find(|at| begins_a_label(*at));
    // "google.evil.example" is none of Google's: a country's ending is "de" or "co.uk".
    at.map(|at| &host[at + stem.len()..]).is_some_and(|ending| match ending.split_once('.') {
        None => (2..=3).contains(&ending.len()),
        Some((second, country)) => second.len() <= 3 && country.len() == 2,
    })
}

/// A host name as the public has them: letters, digits and hyphens, with an ending of letters. Addresses of machines and
/// names inside of somebody's house are nobody's site.
fn is_public(host: &str) -> bool {
    let labels_are_right = host
        .split('.')
        .all(|label| !label.is_empty() && label.len() <= 63 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    let ending = host.rsplit('.').next().unwrap_or_default();
    host.len() <= MAX_HOST
        && host.contains('.')
        && labels_are_right
        && ending.len() > 1
        && !ending.bytes().all(|byte| byte.is_ascii_digit())
}
