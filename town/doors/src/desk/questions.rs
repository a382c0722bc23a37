//! Questions on the desk: what the site asks of its members, by what they are here as.

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use http::StatusCode;
use maud::{Markup, html};
use people::{
    Caller, Permission, Town, Viewer,
    decisions::Entry,
    questions::{self, Asked, Kind, MAX_WORDS, MOST, Profile, Question, QuestionId},
    town::SITE,
};
use web::{
    Error, Form, Problems, Result, html, html_with,
    kit::{self, Field, icon},
    see_other,
};

use super::frame::{Place, draw};

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/questions", get(list))
        .route("/admin/questions/new", get(new).post(create))
        .route("/admin/questions/{id}", get(edit).post(update))
        .route("/admin/questions/{id}/position", post(reorder))
        .route("/admin/questions/{id}/removal", post(remove))
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &Markup) -> Markup {
    draw(&town.frame(viewer, caller), viewer, Place::Questions, title, body)
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, all) = town
        .read(&caller, |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            Ok(questions::all(tx)?)
        })
        .await?;
    Ok(html(page(&town, &viewer, &caller, "Questions", &listed(&all))))
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    let body = form("/admin/questions/new", None, &Form::from_pairs([("profile", "resident"), ("kind", "text")]), &Problems::default());
    Ok(html(page(&town, &viewer, &caller, "Ask something", &body)))
}

async fn edit(State(town): State<Town>, caller: Caller, Path(id): Path<QuestionId>) -> Result {
    let (viewer, question) = town
        .read(&caller, move |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            questions::find(tx, id)?.ok_or(Error::NotFound)
        })
        .await?;
    let body = form(&format!("/admin/questions/{id}"), Some(id), &as_typed(&question.asked), &Problems::default());
    Ok(html(page(&town, &viewer, &caller, "A question", &body)))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    save(&town, &caller, None, &form).await
}

async fn update(State(town): State<Town>, caller: Caller, Path(id): Path<QuestionId>, form: Form) -> Result {
    save(&town, &caller, Some(id), &form).await
}

async fn save(town: &Town, caller: &Caller, id: Option<QuestionId>, sent: &Form) -> Result {
    let viewer = town.viewer(caller).await?;
    viewer.must(Permission::ManageSite)?;
    let mut problems = Problems::default();
    let asked = Asked::parse(sent, &mut problems);
    let written = match problems.or(()) {
        Err(problems) => Err(Error::Invalid(problems)),
        Ok(()) => {
            let now = town.now();
            town.write(caller, move |tx, viewer| {
                viewer.must(Permission::ManageSite)?;
                match id {
                    Some(id) => {
                        questions::find(tx, id)?.ok_or(Error::NotFound)?;
                        questions::change(tx, id, &asked)?;
                    }
                    None if questions::all(tx)?.len() >= MOST => {
                        return Err(Error::invalid("words", format!("{MOST} questions are all that anybody answers. Remove one first.")));
                    }
                    None => drop(questions::insert(tx, &asked, now)?),
                }
                let what = if id.is_some() { "Changed" } else { "Added" };
                Ok(Entry::new("questions.changed", format!("{what} the question “{}”", asked.words)).by(tx, viewer, now)?)
            })
            .await
        }
    };
    match written {
        Ok(_) => {
            // It stands on the pages of all who answered it.
            town.pages.changed(&[SITE]);
            Ok(see_other("/admin/questions?done=saved"))
        }
        Err(Error::Invalid(problems)) => {
            let action = id.map_or_else(|| "/admin/questions/new".to_owned(), |id| format!("/admin/questions/{id}"));
            let body = form(&action, id, sent, &problems);
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(town, &viewer, caller, "A question", &body)))
        }
        Err(error) => Err(error),
    }
}

