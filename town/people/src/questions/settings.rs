//! The form by which a member says what they are here as, and answers what the site asks.

use maud::{Markup, html};
use std::collections::HashMap;
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, icon},
};

use super::{Kind, MAX_ANSWER, Profile, Question, QuestionId};
use crate::connections::ShownTo;

/// What the form shows.
pub(super) struct About<'a> {
    pub profile: Profile,
    pub questions: &'a [Question],
    pub answers: &'a HashMap<QuestionId, (String, ShownTo)>,
    /// What was typed, when it could not be taken.
    pub form: Option<&'a Form>,
}

/// The page.
pub(super) fn page(frame: &Frame, of: &About, problems: &Problems) -> Markup {
    // Staff make somebody an official; nobody unmakes themselves by accident.
    let profiles: Vec<(String, String)> = Profile::ALL
        .into_iter()
        .filter(|profile| *profile != Profile::Official || of.profile == Profile::Official)
        .map(|profile| (profile.name().to_owned(), profile.words().to_owned()))
        .collect();
    let questions: Vec<&Question> = of.questions.iter().filter(|question| question.asked.profiles.contains(&of.profile)).collect();
    let body = html! {
        div.page { div.narrow.settings {
            h1 { "About you" }
            (kit::problems(problems))
            form.form method="post" action="/settings/about" {
                (Field::choice("profile", "You are here as", profiles).value(of.profile.name()).hint("What you are asked depends on it: save it first, if you change it."))
                @for question in &questions { (one(question, of, problems)) }
                @if questions.is_empty() { p.hint { "This site asks nothing more." } }
                p.actions { button.button.primary { "Save" } a.button href="/settings" { (icon("arrow-left")) "To your settings" } }
            }
        } }
    };
    Page::new("About you").private().current("/settings").draw(frame, &body)
}

fn one(question: &Question, of: &About, problems: &Problems) -> Markup {
    let (answer, shown) = (format!("answer-{}", question.id), format!("shown-{}", question.id));
    let kept = of.answers.get(&question.id);
    let typed = of.form.map_or_else(|| kept.map(|(value, _)| value.clone()).unwrap_or_default(), |form| form.text(&answer).to_owned());
    let to = of.form.and_then(|form| ShownTo::named(form.text(&shown))).or(kept.map(|(_, shown)| *shown)).unwrap_or_default();
    let asked = &question.asked;
    let wrong = of.form.is_some() && asked.answer(&typed).is_err() && !problems.is_empty();
    let field = match asked.kind {
        Kind::Choice => {
            let none = (String::new(), "No answer".to_owned());
            let choices = std::iter::once(none).chain(asked.choices.iter().map(|choice| (choice.clone(), choice.clone())));
            Field::choice(&answer, &asked.words, choices)
        }
        Kind::Text => Field::line(&answer, &asked.words).max(MAX_ANSWER),
        Kind::Link => Field::input("url", &answer, &asked.words).max(MAX_ANSWER),
        Kind::Number => Field::input("number", &answer, &asked.words),
    };
    let field = if asked.required { field.required() } else { field };
    let shown_to = ShownTo::ALL.into_iter().map(|shown| (shown.name().to_owned(), shown.words().to_owned()));
    let label = format!("Who sees the answer to “{}”", asked.words);
    html! {
        fieldset.field-group.fact {
            legend.visually-hidden { (asked.words) }
            (field.value(&typed))
            @if wrong { p.error { (icon("triangle-alert")) (asked.answer(&typed).err().unwrap_or_default()) } }
            (Field::choice(&shown, &label, shown_to).value(to.name()))
        }
    }
}
