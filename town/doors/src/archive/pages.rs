//! The pages of the archive.

use maud::{Markup, html};
use things::stories::show::Now;
use web::{
    Frame, Page,
    kit::{self, icon},
};

use super::{Stretch, store::Around};
use crate::cards::{self, Listed};

/// Years and their months.
pub(super) fn years(frame: &Frame, years: &[(i16, Vec<i8>)]) -> Markup {
    let body = html! {
        div.page {
            header.section-header { h1 { "Archive" } p { "Every story, by the day it was published." } }
            @if years.is_empty() {
                (kit::empty("The archive is empty", "The first story that is published begins it.", Some(("/", "To the front page"))))
            }
            @for (year, months) in years { (one_year(*year, months)) }
        }
    };
    Page::new("Archive")
        .description("Every story, by the day it was published.")
        .canonical("/archive")
        .current("/archive")
        .draw(frame, &body)
}

fn one_year(year: i16, months: &[i8]) -> Markup {
    let title = |month: i8| text::times::month_title(year, month).unwrap_or_default();
    html! {
        section.strand id={ "year-" (year) } {
            header { h2 { (year) } }
            ul.months {
                @for month in months.iter().rev() {
                    li { a href=(Stretch { year, month: *month, day: None }.address()) { (title(*month)) } }
                }
            }
        }
    }
}

/// What a month's or a day's page shows.
pub(super) struct Shown<'a> {
    pub stretch: Stretch,
    pub title: &'a str,
    pub around: &'a Around,
    pub listed: &'a Listed,
    pub now: &'a Now,
}

/// A month or a day.
pub(super) fn show(frame: &Frame, shown: &Shown) -> Markup {
    let Shown { stretch, title, listed, now, .. } = *shown;
    let address = stretch.address();
    let body = html! {
        div.page {
            header.section-header {
                nav.breadcrumbs aria-label="Above" {
                    ol {
                        li { a href="/archive" { "Archive" } }
                        @if stretch.day.is_some() { li { a href=(stretch.month().address()) { (stretch.month().title().unwrap_or_default()) } } }
                    }
                }
                h1 { (title) }
                (days(shown))
            }
            @if listed.cards.is_empty() { (nothing(listed, &address)) }
            (cards::list(&listed.cards, now))
            (listed.pager(&address))
            (neighbours(shown.around))
        }
    };
    let title = format!("Stories of {title}");
    let page = Page::new(&title).current("/archive");
    let page = if listed.is_first() { page.canonical(&address) } else { page };
    page.draw(frame, &body)
}

fn days(shown: &Shown) -> Markup {
    let Stretch { year, month, day: current } = shown.stretch;
    html! {
        @if !shown.around.days.is_empty() {
            nav.tags.days aria-label="Days with stories" {
                @for day in &shown.around.days {
                    @let stretch = Stretch { year, month, day: Some(*day) };
                    a href=(stretch.address()) aria-label=[stretch.title()] aria-current=[(current == Some(*day)).then_some("page")] { (day) }
                }
            }
        }
    }
}

fn nothing(listed: &Listed, address: &str) -> Markup {
    if listed.is_first() {
        kit::empty("Nothing was published then", "Older and newer stories are a step away.", Some(("/archive", "To the whole archive")))
    } else {
        kit::empty("That was all", "There are no older stories here.", Some((address, "To the newest of them")))
    }
}

fn neighbours(around: &Around) -> Markup {
    let named = |stretch: Stretch| stretch.title().unwrap_or_default();
    html! {
        @if around.older.is_some() || around.newer.is_some() {
            nav.pager.neighbours aria-label="Before and after" {
                @if let Some(newer) = around.newer { a.button href=(newer.address()) { (icon("arrow-left")) (named(newer)) } }
                @if let Some(older) = around.older { a.button.older href=(older.address()) { (named(older)) (icon("chevron-right")) } }
            }
        }
    }
}
