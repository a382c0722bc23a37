//! Accounts: anyone who can act. A member is an account with a login.
//!
//! Handles are unique whatever their case, and so are e-mail addresses; both keep the case they were given. The pages
//! by which members see to their own account are here; the page that others see belongs to the doors.

mod account;
mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub use account::{Account, AccountId, Author, MAX_BIO, MAX_NAME, NewAccount, avatar, parse_email, parse_name};
pub use routes::routes;
pub use store::{
    by_email, by_handle, by_handles, by_id, credentials, insert, list, save_profile, set_level, set_password, set_picture, set_suspended,
    sign_in_key,
};
