//! The addresses by which a member answers.

use axum::{Router, extract::State, routing::get};
use http::StatusCode;
use web::{Error, Form, Problems, Result, Tag, html, html_with, see_other};

use super::{
    Profile,
    settings::{About, page},
    store,
};
use crate::{Caller, Town, connections::ShownTo};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/settings/about", get(edit).post(update))
}

async fn draw(town: &Town, caller: &Caller, form: Option<&Form>, problems: &Problems) -> Result<maud::Markup> {
    let (viewer, (profile, questions, answers)) = town
        .read(caller, |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            Ok((store::profile_of(tx, me)?, store::all(tx)?, store::answers_of(tx, me)?))
        })
        .await?;
    let of = About { profile, questions: &questions, answers: &answers, form };
    Ok(page(&town.frame(&viewer, caller), &of, problems))
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    Ok(html(draw(&town, &caller, None, &Problems::default()).await?))
}

async fn update(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (form, now) = (std::sync::Arc::new(form), town.now());
    let sent = std::sync::Arc::clone(&form);
    let written = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            let here = store::profile_of(tx, me)?;
            let profile = Profile::named(sent.text("profile")).unwrap_or(here);
            if profile == Profile::Official && here != Profile::Official {
                return Err(Error::Forbidden("The people who run this site say who is here as an official. Ask them.".into()));
            }
            let mut problems = Problems::default();
            // Another profile is asked other things: those come with the next form.
            for question in store::all(tx)?.iter().filter(|question| question.asked.profiles.contains(&here)) {
                let Some(typed) = sent.get(&format!("answer-{}", question.id)) else { continue };
                match question.asked.answer(typed) {
                    Ok(value) => {
                        let shown_to = ShownTo::named(sent.text(&format!("shown-{}", question.id))).unwrap_or(ShownTo::OnlyMe);
                        store::put_answer(tx, me, question.id, &value, shown_to, now)?;
                    }
                    Err(words) => problems.add("profile", words),
                }
            }
            problems.or(())?;
            Ok(store::set_profile(tx, me, profile, now)?)
        })
        .await;
    match written {
        Ok((viewer, ())) => {
            town.pages.changed(&[Tag("account", viewer.must_be_member()?.id.get())]);
            Ok(see_other("/settings/about?done=saved"))
        }
        Err(Error::Invalid(problems)) => {
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, draw(&town, &caller, Some(&form), &problems).await?))
        }
        Err(error) => Err(error),
    }
}
