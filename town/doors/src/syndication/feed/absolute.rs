//! Makes the addresses in a story's HTML whole, for places where the story's own site is not the base.
//!
//! The HTML is our own: written by the text engine, with every `<` of the text escaped and every attribute in double
//! quotes. So it is enough to walk from tag to tag; words between them are never touched.

/// What only means something on the page itself: widths to choose among, when to load, what a keyboard scrolls.
const DROPPED: [&str; 7] = ["srcset", "sizes", "loading", "decoding", "fetchpriority", "role", "tabindex"];

/// The same HTML with whole addresses. `origin` has no slash at its end; `page` is the whole address of the story,
/// for links within it.
pub(in crate::syndication) fn absolute(html: &str, origin: &str, page: &str) -> String {
    let mut whole = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (words, tag) = rest.split_at(start);
        whole.push_str(words);
        let end = end_of_tag(tag);
        if !is_of_the_page(&tag[..end]) {
            push_tag(&mut whole, &tag[..end], origin, page);
        }
        rest = &tag[end..];
    }
    whole.push_str(rest);
    whole
}

/// The blur under a picture, and what chooses among its files.
fn is_of_the_page(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    tag.contains("class=\"blur\"") || name.starts_with("source ") || name.starts_with("picture>")
}

/// The byte after the `>` that ends the tag; one within quotes does not.
fn end_of_tag(tag: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

fn push_tag(whole: &mut String, tag: &str, origin: &str, page: &str) {
    let mut rest = tag;
    // Each attribute ends with its closing quotation mark; what is left after the last one closes the tag.
    while let Some((before, name, value, after)) = attribute(rest) {
        whole.push_str(before);
        if !DROPPED.contains(&name) && !name.starts_with("aria-") {
            whole.push(' ');
            whole.push_str(name);
            whole.push_str("=\"");
            if matches!(name, "href" | "src" | "poster" | "cite") {
                push_base(whole, value, origin, page);
            }
            whole.push_str(value);
            whole.push('"');
        }
        rest = after;
    }
    whole.push_str(rest);
}

/// What stands before the next attribute with a value, its name, the value, and what follows it.
fn attribute(tag: &str) -> Option<(&str, &str, &str, &str)> {
    let (name, rest) = tag.split_once("=\"")?;
    let (value, after) = rest.split_once('"')?;
    let (before, name) = name.rsplit_once(|character: char| character.is_ascii_whitespace())?;
    Some((before, name, value, after))
}

fn push_base(whole: &mut String, address: &str, origin: &str, page: &str) {
    if address.starts_with('/') && !address.starts_with("//") {
        whole.push_str(origin);
    } else if address.starts_with('#') {
        whole.push_str(page);
    }
}

#[cfg(test)]
mod tests {
    use super::absolute;
    use proptest::prelude::*;

    fn made(html: &str) -> String {
        absolute(html, "https://town.example", "https://town.example/stories/7/a")
    }

    #[test]
    fn addresses_become_whole() {
        for (html, whole) in [
            (r#"<a href="/x?a=1&amp;b=2">x</a>"#, r#"<a href="https://town.example/x?a=1&amp;b=2">x</a>"#),
            (r##"<a href="#pipe">x</a>"##, r#"<a href="https://town.example/stories/7/a#pipe">x</a>"#),
            (r#"<a href="https://else.example/">x</a>"#, r#"<a href="https://else.example/">x</a>"#),
            (r#"<a href="mailto:a@b.example">x</a>"#, r#"<a href="mailto:a@b.example">x</a>"#),
            (r#"<h2 id="pipe">The pipe</h2><hr><br>"#, r#"<h2 id="pipe">The pipe</h2><hr><br>"#),
            (r#"<td align="left" x>"#, r#"<td align="left" x>"#),
            (
                r#"<span class="shown"><img class="blur" src="data:image/webp;base64,UklG"><picture><source srcset="/media/k.webp 9w"><img src="/media/k.jpg"></picture></span>"#,
                r#"<span class="shown"><img src="https://town.example/media/k.jpg"></span>"#,
            ),
            (
                r#"<div class="table" role="region" tabindex="0" aria-label="Table"><audio src="/media/k.mp3" controls preload="none" aria-label="A > B"></audio></div>"#,
                r#"<div class="table"><audio src="https://town.example/media/k.mp3" controls preload="none"></audio></div>"#,
            ),
            (
                r#"<img src="/media/k.webp" srcset="/media/s.webp 640w, /media/k.webp 1280w" sizes="100vw" width="9" alt="a > b <c>" loading="lazy" decoding="async">"#,
                r#"<img src="https://town.example/media/k.webp" width="9" alt="a > b <c>">"#,
            ),
        ] {
            assert_eq!(made(html), whole);
        }
    }

    #[test]
    fn words_are_never_touched() {
        let code = r#"<pre><code>&lt;a href="/x" srcset="/y"&gt;</code></pre> src="/z" # /"#;
        assert_eq!(made(code), code);
    }

    proptest! {
        #[test]
        fn whatever_comes_nothing_breaks(html in "[<>a-z=\"/# \n]{0,60}") {
            made(&html);
        }

        #[test]
        fn what_has_no_tags_stays(words in "[^<]{0,60}") {
            prop_assert_eq!(made(&words), words);
        }
    }
}
