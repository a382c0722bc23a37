//! The second wall: the HTML is parsed again, as a browser would, and only what is on this list stays.

use super::{headings, links, write};
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const TAGS: &[&str] = &[
    "a",
    "audio",
    "blockquote",
    "br",
    "code",
    "del",
    "details",
    "div",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "picture",
    "pre",
    "source",
    "span",
    "strong",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("audio", &["src", "controls", "aria-label"]),
    ("code", &["class"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("img", &["src", "srcset", "sizes", "width", "height", "alt", "class"]),
    ("ol", &["start"]),
    ("source", &["srcset", "sizes"]),
    ("video", &["src", "poster", "width", "height", "controls", "playsinline", "aria-label"]),
];

/// Bytes of text after which a part may end.
const MAX_TEXT: usize = 2_048;

type Values = &'static [(&'static str, &'static [&'static str])];

/// Attributes that may have these values and no others.
const VALUES: &[(&str, Values)] = &[
    ("audio", &[("preload", &["none", "metadata"])]),
    ("div", &[("class", &["table"]), ("role", &["region"]), ("tabindex", &["0"]), ("aria-label", &["Table"])]),
    ("figure", &[("class", &["album-card"])]),
    ("img", &[("loading", &["lazy"]), ("decoding", &["async"]), ("aria-hidden", &["true"])]),
    ("p", &[("class", &["embed-card"])]),
    ("source", &[("type", &["image/webp"])]),
    ("span", &[("class", &["credit", "shown"])]),
    ("td", &[("class", &["align-center", "align-right"])]),
    ("th", &[("class", &["align-center", "align-right"]), ("scope", &["col"])]),
    ("video", &[("preload", &["none", "metadata"])]),
];

// Built once: the lists become hash sets, which costs more than cleaning a short text.
static WALL: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut wall = Builder::empty();
    wall.tags(TAGS.iter().copied().collect())
        .tag_attributes(ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect())
        .tag_attribute_values(VALUES.iter().map(|(tag, values)| (*tag, sets(values))).collect())
        .url_schemes(HashSet::from(["http", "https", "mailto", "data"]))
        .url_relative(UrlRelative::PassThrough)
        // For everyone's links alike: an author is a member of the public to search engines.
        .link_rel(Some("nofollow ugc noopener"))
        .attribute_filter(filter);
    wall
});

pub(super) fn clean(html: &str) -> String {
    WALL.clean(&parted(html)).to_string()
}

/// The serializer behind the wall looks through the rest of a text again at every `&` and at every
/// character from U+0080 to U+00BF. An empty comment, which the wall drops, ends a text early, so
/// the work stays in proportion to the length.
pub(super) fn parted(html: &str) -> Cow<'_, str> {
    let mut parted = String::new();
    let (mut done, mut text_start) = (0, 0);
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'<' | b'>' => text_start = at,
            b'&' | 0xc2 if at - text_start > MAX_TEXT => {
                parted.push_str(&html[done..at]);
                parted.push_str("<!---->");
                (done, text_start) = (at, at);
            }
            _ => {}
        }
    }
    if done == 0 {
        return Cow::Borrowed(html);
    }
    parted.push_str(&html[done..]);
    Cow::Owned(parted)
}

fn sets(values: Values) -> HashMap<&'static str, HashSet<&'static str>> {
    values.iter().map(|(name, values)| (*name, values.iter().copied().collect())).collect()
}

fn filter<'v>(tag: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let allowed = match (tag, attribute) {
        ("a", "href") => links::link(value).is_some(),
        ("img", "src") => links::is_picture(value) || links::is_blur(value),
        ("audio" | "video", "src") | ("video", "poster") => links::is_own(value),
        ("img", "class") => value == "blur" || is_focus(value),
        ("img" | "source", "srcset") => value.split(',').all(|one| one.split_whitespace().next().is_some_and(links::is_picture)),
        ("code", "class") => value.strip_prefix("language-").is_some_and(write::is_language),
        (_, "id") => value.starts_with(headings::PREFIX),
        ("img" | "video", "width" | "height") | ("ol", "start") => value.bytes().all(|byte| byte.is_ascii_digit()),
        _ => true,
    };
    allowed.then_some(Cow::Borrowed(value))
}

/// Classes that say what stays visible of a cropped picture: `focus-x-30 focus-y-70`.
fn is_focus(value: &str) -> bool {
    let step = |class: &str, axis: &str| {
        class.strip_prefix(axis).is_some_and(|step| step.len() <= 3 && step.bytes().all(|byte| byte.is_ascii_digit()))
    };
    value.split_once(' ').is_some_and(|(x, y)| step(x, "focus-x-") && step(y, "focus-y-"))
}
