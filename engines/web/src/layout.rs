//! What stands around every page: head, masthead, sections, footer. The page itself is the caller's.

mod drawn;

use maud::{DOCTYPE, Markup, html};
use std::sync::Arc;

use crate::{assets, kit};

pub use drawn::Drawn;

/// The site as every page shows it. Made once and kept until somebody changes it.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The nameplate.
    pub name: String,
    /// A few words under the name, in the head of the front page.
    pub tagline: String,
    /// The sentence in the footer.
    pub sentence: String,
    /// BCP 47 tag of the site's language.
    pub language: String,
    /// `rtl` for languages written from right to left, else `ltr`.
    pub direction: &'static str,
    /// Scheme and host, without a slash at the end.
    pub origin: String,
    /// Who is told when a list changes (WebSub); empty for nobody.
    pub hub: String,
    /// Whether guests are asked to join.
    pub join: bool,
    /// The bar under the masthead.
    pub sections: Vec<Link>,
    /// The site's own links, after its sections.
    pub links: Vec<Link>,
    /// Lists of links in the footer, each under a heading.
    pub footer: Vec<(String, Vec<Link>)>,
    /// Stands in place of the name.
    pub logo: Option<Logo>,
    /// The site's own icon: its address as WebP, as JPEG for other programs, and the side of that in pixels.
    pub icon: Option<(String, String, i64)>,
    /// The address of a style sheet with the site's colours.
    pub styles: Option<String>,
    /// Where to write to the people who run the site: address and words.
    pub contact: Option<(String, String)>,
    /// What was drawn of all this.
    pub drawn: Drawn,
}

/// A site's logo.
#[derive(Clone, Debug)]
pub struct Logo {
    /// Its address.
    pub address: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
}

/// Who sees a link of a menu.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Who {
    /// Everyone.
    #[default]
    Everyone,
    /// Those who are not signed in.
    Guests,
    /// Those who are.
    Members,
    /// Those who have a desk here.
    Staff,
}

impl Who {
    /// All of them, the widest first.
    pub const ALL: [Self; 4] = [Self::Everyone, Self::Guests, Self::Members, Self::Staff];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Guests => "guests",
            Self::Members => "members",
            Self::Staff => "staff",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Everyone => "Everyone",
            Self::Guests => "Guests",
            Self::Members => "Members",
            Self::Staff => "Staff",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.name() == name)
    }

    /// Whether whoever looks at a page is one of them. Of whom nothing is known sees what is for everyone.
    fn is(self, frame: &Frame) -> bool {
        match self {
            Self::Everyone => true,
            Self::Guests => frame.person.is_none() && !frame.unknown,
            Self::Members => frame.person.is_some(),
            Self::Staff => frame.person.as_ref().is_some_and(Person::has_desk),
        }
    }
}

/// A link in a menu.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it leads.
    pub address: String,
    /// What it says.
    pub words: String,
    /// Who sees it.
    pub who: Who,
}

impl Link {
    /// A link that everyone sees.
    pub fn new(address: impl Into<String>, words: impl Into<String>) -> Self {
        Self { address: address.into(), words: words.into(), who: Who::Everyone }
    }

    /// The same for those who are not signed in alone.
    #[must_use]
    pub fn for_guests(self) -> Self {
        Self { who: Who::Guests, ..self }
    }
}

/// Who is signed in, as the masthead shows them.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name shown.
    pub name: String,
    /// Their picture or initials.
    pub avatar: Markup,
    /// Their menu.
    pub menu: Vec<Link>,
    /// Whether the masthead offers them the "Write" button.
    pub writes: bool,
    /// How many people wait for an answer of theirs; the menu shows that there is something.
    pub waiting: i64,
    /// How many notices they have not read; `None` for those who get none.
    pub unread: Option<i64>,
}

impl Person {
    fn has_desk(&self) -> bool {
        self.menu.iter().any(|link| link.address == "/admin")
    }
}

/// All that surrounds a page for one request.
#[derive(Clone)]
pub struct Frame {
    /// The site.
    pub site: Arc<Surroundings>,
    /// Who is signed in; `None` for guests.
    pub person: Option<Person>,
    /// Nobody has looked who is asking (errors): the masthead offers neither to sign in nor a menu.
    pub unknown: bool,
    /// The date above the nameplate.
    pub today: String,
    /// A word on what was just done, shown once.
    pub notice: Option<String>,
}

