//! Every query of a restore but those about stories, people and sections. Each answers whether its row is new.

use ::people::{
    AccountId, Permission,
    levels::{self, Conditions, Limit, Limits},
    pictures, recordings, site, uses,
};
use db::{Error, Tx, params};
use talk::posts::{Visibility, readable};

use super::Names;
use crate::{
    import_export::export::rows::{
        AddressRow, ConditionsRow, FrontRow, Gatherer, NamedRow, OriginRow, PictureRow, RecordingRow, RemarkRow, SavedRow, SiteRow,
    },
    old_addresses,
};

/// What somebody may do in the new site: as it was in the old one.
pub(super) fn levels(tx: &mut Tx, site: &SiteRow) -> Result<(), Error> {
    let rows = &site.levels;
    for level in rows {
        tx.run(
            "insert into levels (name, title, rank) values ($1, $2, $3)
             on conflict (name) do update set title = excluded.title, rank = excluded.rank",
            params![&level.name, &level.title, level.rank],
        )?;
        tx.run("delete from level_permissions where level = $1", params![&level.name])?;
        for permission in &level.permissions {
            tx.run(
                "insert into level_permissions (level, permission) values ($1, $2) on conflict (level, permission) do nothing",
                params![&level.name, permission],
            )?;
        }
        let mut limits = Limits::default();
        for (name, most) in &level.limits {
            if let Some(limit) = Limit::by_name(name) {
                limits.set(limit, Some(*most).filter(|most| *most > 0));
            }
        }
        levels::limit(tx, &level.name, limits)?;
    }
    for level in rows {
        let conditions = level.conditions.as_ref().filter(|of| rows.iter().any(|other| other.name == of.from)).map(conditions);
        levels::save(tx, &level.name, &level.title, level.rank, conditions.as_ref())?;
    }
    levels::usual(tx, &unknown(site))?;
    // Levels that the program begins with and that the old site had given up.
    let here: Vec<String> = tx.all("select name from levels", params![], |row| row.get(0))?;
    for name in here.iter().filter(|name| rows.iter().all(|level| level.name != **name)) {
        tx.run("delete from levels where name = $1 and not exists (select 1 from accounts where level = $1)", params![name])?;
    }
    Ok(())
}

fn conditions(of: &ConditionsRow) -> Conditions {
    Conditions { from: of.from.clone(), days: of.days, posts: of.posts, quiet_days: of.quiet_days, email: of.email }
}

/// Permissions that whoever wrote the export did not know: nobody has them there, and nobody meant to take them. A program that did
/// not say what it knew had those that it granted to anybody.
fn unknown(site: &SiteRow) -> Vec<Permission> {
    let granted = |permission: &Permission| site.levels.iter().any(|level| level.permissions.iter().any(|name| name == permission.name()));
    let known = |permission: &Permission| match site.permissions.as_slice() {
        [] => granted(permission),
        names => names.iter().any(|name| name == permission.name()),
    };
    Permission::ALL.into_iter().filter(|permission| !known(permission)).collect()
}

/// The site itself: from here on it is set up.
pub(super) fn site(tx: &mut Tx, row: &SiteRow) -> Result<(), Error> {
    site::bring(tx, &row.site(), &row.robots, row.created, row.updated)
}

/// A topic, or a place. One with the same key is the same, whatever its id.
pub(super) fn gathering(tx: &mut Tx, of: Gatherer, row: &NamedRow) -> Result<bool, Error> {
    let understood = match of {
        Gatherer::Topics => text::topic::parse(&row.name).map(|topic| (topic.name, topic.key)),
        Gatherer::Places => text::place::parse(&row.name).map(|place| (place.name, place.key)),
    };
    let Some((name, key)) = understood.filter(|(_, key)| *key == row.key) else { return Ok(false) };
    let there = format!("select 1 from {} where id = $1 or key = $2", of.table());
    if tx.first(&there, params![row.id, &row.key], |found| found.get::<i64>(0))?.is_some() {
        return Ok(false);
    }
    match of {
        Gatherer::Topics => {
            tx.run("insert into topics (id, name, key, created_at) values ($1, $2, $3, $4)", params![row.id, &name, &key, row.created])?
        }
        Gatherer::Places => tx.run(
            "insert into places (id, name, key, neighbours_id, created_at) values ($1, $2, $3, $4, $5)",
            params![row.id, &name, &key, db::Id::fresh(), row.created],
        )?,
    };
    Ok(true)
}

