//! Asking for a letter with a link in it: one that signs in, or one that lets somebody choose a new password.

use axum::extract::State;
use http::StatusCode;
use web::{Error, Form, Frame, Problems, Result, html, html_with};

use super::{Purpose, RESET_MS, SIGN_IN_MS, changes::CHANGED, issue, pages};
use crate::{
    Caller, Town, accounts,
    letters::{Kind, Values, send as send_letter},
    safety,
    viewer::Viewer,
};

/// What a link is mailed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Errand {
    /// Signing in without a password.
    SignIn,
    /// Choosing a new one.
    NewPassword,
    /// Locking the account.
    Lock,
}

impl Errand {
    /// Where it is asked for; the link leads below it.
    pub fn path(self) -> &'static str {
        match self {
            Self::SignIn => "/sign-in/link",
            Self::NewPassword => "/password-reset",
            Self::Lock => "/lock",
        }
    }

    /// What its link is good for.
    pub fn purpose(self) -> Purpose {
        match self {
            Self::SignIn => Purpose::SignIn,
            Self::NewPassword => Purpose::Reset,
            Self::Lock => Purpose::Lock,
        }
    }

    /// The letter that carries it.
    fn letter(self) -> &'static Kind {
        match self {
            Self::SignIn => &LETTERS[0],
            Self::NewPassword => &LETTERS[1],
            Self::Lock => &LETTERS[3],
        }
    }

    /// How long the link works, in milliseconds.
    pub fn lasts_ms(self) -> i64 {
        match self {
            Self::SignIn => SIGN_IN_MS,
            Self::NewPassword | Self::Lock => RESET_MS,
        }
    }
}

/// The letters with links, and the one that tells of changes.
pub(crate) const LETTERS: [Kind; 4] = [
    Kind {
        name: "sign_in.link",
        when: "Somebody signs in by a mailed link",
        placeholders: &["site", "name"],
        draw: |of| pages::letter(Errand::SignIn, of.get("site"), of.get("name"), of.get("link")),
    },
    Kind {
        name: "sign_in.password",
        when: "Somebody lost their password",
        placeholders: &["site", "name"],
        draw: |of| pages::letter(Errand::NewPassword, of.get("site"), of.get("name"), of.get("link")),
    },
    CHANGED,
    safety::LETTER,
];

/// Mails the link. The same answer whether or not the address has an account.
pub(super) async fn send(errand: Errand, town: &Town, caller: &Caller, form: &Form) -> Result {
    town.limits.reset.by_address(caller.address)?;
    let frame = town.frame(&Viewer::default(), caller);
    let email = match accounts::parse_email(form.text("email")) {
        Ok(email) => email,
        Err(words) => {
            let mut problems = Problems::default();
            problems.add("email", words);
            return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::ask_letter(&frame, errand, form.text("email"), &problems)));
        }
    };
    town.limits.reset_name.by(&(errand.path(), text::fold(&email)))?;
    let (site, origin, now) = (town.site().name.clone(), town.origin().to_owned(), town.now());
    town.db
        .write(move |tx| -> Result<(), Error> {
            let Some(account) = accounts::by_email(tx, &email)?.filter(|account| account.suspended_at.is_none()) else { return Ok(()) };
            let token = issue(tx, errand.purpose(), Some(account.id), errand.lasts_ms(), now)?;
            let link = format!("{origin}{}/{token}", errand.path());
            // To the address on file: the one that was typed may only look the same to the fold.
            let Some(address) = &account.email else { return Ok(()) };
            let values: Values = &[("site", &site), ("name", &account.name), ("link", &link)];
            send_letter(tx, errand.letter(), (&account.name, address), values, now)
        })
        .await?;
    town.wake();
    Ok(html(pages::letter_asked(&frame, errand)))
}

/// Asks for the address to which a link is mailed that locks its account.
pub(crate) async fn ask_for_lock(State(town): State<Town>, caller: Caller) -> Result {
    asking(Errand::Lock, &town.frame(&Viewer::default(), &caller))
}

/// Mails that link.
pub(crate) async fn send_lock(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    send(Errand::Lock, &town, &caller, &form).await
}

/// The page that asks for the address.
pub(super) fn asking(errand: Errand, frame: &Frame) -> Result {
    Ok(html(pages::ask_letter(frame, errand, "", &Problems::default())))
}
