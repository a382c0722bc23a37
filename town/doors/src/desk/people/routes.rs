//! Addresses of the desk's people.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::Response,
    routing::{get, post},
};
use db::Tx;
use http::StatusCode;
use people::{
    AccountId, Caller, Permission, Town, Viewer,
    accounts::{
        self, Account, NewAccount,
        found::{self, MAX_TYPED, Wanted},
        names, taken,
    },
    decisions::{self, Entry},
    letters::{Kind, Values, send},
    sign_in::{Purpose, issue},
};
use serde::Deserialize;
use web::{Error, Form, Problems, Result, Tag, html, html_with, see_other};

use super::{letters, pages, rules, suspension};
use crate::desk::frame::{Place, draw};

const PAGE: u32 = 50;
/// Longer than for links people ask for themselves: an invitation waits for somebody's next look at their mail.
const LINK_MS: i64 = 7 * 24 * 60 * 60 * 1000;

pub(in crate::desk) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/people", get(list).post(create))
        .route("/admin/people/new", get(new))
        .route("/admin/people/{id}", get(edit))
        .route("/admin/people/{id}/level", post(update_level))
        .route("/admin/people/{id}/link", post(create_link))
        .merge(suspension::routes())
}

/// Words, level and state as an address carries them; what is none is not asked for.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    state: String,
    before: Option<AccountId>,
}

async fn list(State(town): State<Town>, caller: Caller, Query(asked): Query<Asked>) -> Result {
    let levels = town.levels();
    let wanted = Wanted {
        typed: asked.q.chars().take(MAX_TYPED).collect(),
        level: levels.named(&asked.level).map(|level| level.name.clone()),
        state: found::State::named(&asked.state),
        before: asked.before,
    };
    let question = wanted.clone();
    let (viewer, mut people) = town
        .read(&caller, move |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            Ok(found::found(tx, &question, PAGE + 1)?)
        })
        .await?;
    let more = people.len() > PAGE as usize;
    people.truncate(PAGE as usize);
    let last = people.last().filter(|_| more).map(|last| last.id);
    let body = pages::list(&people, &levels, &wanted, last, (town.now(), &town.zone()));
    Ok(html(page(&town, &viewer, &caller, "People", &body)))
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &maud::Markup) -> maud::Markup {
    draw(&town.frame(viewer, caller), viewer, Place::People, title, body)
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::ManagePeople).map(|_| ())).await?;
    let body = pages::invite(&viewer, &town.levels(), &Form::default(), &Problems::default());
    Ok(html(page(&town, &viewer, &caller, "Invite somebody", &body)))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::ManagePeople).map(|_| ())).await?;
    let again = |problems: &Problems| {
        let body = pages::invite(&viewer, &town.levels(), &form, problems);
        html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &viewer, &caller, "Invite somebody", &body))
    };
    let mut problems = Problems::default();
    let level = rules::chosen_level(&viewer, &town.levels(), form.text("level"), &mut problems);
    let Some(new) = NewAccount::parse(&form, &level, &mut problems).filter(|_| problems.is_empty()) else {
        return Ok(again(&problems));
    };
    let now = town.now();
    let desk = town.clone();
    let written = town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManagePeople)?;
        let mut problems = Problems::default();
        names::check_handle(tx, &new.handle, None, now, &mut problems)?;
        problems.or(())?;
        let id = accounts::insert(tx, &new, None, now).map_err(taken)?;
        let account = accounts::by_id(tx, id)?.ok_or(Error::NotFound)?;
        let link = write_link(tx, &desk, &account, &letters::INVITATION)?;
        Entry::new("account.invited", format!("Invited, at the level “{}”", account.level)).about(id).by(tx, viewer, now)?;
        Ok((account, link))
    });
    match written.await {
        Ok((viewer, (account, link))) => Ok(show_link(&town, &viewer, &caller, &account, &link)),
        Err(Error::Invalid(problems)) => Ok(again(&problems)),
        Err(error) => Err(error),
    }
}

