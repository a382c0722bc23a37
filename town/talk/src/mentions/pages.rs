//! Mentions under the post that they link to.

use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::Mention;

/// The list, or nothing. Search engines are told that strangers put these links here.
pub fn shown(mentions: &[Mention], now: i64, zone: &TimeZone) -> Markup {
    html! {
        @if !mentions.is_empty() {
            section.mentions {
                h2 { "Mentioned elsewhere" }
                ul {
                    @for mention in mentions { li { (one(mention, now, zone)) } }
                }
            }
        }
    }
}

fn one(mention: &Mention, now: i64, zone: &TimeZone) -> Markup {
    html! {
        p.mention-title { a href=(mention.source) rel="nofollow ugc noopener" dir="auto" { (mention.title()) } }
        @if !mention.words.excerpt.is_empty() { p.mention-excerpt dir="auto" { (mention.words.excerpt) } }
        p.meta {
            @if !mention.words.author.is_empty() { bdi { (mention.words.author) } " · " }
            span dir="ltr" { (mention.host) } " · " (text::times::markup(mention.received_at, now, zone))
        }
    }
}

impl Mention {
    /// What it is called: by its title, else by its address.
    pub fn title(&self) -> &str {
        if self.words.title.is_empty() { &self.source } else { &self.words.title }
    }
}
