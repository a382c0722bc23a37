//! Units of work: snapshots, undoing, running again.

use std::sync::{
    atomic::{AtomicBool, Ordering},
    mpsc,
};
use std::time::Duration;

use super::{count, insert, members, queued, town, write_queued, writers_held};
use crate::{Error, Kind, params};

testkit::on_both! {
    fn a_unit_that_fails_leaves_nothing(on) {
        let town = town(on);
        let refused = town.db.write_now(|tx| {
            insert(tx, 1, "ana")?;
            Err::<(), Error>(Error::new(Kind::Check, "no"))
        });
        assert_eq!(refused.unwrap_err().kind(), Kind::Check);
        assert_eq!(members(&town.db), 0);
    }

    fn a_read_sees_one_snapshot(on) {
        let town = town(on);
        let (looked, has_looked) = mpsc::channel();
        let (written, is_written) = mpsc::channel();
        testkit::run(async {
            let db = town.db.clone();
            let counts = queued(async move {
                db.read(move |tx| {
                    let before = count(tx)?;
                    looked.send(()).unwrap();
                    is_written.recv().unwrap();
                    Ok((before, count(tx)?))
                })
                .await
            })
            .await;
            has_looked.recv().unwrap();
            town.db.write(|tx| insert(tx, 1, "ana")).await.unwrap();
            written.send(()).unwrap();
            assert_eq!(counts.await.unwrap(), (0, 0));
        });
        assert_eq!(members(&town.db), 1);
    }

    fn a_reading_unit_cannot_write(on) {
        let town = town(on);
        town.db.read_now(|tx| insert(tx, 1, "ana")).unwrap_err();
        assert_eq!(members(&town.db), 0);
    }

    fn an_error_that_the_unit_swallows_still_undoes_it(on) {
        let town = town(on);
        let swallowed = town.db.write_now(|tx| {
            insert(tx, 1, "ana")?;
            drop(insert(tx, 2, "ana"));
            Ok::<_, Error>(())
        });
        assert!(swallowed.unwrap_err().violates("members.handle"));
        assert_eq!(members(&town.db), 0);
    }

    fn an_attempt_fails_alone(on) {
        let town = town(on);
        let taken = town.db.write_now(|tx| {
            insert(tx, 1, "ana")?;
            let second = tx.attempt(|tx| {
                insert(tx, 2, "ben")?;
                insert(tx, 3, "ana")
            });
            insert(tx, 4, "cho")?;
            Ok::<_, Error>(second.is_err_and(|error| error.violates("members.handle")))
        });
        assert!(taken.unwrap());
        assert_eq!(members(&town.db), 2);
    }

    fn concurrent_increments_are_exact(on) {
        let town = town(on);
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        town.db.write_now(|tx| {
                            let value: i64 = tx.one(
                                "select value from counters where id = $1", params![1], |row| row.get(0))?;
                            // The caller's own error type hides what went wrong: it is tried again all the same.
                            tx.run("update counters set value = $1 where id = $2", params![value + 1, 1])
                                .map_err(|_| Error::new(Kind::Other, "hidden"))
                        }).unwrap();
                    }
                });
            }
        });
        let value: i64 = town.db.read_now(|tx| {
            tx.one("select value from counters where id = 1", params![], |row| row.get(0))
        }).unwrap();
        assert_eq!(value, 120);
    }

    fn a_long_unit_gets_its_turn_among_short_ones(on) {
        let town = town(on);
        let over = AtomicBool::new(false);
        let add = |long: Duration| {
            town.db.write_now(move |tx| {
                let value: i64 = tx.one("select value from counters where id = 1", params![], |row| row.get(0))?;
                std::thread::sleep(long);
                tx.run("update counters set value = $1 where id = 1", params![value + 1])
            })
        };
        std::thread::scope(|scope| {
            let short = [(); 2].map(|()| scope.spawn(|| {
                let mut done = 0;
                while !over.load(Ordering::Relaxed) {
                    add(Duration::ZERO).unwrap();
                    done += 1;
                }
                done
            }));
            let long = add(Duration::from_millis(60));
            over.store(true, Ordering::Relaxed);
            long.unwrap();
            let done: i64 = short.map(|thread| thread.join().unwrap()).iter().sum();
            let value: i64 = town.db.read_now(|tx| tx.one("select value from counters where id = 1", params![], |row| row.get(0))).unwrap();
            assert_eq!(value, done + 1);
        });
    }

    async fn a_unit_that_nobody_waits_for_is_skipped(on) {
        let town = town(on);
        let (held, release) = writers_held(&town.db).await;
        let unwanted = write_queued(&town.db, |tx| insert(tx, 1, "ana")).await;
        let wanted = write_queued(&town.db, |tx| insert(tx, 2, "ben")).await;
        drop(unwanted);
        drop(release);
        wanted.await.unwrap();
        for unit in held {
            unit.await.unwrap();
        }
        // A unit behind the unwanted one on every writer has been answered: it would have run by now.
        town.db.close();
        let again = crate::Db::open(&town.database.url, super::quick()).unwrap();
        assert_eq!(members(&again), 1);
        again.close();
    }

    fn statements_are_counted(on) {
        let town = town(on);
        let before = town.db.statements();
        town.db.read_now(|tx| { count(tx)?; count(tx)?; count(tx) }).unwrap();
        assert_eq!(town.db.statements() - before, 3);
    }
}

#[test]
fn a_unit_survives_the_loss_of_its_connection() {
    let town = town(testkit::Kind::Postgres);
    let mut tries = 0;
    let tries = town.db.write_now(move |tx| {
        tries += 1;
        insert(tx, tries, "ana")?;
        if tries == 1 {
            tx.run("select pg_terminate_backend(pg_backend_pid())", params![])?;
        }
        Ok::<_, Error>(tries)
    });
    assert_eq!(tries.unwrap(), 2);
    assert_eq!(members(&town.db), 1);
}

#[test]
fn a_task_waits_for_as_many_units_as_it_likes() {
    let town = town(testkit::Kind::Sqlite);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    // More than tokio lets a task poll before it has to let others go on.
    let all = runtime.block_on(async {
        (0..300).map(|_| town.db.read_now(|tx| tx.one("select 1", params![], |row| row.get::<i64>(0)))).collect::<Vec<_>>()
    });
    assert!(all.into_iter().all(|one| one.unwrap() == 1));
}
