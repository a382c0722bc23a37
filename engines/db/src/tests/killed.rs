//! A program that is killed loses nothing that it has acknowledged.
//!
//! The test starts its own binary again, which writes until it is killed and prints each id once the
//! write was answered.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use super::{insert, quick, town};
use crate::{Db, Error, Options, params};

const ADDRESS: &str = "DB_TEST_WRITE_UNTIL_KILLED";
const ROUNDS: i64 = 5;
const THREADS: i64 = 8;

testkit::on_both! {
    fn every_acknowledged_write_is_found_again(on) {
        let town = town(on);
        town.db.close();
        let mut acknowledged = Vec::new();
        for round in 0..ROUNDS {
            let mut child = writing(&town.database.url, round);
            let lines = BufReader::new(child.stdout.take().unwrap()).lines();
            // Each round dies at another moment of the work. What was printed before the end counts too.
            for (number, line) in lines.map_while(Result::ok).enumerate() {
                if number == 60 + 13 * usize::try_from(round).unwrap() {
                    child.kill().unwrap();
                }
                acknowledged.extend(line.strip_prefix("wrote ").and_then(|id| id.parse::<i64>().ok()));
            }
            child.wait().unwrap();
        }
        assert!(acknowledged.len() > 300, "{} writes were acknowledged", acknowledged.len());
        let db = Db::open(&town.database.url, quick()).unwrap();
        for id in acknowledged {
            let found = db.read_now(move |tx| {
                tx.one("select handle from members where id = $1", params![id], |row| row.get::<String>(0))
            });
            assert_eq!(found.unwrap(), format!("member {id}"));
        }
        // Each unit wrote two rows, or none.
        let (members, likes): (i64, i64) = db.read_now(|tx| {
            tx.one(
                "select (select count(*) from members), (select count(*) from likes)", params![],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
        }).unwrap();
        assert_eq!(members, likes);
        db.close();
    }
}

fn writing(url: &str, round: i64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["tests::killed::writes_until_killed", "--exact", "--ignored", "--nocapture"])
        .env(ADDRESS, format!("{round} {url}"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "run by the test above, in a process of its own"]
fn writes_until_killed() {
    let Ok(task) = std::env::var(ADDRESS) else { return };
    let (round, url) = task.split_once(' ').unwrap();
    let round: i64 = round.parse().unwrap();
    let db = Db::open(url, Options::default()).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let db = &db;
            scope.spawn(move || {
                // Bounded, should nobody kill it.
                for number in 0..10_000 {
                    let id = (round * THREADS + thread) * 1_000_000 + number;
                    let written = db.write_now(move |tx| {
                        insert(tx, id, &format!("member {id}"))?;
                        tx.run("insert into likes (post, member) values ($1, $1)", params![id])?;
                        Ok::<_, Error>(())
                    });
                    if written.is_ok() {
                        writeln!(std::io::stdout(), "wrote {id}").unwrap();
                    }
                }
            });
        }
    });
}
