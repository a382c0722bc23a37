//! Organizations on pages: their directory, founding one, changing its page, who runs it, closing it. The page that others see is that
//! of an account ([`crate::authors`]).
//!
//! What is allowed is said below ([`people::organizations`]): every form asks for the role that it needs.

mod closing;
mod directory;
mod editing;
mod founding;
mod pages;
mod people;
mod people_page;
mod shown;
#[cfg(test)]
mod tests;

pub(crate) use shown::{facts, named, ways};

use ::people::{AccountId, Town, organizations::Organization};
use axum::Router;
use web::{Error, Form, Result, Tag};

/// Where all of them are listed.
pub(crate) const PATH: &str = "/organizations";

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .merge(founding::routes())
        .merge(directory::routes())
        .merge(editing::routes())
        .merge(people::routes())
        .merge(closing::routes())
}

/// An id in an address; nothing stands at what is none.
fn id_in(text: &str) -> Result<AccountId> {
    text.parse().map_err(|_| Error::NotFound)
}

/// What shows an organization.
fn tags(id: AccountId) -> [Tag; 1] {
    [Tag("account", id.get())]
}

/// The form of what an organization says of itself, as it is.
fn as_typed(of: &Organization) -> Form {
    let details = &of.details;
    Form::from_pairs(
        [
            ("display_name", &of.account.name),
            ("bio", &details.bio),
            ("website", &details.website),
            ("place", &details.place),
            ("hours", &details.hours),
            ("contact", &details.contact),
        ]
        .map(|(name, value)| (name, value.clone())),
    )
}
