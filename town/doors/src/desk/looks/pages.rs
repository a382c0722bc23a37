//! The markup of looks.

use maud::{Markup, html};
use people::{
    looks::{Colour, Colours, Looks, MAX_LABEL, MAX_LINKS, Mark, Menu, Own, Theme},
    pictures,
};
use web::{
    Form, Problems,
    kit::{self, icon},
    layout::Who,
};

/// Colours, logo and icon. `form` holds colours that could not be taken.
pub(super) fn looks(looks: &Looks, name: &str, form: Option<&Form>, problems: &Problems) -> Markup {
    html! {
        (kit::problems(problems))
        section.panel {
            h2 { "Colours" }
            p { "Everything that is to be read keeps a contrast of 4.5:1, on light and on dark paper. A colour that does not is not taken." }
            form.form #colours method="post" action="/admin/looks" {
                div.colours { @for (colour, field) in looks.colours.in_force().into_iter().zip(Colours::FIELDS) { (colour_field(colour, field, form, problems)) } }
                p.actions {
                    button.button.primary { "Save the colours" }
                    @if looks.colours.is_own() { button.button name="do" value="usual" { "Back to the usual ones" } }
                }
            }
        }
        (picture("logo", "Logo", looks.logo.as_ref(), &format!("In place of the name “{name}” on every page. Wide rather than high; with a transparent ground it suits both themes."), problems))
        (picture("icon", "Icon", looks.icon.as_ref(), "A square of at least 180 pixels: in the browser’s tabs, in feeds, on home screens, and wherever else stories are shown.", problems))
    }
}

fn colour_field(colour: Colour, (name, label, theme): (&'static str, &str, Theme), form: Option<&Form>, problems: &Problems) -> Markup {
    let typed = form.and_then(|form| form.text(name).parse::<Colour>().ok()).unwrap_or(colour);
    let papers = theme.papers().map(|paper| paper.to_string()).join(" ");
    let wash = if theme == Theme::Light { "7" } else { "12" };
    let described = format!("{name}-ratio{}", if problems.of(name).is_some() { format!(" {name}-problem") } else { String::new() });
    html! {
        contrast-check data-papers=(papers) data-wash=(wash) {
            div class={ "field colour-field " (if theme == Theme::Light { "on-light" } else { "on-dark" }) @if problems.of(name).is_some() { " wrong" } } {
                label for=(name) { (label) }
                @if let Some(problem) = problems.of(name) { p.error id={ (name) "-problem" } { (icon("triangle-alert")) (problem) } }
                div.row {
                    input type="color" id=(name) name=(name) value=(typed) aria-describedby=(described);
                    output id={ (name) "-ratio" } for=(name) { "Contrast " (Colour::ratio(typed.readability(theme))) }
                }
            }
        }
    }
}

fn picture(role: &'static str, heading: &str, mark: Option<&Mark>, hint: &str, problems: &Problems) -> Markup {
    let here = format!("/admin/looks/{role}");
    html! {
        section.panel {
            h2 { (heading) }
            @if let Some(mark) = mark {
                p.mark { img src=(pictures::address(&mark.key)) alt={ "The " (role) " of now" } width=(mark.width) height=(mark.height); }
            }
            form.form.narrow method="post" action=(here) enctype="multipart/form-data" {
                (kit::Field::input("file", role, "Picture").hint(hint).problem(problems))
                p.actions { button.button { (icon("upload")) "Upload the " (role) } }
            }
            @if mark.is_some() { form method="post" action={ (here) "/removal" } { p.actions { button.button.quiet { "Take the " (role) " away" } } } }
        }
    }
}

/// Both menus. `sent` is a form that could not be taken.
pub(super) fn menus(of: &[(Menu, &[Own]); 2], sent: Option<(Menu, &Form)>, problems: &Problems) -> Markup {
    html! {
        (kit::problems(problems))
        p { "A row without label and address is taken away. Numbers say in which order links stand." }
        @for (menu, links) in of { (menu_form(*menu, links, sent.filter(|(of, _)| of == menu).map(|(_, form)| form))) }
    }
}

fn menu_form(menu: Menu, links: &[Own], sent: Option<&Form>) -> Markup {
    let (heading, words) = match menu {
        Menu::Bar => ("The bar", "After the sections and the town square."),
        Menu::Footer => ("The footer", "Links under the same heading stand together."),
    };
    let rows = (links.len() + 3).min(MAX_LINKS);
    let rows = sent
        .map_or(rows, |form| (0..MAX_LINKS + 5).rev().find(|row| form.get(&format!("label-{row}")).is_some()).map_or(rows, |row| row + 1));
    html! {
        section.panel id=(menu.name()) {
            h2 { (heading) }
            p { (words) }
            form.form method="post" action={ "/admin/menus/" (menu.name()) } {
                div.table tabindex="0" role="region" aria-label=(heading) { table.menu-rows {
                    thead { tr {
                        th scope="col" { "Place" }
                        @if menu == Menu::Footer { th scope="col" { "Heading" } }
                        th scope="col" { "Label" } th scope="col" { "Address" } th scope="col" { "Who sees it" }
                    } }
                    tbody { @for row in 0..rows { (menu_row(menu, row, links.get(row), sent)) } }
                } }
                p.actions {
                    button.button.primary { "Save" }
                    @if menu == Menu::Footer { button.button name="do" value="usual" { "Back to the usual footer" } }
                }
            }
        }
    }
}

fn menu_row(menu: Menu, row: usize, own: Option<&Own>, sent: Option<&Form>) -> Markup {
    let value = |field: &str, of: &dyn Fn(&Own) -> String| match sent {
        Some(form) => form.text(&format!("{field}-{row}")).to_owned(),
        None => own.map(of).unwrap_or_default(),
    };
    let place = sent.map_or_else(|| (row + 1).to_string(), |form| form.text(&format!("place-{row}")).to_owned());
    let who = value("who", &|own| own.who.name().to_owned());
    let line = |field: &str, words: &str, value: &str, max: usize| {
        html! { td { input type="text" name={ (field) "-" (row) } value=(value) maxlength=(max) aria-label={ (words) ", row " (row + 1) } dir="auto"; } }
    };
    html! {
        tr {
            td { input.number type="text" inputmode="numeric" size="3" maxlength="3" name={ "place-" (row) } value=(place) aria-label={ "Place, row " (row + 1) }; }
            @if menu == Menu::Footer { (line("heading", "Heading", &value("heading", &|own| own.heading.clone()), MAX_LABEL)) }
            (line("label", "Label", &value("label", &|own| own.label.clone()), MAX_LABEL))
            (line("address", "Address", &value("address", &|own| own.address.clone()), 500))
            td { select name={ "who-" (row) } aria-label={ "Who sees it, row " (row + 1) } {
                @for one in Who::ALL { option value=(one.name()) selected[one.name() == who] { (one.words()) } }
            } }
        }
    }
}
