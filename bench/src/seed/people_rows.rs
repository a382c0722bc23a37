//! The site, its people, its sections, its topics.

use db::{Tx, params};
use std::ops::Range;
use things::sections::Colour;

use super::{WRITERS, pool, rows};
use crate::dice::Dice;

/// Sections: five at the top, seven in those, three in the first of these.
pub const SECTIONS: usize = 15;
/// Topics.
pub const TOPICS: usize = 2_000;

/// The section that this one stands in.
pub fn parent(section: usize) -> Option<usize> {
    match section {
        0..5 => None,
        5..12 => Some((section - 5) % 5),
        _ => Some(section - 12 + 5),
    }
}

/// The site itself.
pub fn site(tx: &mut Tx) -> Result<(), db::Error> {
    let site = people::site::Site {
        name: "The Long Mesa Record".into(),
        tagline: "A million stories and counting".into(),
        sentence: "The Long Mesa Record is made up to be measured; none of it happened.".into(),
        place: "Long Mesa".into(),
        time_zone: "America/Los_Angeles".into(),
        language: "en".into(),
        review_required: false,
        licence: None,
        hub: String::new(),
        ..people::site::Site::nameless()
    };
    people::site::create(tx, &site, super::now())
}

/// Accounts of these places: writers first, then members.
pub fn accounts(tx: &mut Tx, places: Range<usize>) -> Result<(), db::Error> {
    for place in places {
        let id = rows::account(place);
        let level = if place < WRITERS { "author" } else { "member" };
        let (handle, email) = (format!("person_{place}"), format!("person_{place}@longmesa.example"));
        tx.run(
            "insert into accounts (id, kind, handle, handle_key, name, email, email_key, level, bio, created_at, updated_at)
             values ($1, 'person', $2, $2, $3, $4, $4, $5, $6, $7, $7)",
            params![id, &handle, format!("Robin Person {place}"), &email, level, "Lives on the mesa and writes letters.", id.created_ms()],
        )?;
    }
    Ok(())
}

/// Sections and topics.
pub fn sections_and_topics(tx: &mut Tx) -> Result<(), db::Error> {
    for place in 0..SECTIONS {
        let (id, slug) = (rows::section(place), format!("section-{place}"));
        tx.run(
            "insert into sections (id, parent_id, name, slug, description, colour, position, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            params![
                id,
                parent(place).map(rows::section),
                format!("Section {place}"),
                &slug,
                pool::sentence(&mut Dice::new(place as u64)),
                Colour::ALL[place % Colour::ALL.len()].name(),
                place as i64,
                id.created_ms()
            ],
        )?;
        tx.run("insert into section_addresses (slug, section_id) values ($1, $2)", params![&slug, id])?;
    }
    for place in 0..TOPICS {
        let (id, name) = (rows::topic(place), format!("topic{place}"));
        tx.run("insert into topics (id, name, key, created_at) values ($1, $2, $2, $3)", params![id, &name, id.created_ms()])?;
    }
    Ok(())
}
