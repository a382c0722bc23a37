//! What is mailed to somebody who leaves: subject and text.

use crate::letters::Kind;

/// They asked to leave.
pub const ASKED: Kind = Kind {
    name: "departure.asked",
    when: "Somebody asked to delete their account",
    placeholders: &["site", "name", "day"],
    draw: |of| asked(of.get("site"), of.get("name"), of.get("day"), of.get("origin")),
};
/// They are forgotten.
pub const DONE: Kind =
    Kind { name: "departure.done", when: "An account was deleted", placeholders: &["site"], draw: |of| done(of.get("site")) };

/// They asked to leave. `day` is when they are forgotten.
fn asked(site: &str, name: &str, day: &str, origin: &str) -> (String, String) {
    let text = format!(
        "Hello {name},\n\nyou asked {site} to delete your account. It will be deleted on {day}.\n\n\
         Should you change your mind before then, or should this not have been you, sign in and choose “Stay after all”:\n\n\
         {origin}/sign-in?next=%2Fsettings%2Fdeparture\n"
    );
    (format!("Your account at {site} is about to be deleted"), text)
}

/// They are forgotten. The last letter.
fn done(site: &str) -> (String, String) {
    let text = format!(
        "Hello,\n\nyour account at {site} has been deleted, as you asked. We no longer have this address and do not write to you \
         again.\n\nThank you for having been here.\n"
    );
    (format!("Your account at {site} is deleted"), text)
}
