//! Reporting something: the form, and what a member does with it. What a guest does is in [`super::guests`].

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use db::Tx;
use http::StatusCode;
use maud::{Markup, html};
use people::{AccountId, Caller, Town, Viewer, proof};
use talk::moderation::{
    Kind, MAX_WORDS, Subject, cases,
    guests::Guest,
    rules::{self, Rule, RuleId},
};
use web::{
    Error, Form, Frame, Page, Problems, Result, html, html_with,
    kit::{self, Field},
    see_other,
};

use super::{
    guests,
    subject::{Seen, find, readable},
};

/// Characters of it that stand over the form.
const SHOWN: usize = 300;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/reports/{kind}/{id}", get(ask).post(report)).merge(guests::routes())
}

/// What an address names.
pub(super) fn subject_in((kind, id): &(String, String)) -> Result<Subject> {
    match (Kind::named(kind), id.parse()) {
        (Some(kind), Ok(id)) => Ok(Subject { kind, id }),
        _ => Err(Error::NotFound),
    }
}

/// Who asks: whoever is no member yet does so as a guest.
fn member(viewer: &Viewer) -> Option<AccountId> {
    viewer.must_be_member().ok().map(|me| me.id)
}

/// Something that the viewer may report.
pub(super) fn reportable(tx: &mut Tx, viewer: &Viewer, subject: Subject) -> Result<Seen> {
    let seen = find(tx, subject)?.filter(|seen| !seen.removed).ok_or(Error::NotFound)?;
    if viewer.me.as_ref().is_some_and(|me| seen.is_of(me.id)) {
        return Err(Error::Forbidden("This is your own. You can change or delete it yourself.".into()));
    }
    if readable(tx, viewer, subject)? { Ok(seen) } else { Err(Error::NotFound) }
}

async fn ask(State(town): State<Town>, caller: Caller, Path(path): Path<(String, String)>) -> Result {
    let subject = subject_in(&path)?;
    let (viewer, (seen, rules, before)) = town
        .read(&caller, move |tx, viewer| {
            let seen = reportable(tx, viewer, subject)?;
            let before = match member(viewer) {
                Some(me) => cases::reported(tx, subject, me)?,
                None => None,
            };
            Ok((seen, rules::in_force(tx)?, before))
        })
        .await?;
    if member(&viewer).is_none() {
        return Ok(html(guests::show(&town, (&viewer, &caller), (&seen, &rules), (&Form::default(), &Problems::default()))));
    }
    let asking = Asking::Member { again: before.is_some() };
    let (rule, words) = before.unwrap_or_default();
    let form = Form::from_pairs([("rule", rule.map(|rule| rule.to_string()).unwrap_or_default()), ("words", words)]);
    Ok(html(page(&town.frame(&viewer, &caller), &seen, &rules, (&form, &Problems::default()), &asking)))
}

/// What both tell: the rule that is broken, and words.
pub(super) fn parse(form: &Form, rules: &[Rule], problems: &mut Problems) -> Option<(RuleId, String)> {
    let words = text::note::clean(form.text("words"));
    if words.chars().count() > MAX_WORDS {
        problems.add("words", format!("Use at most {MAX_WORDS} characters."));
    }
    let rule = form.text("rule").parse().ok().and_then(|id: RuleId| rules.iter().find(|rule| rule.id == id));
    if rule.is_none() {
        problems.add("rule", "Choose the rule that it breaks.");
    }
    rule.filter(|_| problems.is_empty()).map(|rule| (rule.id, words))
}

