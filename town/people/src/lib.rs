//! Wing 1, who is here: the site itself, accounts and their levels, sign-in, pictures and recordings.
//!
//! Everything above stands on [`Town`]: the running site with its database, its pages, its clock.

pub mod accounts;
pub mod caller;
pub mod clock;
pub mod errors;
pub mod files;
pub mod levels;
pub mod pictures;
pub mod recordings;
pub mod removals;
pub mod schema;
pub mod sign_in;
pub mod site;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod town;
pub mod uploads;
pub mod uses;
pub mod viewer;
pub mod wanted;

pub use accounts::AccountId;
pub use caller::Caller;
pub use levels::Permission;
pub use town::Town;
pub use viewer::{Me, Viewer};
pub use wanted::Wanted;

/// Every address of this wing.
pub fn routes() -> axum::Router<Town> {
    axum::Router::new()
        .merge(sign_in::routes())
        .merge(accounts::routes())
        .merge(files::routes())
        .merge(uploads::routes())
        .merge(pictures::routes())
        .merge(recordings::routes())
}
