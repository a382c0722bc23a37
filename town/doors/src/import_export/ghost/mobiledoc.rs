//! Mobiledoc, the form in which Ghost's older editor kept posts, as HTML.

use serde_json::Value;

use super::lexical::{card, safe};

/// A document as HTML; nothing when it cannot be read.
pub(super) fn html(document: &str) -> String {
    let Ok(document) = serde_json::from_str::<Value>(document) else { return String::new() };
    let mut out = String::new();
    for section in document["sections"].as_array().into_iter().flatten() {
        match section[0].as_u64() {
            Some(1) => {
                let tag = section[1]
                    .as_str()
                    .filter(|tag| matches!(*tag, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "aside"))
                    .unwrap_or("p");
                let tag = if tag == "aside" { "blockquote" } else { tag };
                wrapped(&mut out, tag, &section[2], &document);
            }
            Some(2) => out.push_str(&format!("<figure><img src=\"{}\"></figure>", safe(section[1].as_str().unwrap_or_default()))),
            Some(3) => {
                let tag = if section[1].as_str() == Some("ol") { "ol" } else { "ul" };
                out.push_str(&format!("<{tag}>"));
                section[2].as_array().into_iter().flatten().for_each(|markers| wrapped(&mut out, "li", markers, &document));
                out.push_str(&format!("</{tag}>"));
            }
            Some(10) => {
                let found = &document["cards"][index(&section[1])];
                card(&mut out, found[0].as_str().unwrap_or_default(), &found[1]);
            }
            _ => {}
        }
    }
    out
}

fn index(value: &Value) -> usize {
    value.as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(usize::MAX)
}

fn wrapped(out: &mut String, tag: &str, markers: &Value, document: &Value) {
    out.push_str(&format!("<{tag}>"));
    let mut open: Vec<&str> = Vec::new();
    for marker in markers.as_array().into_iter().flatten() {
        for markup in marker[1].as_array().into_iter().flatten() {
            let markup = &document["markups"][index(markup)];
            let tag = markup[0]
                .as_str()
                .filter(|tag| matches!(*tag, "a" | "b" | "strong" | "i" | "em" | "s" | "code" | "sub" | "sup" | "u"))
                .unwrap_or("span");
            let href = markup[1].as_array().and_then(|pairs| pairs.iter().position(|name| name == "href").and_then(|at| pairs.get(at + 1)));
            match href.and_then(Value::as_str).filter(|_| tag == "a") {
                Some(href) => out.push_str(&format!("<a href=\"{}\">", safe(href))),
                None => out.push_str(&format!("<{tag}>")),
            }
            open.push(tag);
        }
        match marker[0].as_u64() {
            Some(0) => out.push_str(&safe(marker[3].as_str().unwrap_or_default())),
            // Soft returns are the only atoms there are.
            _ => out.push_str("<br>"),
        }
        for _ in 0..index(&marker[2]).min(open.len()) {
            let tag = open.pop().unwrap_or("span");
            out.push_str(&format!("</{tag}>"));
        }
    }
    while let Some(tag) = open.pop() {
        out.push_str(&format!("</{tag}>"));
    }
    out.push_str(&format!("</{tag}>"));
}