/// Whoever did something, if they are here.
pub(super) fn owner(tx: &mut Tx, owner: Option<AccountId>, names: &Names) -> Result<Option<AccountId>, Error> {
    let Some(owner) = owner.map(|owner| names.account(owner)) else { return Ok(None) };
    tx.first("select id from accounts where id = $1", params![owner], |row| row.get(0))
}

/// What people say of a picture; what they say of it here already stays.
pub(super) fn picture(tx: &mut Tx, row: &PictureRow, names: &Names, now: i64) -> Result<bool, Error> {
    let Some(largest) = Some(&row.key).filter(|key| media::is_key(key)).and_then(|key| key.split_once('-')?.1.parse::<u32>().ok()) else {
        return Ok(false);
    };
    let widths: Vec<String> = media::widths(largest).map(|width| width.to_string()).collect();
    let owner = owner(tx, row.owner, names)?;
    let words = pictures::Words { name: row.name.clone(), alt: row.alt.clone(), caption: row.caption.clone(), credit: row.credit.clone() };
    let new = tx.run(
        "insert into pictures (key, account_id, width, height, variants, colour, created_at, bytes, blur, focus_x, focus_y, name, alt,
             caption, credit, held_at, sought)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         on conflict (key) do nothing",
        params![
            &row.key,
            owner,
            row.width,
            row.height,
            format!("[{}]", widths.join(",")),
            colour(&row.colour),
            row.created,
            row.bytes,
            blur(&row.blur),
            row.focus[0].clamp(0, 100),
            row.focus[1].clamp(0, 100),
            &row.name,
            &row.alt,
            &row.caption,
            &row.credit,
            now,
            words.sought()
        ],
    )?;
    for address in &row.taken_from {
        tx.run(
            "insert into import_pictures (address, picture) values ($1, $2) on conflict (address) do nothing",
            params![address, &row.key],
        )?;
    }
    Ok(new == 1)
}

fn colour(colour: &str) -> &str {
    let sound = colour.len() == 7 && colour.starts_with('#') && colour[1..].bytes().all(|byte| byte.is_ascii_hexdigit());
    if sound { colour } else { "#888888" }
}

/// It stands on every page that shows the picture: nothing but a small picture does.
fn blur(blur: &str) -> &str {
    let sound = blur.len() <= 1_000 && blur.starts_with("data:image/") && !blur.starts_with("data:image/svg");
    if sound { blur } else { "" }
}

/// What people say of a recording; what they say of it here already stays.
pub(super) fn recording(tx: &mut Tx, row: &RecordingRow, names: &Names, now: i64) -> Result<bool, Error> {
    let Some(content_type) = media::content_type(&row.key).filter(|_| recordings::is_key(&row.key)) else { return Ok(false) };
    let owner = owner(tx, row.owner, names)?;
    let poster = match &row.poster {
        Some(poster) => tx.first("select key from pictures where key = $1", params![poster], |found| found.get::<String>(0))?,
        None => None,
    };
    let words =
        recordings::Words { name: row.name.clone(), title: row.title.clone(), caption: row.caption.clone(), credit: row.credit.clone() };
    let new = tx.run(
        "insert into recordings (key, account_id, kind, content_type, bytes, duration_ms, width, height, name, title, caption, credit,
             poster, created_at, held_at, sought)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (key) do nothing",
        params![
            &row.key,
            owner,
            if row.kind == "video" { "video" } else { "audio" },
            content_type,
            row.bytes,
            row.duration_ms,
            row.width,
            row.height,
            &row.name,
            &row.title,
            &row.caption,
            &row.credit,
            poster.as_deref(),
            row.created,
            now,
            words.sought()
        ],
    )?;
    Ok(new == 1)
}

