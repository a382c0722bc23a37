//! Another handle. The one before leads on for 30 days and stays its owner's, so that neither a printed address nor a link
//! suddenly leads to somebody else; a handle changes once in that time, or one person would keep many.

#[cfg(test)]
mod tests;

use axum::{Router, extract::State, routing::get};
use db::{Tx, params};
use http::StatusCode;
use maud::{Markup, html};
use text::handle::Handle;
use web::{
    Error, Form, Frame, Page, Problems, Result, Tag, html as shown, html_with,
    kit::{self, Field},
    see_other,
};

use super::{Account, AccountId, names, store};
use crate::{Caller, Town, Viewer, finding};

/// How long a handle that somebody gave up leads to them.
pub const HANDLE_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The addresses of this part.
pub(super) fn routes() -> Router<Town> {
    Router::new().route("/settings/handle", get(edit).post(update))
}

/// The account that had this handle lately.
///
/// # Errors
/// When the database does not answer.
pub fn by_former_handle(tx: &mut Tx, handle: &str, now: i64) -> Result<Option<Account>, db::Error> {
    let whose = "select account_id from former_handles where handle_key = $1 and until > $2";
    let Some(id) = tx.first(whose, params![&text::fold(handle), now], |row| row.get(0))? else { return Ok(None) };
    store::by_id(tx, id)
}

/// The account that has this handle, or had it lately.
///
/// # Errors
/// When the database does not answer.
pub fn by_handle_ever(tx: &mut Tx, handle: &str, now: i64) -> Result<Option<Account>, db::Error> {
    match store::by_handle(tx, handle)? {
        Some(account) => Ok(Some(account)),
        None => by_former_handle(tx, handle, now),
    }
}

/// Until when the handle that this account gave up last leads to it.
fn former_until(tx: &mut Tx, id: AccountId, now: i64) -> Result<Option<i64>, db::Error> {
    tx.one("select max(until) from former_handles where account_id = $1 and until > $2", params![id, now], |row| row.get(0))
}

/// The handle of an account is kept for it, from now on for 30 days, while it goes by another.
///
/// # Errors
/// When the database does not answer.
pub fn give_up_handle(tx: &mut Tx, account: &Account, now: i64) -> Result<(), db::Error> {
    tx.run("delete from former_handles where until <= $1", params![now])?;
    keep_former_handle(tx, account.id, &account.handle, now + HANDLE_MS)
}

/// This handle leads to the account until then.
///
/// # Errors
/// When the database does not answer.
pub fn keep_former_handle(tx: &mut Tx, id: AccountId, handle: &str, until: i64) -> Result<(), db::Error> {
    tx.run(
        "insert into former_handles (handle_key, handle, likeness, account_id, until) values ($1, $2, $3, $4, $5)
         on conflict (handle_key) do update set handle = excluded.handle, account_id = excluded.account_id, until = excluded.until",
        params![text::fold(handle), handle, text::likeness(handle), id, until],
    )?;
    Ok(())
}

/// Takes another handle, or writes the same one in other letters.
fn change(tx: &mut Tx, account: &Account, handle: &Handle, now: i64) -> Result<(), db::Error> {
    if text::fold(&account.handle) != handle.key {
        give_up_handle(tx, account, now)?;
        tx.run("delete from former_handles where handle_key = $1", params![&handle.key])?;
    }
    let likeness = (!store::likeness_is_taken(tx, &handle.name, Some(account.id), now)?).then(|| text::likeness(&handle.name));
    tx.run(
        "update accounts set handle = $2, handle_key = $3, handle_likeness = $4, updated_at = $5 where id = $1",
        params![account.id, &handle.name, &handle.key, likeness.as_deref(), now],
    )?;
    finding::index(tx, account.id, &account.name, &handle.name)?;
    Ok(())
}

/// Whether an account may take this handle now.
fn check(tx: &mut Tx, account: &Account, handle: &Handle, now: i64, problems: &mut Problems) -> Result<(), db::Error> {
    let own = text::fold(&account.handle) == handle.key;
    let back = by_former_handle(tx, &handle.key, now)?.is_some_and(|former| former.id == account.id);
    if !own && !back && former_until(tx, account.id, now)?.is_some() {
        problems.add("handle", "A handle changes once in 30 days. Until then you can only take the last one back.");
        return Ok(());
    }
    names::check_handle(tx, handle, Some(account.id), now, problems)
}

async fn own(town: &Town, caller: &Caller) -> Result<(Viewer, (Account, Option<i64>))> {
    let now = town.now();
    town.read(caller, move |tx, viewer| {
        let account = store::by_id(tx, viewer.must_be_member()?.id)?.ok_or(Error::NotFound)?;
        let until = former_until(tx, account.id, now)?;
        Ok((account, until))
    })
    .await
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, (account, until)) = own(&town, &caller).await?;
    Ok(shown(page(&town, &town.frame(&viewer, &caller), &account.handle, until, &Problems::default())))
}

async fn update(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let now = town.now();
    let mut problems = Problems::default();
    let handle = names::parse_handle(form.text("handle"), &mut problems);
    let (viewer, (until, problems, changed)) = town
        .write(&caller, move |tx, viewer| {
            let account = store::by_id(tx, viewer.must_be_member()?.id)?.ok_or(Error::NotFound)?;
            let mut problems = problems.clone();
            if let Some(handle) = handle.as_ref().filter(|_| problems.is_empty()) {
                check(tx, &account, handle, now, &mut problems)?;
                if problems.is_empty() {
                    change(tx, &account, handle, now).map_err(store::taken)?;
                    return Ok((None, problems, Some(account.id)));
                }
            }
            Ok((former_until(tx, account.id, now)?, problems, None))
        })
        .await?;
    let Some(id) = changed else {
        let page = page(&town, &town.frame(&viewer, &caller), form.text("handle"), until, &problems);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    };
    town.pages.changed(&[Tag("account", id.get())]);
    Ok(see_other("/settings?done=handle"))
}

fn page(town: &Town, frame: &Frame, typed: &str, until: Option<i64>, problems: &Problems) -> Markup {
    let body = html! {
        div.page { div.narrow {
            h1 { "Your handle" }
            (kit::problems(problems))
            p { "Your page, your feed and your name in mentions go by it. For 30 days the handle you have now leads to your page and is kept for you." }
            @if let Some(until) = until {
                p.quiet { "You changed it lately. Until " (text::times::dateline(until, &town.zone())) " you can only take the last one back." }
            }
            form.form method="post" action="/settings/handle" {
                (Field::line("handle", "Handle").value(typed).required().max(text::handle::MAX).autocomplete("username").hint("Letters a to z, digits, _ and -.").problem(problems))
                p.actions { button.button.primary { "Change the handle" } a.button.quiet href="/settings" { "Back to settings" } }
            }
        } }
    };
    Page::new("Your handle").private().draw(frame, &body)
}
