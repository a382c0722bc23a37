//! The page of a topic.

use maud::{Markup, html};
use talk::topics::Topic;
use things::stories::show::Now;
use web::{Frame, Page, kit};

use crate::cards::{self, Listed};

/// A topic's page.
pub(super) fn show(frame: &Frame, topic: &Topic, listed: &Listed, now: &Now) -> Markup {
    let (address, title) = (topic.address(), format!("#{}", topic.name));
    let body = html! {
        div.page {
            header.section-header { p.kicker { "Topic" } h1 { bdi { (title) } } }
            @if listed.cards.is_empty() {
                (kit::empty("Nothing here just now", "No story that can be read carries this topic.", Some(("/", "To the front page"))))
            }
            (cards::list(&listed.cards, now))
            (listed.pager(&address))
        }
    };
    let page = Page::new(&title).feeds(&address);
    let page = if listed.is_first() { page.canonical(&address) } else { page };
    page.draw(frame, &body)
}
