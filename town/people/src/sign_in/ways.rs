//! The ways to sign in that somebody has beside their password, as their settings show them.

use db::Tx;
use maud::{Markup, html};

use crate::{AccountId, identities, identities::Providers, passkeys, second_factor};

/// What somebody has.
#[derive(Clone, Copy, Debug)]
pub struct Ways {
    two_step: bool,
    passkeys: i64,
    identities: i64,
}

impl Ways {
    /// Those of an account.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn of(tx: &mut Tx, account: AccountId) -> Result<Self, db::Error> {
        Ok(Self {
            two_step: second_factor::is_on(tx, account)?,
            passkeys: passkeys::count_of(tx, account)?,
            identities: identities::count_of(tx, account)?,
        })
    }

    /// The part of the settings that leads to them.
    pub fn markup(&self, providers: &Providers) -> Markup {
        html! {
            section.form-part id="ways" {
                h2 { "How you sign in" }
                ul.list {
                    li {
                        p { a href="/settings/passkeys" { "Passkeys" } " " @if self.passkeys > 0 { span.label.ok { (self.passkeys) } } @else { span.label { "None" } } }
                        p.meta { "Your finger, your face or the PIN of your device, in place of a password." }
                    }
                    li {
                        p { a href="/settings/two-step" { "Two-step sign-in" } " " @if self.two_step { span.label.ok { "On" } } @else { span.label { "Off" } } }
                        p.meta { "A code from an app on your telephone after the password." }
                    }
                    @if self.identities > 0 || !providers.is_empty() {
                        li {
                            p { a href="/settings/identities" { "Accounts elsewhere" } " " @if self.identities > 0 { span.label.ok { (self.identities) } } @else { span.label { "None" } } }
                            p.meta { "Sign in with an account that you have somewhere else." }
                        }
                    }
                }
            }
        }
    }
}
