//! The page of search.

use jiff::civil::Date;
use maud::{Markup, html};
use people::pictures::Place;
use text::language::Stemmer;
use things::stories::{
    Work,
    show::{Now, Tongue, cards::work_label},
};
use url::form_urlencoded::Serializer;
use web::{
    Frame, Page,
    kit::{self, Field, icon},
};

use super::{
    find::{Asked, Found, Meant, Result},
    highlight::Hits,
    query::MAX_QUERY,
};
use crate::syndication::Format;

/// The form, and what was found.
pub(super) fn show(frame: &Frame, asked: &Asked, found: &Found, now: &Now) -> Markup {
    let body = html! {
        div.page.search-page {
            header.section-header { h1 { "Search" } }
            (form(asked, found))
            @if !asked.typed.is_empty() || !asked.filters.is_empty() { (answer(asked, found, now)) } @else { (advice()) }
        }
    };
    let title = if asked.typed.is_empty() { "Search".to_owned() } else { format!("{} · Search", asked.typed) };
    let page = Page::new(&title).current("/search").private();
    match feeds(asked, found) {
        Some(base) => page.feeds(&base).draw(frame, &body),
        None => page.draw(frame, &body),
    }
}

/// Where the feeds of what is shown stand, as [`Page::feeds`] takes it: those of the words that were meant.
fn feeds(asked: &Asked, found: &Found) -> Option<String> {
    let meant = if found.meant == Meant::Instead { found.query.words() } else { asked.typed.clone() };
    (!found.query.is_empty()).then(|| address(asked, &meant, 1, false))
}

fn follow(asked: &Asked, found: &Found) -> Markup {
    html! {
        @if let Some(base) = feeds(asked, found) {
            p.meta.search-follow {
                (icon("rss")) "Follow this search in a feed reader: "
                @for (index, format) in Format::ALL.into_iter().enumerate() {
                    @if index > 0 { ", " }
                    a href=(format.of(&base)) { (format.name()) }
                }
            }
        }
    }
}

fn form(asked: &Asked, found: &Found) -> Markup {
    let filters = &asked.filters;
    let sections = std::iter::once((String::new(), "Every section".to_owned())).chain(
        found
            .tree
            .in_order()
            .into_iter()
            .map(|(depth, section)| (section.slug.clone(), format!("{}{}", "\u{2003}".repeat(depth), section.name))),
    );
    let works = std::iter::once((String::new(), "Every type".to_owned()))
        .chain(Work::ALL.map(|work| (work.name().to_owned(), work.words().to_owned())));
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let (from, to) = (date(filters.from), date(filters.to));
    html! {
        form.search-form role="search" aria-label="Stories" action="/search" {
            search-suggest {
                div.search.large {
                    (icon("search"))
                    label.visually-hidden for="q" { "Search words" }
                    input type="search" id="q" name="q" value=(asked.typed) maxlength=(MAX_QUERY) autocomplete="off" dir="auto" autofocus[asked.typed.is_empty()];
                    button.button.primary { "Search" }
                }
            }
            details.search-filters open[!filters.is_empty()] {
                summary { "Narrow it down" }
                div.search-fields {
                    (Field::choice("section", "Section", sections).value(&filters.section))
                    (Field::line("author", "Author's handle").value(&filters.author).max(60))
                    (Field::choice("work", "Type of work", works).value(filters.work.map(Work::name).unwrap_or_default()))
                    (Field::input("date", "from", "From").value(&from))
                    (Field::input("date", "to", "To").value(&to))
                }
            }
        }
    }
}

fn advice() -> Markup {
    html! {
        div.search-advice {
            p { "Words may stand anywhere in a story: in its headline, its text, its topics, its place, or the names of its authors." }
            ul {
                li { code { "\"city council\"" } " finds these words in a row" }
                li { code { "water -rates" } " finds stories on water that do not mention rates" }
            }
        }
    }
}

fn answer(asked: &Asked, found: &Found, now: &Now) -> Markup {
    html! {
        (meant(asked, found))
        @if found.results.is_empty() { (nothing(asked, found)) } @else {
            p.meta role="status" { (count(found)) @if let Some(name) = &found.author { " by " bdi { (name) } } }
            div.archive.found { @for result in &found.results { (one(result, &found.hits, now)) } }
            (pager(asked, found))
        }
        (follow(asked, found))
    }
}

