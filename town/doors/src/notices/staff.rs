//! Messages from those who run the site: to one member, or to all. They reach everybody they are for, whatever stands between people.

use axum::{Router, extract::State, routing::get};
use db::{Id, Tx, params};
use http::StatusCode;
use maud::{Markup, html};
use people::{
    AccountId, Caller, Permission, Town,
    accounts::{self, Standing},
    notices::{self, Email, Kind, News, Ways},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use web::{
    Error, Form, Problems, Result, html, html_with,
    kit::{self, Field},
    see_other,
};

use crate::desk::{self, Place};

/// Members are told what those who run the site have to say.
pub(super) const STAFF: Kind = Kind {
    name: "staff",
    title: "A message from those who run the site",
    icon: "mail",
    one: "Those who run the site wrote to you",
    many: "Those who run the site wrote to you",
    usual: Ways::with(Email::Once),
};

/// Characters of a subject, and of a message.
const MAX_SUBJECT: usize = 120;
const MAX_BODY: usize = 5_000;
/// Members who are told in one unit of writing.
const AT_ONCE: u32 = 200;

/// A message as whom it is for reads it.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub id: Id,
    /// The name of who wrote it, while they are here.
    pub author: Option<String>,
    pub subject: String,
    pub body: String,
    pub at: i64,
}

impl Message {
    pub fn address(&self) -> String {
        format!("/notifications/messages/{}", self.id)
    }
}

/// The job that tells all members of a message, a part of them at a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct ToAll {
    /// Which.
    pub message: Id,
    /// The last member who was told.
    #[serde(default)]
    pub after: Option<AccountId>,
}

impl jobs::Job for ToAll {
    const KIND: &'static str = "staff.message";
}

/// Tells the next part of all members.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn tell_all(town: Town, part: ToAll) -> anyhow::Result<()> {
    let (now, ToAll { message, after }) = (town.now(), part);
    let unit = move |tx: &mut Tx| -> Result<(), db::Error> {
        let after = after.unwrap_or(AccountId::new(0));
        match notices::tell_everybody(tx, &news(message), after, AT_ONCE, now)? {
            Some(last) => jobs::enqueue(tx, &ToAll { message, after: Some(last) }, now).map(drop),
            None => Ok(()),
        }
    };
    town.db.write(unit).await?;
    town.wake();
    Ok(())
}

fn news(message: Id) -> News {
    News { kind: &STAFF, by: None, about: message.get(), post: None, with: None }
}

/// Those of these messages that are for a member.
pub(super) fn messages(tx: &mut Tx, me: AccountId, ids: &[i64]) -> Result<HashMap<i64, Message>, db::Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "select m.id, a.name, m.subject, m.body, m.created_at from staff_messages m
         left join accounts a on a.id = m.author_id and a.standing = 'member'
         where m.id in ({}) and (m.to_id = $1 or (m.to_id is null
           and exists (select 1 from accounts r where r.id = $1 and r.created_at <= m.created_at)))",
        db::places(2, ids.len())
    );
    let found = tx.all(&sql, &[params![me], &db::padded(ids)].concat(), |row| {
        Ok(Message { id: row.get(0)?, author: row.get(1)?, subject: row.get(2)?, body: row.get(3)?, at: row.get(4)? })
    })?;
    Ok(found.into_iter().map(|message| (message.id.get(), message)).collect())
}

/// A message to be sent.
#[derive(Clone)]
struct Written {
    /// A handle; empty for everybody.
    to: String,
    subject: String,
    body: String,
}

impl Written {
    fn parse(form: &Form, problems: &mut Problems) -> Self {
        let to = form.text("to").trim().trim_start_matches('@').to_owned();
        if to.is_empty() && !form.ticked("everybody") {
            problems.add("to", "Name whom it is for, or tick “To all members”.");
        } else if !to.is_empty() && form.ticked("everybody") {
            problems.add("to", "It is for one member or for all of them. Leave one of the two out.");
        }
        let (subject, body) = (text::clean_line(form.text("subject")), form.text("body").trim().to_owned());
        if subject.is_empty() {
            problems.add("subject", "Write in a few words what it is about.");
        } else if subject.chars().count() > MAX_SUBJECT {
            problems.add("subject", format!("Use at most {MAX_SUBJECT} characters for the subject."));
        }
        if body.is_empty() {
            problems.add("body", "Write the message.");
        } else if body.chars().count() > MAX_BODY {
            problems.add("body", format!("Use at most {MAX_BODY} characters for the message."));
        }
        Self { to, subject, body }
    }
}

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/messages", get(edit).post(send))
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    page(&town, &caller, &Form::default(), &Problems::default()).await
}

