//! The queue of work that outlives a crash: letters, publications whose time has come, and what recurs.

use doors::{
    desk::Ends,
    import_export::Came,
    mentions::{self, Check, Send},
    notices::{self, ToAll},
    search::{self, Sweep},
    syndication::{self, Ping},
};
use jobs::{Queue, give_up};
use people::{
    Town,
    finding::Words,
    notices as told,
    profiles::{ProveLinks, prove_links},
    sign_in::end_expired,
    town::Letter,
};
use std::{sync::Arc, time::Duration};
use talk::{
    comments::Follow,
    context,
    links::{self, FetchCard},
};
use things::{
    notes::{self, Due},
    polls::{self, Closed},
    stories::{self, Changed, Out, Places, Publication},
};
use web::door::Certificate;

use crate::config::Config;

const HOUR: Duration = Duration::from_secs(60 * 60);
const MINUTE: Duration = Duration::from_secs(60);

/// The queue, not yet started.
pub fn queue(town: &Town, config: &Config, certificate: Option<Arc<Certificate>>) -> anyhow::Result<Queue> {
    let outbox = outbox(town, config)?;
    tracing::info!(%outbox, "mail");
    let (publishing, cleaning, purging) = (town.clone(), town.clone(), town.clone());
    let (changing, sweeping, looking) = (town.clone(), town.clone(), town.clone());
    let (pinging, checking, mentioning, collecting, counting) = (town.clone(), town.clone(), town.clone(), town.clone(), town.clone());
    let (naming, going_through, posting, looking_up, proving) = (town.clone(), town.clone(), town.clone(), town.clone(), town.clone());
    let (closing, coming_out, writing, forgetting) = (town.clone(), town.clone(), town.clone(), town.clone());
    let (following, judging, weighing) = (town.clone(), town.clone(), town.clone());
    let (mailing, gathering, pushing, placing) = (town.clone(), town.clone(), town.clone(), town.clone());
    let (rising, letting_in, reading, neighbours) = (town.clone(), town.clone(), town.clone(), town.clone());
    let (clock, reloading, uploading, sweeping_up, leaving) = (town.clone(), town.clone(), town.clone(), town.clone(), town.clone());
    let queue = Queue::builder(town.db.clone())
        .bell(town.bell())
        .clock(move || clock.now())
        .on(move |_, letter: Letter| send(outbox.clone(), letter))
        .on(move |_, due: Publication| stories::publish_due(publishing.clone(), due))
        .on(move |_, due: Due| notes::post_due(posting.clone(), due))
        .on(move |context, links: ProveLinks| prove_links(proving.clone(), context, links))
        .on(move |context, card: FetchCard| links::fetch_card(looking_up.clone(), context, card, notes::leading_to))
        .on(move |_, changed: Changed| doors::story_changed(changing.clone(), changed))
        .on(move |context, asked: Check| mentions::check(checking.clone(), context, asked))
        .on(move |context, telling: Send| mentions::send(mentioning.clone(), context, telling))
        .on(move |_, told: Ping| syndication::ping(pinging.clone(), told))
        .on(move |_, part: Sweep| search::sweep(sweeping.clone(), part))
        .on(move |_, closed: Closed| polls::tell_closed(closing.clone(), closed))
        .on(move |_, part: Follow| talk::comments::tell_followers(following.clone(), part))
        .on(move |_, all: context::Judge| context::judge(judging.clone(), all))
        .on(move |_, out: Out| stories::tell_out(coming_out.clone(), out))
        .on(move |_, part: Places| stories::place_all(placing.clone(), part))
        .on(move |_, part: ToAll| notices::tell_all(writing.clone(), part))
        .on(move |_, letter: told::Letter| notices::mail_one(mailing.clone(), letter))
        .on(move |_, digest: told::Digest| notices::mail_digest(gathering.clone(), digest))
        .on(move |_, push: told::Push| notices::push_one(pushing.clone(), push))
        .on(move |_, Came {}| reload(reloading.clone()))
        .on(move |_, due: Ends| doors::desk::end_suspension(letting_in.clone(), due))
        .on(move |_, part: Words| people::finding::keep_words(naming.clone(), part))
        .every(24 * HOUR, "notices", move |_| notices::forget_old(forgetting.clone()))
        .every(24 * HOUR, "promotions", move |_| doors::promotions::promote(rising.clone()))
        .every(24 * HOUR, "waiting posts", move |_| doors::waiting::tell_readers(reading.clone()))
        .every(MINUTE, "porch letter", move |_| doors::porch::write_letters(neighbours.clone()))
        .every(24 * HOUR, "names", move |_| people::finding::look_through(going_through.clone()))
        .every(24 * HOUR, "search index", move |_| search::look_through(looking.clone()))
        .every(HOUR, "sessions", move |_| clean(cleaning.clone()))
        .every(HOUR, "departures", move |_| doors::departures::carry_out(leaving.clone()))
        .every(HOUR, "numbers", move |_| talk::numbers::keep_days(counting.clone()))
        .every(HOUR, "context", move |_| context::look_through(weighing.clone()))
        .every(HOUR, "uploads", move |_| people::uploads::sweep(uploading.clone()))
        .every(HOUR, "unused files", move |_| collect(collecting.clone()))
        .every(HOUR, "certificate", move |_| renew(certificate.clone()))
        .every(24 * HOUR, "social pictures", move |_| stories::sweep_social_pictures(sweeping_up.clone()))
        .every(24 * HOUR, "removed posts", move |_| stories::purge(purging.clone()))
        .build();
    Ok(queue)
}

