//! The story's page: its parts in their order.

use maud::{Markup, html};
use people::site::Licence;
use talk::{
    mentions::{self, Mention},
    reactions::{self, Reactions},
    reviews, saved,
};
use web::{Frame, Page, kit::icon, layout::Surroundings};

use super::{Now, head, parts, sharing};
use crate::{
    sections::Tree,
    stories::{Story, Work},
};

/// What a story's page shows.
pub(crate) struct View<'a> {
    /// The story.
    pub story: &'a Story,
    /// All sections, for the way down to this one.
    pub tree: &'a Tree,
    /// Other stories of its section, drawn.
    pub more: &'a [&'a Markup],
    /// Pages elsewhere that mention it.
    pub mentions: &'a [Mention],
    /// When.
    pub now: &'a Now,
    /// Whether the viewer may open it for writing.
    pub edit: bool,
    /// The site's terms for its stories, which a story may replace.
    pub licence: Option<Licence>,
    /// Whether the viewer has saved it.
    pub saved: bool,
    /// What its readers reacted with, and the viewer.
    pub reactions: &'a Reactions,
    /// A sentence or two on it ([`Story::summary`]).
    pub summary: &'a str,
    /// What stands under it; nothing in a preview.
    pub beneath: Beneath<'a>,
    /// Stands above the story: says that this is a preview.
    pub banner: Option<Markup>,
}

/// What others think and say of a story, under it.
pub(crate) struct Beneath<'a> {
    /// What readers added to it.
    pub context: Markup,
    /// What is said.
    pub comments: Markup,
    /// What they think of it.
    pub reviews: Markup,
    /// The same for programs, if anybody has reviewed it.
    pub reviewed: Option<&'a reviews::Summary>,
    /// Scripts of the forms in it.
    pub scripts: &'static [&'static str],
}

impl Beneath<'_> {
    /// Nothing.
    pub fn nothing() -> Self {
        Self { context: html! {}, comments: html! {}, reviews: html! {}, reviewed: None, scripts: &[] }
    }
}

impl View<'_> {
    /// The terms that hold.
    pub(super) fn licence(&self) -> Option<Licence> {
        self.story.licence.or(self.licence)
    }
}

/// The whole page.
pub(crate) fn page(frame: &Frame, view: &View) -> Markup {
    let card = &view.story.card;
    let address = card.address();
    let path = view.tree.path(card.section);
    let current = path.last().map(|top| top.address()).unwrap_or_default();
    let page = Page::new(&card.headline).description(view.summary).canonical(&address).current(&current).with(view.beneath.scripts, &[]);
    // A preview is read by nobody else.
    let live = format!("posts={0}&reading={0}", card.id);
    let page = if view.banner.is_some() { page.private() } else { page.live(&live) };
    let page = if frame.person.is_some() { page } else { page.head(head::head(&frame.site, view, &address)) };
    page.draw(frame, &body(view, &frame.site))
}

fn body(view: &View, site: &Surroundings) -> Markup {
    let (story, card, origin) = (view.story, &view.story.card, site.origin.as_str());
    let tongue = view.now.tongue(&card.language);
    html! {
        @if let Some(banner) = &view.banner { div.page { (banner) } }
        article class={ "page story" @if paid(card.work) { " paid" } } {
            header {
                (parts::section(view.tree, card))
                h1 lang=[tongue.lang] dir=(tongue.dir) { (card.headline) }
                @if !card.standfirst.is_empty() { p.standfirst lang=[tongue.lang] dir=(tongue.dir) { (card.standfirst) } }
                (talk::moderation::label(&story.label))
                (parts::byline(story, view.now, view.edit))
                div.counted { div data-counts=(card.id) { (card.counts) } p.readers id={ "reading-" (card.id) } {} }
                @if view.banner.is_none() { (tools(view, origin)) }
            }
            (parts::picture(story, tongue))
            div.prose lang=[tongue.lang] dir=(tongue.dir) {
                (maud::PreEscaped(&story.body_html))
                @if view.banner.is_none() { reading-time data-post=(card.id) {} }
            }
            (view.beneath.context)
            (parts::corrections(story, view.now))
            (parts::sources(story))
            (parts::topics(story))
            (mentions::shown(view.mentions, view.now.ms, &view.now.zone))
            (parts::history(story))
            (parts::licence(view.licence(), &site.name, story, view.now))
            @if view.banner.is_none() { (parts::printed_from(card, origin)) }
            (view.beneath.reviews)
            (view.beneath.comments)
            (parts::more(view.tree, card, view.more))
        }
    }
}

/// What a reader can do with a story besides reading it. The last is filled in by its script, where the device can speak.
fn tools(view: &View, origin: &str) -> Markup {
    let card = &view.story.card;
    html! {
        div.story-tools role="group" aria-label="Like, save, share, listen" {
            (reactions::button(card.id, view.reactions, &card.address()))
            (saved::button(card.id, view.saved, &card.address()))
            (sharing::sheet(card, origin))
            a.button.small.quiet href={ "/reports/story/" (card.id) } rel="nofollow" { (icon("flag")) "Report" span.visually-hidden { " this story" } }
            read-aloud {}
        }
    }
}

fn paid(work: Work) -> bool {
    matches!(work, Work::Sponsored | Work::Press)
}
