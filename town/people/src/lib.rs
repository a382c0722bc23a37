//! Wing 1, who is here: the site itself, accounts and their levels, sign-in, pictures and recordings.
//!
//! Everything above stands on [`Town`]: the running site with its database, its pages, its clock.

pub mod accounts;
pub mod badges;
pub mod bars;
pub mod blocks;
pub mod caller;
pub mod clock;
pub mod connections;
pub mod counters;
pub mod decisions;
pub mod departures;
pub mod errors;
pub mod files;
pub mod finding;
pub mod house_rules;
pub mod identities;
pub mod invitations;
pub mod joining;
pub mod letters;
pub mod levels;
pub mod lists;
pub mod looks;
pub mod notices;
pub mod organizations;
pub mod passkeys;
pub mod pictures;
pub mod prevention;
pub mod profiles;
pub mod proof;
pub mod questions;
pub mod recordings;
pub mod removals;
pub mod safety;
pub mod schema;
pub mod seal;
pub mod second_factor;
pub mod secrets;
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
pub use viewer::{Me, Sensitive, Viewer};
pub use wanted::Wanted;

/// Every address of this wing.
pub fn routes() -> axum::Router<Town> {
    axum::Router::new()
        .merge(sign_in::routes())
        .merge(second_factor::routes())
        .merge(passkeys::routes())
        .merge(identities::routes())
        .merge(accounts::routes())
        .merge(profiles::routes())
        .merge(departures::routes())
        .merge(joining::routes())
        .merge(house_rules::routes())
        .merge(safety::routes())
        .merge(looks::routes())
        .merge(questions::routes())
        .merge(files::routes())
        .merge(uploads::routes())
        .merge(pictures::routes())
        .merge(recordings::routes())
}
