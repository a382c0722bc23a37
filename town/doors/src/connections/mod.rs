//! Connections as members see to them: following, friendship, blocks and mutes on the pages of people; followers, following and
//! friends as tabs under each profile, shown to whom its owner chose; requests, suggestions and finding people at
//! `/connections`.
//!
//! What is allowed is said below ([`people::connections`], [`people::blocks`]). Every act is a form; with scripts its answer is
//! a stream that changes the part of the page it stands in.

mod acts;
mod answer;
mod blocked;
mod buttons;
mod overview;
mod pages;
mod suggest;
mod tabs;
mod target;
#[cfg(test)]
mod tests;

pub(crate) use buttons::{Panel, follow_button, panel, panel_of};
pub(crate) use pages::{person, suggestions, tabs};
pub(crate) use suggest::{MOST as MOST_SUGGESTED, Suggestion, suggested};
pub(crate) use tabs::{Tabs, tabs_of};

use axum::Router;
use people::Town;
use web::Tag;

/// The tag of how many connections an account has, for pages that say it.
pub(crate) fn tag(account: i64) -> Tag {
    Tag("connections", account)
}

/// Whether a viewer follows something; guests follow nothing.
pub(crate) fn follows(tx: &mut db::Tx, viewer: &people::Viewer, target: i64) -> Result<bool, db::Error> {
    match &viewer.me {
        Some(me) => people::connections::follows(tx, me.id, target),
        None => Ok(false),
    }
}

/// Whether an id names something that the viewer can follow.
pub(crate) fn can_be_followed(tx: &mut db::Tx, viewer: &people::Viewer, id: i64) -> web::Result<bool> {
    match target::find(tx, id).and_then(|_| target::must_be_known(tx, viewer, id)) {
        Ok(_) => Ok(true),
        Err(web::Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().merge(overview::routes()).merge(acts::routes()).merge(blocked::routes()).merge(tabs::routes())
}
