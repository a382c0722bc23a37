//! Pages of the desk's sections.

use maud::{Markup, html};
use things::sections::{Colour, NewSection, Section, SectionId, Tree};
use web::{
    Form, Problems,
    kit::{self, Field, icon},
};

/// The tree, each section followed by those in it.
pub(super) fn list(tree: &Tree) -> Markup {
    html! {
        div.desk-head {
            p { "A section’s address never breaks: every slug it ever had leads to it." }
            a.button.primary href="/admin/sections/new" { (icon("plus")) "Add a section" }
        }
        @if tree.is_empty() { (kit::empty("No sections yet", "Every story stands in a section. Add the first one.", Some(("/admin/sections/new", "Add a section")))) }
        ul.sortable {
            @for (depth, section) in tree.in_order() {
                li class={ "depth-" (depth) } {
                    (swatch(section.colour))
                    span {
                        a href={ "/admin/sections/" (section.id) } { strong { (section.name) } }
                        br; span.meta { "/sections/" (section.slug) }
                    }
                    (moves(tree, section))
                }
            }
        }
    }
}

fn moves(tree: &Tree, section: &Section) -> Markup {
    let siblings: Vec<SectionId> = tree.under(section.parent).map(|sibling| sibling.id).collect();
    let (first, last) = (siblings.first() == Some(&section.id), siblings.last() == Some(&section.id));
    html! {
        form.moves method="post" action={ "/admin/sections/" (section.id) "/position" } {
            button.button.quiet name="do" value="up" disabled[first] aria-label={ "Move " (section.name) " up" } { (icon("arrow-up")) }
            button.button.quiet name="do" value="down" disabled[last] aria-label={ "Move " (section.name) " down" } { (icon("arrow-down")) }
        }
    }
}

fn swatch(colour: Colour) -> Markup {
    html! { span class={ "swatch " (colour.class()) } aria-hidden="true" {} }
}

/// Adding or changing a section.
pub(super) fn form(tree: &Tree, section: Option<&Section>, form: &Form, problems: &Problems) -> Markup {
    let action = section.map_or_else(|| "/admin/sections".to_owned(), |section| format!("/admin/sections/{}", section.id));
    html! {
        (kit::problems(problems))
        form.form.narrow method="post" action=(action) {
            (Field::line("name", "Name").value(form.text("name")).required().max(60).problem(problems))
            (Field::line("slug", "Address").value(form.text("slug")).hint("Behind /sections/. Left empty, it is made from the name.").max(80).problem(problems))
            (Field::area("description", "Description", 2).value(form.text("description")).hint("A sentence on what is in it, at the top of its page.").max(300).problem(problems))
            (Field::choice("parent", "Stands in", parents(tree, section)).value(form.text("parent")).problem(problems))
            (colours(form.text("colour"), problems))
            p.actions {
                button.button.primary { "Save" }
                a.button href="/admin/sections" { "Cancel" }
                @if let Some(section) = section { a.button href={ "/admin/reviews/criteria/" (section.id) } { "What is judged in reviews" } a.button.danger href={ "/admin/sections/" (section.id) "/removal" } { "Remove" } }
            }
        }
    }
}

fn parents(tree: &Tree, section: Option<&Section>) -> Vec<(String, String)> {
    let inside = |id: &str| section.is_some_and(|section| id.parse().is_ok_and(|id| tree.contains(section.id, id)));
    let top = (String::new(), "Nothing: at the top".to_owned());
    std::iter::once(top).chain(tree.choices().into_iter().filter(|(id, _)| !inside(id))).collect()
}

fn colours(chosen: &str, problems: &Problems) -> Markup {
    html! {
        fieldset.field-group.colour #colour {
            legend { "Colour" }
            @if let Some(problem) = problems.of("colour") { p.problem { (icon("triangle-alert")) (problem) } }
            div.swatches {
                @for colour in Colour::ALL {
                    label.check { input type="radio" name="colour" value=(colour.name()) checked[colour.name() == chosen || (chosen.is_empty() && colour == Colour::Clay)]; (swatch(colour)) (colour.name()) }
                }
            }
        }
    }
}

/// What stands in a section, as its form has it.
pub(super) fn as_typed(section: &Section) -> Form {
    Form::from_pairs([
        ("name", section.name.clone()),
        ("slug", section.slug.clone()),
        ("description", section.description.clone()),
        ("parent", section.parent.map(|parent| parent.to_string()).unwrap_or_default()),
        ("colour", section.colour.name().to_owned()),
    ])
}

/// The same section at another place.
pub(super) fn unchanged(section: &Section, position: i64) -> NewSection {
    NewSection {
        name: section.name.clone(),
        slug: section.slug.clone(),
        description: section.description.clone(),
        colour: section.colour,
        parent: section.parent,
        position,
    }
}

/// Asks who takes over before a section goes.
pub(super) fn removal(tree: &Tree, section: &Section, problems: &Problems) -> Markup {
    let others: Vec<(String, String)> =
        tree.choices().into_iter().filter(|(id, _)| id.parse().is_ok_and(|id: SectionId| !tree.contains(section.id, id))).collect();
    html! {
        (kit::problems(problems))
        @if others.is_empty() {
            p { "It is the only one. Add another section first: its stories need somewhere to stand." }
            p.actions { a.button.primary href="/admin/sections/new" { "Add a section" } }
        } @else {
            form.form.narrow method="post" action={ "/admin/sections/" (section.id) "/removal" } {
                p { "Its stories and its addresses go to another section. The sections in it move up by one." }
                (Field::choice("successor", "Takes over", others).required().problem(problems))
                p.actions { button.button.danger { "Remove the section" } a.button href={ "/admin/sections/" (section.id) } { "Keep it" } }
            }
        }
    }
}
