//! What a member may do here, how much of it, and what they lack for the next level.

use axum::{Router, extract::State, routing::get};
use maud::{Markup, html};
use people::{
    Caller, Permission, Town, accounts,
    levels::{Level, Limit, Unmet},
    uploads,
};
use web::{Error, Page, Result, html, kit::icon};

use super::record;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/settings/level", get(show))
}

async fn show(State(town): State<Town>, caller: Caller) -> Result {
    let (levels, now) = (town.levels(), town.now());
    let table = std::sync::Arc::clone(&levels);
    let (viewer, (account, steps, megabytes)) = town
        .read(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            let account = accounts::by_id(tx, me)?.ok_or(Error::NotFound)?;
            let mut steps = Vec::new();
            for (level, conditions) in table.after(&account.level) {
                steps.push((level.title.clone(), conditions.unmet(&record(tx, &account, conditions)?, now)));
            }
            Ok((account, steps, uploads::megabytes(tx, me)?))
        })
        .await?;
    let level = levels.named(&account.level).ok_or(Error::NotFound)?;
    let body = html! {
        div.page { div.narrow.settings {
            h1 { "What you may do here" }
            p { "Your level is " strong { (level.title) } "." }
            (allowed(level, megabytes))
            @for (title, unmet) in &steps { (next(title, unmet)) }
            @if steps.is_empty() { p.hint { "Other levels are given by the people who run the site." } }
            p.actions { a.button href="/settings" { (icon("arrow-left")) "To your settings" } }
        } }
    };
    Ok(html(Page::new("What you may do here").private().current("/settings").draw(&town.frame(&viewer, &caller), &body)))
}

fn allowed(level: &Level, megabytes: i64) -> Markup {
    html! {
        section.form-part {
            h2 { "You may" }
            ul {
                li { "Read everything that is for members, follow, ask to be friends" }
                @for permission in Permission::ALL.into_iter().filter(|permission| level.permissions.has(*permission)) { li { (permission.words()) } }
            }
        }
        section.form-part {
            h2 { "How much" }
            dl.facts {
                @for limit in Limit::ALL {
                    dt { (limit.words()) }
                    dd {
                        @if limit == Limit::Megabytes { (text::grouped(megabytes)) " of " }
                        @match level.limits.of(limit) { Some(most) => (text::grouped(most)), None => "no limit" }
                    }
                }
            }
        }
    }
}

fn next(title: &str, unmet: &[Unmet]) -> Markup {
    html! {
        section.form-part {
            h2 { "The level “" (title) "”" }
            @if unmet.is_empty() { p { "You meet everything it asks. You come to it with the next day’s look." } }
            @else {
                p { "You come to it by yourself. What is missing:" }
                ul { @for one in unmet { li { (one.words()) } } }
            }
        }
    }
}
