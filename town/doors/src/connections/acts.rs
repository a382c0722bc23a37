//! The addresses of all that somebody does with another, and of following things.

use axum::{
    Router,
    extract::{Path, State},
    routing::post,
};
use db::Tx;
use http::HeaderMap;
use people::{
    AccountId, Caller, Town, Viewer,
    accounts::{self, Account},
    blocks::{self, Lasts},
    connections::{self, Asked},
    lists::{self, ListId},
};
use web::{Error, Form, Result, limits::Limit};

use super::{
    answer::{Part, back, stream, way_back},
    buttons::{Panel, follow_button, panel, panel_of},
    suggest, target,
};

/// The addresses of acts.
pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/connections/{id}/follow", post(follow))
        .route("/connections/{id}/follow/removal", post(unfollow))
        .route("/connections/{id}/follower/removal", post(remove_follower))
        .route("/connections/{id}/request", post(ask))
        .route("/connections/{id}/request/removal", post(withdraw))
        .route("/connections/{id}/request/acceptance", post(accept))
        .route("/connections/{id}/request/refusal", post(refuse))
        .route("/connections/{id}/friendship/removal", post(end))
        .route("/connections/{id}/lists", post(put_on_lists))
        .route("/connections/{id}/mute", post(mute))
        .route("/connections/{id}/mute/removal", post(unmute))
        .route("/connections/{id}/block", post(block))
        .route("/connections/{id}/block/removal", post(unblock))
        .route("/connections/{id}/dismissal", post(dismiss))
}

/// The word for what was done.
type Done = &'static str;

/// One act on somebody: the member, whom it is about, and when.
struct Act {
    viewer: Viewer,
    me: AccountId,
    who: AccountId,
    now: i64,
}

/// Does something with somebody and answers as the form asks.
async fn on_person(
    town: Town,
    caller: Caller,
    (id, headers, form): (String, HeaderMap, Form),
    limit: impl Fn(&Town) -> &Limit,
    mut unit: impl FnMut(&mut Tx, &Act, &Form) -> Result<Done> + Send + 'static,
) -> Result {
    let who: AccountId = id.parse().map_err(|_| Error::NotFound)?;
    let me = town.viewer(&caller).await?.must_be_member()?.id;
    limit(&town).by(&me)?;
    let (part, to, now) = (Part::of(&form, &headers), way_back(&form), town.now());
    let (_, (done, after)) = town
        .write(&caller, move |tx, viewer| {
            let act = Act { viewer: viewer.clone(), me: viewer.must_be_member()?.id, who, now };
            let done = unit(tx, &act, &form)?;
            let after = match part {
                Part::Panel => panel_about(tx, viewer, who, now)?,
                Part::Page | Part::Button => None,
            };
            Ok((done, after))
        })
        .await?;
    town.pages.changed(&[super::tag(who.get()), super::tag(me.get())]);
    town.wake();
    Ok(match after {
        Some(after) => stream(&after.selector(), &panel(&after, said(done))),
        None => back(&to, done),
    })
}

fn account(tx: &mut Tx, id: AccountId) -> Result<Account> {
    accounts::by_id(tx, id)?.ok_or(Error::NotFound)
}

fn panel_about(tx: &mut Tx, viewer: &Viewer, who: AccountId, now: i64) -> Result<Option<Panel>> {
    let account = account(tx, who)?;
    Ok(panel_of(tx, viewer, &account, now)?)
}

/// The words for those who do not see a part of the page change: those that the whole page would say.
fn said(done: Done) -> &'static str {
    people::town::done_in_words(done).unwrap_or_default()
}

async fn follow(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    follow_or_not(town, caller, (id, headers, form), true).await
}

async fn unfollow(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    follow_or_not(town, caller, (id, headers, form), false).await
}

/// Following, of anything that can be followed. Guests sign in first, and come back to where they were.
async fn follow_or_not(town: Town, caller: Caller, (id, headers, form): (String, HeaderMap, Form), follows: bool) -> Result {
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    let (part, to) = (Part::of(&form, &headers), way_back(&form));
    let viewer = town.viewer(&caller).await?;
    if viewer.me.is_none() {
        let next: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
        return Ok(web::see_other(&format!("/sign-in?next={next}")));
    }
    town.limits.connect.by(&viewer.must_be_member()?.id)?;
    let now = town.now();
    let (viewer, (target, after)) = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            let target = target::find(tx, id)?;
            if follows {
                if !connections::follows(tx, me, id)? {
                    if !target.is_person {
                        target::must_be_known(tx, viewer, id)?;
                    }
                    connections::must_have_follows_left(tx, viewer, now)?;
                }
                connections::follow(tx, me, id, now)?;
            } else {
                connections::unfollow(tx, me, id)?;
            }
            let after = match part {
                Part::Panel => panel_about(tx, viewer, AccountId::new(id), now)?,
                Part::Page | Part::Button => None,
            };
            Ok((target, after))
        })
        .await?;
    town.pages.changed(&[super::tag(id), super::tag(viewer.must_be_member()?.id.get())]);
    let done = if follows { "followed" } else { "unfollowed" };
    Ok(match (part, after) {
        (Part::Button, _) => stream(&format!("form.follow[data-target='{id}']"), &follow_button(id, follows, &to, &target.name)),
        (_, Some(after)) => stream(&after.selector(), &panel(&after, said(done))),
        (_, None) => back(&to, done),
    })
}

