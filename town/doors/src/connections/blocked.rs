//! Whom a member blocks and mutes, and lifting it.

use axum::{Router, extract::State, routing::get};
use maud::{Markup, html};
use people::{
    Caller, Me, Town,
    accounts::Author,
    blocks::{self, MOST, Muted},
};
use things::stories::show::Now;
use web::{Frame, Page, Result, kit};

use super::{
    buttons::hidden,
    pages::{person, tabs},
};

const PATH: &str = "/connections/blocked";

/// The address of the page.
pub(super) fn routes() -> Router<Town> {
    Router::new().route("/connections/blocked", get(show))
}

async fn show(State(town): State<Town>, caller: Caller) -> Result {
    let now = Now::of(&town);
    let ms = now.ms;
    let (viewer, (blocked, muted)) = town
        .read(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            let most = u32::try_from(MOST).unwrap_or(u32::MAX);
            Ok((blocks::blocked(tx, me, "", most)?, blocks::muted(tx, me, ms, "", most)?))
        })
        .await?;
    Ok(web::html(page(&town.frame(&viewer, &caller), viewer.must_be_member()?, &blocked, &muted, &now)))
}

fn page(frame: &Frame, me: &Me, blocked: &[Author], muted: &[Muted], now: &Now) -> Markup {
    let body = html! {
        div.page.connections {
            header.section-header { h1 { "Blocked and muted" } p { "Nobody but you sees this page, and nobody on it is told." } }
            (tabs(&me.handle, PATH))
            @if blocked.is_empty() && muted.is_empty() {
                (kit::empty("Nobody", "Under “More” on somebody’s page you can mute or block them.", Some(("/connections", "Find people"))))
            }
            @if !blocked.is_empty() {
                section.form-part {
                    h2 { "Blocked" }
                    p { "Neither of you sees the other. Their stories stay where the paper prints them." }
                    ul.list.connected { @for who in blocked { (person(who, &html! {}, &lift(who, "block/removal", "Lift the block"))) } }
                }
            }
            @if !muted.is_empty() {
                section.form-part {
                    h2 { "Muted" }
                    p { "What they write stays off your square." }
                    ul.list.connected { @for muted in muted { (person(&muted.who, &until(muted, now), &lift(&muted.who, "mute/removal", "Unmute"))) } }
                }
            }
        }
    };
    Page::new("Blocked and muted").private().draw(frame, &body)
}

fn until(muted: &Muted, now: &Now) -> Markup {
    html! {
        p.meta {
            @match muted.ends_at {
                Some(ends_at) => { "Until " (text::times::markup(ends_at, now.ms, &now.zone)) },
                None => "Until you unmute them",
            }
        }
    }
}

fn lift(who: &Author, path: &str, words: &str) -> Markup {
    html! {
        form method="post" action={ "/connections/" (who.id) "/" (path) } {
            (hidden(PATH, ""))
            button.button.small { (words) span.visually-hidden { ": " bdi { (who.name) } } }
        }
    }
}
