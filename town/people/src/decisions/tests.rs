#![allow(clippy::unwrap_used)]
use super::*;
use crate::testing::TestTown;

testkit::on_both! {
    fn what_was_decided_is_read_the_latest_first(kind) {
        let town = TestTown::of_people(kind);
        let (ana, bo) = (town.actor("Ana", "administrator"), town.actor("Bo", "member"));
        let viewer = Viewer { me: None, ..Viewer::default() };
        town.town.db.write_now(move |tx| -> Result<(), db::Error> {
            Entry::new("site.changed", "Changed the name").by(tx, &viewer, 5)?;
            Entry::new(SUSPENDED, "Suspended").about(bo.id).because("Rude.").by_itself(tx, 7)
        }).unwrap();
        let by = ana.id;
        town.town.db.write_now(move |tx| tx.run("update decisions set account_id = $1 where act = 'site.changed'", db::params![by])).unwrap();
        let all = town.town.db.read_now(|tx| latest(tx, None, None, 9)).unwrap();
        assert_eq!(all.iter().map(|one| (one.act.as_str(), one.reason.as_str(), one.at)).collect::<Vec<_>>(), [(SUSPENDED, "Rude.", 7), ("site.changed", "", 5)]);
        let last = all[0].id;
        let before = town.town.db.read_now(move |tx| latest(tx, Some(by), Some(last), 9)).unwrap();
        assert_eq!(before[0].by.as_ref().unwrap().name, "Ana");
        assert_eq!(town.town.db.read_now(move |tx| about(tx, bo.id, 9)).unwrap().len(), 1);
        assert_eq!(town.town.db.read_now(move |tx| trouble_at(tx, bo.id)).unwrap(), Some(7));
        assert_eq!(town.town.db.read_now(move |tx| trouble_at(tx, by)).unwrap(), None);
    }
}
