//! What a page says of itself in its head: for the card of a link to it.

use scraper::{ElementRef, Html, Selector};

use super::MAX_HTML;
use crate::{clean_line, excerpt};

/// Characters of a title, of a description, of a site's name.
const MAX: (usize, usize, usize) = (200, 300, 80);

/// What a page says of itself; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// What the site is called that it is part of.
    pub site: String,
}

/// Reads a page: the words it offers for previews (the Open Graph protocol), else its title and description.
pub fn about(html: &str) -> About {
    let page = Html::parse_document(&html[..html.floor_char_boundary(MAX_HTML)]);
    // Single selectors: what looks upwards from each match takes quadratic time in a page that is nothing but nesting.
    let first = |selector: &str| Selector::parse(selector).ok().and_then(|selector| page.select(&selector).next());
    let said = |element: ElementRef<'_>| element.value().attr("content").map(ToOwned::to_owned);
    let meta = |selectors: &[&str]| selectors.iter().filter_map(|selector| first(selector)).find_map(said);
    let title = || first("title").map(|title| title.text().take(20).collect::<String>());
    let cut = |words: Option<String>, most: usize| excerpt(&clean_line(&words.unwrap_or_default()), most);
    About {
        title: cut(
            meta(&["meta[property='og:title']", "meta[name='twitter:title']"]).filter(|words| !words.trim().is_empty()).or_else(title),
            MAX.0,
        ),
        description: cut(meta(&["meta[property='og:description']", "meta[name='description']"]), MAX.1),
        site: cut(meta(&["meta[property='og:site_name']"]), MAX.2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_page_is_known_by_what_it_offers_else_by_its_title() {
        let page = "<title>A | Site</title><meta property=og:title content=' The  well '><meta name=description content='Deep &amp; old'><meta property=og:site_name content=Ridge>";
        assert_eq!(about(page), About { title: "The well".into(), description: "Deep & old".into(), site: "Ridge".into() });
        assert_eq!(about("<title>\n Just <b>this</b>\n</title>").title, "Just <b>this</b>");
        assert_eq!(about("<meta property=og:title content=' '><title>T</title>").title, "T");
        assert_eq!(about("no page at all"), About::default());
        assert!((150..=200).contains(&about(&format!("<title>{}</title>", "long ".repeat(100_000))).title.chars().count()));
    }

    proptest! {
        #[test]
        fn whatever_a_page_says_nothing_breaks(html in "(<(title|meta|head|p|svg)( (property|name)=\"?(og:title|description)\"?)?( content=\"?\\PC{0,9}\"?)?>?|\\PC{0,8}){0,20}") {
            prop_assert!(about(&html).title.chars().count() <= 200);
        }
    }
}