/// A page to be drawn inside a [`Frame`].
#[must_use]
pub struct Page<'a> {
    title: &'a str,
    description: Option<&'a str>,
    canonical: Option<&'a str>,
    current: &'a str,
    robots: Option<&'static str>,
    feeds: Option<&'a str>,
    head: Option<Markup>,
    scripts: &'a [&'a str],
    styles: &'a [&'a str],
    live: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// A page with this title; an empty title stands for the site's own name.
    pub fn new(title: &'a str) -> Self {
        Self {
            title,
            description: None,
            canonical: None,
            current: "",
            robots: None,
            feeds: None,
            head: None,
            scripts: &[],
            styles: &[],
            live: None,
        }
    }

    /// A sentence for search engines and link previews.
    pub fn description(mut self, words: &'a str) -> Self {
        self.description = (!words.is_empty()).then_some(words);
        self
    }

    /// The one address of this page, as a path.
    pub fn canonical(mut self, path: &'a str) -> Self {
        self.canonical = Some(path);
        self
    }

    /// The address in the section bar that is current.
    pub fn current(mut self, address: &'a str) -> Self {
        self.current = address;
        self
    }

    /// Keeps search engines out.
    pub fn private(mut self) -> Self {
        self.robots = Some("noindex");
        self
    }

    /// Says that the list on this page has feeds, at this path with `.rss`, `.atom` and `.json` at its end; a query stays
    /// behind the ending.
    pub fn feeds(mut self, base: &'a str) -> Self {
        self.feeds = Some(base);
        self
    }

    /// More for the head.
    pub fn head(mut self, head: Markup) -> Self {
        self.head = Some(head);
        self
    }

    /// Scripts and styles that only this page needs, by their plain names.
    pub fn with(mut self, scripts: &'a [&'a str], styles: &'a [&'a str]) -> Self {
        (self.scripts, self.styles) = (scripts, styles);
        self
    }

    /// What it wants to be told while it is open, as a query of `/live`.
    pub fn live(mut self, query: &'a str) -> Self {
        self.live = Some(query);
        self
    }

    /// Draws the page in its frame.
    pub fn draw(self, frame: &Frame, main: &Markup) -> Markup {
        let site = &*frame.site;
        html! {
            (DOCTYPE)
            html lang=(site.language) dir=(site.direction) {
                head { (self.head_of(site)) }
                body {
                    a.skip href="#main" { "Skip to the page" }
                    (masthead(frame, self.current))
                    @if let Some(notice) = &frame.notice { div.page { p.flash role="status" { (kit::icon("check")) (notice) } } }
                    main id="main" { (main) }
                    (drawn::footer(frame))
                    (tabbar(frame, self.current))
                    (self.stream(frame))
                }
            }
        }
    }

    /// Where scripts hear what is new: members on every page, guests where something may happen.
    fn stream(&self, frame: &Frame) -> Markup {
        let member = frame.person.as_ref().is_some_and(|person| person.unread.is_some());
        let query = self.live.or(member.then_some(""));
        html! { @if let Some(query) = query { live-stream data-query=(query) {} } }
    }

    fn head_of(&self, site: &Surroundings) -> Markup {
        html! {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { @if self.title.is_empty() { (site.name) @if !site.tagline.is_empty() { ": " (site.tagline) } } @else { (self.title) " · " (site.name) } }
            @if let Some(words) = self.description { meta name="description" content=(words); }
            @if let Some(path) = self.canonical { link rel="canonical" href={ (site.origin) (path) }; }
            @if let Some(robots) = self.robots { meta name="robots" content=(robots); }
            (drawn::head(site))
            @for name in self.styles { link rel="stylesheet" href=(assets::address(name)); }
            @for name in self.scripts { script type="module" src=(assets::address(name)) {} }
            @if let Some(base) = self.feeds { (self.links_to_feeds(site, base)) (self.hub(site, base)) }
            @if let Some(head) = &self.head { (head) }
        }
    }

    /// Where to ask to be told of changes of this list (W3C WebSub §4), which a page for nobody in particular has.
    fn hub(&self, site: &Surroundings, base: &str) -> Markup {
        html! {
            @if !site.hub.is_empty() && self.robots.is_none() {
                link rel="hub" href=(site.hub);
                link rel="self" href={ (site.origin) (self.canonical.unwrap_or(base)) };
            }
        }
    }

    fn links_to_feeds(&self, site: &Surroundings, base: &str) -> Markup {
        let title = if self.title.is_empty() { site.name.clone() } else { format!("{} · {}", self.title, site.name) };
        let (path, query) = base.find('?').map_or((base, ""), |at| base.split_at(at));
        html! {
            @for (ending, kind, name) in FEEDS {
                link rel="alternate" type=(kind) title={ (title) " (" (name) ")" } href={ (site.origin) (path) "." (ending) (query) };
            }
        }
    }
}

/// Formats of feeds: ending, type, name.
const FEEDS: [(&str, &str, &str); 3] =
    [("rss", "application/rss+xml", "RSS"), ("atom", "application/atom+xml", "Atom"), ("json", "application/feed+json", "JSON Feed")];

