#![allow(clippy::unwrap_used)]
use super::*;
use crate::posts;
use people::{
    connections::ShownTo,
    profiles::{self, Fact, Told},
    testing::TestTown,
};

fn name(typed: &str) -> text::place::Place {
    text::place::parse(typed).unwrap()
}

testkit::on_both! {
    fn a_place_is_one_however_its_name_is_written_and_keeps_its_first_spelling(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author").id;
        town.town.db.write_now(move |tx| -> Result<(), db::Error> {
            let (one, two) = (posts::insert(tx, "story", rosa, 0)?, posts::insert(tx, "story", rosa, 0)?);
            let first = set(tx, one, Some(&name("Depot Street")), 0)?.unwrap();
            assert_eq!(set(tx, two, Some(&name("DEPOT  street")), 5)?, Some(first.clone()));
            assert_eq!((first.name.as_str(), first.address().as_str()), ("Depot Street", "/places/depot-street"));
            assert_eq!((by_key(tx, "depot-street")?, by_id(tx, first.id)?), (Some(first.clone()), Some(first.clone())));
            assert_ne!(first.neighbours, first.id.get());
            let square = set(tx, one, Some(&name("Depot Square")), 9)?.unwrap();
            assert_eq!((of(tx, one)?, of(tx, two)?), (Some(square.clone()), Some(first.clone())));
            assert_eq!(beginning(tx, "depot", 5)?, [square, first.clone()]);
            assert_eq!(beginning(tx, "depot-st", 5)?, [first]);
            assert_eq!((set(tx, one, None, 10)?, of(tx, one)?), (None, None));
            Ok(())
        }).unwrap();
    }

    fn somebody_is_a_neighbour_while_they_say_so_to_everybody_here(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author").id;
        town.town.db.write_now(move |tx| -> Result<(), db::Error> {
            let post = posts::insert(tx, "note", rosa, 0)?;
            assert_eq!(neighbourhood(tx, rosa, 0)?, None);
            for (shown_to, seen) in [(ShownTo::Public, true), (ShownTo::Members, true), (ShownTo::Connections, false), (ShownTo::OnlyMe, false)] {
                profiles::tell(tx, rosa, &Told { fact: Fact::Place, value: "Mesquite flats".into(), shown_to })?;
                assert_eq!(neighbourhood(tx, rosa, 0)?.map(|place| place.key), seen.then(|| "mesquite-flats".to_owned()));
                assert_eq!(neighbours_among(tx, "mesquite-flats", &[post])?.contains(&post), seen);
                assert!(neighbours_among(tx, "depot-street", &[post])?.is_empty());
            }
            assert!(neighbours_among(tx, "mesquite-flats", &[])?.is_empty());
            Ok(())
        }).unwrap();
    }
}
