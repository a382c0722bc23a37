//! Every query of a restore but those about stories, people and sections. Each answers whether its row is new.

use ::people::{AccountId, recordings};
use db::{Error, Tx, params};
use talk::posts::Visibility;

use super::Names;
use crate::{
    import_export::export::rows::{
        AddressRow, FrontRow, LevelRow, OriginRow, PictureRow, RecordingRow, RemarkRow, SavedRow, SiteRow, TopicRow,
    },
    old_addresses,
};

/// What somebody may do in the new site: as it was in the old one.
pub(super) fn levels(tx: &mut Tx, levels: &[LevelRow]) -> Result<(), Error> {
    for level in levels {
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
    }
    // Levels that the program begins with and that the old site had given up.
    let here: Vec<String> = tx.all("select name from levels", params![], |row| row.get(0))?;
    for name in here.iter().filter(|name| levels.iter().all(|level| level.name != **name)) {
        tx.run("delete from levels where name = $1 and not exists (select 1 from accounts where level = $1)", params![name])?;
    }
    Ok(())
}

/// The site itself: from here on it is set up.
pub(super) fn site(tx: &mut Tx, site: &SiteRow) -> Result<(), Error> {
    tx.run(
        "insert into site (id, name, tagline, sentence, place, time_zone, language, review_required, robots, created_at, updated_at)
         values (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            &site.name,
            &site.tagline,
            &site.sentence,
            &site.place,
            &site.time_zone,
            &site.language,
            site.review_required,
            &site.robots,
            site.created,
            site.updated
        ],
    )?;
    Ok(())
}

/// A topic. One with the same key is the same, whatever its id.
pub(super) fn topic(tx: &mut Tx, row: &TopicRow) -> Result<bool, Error> {
    let Some(topic) = text::topic::parse(&row.name).filter(|topic| topic.key == row.key) else { return Ok(false) };
    let there = tx.first("select 1 from topics where id = $1 or key = $2", params![row.id, &row.key], |found| found.get::<i64>(0))?;
    if there.is_some() {
        return Ok(false);
    }
    tx.run(
        "insert into topics (id, name, key, created_at) values ($1, $2, $3, $4)",
        params![row.id, &topic.name, &topic.key, row.created],
    )?;
    Ok(true)
}

/// Whoever uploaded something, if they are here.
fn owner(tx: &mut Tx, owner: Option<AccountId>, names: &Names) -> Result<Option<AccountId>, Error> {
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
    let new = tx.run(
        "insert into pictures (key, account_id, width, height, variants, colour, created_at, bytes, blur, focus_x, focus_y, name, alt,
             caption, credit, held_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
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
            now
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
    let new = tx.run(
        "insert into recordings (key, account_id, kind, content_type, bytes, duration_ms, width, height, name, title, caption, credit,
             poster, created_at, held_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
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
            now
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

/// A post on somebody's list, if everyone can read it here.
pub(super) fn saved(tx: &mut Tx, account: AccountId, row: &SavedRow) -> Result<bool, Error> {
    let readable = "select 1 from posts where id = $1 and visibility = $2 and deleted_at is null";
    if tx.first(readable, params![row.post, Visibility::Public.name()], |found| found.get::<i64>(0))?.is_none() {
        return Ok(false);
    }
    let new = tx.run(
        "insert into saved (account_id, post_id, created_at) values ($1, $2, $3) on conflict (account_id, post_id) do nothing",
        params![account, row.post, row.at],
    )?;
    Ok(new == 1)
}
