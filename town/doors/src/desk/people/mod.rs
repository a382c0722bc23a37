//! People on the desk: who has an account, inviting, levels, suspension, links for lost passwords.
//!
//! Nobody signs in as somebody else, and nothing here lets anybody do so.

pub(in crate::desk) mod letters;
mod pages;
mod routes;
pub(in crate::desk) mod rules;
mod suspension;

pub(super) use routes::routes;
pub(crate) use suspension::ends_at;
pub use suspension::{Ends, end};

use ::people::{Permission, Viewer};
use web::Error;

/// Decisions are read by those who make them about people or the site.
pub(in crate::desk) fn must_see_decisions(viewer: &Viewer) -> Result<(), Error> {
    if viewer.may(Permission::ManageSite) {
        return Ok(());
    }
    viewer.must(Permission::ManagePeople).map(drop)
}