async fn page(town: &Town, caller: &Caller, form: &Form, problems: &Problems) -> Result {
    let (viewer, sent) = town
        .read(caller, |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            Ok(sent(tx)?)
        })
        .await?;
    let body = body(form, problems, &sent, (town.now(), &town.zone()));
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = desk::draw(&town.frame(&viewer, caller), &viewer, Place::Messages, "Messages", &body);
    Ok(if status == StatusCode::OK { html(page) } else { html_with(status, page) })
}

async fn send(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let mut problems = Problems::default();
    let written = Written::parse(&form, &mut problems);
    // Whoever may not send is told so first.
    let viewer = town.viewer(&caller).await?;
    let me = viewer.must(Permission::ManagePeople)?.id;
    if !problems.is_empty() {
        return page(&town, &caller, &form, &problems).await;
    }
    town.limits.staff_message.by(&me)?;
    let now = town.now();
    let sent = town.write(&caller, move |tx, viewer| put(tx, viewer.must(Permission::ManagePeople)?.id, &written, now)).await;
    match sent {
        Ok(_) => {
            town.wake();
            Ok(see_other("/admin/messages?done=message-sent"))
        }
        Err(Error::Invalid(problems)) => page(&town, &caller, &form, &problems).await,
        Err(error) => Err(error),
    }
}

fn put(tx: &mut Tx, author: AccountId, written: &Written, now: i64) -> Result<()> {
    let to = if written.to.is_empty() { None } else { Some(addressee(tx, &written.to)?) };
    let id = Id::fresh();
    tx.run(
        "insert into staff_messages (id, author_id, to_id, subject, body, created_at) values ($1, $2, $3, $4, $5, $6)",
        params![id, author, to, &written.subject, &written.body, now],
    )?;
    match to {
        Some(to) => notices::tell(tx, to, &news(id), now)?,
        None => jobs::enqueue(tx, &ToAll { message: id, after: None }, now).map(drop)?,
    }
    Ok(())
}

fn addressee(tx: &mut Tx, handle: &str) -> Result<AccountId> {
    let found = accounts::by_handle(tx, handle)?.filter(|who| who.standing == Standing::Member && who.suspended_at.is_none());
    found.map(|who| who.id).ok_or_else(|| Error::invalid("to", format!("No member here is called @{handle}.")))
}

/// Subject, whom it was for, when: the latest messages.
fn sent(tx: &mut Tx) -> Result<Vec<(String, Option<String>, i64)>, db::Error> {
    tx.all(
        "select m.subject, a.handle, m.created_at from staff_messages m left join accounts a on a.id = m.to_id order by m.id desc limit 20",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

fn body(form: &Form, problems: &Problems, sent: &[(String, Option<String>, i64)], (now, zone): (i64, &jiff::tz::TimeZone)) -> Markup {
    html! {
        p { "What you write here stands among a member’s notifications, and reaches them by the ways they chose: by letter at once, unless they chose otherwise." }
        (kit::problems(problems))
        form.form method="post" action="/admin/messages" {
            (Field::line("to", "To the member with this handle").value(form.text("to")).max(text::handle::MAX + 1).autocomplete("off").problem(problems))
            label.check { input type="checkbox" name="everybody" value="1" checked[form.ticked("everybody")]; " To all members" }
            (Field::line("subject", "Subject").value(form.text("subject")).required().max(MAX_SUBJECT).autocomplete("off").problem(problems))
            (Field::area("body", "Message", 8).value(form.text("body")).required().max(MAX_BODY).problem(problems))
            p.actions { button.button.primary { "Send" } }
        }
        @if !sent.is_empty() {
            section.form-part {
                h2 { "Sent" }
                ul.list.ruled {
                    @for (subject, to, at) in sent {
                        li { strong dir="auto" { (subject) } p.meta { @if let Some(to) = to { "@" (to) } @else { "All members" } " · " (text::times::markup(*at, now, zone)) } }
                    }
                }
            }
        }
    }
}
