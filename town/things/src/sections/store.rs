//! Every query about sections.

use db::{Row, Tx, params};
use people::connections;
use talk::{posts, reviews::criteria};
use web::{Error, layout::Link};

use super::{
    rules::{NewSection, may_stand_in},
    section::{Colour, Section, SectionId, Tree},
};

fn section(row: &Row) -> Result<Section, db::Error> {
    Ok(Section {
        id: row.get(0)?,
        parent: row.get(1)?,
        name: row.get(2)?,
        slug: row.get(3)?,
        description: row.get(4)?,
        colour: row.text(5)?.parse().unwrap_or(Colour::Clay),
        position: row.get(6)?,
    })
}

/// All sections.
pub fn all(tx: &mut Tx) -> Result<Tree, db::Error> {
    let sql = "select id, parent_id, name, slug, description, colour, position from sections order by position, name, id";
    Ok(Tree::new(tx.all(sql, params![], section)?))
}

/// Whether there is such a section.
pub fn exists(tx: &mut Tx, id: SectionId) -> Result<bool, db::Error> {
    Ok(tx.first("select 1 from sections where id = $1", params![id], |row| row.get::<i64>(0))?.is_some())
}

/// The section bar: those at the top.
pub fn links(tx: &mut Tx) -> Result<Vec<Link>, db::Error> {
    Ok(all(tx)?.under(None).map(|section| Link::new(section.address(), &section.name)).collect())
}

/// The section that has this slug, or once had it.
pub fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Section>, db::Error> {
    tx.first(
        "select s.id, s.parent_id, s.name, s.slug, s.description, s.colour, s.position
         from section_addresses a join sections s on s.id = a.section_id where a.slug = $1",
        params![slug],
        section,
    )
}

/// Makes a section.
///
/// # Errors
/// `Invalid` on `slug` when the address leads, or once led, to another section; on `parent` when it cannot stand there.
pub fn insert(tx: &mut Tx, new: &NewSection, now: i64) -> Result<SectionId, Error> {
    let id = SectionId::fresh();
    slug_is_free(tx, &new.slug, id)?;
    fits(&all(tx)?, None, new.parent)?;
    tx.run(
        "insert into sections (id, parent_id, name, slug, description, colour, position, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![id, new.parent, &new.name, &new.slug, &new.description, new.colour.name(), new.position, now],
    )?;
    keep_address(tx, &new.slug, id)?;
    Ok(id)
}

/// Changes a section. Its earlier addresses go on leading to it, and its stories move with it to the shelves above.
///
/// # Errors
/// As [`insert`].
pub fn save(tx: &mut Tx, id: SectionId, new: &NewSection) -> Result<(), Error> {
    slug_is_free(tx, &new.slug, id)?;
    let before = all(tx)?;
    fits(&before, Some(id), new.parent)?;
    tx.run(
        "update sections set parent_id = $2, name = $3, slug = $4, description = $5, colour = $6, position = $7 where id = $1",
        params![id, new.parent, &new.name, &new.slug, &new.description, new.colour.name(), new.position],
    )?;
    keep_address(tx, &new.slug, id)?;
    if before.get(id).is_some_and(|old| old.parent != new.parent) {
        move_shelves(tx, &before, id)?;
    }
    Ok(())
}

/// Removes a section. Its stories, published or being written, and its addresses go to its successor; the sections in it
/// move up a level, so that none gets too deep.
pub fn remove(tx: &mut Tx, id: SectionId, successor: SectionId) -> Result<(), Error> {
    let before = all(tx)?;
    if before.contains(id, successor) || before.get(successor).is_none() {
        return Err(Error::invalid("successor", "Choose a section outside the one that is removed."));
    }
    tx.run("update sections set parent_id = (select parent_id from sections where id = $1) where parent_id = $1", params![id])?;
    let under: Vec<SectionId> =
        before.in_order().into_iter().map(|(_, section)| section.id).filter(|inner| before.contains(id, *inner)).collect();
    for left in before.shelves(id).into_iter().skip(1) {
        leave_shelf(tx, left, id)?;
    }
    tx.run("update stories set section_id = $2 where section_id = $1", params![id, successor])?;
    // Working copies name their section in their text. A quotation mark that anybody typed stands there escaped, so
    // this pattern is never part of their words.
    let named = |section: SectionId| format!("\"section\":\"{section}\"");
    tx.run(
        "update drafts set content = replace(content, $1, $2) where content like '%' || $1 || '%'",
        params![named(id), named(successor)],
    )?;
    tx.run("delete from shelves where owner_id = $1", params![id])?;
    tx.run("update section_addresses set section_id = $2 where section_id = $1", params![id, successor])?;
    tx.run("delete from sections where id = $1", params![id])?;
    criteria::retire_of(tx, id.get())?;
    let after = all(tx)?;
    for section in under.into_iter().filter(|section| *section != id).chain([successor]) {
        put_on_shelves(tx, section, &after)?;
    }
    // Whoever followed it follows what took its place.
    connections::move_followers(tx, id.get(), successor.get())?;
    Ok(posts::shelves_moved(tx)?)
}

fn slug_is_free(tx: &mut Tx, slug: &str, id: SectionId) -> Result<(), Error> {
    match by_slug(tx, slug)? {
        Some(other) if other.id != id => {
            Err(Error::invalid("slug", format!("The address /sections/{slug} leads to “{}”. Choose another.", other.name)))
        }
        _ => Ok(()),
    }
}

/// Asked again in the transaction: the tree that the form was checked against may have changed since.
fn fits(tree: &Tree, changed: Option<SectionId>, parent: Option<SectionId>) -> Result<(), Error> {
    parent.map_or(Ok(()), |parent| may_stand_in(tree, changed, parent)).map_err(|words| Error::invalid("parent", words))
}

fn keep_address(tx: &mut Tx, slug: &str, id: SectionId) -> Result<(), db::Error> {
    tx.run("insert into section_addresses (slug, section_id) values ($1, $2) on conflict (slug) do update set section_id = excluded.section_id", params![slug, id])?;
    Ok(())
}

/// After a section moved: its stories, and those of the sections in it, leave the shelves above its old place.
fn move_shelves(tx: &mut Tx, before: &Tree, id: SectionId) -> Result<(), db::Error> {
    let after = all(tx)?;
    let under: Vec<SectionId> =
        after.in_order().into_iter().map(|(_, section)| section.id).filter(|inner| after.contains(id, *inner)).collect();
    for left in before.shelves(id).into_iter().skip(1) {
        for section in &under {
            leave_shelf(tx, left, *section)?;
        }
    }
    for section in under {
        put_on_shelves(tx, section, &after)?;
    }
    posts::shelves_moved(tx)
}

fn leave_shelf(tx: &mut Tx, shelf: i64, section: SectionId) -> Result<(), db::Error> {
    tx.run(
        "delete from shelves where owner_id = $1 and post_id in (select id from stories where section_id = $2)",
        params![shelf, section],
    )?;
    Ok(())
}

fn put_on_shelves(tx: &mut Tx, section: SectionId, tree: &Tree) -> Result<(), db::Error> {
    for shelf in tree.shelves(section) {
        tx.run(
            "insert into shelves (owner_id, listed_at, post_id)
             select cast($1 as bigint), listed_at, id from stories where section_id = $2 and listed_at is not null
             on conflict (owner_id, listed_at, post_id) do nothing",
            params![shelf, section],
        )?;
    }
    Ok(())
}
