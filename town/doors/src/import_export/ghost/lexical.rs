//! Lexical, the tree that Ghost's newer editor keeps, and the cards it shares with the older one, as HTML.

use serde_json::Value;

/// Nodes in nodes.
const MAX_DEPTH: usize = 60;

/// A document as HTML; nothing when it cannot be read.
pub(super) fn html(document: &str) -> String {
    let mut out = String::new();
    if let Ok(document) = serde_json::from_str::<Value>(document) {
        children(&mut out, &document["root"], 0);
    }
    out
}

fn children(out: &mut String, node: &Value, depth: usize) {
    for child in node["children"].as_array().into_iter().flatten().take(100_000) {
        self::node(out, child, depth + 1);
    }
}

fn node(out: &mut String, node: &Value, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    let kind = node["type"].as_str().unwrap_or_default();
    let tag = match kind {
        "text" | "extended-text" => return text(out, node),
        "linebreak" => return out.push_str("<br>"),
        "paragraph" => "p",
        "heading" | "extended-heading" => {
            node["tag"].as_str().filter(|tag| matches!(*tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")).unwrap_or("h2")
        }
        "quote" | "extended-quote" | "aside" => "blockquote",
        "list" => {
            if node["listType"].as_str() == Some("number") {
                "ol"
            } else {
                "ul"
            }
        }
        "listitem" => "li",
        "link" | "autolink" => {
            out.push_str(&format!("<a href=\"{}\">", safe(words(node, "url"))));
            children(out, node, depth);
            return out.push_str("</a>");
        }
        _ => {
            if !card(out, kind, node) {
                children(out, node, depth);
            }
            return;
        }
    };
    out.push_str(&format!("<{tag}>"));
    children(out, node, depth);
    out.push_str(&format!("</{tag}>"));
}

/// Formats are bits: bold, italic, struck, underlined, code.
fn text(out: &mut String, node: &Value) {
    let format = node["format"].as_u64().unwrap_or(0);
    let tags: Vec<&str> =
        [(1, "strong"), (2, "em"), (4, "s"), (16, "code")].into_iter().filter(|(bit, _)| format & bit != 0).map(|(_, tag)| tag).collect();
    tags.iter().for_each(|tag| out.push_str(&format!("<{tag}>")));
    out.push_str(&safe(words(node, "text")));
    tags.iter().rev().for_each(|tag| out.push_str(&format!("</{tag}>")));
}

fn words<'v>(node: &'v Value, name: &str) -> &'v str {
    node[name].as_str().unwrap_or_default()
}

pub(super) fn safe(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Writes a card; false for one we do not know. Captions are HTML themselves.
pub(super) fn card(out: &mut String, kind: &str, card: &Value) -> bool {
    let word = |name: &str| words(card, name);
    let caption = word("caption");
    let written = match kind {
        "image" => {
            format!("<figure><img src=\"{}\" alt=\"{}\"><figcaption>{caption}</figcaption></figure>", safe(word("src")), safe(word("alt")))
        }
        "gallery" => {
            let images = card["images"].as_array().into_iter().flatten().take(200);
            let images: String =
                images.map(|image| format!("<img src=\"{}\" alt=\"{}\">", safe(words(image, "src")), safe(words(image, "alt")))).collect();
            format!("<figure>{images}<figcaption>{caption}</figcaption></figure>")
        }
        "html" => word("html").to_owned(),
        "markdown" | "card-markdown" => text::markdown::render(word("markdown"), &|_| None),
        "code" | "codeblock" => {
            format!("<pre><code class=\"language-{}\">{}</code></pre><p>{caption}</p>", safe(word("language")), safe(word("code")))
        }
        "embed" if !word("url").is_empty() => format!("<p>{}</p><p>{caption}</p>", safe(word("url"))),
        "embed" => word("html").to_owned(),
        "bookmark" => {
            let title = words(&card["metadata"], "title");
            format!("<p><a href=\"{}\">{}</a></p>", safe(word("url")), safe(if title.is_empty() { word("url") } else { title }))
        }
        "hr" | "horizontalrule" => "<hr>".to_owned(),
        "callout" => format!("<blockquote>{} {}</blockquote>", safe(word("calloutEmoji")), word("calloutText")),
        "toggle" => format!("<details><summary>{}</summary>{}</details>", word("heading"), word("content")),
        "button" => format!("<p><a href=\"{}\">{}</a></p>", safe(word("buttonUrl")), safe(word("buttonText"))),
        "video" | "audio" => format!("<video src=\"{}\"></video><p>{caption}</p>", safe(word("src"))),
        "file" => format!("<p><a href=\"{}\">{}</a></p>", safe(word("src")), safe(word("fileTitle"))),
        "header" => format!("<h2>{}</h2><p>{}</p>", word("heading"), word("subheading")),
        "product" => format!("<h3>{}</h3><p>{}</p>", word("productTitle"), word("productDescription")),
        // What only mail or people who pay saw, and what asks them to.
        "email" | "email-cta" | "paywall" | "signup" | "call-to-action" => String::new(),
        _ => return false,
    };
    out.push_str(&written);
    true
}
