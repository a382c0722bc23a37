//! Closing: what waits is finished, what comes later is refused.

use std::time::{Duration, Instant};

use super::{insert, members, quick, town, write_queued, writers_held};
use crate::{Db, Kind};

testkit::on_both! {
    async fn what_waits_is_finished_and_what_comes_later_refused(on) {
        let town = town(on);
        let (held, release) = writers_held(&town.db).await;
        let mut asked = Vec::new();
        for id in 0..20 {
            asked.push(write_queued(&town.db, move |tx| insert(tx, id, &format!("member {id}"))).await);
        }
        drop(release);
        town.db.close();
        for unit in held {
            unit.await.unwrap();
        }
        for unit in asked {
            unit.await.unwrap();
        }
        assert_eq!(town.db.write(|tx| insert(tx, 99, "late")).await.unwrap_err().kind(), Kind::Closed);
        assert_eq!(town.db.read(super::count).await.unwrap_err().kind(), Kind::Closed);
        town.db.close();
        let again = Db::open(&town.database.url, quick()).unwrap();
        assert_eq!(members(&again), 20);
        again.close();
    }
}

#[test]
fn a_closed_file_has_no_log_beside_it() {
    let town = town(testkit::Kind::Sqlite);
    town.db.write_now(|tx| insert(tx, 1, "ana")).unwrap();
    let log = town.database.path().unwrap().with_extension("db-wal");
    assert!(log.exists());
    town.db.close();
    assert!(!log.exists());
}

#[test]
fn dropping_the_last_handle_ends_the_threads() {
    let database = testkit::database::empty(testkit::Kind::Sqlite);
    let db = Db::open(&database.url, quick()).unwrap();
    let clone = db.clone();
    drop(db);
    clone.write_now(|tx| tx.script("create table things (id bigint)")).unwrap();
    let log = database.path().unwrap().with_extension("db-wal");
    assert!(log.exists());
    drop(clone);
    // The last connection that closes removes the log.
    let began = Instant::now();
    while log.exists() {
        assert!(began.elapsed() < Duration::from_secs(30), "the threads live on");
        std::thread::sleep(Duration::from_millis(1));
    }
}
