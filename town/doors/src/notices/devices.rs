//! A member's devices, and messages to them while no page is open.

use anyhow::Result;
use axum::{
    Router,
    extract::{Path, State},
    routing::post,
};
use fetch::Asking;
use http::StatusCode;
use maud::{Markup, html};
use people::{
    Caller, Town, accounts,
    notices::{
        Push,
        push::{self, Device, DeviceId, Subscription},
    },
};
use things::stories::show::Now;
use web::{Error, Form, see_other};

use super::letters;

/// A service keeps a message for a device that is off for so long, in seconds.
const KEPT_S: u32 = 24 * 60 * 60;
/// Characters of a message: a line or two on a locked screen.
const MAX_WORDS: usize = 200;
const PATH: &str = "/settings/notifications";

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/settings/notifications/devices", post(add)).route("/settings/notifications/devices/{id}/removal", post(remove))
}

async fn add(State(town): State<Town>, caller: Caller, form: Form) -> web::Result {
    let plainly = !town.secure;
    let subscription = Subscription::parse(form.text("endpoint"), form.text("key"), form.text("auth"), plainly)
        .ok_or_else(|| Error::Malformed("This browser did not say how it is reached. Turn messages off in it and on again.".into()))?;
    let (now, agent) = (town.now(), caller.agent.clone());
    town.write(&caller, move |tx, viewer| {
        let me = viewer.must_be_member()?;
        Ok(push::subscribe(tx, (me.id, me.session), &subscription, &agent, now)?)
    })
    .await?;
    Ok(see_other("/settings/notifications?done=device-on"))
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<DeviceId>) -> web::Result {
    town.write(&caller, move |tx, viewer| Ok(push::remove(tx, viewer.must_be_member()?.id, id)?)).await?;
    Ok(see_other("/settings/notifications?done=device-off"))
}

/// The part of the settings about devices. Only scripts can make a browser take messages; each of them can be taken off without.
pub(super) fn part(devices: &[Device], public_key: &str, now: &Now) -> Markup {
    html! {
        section.form-part.devices id="devices" {
            h2 { "Your devices" }
            p { "A browser in which you are signed in can show you messages while no page is open. They are readable by that browser alone. When you sign out there, they end." }
            push-switch data-key=(public_key) data-path={ (PATH) "/devices" } {
                p.actions { button.button type="button" hidden { "Show messages in this browser" } }
                p.meta role="status" {}
                noscript { p.meta { "Turning this on needs JavaScript." } }
            }
            @if devices.is_empty() { p.nobody { "No browser shows messages so far." } } @else {
                ul.list.ruled {
                    @for device in devices {
                        li.device {
                            span { (accounts::device(&device.agent)) " · since " (text::times::markup(device.created_at, now.ms, &now.zone)) }
                            form method="post" action={ (PATH) "/devices/" (device.id) "/removal" } {
                                button.button.small { "Turn off" span.visually-hidden { ": " (accounts::device(&device.agent)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Sends a notice to a device, if it is unread and its member may still see what it is about. A device that is gone is forgotten.
///
/// # Errors
/// When the service cannot be reached or is busy; the queue tries again.
pub async fn push_one(town: Town, job: Push) -> Result<()> {
    let (here, Push { notice, device }) = (town.clone(), job);
    let found = town.db.read(move |tx| {
        let Some((account, item)) = letters::leaving(tx, &here, notice)? else { return Ok(None) };
        let Some(device) = push::find(tx, account.id, device)? else { return Ok(None) };
        Ok::<_, Error>(Some((device, item)))
    });
    let Some((device, item)) = found.await.map_err(|error| anyhow::anyhow!(error.words()))? else { return Ok(()) };
    let message = serde_json::json!({
        "title": text::excerpt(&item.sentence(), MAX_WORDS),
        "body": text::excerpt(&item.words, MAX_WORDS),
        "address": item.address,
        "tag": item.notice.id,
    });
    send(&town, &device, message.to_string().as_bytes()).await
}

async fn send(town: &Town, device: &Device, message: &[u8]) -> Result<()> {
    let Subscription { endpoint, .. } = &device.subscription;
    let Ok(sealed) = push::seal(&device.subscription, message) else { return forget(town, device.id).await };
    let authorization = town.push.authorization(endpoint, town.origin(), town.now()).map_err(|error| anyhow::anyhow!(error.words()))?;
    let answer = match town.fetch.ask(Asking::message(endpoint, authorization, KEPT_S, sealed)).await {
        Ok(answer) => answer,
        // An address we never go to is nobody's.
        Err(error) if error.is_permanent() => return forget(town, device.id).await,
        Err(error) => return Err(error.into()),
    };
    match answer.status {
        StatusCode::NOT_FOUND | StatusCode::GONE => forget(town, device.id).await,
        status if status.is_success() => Ok(()),
        status if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS => {
            Err(jobs::give_up(anyhow::anyhow!("the service of a browser refused a message with {status}")))
        }
        status => anyhow::bail!("the service of a browser answered {status}"),
    }
}

async fn forget(town: &Town, device: DeviceId) -> Result<()> {
    Ok(town.db.write(move |tx| push::forget(tx, device)).await?)
}
