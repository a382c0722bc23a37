//! Where a review is written and changed: whole without a script.

use maud::{Markup, html};
use web::{
    Form, Frame, Problems,
    kit::{self, Field, icon},
};

use super::narrow;
use crate::reviews::{
    Content,
    criteria::Criterion,
    review::{MAX_BODY, MAX_POINT, MAX_TITLE, MOST_STARS},
    store::Head,
};

/// What a number of stars means.
const MEANING: [&str; 5] = ["poor", "weak", "fair", "good", "excellent"];

/// The form; `old` says that it changes a review that is there.
pub(in crate::reviews) fn page(frame: &Frame, head: &Head, (typed, problems): (&Form, &Problems), old: bool) -> Markup {
    let about = &head.about;
    let list = format!("/posts/{}/reviews", about.id);
    let inner = html! {
        p { "Of " a.link href=(about.address) dir="auto" { (about.title) } }
        (kit::problems(problems))
        @if head.watched { p.review-waits { (icon("shield")) " Reviews of this are looked at before they appear." } }
        form.form.review-form method="post" action={ "/posts/" (about.id) "/review" } {
            @if problems.of("sure").is_some() || typed.ticked("sure") { input type="hidden" name="sure" value="1"; }
            (choice("stars", "How good is it?", typed.text("stars"), problems.of("stars"), true))
            @if !head.criteria.is_empty() {
                fieldset.review-criteria {
                    legend { "And in particular " span.optional { "(optional)" } }
                    @for criterion in &head.criteria { (one(criterion, typed)) }
                }
            }
            (recommend(typed.text("recommend"), problems.of("recommend")))
            (Field::line("title", "In one line").value(typed.text("title")).required().max(MAX_TITLE).autocomplete("off").problem(problems))
            (Field::line("pros", "What speaks for it").value(typed.text("pros")).max(MAX_POINT).autocomplete("off").problem(problems))
            (Field::line("cons", "What speaks against it").value(typed.text("cons")).max(MAX_POINT).autocomplete("off").problem(problems))
            (Field::area("body", "Your review", 8).value(typed.text("body")).problem(problems)
                .hint(format!("At most {} characters, or nothing at all.{}", text::grouped(MAX_BODY as i64), if old { " What it said before stays readable in its history." } else { "" })))
            p.actions id="sure" { button.button.primary { @if old { "Save" } @else { "Post your review" } } a.button.quiet href=(list) { "Cancel" } }
        }
    };
    narrow(frame, if old { "Change your review" } else { "Write a review" }, &inner)
}

fn one(criterion: &Criterion, typed: &Form) -> Markup {
    let field = criterion.field();
    choice(&field, &criterion.words, typed.text(&field), None, false)
}

/// One to five stars: a group of radio buttons, whose stars fill up to the chosen one.
fn choice(name: &str, legend: &str, chosen: &str, problem: Option<&str>, required: bool) -> Markup {
    let problem_id = format!("{name}-problem");
    html! {
        fieldset.star-choice id=(name) aria-describedby=[problem.map(|_| &problem_id)] {
            legend dir="auto" { (legend) }
            @if let Some(words) = problem { p.error id=(problem_id) { (icon("triangle-alert")) (words) } }
            div.star-row {
                @for (given, meaning) in (1..=MOST_STARS).zip(MEANING) {
                    @let value = given.to_string();
                    label title=(meaning) {
                        input type="radio" name=(name) value=(value) checked[value == chosen] required[required];
                        (icon("star"))
                        span.visually-hidden { (text::count(given, "star", "stars")) ", " (meaning) }
                    }
                }
            }
        }
    }
}

fn recommend(chosen: &str, problem: Option<&str>) -> Markup {
    html! {
        fieldset.field-group #recommend aria-describedby=[problem.map(|_| "recommend-problem")] {
            legend { "Do you recommend it?" }
            @if let Some(words) = problem { p.error id="recommend-problem" { (icon("triangle-alert")) (words) } }
            div.recommend-row {
                @for (value, words) in [("yes", "Yes"), ("no", "No")] {
                    label.check { input type="radio" name="recommend" value=(value) checked[value == chosen] required; (words) }
                }
            }
        }
    }
}

/// What a review says, as its form has it.
pub(in crate::reviews) fn as_typed(content: &Content) -> Form {
    let recommend = if content.recommends { "yes" } else { "no" };
    let fields = [
        ("stars".to_owned(), content.stars.to_string()),
        ("recommend".to_owned(), recommend.to_owned()),
        ("title".to_owned(), content.title.clone()),
        ("pros".to_owned(), content.pros.clone()),
        ("cons".to_owned(), content.cons.clone()),
        ("body".to_owned(), content.body.clone()),
    ];
    let rated = content.ratings.iter().map(|rating| (format!("criterion-{}", rating.criterion), rating.stars.to_string()));
    Form::from_pairs(fields.into_iter().chain(rated))
}