fn meant(asked: &Asked, found: &Found) -> Markup {
    html! {
        @match &found.meant {
            Meant::AsTyped => {},
            Meant::Instead => p.search-meant {
                "Showing results for " strong dir="auto" { (found.query.words()) } ". "
                a href=(address(asked, &asked.typed, 1, true)) { "Search instead for " bdi { (asked.typed) } }
            },
            Meant::Perhaps(words) => p.search-meant { "Did you mean " a href=(address(asked, words, 1, false)) { bdi { (words) } } "?" },
        }
    }
}

fn count(found: &Found) -> String {
    let counted = i64::try_from(found.count).unwrap_or(i64::MAX);
    match (found.more, found.count) {
        (true, _) => format!("More than {} stories, the newest and best first", text::grouped(counted)),
        // Nobody counts beyond a page; the number changes while they read.
        (false, 0..=20) => text::count(counted, "story", "stories"),
        (false, many) => format!("About {}", text::count(i64::try_from(many.div_ceil(10) * 10).unwrap_or(counted), "story", "stories")),
    }
}

fn nothing(asked: &Asked, found: &Found) -> Markup {
    if asked.page > 1 {
        return kit::empty(
            "That was all",
            "There are no more results.",
            Some((&address(asked, &asked.typed, 1, asked.exact), "To the first of them")),
        );
    }
    if found.query.is_empty() {
        return kit::empty("What are you looking for?", "Type a word that the story should have.", None);
    }
    html! {
        (kit::empty("Nothing was found", "No story has all of these words. Try fewer words, or others; names can be misspelled by a letter or two.", None))
        @if !asked.filters.is_empty() {
            p.search-meant { a href={ "/search?" (Serializer::new(String::new()).append_pair("q", &asked.typed).finish()) } { "Search in everything" } }
        }
        p.search-meant { "Or look through the " a href="/archive" { "archive" } " or the " a href="/sections" { "sections" } "." }
    }
}

fn one(result: &Result, hits: &Hits, now: &Now) -> Markup {
    let card = &result.card;
    let tongue = now.tongue(&card.language);
    let stemmer = Stemmer::of(if card.language.is_empty() { &now.language } else { &card.language });
    html! {
        article.card.beside {
            p class={ "kicker " (card.section_colour.class()) } {
                a href={ "/sections/" (card.section_slug) } dir="auto" { (card.section_name) }
                @if card.work != Work::News { " " (work_label(card.work)) }
            }
            h2.headline lang=[tongue.lang] dir=(tongue.dir) { a href=(card.address()) { (hits.marked(&card.headline, &stemmer)) } }
            (excerpt(result, hits, tongue, &stemmer))
            p.byline { span dir="auto" { (hits.marked(&card.author.name, &Stemmer::none())) } span { (card.time(now.ms, &now.zone)) } }
            @if let Some(shown) = &card.picture {
                div.picture { (shown.markup(Place { sizes: "(min-width: 40rem) 10rem, 6rem", first: false })) }
            }
        }
    }
}

/// The standfirst when the words stand there, else the piece of the body that has most of them.
fn excerpt(result: &Result, hits: &Hits, tongue: Tongue, stemmer: &Stemmer) -> Markup {
    let standfirst = &result.card.standfirst;
    let piece = if hits.any(standfirst, stemmer) { None } else { hits.excerpt(&result.body, stemmer) };
    html! {
        @if let Some(piece) = piece { p.standfirst.small lang=[tongue.lang] dir=(tongue.dir) { (piece) } }
        @else if !standfirst.is_empty() { p.standfirst.small lang=[tongue.lang] dir=(tongue.dir) { (hits.marked(standfirst, stemmer)) } }
    }
}

fn pager(asked: &Asked, found: &Found) -> Markup {
    let to = |page| address(asked, &asked.typed, page, asked.exact);
    html! {
        @if asked.page > 1 || found.next {
            nav.pager aria-label="Pages" {
                @if asked.page > 1 { a.button rel="prev" href=(to(asked.page - 1)) { (icon("arrow-left")) "Page " (asked.page - 1) } }
                @if found.next { a.button.older rel="next" href=(to(asked.page + 1)) { "Page " (asked.page + 1) (icon("chevron-right")) } }
            }
        }
    }
}

/// The same search with other words or another page.
pub(super) fn address(asked: &Asked, words: &str, page: usize, exact: bool) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("q", words).extend_pairs(asked.filters.pairs());
    if page > 1 {
        query.append_pair("page", &page.to_string());
    }
    if exact {
        query.append_pair("exact", "1");
    }
    format!("/search?{}", query.finish())
}
