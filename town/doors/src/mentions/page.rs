//! Reading a page elsewhere: whether it links to a story of ours, and what it says of itself, in microformats if it
//! has them (microformats.org, h-entry), else in its title.
//!
//! The markup is anybody's. Selectors are single ones: what looks upwards from each match takes quadratic time in a page
//! that is nothing but nesting.

use fetch::Answer;
use scraper::{ElementRef, Html, Node, Selector};
use talk::{
    PostId,
    mentions::{MAX_AUTHOR, MAX_EXCERPT, MAX_TITLE, Words},
};
use url::Url;

use crate::syndication::story_at;

/// Characters read of one text before it is cut to size.
const MAX_READ: usize = 4_000;

/// What the page says of itself; `None` when it does not link to the story, or is no text.
pub(super) fn read(answer: &Answer, origin: &str, story: PostId) -> Option<Words> {
    match answer.media_type().as_str() {
        "text/html" | "application/xhtml+xml" => of_html(&answer.text(), &answer.url, origin, story),
        "text/plain" => of_text(&answer.text(), origin, story),
        _ => None,
    }
}

/// A plain text links by naming the address.
fn of_text(text: &str, origin: &str, story: PostId) -> Option<Words> {
    let mut words = text.split_whitespace().map(|word| word.trim_matches(|c: char| "<>()[]\"'.,;".contains(c)));
    let linked = words.any(|word| word.starts_with("http") && story_at(word, origin) == Some(story));
    linked.then(|| Words { excerpt: cut(text.chars().take(MAX_READ).collect::<String>().as_str(), MAX_EXCERPT), ..Words::default() })
}

fn of_html(text: &str, at: &Url, origin: &str, story: PostId) -> Option<Words> {
    let html = Html::parse_document(text);
    let linking = html.root_element().descendants().filter_map(ElementRef::wrap).find(|element| links(*element, at, origin, story))?;
    let all = |selector: &str| Selector::parse(selector).ok();
    let first = |selector: &str| all(selector).and_then(|selector| html.select(&selector).next());
    let meta = |selector: &str| first(selector).and_then(|meta| meta.value().attr("content")).map(ToOwned::to_owned);
    // The entry that the link stands in, else the first.
    let around = linking.ancestors().filter_map(ElementRef::wrap).find(|element| has(*element, "h-entry"));
    let entry = around.or_else(|| first(".h-entry"));
    let inside = |class: &str| {
        let found = entry?.descendants().filter_map(ElementRef::wrap).find(|element| has(*element, class))?;
        Some(text_of(found)).filter(|text| !text.is_empty())
    };
    let paragraph =
        linking.ancestors().filter_map(ElementRef::wrap).find(|element| matches!(element.value().name(), "p" | "li" | "blockquote"));
    let title = inside("p-name").or_else(|| meta("meta[property='og:title']")).or_else(|| first("title").map(text_of));
    let author = inside("p-author").or_else(|| meta("meta[name=author]"));
    let excerpt =
        inside("p-summary").or_else(|| paragraph.map(text_of)).or_else(|| inside("e-content")).or_else(|| meta("meta[name=description]"));
    Some(Words {
        title: cut(&title.unwrap_or_default(), MAX_TITLE),
        author: cut(&author.unwrap_or_default(), MAX_AUTHOR),
        excerpt: cut(&excerpt.unwrap_or_default(), MAX_EXCERPT),
    })
}

/// Whether an element leads to the story: by a link, a picture, a quotation's source.
fn links(element: ElementRef, at: &Url, origin: &str, story: PostId) -> bool {
    let leads = |address: &str| at.join(address.trim()).is_ok_and(|url| story_at(url.as_str(), origin) == Some(story));
    ["href", "src", "cite"].into_iter().filter_map(|name| element.value().attr(name)).any(leads)
}

fn has(element: ElementRef, class: &str) -> bool {
    element.value().classes().any(|name| name == class)
}

