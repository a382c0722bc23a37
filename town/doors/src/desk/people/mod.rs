//! People on the desk: who has an account, inviting, levels, suspension, links for lost passwords.

mod letters;
mod pages;
mod routes;
pub(in crate::desk) mod rules;

pub(super) use routes::routes;

use web::Error;

/// Says which of handle and e-mail address is taken.
pub(crate) fn taken(error: db::Error) -> Error {
    if error.violates("accounts.handle_key") {
        return Error::invalid("handle", "Somebody has this handle. Choose another.");
    }
    if error.violates("accounts.email_key") {
        return Error::invalid("email", "There is an account with this e-mail address.");
    }
    error.into()
}
