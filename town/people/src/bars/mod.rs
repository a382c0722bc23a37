//! Bars: e-mail addresses, hosts of e-mail, and networks from which nobody joins, until when, and why.
//!
//! A bar is about coming here, not about members: whoever is one stays one, and neither is signed out nor kept from reading. From a
//! barred network those who joined within the last week do not post either (`talk::gate`). Networks are barred for a time only, as
//! their addresses change hands. Nobody bars where they are themselves.
//!
//! Bars are kept in memory with the site ([`crate::Town::prevention`]); one whose time is over holds no more, whether or not its row is
//! gone.

mod bar;
mod network;
pub mod store;
#[cfg(test)]
mod tests;
pub mod whole;

pub use bar::{Bar, BarId, Bars, Changes, Kind, MAX_REASON, MAX_VALUE, MOST, TIMES};
pub use network::Network;

use std::net::IpAddr;
use web::Problems;

use crate::Town;

/// Says in a form of joining that this e-mail address, or where it comes from, is barred.
pub(crate) fn check(town: &Town, email: &str, address: IpAddr, problems: &mut Problems) {
    let (prevention, now) = (town.prevention(), town.now());
    if prevention.bars.of_email(email, now).is_some() {
        problems.add("email", "Nobody joins with this e-mail address. Use another one, or write to the people who run this site.");
    }
    if prevention.bars.of_address(address, now).is_some() {
        problems.add("proof", "Nobody joins from this network just now. Try from another one, or write to the people who run this site.");
    }
}
