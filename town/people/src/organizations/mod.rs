//! Organizations: a business, a club or an official body that has a page here, which several members run with roles.
//!
//! An organization is an account of its own kind that nobody signs in to. So all that accounts have is its own as well: a handle,
//! followers, posts, mentions, blocks, reports, suspension, an end. Beside the account stand what only organizations say of
//! themselves ([`Details`]) and who runs them ([`Role`]).
//!
//! Rules: who is invited to a role has it once they accept. An owner does everything; the last one stays, or hands over first. Only
//! the staff make an organization an official body. Who of its people wrote something is kept, and known to its people and the staff
//! alone.

mod organization;
mod people;
mod role;
mod store;
#[cfg(test)]
mod tests;
mod told;
pub mod whole;

pub use organization::{Details, Kind, MAX_CONTACT, MAX_HOURS, MAX_PLACE, MAX_WEBSITE, New, Organization};
pub use people::{
    MOST_PEOPLE, Membership, Person, accept, appoint, appoint_and_tell, end, end_all, hears, invite, leave_all, may_change, memberships,
    must_have_room, owners, people, role_of, roles_among, set_named, set_role, speaks_as, writes_for, written_by,
};
pub use role::{Role, must_run, must_write_for};
pub use store::{
    Listed, Wanted, ask_to_be_official, asking, count_asking, drift, find, found, list, named, of_page, save, set_kind, set_page,
};
pub use told::{INVITED, ROLE};

/// Organizations that one member owns. Whoever runs more runs a business of running them.
pub const MOST_OWNED: i64 = 10;
