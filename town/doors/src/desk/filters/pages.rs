//! The pages of filters.

use maud::{Markup, html};
use people::prevention::{Act, Filter, Found, Kind, MAX_PATTERN, MAX_SENTENCE, MOST_POSTS, Porch, Prevention, State};
use web::{
    Form, Problems,
    kit::{self, Field, icon},
};

use super::routes::{MAX_TRIED, PATH};

/// What is tried, and what is wrong with the front porch as it was written.
pub(super) struct Typed<'a> {
    pub tried: &'a str,
    pub porch: &'a Form,
    pub problems: &'a Problems,
}

/// All filters, the front porch, and the box for trying them.
pub(super) fn list(prevention: &Prevention, typed: &Typed, manages: bool) -> Markup {
    let all = prevention.filters.all();
    html! {
        (kit::problems(typed.problems))
        div.desk-head {
            p { "What members write in the square, in comments and in reviews is looked through for these. Whoever moderates is not bound by them." }
            @if manages { a.button.primary href={ (PATH) "/new" } { (icon("plus")) "Add a filter" } }
        }
        (trial(prevention, typed.tried))
        section.panel {
            h2 { "Filters" }
            @if all.is_empty() { p.meta { "There are none: nothing that anybody writes is held, labelled or refused for its words." } }
            ul.list { @for filter in all { li { (row(filter, manages)) } } }
        }
        (porch(prevention.porch, typed, manages))
    }
}

fn row(filter: &Filter, manages: bool) -> Markup {
    html! {
        p dir="auto" {
            @if manages { a href={ (PATH) "/" (filter.id) } { (filter.pattern) } } @else { strong { (filter.pattern) } }
            @if filter.kind == Kind::Link { " " span.label { "Link" } }
        }
        p.meta dir="auto" { (filter.act.title()) @if !filter.sentence.is_empty() { ": “" (filter.sentence) "”" } }
    }
}

fn trial(prevention: &Prevention, tried: &str) -> Markup {
    html! {
        section.panel id="trial" {
            h2 { "What would happen to this text?" }
            form.form method="get" action={ (PATH) "#trial" } {
                (Field::area("text", "A text", 3).value(tried).max(MAX_TRIED).hint("Nothing is posted and nothing is kept."))
                p.actions { button.button { "Try it" } }
            }
            @if !tried.is_empty() { div role="status" { (outcome(&prevention.filters.look(tried), prevention.porch)) } }
        }
    }
}

/// What would become of a text, in the order in which it would be told.
fn outcome(found: &Found, porch: Porch) -> Markup {
    let said = |words: &str, filter: &Filter| html! { li { strong { (words) } " because of “" bdi { (filter.pattern) } "”: " bdi { (filter.words()) } } };
    let held = |filter: &Filter| html! { li { strong { "It would wait" } " to be read because of “" bdi { (filter.pattern) } "”." } };
    let porch = match porch.state {
        State::Off => None,
        State::New => Some("It would wait if its writer were new here."),
        State::All => Some("It would wait, as every post does."),
    };
    html! {
        ul {
            @if let Some(filter) = found.refuse { (said("It would be refused", filter)) }
            @else {
                @if let Some(filter) = found.nudge { (said("Its writer would be asked", filter)) }
                @if let Some(filter) = found.hold { (held(filter)) } @else if let Some(words) = porch { li { (words) } }
                @if let Some(filter) = found.label { (said("A sentence would stand over it", filter)) }
                @if found == &Found::default() { li { "No filter says anything about it." } }
            }
        }
    }
}

fn porch(now: Porch, typed: &Typed, manages: bool) -> Markup {
    let chosen = typed.porch.get("porch").unwrap_or(now.state.name());
    let posts = typed.porch.get("posts").map_or_else(|| now.posts.to_string(), ToOwned::to_owned);
    let hour = typed.porch.get("hour").map_or_else(|| now.hour.to_string(), ToOwned::to_owned);
    let hours = (0..24).map(|hour| (hour.to_string(), format!("{hour}:00")));
    html! {
        section.panel {
            h2 { "Before posts appear" }
            @if manages {
                form.form method="post" action={ (PATH) "/porch" } {
                    fieldset.choices id="porch" {
                        legend { "Which posts are read first" }
                        @for state in State::ALL {
                            label.check { input type="radio" name="porch" value=(state.name()) checked[state.name() == chosen] required; span { (state.words()) } }
                        }
                    }
                    (Field::input("number", "posts", "First posts of a new member that are read").value(&posts).required().problem(typed.problems)
                        .hint(format!("From 1 to {MOST_POSTS}. Who has so many posts that stand is new no more.")))
                    (Field::choice("hour", "The hour of the daily letter", hours).value(&hour).required().problem(typed.problems)
                        .hint("On the front porch alone, in the time zone of the site."))
                    p.actions { button.button { "Save" } }
                }
            } @else {
                p { (now.state.words()) "." }
            }
            p {
                "On the front porch nothing that members write appears before somebody has read it. What appeared goes out once a day as one letter: every "
                "member gets it who has not turned it off, with what they may read of it, and on a day without posts nobody does. Whoever wrote a post is told "
                "when it is let through or refused."
            }
            p.meta { "What waits stands " a href="/admin/queue/held" { "in the queue" } ". Whoever moderates gets a letter a day while anything does." }
        }
    }
}

/// The form of one filter; `id` of one that is there.
pub(super) fn form(action: &str, form: &Form, removable: bool, problems: &Problems) -> Markup {
    let kinds = Kind::ALL.map(|kind| (kind.name().to_owned(), kind.title().to_owned()));
    let acts = Act::ALL.map(|act| (act.name().to_owned(), act.title().to_owned()));
    html! {
        (kit::problems(problems))
        form.form.narrow method="post" action=(action) {
            (Field::choice("kind", "What it looks for", kinds).value(form.text("kind")).required().problem(problems))
            (Field::line("pattern", "Word, phrase or host").value(form.text("pattern")).required().max(MAX_PATTERN).autocomplete("off").problem(problems)
                .hint("Whole words, whatever their case and accents. A host such as example.com stands for all under it."))
            (Field::choice("act", "What becomes of the post", acts).value(form.text("act")).required().problem(problems))
            (Field::area("sentence", "The sentence", 2).value(form.text("sentence")).max(MAX_SENTENCE).problem(problems)
                .hint("What its writer is told, or what stands over the post. Empty for the usual words; a label needs one of its own."))
            p.actions { button.button.primary { "Save" } a.button.quiet href=(PATH) { "Cancel" } }
        }
        @if removable {
            form method="post" action={ (action) "/removal" } data-confirm="Remove this filter?" data-confirm-yes="Remove" {
                p.actions { button.button.danger { (icon("trash-2")) "Remove this filter" } }
            }
        }
    }
}
