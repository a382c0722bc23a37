//! The page where a member sees to their connections.

use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::{get, post},
};
use http::StatusCode;
use people::{
    AccountId, Caller, Town,
    accounts::Author,
    connections::{self, Choices, Connected, ShownTo},
    finding,
};
use serde::Deserialize;
use std::collections::HashSet;
use things::stories::show::Now;
use web::{Error, Form, Problems, Result, html_with, see_other};

use super::{
    pages::{self, Overview},
    suggest::{self, Suggestion},
};

/// Requests shown at once.
const REQUESTS: u32 = 50;
/// People shown who are found by a name.
const FOUND: u32 = 20;
/// Longest name looked for, in characters.
pub(super) const MAX_NAME: usize = 100;

/// The addresses of the page.
pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/connections", get(show))
        .route("/connections/choices", post(choose))
        .route("/connections/contacts", post(by_contacts))
}

#[derive(Deserialize)]
struct Asked {
    q: Option<String>,
}

/// What the page is made from.
pub(super) struct Read {
    pub waiting: Vec<Connected>,
    pub asked: Vec<Connected>,
    pub suggested: Vec<Suggestion>,
    pub choices: Choices,
    /// Who was found by a name or by contacts.
    pub found: Option<Vec<Author>>,
    /// Which of those the member follows.
    pub followed: HashSet<i64>,
}

async fn show(State(town): State<Town>, caller: Caller, Query(asked): Query<Asked>) -> Result {
    let typed: String = asked.q.unwrap_or_default().chars().take(MAX_NAME).collect();
    if !typed.trim().is_empty() {
        town.limits.find_people.by(&town.viewer(&caller).await?.must_be_member()?.id)?;
    }
    let found = if typed.trim().is_empty() { Find::Nobody } else { Find::Named(typed.clone()) };
    page(&town, &caller, found, &typed, &Problems::default()).await
}

/// Whom the page looks for.
#[derive(Clone)]
enum Find {
    Nobody,
    Named(String),
    Contacts(Vec<Vec<u8>>),
}

async fn page(town: &Town, caller: &Caller, find: Find, typed: &str, problems: &Problems) -> Result {
    let by_contacts = matches!(find, Find::Contacts(_));
    let (viewer, read) = town
        .read(caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            let found = match &find {
                Find::Nobody => None,
                Find::Named(typed) => Some(finding::find(tx, typed, me, FOUND)?),
                Find::Contacts(digests) => Some(finding::by_contacts(tx, me, digests)?),
            };
            let ids: Vec<i64> = found.iter().flatten().map(|who: &Author| who.id.get()).collect();
            Ok(Read {
                waiting: connections::requests_to(tx, me, REQUESTS)?,
                asked: connections::requests_by(tx, me, REQUESTS)?,
                suggested: suggest::suggested(tx, me, suggest::MOST)?,
                choices: connections::choices(tx, me)?,
                followed: connections::followed_among(tx, me, &ids)?,
                found,
            })
        })
        .await?;
    let now = Now::of(town);
    let me = viewer.must_be_member()?;
    let shown = pages::overview(
        &town.frame(&viewer, caller),
        &Overview { me, read: &read, typed, by_contacts, salt: &town.contacts_salt, problems, now: &now },
    );
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(html_with(status, shown))
}

/// Who sees one's connections, and whether one is found by one's address.
async fn choose(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let Some(shown_to) = ShownTo::named(form.text("shown_to")) else {
        let mut problems = Problems::default();
        problems.add("shown_to", "Choose who sees your connections.");
        return page(&town, &caller, Find::Nobody, "", &problems).await;
    };
    let by_email = form.ticked("by_email");
    let (_, me) = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            connections::choose(tx, me, shown_to)?;
            finding::be_found(tx, me, by_email)?;
            Ok(me)
        })
        .await?;
    town.pages.changed(&[super::tag(me.get())]);
    Ok(see_other("/connections?done=saved"))
}

async fn by_contacts(State(town): State<Town>, caller: Caller, form: Form) -> Result<Response, Error> {
    let me: AccountId = town.viewer(&caller).await?.must_be_member()?.id;
    let digests = finding::parse(form.text("digests"));
    let mut problems = Problems::default();
    if digests.is_empty() {
        problems.add(
            "contacts",
            "There was no e-mail address among them. Paste addresses such as rosa@example.com, or choose a file that has some.",
        );
        return page(&town, &caller, Find::Nobody, "", &problems).await;
    }
    town.limits.contacts.by(&me)?;
    page(&town, &caller, Find::Contacts(digests), "", &problems).await
}