/// Makes a link with which somebody chooses a password, and the letter that carries it, in one transaction.
fn write_link(tx: &mut Tx, town: &Town, account: &Account, kind: &Kind) -> Result<String> {
    let now = town.now();
    let token = issue(tx, Purpose::Reset, Some(account.id), LINK_MS, now)?;
    let link = format!("{}/password-reset/{token}", town.origin());
    if let Some(email) = &account.email {
        let site = town.site();
        let values: Values = &[("site", &site.name), ("name", &account.name), ("link", &link)];
        send(tx, kind, (&account.name, email), values, now)?;
    }
    Ok(link)
}

/// The link is shown this once: the database keeps only its digest.
fn show_link(town: &Town, viewer: &Viewer, caller: &Caller, account: &Account, link: &str) -> Response {
    town.wake();
    html(page(town, viewer, caller, "A link to choose a password", &pages::link(account, link)))
}

async fn edit(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>) -> Result {
    Ok(html(person(&town, &caller, id, &Problems::default(), None).await?))
}

/// Decisions about somebody that stand on their page.
const DECISIONS: u32 = 50;

/// The page of one person; with the form that could not be taken, if there is one.
pub(super) async fn person(town: &Town, caller: &Caller, id: AccountId, problems: &Problems, form: Option<&Form>) -> Result<maud::Markup> {
    let (viewer, (account, history)) = town
        .read(caller, move |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            let account = accounts::by_id(tx, id)?.ok_or(Error::NotFound)?;
            Ok((account, decisions::about(tx, id, DECISIONS)?))
        })
        .await?;
    let levels = town.levels();
    let open = rules::must_change(&viewer, &levels, &account).is_ok();
    let of =
        pages::Person { viewer: &viewer, account: &account, levels: &levels, history: &history, open, now: town.now(), zone: &town.zone() };
    Ok(page(town, &viewer, caller, &account.name, &pages::person(&of, form, problems)))
}

async fn update_level(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>, form: Form) -> Result {
    let (wanted, levels, now) = (form.text("level").to_owned(), town.levels(), town.now());
    let changed = change(&town, &caller, id, move |tx, viewer, account| {
        rules::must_be_somebody(account)?;
        let mut problems = Problems::default();
        let level = rules::chosen_level(viewer, &levels, &wanted, &mut problems);
        problems.or(())?;
        if level == account.level {
            return Ok(());
        }
        accounts::set_level(tx, id, &level, now)?;
        let title = |name: &str| levels.named(name).map_or_else(|| name.to_owned(), |level| level.title.clone());
        let words = format!("Level: “{}” instead of “{}”", title(&level), title(&account.level));
        Entry::new("account.level", words).about(id).by(tx, viewer, now)?;
        rules::somebody_manages(tx, "level")
    });
    match changed.await {
        Ok(()) => {
            town.pages.changed(&[Tag("account", id.get())]);
            Ok(see_other(&format!("/admin/people/{id}?done=saved")))
        }
        Err(Error::Invalid(problems)) => {
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, person(&town, &caller, id, &problems, Some(&form)).await?))
        }
        Err(error) => Err(error),
    }
}

/// Changes somebody whom the viewer may change.
pub(super) async fn change<F>(town: &Town, caller: &Caller, id: AccountId, change: F) -> Result<()>
where
    F: Fn(&mut Tx, &Viewer, &Account) -> Result<()> + Send + 'static,
{
    let levels = town.levels();
    let written = town.write(caller, move |tx, viewer| {
        viewer.must(Permission::ManagePeople)?;
        let account = accounts::by_id(tx, id)?.ok_or(Error::NotFound)?;
        rules::must_change(viewer, &levels, &account)?;
        change(tx, viewer, &account)
    });
    written.await.map(drop)
}

async fn create_link(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>) -> Result {
    let (desk, levels) = (town.clone(), town.levels());
    let (viewer, (account, link)) = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            let account = accounts::by_id(tx, id)?.ok_or(Error::NotFound)?;
            rules::must_change(viewer, &levels, &account)?;
            rules::must_be_somebody(&account)?;
            let link = write_link(tx, &desk, &account, &letters::NEW_PASSWORD)?;
            Entry::new("account.link", "Made a link to choose a new password").about(id).by(tx, viewer, desk.now())?;
            Ok((account, link))
        })
        .await?;
    Ok(show_link(&town, &viewer, &caller, &account, &link))
}
