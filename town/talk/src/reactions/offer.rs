//! Every query about the kinds of reactions that the site has.

use db::{Tx, params};
use web::Error;

use super::{Changes, Kind, LIKE, MOST};

/// Names that mean something else: the like, and the page on which a kind is added.
const RESERVED: [&str; 2] = [LIKE, "new"];

/// All kinds but the like, in order, also those that are retired.
///
/// # Errors
/// When the database does not answer.
pub fn all(tx: &mut Tx) -> Result<Vec<Kind>, db::Error> {
    tx.all("select name, words, emoji, retired from reaction_kinds order by position, name", params![], |row| {
        Ok(Kind { name: row.get(0)?, words: row.get(1)?, emoji: row.get(2)?, retired: row.get::<i64>(3)? == 1 })
    })
}

/// One of them, or the like.
///
/// # Errors
/// When the database does not answer.
pub fn named(tx: &mut Tx, name: &str) -> Result<Option<Kind>, db::Error> {
    if name == LIKE {
        return Ok(Some(Kind::like()));
    }
    Ok(all(tx)?.into_iter().find(|kind| kind.name == name))
}

/// Adds a kind, after all others, and answers its name.
///
/// # Errors
/// `Invalid` when another is called so or has its emoji, or when there are too many.
pub fn add(tx: &mut Tx, changes: &Changes) -> Result<String, Error> {
    let kinds = all(tx)?;
    must_be_another(&kinds, None, changes)?;
    must_have_room(&kinds)?;
    let wanted = text::slug_or(&changes.words, "reaction");
    let is_free = |name: &String| !RESERVED.contains(&name.as_str()) && !kinds.iter().any(|kind| kind.name == *name);
    let name = (1..).map(|number| if number == 1 { wanted.clone() } else { format!("{wanted}-{number}") }).find(is_free).unwrap_or(wanted);
    let last: i64 = tx.one("select coalesce(max(position), 0) from reaction_kinds", params![], |row| row.get(0))?;
    let sql = "insert into reaction_kinds (name, words, emoji, position) values ($1, $2, $3, $4)";
    tx.run(sql, params![&name, &changes.words, &changes.emoji, last + 1])?;
    Ok(name)
}

/// Changes what a kind is called, and its emoji.
///
/// # Errors
/// `NotFound` when there is none of this name, `Invalid` as with [`add`].
pub fn change(tx: &mut Tx, name: &str, changes: &Changes) -> Result<(), Error> {
    must_be_another(&all(tx)?, Some(name), changes)?;
    let sql = "update reaction_kinds set words = $2, emoji = $3 where name = $1";
    if tx.run(sql, params![name, &changes.words, &changes.emoji])? == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Puts a kind before the one above it.
///
/// # Errors
/// When the database does not answer.
pub fn move_up(tx: &mut Tx, name: &str) -> Result<(), db::Error> {
    let mut order: Vec<String> = all(tx)?.into_iter().map(|kind| kind.name).collect();
    if let Some(at) = order.iter().position(|other| other == name).filter(|at| *at > 0) {
        order.swap(at, at - 1);
    }
    for (position, name) in order.iter().enumerate() {
        tx.run("update reaction_kinds set position = $2 where name = $1", params![name, position])?;
    }
    Ok(())
}

/// Offers a kind no more, or again.
///
/// # Errors
/// `NotFound` when there is none of this name, `Invalid` when there are too many to offer it again.
pub fn retire(tx: &mut Tx, name: &str, retired: bool) -> Result<(), Error> {
    if !retired {
        must_have_room(&all(tx)?)?;
    }
    let sql = "update reaction_kinds set retired = $2 where name = $1";
    if tx.run(sql, params![name, i64::from(retired)])? == 0 { Err(Error::NotFound) } else { Ok(()) }
}

fn must_be_another(kinds: &[Kind], name: Option<&str>, changes: &Changes) -> Result<(), Error> {
    let like = Kind::like();
    let mut others = kinds.iter().chain([&like]).filter(|kind| Some(kind.name.as_str()) != name);
    if others.clone().any(|kind| text::fold(&kind.words) == text::fold(&changes.words)) {
        return Err(Error::invalid("words", "There is a reaction of this name. Choose another, or bring that one back."));
    }
    if others.any(|kind| kind.emoji == changes.emoji) {
        return Err(Error::invalid("emoji", "Another reaction has this emoji. Choose one that nobody takes for it."));
    }
    Ok(())
}

fn must_have_room(kinds: &[Kind]) -> Result<(), Error> {
    if kinds.iter().filter(|kind| !kind.retired).count() >= MOST {
        return Err(Error::invalid("words", format!("{MOST} reactions are as many as a menu holds. Retire one first.")));
    }
    Ok(())
}
