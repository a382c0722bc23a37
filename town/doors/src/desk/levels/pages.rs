//! The markup of levels.

use maud::{Markup, html};
use people::{
    Permission, Viewer,
    levels::{GUEST, Level, Levels, Limit, MAX_TITLE, TOP},
};
use web::{
    Form, Problems,
    kit::{self, Field, icon},
};

use super::table::{box_name, field_name, is_kept, may_change, may_limit};

/// Everybody but guests, who have no account, and everything in the table needs one.
fn shown(levels: &Levels) -> impl Iterator<Item = &Level> + Clone {
    levels.all().iter().filter(|level| level.name != GUEST)
}

/// The table. `typed` is what was sent, when it could not be taken.
pub(super) fn table(levels: &Levels, viewer: &Viewer, typed: Option<&Form>, problems: &Problems) -> Markup {
    html! {
        (kit::problems(problems))
        div.desk-head {
            p { "What people at each level may do, and how much of it. It holds from their next click on." }
            a.button.primary href="/admin/levels/new" { (icon("plus")) "Make a level" }
        }
        form.form #levels method="post" action="/admin/levels" {
            div.table.levels tabindex="0" role="region" aria-label="Levels and what they may do" { table {
                thead { tr {
                    th scope="col" { "May" }
                    @for level in shown(levels) { th scope="col" { (heading(level, viewer)) } }
                } }
                tbody {
                    @for permission in Permission::ALL {
                        tr {
                            th scope="row" { (permission.words()) }
                            @for level in shown(levels) { td { (tick(level, permission, viewer, typed)) } }
                        }
                    }
                }
                tbody {
                    @for limit in Limit::ALL {
                        tr {
                            th scope="row" { (limit.words()) }
                            @for level in shown(levels) { td { (most(level, limit, viewer, typed)) } }
                        }
                    }
                }
            } }
            p.hint { "Empty means no limit. What cannot be changed is either what administrators always may, or something that you may not do yourself." }
            p.actions { button.button.primary { "Save" } }
        }
    }
}

fn heading(level: &Level, viewer: &Viewer) -> Markup {
    html! { @if may_limit(viewer, level) { a href={ "/admin/levels/" (level.name) } { (level.title) } } @else { (level.title) } }
}

fn tick(level: &Level, permission: Permission, viewer: &Viewer, typed: Option<&Form>) -> Markup {
    let fixed = is_kept(level, permission) || !may_change(viewer, permission);
    let words = format!("{}: {}", level.title, permission.words());
    let name = box_name(level, permission);
    let ticked = typed.filter(|_| !fixed).map_or_else(|| level.permissions.has(permission), |form| form.ticked(&name));
    html! { input type="checkbox" name=(name) value="1" checked[ticked] disabled[fixed] aria-label=(words); }
}

fn most(level: &Level, limit: Limit, viewer: &Viewer, typed: Option<&Form>) -> Markup {
    let (name, words) = (field_name(level, limit), format!("{}: {}", level.title, limit.words()));
    let value = level.limits.of(limit).map(|most| most.to_string()).unwrap_or_default();
    let value = typed.and_then(|form| form.get(&name)).unwrap_or(&value);
    html! { input.number type="text" inputmode="numeric" size="5" maxlength="8" name=(name) value=(value) disabled[!may_limit(viewer, level)] aria-label=(words); }
}

/// A new level, which begins like another.
pub(super) fn new(levels: &Levels, viewer: &Viewer, form: &Form, problems: &Problems) -> Markup {
    let choices = shown(levels).filter(|level| may_limit(viewer, level)).map(|level| (level.name.clone(), level.title.clone()));
    html! {
        (kit::problems(problems))
        form.form.narrow method="post" action="/admin/levels/new" {
            (Field::line("title", "Name").value(form.text("title")).hint("Such as “Neighbour” or “Correspondent”.").required().max(MAX_TITLE).problem(problems))
            (Field::choice("like", "Begins like", choices).value(form.text("like"))
                .hint("It may what this level may, and stands right above it. Afterwards you change what you like.").problem(problems))
            p.actions { button.button.primary { "Make the level" } a.button href="/admin/levels" { "Cancel" } }
        }
    }
}

