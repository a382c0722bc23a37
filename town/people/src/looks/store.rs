//! Every query about how the site looks.

use db::{Tx, params};
use web::layout::Who;

use super::{Colour, Colours, Looks, Mark, Menu, Menus, Own, Role};
use crate::{pictures, uses};

/// All of it.
pub fn load(tx: &mut Tx) -> Result<Looks, db::Error> {
    let sql = "select accent_light, accent_dark, link_light, link_dark, logo, icon, contact from looks where id = 1";
    let (colours, logo, icon, contact) = tx.one(sql, params![], |row| {
        let colour = |at: usize| Ok::<_, db::Error>(row.get::<Option<String>>(at)?.and_then(|typed| typed.parse::<Colour>().ok()));
        let colours = Colours { accent: colour(0)?.zip(colour(1)?), link: colour(2)?.zip(colour(3)?) };
        Ok((colours, row.get::<Option<String>>(4)?, row.get::<Option<String>>(5)?, row.get::<String>(6)?))
    })?;
    Ok(Looks { colours, logo: mark(tx, logo)?, icon: mark(tx, icon)?, contact, menus: menus(tx)? })
}

fn mark(tx: &mut Tx, key: Option<String>) -> Result<Option<Mark>, db::Error> {
    let Some(key) = key else { return Ok(None) };
    Ok(pictures::find(tx, &key)?.map(|picture| Mark { key: picture.key, width: picture.width, height: picture.height }))
}

fn menus(tx: &mut Tx) -> Result<Menus, db::Error> {
    let mut menus = Menus::default();
    for menu in Menu::ALL {
        let sql = "select heading, label, address, shown_to from menu_links where menu = $1 order by position";
        let links = tx.all(sql, params![menu.name()], |row| {
            // What this program does not know, nobody else sees.
            let who = Who::named(row.text(3)?).unwrap_or(Who::Staff);
            Ok(Own { heading: row.get(0)?, label: row.get(1)?, address: row.get(2)?, who })
        })?;
        menus.set(menu, links);
    }
    Ok(menus)
}

/// Sets the colours.
pub fn save_colours(tx: &mut Tx, colours: Colours) -> Result<(), db::Error> {
    let words = |colour: Option<Colour>| colour.map(|colour| colour.to_string());
    let (accent, link) = (colours.accent.unzip(), colours.link.unzip());
    tx.run(
        "update looks set accent_light = $1, accent_dark = $2, link_light = $3, link_dark = $4 where id = 1",
        params![words(accent.0).as_deref(), words(accent.1).as_deref(), words(link.0).as_deref(), words(link.1).as_deref()],
    )?;
    Ok(())
}

/// Sets or takes away the logo or the icon.
pub fn save_picture(tx: &mut Tx, role: Role, key: Option<&str>) -> Result<(), db::Error> {
    let column = match role {
        Role::Logo => "logo",
        Role::Icon => "icon",
    };
    tx.run(&format!("update looks set {column} = $1 where id = 1"), params![key])?;
    let keys: Vec<Option<String>> =
        tx.one("select logo, icon from looks where id = 1", params![], |row| Ok(vec![row.get(0)?, row.get(1)?]))?;
    uses::set(tx, uses::LOOKS, &keys.into_iter().flatten().collect::<Vec<_>>())
}

/// Sets where to write to.
pub fn save_contact(tx: &mut Tx, contact: &str) -> Result<(), db::Error> {
    tx.run("update looks set contact = $1 where id = 1", params![contact])?;
    Ok(())
}

/// Sets the links of one menu.
pub fn save_menus(tx: &mut Tx, menu: Menu, links: &[Own]) -> Result<(), db::Error> {
    tx.run("delete from menu_links where menu = $1", params![menu.name()])?;
    for (position, own) in links.iter().enumerate() {
        tx.run(
            "insert into menu_links (menu, position, heading, label, address, shown_to) values ($1, $2, $3, $4, $5, $6)",
            params![menu.name(), position, &own.heading, &own.label, &own.address, own.who.name()],
        )?;
    }
    Ok(())
}