fn masthead(frame: &Frame, current: &str) -> Markup {
    let site = &*frame.site;
    html! {
        // One banner, so that no words stand outside the landmarks (ARIA, "banner").
        header {
            div.dateline {
                div.page {
                    span { (frame.today) }
                    @if !site.tagline.is_empty() { span.optional.tagline { (site.tagline) } }
                    span.spacer {}
                    a.optional href="/archive" { "Archive" }
                    a.optional href="/corrections" { "Corrections" }
                    theme-switch {}
                }
            }
            div.masthead {
                div.page {
                    div.tools { (search()) }
                    a.nameplate href="/" {
                        @match &site.logo {
                            Some(logo) => img src=(logo.address) alt=(site.name) width=(logo.width) height=(logo.height);,
                            None => { (site.name) },
                        }
                    }
                    div.tools { (tools(frame)) }
                }
            }
        }
        nav.sections aria-label="Sections" {
            div.page {
                ul {
                    li { a href="/" aria-current=[(current == "/").then_some("page")] { "Front page" } }
                    // Where people are asked to join there is a square to join. It comes before the sections, which may be many.
                    @if site.join || frame.person.is_some() {
                        li { a href="/square" aria-current=[(current == "/square").then_some("page")] { "Town square" } }
                    }
                    @for (link, [usual, shown]) in site.sections.iter().zip(drawn::sections(site)) {
                        (if current == link.address { shown } else { usual })
                    }
                    @for link in site.links.iter().filter(|link| link.who.is(frame)) { li { a href=(link.address) { (link.words) } } }
                }
            }
        }
    }
}

/// A plain form; the element around it suggests while somebody types.
fn search() -> Markup {
    html! {
        form role="search" aria-label="The whole site" action="/search" {
            search-suggest {
                label.search {
                    (kit::icon("search"))
                    span.visually-hidden { "Search" }
                    input type="search" name="q" placeholder="Search stories, people" maxlength="200" autocomplete="off" dir="auto";
                }
            }
        }
    }
}

fn tools(frame: &Frame) -> Markup {
    let Some(person) = &frame.person else {
        return html! {
            @if !frame.unknown {
                a.button.signin href="/sign-in" { "Sign in" }
                @if frame.site.join { a.button.primary.join href="/join" { "Join" } }
            }
        };
    };
    html! {
        @if person.writes { a.button.primary.write href="/write" { (kit::icon("square-pen")) span { "Write" } } }
        @if let Some(count) = person.unread { a.bell href="/notifications" { (kit::icon("bell")) (unread(count)) } }
        details.menu {
            summary {
                (person.avatar)
                @if person.waiting > 0 { span.waiting aria-hidden="true" { (person.waiting.min(99)) } }
                span.visually-hidden { "Your menu, " (person.name) @if person.waiting > 0 { ". " (person.waiting) " waiting" } }
            }
            div.menu-items {
                p.meta { "Signed in as " strong { (person.name) } }
                ul { @for link in &person.menu { li { a href=(link.address) { (link.words) } } } }
                form method="post" action="/sign-out" { button.button.quiet { (kit::icon("log-out")) "Sign out" } }
            }
        }
    }
}

/// How many notices are unread, in the bell. Scripts put another in its place, and the number into the tab's title.
pub fn unread(count: i64) -> Markup {
    html! {
        unread-count id="unread" data-count=(count) {
            @if count > 0 { span.waiting aria-hidden="true" { (count.min(99)) } }
            span.visually-hidden { "Notifications" @if count > 0 { ", " (count) " unread" } }
        }
    }
}

fn tabbar(frame: &Frame, current: &str) -> Markup {
    let tab = |address: &str, icon: &str, words: &str| {
        html! { a href=(address) aria-current=[(current == address).then_some("page")] { (kit::icon(icon)) (words) } }
    };
    html! {
        nav.tabbar aria-label="Main" {
            (tab("/", "newspaper", "News"))
            // What they follow leads members to sections; a fifth of a phone's width is as narrow as a tab can be.
            @if frame.person.is_some() { (tab("/square", "users", "Square")) }
            @if frame.person.as_ref().is_none_or(|person| !person.writes) { (tab("/sections", "folder-tree", "Sections")) }
            @if frame.person.as_ref().is_some_and(|person| person.writes) { (tab("/write", "square-pen", "Write")) }
            (tab("/search", "search", "Search"))
            @if frame.site.join && frame.person.is_none() && !frame.unknown { (tab("/join", "user-plus", "Join")) }
            @if frame.person.is_some() { (tab("/settings", "user", "You")) } @else { (tab("/sign-in", "user", "Sign in")) }
        }
    }
}
