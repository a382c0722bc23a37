//! Letters on the desk: the subject and the beginning of each, a look at it, a test letter to oneself, and the way back.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use http::StatusCode;
use maud::{Markup, html};
use people::{
    Caller, Permission, Town, Viewer, accounts,
    decisions::Entry,
    letters::{self, Kind, MAX_INTRO, MAX_SUBJECT, Own},
    town::post_mail,
};
use talk::moderation::guests;
use web::{
    Error, Form, Problems, Result, html, html_with,
    kit::{self, Field},
    see_other,
};

use super::frame::{Place, draw};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/letters", get(list)).route("/admin/letters/{kind}", get(edit).post(update))
}

/// Every letter that the program mails.
fn kinds() -> Vec<Kind> {
    let above = [
        crate::promotions::RISEN,
        crate::waiting::DIGEST,
        crate::porch::LETTER,
        things::notes::NOT_POSTED_LETTER,
        talk::moderation::LETTER,
        talk::moderation::REVIEWED,
        guests::RECEIVED,
        guests::DECIDED,
    ];
    letters::kinds().into_iter().chain(super::people::letters::KINDS).chain(above).collect()
}

fn named(name: &str) -> Result<Kind> {
    kinds().into_iter().find(|kind| kind.name == name).ok_or(Error::NotFound)
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, own) = town
        .read(&caller, |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            kinds().into_iter().map(|kind| Ok((kind, letters::of(tx, kind.name)?))).collect::<Result<Vec<_>>>()
        })
        .await?;
    let body = html! {
        p { "What this site mails. You can write the subject and the beginning of each letter yourself; its links and what they do stay as they are." }
        div.table tabindex="0" role="region" aria-label="Letters" { table {
            thead { tr { th scope="col" { "When" } th scope="col" { "Subject" } th scope="col" { "Words" } } }
            tbody {
                @for (kind, own) in &own {
                    tr {
                        td { a href={ "/admin/letters/" (kind.name) } { (kind.when) } }
                        td dir="auto" { (own.as_ref().map_or_else(|| kind.usual().subject, |own| own.subject.clone())) }
                        td { @if own.is_some() { span.label.ok { "Your own" } } @else { "The usual ones" } }
                    }
                }
            }
        } }
    };
    Ok(html(draw(&town.frame(&viewer, &caller), &viewer, Place::Letters, "Letters", &body)))
}

async fn edit(State(town): State<Town>, caller: Caller, Path(name): Path<String>) -> Result {
    let kind = named(&name)?;
    let (viewer, own) = town
        .read(&caller, move |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            Ok(letters::of(tx, kind.name)?)
        })
        .await?;
    let body = page(&town, &viewer, &kind, own.as_ref().unwrap_or(&kind.usual()), own.is_some(), &Problems::default());
    Ok(html(draw(&town.frame(&viewer, &caller), &viewer, Place::Letters, "A letter", &body)))
}

async fn update(State(town): State<Town>, caller: Caller, Path(name): Path<String>, form: Form) -> Result {
    let kind = named(&name)?;
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    let mut problems = Problems::default();
    let usual = form.text("do") == "usual";
    let own = if usual { kind.usual() } else { kind.parse(&form, &mut problems) };
    let show = |own: &Own, problems: &Problems| {
        let body = page(&town, &viewer, &kind, own, true, problems);
        draw(&town.frame(&viewer, &caller), &viewer, Place::Letters, "A letter", &body)
    };
    if !problems.is_empty() {
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, show(&own, &problems)));
    }
    match form.text("do") {
        "preview" => return Ok(html(show(&own, &problems))),
        "test" => return test(&town, &caller, &viewer, &kind, own).await,
        _ => {}
    }
    let (now, kept) = (town.now(), (!usual && own != kind.usual()).then_some(own));
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        match &kept {
            Some(own) => letters::save(tx, kind.name, own, now)?,
            None => letters::forget(tx, kind.name)?,
        }
        let what = if kept.is_some() { "Changed the words of a letter" } else { "Went back to the usual words of a letter" };
        Ok(Entry::new("letters.changed", format!("{what}: {}", kind.when)).by(tx, viewer, now)?)
    })
    .await?;
    Ok(see_other(&format!("/admin/letters/{name}?done=saved")))
}

