//! What the form of joining brings.

use text::handle::Handle;
use web::{Form, Problems};

use crate::{
    accounts::{names, parse_email, parse_name},
    sign_in::password,
};

/// Longest answer to why somebody joins, in characters.
pub const MAX_REASON: usize = 500;

/// Somebody who would like to join.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// Their handle.
    pub handle: Handle,
    /// The name people read.
    pub name: String,
    /// The address they say is theirs.
    pub email: String,
    /// Why they join; empty where nobody asks.
    pub reason: String,
}

impl Newcomer {
    /// Reads the form. `asks` says whether it asks for a reason.
    pub fn parse(form: &Form, asks: bool, problems: &mut Problems) -> Option<Self> {
        let newcomer = Self::parse_without_password(form, form.text("email"), asks, problems);
        if let Err(words) = password::check(form.text("password")) {
            problems.add("password", words);
        }
        newcomer
    }

    /// The same for somebody who needs no password, with the address they gave, here or elsewhere.
    pub fn parse_without_password(form: &Form, email: &str, asks: bool, problems: &mut Problems) -> Option<Self> {
        let name = parse_name(form.text("display_name"), problems);
        let handle = names::parse_handle(form.text("handle"), problems);
        let email = parse_email(email).map_err(|words| problems.add("email", words)).ok();
        let reason = if asks { form.text("reason").trim().to_owned() } else { String::new() };
        if asks && reason.is_empty() {
            problems.add("reason", "Write a sentence on why you would like to join. The people of this site read it.");
        } else if reason.chars().count() > MAX_REASON {
            problems.add("reason", format!("Use at most {MAX_REASON} characters here."));
        }
        if !form.ticked("rules") {
            problems.add("rules", "Read the house rules, and tick that you keep to them.");
        }
        Some(Self { handle: handle?, name, email: email?, reason })
    }
}
