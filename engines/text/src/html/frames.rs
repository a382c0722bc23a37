//! Frames and players of others: the address of what they show.

use url::Url;

/// The page on which people watch what a frame shows, or the frame's own address. Only the web: anything else is nothing.
pub(super) fn address(src: &str) -> Option<String> {
    let src = src.trim();
    let src = if src.starts_with("//") { format!("https:{src}") } else { src.to_owned() };
    let url = Url::parse(&src).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?.trim_start_matches("www.");
    let segments: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    let known = match (host, segments.as_slice()) {
        ("youtube.com" | "youtube-nocookie.com", ["embed", "videoseries"]) => {
            query(&url, "list").map(|list| format!("https://www.youtube.com/playlist?list={list}"))
        }
        ("youtube.com" | "youtube-nocookie.com", ["embed" | "v" | "shorts", id, ..]) => {
            Some(format!("https://www.youtube.com/watch?v={id}"))
        }
        ("player.vimeo.com", ["video", id, ..]) => Some(format!("https://vimeo.com/{id}")),
        ("dailymotion.com", ["embed", "video", id, ..]) => Some(format!("https://www.dailymotion.com/video/{id}")),
        ("geo.dailymotion.com", _) => query(&url, "video").map(|id| format!("https://www.dailymotion.com/video/{id}")),
        ("open.spotify.com", ["embed" | "embed-podcast", kind, id, ..]) => Some(format!("https://open.spotify.com/{kind}/{id}")),
        ("w.soundcloud.com", _) => query(&url, "url").filter(|address| address.starts_with("https://")),
        ("embed.podcasts.apple.com", _) => Some(format!("https://podcasts.apple.com{}", url.path())),
        ("archive.org", ["embed", id, ..]) => Some(format!("https://archive.org/details/{id}")),
        (_, ["videos", "embed", id, ..]) => Some(format!("https://{host}/w/{id}")),
        ("player.twitch.tv", _) => query(&url, "video")
            .map(|id| format!("https://www.twitch.tv/videos/{}", id.trim_start_matches('v')))
            .or_else(|| query(&url, "channel").map(|channel| format!("https://www.twitch.tv/{channel}"))),
        _ => None,
    };
    Some(known.unwrap_or_else(|| url.into()))
}

fn query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
