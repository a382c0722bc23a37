//! The markup of numbers: the same for a story, an author, a section and the site.

use maud::{Markup, html};
use talk::numbers::{Tally, date_of};
use web::kit::{self, icon};

use super::{
    chart::{self, chart},
    period::Period,
    report::{Report, SITES},
    table::{Table, duration, share},
};

/// What stands around the numbers.
pub(super) struct About<'a> {
    /// The page's own address.
    pub address: &'a str,
    /// What has to happen before there are any.
    pub nothing: &'a str,
    /// The zone whose days these are.
    pub zone: &'a str,
}

/// Everything under the heading.
pub(super) fn body(report: &Report, about: &About) -> Markup {
    html! {
        div.numbers {
            (periods(report.span.period, about.address))
            @if report.first_day.is_none() {
                (kit::empty("Nothing counted yet", about.nothing, None))
            } @else {
                p.standfirst { (in_words(report)) }
                (figures(report.total))
                (over_time(report, about))
                div.beside { @for table in &report.tables { (panel(table, report, about)) } }
            }
            (small_print(report, about))
        }
    }
}

fn periods(current: Period, address: &str) -> Markup {
    html! {
        nav.tags.periods aria-label="Period" {
            @for period in Period::ALL {
                a href={ (address) "?period=" (period.name()) } aria-current=[(period == current).then_some("true")] { (period.title()) }
            }
        }
    }
}

/// "1,204 views in the last 7 days, 12% more than in the 7 days before."
fn in_words(report: &Report) -> String {
    let period = report.span.period;
    let views = report.total.views;
    let said = format!("{} {}", text::count(views, "view", "views"), period.during());
    let before = period.before();
    match report.before.map(|before| before.views) {
        None => format!("{said}. There is nothing to compare it with yet."),
        Some(0) if views == 0 => format!("{said}, as {before}."),
        Some(0) => format!("{said}. There were none {before}."),
        Some(then) if then == views => format!("{said}, as many as {before}."),
        Some(then) => {
            let more = if views > then { "more" } else { "fewer" };
            let by = share((views - then).abs(), then);
            format!("{said}, {by} {more} than {before} ({}).", text::grouped(then))
        }
    }
}

fn figures(total: Tally) -> Markup {
    let figure = |value: String, words: &str| html! { div.figure { b { (value) } span.meta { (words) } } };
    html! {
        div.figures {
            (figure(text::grouped(total.views), "views"))
            (figure(duration(total.seconds, total.readings), "read, on average"))
            (figure(share(total.ended, total.readings), "read to the end"))
            (figure(text::grouped(total.readings), "readers whose time is known"))
        }
    }
}

fn over_time(report: &Report, about: &About) -> Markup {
    let columns: Vec<chart::Column> =
        report.bars.iter().map(|(bar, tally)| chart::Column { words: &bar.words, short: &bar.short, value: tally.views }).collect();
    let times = report.times();
    let title = format!("Views by {}, {}", report.span.period.unit().to_lowercase(), report.span.period.during());
    html! {
        section.panel {
            (head(&times, report, about))
            (chart(&title, &columns))
            details { summary { "The same as a table" } (times.markup()) }
        }
    }
}

fn panel(table: &Table, report: &Report, about: &About) -> Markup {
    let rest = table.rows.len().saturating_sub(SITES);
    let shown = if table.name == "sites" && rest > 0 {
        Table { columns: table.columns.clone(), rows: table.rows[..SITES].to_vec(), ..*table }
    } else {
        Table { columns: table.columns.clone(), rows: table.rows.clone(), ..*table }
    };
    html! {
        section class={ "panel of-" (table.name) } {
            (head(table, report, about))
            @if report.total.views == 0 || table.rows.is_empty() { p.meta { "Nothing in this time." } } @else { (shown.markup()) }
            @if shown.rows.len() < table.rows.len() { p.meta { (text::count(rest as i64, "more site is", "more sites are")) " in the file." } }
        }
    }
}

fn head(table: &Table, report: &Report, about: &About) -> Markup {
    let file = format!("{}/{}.csv?period={}", about.address, table.name, report.span.period.name());
    html! {
        div.desk-head {
            h2 { (table.title) }
            // Turbo shows pages, and this is a file.
            a.button.small.quiet href=(file) download data-turbo="false" {
                (icon("download")) "CSV" span.visually-hidden { ": " (table.title) }
            }
        }
    }
}

fn small_print(report: &Report, about: &About) -> Markup {
    html! {
        p.meta.small-print {
            "A view is a reader opening a story, once in half an hour; programs are left out. How long somebody reads is known only "
            "where their browser tells and they did not ask it to keep that to itself. Nothing is kept about readers: no address, no cookie, no name. "
            @if let Some(day) = report.first_day { "Counted since " (date_of(day).strftime("%B %-d, %Y").to_string()) ". " }
            "Days are those of " span dir="ltr" { (about.zone) } "."
        }
    }
}
