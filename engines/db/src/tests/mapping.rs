//! The file stays mapped while others write: what is read is right when it grows, shrinks, and grows again.

use super::{quick, town_with};
use crate::{Db, Error, Options, params};

const FILL: &str = "with recursive n (n) as (select 1 union all select n + 1 from n where n < 4000)
    insert into members (id, handle, picture) select n + $1, 'member ' || (n + $1), zeroblob(900) from n";

/// Every row, read through its text: pages all over the file.
fn read_all(db: &Db) -> Result<(i64, i64), Error> {
    db.read_now(|tx| {
        tx.one("select count(*), coalesce(sum(length(handle) + length(picture)), 0) from members", params![], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    })
}

fn other(path: &std::path::Path, sql: &str) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch(sql).unwrap();
}

#[test]
fn a_file_that_grows_and_shrinks_is_read_right() {
    let town = town_with(testkit::Kind::Sqlite, Options { readers: 1, ..quick() });
    let path = town.database.path().unwrap().to_owned();
    let sum = |count: i64, first: i64| (first + 1..=first + count).map(|id| format!("member {id}").len() as i64 + 900).sum::<i64>();
    assert_eq!(read_all(&town.db).unwrap(), (0, 0));
    for round in 0..3 {
        // By another connection, and out of the log into the file.
        town.db.write_now(move |tx| tx.run(FILL, params![round * 10_000])).unwrap();
        other(&path, "pragma wal_checkpoint(truncate)");
        assert_eq!(read_all(&town.db).unwrap(), (4_000, sum(4_000, round * 10_000)), "round {round}: longer");
        other(&path, "update members set handle = handle; pragma wal_checkpoint(truncate)");
        assert_eq!(read_all(&town.db).unwrap(), (4_000, sum(4_000, round * 10_000)), "round {round}: as long as before");
        let longer = "insert into members (id, handle, picture) values (0, 'one more', zeroblob(30000)); pragma wal_checkpoint(truncate)";
        other(&path, longer);
        assert_eq!(read_all(&town.db).unwrap(), (4_001, sum(4_000, round * 10_000) + 30_008), "round {round}: a little longer");
        other(&path, "delete from members where id = 0");
        let length = std::fs::metadata(&path).unwrap().len();
        other(&path, "delete from members; vacuum; pragma wal_checkpoint(truncate)");
        assert!(std::fs::metadata(&path).unwrap().len() < length / 10);
        assert_eq!(read_all(&town.db).unwrap(), (0, 0), "round {round}: shorter");
    }
}
