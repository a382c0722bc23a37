//! Badges on the desk: what there are, who has them, giving and taking.

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use http::StatusCode;
use maud::{Markup, html};
use people::{
    AccountId, Caller, Permission, Town, Viewer,
    accounts::{self, Standing},
    badges::{self, Badge, BadgeId, COLOURS, Held, ICONS, Looks, MAX_MEANING, MAX_NAME, MOST},
    decisions::Entry,
    town::SITE,
};
use serde::Deserialize;
use web::{
    Error, Form, Problems, Result, html, html_with,
    kit::{self, Field, Size, icon},
    see_other,
};

use super::frame::{Place, draw};

/// People on one page.
const PAGE: u32 = 50;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/badges", get(list))
        .route("/admin/badges/new", get(new).post(create))
        .route("/admin/badges/{id}", get(show).post(update))
        .route("/admin/badges/{id}/position", post(reorder))
        .route("/admin/badges/{id}/removal", post(remove))
        .route("/admin/badges/{id}/holders", post(give))
        .route("/admin/badges/{id}/holders/{account}/removal", post(take))
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &Markup) -> Markup {
    draw(&town.frame(viewer, caller), viewer, Place::Badges, title, body)
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, all) = town
        .read(&caller, |tx, viewer| {
            viewer.must(Permission::GiveBadges)?;
            Ok(badges::all(tx)?)
        })
        .await?;
    let manages = viewer.may(Permission::ManageSite);
    let body = html! {
        div.desk-head {
            p { "Marks beside the names of people, on their page and on what they say in the square. They allow nothing." }
            @if manages { a.button.primary href="/admin/badges/new" { (icon("plus")) "Make a badge" } }
        }
        @if all.is_empty() { (kit::empty("No badges", "Such as “Verified resident”.", None)) }
        ul.list {
            @for (at, badge) in all.iter().enumerate() {
                li.desk-head {
                    p { a href={ "/admin/badges/" (badge.id) } { (badge.looks.whole()) } " " span.meta dir="auto" { (badge.looks.meaning) } }
                    @if manages && at > 0 {
                        form method="post" action={ "/admin/badges/" (badge.id) "/position" } {
                            button.button.small.quiet { (icon("arrow-up")) span.visually-hidden { "Move “" (badge.looks.name) "” up" } }
                        }
                    }
                }
            }
        }
    };
    Ok(html(page(&town, &viewer, &caller, "Badges", &body)))
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    let body = form("/admin/badges/new", &Form::from_pairs([("icon", ICONS[0]), ("colour", COLOURS[0].0)]), &Problems::default());
    Ok(html(page(&town, &viewer, &caller, "Make a badge", &body)))
}

async fn create(State(town): State<Town>, caller: Caller, sent: Form) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    let mut problems = Problems::default();
    let looks = Looks::parse(&sent, &mut problems);
    let written = match problems.or(()) {
        Err(problems) => Err(Error::Invalid(problems)),
        Ok(()) => {
            let now = town.now();
            town.write(&caller, move |tx, viewer| {
                viewer.must(Permission::ManageSite)?;
                if badges::all(tx)?.len() >= MOST {
                    return Err(Error::invalid("name", format!("{MOST} badges are more than anybody tells apart. Remove one first.")));
                }
                let id = badges::insert(tx, &looks, now).map_err(taken)?;
                Entry::new("badges.changed", format!("Made the badge “{}”", looks.name)).by(tx, viewer, now)?;
                Ok(id)
            })
            .await
        }
    };
    match written {
        Ok((_, id)) => Ok(see_other(&format!("/admin/badges/{id}?done=saved"))),
        Err(Error::Invalid(problems)) => {
            let body = form("/admin/badges/new", &sent, &problems);
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &viewer, &caller, "Make a badge", &body)))
        }
        Err(error) => Err(error),
    }
}

fn taken(error: db::Error) -> Error {
    if error.violates("badges.name_key") { Error::invalid("name", "There is a badge of this name. Choose another.") } else { error.into() }
}

#[derive(Deserialize)]
struct Asked {
    before: Option<AccountId>,
}

