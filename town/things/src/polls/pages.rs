//! A poll on a page, and the fields by which one is asked.

use maud::{Markup, html};
use web::{
    Form, Problems,
    kit::{Field, icon},
};

use super::{
    Choice, Poll,
    poll::{FIELDS, LASTS, MAX_CHOICE, USUAL},
};
use crate::stories::show::Now;

/// A poll: a form for a member who may vote, the choices for a guest, else how the votes stand. `back` is the page it stands on.
pub fn show(poll: &Poll, member: bool, back: &str, now: &Now) -> Markup {
    html! {
        div.poll-box id={ "poll-" (poll.id) } {
            @if poll.shows_results(now.ms) { (results(poll)) }
            @else if member { (ballot(poll, back)) }
            @else { ul.poll { @for choice in &poll.choices { li { span dir="auto" { (choice.words) } } } } }
            p.meta { (standing(poll, member, now)) }
        }
    }
}

fn results(poll: &Poll) -> Markup {
    html! {
        ul.poll {
            @for choice in &poll.choices {
                li.mine[choice.mine] {
                    // A bar without a style of its own, which no page may carry.
                    svg.bar viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" { rect width=(poll.percent(choice)) height="1" {} }
                    span dir="auto" { (choice.words) @if choice.mine { " " (icon("check")) span.visually-hidden { " (your vote)" } } }
                    " " (share(poll, choice))
                }
            }
        }
    }
}

fn share(poll: &Poll, choice: &Choice) -> Markup {
    html! { b { (poll.percent(choice)) "%" span.visually-hidden { ", " (text::count(choice.votes, "vote", "votes")) } } }
}

fn ballot(poll: &Poll, back: &str) -> Markup {
    let kind = if poll.several { "checkbox" } else { "radio" };
    html! {
        form method="post" action={ "/polls/" (poll.id) "/ballot" } {
            input type="hidden" name="back" value=(back);
            fieldset.poll-choices {
                legend.visually-hidden { @if poll.several { "Choose one or more" } @else { "Choose one" } }
                @for (place, choice) in poll.choices.iter().enumerate() {
                    label.check { input type=(kind) name="choice" value=(place) required[!poll.several]; span dir="auto" { (choice.words) } }
                }
            }
            button.button.small { "Vote" }
        }
    }
}

fn standing(poll: &Poll, member: bool, now: &Now) -> Markup {
    let closed = poll.is_closed(now.ms);
    html! {
        span data-votes=(poll.id) { (text::count(poll.ballots, "vote", "votes")) } " · "
        @if closed { "closed" } @else { "closes " (text::times::markup(poll.closes_at, now.ms, &now.zone)) }
        @if poll.several && !closed { " · you may choose several" }
        @if !member && !closed { " · " a href="/sign-in" { "Sign in to vote" } }
    }
}

/// The fields that [`super::Asked::parse`] reads, within another form.
pub fn fields(form: Option<&Form>, problems: &Problems) -> Markup {
    let typed: Vec<&str> = form.map(|form| form.all("poll_choice").collect()).unwrap_or_default();
    let hours = form.and_then(|form| form.get("poll_hours")).map_or_else(|| USUAL.to_string(), ToOwned::to_owned);
    html! {
        fieldset.field.poll-asked id="poll_choice" {
            legend { "Choices" }
            @if let Some(words) = problems.of("poll_choice") { p.error { (icon("triangle-alert")) (words) } }
            @for place in 0..FIELDS.max(typed.len()) {
                @let id = format!("poll-choice-{}", place + 1);
                label.visually-hidden for=(id) { "Choice " (place + 1) }
                input type="text" id=(id) name="poll_choice" value=(typed.get(place).copied().unwrap_or_default()) maxlength=(MAX_CHOICE)
                    placeholder={ "Choice " (place + 1) @if place > 1 { " (optional)" } } dir="auto" autocomplete="off";
            }
        }
        (Field::choice("poll_hours", "Open for", LASTS.map(|(hours, words)| (hours.to_string(), words.to_owned()))).value(&hours))
        label.check { input type="checkbox" name="poll_several" value="1" checked[form.is_some_and(|form| form.ticked("poll_several"))]; "Several answers may be chosen" }
        p.hint { "A poll stands as you ask it: it cannot be changed later." }
    }
}
