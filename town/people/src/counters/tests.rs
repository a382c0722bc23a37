#![allow(clippy::unwrap_used)]
use super::*;
use crate::{connections, lists, notices, testing::TestTown};
use db::params;

fn of(drift: &[Drift]) -> Vec<(&str, i64, i64, i64)> {
    drift.iter().map(|one| (one.what, one.of.0, one.stored, one.counted)).collect()
}

testkit::on_both! {
    fn what_is_kept_is_what_there_is(kind) {
        let town = TestTown::of_people(kind);
        let [rosa, sam, lina] = ["Rosa", "Sam", "Lina"].map(|name| town.actor(name, "member").id);
        town.town.db.write_now(move |tx| {
            connections::follow(tx, rosa, 77, 1)?;
            connections::ask(tx, rosa, sam, 2)?;
            connections::accept(tx, sam, rosa, 3)?;
            connections::ask(tx, lina, rosa, 4)?;
            connections::ask(tx, lina, sam, 4)?;
            connections::refuse(tx, sam, lina, 5)?;
            let list = lists::make(tx, rosa, "Choir", 6)?;
            lists::put(tx, rosa, list, lina, 7)?;
            Ok::<_, web::Error>(())
        }).unwrap();
        let all = town.town.db.read_now(|tx| {
            Ok::<_, db::Error>([connections::drift(tx, false)?, lists::drift(tx, false)?, notices::drift(tx, false)?].concat())
        }).unwrap();
        assert_eq!(all, []);
    }

    fn what_drifted_is_told_and_mended(kind) {
        let town = TestTown::of_people(kind);
        let [rosa, sam] = ["Rosa", "Sam"].map(|name| town.actor(name, "member").id);
        town.town.db.write_now(move |tx| {
            connections::follow(tx, rosa, sam.get(), 1)?;
            lists::make(tx, rosa, "Choir", 6)?;
            tx.run("update connection_counts set followers = 5 where owner_id = $1", params![sam])?;
            tx.run("delete from connection_counts where owner_id = $1", params![rosa])?;
            tx.run("update lists set members = 9", params![])?;
            Ok::<_, web::Error>(())
        }).unwrap();
        let look = |tx: &mut Tx, mend| Ok::<_, db::Error>([connections::drift(tx, mend)?, lists::drift(tx, mend)?].concat());
        let found = town.town.db.read_now(move |tx| look(tx, false)).unwrap();
        assert_eq!(of(&found)[..2], [("followers", sam.get(), 5, 1), ("followed", rosa.get(), 0, 1)]);
        assert_eq!((found.len(), found[2].what, found[2].stored), (3, "people on lists", 9));
        assert_eq!(town.town.db.write_now(move |tx| look(tx, true)).unwrap(), found, "what is mended is told, too");
        assert_eq!(town.town.db.read_now(move |tx| look(tx, false)).unwrap(), []);
        assert_eq!(town.town.db.read_now(move |tx| connections::counts(tx, rosa.get())).unwrap().following, 1);
    }
}
