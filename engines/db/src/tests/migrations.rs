//! Migrations: once each, in order, and never over a newer database.

use super::quick;
use crate::{Db, Dialect, Kind, Migration, params};

const FIRST: Migration = Migration {
    name: "0001_plants",
    sqlite: "create table plants (id bigint not null primary key); create index plants_i on plants (id);",
    postgres: "create table plants (id bigint not null primary key); create index plants_i on plants (id);",
};
const SECOND: Migration = Migration {
    name: "0002_blooms",
    sqlite: "insert into plants (id) values (1), (2); -- two; of them\n",
    postgres: "insert into plants (id) values (1), (2); -- two; of them\n",
};
const BROKEN: Migration = Migration {
    name: "0003_broken",
    sqlite: "create table half (id bigint); create nonsense;",
    postgres: "create table half (id bigint); create nonsense;",
};

fn plants(db: &Db) -> i64 {
    let count = "select count(*) from plants";
    db.read_now(move |tx| tx.one(count, params![], |row| row.get(0))).unwrap()
}

testkit::on_both! {
    fn each_is_applied_once(on) {
        let database = testkit::database::empty(on);
        let db = Db::open(&database.url, quick()).unwrap();
        assert_eq!(db.migrate(&[FIRST]).unwrap(), 1);
        assert_eq!(db.migrate(&[FIRST, SECOND]).unwrap(), 1);
        assert_eq!(db.migrate(&[FIRST, SECOND]).unwrap(), 0);
        assert_eq!(plants(&db), 2);
        db.close();
    }

    fn several_programs_take_turns(on) {
        let database = testkit::database::empty(on);
        let applied: usize = std::thread::scope(|scope| {
            let programs: Vec<_> = (0..3).map(|_| scope.spawn(|| {
                let db = Db::open(&database.url, quick()).unwrap();
                let applied = db.migrate(&[FIRST, SECOND]).unwrap();
                db.close();
                applied
            })).collect();
            programs.into_iter().map(|program| program.join().unwrap()).sum()
        });
        assert_eq!(applied, 2);
    }

    fn a_newer_database_is_refused(on) {
        let database = testkit::database::empty(on);
        let db = Db::open(&database.url, quick()).unwrap();
        db.migrate(&[FIRST, SECOND]).unwrap();
        let refused = db.migrate(&[FIRST]).unwrap_err();
        let newer = Kind::Newer { found: "0002_blooms".into(), known: "0001_plants".into() };
        assert_eq!(refused.kind(), newer);
        assert!(refused.to_string().contains("newer than this program"));
        db.close();
    }

    fn a_changed_text_is_refused(on) {
        let database = testkit::database::empty(on);
        let db = Db::open(&database.url, quick()).unwrap();
        db.migrate(&[FIRST]).unwrap();
        let edited = Migration { sqlite: SECOND.sqlite, postgres: SECOND.postgres, ..FIRST };
        let refused = db.migrate(&[edited]).unwrap_err().to_string();
        assert!(refused.contains("0001_plants was changed"), "{refused}");
        let text: &'static str = Box::leak(FIRST.sqlite.replace("; ", ";\r ").into_boxed_str());
        let same = Migration { sqlite: text, postgres: text, ..FIRST };
        assert_eq!(db.migrate(&[same]).unwrap(), 0);
        db.close();
    }

    fn a_broken_one_leaves_nothing_and_is_named(on) {
        let database = testkit::database::empty(on);
        let db = Db::open(&database.url, quick()).unwrap();
        let refused = db.migrate(&[FIRST, SECOND, BROKEN]).unwrap_err().to_string();
        assert!(refused.contains("0003_broken"), "{refused}");
        assert_eq!(plants(&db), 2);
        let half = db.read_now(|tx| tx.run("select * from half", params![]));
        half.unwrap_err();
        db.close();
    }

    fn out_of_order_is_refused(on) {
        let database = testkit::database::empty(on);
        let db = Db::open(&database.url, quick()).unwrap();
        assert!(db.migrate(&[SECOND, FIRST]).unwrap_err().to_string().contains("order"));
        db.close();
    }

    fn it_may_take_longer_than_a_statement(on) {
        let database = testkit::database::empty(on);
        let limit = std::time::Duration::from_millis(1);
        let db = Db::open(&database.url, crate::Options { statement_timeout: limit, ..quick() }).unwrap();
        let long = "create table steps as with recursive steps (step) as (select 1 union all
            select step + 1 from steps where step < 200000) select step from steps;";
        db.migrate(&[Migration { name: "0001_long", sqlite: long, postgres: long }]).unwrap();
        let dialect = if on == testkit::Kind::Sqlite { Dialect::Sqlite } else { Dialect::Postgres };
        assert_eq!(db.dialect(), dialect);
        db.close();
    }
}
