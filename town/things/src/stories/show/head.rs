//! The head of a story's page: what other sites and search engines are told about it.

use maud::{Markup, html};
use media::CARD;
use web::layout::Surroundings;

use super::{View, data, social::Social};
use crate::stories::Story;

/// Link previews, and for a published story its structured data and the way to our oEmbed answer. All of it is for programs, which
/// do not sign in: a member's page goes without.
pub(super) fn head(site: &Surroundings, view: &View, address: &str) -> Markup {
    html! {
        (previews(site, view, address))
        @if view.banner.is_none() {
            link rel="webmention" href="/webmention";
            (oembed(site, view.story))
            (data::block(site, view, address))
        }
    }
}

/// What other sites show of a link to this story (the Open Graph protocol; cards of X, which reads the rest from it).
fn previews(site: &Surroundings, view: &View, address: &str) -> Markup {
    let (story, card) = (view.story, &view.story.card);
    html! {
        meta property="og:type" content="article";
        meta property="og:site_name" content=(site.name);
        meta property="og:title" content=(card.headline);
        meta property="og:description" content=(view.summary);
        meta property="og:url" content={ (site.origin) (address) };
        @if view.banner.is_none() {
            // WebP is not shown everywhere; this is a JPEG.
            meta property="og:image" content={ (site.origin) (Social::of(story, &site.name).address()) };
            meta property="og:image:type" content="image/jpeg";
            meta property="og:image:width" content=(CARD.0);
            meta property="og:image:height" content=(CARD.1);
            meta property="og:image:alt" content=(card.headline);
        }
        meta property="article:published_time" content=(text::times::iso(card.published_at));
        @if story.revisions > 1 { meta property="article:modified_time" content=(text::times::iso(story.updated_at)); }
        @for author in &story.authors { meta property="article:author" content={ (site.origin) (author.address()) }; }
        meta property="article:section" content=(card.section_name);
        @for topic in &story.topics { meta property="article:tag" content=(topic.name); }
        meta name="twitter:card" content="summary_large_image";
    }
}

/// Where a site that was given a link to this story asks what to draw for it (oEmbed 1.0, §4).
fn oembed(site: &Surroundings, story: &Story) -> Markup {
    let permanent = format!("{}/stories/{}", site.origin, story.card.id).replace(':', "%3A").replace('/', "%2F");
    let link = |kind: &str, format: &str| {
        html! {
            link rel="alternate" type=(kind) title=(story.card.headline) href={ (site.origin) "/oembed?format=" (format) "&url=" (permanent) };
        }
    };
    html! { (link("application/json+oembed", "json")) (link("text/xml+oembed", "xml")) }
}
