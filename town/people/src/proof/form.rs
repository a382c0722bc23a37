//! The part of a form that proves something: the work of the browser, and the ticket of those that run no script.

use maud::{Markup, html};
use web::{Error, Form, Problems, assets, kit::icon, limits::Limit};

use super::{Proved, Refused, check, check_ticket, ticket};
use crate::{Caller, Town};

/// What is said of a form that was sent before.
pub const SPENT: &str = "This form was sent before. If nothing came of it, wait for half a minute and send it again.";

/// What a form proved.
#[derive(Clone, Debug)]
pub struct Sent {
    /// What is spent with it.
    pub proved: Proved,
    /// Whether by work; a ticket otherwise.
    pub by_work: bool,
}

/// The field: `proof`, which the browser fills in, and `ticket`.
pub fn field(ticket: &str, problems: &Problems) -> Markup {
    let problem = problems.of("proof");
    html! {
        div.field.wrong[problem.is_some()] #proof tabindex="-1" {
            @if let Some(problem) = problem { p.error { (icon("triangle-alert")) (problem) } }
            proof-of-work data-challenge="/join/challenge" data-worker=(assets::address("proof_worker.js")) {
                input type="hidden" name="proof" value="";
                p.hint role="status" {}
            }
            input type="hidden" name="ticket" value=(ticket);
            noscript { p.hint { "To keep robots out, this form is taken half a minute after it was opened at the earliest. With JavaScript it would not wait." } }
        }
    }
}

/// A ticket for a form that is drawn again: the one it came with while that may still be used, so that a form with a mistake does not
/// wait again.
pub fn same_ticket(town: &Town, form: &Form) -> String {
    let (sent, now) = (form.text("ticket"), town.now());
    let good = matches!(check_ticket(&town.proofs, sent, now), Ok(_) | Err(Refused::Early(_)));
    if good { sent.to_owned() } else { ticket(&town.proofs, now) }
}

/// What a form proves. Adds to the problems when it proves nothing.
pub fn read(town: &Town, form: &Form, problems: &mut Problems) -> Option<Sent> {
    let now = town.now();
    let work = form.text("proof");
    let checked = if work.is_empty() {
        check_ticket(&town.proofs, form.text("ticket"), now).map(|proved| Sent { proved, by_work: false })
    } else {
        check(&town.proofs, work, now).map(|proved| Sent { proved, by_work: true })
    };
    let refused = match checked {
        Ok(sent) => return Some(sent),
        Err(refused) => refused,
    };
    problems.add(
        "proof",
        match refused {
            Refused::Early(left) => format!(
                "You were quick. Without JavaScript this form waits for half a minute, to keep robots out: send it again in {} seconds.",
                (left + 999) / 1000
            ),
            Refused::Late | Refused::Wrong => {
                "This form was open for too long, or was sent twice. Wait for half a minute and send it again.".into()
            }
        },
    );
    None
}

/// Without a proof of work few are let through, from one network and in all. `many` says what many did: "Many people joined".
///
/// # Errors
/// `Invalid`, of the field `proof`, when there were too many.
pub fn slowly(caller: &Caller, (one, all): (&Limit, &Limit), many: &str) -> Result<(), Error> {
    let limited = one.by_address(caller.address).and_then(|_| all.by(&"everybody"));
    limited.map(drop).map_err(|error| match error {
        Error::TooMany { seconds } => Error::invalid(
            "proof",
            format!(
                "{many} without JavaScript just now. Allow JavaScript for this page, or send the form again in {} minutes.",
                seconds.div_ceil(60)
            ),
        ),
        other => other,
    })
}
