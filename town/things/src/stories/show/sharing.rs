//! Passing a story on: to an app of the device where the browser can do that, else by plain links that any browser
//! follows. No script, picture or counter of another site stands behind any of them.
//!
//! Mastodon is many servers, so the reader types the name of theirs and is shown the way there: a page of ours with the
//! link, since the site's forms lead to no other site.

use maud::{Markup, html};
use std::sync::LazyLock;
use url::form_urlencoded::byte_serialize;
use web::{Frame, Page, Problems, kit, kit::Field, kit::icon};

use crate::stories::Card;

/// Longest name of a server (RFC 1035 §2.3.4).
const MAX_SERVER: usize = 253;

/// The sheet behind "Share". What needs a script is hidden until the script is there.
pub(super) fn sheet(card: &Card, origin: &str) -> Markup {
    static ASKED: LazyLock<Markup> = LazyLock::new(|| server_field("", &Problems::default()));
    let address = format!("{origin}{}", card.address());
    html! {
        share-sheet data-address=(address) data-title=(card.headline) {
            details.menu.share {
                summary.button.small { (icon("share-2")) "Share" }
                div.menu-items {
                    ul {
                        li hidden { button type="button" data-share { (icon("share-2")) "Share with an app" } }
                        li hidden { button type="button" data-copy { (icon("link")) "Copy the link" } }
                        @for (name, picture, link) in ways(&card.headline, &address) {
                            li { a href=(link) rel="nofollow noopener" { (icon(picture)) (name) } }
                        }
                        li hidden { button type="button" data-print { (icon("printer")) "Print" } }
                    }
                    // Its answer is a page and no redirect, which Turbo would not show.
                    form.mastodon method="post" action={ "/stories/" (card.id) "/sharing" } data-turbo="false" {
                        (*ASKED)
                        button.button.small { "Go on" }
                    }
                    label.address { span { "Address of this story" } input readonly dir="ltr" value=(address); }
                    p.meta.said role="status" {}
                }
            }
        }
    }
}

fn ways(headline: &str, address: &str) -> [(&'static str, &'static str, String); 4] {
    let (words, link) = (encoded(headline), encoded(address));
    [
        ("E-mail", "mail", format!("mailto:?subject={words}&body={link}")),
        ("Bluesky", "external-link", format!("https://bsky.app/intent/compose?text={words}%20{link}")),
        ("Facebook", "external-link", format!("https://www.facebook.com/sharer/sharer.php?u={link}")),
        ("WhatsApp", "external-link", format!("https://wa.me/?text={words}%20{link}")),
    ]
}

/// Words as part of an address, with blanks that letters keep, too.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3 / 2);
    byte_serialize(text.as_bytes()).for_each(|part| encoded.push_str(if part == "+" { "%20" } else { part }));
    encoded
}

fn server_field(typed: &str, problems: &Problems) -> Markup {
    html! {
        (Field::line("server", "Your Mastodon server").hint("Such as mastodon.social").value(typed).required().max(MAX_SERVER + 10).problem(problems))
    }
}

/// The page that leads to a reader's own server, or asks again.
pub(super) fn page(frame: &Frame, card: &Card, typed: &str) -> (bool, Markup) {
    let server = server(typed);
    let mut problems = Problems::default();
    if server.is_none() {
        problems.add("server", "Write the name of a server, such as mastodon.social.");
    }
    let text = format!("{} {}{}", card.headline, frame.site.origin, card.address());
    let text: String = byte_serialize(text.as_bytes()).collect();
    let body = html! {
        div.page { div.narrow {
            h1 { "Share on Mastodon" }
            p { "“" bdi { (card.headline) } "”" }
            @if let Some(server) = &server {
                p { "The link leads to " strong { (server) } ", where you can change the words before you post them." }
                p.actions {
                    a.button.primary rel="nofollow noopener" href={ "https://" (server) "/share?text=" (text) } { "Write it on " (server) }
                    a.button href=(card.address()) { "Back to the story" }
                }
            } @else {
                (kit::problems(&problems))
                form.form method="post" action={ "/stories/" (card.id) "/sharing" } data-turbo="false" {
                    (server_field(typed, &problems))
                    p.actions { button.button.primary { "Go on" } a.button href=(card.address()) { "Back to the story" } }
                }
            }
        } }
    };
    (server.is_some(), Page::new("Share on Mastodon").private().draw(frame, &body))
}

/// The host in what somebody typed: `mastodon.social`, an address on it, or `@name@mastodon.social`.
fn server(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let typed = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://")).unwrap_or(typed);
    let host = typed.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    match url::Host::parse(host).ok()? {
        url::Host::Domain(name) if name.len() <= MAX_SERVER && name.contains('.') && plain(&name) => Some(name),
        _ => None,
    }
}

fn plain(name: &str) -> bool {
    let label =
        |label: &str| !label.is_empty() && label.len() <= 63 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    name.split('.').all(label)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_server_is_found_in_whatever_people_type() {
        for typed in ["mastodon.social", " https://mastodon.social/home ", "@ana@mastodon.social", "MASTODON.social/@ana"] {
            assert_eq!(server(typed).as_deref(), Some("mastodon.social"), "{typed}");
        }
        for typed in
            ["", "mastodon", "127.0.0.1", "[::1]", "a b.example", "evil.example:8080", "x..example", "javascript:alert(1)", "\"onclick=.x"]
        {
            assert_eq!(server(typed), None, "{typed}");
        }
        assert_eq!(server("bücher.example").as_deref(), Some("xn--bcher-kva.example"));
    }

    #[test]
    fn links_carry_the_words_whole() {
        let [mail, bluesky, ..] = ways("Salt & water? 50 % more", "https://town.example/stories/1/a");
        assert_eq!(mail.2, "mailto:?subject=Salt%20%26%20water%3F%2050%20%25%20more&body=https%3A%2F%2Ftown.example%2Fstories%2F1%2Fa");
        assert!(bluesky.2.ends_with("?text=Salt%20%26%20water%3F%2050%20%25%20more%20https%3A%2F%2Ftown.example%2Fstories%2F1%2Fa"));
    }

    proptest! {
        #[test]
        fn nothing_typed_leaves_the_host(typed in "\\PC{0,60}") {
            if let Some(name) = server(&typed) {
                let address = url::Url::parse(&format!("https://{name}/share?text=a")).unwrap();
                prop_assert_eq!(address.host_str(), Some(name.as_str()));
                prop_assert_eq!(address.path(), "/share");
            }
        }
    }
}
