//! The proof of an address: the letter, asking for it again, and the link in it.

use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse as _, Response},
    routing::get,
};
use db::Tx;
use http::{StatusCode, header};
use web::{Error, Form, Problems, Result, Tag, html, html_with, see_other};

use super::{
    LINK_MS, Mode,
    letters::{ALREADY_HERE, CONFIRMATION},
    pages, store,
};
use crate::{
    AccountId, Caller, Town, Viewer,
    accounts::{self, Account, Standing, parse_email},
    bars,
    letters::send as send_letter,
    sign_in::{self, Purpose, issue, password, peek, redeem, session_cookie},
};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/join/confirmation", get(show).post(send)).route("/join/confirmation/{token}", get(edit).post(update))
}

/// Somebody says that an address is theirs.
pub(super) struct Claim<'a> {
    pub account: AccountId,
    pub handle: &'a str,
    pub email: &'a str,
}

impl Claim<'_> {
    /// Writes the letter that lets them prove it; to somebody who has proved it long ago, one that says so. Both take the
    /// same steps.
    pub(super) fn write(&self, tx: &mut Tx, site: &str, origin: &str, now: i64) -> Result<()> {
        let owner = accounts::by_email(tx, self.email)?;
        let token = issue(tx, Purpose::Confirmation, Some(self.account), LINK_MS, now)?;
        let link = format!("{origin}/join/confirmation/{token}");
        match owner.as_ref().and_then(|owner| Some((owner, owner.email.as_deref()?))) {
            // To the address on file: the one that was typed may only look the same to the fold.
            Some((owner, email)) => {
                send_letter(tx, &ALREADY_HERE, ("", email), &[("site", site), ("handle", &owner.handle), ("origin", origin)], now)
            }
            None => send_letter(tx, &CONFIRMATION, ("", self.email), &[("site", site), ("handle", self.handle), ("link", &link)], now),
        }
    }
}

async fn show(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, account) = own(&town, &caller).await?;
    if account.standing == Standing::Member {
        return Ok(see_other("/settings"));
    }
    Ok(html(pages::how_far(&town.frame(&viewer, &caller), &account, None, &Problems::default())))
}

async fn own(town: &Town, caller: &Caller) -> Result<(Viewer, Account)> {
    town.read(caller, |tx, viewer| accounts::by_id(tx, viewer.must_be_signed_in()?.id)?.ok_or(Error::NotFound)).await
}

