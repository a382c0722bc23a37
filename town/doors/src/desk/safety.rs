//! Safety on the desk: the page for those at risk, and from which age on members are no minors.

use axum::{Router, extract::State, routing::get};
use http::StatusCode;
use maud::{Markup, html};
use people::{
    Caller, Permission, Town,
    decisions::Entry,
    safety::{MAX_HELP, Settings, USUAL, YEARS},
};
use web::{
    Form, Problems, Result, html, html_with,
    kit::{self, Field},
    see_other,
};

use super::frame::{Place, draw};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/safety", get(edit).post(update))
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, set) = town
        .read(&caller, |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            Ok(Settings::load(tx)?)
        })
        .await?;
    let help = if set.help.is_empty() { USUAL } else { &set.help };
    let under = if set.minors_under == 0 { String::new() } else { set.minors_under.to_string() };
    let form = Form::from_pairs([("help", help), ("minors_under", &under)]);
    Ok(html(draw(&town.frame(&viewer, &caller), &viewer, Place::Safety, "Safety", &page(&form, &Problems::default()))))
}

fn parse(form: &Form, problems: &mut Problems) -> Settings {
    let help = form.text("help").trim();
    if help.chars().count() > MAX_HELP {
        problems.add("help", format!("Use at most {MAX_HELP} characters."));
    }
    let typed = form.text("minors_under").trim();
    let under = if typed.is_empty() { Some(0) } else { typed.parse().ok().filter(|years| YEARS.contains(years)) };
    if under.is_none() {
        problems.add("minors_under", format!("Write a number from {} to {}, or leave it empty to ask nobody.", YEARS.start(), YEARS.end()));
    }
    // The usual words, unchanged, are none of one's own.
    let help = if help == USUAL.trim() { String::new() } else { help.to_owned() };
    Settings { help, minors_under: under.unwrap_or_default() }
}

async fn update(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::ManageSite).map(|_| ())).await?;
    let mut problems = Problems::default();
    let set = parse(&form, &mut problems);
    if !problems.is_empty() {
        let page = draw(&town.frame(&viewer, &caller), &viewer, Place::Safety, "Safety", &page(&form, &problems));
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        Entry::new("safety.changed", "Changed the page for those at risk, or who is a minor").by(tx, viewer, now)?;
        Ok(set.save(tx, now)?)
    })
    .await?;
    town.reload().await?;
    Ok(see_other("/admin/safety?done=saved"))
}

fn page(form: &Form, problems: &Problems) -> Markup {
    html! {
        (kit::problems(problems))
        form.form.narrow method="post" action="/admin/safety" {
            (Field::area("help", "Help and safety", 18).value(form.text("help")).max(MAX_HELP).problem(problems)
                .hint(html! { "The page for those at risk, in Markdown: the emergency number of your country, shelters and crisis lines near you. " a href="/help" { "See it" } ". Empty it for the usual words." }))
            (Field::line("minors_under", "Members younger than this are minors").value(form.text("minors_under")).max(2).problem(problems)
                .hint("Years, such as 16. Then the form of joining asks for the year of birth, and minors are looked after: guests and search engines see nothing of them, nobody finds them by name or has them suggested, only friends of friends may ask to be their friend, grown-ups reach them by naming them only where they follow them, sensitive pictures are not shown to them. Empty: nobody is asked. It asks nobody who is here already."))
            p.actions { button.button.primary { "Save" } }
        }
    }
}
