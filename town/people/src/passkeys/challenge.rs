//! Challenges: what a device signs. The browser keeps ours for us until it brings the answer.

use passki::{AuthenticationState, RegistrationState};
use serde::{Serialize, de::DeserializeOwned};
use web::{Error, token};

use crate::{Me, Town, proof::Proved};

/// Somebody may have to look for their key.
pub(super) const LASTS_MS: i64 = 10 * 60 * 1000;

/// What a script gets: options for the browser, and what it brings back to us.
#[derive(Serialize)]
pub(super) struct Challenge<T> {
    pub options: T,
    pub state: String,
}

/// What a challenge is for.
pub(super) trait State: Serialize + DeserializeOwned {
    /// The random bytes to be signed.
    fn challenge(&self) -> &[u8];
}

impl State for RegistrationState {
    fn challenge(&self) -> &[u8] {
        &self.challenge
    }
}

impl State for AuthenticationState {
    fn challenge(&self) -> &[u8] {
        &self.challenge
    }
}

/// Bound to the session that has shown that it is them.
pub(super) fn for_registration(me: &Me) -> String {
    format!("passkey of {} in {}", me.id, me.session)
}

/// Whoever they may be.
pub(super) const FOR_SIGN_IN: &str = "sign-in by passkey";

pub(super) fn lend(town: &Town, about: &str, state: &impl State) -> Result<String, Error> {
    town.seal.lend(about, state, town.now() + LASTS_MS)
}

/// What came back, and what has to be [spent](crate::proof::spend) so that it never comes back again.
pub(super) fn take_back<S: State>(town: &Town, about: &str, brought: &str) -> Option<(S, Proved)> {
    let state: S = town.seal.take_back(about, brought, town.now())?;
    // It may have been lent a moment ago: it is remembered for as long as it could be brought.
    let spent = Proved { digest: token::digest(&token::hex(state.challenge())), expires_at: town.now() + LASTS_MS };
    Some((state, spent))
}
