//! Cards for links to media elsewhere. Only a link: no foreign script, frame or picture is loaded.

use super::pictures::Known;
use super::tree::text_of;
use super::{Own, escape};
use comrak::nodes::{Node, NodeValue};
use url::Url;

/// A place whose links become cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provider {
    /// Its name as people know it.
    pub name: &'static str,
    /// Its host; hosts below it belong to it.
    pub host: &'static str,
}

/// Everyone whose links become cards.
pub const PROVIDERS: &[Provider] = &[
    Provider { name: "YouTube", host: "youtube.com" },
    Provider { name: "YouTube", host: "youtu.be" },
    Provider { name: "Vimeo", host: "vimeo.com" },
    Provider { name: "Dailymotion", host: "dailymotion.com" },
    Provider { name: "Twitch", host: "twitch.tv" },
    Provider { name: "PeerTube", host: "framatube.org" },
    Provider { name: "PeerTube", host: "tilvids.com" },
    Provider { name: "PeerTube", host: "peertube.tv" },
    Provider { name: "Mastodon", host: "mastodon.social" },
    Provider { name: "Mastodon", host: "mastodon.online" },
    Provider { name: "Mastodon", host: "mstdn.social" },
    Provider { name: "Mastodon", host: "fosstodon.org" },
    Provider { name: "Bluesky", host: "bsky.app" },
    Provider { name: "Spotify", host: "open.spotify.com" },
    Provider { name: "SoundCloud", host: "soundcloud.com" },
    Provider { name: "Bandcamp", host: "bandcamp.com" },
    Provider { name: "Mixcloud", host: "mixcloud.com" },
    Provider { name: "Apple Podcasts", host: "podcasts.apple.com" },
    Provider { name: "OpenStreetMap", host: "openstreetmap.org" },
    Provider { name: "Wikimedia Commons", host: "commons.wikimedia.org" },
    Provider { name: "Internet Archive", host: "archive.org" },
    Provider { name: "Flickr", host: "flickr.com" },
];

/// Characters of the address that a card shows.
const SHOWN: usize = 60;

/// The provider that an `http` or `https` address belongs to.
pub fn provider(url: &str) -> Option<&'static Provider> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str().filter(|_| matches!(url.scheme(), "http" | "https"))?;
    PROVIDERS.iter().find(|provider| {
        let above = host.strip_suffix(provider.host);
        above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
    })
}

/// The card for a paragraph that is nothing but a bare address: the site's own for what it has itself, else that of a provider.
pub(super) fn card(paragraph: Node<'_>, known: Known<'_>) -> Option<String> {
    let link = paragraph.first_child().filter(|link| link.next_sibling().is_none())?;
    let url = match &link.data().value {
        NodeValue::Link(link) => super::links::link(&link.url)?,
        _ => return None,
    };
    let typed = text_of(link);
    let bare = typed.starts_with("http://") || typed.starts_with("https://");
    if !bare || super::links::link(&typed).as_deref() != Some(url.as_str()) {
        return None;
    }
    if let Some(own) = known(Own::Line(&url)) {
        return Some(own + "\n");
    }
    let provider = provider(&url)?;
    let mut card = String::from("<p class=\"embed-card\"><a");
    escape::attribute(&mut card, "href", &url);
    card.push_str("><strong>");
    escape::push(&mut card, provider.name);
    card.push_str("</strong> <span>");
    escape::push(&mut card, &shown(&typed));
    card.push_str("</span></a></p>\n");
    Some(card)
}

/// The address as a person would say it: without scheme and "www.", and not longer than a line.
fn shown(url: &str) -> String {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/');
    match bare.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &bare[..end]),
        None => bare.to_owned(),
    }
}
