//! Accounts: anyone who can act. A member is an account with a login.
//!
//! Handles are unique whatever their case, and so are e-mail addresses; both keep the case they were given. The pages
//! by which members see to their own account are here; the page that others see belongs to the doors.

mod account;
mod address;
mod elsewhere;
pub mod found;
mod handle;
pub mod names;
mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub use account::{Account, AccountId, Author, MAX_BIO, MAX_NAME, NewAccount, Standing, avatar, parse_email, parse_name};
pub(crate) use address::LETTERS;
pub use elsewhere::{ELSEWHERE, elsewhere, elsewhere_as};
pub use handle::{HANDLE_MS, by_former_handle, by_handle_ever, give_up_handle, keep_former_handle};
pub use pages::device;
pub use routes::routes;
pub use store::{
    Credentials, by_email, by_handle, by_handles, by_id, credentials, free_likeness, insert, is_limited, limit, limited_until, list,
    names_of_staff, save_profile, set_level, set_password, set_picture, set_suspended, sign_in_key, suspend, taken,
};
