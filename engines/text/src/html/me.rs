//! Where a page says that whoever it belongs to is found elsewhere, too.

use scraper::{Html, Selector};

use super::MAX_HTML;

/// Addresses looked at on one page.
const MOST: usize = 500;

/// The addresses that a page links to as the same person: `rel="me"` (<https://microformats.org/wiki/rel-me>), as they stand there.
pub fn same_person(html: &str) -> Vec<String> {
    let page = Html::parse_document(&html[..html.floor_char_boundary(MAX_HTML)]);
    // Single selectors: what looks upwards from each match takes quadratic time in a page that is nothing but nesting.
    let mut found = Vec::new();
    for selector in ["a[rel][href]", "link[rel][href]"].into_iter().filter_map(|selector| Selector::parse(selector).ok()) {
        for element in page.select(&selector).take(MOST) {
            let element = element.value();
            // Link types are told apart without regard to case (HTML, "Link types").
            let me = element.attr("rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("me")));
            found.extend(element.attr("href").filter(|_| me).map(ToOwned::to_owned));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_what_is_said_to_be_the_same_person_counts() {
        let page = "<link rel='me' href='https://a.example/@r'><a rel='nofollow ME noopener' href='/x'>me</a>
            <a rel=home href='/no'>no</a><a rel=mean href='/no'>no</a><!-- <a rel=me href='/no'>no</a> --><p>&lt;a rel=me href=/no></p>";
        let mut found = same_person(page);
        found.sort();
        assert_eq!(found, ["/x", "https://a.example/@r"]);
    }

    proptest! {
        #[test]
        fn whatever_a_page_says_nothing_breaks(html in "(<(a|link|p)( rel=\"?(me|\\PC{0,5})\"?)?( href=\"?\\PC{0,9}\"?)?>?|\\PC{0,8}){0,20}") {
            prop_assert!(same_person(&html).len() <= 2 * MOST);
        }
    }
}