/// An old address. What it leads to here already stays; a page is one of this site.
pub(super) fn address(tx: &mut Tx, row: &AddressRow, names: &Names) -> Result<bool, Error> {
    let numbered = row.path.starts_with("/?");
    if !numbered && old_addresses::normal(&row.path).as_deref() != Some(row.path.as_str()) {
        return Ok(false);
    }
    let target = match row.kind.as_str() {
        "account" => match row.target.parse::<AccountId>() {
            Ok(id) => names.account(id).to_string(),
            Err(_) => return Ok(false),
        },
        "page" if !row.target.starts_with('/') || row.target.starts_with("//") || row.target.contains(['\\', '\n', '\r']) => {
            return Ok(false);
        }
        "story" | "section" | "topic" | "picture" | "page" => row.target.clone(),
        _ => return Ok(false),
    };
    let new = tx.run(
        "insert into old_addresses (path, kind, target, created_at) values ($1, $2, $3, $4) on conflict (path) do nothing",
        params![&row.path, &row.kind, &target, row.created],
    )?;
    if new == 1 && row.kind == "picture" {
        uses::add(tx, uses::OLD_ADDRESSES, std::slice::from_ref(&target))?;
    }
    Ok(new == 1)
}

/// That something came in from elsewhere, so that it does not come a second time.
pub(super) fn origin(tx: &mut Tx, row: &OriginRow, names: &Names) -> Result<bool, Error> {
    let target = match (row.kind.as_str(), row.target.parse::<AccountId>()) {
        ("author", Ok(id)) => names.account(id).to_string(),
        _ => row.target.clone(),
    };
    let new = tx.run(
        "insert into imports (source, item, kind, digest, target, written, missing, imported_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (source, item) do nothing",
        params![&row.source, &row.item, &row.kind, &row.digest, &target, &row.written, row.missing, row.imported],
    )?;
    Ok(new == 1)
}

/// What a reader said elsewhere, if the story is here.
pub(super) fn remark(tx: &mut Tx, row: &RemarkRow) -> Result<bool, Error> {
    let Ok(json) = serde_json::to_string(&row.remark) else { return Ok(false) };
    if tx.first("select 1 from posts where id = $1", params![row.story], |found| found.get::<i64>(0))?.is_none() {
        return Ok(false);
    }
    let new = tx.run(
        "insert into import_comments (source, item, story_id, content, created_at) values ($1, $2, $3, $4, $5)
         on conflict (source, item) do nothing",
        params![&row.source, &row.item, row.story, &json, row.remark.at],
    )?;
    Ok(new == 1)
}

/// An arrangement of the front page, if whoever arranged it is here.
pub(super) fn front_page(tx: &mut Tx, row: &FrontRow, names: &Names) -> Result<bool, Error> {
    let Some(by) = owner(tx, Some(row.by), names)? else { return Ok(false) };
    let new = tx.run(
        "insert into front_pages (id, arrangement, account_id, created_at) values ($1, $2, $3, $4) on conflict (id) do nothing",
        params![row.id, row.arrangement.to_string(), by, row.created],
    )?;
    Ok(new == 1)
}

/// A post on somebody's list, if they can read it here.
pub(super) fn saved(tx: &mut Tx, account: AccountId, row: &SavedRow) -> Result<bool, Error> {
    let sql = format!("select 1 from posts p where p.id = $2 and p.visibility <> $3 and {}", readable(1));
    if tx.first(&sql, params![account, row.post, Visibility::OnlyMe.name()], |found| found.get::<i64>(0))?.is_none() {
        return Ok(false);
    }
    let new = tx.run(
        "insert into saved (account_id, post_id, created_at) values ($1, $2, $3) on conflict (account_id, post_id) do nothing",
        params![account, row.post, row.at],
    )?;
    Ok(new == 1)
}
