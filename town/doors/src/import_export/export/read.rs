//! Every query of an export but those about stories, which are theirs. Each list has one order, whichever the database.

use ::people::{
    AccountId, Permission,
    levels::{self, Level},
    pictures, recordings, site,
};
use db::{Row, Tx, params};
use std::collections::{BTreeMap, BTreeSet};
use things::sections;
use web::Error;

use super::rows::{ConditionsRow, FormerHandle, LevelRow, SavedRow, SectionRow, SiteRow};

pub(super) use super::rows::{AccountRow, AddressRow, FrontRow, Gatherer, NamedRow, OriginRow, PictureRow, RecordingRow, RemarkRow};

/// Values in one list of a question.
const LIST: usize = 256;

/// The site; with its levels, or without.
pub(super) fn site(tx: &mut Tx, with_levels: bool) -> Result<Option<SiteRow>, Error> {
    let Some(here) = site::load(tx)? else { return Ok(None) };
    let (robots, created, updated) = tx.one("select robots, created_at, updated_at from site where id = 1", params![], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    let mut site = SiteRow::of(here, robots, created, updated);
    if !with_levels {
        return Ok(Some(site));
    }
    site.permissions = Permission::ALL.into_iter().map(|permission| permission.name().to_owned()).collect();
    site.permissions.sort_unstable();
    let mut granted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    tx.all("select level, permission from level_permissions", params![], |row| {
        granted.entry(row.get(0)?).or_default().push(row.get(1)?);
        Ok(())
    })?;
    let levels = levels::all(tx)?;
    site.levels = levels.all().iter().map(|level| level_row(level, granted.remove(&level.name).unwrap_or_default())).collect();
    Ok(Some(site))
}

fn level_row(level: &Level, mut permissions: Vec<String>) -> LevelRow {
    permissions.sort_unstable();
    let conditions = level.conditions.as_ref().map(|of| ConditionsRow {
        from: of.from.clone(),
        days: of.days,
        posts: of.posts,
        quiet_days: of.quiet_days,
        email: of.email,
    });
    LevelRow {
        name: level.name.clone(),
        title: level.title.clone(),
        rank: level.rank,
        permissions,
        limits: level.limits.iter().map(|(limit, most)| (limit.name().to_owned(), most)).collect(),
        conditions,
    }
}

/// All sections, those above first.
pub(super) fn sections(tx: &mut Tx) -> Result<Vec<SectionRow>, Error> {
    let mut slugs: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    tx.all("select section_id, slug from section_addresses", params![], |row| {
        slugs.entry(row.get(0)?).or_default().push(row.get(1)?);
        Ok(())
    })?;
    let created: BTreeMap<i64, i64> =
        tx.all("select id, created_at from sections", params![], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect();
    let tree = sections::all(tx)?;
    let mut ordered: Vec<&sections::Section> = tree.in_order().into_iter().map(|(_, section)| section).collect();
    // Names sort by the rules of a database where positions are the same; ids do not.
    ordered.sort_by_key(|section| (tree.path(section.id).len(), section.position, section.id));
    let row = |section: &sections::Section| {
        let mut slugs = slugs.remove(&section.id.get()).unwrap_or_default();
        slugs.sort_unstable();
        SectionRow {
            id: section.id,
            parent: section.parent,
            name: section.name.clone(),
            slug: section.slug.clone(),
            description: section.description.clone(),
            colour: section.colour.name().to_owned(),
            position: section.position,
            created: created.get(&section.id.get()).copied().unwrap_or(0),
            slugs,
        }
    };
    Ok(ordered.into_iter().map(row).collect())
}

const ACCOUNT: &str =
    "id, kind, handle, name, email, level, bio, picture, created_at, updated_at, suspended_at, leaves_at, leaves_with_posts,
     suspended_until, suspended_why, profile";

fn account(row: &Row) -> Result<AccountRow, db::Error> {
    Ok(AccountRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        handle: row.get(2)?,
        name: row.get(3)?,
        email: row.get(4)?,
        level: row.get(5)?,
        bio: row.get(6)?,
        picture: row.get(7)?,
        created: row.get(8)?,
        updated: row.get(9)?,
        suspended: row.get(10)?,
        leaves: row.get(11)?,
        leaves_with_posts: row.get::<i64>(12)? != 0,
        former_handles: Vec::new(),
        suspended_until: row.get(13)?,
        suspended_why: row.get(14)?,
        profile: Some(row.get::<String>(15)?).filter(|profile| profile != "resident").unwrap_or_default(),
    })
}

/// Accounts by their ids.
pub(super) fn accounts(tx: &mut Tx, after: Option<AccountId>, limit: u32) -> Result<Vec<AccountRow>, Error> {
    let sql = format!("select {ACCOUNT} from accounts where id > $1 and standing in ('member', 'leaving', 'gone') order by id limit $2");
    let mut rows = tx.all(&sql, params![after.map_or(i64::MIN, AccountId::get), limit], account)?;
    let (Some(first), Some(last)) = (rows.first().map(|row| row.id), rows.last().map(|row| row.id)) else { return Ok(rows) };
    let former = tx.all(
        "select account_id, handle, until from former_handles where account_id between $1 and $2 order by until",
        params![first, last],
        |row| Ok((row.get::<AccountId>(0)?, FormerHandle { handle: row.get(1)?, until: row.get(2)? })),
    )?;
    for (id, handle) in former {
        if let Some(row) = rows.iter_mut().find(|row| row.id == id) {
            row.former_handles.push(handle);
        }
    }
    Ok(rows)
}

/// These accounts; of all but one no more than what stands beside their words.
pub(super) fn people(tx: &mut Tx, ids: &BTreeSet<AccountId>, whole: AccountId) -> Result<Vec<AccountRow>, Error> {
    let mut rows = Vec::new();
    for ids in ids.iter().copied().collect::<Vec<_>>().chunks(LIST) {
        let sql = format!("select {ACCOUNT} from accounts where id in ({}) order by id", db::places(1, ids.len()));
        rows.extend(tx.all(&sql, &db::padded(ids), account)?);
    }
    for row in rows.iter_mut().filter(|row| row.id != whole) {
        *row = AccountRow {
            email: None,
            level: None,
            bio: String::new(),
            picture: None,
            profile: String::new(),
            suspended: None,
            suspended_until: None,
            suspended_why: String::new(),
            leaves: None,
            leaves_with_posts: false,
            updated: row.created,
            ..row.clone()
        };
    }
    Ok(rows)
}

fn named(row: &Row) -> Result<NamedRow, db::Error> {
    Ok(NamedRow { id: row.get(0)?, name: row.get(1)?, key: row.get(2)?, created: row.get(3)? })
}

/// All topics, or places, by their ids.
pub(super) fn gathering(tx: &mut Tx, of: Gatherer, after: Option<db::Id>, limit: u32) -> Result<Vec<NamedRow>, Error> {
    let sql = format!("select id, name, key, created_at from {} where id > $1 order by id limit $2", of.table());
    Ok(tx.all(&sql, params![after.map_or(i64::MIN, db::Id::get), limit], named)?)
}

/// The keys of those of these ids that are topics', or places'.
pub(super) fn keys_of(tx: &mut Tx, of: Gatherer, ids: &BTreeSet<i64>) -> Result<Vec<String>, Error> {
    let mut keys = Vec::new();
    for ids in ids.iter().copied().collect::<Vec<_>>().chunks(LIST) {
        let sql = format!("select key from {} where id in ({})", of.table(), db::places(1, ids.len()));
        keys.extend(tx.all(&sql, &db::padded(ids), |row| row.get::<String>(0))?);
    }
    Ok(keys)
}

/// Topics, or places, with these keys.
pub(super) fn gathering_named(tx: &mut Tx, of: Gatherer, keys: &BTreeSet<String>) -> Result<Vec<NamedRow>, Error> {
    let mut rows = Vec::new();
    for keys in keys.iter().map(String::as_str).collect::<Vec<_>>().chunks(LIST) {
        let sql = format!("select id, name, key, created_at from {} where key in ({})", of.table(), db::places(1, keys.len()));
        rows.extend(tx.all(&sql, &db::padded(keys), named)?);
    }
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}

fn picture_row(picture: pictures::Picture, taken_from: Vec<String>) -> PictureRow {
    let words = picture.words;
    PictureRow {
        key: picture.key,
        owner: picture.owner,
        width: picture.width,
        height: picture.height,
        focus: [picture.focus.x.into(), picture.focus.y.into()],
        colour: picture.colour,
        blur: picture.blur,
        bytes: picture.bytes,
        name: words.name,
        alt: words.alt,
        caption: words.caption,
        credit: words.credit,
        created: picture.created_at,
        taken_from,
    }
}

/// Pictures by their keys.
pub(super) fn pictures(tx: &mut Tx, after: Option<&str>, limit: u32) -> Result<Vec<PictureRow>, Error> {
    let keys =
        tx.all("select key from pictures where key > $1 order by key limit $2", params![after.unwrap_or(""), limit], |row| row.get(0))?;
    pictures_of(tx, &keys, true)
}

/// Pictures with these keys, as far as there are any.
pub(super) fn pictures_named(tx: &mut Tx, keys: &BTreeSet<String>) -> Result<Vec<PictureRow>, Error> {
    let keys: Vec<String> = keys.iter().filter(|key| media::is_key(key)).cloned().collect();
    let mut rows = Vec::new();
    for keys in keys.chunks(LIST) {
        rows.extend(pictures_of(tx, keys, false)?);
    }
    Ok(rows)
}

fn pictures_of(tx: &mut Tx, keys: &[String], whence: bool) -> Result<Vec<PictureRow>, Error> {
    let mut from: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if whence {
        let sql = format!("select picture, address from import_pictures where picture in ({})", db::places(1, keys.len()));
        tx.all(&sql, &db::padded(keys), |row| {
            from.entry(row.get(0)?).or_default().push(row.get(1)?);
            Ok(())
        })?;
    }
    from.values_mut().for_each(|addresses| addresses.sort_unstable());
    let mut found: BTreeMap<String, pictures::Picture> =
        pictures::find_all(tx, keys)?.into_iter().map(|picture| (picture.key.clone(), picture)).collect();
    let known = keys.iter().filter_map(|key| found.remove(key));
    Ok(known
        .map(|picture| (from.remove(&picture.key).unwrap_or_default(), picture))
        .map(|(from, picture)| picture_row(picture, from))
        .collect())
}

fn recording_row(recording: recordings::Recording) -> RecordingRow {
    let words = recording.words;
    RecordingRow {
        key: recording.key,
        owner: recording.owner,
        kind: recording.kind.name().to_owned(),
        content_type: recording.content_type,
        bytes: recording.bytes,
        duration_ms: recording.duration_ms,
        width: recording.width,
        height: recording.height,
        name: words.name,
        title: words.title,
        caption: words.caption,
        credit: words.credit,
        poster: recording.poster,
        created: recording.created_at,
    }
}

/// Recordings by their keys.
pub(super) fn recordings(tx: &mut Tx, after: Option<&str>, limit: u32) -> Result<Vec<RecordingRow>, Error> {
    let sql = "select key from recordings where key > $1 order by key limit $2";
    let keys: Vec<String> = tx.all(sql, params![after.unwrap_or(""), limit], |row| row.get(0))?;
    recordings_of(tx, &keys)
}

/// Recordings with these keys, as far as there are any.
pub(super) fn recordings_named(tx: &mut Tx, keys: &BTreeSet<String>) -> Result<Vec<RecordingRow>, Error> {
    let keys: Vec<String> = keys.iter().filter(|key| recordings::is_key(key)).cloned().collect();
    let mut rows = Vec::new();
    for keys in keys.chunks(LIST) {
        rows.extend(recordings_of(tx, keys)?);
    }
    Ok(rows)
}

fn recordings_of(tx: &mut Tx, keys: &[String]) -> Result<Vec<RecordingRow>, Error> {
    let found = recordings::find_all(tx, keys)?;
    let mut found: BTreeMap<String, recordings::Recording> =
        found.into_iter().map(|recording| (recording.key.clone(), recording)).collect();
    Ok(keys.iter().filter_map(|key| found.remove(key)).map(recording_row).collect())
}

/// How many pictures and recordings somebody uploaded.
///
/// # Errors
/// As the database gives them.
pub fn library_size(tx: &mut Tx, owner: AccountId) -> Result<i64, Error> {
    let sql = "select (select count(*) from pictures where account_id = $1) + (select count(*) from recordings where account_id = $1)";
    Ok(tx.one(sql, params![owner], |row| row.get(0))?)
}

/// Keys of everything that somebody uploaded.
pub(super) fn library(tx: &mut Tx, owner: AccountId) -> Result<Vec<String>, Error> {
    let mut keys = tx.all("select key from pictures where account_id = $1", params![owner], |row| row.get(0))?;
    keys.extend(tx.all("select key from recordings where account_id = $1", params![owner], |row| row.get::<String>(0))?);
    Ok(keys)
}

/// Old addresses by their paths.
pub(super) fn addresses(tx: &mut Tx, after: Option<&str>, limit: u32) -> Result<Vec<AddressRow>, Error> {
    let sql = "select path, kind, target, created_at from old_addresses where path > $1 order by path limit $2";
    Ok(tx.all(sql, params![after.unwrap_or(""), limit], |row| {
        Ok(AddressRow { path: row.get(0)?, kind: row.get(1)?, target: row.get(2)?, created: row.get(3)? })
    })?)
}

/// What came in from elsewhere, by source and item.
pub(super) fn origins(tx: &mut Tx, after: Option<(&str, &str)>, limit: u32) -> Result<Vec<OriginRow>, Error> {
    let (source, item) = after.unwrap_or(("", ""));
    let sql = "select source, item, kind, digest, target, written, missing, imported_at from imports
         where (source, item) > ($1, $2) order by source, item limit $3";
    Ok(tx.all(sql, params![source, item, limit], |row| {
        Ok(OriginRow {
            source: row.get(0)?,
            item: row.get(1)?,
            kind: row.get(2)?,
            digest: row.get(3)?,
            target: row.get(4)?,
            written: row.get(5)?,
            missing: row.get(6)?,
            imported: row.get(7)?,
        })
    })?)
}

/// What readers said elsewhere, by source and item.
pub(super) fn remarks(tx: &mut Tx, after: Option<(&str, &str)>, limit: u32) -> Result<Vec<RemarkRow>, Error> {
    let (source, item) = after.unwrap_or(("", ""));
    let sql = "select source, item, story_id, content from import_comments where (source, item) > ($1, $2) order by source, item limit $3";
    let rows = tx.all(sql, params![source, item, limit], |row| {
        Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get(2)?, row.get::<String>(3)?))
    })?;
    let row = |(source, item, story, json): (_, _, _, String)| {
        Ok(RemarkRow { source, item, story, remark: serde_json::from_str(&json).map_err(Error::broken)? })
    };
    rows.into_iter().map(row).collect()
}

/// Arrangements of the front page, the oldest first.
pub(super) fn front_pages(tx: &mut Tx, after: Option<db::Id>, limit: u32) -> Result<Vec<FrontRow>, Error> {
    let sql = "select id, account_id, created_at, arrangement from front_pages where id > $1 order by id limit $2";
    let rows = tx.all(sql, params![after.map_or(i64::MIN, db::Id::get), limit], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<String>(3)?))
    })?;
    let row = |(id, by, created, json): (_, _, _, String)| {
        Ok(FrontRow { id, by, created, arrangement: serde_json::from_str(&json).map_err(Error::broken)? })
    };
    rows.into_iter().map(row).collect()
}

/// Somebody's list of saved posts, the oldest first.
pub(super) fn saved(tx: &mut Tx, account: AccountId) -> Result<Vec<SavedRow>, Error> {
    let sql = "select post_id, created_at from saved where account_id = $1 order by created_at, post_id limit $2";
    Ok(tx.all(sql, params![account, talk::saved::MOST], |row| Ok(SavedRow { post: row.get(0)?, at: row.get(1)? }))?)
}
