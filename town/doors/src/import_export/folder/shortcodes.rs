//! Shortcodes of generators: pictures and films become Markdown, others stay as text and are reported.

/// Replaces the shortcodes we know.
pub(super) fn replaced(body: &str, notes: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body.trim_start_matches("<!--more-->");
    while let Some((at, open, close)) = next(rest) {
        out.push_str(&rest[..at]);
        let inside = &rest[at + open.len()..];
        let Some(end) = inside.find(close).filter(|end| *end < 2_000) else {
            out.push_str(open);
            rest = inside;
            continue;
        };
        let code = inside[..end].trim().trim_end_matches('/').trim();
        match written(code) {
            Some(markdown) => out.push_str(&markdown),
            None => {
                out.push_str(&rest[at..at + open.len() + end + close.len()]);
                let name = code.split_whitespace().next().unwrap_or_default().trim_start_matches('/');
                let name: String = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).take(40).collect();
                notes.push(format!("the shortcode “{name}” stayed as text"));
            }
        }
        rest = &inside[end + close.len()..];
    }
    out.push_str(rest);
    notes.dedup();
    out.replace("<!--more-->", "").replace("<!-- more -->", "")
}

fn next(text: &str) -> Option<(usize, &'static str, &'static str)> {
    const MARKS: [(&str, &str); 3] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];
    MARKS
        .into_iter()
        .filter_map(|(open, close)| text.find(open).map(|at| (at, open, close)))
        .min_by_key(|(at, open, _)| (*at, std::cmp::Reverse(open.len())))
}

fn written(code: &str) -> Option<String> {
    let (name, rest) = code.split_once(char::is_whitespace).unwrap_or((code, ""));
    let values = arguments(rest);
    let named = |key: &str| values.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    let first = || named("").or_else(|| named("id"));
    Some(match name {
        "figure" | "img" | "image" => {
            let url = named("src").or_else(|| named("link"))?;
            let (alt, caption) = (named("alt").unwrap_or_default(), named("caption").or_else(|| named("title")).unwrap_or_default());
            let credit = named("attr").or_else(|| named("credit")).unwrap_or_default();
            text::markdown::picture(&text::markdown::Named { url, alt, caption, credit })
        }
        "youtube" => format!("https://www.youtube.com/watch?v={}", first()?),
        "vimeo" => format!("https://vimeo.com/{}", first()?),
        "endraw" | "raw" => String::new(),
        "highlight" => format!("```{}", first().unwrap_or_default()),
        "endhighlight" => "```".to_owned(),
        _ => return None,
    })
}

/// `name="value"` and bare values (under no name).
fn arguments(text: &str) -> Vec<(String, String)> {
    let mut values = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let name_end = rest.find(|c: char| c == '=' || c.is_whitespace() || c == '"').unwrap_or(rest.len());
        let (mut name, mut value) = (rest[..name_end].to_owned(), &rest[name_end..]);
        if let Some(after) = value.strip_prefix('=') {
            value = after;
        } else if !name.is_empty() {
            values.push((String::new(), std::mem::take(&mut name)));
            rest = value.trim_start();
            continue;
        }
        let quoted = value.strip_prefix(['"', '\'', '`']).and_then(|inner| {
            let quote = value.chars().next()?;
            inner.find(quote).map(|end| (&inner[..end], &inner[end + quote.len_utf8()..]))
        });
        let (value, after) = quoted.unwrap_or_else(|| {
            let end = value.find(char::is_whitespace).unwrap_or(value.len()).max(usize::from(value.starts_with('"')));
            (&value[..end], &value[end..])
        });
        values.push((name, value.to_owned()));
        rest = after.trim_start();
    }
    values
}
