//! A guest reports something: the form, what is asked of it, and the page that says that it came.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::Response,
    routing::get,
};
use http::StatusCode;
use maud::{Markup, html};
use people::{
    Caller, Town, Viewer,
    proof::{self, Sent},
};
use serde::Deserialize;
use talk::moderation::{
    Subject,
    guests::{self, Guest},
    rules::{self, Rule, RuleId},
};
use web::{Error, Form, Page, Problems, Result, html, html_with, see_other};

use super::{
    reports::{Asking, page, parse, reportable, subject_in},
    subject::Seen,
};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/reports/{kind}/{id}/received", get(received))
}

/// The form, or the form with what could not be taken.
pub(super) fn show(
    town: &Town,
    (viewer, caller): (&Viewer, &Caller),
    (seen, rules): (&Seen, &[Rule]),
    (form, problems): (&Form, &Problems),
) -> Markup {
    let ticket = proof::same_ticket(town, form);
    page(&town.frame(viewer, caller), seen, rules, (form, problems), &Asking::Guest { ticket: &ticket })
}

/// Takes a report of a guest, or gives the form back.
pub(super) async fn report(town: &Town, caller: &Caller, viewer: &Viewer, subject: Subject, form: &Form) -> Result {
    let (seen, rules) =
        town.read(caller, move |tx, viewer| Ok((reportable(tx, viewer, subject)?, rules::in_force(tx)?))).await.map(|(_, found)| found)?;
    let refused = |status: StatusCode, problems: &Problems| -> Result<Response> {
        Ok(html_with(status, show(town, (viewer, caller), (&seen, &rules), (form, problems))))
    };
    match take(town, caller, (subject, &rules), form).await {
        Ok(told) => {
            town.wake();
            Ok(see_other(&format!("{}/received{}", subject.report_address(), if told { "?told=1" } else { "" })))
        }
        Err(Error::Invalid(problems)) => refused(StatusCode::UNPROCESSABLE_ENTITY, &problems),
        Err(error @ Error::TooMany { .. }) => {
            let mut problems = Problems::default();
            problems.add("words", "Much was reported from where you are in a short time. Wait a while, then send this again.");
            refused(error.status(), &problems)
        }
        Err(error) => Err(error),
    }
}

/// What a guest sent, ready to be written down.
struct Given {
    rule: RuleId,
    words: String,
    guest: Guest,
    sent: Sent,
}

/// Reads the form, and asks everything of it that needs no database. A form with mistakes is not counted as a try.
fn read(town: &Town, caller: &Caller, rules: &[Rule], form: &Form) -> Result<Given> {
    let mut problems = Problems::default();
    let chosen = parse(form, rules, &mut problems);
    if text::note::clean(form.text("words")).is_empty() {
        problems.add("words", "Say in a sentence why. Nobody can ask you later.");
    }
    let guest = Guest::parse(form, &mut problems);
    if town.prevention().bars.of_address(caller.address, town.now()).is_some() {
        problems.add(
            "proof",
            "Nobody reports without an account from this network just now. Sign in, try from another one, or write to the people who run this site.",
        );
    }
    let sent = proof::read(town, form, &mut problems);
    match (chosen, sent) {
        (Some((rule, words)), Some(sent)) if problems.is_empty() => Ok(Given { rule, words, guest, sent }),
        _ => Err(problems.into()),
    }
}

/// Answers whether a letter tells of it.
async fn take(town: &Town, caller: &Caller, (subject, rules): (Subject, &[Rule]), form: &Form) -> Result<bool> {
    let given = read(town, caller, rules, form)?;
    town.limits.report_network.by_network(caller.address)?;
    town.limits.report_guest.by_address(caller.address)?;
    if !given.sent.by_work {
        proof::slowly(caller, (&town.limits.report_plain, &town.limits.report_plain_all), "Many people reported something")?;
    }
    let told = !given.guest.email.is_empty();
    if told && town.limits.report_email.by(&text::fold(&given.guest.email)).is_err() {
        let words =
            "Several letters went to this address just now. Wait a while, or leave it empty: then nobody can tell you what was decided.";
        return Err(Error::invalid("email", words));
    }
    let (address, now, site, origin) = (caller.address, town.now(), town.site(), town.origin().to_owned());
    town.write(caller, move |tx, viewer| {
        let seen = reportable(tx, viewer, subject)?;
        if !proof::spend(tx, &given.sent.proved)? {
            return Err(Error::invalid("proof", proof::SPENT));
        }
        let rule = rules::find(tx, given.rule)?;
        let guest = &given.guest;
        guests::report(tx, (subject, seen.author.id), (guest, address), (&rule, &given.words), now)?;
        guests::confirm(tx, guest, (subject, &seen.address), &rule, (&site.name, &origin), now)
    })
    .await?;
    Ok(told)
}

#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    told: String,
}

/// Where a report leads that came.
async fn received(
    State(town): State<Town>,
    caller: Caller,
    Path(path): Path<(String, String)>,
    Query(Told { told }): Query<Told>,
) -> Result {
    let subject = subject_in(&path)?;
    let (viewer, seen) = town.read(&caller, move |tx, viewer| reportable(tx, viewer, subject)).await?;
    let body = html! {
        div.page { div.narrow {
            h1 { "Thank you" }
            p.standfirst { "Your report has reached the people who run this site. A person looks at it and decides." }
            @if told == "1" {
                p { "A letter to the address that you left says so, too. Another one tells you what was decided. If there is none, look among the letters that your mailbox takes for advertising." }
            } @else {
                p { "You left no e-mail address, so nobody can tell you what was decided. " a href="/moderation" { "The public log" } " tells it to everybody." }
            }
            p { "If somebody is in danger, call the police first: " a href="/help" { "whom to call, and what you can do" } "." }
            p.actions { a.button.primary href=(seen.address) { "Back to the " (subject.kind.words()) } a.button href="/rules" { "The house rules" } }
        } }
    };
    Ok(html(Page::new("Thank you").private().draw(&town.frame(&viewer, &caller), &body)))
}