/// Sends the letter again, perhaps to another address.
async fn send(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (viewer, account) = own(&town, &caller).await?;
    if account.standing != Standing::Unconfirmed {
        return Ok(see_other("/join/confirmation"));
    }
    let mut problems = Problems::default();
    let email = parse_email(form.text("email")).unwrap_or_else(|words| {
        problems.add("email", words);
        String::new()
    });
    bars::check(&town, &email, caller.address, &mut problems);
    if !problems.is_empty() {
        let page = pages::how_far(&town.frame(&viewer, &caller), &account, Some(form.text("email")), &problems);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    town.limits.reset.by_address(caller.address)?;
    town.limits.join_email.by(&account.id)?;
    town.limits.join_email.by(&text::fold(&email))?;
    let (site, origin, now) = (town.site().name.clone(), town.origin().to_owned(), town.now());
    town.db
        .write(move |tx| -> Result<()> {
            store::claim(tx, account.id, &email, now)?;
            Claim { account: account.id, handle: &account.handle, email: &email }.write(tx, &site, &origin, now)
        })
        .await?;
    town.wake();
    Ok(see_other("/join/confirmation?done=sent"))
}

/// A page with a button and not the proof itself: programs that read mail open every link in it.
async fn edit(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    let tried = town.limits.sign_in_address.by_address(caller.address)?;
    let now = town.now();
    let (viewer, found) = town.read(&caller, move |tx, _| whose(tx, &token, now)).await?;
    let frame = town.frame(&viewer, &caller);
    let Some(account) = found else { return Ok(html_with(StatusCode::GONE, pages::link_expired(&frame, viewer.me.is_some()))) };
    tried.give_back();
    Ok(html(pages::confirm(&frame, &account, viewer.is(account.id), &Problems::default())))
}

fn whose(tx: &mut Tx, token: &str, now: i64) -> Result<Option<Account>> {
    let Some(Some(account)) = peek(tx, Purpose::Confirmation, token, now)? else { return Ok(None) };
    Ok(accounts::by_id(tx, account)?.filter(|account| account.standing == Standing::Unconfirmed && account.suspended_at.is_none()))
}

/// Whoever opens the link elsewhere than where they joined writes the password once more: nobody confirms an account that a
/// stranger made with their address, and whose password the stranger knows.
async fn update(State(town): State<Town>, caller: Caller, Path(token): Path<String>, form: Form) -> Result {
    let tried = town.limits.sign_in_address.by_address(caller.address)?;
    let (asked, now) = (token.clone(), town.now());
    let (viewer, found) = town
        .read(&caller, move |tx, _| {
            let Some(account) = whose(tx, &asked, now)? else { return Ok(None) };
            let hash = accounts::credentials(tx, &account.handle)?.0.and_then(|(_, hash)| hash);
            Ok(Some((account, hash)))
        })
        .await?;
    let frame = town.frame(&viewer, &caller);
    let gone = || html_with(StatusCode::GONE, pages::link_expired(&frame, viewer.me.is_some()));
    let Some((account, hash)) = found else { return Ok(gone()) };
    let own = viewer.is(account.id);
    if !own {
        let at_name = town.limits.sign_in_name.by(&accounts::sign_in_key(&account.handle))?;
        if !password::verify(form.text("password"), hash).await? {
            let mut problems = Problems::default();
            problems.add("password", "That is not the password you chose when you joined. Try again, or join once more. You joined by an account elsewhere? Sign in with it, and open the link again.");
            return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::confirm(&frame, &account, own, &problems)));
        }
        at_name.give_back();
    }
    tried.give_back();
    match confirm(&town, &caller, account.id, token).await? {
        Confirmed::In(session, standing) => {
            town.pages.changed(&[Tag("account", account.id.get())]);
            let on = if standing == Standing::Member { "/welcome?done=welcome" } else { "/join/confirmation" };
            Ok(([(header::SET_COOKIE, session_cookie(&town, &session))], see_other(on)).into_response())
        }
        Confirmed::Expired => Ok(gone()),
        Confirmed::Taken => Ok(conflict(&frame)),
    }
}

fn conflict(frame: &web::Frame) -> Response {
    html_with(StatusCode::CONFLICT, pages::address_taken(frame))
}

/// How far somebody is whose address is proved.
pub(super) fn standing_of(mode: Mode, invited: bool) -> Standing {
    if mode == Mode::Approval && !invited { Standing::Waiting } else { Standing::Member }
}

enum Confirmed {
    In(String, Standing),
    Expired,
    Taken,
}

async fn confirm(town: &Town, caller: &Caller, account: AccountId, token: String) -> Result<Confirmed> {
    let (mode, now) = (town.site().joining, town.now());
    let (before, agent) = (caller.session.clone(), caller.agent.clone());
    let written = town.db.write(move |tx| -> Result<_> {
        if redeem(tx, Purpose::Confirmation, &token, now)? != Some(Some(account)) {
            return Ok(Confirmed::Expired);
        }
        let standing = standing_of(mode, store::is_invited(tx, account)?);
        store::confirm(tx, account, standing, now).map_err(accounts::taken)?;
        // A new session, as always when somebody may more than before.
        if let Some(before) = &before {
            sign_in::end_by_digest(tx, before)?;
        }
        Ok(Confirmed::In(sign_in::open(tx, account, &agent, now)?, standing))
    });
    match written.await {
        Err(Error::Invalid(_)) => Ok(Confirmed::Taken),
        other => other,
    }
}
