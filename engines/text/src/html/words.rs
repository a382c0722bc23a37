//! The words of HTML that this program wrote: every `<` of its text is escaped, no attribute holds a `>`.

/// The words of `html`: tags go, what they part stays parted.
pub fn words(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with('<') { after_tag(rest, &mut plain) } else { after_entity(rest, &mut plain) };
    }
    plain.push_str(rest);
    plain
}

fn after_tag<'a>(rest: &'a str, plain: &mut String) -> &'a str {
    /// Tags inside of a word or sentence.
    const INLINE: [&str; 16] =
        ["a", "abbr", "b", "bdi", "code", "del", "em", "i", "ins", "mark", "s", "small", "span", "strong", "sub", "sup"];
    let Some(end) = rest.find('>') else { return "" };
    let name = rest[1..end].trim_start_matches('/');
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    if !INLINE.contains(&name) && !plain.ends_with('\n') {
        plain.push('\n');
    }
    &rest[end + 1..]
}

fn after_entity<'a>(rest: &'a str, plain: &mut String) -> &'a str {
    /// The longest that we write is `&#1114111;`.
    const LONGEST: usize = 10;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';');
    let found = end.and_then(|end| Some((entity(&rest[1..end])?, &rest[end + 1..])));
    let (c, rest) = found.unwrap_or(('&', &rest[1..]));
    plain.push(c);
    rest
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = number.strip_prefix('x').map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::words;
    use proptest::prelude::*;

    #[test]
    fn words_stand_without_their_markup() {
        let html = "<h2 id=\"a\">The <em>old</em> pipe</h2>\n<p>A &lt;b&gt; &amp;amp; C&#39;s &#x2014; end</p><p>Next</p>";
        let plain = words(html);
        assert_eq!(plain.split_whitespace().collect::<Vec<_>>().join(" "), "The old pipe A <b> &amp; C's \u{2014} end Next");
    }

    proptest! {
        #[test]
        fn whatever_comes_nothing_breaks(html in "[<>&;#a-z0-9/ \u{e9}]{0,60}") {
            words(&html);
        }
    }
}
