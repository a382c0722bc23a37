//! Comparing two versions word by word, off the threads that answer requests.

use maud::{Markup, html};
use tokio::sync::Semaphore;
use web::Error;

use super::fields::Part;

/// Unchanged words shown on each side of a change.
const CONTEXT: usize = 24;
/// A long comparison takes a second of a processor, and anyone can ask for one: they take turns.
static TURNS: Semaphore = Semaphore::const_new(1);

/// What changed from one version to another, part by part.
pub(super) async fn between(old: Vec<Part>, new: Vec<Part>) -> Result<Markup, Error> {
    let _turn = TURNS.acquire().await.map_err(Error::broken)?;
    tokio::task::spawn_blocking(move || markup(&old, &new)).await.map_err(Error::broken)
}

fn markup(old: &[Part], new: &[Part]) -> Markup {
    let changed: Vec<_> = old.iter().zip(new).filter(|(old, new)| old.1 != new.1).collect();
    html! {
        @if changed.is_empty() { p { "Both versions say the same." } }
        @for (old, new) in changed {
            section.change {
                h2 { (new.0) }
                div.diff dir="auto" { (text::diff::hunks_markup(&text::diff::hunks(&text::diff::words(&old.1, &new.1), CONTEXT))) }
            }
        }
    }
}
