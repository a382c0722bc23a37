//! Who follows whom in the demo town, who are friends, and who waits for an answer: so that every square has something on it.

use db::Tx;
use people::{AccountId, connections, lists};
use things::sections::SectionId;
use web::Error;

const HOUR_MS: i64 = 60 * 60 * 1000;
/// Each follows so many sections.
const SECTIONS: usize = 3;

/// Ties the people to each other, in the order in which they are told of. The first of them, with whom visitors sign in, has
/// two requests to answer and a list.
pub(super) fn tie(tx: &mut Tx, people: &[AccountId], sections: &[SectionId], now: i64) -> Result<(), Error> {
    for (place, person) in people.iter().enumerate() {
        let at = now - HOUR_MS * (24 + i64::try_from(place).unwrap_or(0));
        for section in sections.iter().cycle().skip(place * 2).take(SECTIONS.min(sections.len())) {
            connections::follow(tx, *person, section.get(), at)?;
        }
        for other in people.iter().skip(place % 3).step_by(3).filter(|other| *other != person) {
            connections::follow(tx, *person, other.get(), at)?;
        }
    }
    for (pair, since) in people.chunks_exact(2).zip(1..) {
        befriend(tx, pair[0], pair[1], now - 30 * HOUR_MS * since)?;
    }
    let [first, second, third, fourth, fifth, ..] = people else { return Ok(()) };
    befriend(tx, *second, *third, now - 50 * HOUR_MS)?;
    for (asker, hours) in [(fourth, 5), (fifth, 2)] {
        connections::ask(tx, *asker, *first, now - hours * HOUR_MS)?;
    }
    let list = lists::make(tx, *first, "The newsroom", now)?;
    [second, third, fourth].into_iter().try_for_each(|who| lists::put(tx, *first, list, *who, now))
}

fn befriend(tx: &mut Tx, one: AccountId, other: AccountId, at: i64) -> Result<(), Error> {
    connections::ask(tx, one, other, at)?;
    connections::accept(tx, other, one, at + HOUR_MS)
}
