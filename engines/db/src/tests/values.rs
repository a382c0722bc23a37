//! Values go in and come out as they were.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::town;
use crate::{Error, params};

type Told = (String, Option<i64>, Option<Vec<u8>>, Option<f64>);

/// Text without U+0000, which never reaches the database.
fn told() -> impl Strategy<Value = Told> {
    ("[^\u{0}]{0,40}", any::<Option<i64>>(), any::<Option<Vec<u8>>>(), proptest::option::of(-1e300..1e300))
}

testkit::on_both! {
    fn anything_told_is_told_again(on) {
        let town = town(on);
        town.db.write_now(|tx| {
            tx.script("create table things (name text, number bigint, bytes bytea, size double precision)")
        }).unwrap();
        let mut runner = TestRunner::new(Config { cases: 64, failure_persistence: None, ..Config::default() });
        runner.run(&told(), |told| {
            let sent = told.clone();
            let back: Told = town.db.write_now(move |tx| {
                let (name, number, bytes, size) = &sent;
                tx.run("delete from things", params![])?;
                tx.one(
                    "insert into things (size, bytes, number, name) values ($4, $3, $2, $1)
                     returning name, number, bytes, size",
                    params![name, number, bytes, size],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
                )
            }).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(back, told);
            Ok(())
        }).unwrap();
    }

    fn a_column_of_another_type_is_told_by_place_and_not_by_content(on) {
        let town = town(on);
        let read = town.db.read_now(|tx| tx.one("select 1, 'a secret'", params![], |row| row.get::<i64>(1)));
        let words = read.unwrap_err().to_string();
        assert!(words.contains("column 1 holds text") && !words.contains("secret"), "{words}");
        let beyond = town.db.read_now(|tx| tx.one("select 1", params![], |row| row.get::<i64>(1)));
        assert!(beyond.unwrap_err().to_string().contains("no column 1"));
        let null = town.db.read_now(|tx| tx.one("select cast(null as bigint)", params![], |row| row.get::<i64>(0)));
        assert!(null.unwrap_err().to_string().contains("null"));
        let narrow = town.db.read_now(|tx| tx.one("select 4294967296", params![], |row| row.get::<u32>(0)));
        assert!(narrow.unwrap_err().to_string().contains("32 bits"));
    }

    fn an_integer_fits_what_postgresql_infers(on) {
        let town = town(on);
        let found = town.db.write_now(|tx| {
            super::insert(tx, 1, "ana")?;
            super::insert(tx, 20_001, "ben")?;
            let mut above = Vec::new();
            for least in [-70_000_i64, 0, 20_001, 20_002, 20_003] {
                // The sum of bigints is a numeric there.
                above.push(tx.one("select sum(id) >= $1 from members", params![least], |row| row.get(0))?);
            }
            tx.run("update members set score = $1 where id = $2", params![3_i64, 1])?;
            let score: f64 = tx.one("select score from members where id = 1", params![], |row| row.get(0))?;
            Ok::<_, Error>((above, score))
        });
        assert_eq!(found.unwrap(), (vec![true, true, true, true, false], 3.0));
    }

    fn like_minds_the_case(on) {
        let town = town(on);
        let same: bool = town.db.read_now(|tx| {
            tx.one("select 'Ana' like 'ana'", params![], |row| row.get(0))
        }).unwrap();
        assert!(!same);
    }

    fn changed_rows_are_counted(on) {
        let town = town(on);
        town.db.write_now(|tx| {
            assert_eq!(super::insert(tx, 1, "ana")?, 1);
            let again = "insert into members (id, handle) values ($1, $2) on conflict do nothing";
            assert_eq!(tx.run(again, params![1, "ana"])?, 0);
            assert_eq!(tx.run("update members set age = 3 returning id", params![])?, 1);
            assert_eq!(tx.run("delete from members where id = $1", params![2])?, 0);
            Ok::<_, Error>(())
        }).unwrap();
    }
}
