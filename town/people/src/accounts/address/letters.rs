//! What is mailed when an address changes: subject and text.

use crate::letters::Kind;

/// To the new address.
pub const PROOF: Kind = Kind {
    name: "address.proof",
    when: "Somebody changes their address and has to confirm the new one",
    placeholders: &["site", "handle"],
    draw: |of| proof(of.get("site"), of.get("handle"), of.get("link")),
};
/// To a new address that is somebody's already.
pub const TAKEN: Kind = Kind {
    name: "address.taken",
    when: "Somebody changes their address to one that has an account",
    placeholders: &["site", "handle"],
    draw: |of| taken(of.get("site"), of.get("handle"), of.get("origin")),
};
/// To the address before.
pub const CHANGED: Kind = Kind {
    name: "address.changed",
    when: "An address was changed, to the address before",
    placeholders: &["site", "name"],
    draw: |of| changed(of.get("site"), of.get("name"), of.get("link")),
};
/// All of them.
pub const KINDS: [Kind; 3] = [PROOF, TAKEN, CHANGED];

/// To the new address.
fn proof(site: &str, handle: &str, link: &str) -> (String, String) {
    let text = format!(
        "Hello,\n\n@{handle} of {site} wants to get their mail at this address. If that is you, open this within a day, in the \
         browser in which you are signed in:\n\n{link}\n\nIf it was not you, leave this letter alone: nothing changes.\n"
    );
    (format!("Your new address for {site}"), text)
}

/// To a new address that is somebody's already.
fn taken(site: &str, handle: &str, origin: &str) -> (String, String) {
    let text = format!(
        "Hello,\n\nsomebody, hopefully you, wanted to use this address for another account of {site}. It belongs to @{handle} \
         already, and an address can belong to one account only. To free it, sign in as @{handle} and choose another address \
         there:\n\n{origin}/settings/email\n\nIf it was not you, leave this letter alone: nothing has changed.\n"
    );
    (format!("Your address is in use at {site}"), text)
}

/// To the address before.
fn changed(site: &str, name: &str, link: &str) -> (String, String) {
    let text = format!(
        "Hello {name},\n\nyour account at {site} has a new e-mail address now, and this one no longer belongs to it.\n\n\
         If it was not you, somebody else is in your account. Open this within a week: it brings this address back, signs \
         everybody out and lets you choose a new password.\n\n{link}\n"
    );
    (format!("Your address at {site} was changed"), text)
}
