//! What is mailed to people on their way in: subject and text.
//!
//! The first two go to an address of which nobody knows whose it is, so they carry nothing that the sender could choose
//! but a handle.

use crate::letters::Kind;

/// Proves an address.
pub const CONFIRMATION: Kind = Kind {
    name: "joining.confirmation",
    when: "Somebody joined and has to confirm their address",
    placeholders: &["site", "handle"],
    draw: |of| confirmation(of.get("site"), of.get("handle"), of.get("link")),
};
/// The address has an account.
pub const ALREADY_HERE: Kind = Kind {
    name: "joining.already_here",
    when: "Somebody joins with an address that has an account",
    placeholders: &["site", "handle"],
    draw: |of| already_here(of.get("site"), of.get("handle"), of.get("origin")),
};
/// Somebody was let in.
pub const ADMITTED: Kind = Kind {
    name: "joining.admitted",
    when: "Somebody who asked to join is let in",
    placeholders: &["site", "name"],
    draw: |of| admitted(of.get("site"), of.get("name"), of.get("origin")),
};
/// Somebody was not let in; `why` may be empty.
pub const REFUSED: Kind = Kind {
    name: "joining.refused",
    when: "Somebody who asked to join is refused",
    placeholders: &["site", "name"],
    draw: |of| refused(of.get("site"), of.get("name"), of.get("why")),
};
/// All of them.
pub(crate) const KINDS: [Kind; 4] = [CONFIRMATION, ALREADY_HERE, ADMITTED, REFUSED];

/// Proves an address.
fn confirmation(site: &str, handle: &str, link: &str) -> (String, String) {
    let text = format!(
        "Hello,\n\nsomebody, hopefully you, joined {site} as @{handle} with this e-mail address.\n\
         Open this address within a day to confirm that it is yours:\n\n{link}\n\n\
         If it was not you, leave this letter alone: without your confirmation the account is removed in a week.\n"
    );
    (format!("Confirm your address for {site}"), text)
}

/// The address has an account.
fn already_here(site: &str, handle: &str, origin: &str) -> (String, String) {
    let text = format!(
        "Hello,\n\nsomebody, hopefully you, wanted to join {site} with this e-mail address.\n\
         You already have an account with it: @{handle}. Sign in here:\n\n{origin}/sign-in\n\n\
         Should you have forgotten your password, choose a new one here:\n\n{origin}/password-reset\n\n\
         If it was not you, leave this letter alone: nothing has changed.\n"
    );
    (format!("You already have an account at {site}"), text)
}

/// Somebody was let in.
fn admitted(site: &str, name: &str, origin: &str) -> (String, String) {
    let text = format!("Hello {name},\n\nwelcome to {site}: you are a member now. Sign in here:\n\n{origin}/sign-in?next=%2Fwelcome\n");
    (format!("Welcome to {site}"), text)
}

/// Somebody was not let in. `why` may be empty.
fn refused(site: &str, name: &str, why: &str) -> (String, String) {
    let why = if why.is_empty() { String::new() } else { format!("\n\nThey write:\n\n{why}") };
    let text = format!(
        "Hello {name},\n\nyou asked to join {site}. The people who run it have decided not to let you in.{why}\n\n\
         What you told us about yourself has been deleted.\n"
    );
    (format!("Your wish to join {site}"), text)
}
