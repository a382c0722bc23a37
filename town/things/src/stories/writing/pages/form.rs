//! The form that holds a story. Without a script it is whole; with one, the body becomes an editor.
//!
//! No field has a `maxlength`: browsers cut a pasted text at it without a word. What is too long is said after saving.

use maud::{Markup, PreEscaped, Render as _, html};
use people::{
    pictures::{self, Place, Shown},
    site::Licence,
    uploads::{Family, Tray},
};
use web::{
    Problems,
    kit::{Field, icon},
};

use super::edit::Desk;
use crate::stories::{DraftState, Work};

/// How wide the picture is shown in the form.
const ASIDE: Place = Place { sizes: "(min-width: 60rem) 19rem, 100vw", first: false };
const DATE: &str = "In the site’s time. Leave it empty for the moment of publishing; a time to come schedules the story.";

pub(super) fn form(desk: &Desk, problems: &Problems) -> Markup {
    let text = |name: &str| desk.form.text(name);
    html! {
        form.write.with-aside id="story" method="post" action={ "/stories/" (desk.draft.story) "/draft" } enctype="multipart/form-data" {
            input type="hidden" name="base" value=(desk.base);
            // The first button of a form is what the Enter key presses: it must never publish.
            button.visually-hidden name="do" value="save" tabindex="-1" aria-hidden="true" { "Save" }
            div.write-main {
                (Field::area("headline", "Headline", 1).value(text("headline")).problem(problems))
                (Field::area("standfirst", "Standfirst", 2).value(text("standfirst")).hint("One or two sentences that say why to read on.").problem(problems))
                (body(desk, problems))
                (Field::area("sources", "Sources", 3).value(text("sources")).hint("One a line, as: Title | https://example.org").problem(problems))
            }
            div.write-aside {
                (about(desk, problems))
                (picture(desk, problems))
                (Field::input("datetime-local", "published_at", "Date").value(text("published_at")).hint(DATE).problem(problems))
                (Field::choice("licence", "Licence", Licence::choices("The site’s")).value(text("licence")).hint("Under which terms others may use it.").problem(problems))
                @if desk.address.is_some() { (correction(desk, problems)) }
            }
            (bar(desk))
        }
    }
}

fn body(desk: &Desk, problems: &Problems) -> Markup {
    let problem = problems.of("body");
    let described = if problem.is_some() { "body-hint body-problem" } else { "body-hint" };
    html! {
        div class={ "field field-body" @if problem.is_some() { " wrong" } } {
            label for="body" { "Story" }
            p.hint id="body-hint" { "Plain text, or Markdown: ## heading, **bold**, *italic*, [words](https://address), > quotation, - list." }
            @if let Some(words) = problem { p.error id="body-problem" { (icon("triangle-alert")) (words) } }
            template data-body { (PreEscaped(&desk.body_html)) }
            textarea id="body" name="body" rows="20" aria-describedby=(described) aria-invalid=[problem.map(|_| "true")] dir="auto" { "\n" (desk.form.text("body")) }
        }
    }
}

fn about(desk: &Desk, problems: &Problems) -> Markup {
    let text = |name: &str| desk.form.text(name);
    let works = Work::ALL.map(|work| (work.name().to_owned(), work.words().to_owned()));
    let nowhere = [(String::new(), "Choose a section".to_owned())];
    html! {
        (Field::choice("section", "Section", nowhere.into_iter().chain(desk.choices.iter().cloned())).value(text("section")).problem(problems))
        (Field::choice("work", "Type of work", works).value(text("work")).hint("So that nobody takes opinion for news.").problem(problems))
        (Field::choice("language", "Language", languages(desk)).value(text("language")).hint("For reading aloud, hyphens, and search.").problem(problems))
        (Field::line("topics", "Topics").value(text("topics")).hint("Separated by commas.").problem(problems))
        (Field::line("place", "Place").value(text("place")).hint("Where it happened.").problem(problems))
        (Field::line("coauthors", "Co-authors").value(text("coauthors")).hint("Handles such as @ana_duarte, separated by commas. They can write on this story, too.").problem(problems))
    }
}

/// What was found stands beside the words, so that its author sees whether there is anything to choose.
fn languages(desk: &Desk) -> Vec<(String, String)> {
    let found = desk.language.map_or_else(|| "Found by itself".to_owned(), |name| format!("Found by itself: {name}"));
    let all = text::language::all().map(|(tag, name)| (tag.to_owned(), name.to_owned()));
    std::iter::once((String::new(), found)).chain(all).collect()
}

fn picture(desk: &Desk, problems: &Problems) -> Markup {
    let text = |name: &str| desk.form.text(name);
    let kept = Some(text("picture_id")).filter(|key| pictures::key_in(&pictures::address(key)).is_some());
    let focus = desk.lead.as_ref().filter(|_| desk.focusable).map(|lead| format!("{} {}", lead.focus.x, lead.focus.y));
    let label = if kept.is_some() { "Another picture" } else { "Picture" };
    let tray = Tray { id: "picture", label, takes: &[Family::Picture], many: false, problem: problems.of("picture") };
    html! {
        fieldset.lead-picture {
            legend { "Picture above the story" }
            input type="hidden" name="picture_id" value=[kept];
            div.lead-kept hidden[kept.is_none()] data-key=[kept] data-focus=[focus] {
                @if let Some(lead) = &desk.lead { (Shown::of(lead, text("picture_alt")).markup(ASIDE)) }
                label.check { input type="checkbox" name="without_picture" value="1" checked[desk.form.ticked("without_picture")]; " Remove this picture" }
            }
            (tray.within("picture", "picture_id"))
            (Field::line("picture_alt", "What it shows, in words").value(text("picture_alt")).hint("For people who cannot see it.").problem(problems))
            (Field::line("picture_caption", "Caption").value(text("picture_caption")).problem(problems))
            (Field::line("picture_credit", "Credit").value(text("picture_credit")).hint("Who made it.").problem(problems))
        }
    }
}

fn correction(desk: &Desk, problems: &Problems) -> Markup {
    let hint = "Only if something was wrong: a public note of what, shown on the story and among the corrections.";
    Field::area("correction", "Correction", 2).value(desk.form.text("correction")).hint(hint).problem(problems).render()
}

/// Every button saves first. Which there are depends on who looks and how far the story is.
fn bar(desk: &Desk) -> Markup {
    let story = desk.draft.story;
    let publication = format!("/stories/{story}/publication");
    let publish = if desk.address.is_some() { "Update" } else { "Publish" };
    html! {
        div.write-bar {
            p.save-state role="status" data-save-state {}
            button.button name="do" value="save" { "Save" }
            button.button.quiet name="do" value="preview" { (icon("eye")) "Preview" }
            @if desk.access.publish {
                button.button name="do" value="schedule" formaction=(publication) { (icon("clock")) "Schedule" }
                button.button.primary name="do" value="publish" formaction=(publication) { (publish) }
            } @else if desk.draft.state != DraftState::Submitted {
                button.button.primary name="do" value="submit" formaction={ "/stories/" (story) "/submission" } { (icon("send")) "Submit for review" }
            }
        }
    }
}