async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<BadgeId>, Query(Asked { before }): Query<Asked>) -> Result {
    Ok(html(one(&town, &caller, id, before, None, &Problems::default()).await?))
}

/// The page of one badge; with a form that could not be taken, if there is one.
async fn one(
    town: &Town,
    caller: &Caller,
    id: BadgeId,
    before: Option<AccountId>,
    sent: Option<&Form>,
    problems: &Problems,
) -> Result<Markup> {
    let (viewer, (badge, mut held)) = town
        .read(caller, move |tx, viewer| {
            viewer.must(Permission::GiveBadges)?;
            Ok((badges::find(tx, id)?.ok_or(Error::NotFound)?, badges::holders(tx, id, before, PAGE + 1)?))
        })
        .await?;
    let more = held.len() > PAGE as usize;
    held.truncate(PAGE as usize);
    let older = held.last().filter(|_| more).map(|last| format!("/admin/badges/{id}?before={}", last.author.id));
    let newer = before.map(|_| format!("/admin/badges/{id}"));
    let (now, zone) = (town.now(), town.zone());
    let looks = &badge.looks;
    let typed = sent.filter(|form| form.get("name").is_some());
    let body = html! {
        (kit::problems(problems))
        p { (looks.whole()) " " span dir="auto" { (looks.meaning) } }
        section.panel {
            h2 { "Give it to somebody" }
            form.form.narrow #give method="post" action={ "/admin/badges/" (id) "/holders" } {
                (Field::line("handle", "Handle").value(sent.map_or("", |form| form.text("handle"))).hint("Such as @rosa.").required().max(60).autocomplete("off").problem(problems))
                p.actions { button.button.primary { "Give the badge" } }
            }
        }
        section.panel {
            h2 { "Who has it" }
            @if held.is_empty() { p { "Nobody yet." } }
            ul.list { @for one in &held { (holder(one, &badge, now, &zone)) } }
            (kit::pager(newer.as_deref(), older.as_deref()))
        }
        @if viewer.may(Permission::ManageSite) {
            section.panel {
                h2 { "What it is" }
                (fields(&format!("/admin/badges/{id}"), typed.unwrap_or(&as_typed(looks)), problems))
                form method="post" action={ "/admin/badges/" (id) "/removal" } {
                    p { "Removed, it is gone from everybody who has it." }
                    p.actions { button.button.danger { "Remove the badge" } }
                }
            }
        }
    };
    Ok(page(town, &viewer, caller, &looks.name, &body))
}

fn holder(held: &Held, badge: &Badge, now: i64, zone: &jiff::tz::TimeZone) -> Markup {
    let author = &held.author;
    html! {
        li.desk-head {
            p.person { (author.avatar(Size::Small)) span { a href=(author.address()) { bdi { (author.name) } } " @" (author.handle) br; span.meta { "since " (text::times::markup(held.since, now, zone)) } } }
            form method="post" action={ "/admin/badges/" (badge.id) "/holders/" (author.id) "/removal" } {
                button.button.small.quiet { "Take it back" span.visually-hidden { " from " (author.name) } }
            }
        }
    }
}

async fn update(State(town): State<Town>, caller: Caller, Path(id): Path<BadgeId>, sent: Form) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    let mut problems = Problems::default();
    let looks = Looks::parse(&sent, &mut problems);
    let written = match problems.or(()) {
        Err(problems) => Err(Error::Invalid(problems)),
        Ok(()) => {
            let now = town.now();
            town.write(&caller, move |tx, viewer| {
                viewer.must(Permission::ManageSite)?;
                badges::find(tx, id)?.ok_or(Error::NotFound)?;
                badges::change(tx, id, &looks).map_err(taken)?;
                Ok(Entry::new("badges.changed", format!("Changed the badge “{}”", looks.name)).by(tx, viewer, now)?)
            })
            .await
        }
    };
    answer(&town, &caller, id, written.map(drop), &sent).await
}

