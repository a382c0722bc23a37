//! Suspending somebody for a while or until it is lifted, with a reason that they are told; and its end.

use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::post,
};
use db::Tx;
use http::StatusCode;
use jiff::tz::TimeZone;
use people::{
    AccountId, Caller, Town, Viewer,
    accounts::{self, Account, Standing},
    decisions::{Entry, MAX_REASON, SUSPENDED},
    letters::{Kind, Values, send},
    town::SITE,
};
use serde::{Deserialize, Serialize};
use talk::moderation::{
    self, Act, Kind as Subjects, RULE, StatementId, Subject,
    statements::{self, Before, New, Replaced},
};
use web::{Error, Form, Problems, Result, html_with};

use super::{
    letters,
    routes::{change, person},
    rules,
};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// For how long somebody may be suspended: name, words, days.
pub(super) const DURATIONS: [(&str, &str, Option<i64>); 6] = [
    ("1", "A day", Some(1)),
    ("3", "Three days", Some(3)),
    ("7", "A week", Some(7)),
    ("30", "30 days", Some(30)),
    ("90", "90 days", Some(90)),
    ("0", "Until somebody lifts it", None),
];

/// The job that ends a suspension whose time is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ends {
    /// Whose it is.
    pub account: AccountId,
}

impl jobs::Job for Ends {
    const KIND: &'static str = "suspension.ends";
}

fn key(account: AccountId) -> String {
    format!("suspension:{account}")
}

/// Ends a suspension when its time is over.
pub(crate) fn ends_at(tx: &mut Tx, account: AccountId, until: i64) -> Result<(), db::Error> {
    jobs::enqueue_unique(tx, &key(account), &Ends { account }, until).map(drop)
}

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/people/{id}/suspension", post(suspend)).route("/admin/people/{id}/suspension/remove", post(lift))
}

/// What was typed: until when from now, and why.
fn parse(form: &Form, now: i64, problems: &mut Problems) -> (Option<i64>, String) {
    let chosen = DURATIONS.iter().find(|(name, ..)| *name == form.text("days"));
    if chosen.is_none() {
        problems.add("days", "Choose for how long.");
    }
    let why = form.text("why").trim().to_owned();
    if why.is_empty() {
        problems.add("why", "Write why. They are told, and whoever decides about them later reads it.");
    } else if why.chars().count() > MAX_REASON {
        problems.add("why", format!("Use at most {MAX_REASON} characters for the reason."));
    }
    (chosen.and_then(|(.., days)| days.map(|days| now + days * DAY_MS)), why)
}

/// A day as a letter says it.
fn day(at: i64, zone: &TimeZone) -> String {
    text::times::dateline(at, zone)
}

/// The statement of reasons, which can be appealed. What was said of an earlier suspension no longer holds.
fn stated(tx: &mut Tx, viewer: &Viewer, account: &Account, (until, why): (Option<i64>, &str), now: i64) -> Result<StatementId> {
    moderation::let_back(tx, account.id, now)?;
    let replaced = Replaced { suspended: Some(Before::default()), ..Replaced::default() };
    let new = New {
        case: None,
        account: account.id,
        by: viewer.must_be_member()?.id,
        act: if until.is_some() { Act::Suspend } else { Act::Ban },
        subject: Subject { kind: Subjects::Profile, id: account.id.get() },
        rule: RULE,
        reason: why,
        facts: "",
        label: "",
        until,
        replaced,
    };
    statements::issue(tx, &new, now)
}

async fn suspend(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>, form: Form) -> Result {
    let (now, mut problems) = (town.now(), Problems::default());
    let (until, why) = parse(&form, now, &mut problems);
    let (site, zone, origin) = (town.site(), town.zone(), town.origin().to_owned());
    let suspended = if problems.is_empty() {
        change(&town, &caller, id, move |tx, viewer, account| {
            let statement = stated(tx, viewer, account, (until, &why), now)?;
            accounts::suspend(tx, id, until, &why, now)?;
            rules::somebody_manages(tx, "suspension")?;
            match until {
                Some(until) => ends_at(tx, id, until)?,
                None => drop(jobs::cancel(tx, &key(id))?),
            }
            let until = until.map(|until| day(until, &zone));
            let words =
                until.as_ref().map_or_else(|| "Suspended until it is lifted".to_owned(), |until| format!("Suspended until {until}"));
            Entry::new(SUSPENDED, words).about(id).because(&why).by(tx, viewer, now)?;
            let until = until.as_deref().unwrap_or("the people who run the site lift it");
            let link = format!("{origin}{}", moderation::sealed(tx, statement, now)?);
            let values: Values = &[("site", &site.name), ("name", &account.name), ("until", until), ("why", &why), ("link", &link)];
            tell(tx, account, &letters::SUSPENDED, values, now)
        })
        .await
    } else {
        Err(Error::Invalid(problems))
    };
    answer(&town, &caller, id, suspended, Some(&form)).await
}

async fn lift(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>) -> Result {
    let (now, site, origin) = (town.now(), town.site(), town.origin().to_owned());
    let lifted = change(&town, &caller, id, move |tx, viewer, account| {
        if account.suspended_at.is_none() {
            return Ok(());
        }
        accounts::set_suspended(tx, id, false, now)?;
        jobs::cancel(tx, &key(id))?;
        moderation::let_back(tx, id, now)?;
        Entry::new("account.let_back", "Let back in").about(id).by(tx, viewer, now)?;
        tell(tx, account, &letters::LET_BACK, &[("site", &site.name), ("name", &account.name), ("origin", &origin)], now)
    });
    let lifted = lifted.await;
    answer(&town, &caller, id, lifted, None).await
}

fn tell(tx: &mut Tx, account: &Account, kind: &Kind, values: Values, now: i64) -> Result<()> {
    // Whoever leaves, or never proved their address, gets no letters.
    match account.email.as_deref().filter(|_| account.standing == Standing::Member) {
        Some(email) => send(tx, kind, (&account.name, email), values, now),
        None => Ok(()),
    }
}

/// What somebody says comes and goes with them, wherever it stands.
async fn answer(town: &Town, caller: &Caller, id: AccountId, done: Result<()>, form: Option<&Form>) -> Result<Response> {
    match done {
        Ok(()) => {
            town.pages.changed(&[SITE]);
            town.wake();
            // Whoever suspended themselves is a guest now, and the next page leads them to the door.
            Ok(web::see_other(&format!("/admin/people/{id}?done=saved")))
        }
        Err(Error::Invalid(problems)) => {
            let page = person(town, caller, id, &problems, form).await?;
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(error) => Err(error),
    }
}

/// Ends a suspension whose time is over; nothing happens when it was lifted or made longer meanwhile.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn end(town: Town, due: Ends) -> anyhow::Result<()> {
    let (now, site, origin, id) = (town.now(), town.site(), town.origin().to_owned(), due.account);
    let unit = move |tx: &mut Tx| -> Result<()> {
        let over = |account: &Account| account.suspended_at.is_some() && account.suspended_until.is_some_and(|until| until <= now);
        let Some(account) = accounts::by_id(tx, id)?.filter(over) else { return Ok(()) };
        accounts::set_suspended(tx, id, false, now)?;
        Entry::new("account.let_back", "Let back in: the time was over").about(id).by_itself(tx, now)?;
        tell(tx, &account, &letters::LET_BACK, &[("site", &site.name), ("name", &account.name), ("origin", &origin)], now)
    };
    town.db.write(unit).await.map_err(|error| anyhow::anyhow!("the suspension of {id} was not ended: {}", error.words()))?;
    town.pages.changed(&[SITE]);
    town.wake();
    Ok(())
}