/// Mails the letter as it stands in the form to whoever asks; nothing is kept.
async fn test(town: &Town, caller: &Caller, viewer: &Viewer, kind: &Kind, own: Own) -> Result {
    let me = viewer.must_be_member()?.id;
    town.limits.reset_name.by(&("test letter", me))?;
    let letter = sample(town, viewer, kind, &own);
    let now = town.now();
    town.write(caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        let account = accounts::by_id(tx, me)?.ok_or(Error::NotFound)?;
        let Some(email) = &account.email else {
            return Err(Error::Conflict("Your account has no e-mail address that a letter could go to. Add one in your settings.".into()));
        };
        post_mail(tx, &account.name, email, letter.clone(), now)
    })
    .await?;
    town.wake();
    let body = page(town, viewer, kind, &own, true, &Problems::default());
    let body = html! { p.flash role="status" { "A test letter is on its way to you. Nothing is saved yet." } (body) };
    Ok(html(draw(&town.frame(viewer, caller), viewer, Place::Letters, "A letter", &body)))
}

/// The letter as somebody might get it.
fn sample(town: &Town, viewer: &Viewer, kind: &Kind, own: &Own) -> (String, String) {
    let (name, handle) = viewer.me.as_ref().map_or(("Rosa", "rosa"), |me| (me.name.as_str(), me.handle.as_str()));
    let (site, link) = (town.site(), format!("{}/…", town.origin()));
    let day = text::times::dateline(town.now(), &town.zone());
    let values = [
        ("site", site.name.as_str()),
        ("name", name),
        ("handle", handle),
        ("link", &link),
        ("origin", town.origin()),
        ("day", &day),
        ("until", &day),
        ("level", "Member"),
        ("count", "3 posts wait"),
        ("posts", "- Somebody: (the beginning of a post stands here)"),
        ("what", "two-step sign-in was turned on"),
        ("why", "(the reason stands here)"),
        ("said", "\n\nIt said:\n\n(the words of the post stand here)"),
    ];
    kind.written(Some(own), &values)
}

fn page(town: &Town, viewer: &Viewer, kind: &Kind, own: &Own, changed: bool, problems: &Problems) -> Markup {
    let (subject, text) = sample(town, viewer, kind, own);
    let names: Vec<String> = kind.placeholders.iter().map(|name| format!("{{{name}}}")).collect();
    let hint = format!("Of placeholders, {} can stand here.", names.join(", "));
    html! {
        (kit::problems(problems))
        p { strong { (kind.when) } ". " a href="/admin/letters" { "All letters" } }
        // Some of its buttons answer with a page and no redirect, which Turbo would not show.
        form.form.narrow #letter method="post" action={ "/admin/letters/" (kind.name) } data-turbo="false" {
            (Field::line("subject", "Subject").value(&own.subject).hint(&hint).required().max(MAX_SUBJECT).problem(problems))
            (Field::area("intro", "Beginning", 5).value(&own.intro).hint("After the greeting. The same placeholders can stand here.").required().max(MAX_INTRO).problem(problems))
            p.actions {
                button.button.primary { "Save" }
                button.button name="do" value="preview" { "Look at it" }
                button.button name="do" value="test" { "Send it to me" }
                @if changed { button.button.quiet name="do" value="usual" formnovalidate { "Back to the usual words" } }
            }
        }
        section.panel {
            h2 { "What arrives" }
            p { strong dir="auto" { (subject) } }
            pre.letter dir="auto" { (text) }
        }
    }
}
