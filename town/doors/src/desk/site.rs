//! The site's own page on the desk: its name, its place, its rules.

use axum::{Router, extract::State, routing::get};
use http::StatusCode;
use maud::{Markup, html};
use people::{
    Caller, Permission, Town,
    decisions::Entry,
    looks::{self, Looks, MAX_CONTACT},
    site::{self, LANGUAGES, Licence, Site},
};
use web::{
    Form, Problems, Result, html, html_with,
    kit::{self, Field},
    see_other,
};

use super::frame::{Place, draw};
use crate::syndication::Robots;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/site", get(edit).post(update))
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, robots) = town
        .read(&caller, |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            Ok(Robots::load(tx)?)
        })
        .await?;
    let body = page(&as_typed(&town.site(), &robots.words(town.origin()), &town.looks().contact), &Problems::default());
    Ok(html(draw(&town.frame(&viewer, &caller), &viewer, Place::Site, "Site", &body)))
}

async fn update(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::ManageSite).map(|_| ())).await?;
    let mut problems = Problems::default();
    let site = Site::parse(&form, &mut problems);
    let robots = Robots::parse(&form, town.origin(), &mut problems);
    let contact = Looks::parse_contact(form.text("contact")).unwrap_or_else(|words| {
        problems.add("contact", words);
        String::new()
    });
    if !problems.is_empty() {
        let page = draw(&town.frame(&viewer, &caller), &viewer, Place::Site, "Site", &page(&form, &problems));
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        robots.save(tx)?;
        looks::save_contact(tx, &contact)?;
        Entry::new("site.changed", "Changed the site’s name, place, time or rules").by(tx, viewer, now)?;
        Ok(site::save(tx, &site, now)?)
    })
    .await?;
    town.reload().await?;
    Ok(see_other("/admin/site?done=saved"))
}

fn as_typed(site: &Site, robots: &str, contact: &str) -> Form {
    Form::from_pairs([
        ("name", site.name.as_str()),
        ("tagline", &site.tagline),
        ("sentence", &site.sentence),
        ("place", &site.place),
        ("time_zone", &site.time_zone),
        ("language", &site.language),
        ("review_required", if site.review_required { "1" } else { "" }),
        ("licence", site.licence.map_or("", Licence::name)),
        ("hub", &site.hub),
        ("robots", robots),
        ("contact", contact),
    ])
}

fn page(form: &Form, problems: &Problems) -> Markup {
    html! {
        (kit::problems(problems))
        form.form.narrow method="post" action="/admin/site" {
            (site_fields(form, problems))
            (Field::line("contact", "Where to write to").value(form.text("contact"))
                .hint("An e-mail or web address of the people who run the site, in the footer of every page.").max(MAX_CONTACT).problem(problems))
            label.check {
                input type="checkbox" name="review_required" value="1" checked[form.ticked("review_required")];
                span { "Editors read every story before it is published" span.hint { "Authors then hand their stories in instead of publishing them." } }
            }
            (Field::choice("licence", "Licence", Licence::choices("Say nothing")).value(form.text("licence"))
                .hint("Under which terms others may use the stories. A story may have a licence of its own.").problem(problems))
            (Field::input("url", "hub", "Hub").value(form.text("hub"))
                .hint("A WebSub hub, told of every change, tells subscribers of the feeds within seconds. Leave it empty for none.").problem(problems))
            (Field::area("robots", "What search engines may read (robots.txt)", 7).value(form.text("robots"))
                .hint("One rule a line, such as Disallow: /path. Leave it empty for the usual rules.").max(20_000).problem(problems))
            p.actions { button.button.primary { "Save" } }
        }
    }
}

/// The fields that setup and this page share.
pub(crate) fn site_fields(form: &Form, problems: &Problems) -> Markup {
    let languages = LANGUAGES.map(|(tag, name)| (tag.to_owned(), name.to_owned()));
    let language = form.get("language").unwrap_or("en");
    html! {
        (Field::line("name", "Name").value(form.text("name")).hint("The nameplate on every page.").required().max(80).problem(problems))
        (Field::line("tagline", "Tagline").value(form.text("tagline")).hint("A few words beside the name.").max(160).problem(problems))
        (Field::area("sentence", "Sentence in the footer", 3).value(form.text("sentence")).hint("What this site is and who stands behind it, on every page.").max(600).problem(problems))
        (Field::line("place", "Place").value(form.text("place")).hint("The town or region it is about.").max(80).problem(problems))
        (Field::line("time_zone", "Time zone").value(form.text("time_zone")).hint("Such as America/Los_Angeles: every time on the site is told in it.")
            .required().max(80).suggestions("time-zones").problem(problems))
        datalist id="time-zones" { @for zone in zones() { option value=(zone) {} } }
        (Field::choice("language", "Language", languages).value(language).required().problem(problems))
    }
}

/// Names that people look for: places, without the abbreviations and offsets that the table also holds.
fn zones() -> Vec<String> {
    let all = jiff::tz::db().available().map(|name| name.to_string());
    let mut zones: Vec<String> = all.filter(|name| name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("posix")).collect();
    zones.push("UTC".into());
    zones.sort_unstable();
    zones
}
