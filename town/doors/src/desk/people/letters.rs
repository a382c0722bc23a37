//! What is mailed to people from the desk: subject and text.

use people::letters::Kind;

/// Somebody new chooses their first password.
pub(super) const INVITATION: Kind = Kind {
    name: "people.invitation",
    when: "Somebody gets an account from the desk",
    placeholders: &["site", "name"],
    draw: |of| invitation(of.get("site"), of.get("name"), of.get("link")),
};
/// Somebody lost their password and asked a person for help.
pub(super) const NEW_PASSWORD: Kind = Kind {
    name: "people.new_password",
    when: "The desk makes a link for a new password",
    placeholders: &["site", "name"],
    draw: |of| new_password(of.get("site"), of.get("name"), of.get("link")),
};
/// Somebody is suspended.
pub(super) const SUSPENDED: Kind = Kind {
    name: "people.suspended",
    when: "Somebody is suspended",
    placeholders: &["site", "name", "until"],
    draw: |of| suspended(of.get("site"), of.get("name"), of.get("until"), of.get("why"), of.get("link")),
};
/// A suspension is over.
pub(super) const LET_BACK: Kind = Kind {
    name: "people.let_back",
    when: "A suspension is over",
    placeholders: &["site", "name"],
    draw: |of| let_back(of.get("site"), of.get("name"), of.get("origin")),
};
/// All of them.
pub(in crate::desk) const KINDS: [Kind; 4] = [INVITATION, NEW_PASSWORD, SUSPENDED, LET_BACK];

/// Somebody new chooses their first password.
fn invitation(site: &str, name: &str, link: &str) -> (String, String) {
    let text = format!(
        "Hello {name},\n\nyou have an account at {site} now. Open this address within a week to choose your password:\n\n{link}\n\n\
         If you did not expect this letter, leave it alone: without a password nobody can use the account.\n"
    );
    (format!("Your account at {site}"), text)
}

/// Somebody lost their password and asked a person for help.
fn new_password(site: &str, name: &str, link: &str) -> (String, String) {
    let text = format!(
        "Hello {name},\n\nan administrator of {site} made this link for you. Open it within a week to choose a new password:\n\n{link}\n\n\
         Your old password works until then.\n"
    );
    (format!("A new password for {site}"), text)
}

/// Somebody is suspended. `until` is a day, or what happens on it; `link` opens the statement of reasons.
fn suspended(site: &str, name: &str, until: &str, why: &str, link: &str) -> (String, String) {
    let text = format!(
        "Hello {name},\n\nyour account at {site} is suspended until {until}. You are signed out everywhere and cannot sign in; what you wrote \
         is kept.\n\nThe reason:\n\n{why}\n\nIf you think that this is a mistake, you can appeal within six months: \
         somebody else looks at it again. Open this address, which is for you alone, and which you need not sign in for:\n\n{link}\n"
    );
    (format!("Your account at {site} is suspended"), text)
}

/// A suspension is over.
fn let_back(site: &str, name: &str, origin: &str) -> (String, String) {
    let text = format!("Hello {name},\n\nyour account at {site} is no longer suspended. Sign in here:\n\n{origin}/sign-in\n");
    (format!("You can sign in to {site} again"), text)
}
