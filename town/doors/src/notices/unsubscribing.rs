//! One press ends letters like one that came (RFC 8058): the address in it names whose letters and which, sealed, so that nobody ends
//! those of others. Mail programs post to it without cookies; people who open it are shown a button.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use http::StatusCode;
use maud::{Markup, html};
use people::{AccountId, Caller, Town, Viewer, notices::Kind, prevention::letter};
use web::{Error, Frame, Page, Result, html, html_with};

use super::{kinds, letters};

const ABOUT: &str = "letters to be ended";
/// Letters are kept for years, and an old one must still end new ones.
const VALID_MS: i64 = 10 * 365 * 24 * 60 * 60 * 1000;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/notifications/unsubscribe/{token}", get(ask).post(end))
}

/// Which letters.
#[derive(Clone, Copy)]
pub(super) enum All {
    /// Those that tell at once of this kind.
    Of(&'static Kind),
    /// The daily one.
    Daily,
    /// That of the front porch.
    Porch,
}

/// The address that ends letters to somebody: about this kind, or the daily ones; those of the front porch by the name of that choice.
pub(crate) fn address(town: &Town, account: AccountId, kind: Option<&str>) -> Result<String> {
    let token = town.seal.lend(ABOUT, (account, kind.unwrap_or("")), town.now() + VALID_MS)?;
    Ok(format!("{}/notifications/unsubscribe/{token}", town.origin()))
}

fn read(town: &Town, token: &str) -> Option<(AccountId, All)> {
    let (account, kind): (AccountId, String) = town.seal.take_back(ABOUT, token, town.now())?;
    let all = match kind.as_str() {
        "" => All::Daily,
        letter::CHOICE => All::Porch,
        kind => All::Of(kinds::named(kind)?),
    };
    Some((account, all))
}

async fn ask(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    let frame = town.frame(&Viewer::default(), &caller);
    let Some((_, all)) = read(&town, &token) else { return Ok(html_with(StatusCode::GONE, unknown(&frame))) };
    Ok(html(page(&frame, &all, false)))
}

async fn end(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    town.limits.unsubscribe.by_address(caller.address)?;
    let frame = town.frame(&Viewer::default(), &caller);
    let Some((account, all)) = read(&town, &token) else { return Ok(html_with(StatusCode::GONE, unknown(&frame))) };
    town.db
        .write(move |tx| -> Result<(), Error> {
            let here = tx.first("select 1 from accounts where id = $1", db::params![account], |row| row.get::<i64>(0))?;
            if here.is_some() {
                letters::no_more(tx, account, &all)?;
            }
            Ok(())
        })
        .await?;
    Ok(html(page(&frame, &all, true)))
}

fn page(frame: &Frame, all: &All, done: bool) -> Markup {
    let about = match all {
        All::Daily => "Daily letters about what happened".to_owned(),
        All::Of(kind) => format!("Letters that tell at once: {}", kind.title),
        All::Porch => "The letter a day with what the neighbours said".to_owned(),
    };
    let heading = if done { "No more of these letters" } else { "End these letters?" };
    let body = html! {
        div.page { div.narrow {
            h1 { (heading) }
            p { (about) "." }
            @if done {
                p { "They have ended. Should you want them back, or other ones less often: " a.link href="/settings/notifications" { "choose how you hear of things" } "." }
            } @else {
                // Programs of mail press it, too, and get an answer without a further way (RFC 8058 §3.1): Turbo would wait for one.
                form method="post" data-turbo="false" { p.actions { button.button.primary { "End them" } } }
            }
        } }
    };
    Page::new(heading).private().draw(frame, &body)
}

fn unknown(frame: &Frame) -> Markup {
    let body = html! {
        div.page { div.narrow {
            h1 { "This link ends nothing" }
            p { "It is not whole, or very old. Sign in and " a.link href="/settings/notifications" { "choose how you hear of things" } "." }
        } }
    };
    Page::new("This link ends nothing").private().draw(frame, &body)
}