fn text_of(element: ElementRef) -> String {
    const APART: [&str; 14] =
        ["p", "div", "br", "li", "h1", "h2", "h3", "h4", "td", "th", "blockquote", "section", "article", "figcaption"];
    let mut words = String::new();
    for node in element.descendants() {
        match node.value() {
            Node::Text(text) => words.extend(text.chars().take(MAX_READ.saturating_sub(words.len()))),
            Node::Element(inner) if APART.contains(&inner.name()) => words.push(' '),
            _ => {}
        }
        if words.len() >= MAX_READ {
            break;
        }
    }
    words.trim().to_owned()
}

/// One clean line of at most so many characters.
fn cut(words: &str, most: usize) -> String {
    let line = text::clean_line(&words.split_whitespace().collect::<Vec<_>>().join(" "));
    if line.chars().count() <= most {
        return line;
    }
    let kept: String = line.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn read(html: &str) -> Option<Words> {
        of_html(html, &Url::parse("https://blog.example/notes/1").unwrap(), "https://town.example", PostId::new(7))
    }

    #[test]
    fn a_page_is_read_by_its_microformats() {
        let words = read(
            r#"<title>Blog</title><article class="h-entry"><h1 class="p-name">On the <i>well</i></h1>
               <p class="p-author h-card">Lou  Martin</p><p class="p-summary">Short &amp; good</p>
               <div class="e-content"><p>As <a href="https://town.example/stories/7/well">they</a> say</p></div></article>"#,
        );
        assert_eq!(words, Some(Words { title: "On the well".into(), author: "Lou Martin".into(), excerpt: "Short & good".into() }));
    }

    #[test]
    fn a_page_without_them_by_its_title_and_the_words_around_the_link() {
        let words = read(
            "<title> My <b>page </title><meta name=author content='Kim'><p>Look: <a href='http://town.example/stories/7'>here</a>!</p>",
        );
        assert_eq!(words, Some(Words { title: "My <b>page".into(), author: "Kim".into(), excerpt: "Look: here!".into() }));
    }

    #[test]
    fn only_a_link_to_the_story_is_one() {
        for html in [
            "<p>https://town.example/stories/7</p>",
            "<!-- <a href='https://town.example/stories/7'>x</a> -->",
            "<a href='https://town.example/stories/8'>x</a>",
            "<a href='https://town.example.evil.example/stories/7'>x</a>",
            "<a href='/stories/7'>x</a>",
            "",
        ] {
            assert_eq!(read(html), None, "{html}");
        }
        assert!(read("<img src='//town.example/stories/7/social.jpg'>").is_some());
        assert!(read("<blockquote cite='https://town.example/stories/7/any'>x</blockquote>").is_some());
    }

    #[test]
    fn a_text_links_by_naming_it() {
        let of = |text: &str| of_text(text, "https://town.example", PostId::new(7));
        assert_eq!(of("See <https://town.example/stories/7/well>.").unwrap().excerpt, "See <https://town.example/stories/7/well>.");
        assert_eq!(of("See https://town.example/stories/71"), None);
    }

    #[test]
    fn what_is_long_is_cut() {
        let words = read(&format!("<title>{}</title><a href='https://town.example/stories/7'>x</a>", "long ".repeat(9_000))).unwrap();
        assert!(words.title.ends_with("long…") && words.title.chars().count() <= MAX_TITLE);
    }

    proptest! {
        #[test]
        fn whatever_a_page_says_nothing_breaks(html in "(<[a-z/]{1,6}( class=\"?(h-entry|p-name|p-author)\"?)?>?|\\PC{0,8}|<a href=//town.example/stories/7>){0,20}") {
            if let Some(words) = read(&html) {
                prop_assert!(words.title.chars().count() <= MAX_TITLE && words.excerpt.chars().count() <= MAX_EXCERPT);
            }
        }
    }
}
