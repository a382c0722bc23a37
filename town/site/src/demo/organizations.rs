//! Organizations of the demo town, who runs them, what was posted in their name, and what neighbours think of them.

use db::Tx;
use people::{
    AccountId, connections,
    organizations::{self, Details, Kind, New, Role},
};
use serde::Deserialize;
use std::collections::HashMap;
use talk::{
    PostId,
    posts::Visibility,
    reviews::{self, Content},
};
use things::notes::{self, Written};
use web::Error;

use super::{
    content::span,
    load::{Loading, broken, known},
};

/// Neighbours come to follow it, and say what they think, so much later.
const LATER_MS: i64 = 3 * 24 * 60 * 60 * 1000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Organization {
    pub handle: String,
    name: String,
    kind: String,
    /// Whether it waits for the staff to say that it is an official body.
    #[serde(default)]
    asks: bool,
    bio: String,
    place: String,
    hours: String,
    contact: String,
    website: String,
    age: String,
    /// Handle, role, and whether its page names them.
    pub people: Vec<(String, String, bool)>,
    pub followers: Vec<String>,
    #[serde(default)]
    pub notes: Vec<Said>,
    #[serde(default)]
    pub reviews: Vec<Judged>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    pub by: String,
    age: String,
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Judged {
    pub by: String,
    stars: i64,
    title: String,
    words: String,
}

/// Writes them all.
pub(super) fn write(loading: &Loading, tx: &mut Tx, people: &HashMap<String, AccountId>) -> Result<(), Error> {
    for organization in &loading.content.organizations {
        one(loading, tx, organization, people)?;
    }
    Ok(())
}

fn one(loading: &Loading, tx: &mut Tx, of: &Organization, people: &HashMap<String, AccountId>) -> Result<(), Error> {
    let at = loading.now - span(&of.age).map_err(broken)?;
    let later = (at + LATER_MS).min(loading.now);
    let kind = Kind::named(&of.kind).ok_or_else(|| Error::broken(format!("“{}” is no kind", of.kind)))?;
    let handle = text::handle::parse(&of.handle).map_err(|words| Error::broken(format!("{}: {words}", of.handle)))?;
    let details = Details {
        bio: of.bio.clone(),
        website: of.website.clone(),
        place: of.place.clone(),
        hours: of.hours.clone(),
        contact: of.contact.clone(),
    };
    let owner = of.people.first().ok_or_else(|| Error::broken(format!("nobody runs {}", of.handle)))?;
    let new = New { handle, name: of.name.clone(), kind, asks: of.asks, details };
    let id = things::organizations::found(tx, &new, known(people, &owner.0)?, at)?;
    for (who, role, named) in &of.people {
        let role = Role::named(role).ok_or_else(|| Error::broken(format!("“{role}” is no role")))?;
        organizations::appoint(tx, id, known(people, who)?, role, at)?;
        organizations::set_named(tx, id, known(people, who)?, *named)?;
    }
    for follower in &of.followers {
        connections::follow(tx, known(people, follower)?, id.get(), later)?;
    }
    for said in &of.notes {
        let body = text::note::clean(&said.words);
        let language = text::language::detect(&body).unwrap_or_default().to_owned();
        let content = notes::Content { body, language, ..notes::Content::default() };
        let written = Written { content, audience: Visibility::Public.into(), speaker: Some(id), poll: None };
        notes::post(tx, known(people, &said.by)?, &written, loading.now - span(&said.age).map_err(broken)?)?;
    }
    judge(tx, of, id, people, later)
}

fn judge(tx: &mut Tx, of: &Organization, id: AccountId, people: &HashMap<String, AccountId>, at: i64) -> Result<(), Error> {
    let Some(page) = organizations::find(tx, id)?.and_then(|found| found.page) else { return Ok(()) };
    for judged in &of.reviews {
        let body = text::note::clean(&judged.words);
        let content = Content {
            stars: judged.stars,
            ratings: Vec::new(),
            recommends: judged.stars > 3,
            title: judged.title.clone(),
            pros: String::new(),
            cons: String::new(),
            language: text::language::detect(&body).unwrap_or_default().to_owned(),
            body,
        };
        reviews::put(tx, known(people, &judged.by)?, PostId::new(page), &content, None, at)?;
    }
    Ok(())
}