async fn remove_follower(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    on_person(
        town,
        caller,
        (id, headers, form),
        |town| &town.limits.connect,
        |tx, act, _| {
            connections::remove_follower(tx, act.me, act.who)?;
            Ok("follower-removed")
        },
    )
    .await
}

async fn ask(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    on_person(
        town,
        caller,
        (id, headers, form),
        |town| &town.limits.friend_request,
        |tx, act, _| {
            target::person(tx, act.who)?;
            connections::must_have_requests_left(tx, &act.viewer, act.now)?;
            Ok(match connections::ask(tx, act.me, act.who, act.now)? {
                Asked::Waits => "asked",
                Asked::Friends => "friends",
            })
        },
    )
    .await
}

async fn withdraw(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    on_person(
        town,
        caller,
        (id, headers, form),
        |town| &town.limits.connect,
        |tx, act, _| {
            connections::withdraw(tx, act.me, act.who, act.now)?;
            Ok("asked-back")
        },
    )
    .await
}

async fn accept(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    on_person(
        town,
        caller,
        (id, headers, form),
        |town| &town.limits.connect,
        |tx, act, _| {
            connections::accept(tx, act.me, act.who, act.now)?;
            Ok("friends")
        },
    )
    .await
}

async fn refuse(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    on_person(
        town,
        caller,
        (id, headers, form),
        |town| &town.limits.connect,
        |tx, act, _| {
            connections::refuse(tx, act.me, act.who, act.now)?;
            Ok("request-refused")
        },
    )
    .await
}

async fn end(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    on_person(
        town,
        caller,
        (id, headers, form),
        |town| &town.limits.connect,
        |tx, act, _| {
            connections::end(tx, act.me, act.who)?;
            Ok("unfriended")
        },
    )
    .await
}

/// Which of the member's lists somebody is on: exactly those that are ticked.
async fn put_on_lists(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    on_person(
        town,
        caller,
        (id, headers, form),
        |town| &town.limits.connect,
        |tx, act, form| {
            target::person(tx, act.who)?;
            let wanted: Vec<ListId> = form.all("list").filter_map(|list| list.parse().ok()).collect();
            for list in lists::with(tx, act.me, act.who)?.into_iter().filter(|list| !wanted.contains(list)) {
                lists::take_off(tx, act.me, list, act.who)?;
            }
            for list in wanted {
                lists::put(tx, act.me, list, act.who, act.now)?;
            }
            Ok("listed")
        },
    )
    .await
}

async fn mute(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    on_person(
        town,
        caller,
        (id, headers, form),
        |town| &town.limits.connect,
        |tx, act, form| {
            target::person(tx, act.who)?;
            let lasts = Lasts::named(form.text("lasts")).ok_or_else(|| Error::invalid("lasts", "Choose how long the mute lasts."))?;
            blocks::mute(tx, act.me, act.who, lasts.ends_at(act.now), act.now)?;
            Ok("muted")
        },
    )
    .await
}

async fn unmute(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    on_person(
        town,
        caller,
        (id, headers, form),
        |town| &town.limits.connect,
        |tx, act, _| {
            blocks::unmute(tx, act.me, act.who)?;
            Ok("unmuted")
        },
    )
    .await
}

async fn block(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    on_person(
        town,
        caller,
        (id, headers, form),
        |town| &town.limits.connect,
        |tx, act, _| {
            // Also somebody who was shown out, and will perhaps be let in again.
            account(tx, act.who)?;
            blocks::block(tx, act.me, act.who, act.now)?;
            Ok("blocked")
        },
    )
    .await
}

async fn unblock(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    on_person(
        town,
        caller,
        (id, headers, form),
        |town| &town.limits.connect,
        |tx, act, _| {
            blocks::unblock(tx, act.me, act.who)?;
            Ok("unblocked")
        },
    )
    .await
}

async fn dismiss(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    on_person(
        town,
        caller,
        (id, headers, form),
        |town| &town.limits.connect,
        |tx, act, _| {
            target::find(tx, act.who.get())?;
            suggest::dismiss(tx, act.me, act.who.get(), act.now)?;
            Ok("dismissed")
        },
    )
    .await
}