/// Badges stand wherever their holders do.
async fn answer(town: &Town, caller: &Caller, id: BadgeId, done: Result<()>, sent: &Form) -> Result {
    match done {
        Ok(()) => {
            town.pages.changed(&[SITE]);
            Ok(see_other(&format!("/admin/badges/{id}?done=saved")))
        }
        Err(Error::Invalid(problems)) => {
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, one(town, caller, id, None, Some(sent), &problems).await?))
        }
        Err(error) => Err(error),
    }
}

async fn reorder(State(town): State<Town>, caller: Caller, Path(id): Path<BadgeId>) -> Result {
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        badges::swap(tx, id)?;
        Ok(Entry::new("badges.changed", "Changed the order of badges").by(tx, viewer, now)?)
    })
    .await?;
    town.pages.changed(&[SITE]);
    Ok(see_other("/admin/badges?done=saved"))
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<BadgeId>) -> Result {
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        let badge = badges::find(tx, id)?.ok_or(Error::NotFound)?;
        badges::remove(tx, id)?;
        Ok(Entry::new("badges.changed", format!("Removed the badge “{}”", badge.looks.name)).by(tx, viewer, now)?)
    })
    .await?;
    town.pages.changed(&[SITE]);
    Ok(see_other("/admin/badges?done=saved"))
}

async fn give(State(town): State<Town>, caller: Caller, Path(id): Path<BadgeId>, sent: Form) -> Result {
    let (handle, now) = (sent.text("handle").trim().trim_start_matches('@').to_owned(), town.now());
    let written = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must(Permission::GiveBadges)?.id;
            let badge = badges::find(tx, id)?.ok_or(Error::NotFound)?;
            let account = accounts::by_handle(tx, &handle)?.filter(|account| account.standing == Standing::Member);
            let account = account
                .ok_or_else(|| Error::invalid("handle", "No member has this handle. Look for it on their page, under their name."))?;
            if badges::give(tx, account.id, id, Some(me), now)? {
                Entry::new("badge.given", format!("Gave the badge “{}”", badge.looks.name)).about(account.id).by(tx, viewer, now)?;
            }
            Ok(())
        })
        .await;
    answer(&town, &caller, id, written.map(drop), &sent).await
}

async fn take(State(town): State<Town>, caller: Caller, Path((id, account)): Path<(BadgeId, AccountId)>) -> Result {
    let now = town.now();
    let written = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::GiveBadges)?;
            let badge = badges::find(tx, id)?.ok_or(Error::NotFound)?;
            if badges::take(tx, account, id)? {
                Entry::new("badge.taken", format!("Took back the badge “{}”", badge.looks.name)).about(account).by(tx, viewer, now)?;
            }
            Ok(())
        })
        .await;
    answer(&town, &caller, id, written.map(drop), &Form::default()).await
}

fn as_typed(looks: &Looks) -> Form {
    Form::from_pairs(
        [("name", &looks.name), ("meaning", &looks.meaning), ("icon", &looks.icon), ("colour", &looks.colour)]
            .map(|(name, value)| (name, value.clone())),
    )
}

fn form(action: &str, typed: &Form, problems: &Problems) -> Markup {
    html! { (kit::problems(problems)) (fields(action, typed, problems)) }
}

fn fields(action: &str, typed: &Form, problems: &Problems) -> Markup {
    let colours = COLOURS.map(|(name, words)| (name.to_owned(), words.to_owned()));
    html! {
        form.form.narrow #badge method="post" action=(action) {
            (Field::line("name", "Name").value(typed.text("name")).required().max(MAX_NAME).problem(problems))
            (Field::line("meaning", "What it says of whoever has it").value(typed.text("meaning")).required().max(MAX_MEANING).problem(problems))
            fieldset.field-group id="icon" tabindex="-1" {
                legend { "Icon" }
                @if let Some(problem) = problems.of("icon") { p.error { (icon("triangle-alert")) (problem) } }
                div.swatches {
                    @for name in ICONS {
                        label.check { input type="radio" name="icon" value=(name) checked[name == typed.text("icon")]; (icon(name)) span { (name.replace('-', " ")) } }
                    }
                }
            }
            (Field::choice("colour", "Colour", colours).value(typed.text("colour")).problem(problems))
            p.actions { button.button.primary { "Save" } a.button href="/admin/badges" { "All badges" } }
        }
    }
}
