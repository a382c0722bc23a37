//! Units that wait together are committed together, and yet fail alone.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::{count, insert, members, town, town_with, write_queued, writers_held};
use crate::{Error, Kind, Options, params};

testkit::on_both! {
    async fn one_that_fails_and_one_that_panics_hurt_only_themselves(on) {
        let town = town(on);
        let (held, release) = writers_held(&town.db).await;
        let mut asked = Vec::new();
        for id in 0..40 {
            asked.push(write_queued(&town.db, move |tx| {
                insert(tx, id, &format!("member {}", if id == 20 { 19 } else { id }))?;
                assert!(id != 7, "seven is not lucky");
                Ok(())
            }).await);
        }
        drop(release);
        for unit in held {
            unit.await.unwrap();
        }
        let mut failed = Vec::new();
        for (id, unit) in asked.into_iter().enumerate() {
            if let Err(error) = unit.await {
                failed.push((id, error));
            }
        }
        // On PostgreSQL four writers run them in any order, so either of the two may come first.
        assert_eq!(failed.len(), 2);
        assert_eq!(failed[0].0, 7);
        assert!(failed[0].1.to_string().contains("seven is not lucky"), "{}", failed[0].1);
        assert!(failed[1].0 == 20 || failed[1].0 == 19);
        assert!(failed[1].1.violates("members.handle"));
        assert_eq!(town.db.read(count).await.unwrap(), 38);
    }

    async fn a_commit_that_fails_is_laid_to_the_unit_that_spoils_it(on) {
        let town = town(on);
        let (held, release) = writers_held(&town.db).await;
        let mut asked = Vec::new();
        for id in 0..10 {
            asked.push(write_queued(&town.db, move |tx| {
                insert(tx, id, &format!("member {id}"))?;
                let pledged = if id == 4 { 999 } else { id };
                // A deferred foreign key is only checked by the commit.
                tx.run("insert into pledges (member) values ($1)", params![pledged])
            }).await);
        }
        drop(release);
        for unit in held {
            unit.await.unwrap();
        }
        for (id, unit) in asked.into_iter().enumerate() {
            match unit.await {
                Ok(_) => assert_ne!(id, 4),
                Err(error) => assert_eq!((id, error.kind()), (4, Kind::ForeignKey)),
            }
        }
        assert_eq!(town.db.read(count).await.unwrap(), 9);
    }
}

/// About 200 KiB of file.
fn small() -> Options {
    Options { max_pages: Some(50), ..super::quick() }
}

#[test]
fn a_full_disk_is_told_and_recovered_from() {
    let town = town_with(testkit::Kind::Sqlite, small());
    let fill = |id: i64, size: usize| {
        town.db.write_now(move |tx| {
            insert(tx, id, &format!("member {id}"))?;
            tx.run("update members set picture = $1 where id = $2", params![vec![7_u8; size], id])
        })
    };
    let refused = (0..200).find_map(|id| fill(id, 8_000).err()).unwrap();
    assert_eq!(refused.kind(), Kind::Full);
    let kept = members(&town.db);
    assert!(kept > 5, "{kept} were stored before the file was full");
    let pictured = "select count(*) from members where picture is not null";
    let whole: i64 = town.db.read_now(|tx| tx.one(pictured, params![], |row| row.get(0))).unwrap();
    assert_eq!(whole, kept, "nothing is half-written");
    town.db.write_now(|tx| tx.run("delete from members where id < 5", params![])).unwrap();
    fill(1, 8_000).unwrap();
}

#[test]
fn a_unit_too_big_for_the_disk_spares_those_beside_it() {
    let town = town_with(testkit::Kind::Sqlite, small());
    testkit::run(async {
        let (held, release) = writers_held(&town.db).await;
        let mut asked = Vec::new();
        for id in 0..6 {
            let size = if id == 3 { 1_000_000 } else { 100 };
            asked.push(
                write_queued(&town.db, move |tx| {
                    insert(tx, id, &format!("member {id}"))?;
                    tx.run("update members set picture = $1 where id = $2", params![vec![7_u8; size], id])
                })
                .await,
            );
        }
        drop(release);
        for unit in held {
            unit.await.unwrap();
        }
        let mut answers = Vec::new();
        for unit in asked {
            answers.push(unit.await.map_err(|error: Error| error.kind()));
        }
        assert_eq!(answers, [Ok(1), Ok(1), Ok(1), Err(Kind::Full), Ok(1), Ok(1)]);
    });
    assert_eq!(members(&town.db), 5);
}

#[test]
fn the_log_stays_bounded_while_readers_never_rest() {
    let town = town_with(testkit::Kind::Sqlite, Options { readers: 8, ..super::quick() });
    let over = AtomicBool::new(false);
    town.db.write_now(|tx| insert(tx, 1, "ana")).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    town.db
                        .read_now(|tx| {
                            let members = count(tx)?;
                            std::thread::sleep(Duration::from_millis(10));
                            Ok::<_, Error>(members)
                        })
                        .unwrap();
                }
            });
        }
        for number in 0..600_u32 {
            let picture = vec![number as u8; 256 * 1024];
            let paint = "update members set picture = $1 where id = 1";
            town.db.write_now(move |tx| tx.run(paint, params![picture])).unwrap();
        }
        over.store(true, Ordering::Relaxed);
    });
    let log = town.database.path().unwrap().with_extension("db-wal");
    let size = std::fs::metadata(log).unwrap().len();
    assert!(size < 100 << 20, "150 MiB were written, and the log holds {size} bytes");
}