async fn report(State(town): State<Town>, caller: Caller, Path(path): Path<(String, String)>, form: Form) -> Result {
    let subject = subject_in(&path)?;
    let viewer = town.viewer(&caller).await?;
    let Some(me) = member(&viewer) else { return guests::report(&town, &caller, &viewer, subject, &form).await };
    let (viewer, (seen, rules)) =
        town.read(&caller, move |tx, viewer| Ok((reportable(tx, viewer, subject)?, rules::in_force(tx)?))).await?;
    let mut problems = Problems::default();
    let Some((rule, words)) = parse(&form, &rules, &mut problems) else {
        let page = page(&town.frame(&viewer, &caller), &seen, &rules, (&form, &problems), &Asking::Member { again: false });
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    };
    if let Err(error) = town.limits.report.by(&me) {
        problems.add("words", "You have reported much in a short time. Wait a while, then send this again.");
        let page = page(&town.frame(&viewer, &caller), &seen, &rules, (&form, &problems), &Asking::Member { again: false });
        return Ok(html_with(error.status(), page));
    }
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        let seen = reportable(tx, viewer, subject)?;
        Ok(cases::report(tx, (subject, seen.author.id), viewer.must_be_member()?.id, (rule, &words), now)?)
    })
    .await?;
    Ok(see_other("/moderation/statements?done=reported#reports"))
}

/// What stands over a form that is about something.
pub(super) fn quoted(seen: &Seen) -> Markup {
    let words = text::excerpt(&seen.words, SHOWN);
    html! {
        blockquote.reported cite=(seen.address) dir="auto" {
            @if !seen.title.is_empty() { strong { (seen.title) } " " }
            (words)
            @if seen.title.is_empty() && words.is_empty() { "A picture" }
        }
    }
}

/// Who fills in the form.
pub(super) enum Asking<'a> {
    /// A member, perhaps once more.
    Member {
        /// Whether they reported this already.
        again: bool,
    },
    /// A guest.
    Guest {
        /// Takes the place of a proof of work where no script runs.
        ticket: &'a str,
    },
}

pub(super) fn page(frame: &Frame, seen: &Seen, rules: &[Rule], (form, problems): (&Form, &Problems), asking: &Asking) -> Markup {
    let title = format!("Report this {}", seen.subject.kind.words());
    let choices =
        std::iter::once((String::new(), "Choose…".to_owned())).chain(rules.iter().map(|rule| (rule.id.to_string(), rule.name.clone())));
    let body = html! {
        div.page { div.narrow {
            h1 { (title) }
            // Context is judged for what it says: who wrote it is the moderators' to know.
            @if seen.subject.kind != Kind::Context { p.meta { "By " (seen.author.named()) } }
            (quoted(seen))
            @if let Asking::Member { again: true } = asking { p.note { "You have reported this already. What you write here takes the place of what you wrote." } }
            (kit::problems(problems))
            form.form #report method="post" action=(seen.subject.report_address()) {
                (Field::choice("rule", "Which rule of the house does it break?", choices).value(form.text("rule"))
                    .hint(html! { a href="/rules" { "Read the house rules" } }).required().problem(problems))
                (words(form, problems, asking))
                @match asking {
                    Asking::Member { .. } => p.hint { "By sending this you say that you believe in good faith that it is right and complete." },
                    Asking::Guest { ticket } => { (Guest::fields(form, problems)) (proof::field(ticket, problems)) },
                }
                p.actions { button.button.primary { "Report" } a.button href=(seen.address) { "Back" } }
            }
            (after(seen, asking))
        } }
    };
    Page::new(&title).private().draw(frame, &body)
}

fn words(form: &Form, problems: &Problems, asking: &Asking) -> Markup {
    let field = |label| Field::area("words", label, 4).value(form.text("words")).max(MAX_WORDS).problem(problems);
    match asking {
        Asking::Member { .. } => {
            html! { (field("What should the moderators know?").hint("They alone read who reports, and these words.")) }
        }
        Asking::Guest { .. } => {
            html! { (field("Why, and where in it exactly?").required().hint("The moderators alone read it. Say what is wrong with it, as you would to somebody who does not know of it.")) }
        }
    }
}

fn after(seen: &Seen, asking: &Asking) -> Markup {
    html! {
        p.meta {
            @match asking {
                Asking::Member { .. } => "A person looks at it and decides; you are told what became of it. ",
                Asking::Guest { .. } => { "A person looks at it and decides. " a href={ "/sign-in?next=" (seen.subject.report_address().replace('/', "%2F")) } rel="nofollow" { "Sign in" } " if you are a member: then you need not prove anything. " },
            }
            "If somebody is in danger, call the police first: " a href="/help" { "whom to call, and what you can do" } "."
        }
    }
}