async fn reorder(State(town): State<Town>, caller: Caller, Path(id): Path<QuestionId>) -> Result {
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        questions::swap(tx, id)?;
        Ok(Entry::new("questions.changed", "Changed the order of questions").by(tx, viewer, now)?)
    })
    .await?;
    town.pages.changed(&[SITE]);
    Ok(see_other("/admin/questions?done=saved"))
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<QuestionId>) -> Result {
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        let question = questions::find(tx, id)?.ok_or(Error::NotFound)?;
        questions::remove(tx, id)?;
        Ok(Entry::new("questions.changed", format!("Removed the question “{}” and its answers", question.asked.words))
            .by(tx, viewer, now)?)
    })
    .await?;
    town.pages.changed(&[SITE]);
    Ok(see_other("/admin/questions?done=saved"))
}

fn as_typed(asked: &Asked) -> Form {
    let mut pairs = vec![
        ("words", asked.words.clone()),
        ("kind", asked.kind.name().to_owned()),
        ("choices", asked.choices.join("\n")),
        ("required", if asked.required { "1".into() } else { String::new() }),
    ];
    pairs.extend(asked.profiles.iter().map(|profile| ("profile", profile.name().to_owned())));
    Form::from_pairs(pairs)
}

fn listed(all: &[Question]) -> Markup {
    html! {
        div.desk-head {
            p { "What members are asked under “About you” in their settings. Each chooses who sees each answer." }
            a.button.primary href="/admin/questions/new" { (icon("plus")) "Ask something" }
        }
        @if all.is_empty() { (kit::empty("Nothing is asked yet", "Such as “Which part of town?” of residents, or “Opening hours” of businesses.", None)) }
        @else {
            div.table tabindex="0" role="region" aria-label="Questions" { table {
                thead { tr { th scope="col" { "Question" } th scope="col" { "Answer" } th scope="col" { "Of whom" } th scope="col" { "Order" } } }
                tbody { @for (at, question) in all.iter().enumerate() { (row(question, at > 0)) } }
            } }
        }
    }
}

fn row(question: &Question, moves: bool) -> Markup {
    let asked = &question.asked;
    let profiles: Vec<&str> = asked.profiles.iter().map(|profile| profile.words()).collect();
    html! {
        tr {
            td { a href={ "/admin/questions/" (question.id) } dir="auto" { (asked.words) } @if asked.required { " " span.label { "Must be answered" } } }
            td { (asked.kind.words()) }
            td { (profiles.join(", ")) }
            td {
                @if moves {
                    form method="post" action={ "/admin/questions/" (question.id) "/position" } {
                        button.button.small.quiet { (icon("arrow-up")) span.visually-hidden { "Move “" (asked.words) "” up" } }
                    }
                }
            }
        }
    }
}

fn form(action: &str, id: Option<QuestionId>, typed: &Form, problems: &Problems) -> Markup {
    let kinds = Kind::ALL.map(|kind| (kind.name().to_owned(), kind.words().to_owned()));
    html! {
        (kit::problems(problems))
        form.form.narrow #question method="post" action=(action) {
            (Field::line("words", "Question").value(typed.text("words")).hint("Such as “Which part of town?”.").required().max(MAX_WORDS).problem(problems))
            (Field::choice("kind", "What an answer is", kinds).value(typed.text("kind")).problem(problems))
            (Field::area("choices", "Choices", 5).value(typed.text("choices")).hint("One a line, where one of several is chosen.").problem(problems))
            fieldset.field-group id="profile" tabindex="-1" {
                legend { "Of whom it is asked" }
                @if let Some(problem) = problems.of("profile") { p.error { (icon("triangle-alert")) (problem) } }
                @for profile in Profile::ALL {
                    label.check { input type="checkbox" name="profile" value=(profile.name()) checked[typed.all("profile").any(|name| name == profile.name())]; span { (profile.words()) } }
                }
            }
            label.check { input type="checkbox" name="required" value="1" checked[typed.ticked("required")]; span { "Must be answered" span.hint { "Whenever somebody saves the form. Nobody is kept out for lack of an answer." } } }
            p.actions { button.button.primary { "Save" } a.button href="/admin/questions" { "Cancel" } }
        }
        @if let Some(id) = id {
            form.panel method="post" action={ "/admin/questions/" (id) "/removal" } {
                h2 { "Remove it" }
                p { "The answers go with it, for good." }
                p.actions { button.button.danger { "Remove the question and its answers" } }
            }
        }
    }
}