/// A level as its form holds it.
pub(super) fn as_typed(level: &Level, levels: &Levels) -> Form {
    let of = level.conditions.clone().unwrap_or_default();
    let below = shown(levels).filter(|other| other.rank < level.rank).last().map(|other| other.name.clone());
    let number = |number: i64| if number == 0 { String::new() } else { number.to_string() };
    Form::from_pairs([
        ("title", level.title.clone()),
        ("above", below.unwrap_or_default()),
        ("from", of.from.clone()),
        ("days", number(of.days)),
        ("posts", number(of.posts)),
        ("quiet_days", number(of.quiet_days)),
        ("email", if of.email { "1".into() } else { String::new() }),
    ])
}

/// One level.
pub(super) fn one(level: &Level, levels: &Levels, form: &Form, problems: &Problems) -> Markup {
    let others = || shown(levels).filter(|other| other.name != level.name && other.name != TOP);
    let choices = |first: &str| {
        std::iter::once((String::new(), first.to_owned()))
            .chain(others().map(|other| (other.name.clone(), other.title.clone())))
            .collect::<Vec<_>>()
    };
    html! {
        (kit::problems(problems))
        form.form.narrow #level method="post" action={ "/admin/levels/" (level.name) } {
            (Field::line("title", "Name").value(form.text("title")).required().max(MAX_TITLE).problem(problems))
            @if level.name != TOP {
                (Field::choice("above", "Stands right above", choices("Leave it where it is")).value(form.text("above"))
                    .hint("Only the order in lists: what a level may do is in the table.").problem(problems))
            }
            @if level.may_come_by_itself() { (conditions(form, problems, choices("Nobody: somebody gives it by hand"))) }
            @else { p { "This level is given by hand: whoever manages people or the site is chosen by somebody." } }
            p.actions { button.button.primary { "Save" } a.button href="/admin/levels" { "To the table" } }
        }
        @if !level.is_fixed() && level.name != levels.of_newcomers() {
            section.panel {
                h2 { "Remove it" }
                p { "Its people come to another level, which you choose." }
                p.actions { a.button href={ "/admin/levels/" (level.name) "/removal" } { "Remove this level…" } }
            }
        } @else if level.name == levels.of_newcomers() { p.hint { "Whoever joins comes to this level." } }
    }
}

fn conditions(form: &Form, problems: &Problems, choices: Vec<(String, String)>) -> Markup {
    html! {
        fieldset.field-group {
            legend { "Coming to it by good standing" }
            (Field::choice("from", "Who comes to it by themselves", choices).value(form.text("from"))
                .hint("People of this level come here on the day on which they meet all of the following. They get a letter.").problem(problems))
            (Field::input("number", "days", "Days since they joined").value(form.text("days")).problem(problems))
            (Field::input("number", "posts", "Posts that others can read").value(form.text("posts")).problem(problems))
            (Field::input("number", "quiet_days", "Days in which nothing of theirs was taken down").value(form.text("quiet_days"))
                .hint("And in which they were not suspended.").problem(problems))
            label.check { input type="checkbox" name="email" value="1" checked[form.ticked("email")]; span { "Their e-mail address is confirmed" } }
        }
    }
}

/// Removing a level.
pub(super) fn removal(level: &Level, levels: &Levels, viewer: &Viewer, problems: &Problems) -> Markup {
    let choices = shown(levels)
        .filter(|other| other.name != level.name && may_limit(viewer, other))
        .map(|other| (other.name.clone(), other.title.clone()));
    html! {
        (kit::problems(problems))
        form.form.narrow method="post" action={ "/admin/levels/" (level.name) "/removal" } {
            p { "What people wrote stays. From their next click on they may what their new level may." }
            (Field::choice("to", "Its people come to", choices).value(levels.of_newcomers()).problem(problems))
            p.actions { button.button.danger { "Remove the level" } a.button href={ "/admin/levels/" (level.name) } { "Keep it" } }
        }
    }
}
