//! What of a member's own waits to be read before it appears: `/waiting`. Its author sees it, can change it and take it back.

mod digest;
#[cfg(test)]
mod tests;

pub(crate) use digest::DIGEST;
pub use digest::tell_readers;

use axum::{Router, extract::State, routing::get};
use maud::{Markup, html};
use people::{Caller, Town, Viewer, pictures::Shown};
use talk::{comments, gate};
use things::notes;
use web::{Page, Result, html, kit};

/// The address of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/waiting", get(show))
}

/// All that waits of somebody's.
struct Waits {
    notes: Vec<(notes::Waiting, Vec<Shown>)>,
    comments: Vec<comments::Waiting>,
}

async fn show(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, waits) = town
        .read(&caller, |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            let notes = notes::waiting_of(tx, me)?.into_iter().map(|note| Ok((notes::pictures_of(tx, &note)?, note)));
            let notes = notes.map(|pair: Result<_>| pair.map(|(shown, note)| (note, shown))).collect::<Result<_>>()?;
            Ok(Waits { notes, comments: comments::waiting_of(tx, me, None)? })
        })
        .await?;
    let page = page(&town, &viewer, &waits);
    Ok(html(Page::new("Waiting to be read").private().draw(&town.frame(&viewer, &caller), &page)))
}

fn page(town: &Town, viewer: &Viewer, waits: &Waits) -> Markup {
    html! {
        div.page { div.narrow.note-page.comments {
            h1 { "Waiting to be read" }
            p.meta { "A moderator reads these before they appear. Until then only you see them, and you can take them back. At most " (gate::MOST_WAITING) " wait at a time." }
            @if waits.notes.is_empty() && waits.comments.is_empty() {
                (kit::empty("Nothing waits", "All that you posted has appeared, or was answered with a letter that says why not.", Some(("/square", "To the square"))))
            }
            ul.list.ruled.held {
                @for (note, shown) in &waits.notes { li { (notes::waiting_listed(town, note, shown)) } }
                @for comment in &waits.comments { li { (comments::waiting_listed(town, viewer, comment)) } }
            }
            p { a.link href="/rules" { "The house rules" } }
        } }
    }
}
