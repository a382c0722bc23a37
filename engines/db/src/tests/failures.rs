//! The kinds of failure, the same on both databases.

use std::time::Duration;

use super::{insert, members, quick, town, town_with};
use crate::{Db, Error, Kind, Options, params};

const ENDLESS: &str = "with recursive steps (step) as
    (select cast(1 as bigint) union all select step + 1 from steps) select count(*) from steps";

testkit::on_both! {
    fn a_second_of_a_kind_is_a_unique_violation(on) {
        let town = town(on);
        town.db.write_now(|tx| insert(tx, 1, "ana")).unwrap();
        let handle = town.db.write_now(|tx| insert(tx, 2, "ana")).unwrap_err();
        assert_eq!(handle.kind(), Kind::Unique { constraint: "members.handle".to_owned() });
        assert!(handle.violates("members.handle") && !handle.violates("members.id"));
        let id = town.db.write_now(|tx| insert(tx, 1, "ben")).unwrap_err();
        assert!(id.violates("members.id") && !id.violates("members.handle"));
        let like = |tx: &mut crate::Tx<'_>| tx.run("insert into likes values ($1, $2)", params![5, 1]);
        town.db.write_now(like).unwrap();
        let twice = town.db.write_now(like).unwrap_err();
        assert!(twice.violates("likes.post") && twice.violates("likes.post, likes.member"));
        assert!(!twice.violates("likes.nothing") && !twice.violates("members.id"));
    }

    fn broken_rules_have_their_kinds(on) {
        let town = town(on);
        let run = |sql: &'static str| {
            town.db.write_now(move |tx| tx.run(sql, params![])).unwrap_err().kind()
        };
        assert_eq!(run("insert into likes (post, member) values (1, 404)"), Kind::ForeignKey);
        assert_eq!(run("insert into members (id, handle, age) values (1, 'ana', -1)"), Kind::Check);
        assert_eq!(run("insert into members (id, handle) values (1, null)"), Kind::Check);
        assert_eq!(run("select nonsense from members"), Kind::Other);
        assert_eq!(run("select id from members where handle = \"ana\""), Kind::Other);
    }

    fn no_row_is_not_found_and_does_not_end_the_unit(on) {
        let town = town(on);
        let found = town.db.write_now(|tx| {
            let missing = tx.one("select id from members where id = $1", params![404], |row| row.get::<i64>(0));
            insert(tx, 1, "ana")?;
            Ok::<_, Error>(missing.map_err(|error| error.kind()))
        });
        assert_eq!(found.unwrap(), Err(Kind::NotFound));
        assert_eq!(members(&town.db), 1);
    }

    fn a_runaway_statement_is_ended(on) {
        let limit = Duration::from_millis(50);
        let town = town_with(on, Options { statement_timeout: limit, ..quick() });
        let endless = |tx: &mut crate::Tx<'_>| tx.one(ENDLESS, params![], |row| row.get::<i64>(0));
        assert_eq!(town.db.read_now(endless).unwrap_err().kind(), Kind::Timeout);
        let written = town.db.write_now(move |tx| {
            insert(tx, 1, "ana")?;
            endless(tx)
        });
        assert_eq!(written.unwrap_err().kind(), Kind::Timeout);
        town.db.write_now(|tx| insert(tx, 2, "ben")).unwrap();
        assert_eq!(members(&town.db), 1);
    }

    fn a_wrong_number_of_parameters_is_refused(on) {
        let town = town(on);
        let few = town.db.write_now(|tx| tx.run("delete from members where id = $1", params![]));
        assert!(few.unwrap_err().to_string().contains("1 markers but 0 parameters"));
        let many = town.db.write_now(|tx| tx.run("delete from members where id = $1", params![1, 2]));
        assert!(many.unwrap_err().to_string().contains("1 markers but 2 parameters"));
    }
}

#[test]
fn names_that_postgresql_makes_up_are_understood() {
    let named = |constraint: &str| Error::new(Kind::Unique { constraint: constraint.to_owned() }, "");
    assert!(named("accounts_handle_key_key").violates("accounts.handle_key"));
    assert!(named("accounts_site_handle_key_idx").violates("accounts.handle_key"));
    assert!(named("accounts_pkey").violates("accounts.id"));
    assert!(!named("accounts_handle_key").violates("accounts.hand"));
    assert!(!named("accounts_handle_key").violates("likes.handle"));
    assert!(!Error::new(Kind::Check, "accounts.handle_key").violates("accounts.handle_key"));
}

#[test]
fn addresses_that_cannot_be_opened_say_why() {
    let refused = |url: &str| Db::open(url, quick()).err().unwrap().to_string();
    assert!(refused("mysql://x").contains("must begin with sqlite: or postgres://"));
    assert!(refused("sqlite:").contains("path of a file"));
    assert!(refused("sqlite::memory:").contains("cannot be in memory"));
    assert!(refused("sqlite:/nowhere/at/all.db").contains("/nowhere/at/all.db"));
    assert!(refused("postgres://localhost/x?sslmode=require").contains("sslmode=require"));
    assert!(refused("postgres://localhost:port/x").contains("postgres://user:password@host"));
}

#[test]
fn a_server_that_is_not_there_is_a_connection_error() {
    // Port 1 is reserved and nobody listens there.
    let refused = Db::open("postgres://ana:secret@127.0.0.1:1/town", quick()).err().unwrap();
    assert_eq!(refused.kind(), Kind::Connection);
    assert!(!format!("{refused} {refused:?}").contains("secret"));
}
