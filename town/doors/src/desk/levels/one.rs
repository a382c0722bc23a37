//! One level: its title and place, how somebody comes to it, removing it; and making a new one.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use db::Tx;
use http::StatusCode;
use people::{
    Caller, Permission, Town, Viewer,
    decisions::Entry,
    levels::{self, Conditions, GUEST, Level, Levels, MAX_TITLE, MOST, TOP},
};
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::{pages, table};
use crate::desk::frame::{Place, draw};

/// Members moved in one unit of the writer.
const AT_ONCE: u32 = 1_000;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/levels/new", get(new).post(create))
        .route("/admin/levels/{name}", get(edit).post(update))
        .route("/admin/levels/{name}/removal", get(ask).post(remove))
}

/// A level that the viewer may change: one that may no more than they.
fn changeable<'l>(viewer: &Viewer, levels: &'l Levels, name: &str) -> Result<&'l Level, Error> {
    viewer.must(Permission::ManagePeople)?;
    let level = levels.named(name).filter(|level| level.name != GUEST).ok_or(Error::NotFound)?;
    if table::may_limit(viewer, level) {
        return Ok(level);
    }
    Err(Error::Forbidden("This level may do more than yours, so only somebody of that level can change it.".into()))
}

async fn viewer(town: &Town, caller: &Caller) -> Result<Viewer> {
    let viewer = town.viewer(caller).await?;
    viewer.must(Permission::ManagePeople)?;
    Ok(viewer)
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &maud::Markup) -> maud::Markup {
    draw(&town.frame(viewer, caller), viewer, Place::Levels, title, body)
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = viewer(&town, &caller).await?;
    let form = Form::from_pairs([("like", "member")]);
    Ok(html(page(&town, &viewer, &caller, "A new level", &pages::new(&town.levels(), &viewer, &form, &Problems::default()))))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let form = std::sync::Arc::new(form);
    let (sent, now) = (std::sync::Arc::clone(&form), town.now());
    let written = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            let levels = levels::all(tx)?;
            let mut problems = Problems::default();
            let title = title(&levels, &sent, None, &mut problems);
            let like = levels.named(sent.text("like")).filter(|like| like.name != GUEST && table::may_limit(viewer, like));
            if like.is_none() {
                problems.add("like", "Choose one of the levels in the list.");
            }
            if levels.all().len() >= MOST {
                problems.add("title", format!("There are {MOST} levels, which is all the table has room for. Remove one first."));
            }
            let Some(like) = like.filter(|_| problems.is_empty()) else { return Err(problems.into()) };
            let name = free_name(&levels, &title);
            levels::add(tx, &name, &title, like.rank)?;
            let granted: Vec<Permission> = Permission::ALL
                .into_iter()
                .filter(|permission| like.permissions.has(*permission) && !levels::KEPT.contains(permission))
                .collect();
            levels::grant(tx, &name, &granted)?;
            levels::limit(tx, &name, like.limits)?;
            place(tx, &name, &like.name)?;
            Entry::new("levels.made", format!("Made the level “{title}”, like “{}”", like.title)).by(tx, viewer, now)?;
            Ok(name)
        })
        .await;
    match written {
        Ok((_, name)) => {
            town.reload().await?;
            Ok(see_other(&format!("/admin/levels/{name}?done=saved")))
        }
        Err(Error::Invalid(problems)) => {
            let viewer = viewer(&town, &caller).await?;
            let body = pages::new(&town.levels(), &viewer, &form, &problems);
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &viewer, &caller, "A new level", &body)))
        }
        Err(error) => Err(error),
    }
}

/// The title that was typed, which no other level has.
fn title(levels: &Levels, form: &Form, own: Option<&str>, problems: &mut Problems) -> String {
    let title = text::clean_line(form.text("title"));
    let known = |level: &&Level| Some(level.name.as_str()) != own && text::fold(&level.title) == text::fold(&title);
    if title.is_empty() {
        problems.add("title", "Give the level a name.");
    } else if title.chars().count() > MAX_TITLE {
        problems.add("title", format!("Use at most {MAX_TITLE} characters for the name."));
    } else if levels.all().iter().any(|level| known(&level)) {
        problems.add("title", "There is a level of this name. Choose another.");
    }
    title
}

/// A name for tables that no level has: its title in plain letters.
fn free_name(levels: &Levels, title: &str) -> String {
    let slug: String = text::slug(title).chars().take(MAX_TITLE).collect();
    let slug = if slug.is_empty() || slug == "new" { "level".to_owned() } else { slug };
    let free = |name: &String| levels.named(name).is_none();
    std::iter::once(slug.clone()).chain((2..).map(|number| format!("{slug}-{number}"))).find(free).unwrap_or(slug)
}

/// Puts a level right above another, and numbers all of them anew.
fn place(tx: &mut Tx, name: &str, below: &str) -> Result<(), db::Error> {
    let levels = levels::all(tx)?;
    let mut order: Vec<&Level> = levels.all().iter().filter(|level| level.name != name).collect();
    let Some(level) = levels.named(name) else { return Ok(()) };
    let at = order.iter().position(|level| level.name == below).map_or(order.len(), |at| at + 1);
    order.insert(at, level);
    for (rank, level) in order.into_iter().enumerate() {
        let rank = i64::try_from(rank).unwrap_or_default() * 10;
        levels::save(tx, &level.name, &level.title, rank, level.conditions.as_ref())?;
    }
    Ok(())
}

