//! Shortcodes: `[caption]`, `[gallery]` and their kind become HTML; others stay as text and are reported.

use super::{Attachment, Site};

/// Forms and buttons of plugins, which do nothing here.
const FORMS: [&str; 10] = [
    "contact-form",
    "contact-form-7",
    "gravityform",
    "mc4wp_form",
    "wpforms",
    "ninja_form",
    "formidable",
    "subscribe2",
    "jetpack_subscription_form",
    "sociable",
];
/// Page builders: only what is in their brackets is a story.
const BUILDERS: [&str; 6] = ["vc_", "et_pb_", "fusion_", "av_", "su_", "siteorigin_"];

struct Code<'t> {
    name: &'t str,
    arguments: &'t str,
    /// What stands between it and its end, if it has one.
    inner: Option<&'t str>,
    /// Bytes of all of it.
    length: usize,
    /// Bytes of its first bracket.
    head: usize,
}

/// HTML with its shortcodes replaced.
pub(super) fn replaced(html: &str, story: &str, site: &Site, notes: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(code) = code(rest) else {
            out.push('[');
            rest = &rest[1..];
            continue;
        };
        match written(&code, story, site) {
            Some(html) => {
                out.push_str(&html);
                rest = &rest[code.length..];
            }
            None if FORMS.contains(&code.name) => {
                notes.push(format!("the form [{}] was left out", code.name));
                rest = &rest[code.length..];
            }
            // What is inside may hold further ones; the end goes when its turn comes.
            None if BUILDERS.iter().any(|prefix| code.name.starts_with(prefix)) => rest = &rest[code.head..],
            None => {
                // "[sic]" is a word; an unknown shortcode has arguments or an end.
                if code.inner.is_some() || code.arguments.contains('=') {
                    notes.push(format!("the shortcode [{}] stayed as text", code.name));
                }
                out.push('[');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    notes.sort();
    notes.dedup();
    out
}

/// The shortcode a text begins with.
fn code(text: &str) -> Option<Code<'_>> {
    const LONGEST: usize = 4_000;
    let body = &text[1..];
    let closing = body.starts_with('/');
    let start = usize::from(closing);
    let end = start + body[start..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))?;
    let name = &body[start..end];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || name.len() > 60 {
        return None;
    }
    let close = end + closing_bracket(&body[end..]).filter(|at| *at < LONGEST)?;
    let arguments = body[end..close].trim().trim_end_matches('/').trim();
    let head = close + 2;
    if closing {
        // An end without a beginning belongs to a builder, or is text.
        return BUILDERS.iter().any(|prefix| name.starts_with(prefix)).then_some(Code {
            name,
            arguments: "",
            inner: None,
            length: head,
            head,
        });
    }
    let last = format!("[/{name}]");
    let inner = text[head..].find(&last).map(|at| &text[head..head + at]);
    let length = inner.map_or(head, |inner| head + inner.len() + last.len());
    Some(Code { name, arguments, inner, length, head })
}

/// The bracket that ends it: not one inside of quotation marks.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, ']') => return Some(at),
            (None, '[') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    text.find(']')
}

fn argument<'t>(arguments: &'t str, name: &str) -> Option<&'t str> {
    let mut from = 0;
    while let Some(at) = arguments[from..].find(name).map(|at| at + from) {
        let before = at == 0 || arguments.as_bytes()[at - 1].is_ascii_whitespace();
        from = at + name.len();
        let Some(value) = arguments[from..].trim_start().strip_prefix('=').filter(|_| before) else { continue };
        let value = value.trim_start();
        return match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].find(quote).map(|end| &value[1..=end]),
            _ => value.split_whitespace().next(),
        };
    }
    None
}

fn written(code: &Code, story: &str, site: &Site) -> Option<String> {
    match code.name {
        "caption" | "wp_caption" => code.inner.map(|inner| caption(inner, argument(code.arguments, "caption"))),
        "gallery" => Some(gallery(code.arguments, story, site)),
        "embed" => code.inner.map(|url| format!("\n\n<p>{}</p>\n\n", url.trim())),
        "audio" | "video" => {
            let src =
                ["src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg"].into_iter().find_map(|name| argument(code.arguments, name))?;
            Some(format!("\n\n<video src=\"{}\"></video>\n\n", src.replace('"', "")))
        }
        "youtube" | "vimeo" | "soundcloud" | "dailymotion" => {
            let url = argument(code.arguments, "url").unwrap_or_else(|| code.arguments.trim_start_matches('=').trim());
            let url = if url.starts_with("http") {
                url.to_owned()
            } else if code.name == "youtube" {
                format!("https://www.youtube.com/watch?v={url}")
            } else {
                format!("https://vimeo.com/{url}")
            };
            (!url.contains(['<', '"'])).then(|| format!("\n\n<p>{url}</p>\n\n"))
        }
        _ => None,
    }
}

/// A picture, with or without a link around it, and then its caption.
fn caption(inner: &str, named: Option<&str>) -> String {
    let lower = inner.to_ascii_lowercase();
    let picture = lower.find("<img").and_then(|at| lower[at..].find('>').map(|end| at + end + 1)).unwrap_or(0);
    let end =
        lower[picture..].trim_start().strip_prefix("</a>").map_or(picture, |_| picture + lower[picture..].find("</a>").unwrap_or(0) + 4);
    let words = named.unwrap_or(inner[end..].trim());
    format!("\n\n<figure>{}<figcaption>{words}</figcaption></figure>\n\n", &inner[..end])
}

fn gallery(arguments: &str, story: &str, site: &Site) -> String {
    let named = argument(arguments, "ids").or_else(|| argument(arguments, "include"));
    let numbers: Vec<&str> = match named {
        Some(ids) => ids.split(',').map(str::trim).collect(),
        None => site.attached.get(story).map(|numbers| numbers.iter().map(String::as_str).collect()).unwrap_or_default(),
    };
    let pictures = numbers.into_iter().filter_map(|number| site.attachments.get(number)).map(figure);
    format!("\n\n{}\n\n", pictures.collect::<String>())
}

fn figure(picture: &Attachment) -> String {
    let safe = |words: &str| words.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    format!(
        "<figure><img src=\"{}\" alt=\"{}\"><figcaption>{}</figcaption></figure>",
        safe(&picture.url),
        safe(&picture.alt),
        safe(&picture.caption)
    )
}
