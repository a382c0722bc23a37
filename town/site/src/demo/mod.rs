//! The demo town: a living paper to look at, with sign-ins that everybody knows.
//!
//! It is written into an empty site in one transaction after its pictures have been painted, so a start that was
//! interrupted begins again and finds nothing half-made. Ages count from the moment of filling: the newest story is
//! seconds old then. A site that somebody set up is never touched.

mod content;
mod contexts;
mod gallery;
mod load;
mod organizations;
pub mod pictures;
mod reactions;
mod readers;
mod reports;
mod reviews;
mod square;
mod talks;
#[cfg(test)]
mod tests;
mod ties;

use anyhow::{Context as _, bail};
use db::{Db, Tx};
use people::{Town, accounts, sign_in::password, site};
use std::sync::Arc;

use crate::{
    config::Config,
    open::{self, broken},
};
use content::Content;
use gallery::Gallery;
use load::Loading;

/// One administrator, one editor, one author. The others have no password and cannot sign in.
const SIGN_INS: [&str; 3] = ["willa", "desmond", "teo"];
/// Known to everybody who reads this, which is why only the demo has it.
const PASSWORD: &str = "ocotillo in bloom";

/// What a database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holding {
    Empty,
    Demo,
    Real,
}

/// Fills an empty site: the command.
///
/// # Errors
/// When the site is not empty, or cannot be written.
pub fn fill(config: &Config) -> anyhow::Result<()> {
    let db = open::database(config)?;
    let done = prepare(config, &db);
    db.close();
    done.inspect(|()| println!("The demo town is in {}. Open it with `ocotillo serve --data`.", config.data.display()))
}

/// Makes sure that this database holds the demo town.
///
/// # Errors
/// When it holds something else.
pub fn prepare(config: &Config, db: &Db) -> anyhow::Result<()> {
    match db.read_now(holds)? {
        Holding::Demo => Ok(()),
        Holding::Real => bail!(
            "the site in {} belongs to somebody: the demo town needs a data folder of its own. Leave out --demo, or name another folder with --data",
            config.data.display()
        ),
        Holding::Empty => fill_now(config, db),
    }
}

fn fill_now(config: &Config, db: &Db) -> anyhow::Result<()> {
    println!("Making the demo town in {}", config.data.display());
    let content = Content::read()?;
    let store = open::store(config)?;
    let gallery = Gallery::paint(&content, &store)?;
    let hash = password::hash_now(PASSWORD).map_err(broken)?;
    println!("Writing {} stories", content.stories.len());
    let (all, now) = (Arc::new((content, gallery, hash)), jiff::Timestamp::now().as_millisecond());
    db.write_now(move |tx| Loading { content: &all.0, gallery: &all.1, hash: &all.2, now }.write(tx))
        .map_err(broken)
        .context("the demo town")
}

/// The demo town is known by its publisher, whose address no mail can reach (RFC 2606).
fn holds(tx: &mut Tx) -> Result<Holding, db::Error> {
    if accounts::by_email(tx, &email(SIGN_INS[0]))?.is_some() && site::load(tx)?.is_some() {
        return Ok(Holding::Demo);
    }
    let begun = site::load(tx)?.is_some() || !accounts::list(tx, None, 1)?.is_empty();
    Ok(if begun { Holding::Real } else { Holding::Empty })
}

fn email(handle: &str) -> String {
    format!("{handle}@lantern.example")
}

/// Whether this is the demo town, whose passwords are known.
///
/// # Errors
/// When the database does not answer.
pub async fn is_demo(town: &Town) -> anyhow::Result<bool> {
    Ok(town.db.read(holds).await? == Holding::Demo)
}

/// Prints who can sign in. `reachable` says whether others than this machine can open the site.
pub fn print_sign_ins(reachable: bool) {
    let [administrator, editor, author] = SIGN_INS;
    println!("This is the demo town. Sign in as {administrator} (administrator), {editor} (editor) or {author} (author);");
    println!("the password of all three is: {PASSWORD}");
    if reachable {
        println!("Others can reach this address, and everybody knows that password. Do not keep anything here.");
    }
}