fn outbox(town: &Town, config: &Config) -> anyhow::Result<mail::Outbox> {
    let host = url::Url::parse(town.origin()).ok().and_then(|url| url.domain().map(ToOwned::to_owned));
    let from = match &config.mail.from {
        Some(from) => from.clone(),
        None => mail::Address::new("", &format!("newsroom@{}", host.as_deref().unwrap_or("localhost")))?,
    };
    Ok(match &config.mail.server {
        Some(server) => mail::Outbox::smtp(server, from)?,
        None => mail::Outbox::folder(config.data.join("mail"), from)?,
    })
}

async fn send(outbox: mail::Outbox, letter: Letter) -> anyhow::Result<()> {
    let to = mail::Address::new(&letter.name, &letter.email).map_err(give_up)?;
    let message = mail::Message { to, subject: letter.subject, text: letter.text, html: None, unsubscribe: letter.unsubscribe };
    outbox.send(&message).await.map_err(|error| if error.is_permanent() { give_up(error) } else { error.into() })
}

/// Sections and stories came in beside the server.
async fn reload(town: Town) -> anyhow::Result<()> {
    town.reload().await.map_err(crate::open::broken)
}

/// Files that nothing uses are removed, once it is known what uses which.
async fn collect(town: Town) -> anyhow::Result<()> {
    stories::recount(&town).await?;
    people::removals::collect(town).await
}

async fn clean(town: Town) -> anyhow::Result<()> {
    let now = town.now();
    let cleaned = town.db.write(move |tx| {
        end_expired(tx, now)?;
        people::proof::forget_expired(tx, now)?;
        people::joining::forget_unconfirmed(tx, now)?;
        people::blocks::end_expired(tx, now)?;
        people::bars::store::end_expired(tx, now)?;
        talk::gate::forget_old(tx, now)?;
        talk::moderation::guests::forget_old(tx, now)?;
        people::safety::grow_up(tx, now)?;
        talk::posts::forget_shelf_changes(tx, now)
    });
    Ok(cleaned.await?)
}

/// Whatever renews the certificate writes new files; they are taken up within the hour.
async fn renew(certificate: Option<Arc<Certificate>>) -> anyhow::Result<()> {
    Ok(certificate.map_or(Ok(()), |certificate| certificate.renew())?)
}
