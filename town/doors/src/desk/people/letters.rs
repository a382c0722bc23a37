//! What is mailed to people from the desk: subject and text.

/// Somebody new chooses their first password.
pub(super) fn invitation(site: &str, name: &str, link: &str) -> (String, String) {
    let text = format!(
        "Hello {name},\n\nyou have an account at {site} now. Open this address within a week to choose your password:\n\n{link}\n\n\
         If you did not expect this letter, leave it alone: without a password nobody can use the account.\n"
    );
    (format!("Your account at {site}"), text)
}

/// Somebody lost their password and asked a person for help.
pub(super) fn new_password(site: &str, name: &str, link: &str) -> (String, String) {
    let text = format!(
        "Hello {name},\n\nan administrator of {site} made this link for you. Open it within a week to choose a new password:\n\n{link}\n\n\
         Your old password works until then.\n"
    );
    (format!("A new password for {site}"), text)
}