async fn edit(State(town): State<Town>, caller: Caller, Path(name): Path<String>) -> Result {
    let (viewer, levels) = (viewer(&town, &caller).await?, town.levels());
    let level = changeable(&viewer, &levels, &name)?;
    let form = pages::as_typed(level, &levels);
    Ok(html(page(&town, &viewer, &caller, &level.title, &pages::one(level, &levels, &form, &Problems::default()))))
}

async fn update(State(town): State<Town>, caller: Caller, Path(name): Path<String>, form: Form) -> Result {
    let form = std::sync::Arc::new(form);
    let (sent, now, wanted) = (std::sync::Arc::clone(&form), town.now(), name.clone());
    let written = town
        .write(&caller, move |tx, viewer| {
            let levels = levels::all(tx)?;
            let level = changeable(viewer, &levels, &wanted)?;
            let mut problems = Problems::default();
            let title = title(&levels, &sent, Some(&level.name), &mut problems);
            let conditions = Conditions::parse(&sent, &mut problems);
            let below = levels.named(sent.text("above")).filter(|below| below.name != level.name && below.name != TOP);
            let above = below.map_or(level.rank, |below| below.rank + 1);
            check(&levels, level, above, conditions.as_ref(), &mut problems);
            problems.or(())?;
            levels::save(tx, &level.name, &title, level.rank, conditions.as_ref())?;
            if let Some(below) = below.filter(|_| level.name != TOP) {
                place(tx, &level.name, &below.name)?;
            }
            let how = conditions.map_or_else(|| "given by hand".to_owned(), |of| format!("comes after “{}” by good standing", of.from));
            Ok(Entry::new("levels.changed", format!("Changed the level “{title}”: {how}")).by(tx, viewer, now)?)
        })
        .await;
    match written {
        Ok(_) => {
            town.reload().await?;
            Ok(see_other(&format!("/admin/levels/{name}?done=saved")))
        }
        Err(Error::Invalid(problems)) => {
            let (viewer, levels) = (viewer(&town, &caller).await?, town.levels());
            let level = changeable(&viewer, &levels, &name)?;
            let body = pages::one(level, &levels, &form, &problems);
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &viewer, &caller, &level.title, &body)))
        }
        Err(error) => Err(error),
    }
}

/// Who comes by themselves comes from below (`rank` is where the level is to stand), and not to where one could give oneself anything.
fn check(levels: &Levels, level: &Level, rank: i64, conditions: Option<&Conditions>, problems: &mut Problems) {
    let Some(conditions) = conditions else { return };
    let from = levels.named(&conditions.from).filter(|from| ![GUEST, &level.name].contains(&from.name.as_str()));
    if !level.may_come_by_itself() {
        problems.add("from", "Whoever manages people or the site is chosen by somebody: nobody comes to this level by themselves.");
    } else if from.is_none_or(|from| from.rank >= rank) {
        problems.add("from", "Choose a level below this one.");
    }
}

async fn ask(State(town): State<Town>, caller: Caller, Path(name): Path<String>) -> Result {
    let (viewer, levels) = (viewer(&town, &caller).await?, town.levels());
    let level = removable(&viewer, &levels, &name)?;
    let body = pages::removal(level, &levels, &viewer, &Problems::default());
    Ok(html(page(&town, &viewer, &caller, &format!("Remove “{}”?", level.title), &body)))
}

fn removable<'l>(viewer: &Viewer, levels: &'l Levels, name: &str) -> Result<&'l Level, Error> {
    let level = changeable(viewer, levels, name)?;
    if level.is_fixed() {
        return Err(Error::Forbidden("The program itself needs this level. You can rename it and change what it may do.".into()));
    }
    if level.name == levels.of_newcomers() {
        return Err(Error::Forbidden(
            "Whoever joins comes to this level, so it stays. You can rename it and change what it may do.".into(),
        ));
    }
    Ok(level)
}

async fn remove(State(town): State<Town>, caller: Caller, Path(name): Path<String>, form: Form) -> Result {
    let (viewer, levels) = (viewer(&town, &caller).await?, town.levels());
    let level = removable(&viewer, &levels, &name)?;
    let to = levels.named(form.text("to")).filter(|to| ![GUEST, &level.name].contains(&to.name.as_str()) && table::may_limit(&viewer, to));
    let Some(to) = to else {
        let mut problems = Problems::default();
        problems.add("to", "Choose the level that its people come to.");
        let body = pages::removal(level, &levels, &viewer, &problems);
        let page = page(&town, &viewer, &caller, &format!("Remove “{}”?", level.title), &body);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    };
    let now = town.now();
    loop {
        let (from, to) = (level.name.clone(), to.name.clone());
        let moved = town.write(&caller, move |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            let moved = levels::move_members(tx, &from, &to, now, AT_ONCE)?;
            crate::desk::somebody_manages(tx, "to")?;
            Ok(moved)
        });
        if moved.await?.1.len() < AT_ONCE as usize {
            break;
        }
    }
    let (gone, words) = (level.name.clone(), format!("Removed the level “{}”; its people are now “{}”", level.title, to.title));
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManagePeople)?;
        if !levels::remove(tx, &gone)? {
            return Err(Error::Conflict("Somebody came to this level meanwhile. Please remove it once more.".into()));
        }
        Ok(Entry::new("levels.removed", words.clone()).by(tx, viewer, now)?)
    })
    .await?;
    town.reload().await?;
    Ok(see_other("/admin/levels?done=saved"))
}
