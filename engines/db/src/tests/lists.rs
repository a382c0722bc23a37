//! Lists of few lengths.

use super::{insert, town};
use crate::{Error, Id, padded, params, places};

testkit::on_both! {
    fn a_list_finds_its_members_whatever_its_length(on) {
        let town = town(on);
        town.db.write_now(|tx| {
            for id in 0..40 {
                insert(tx, id, &format!("member {id}"))?;
            }
            for length in 0..20_i64 {
                let ids: Vec<Id> = (0..length).map(Id::new).collect();
                let sql = format!(
                    "select count(*) from members where handle <> $1 and id in ({})", places(2, ids.len()));
                let found: i64 =
                    tx.one(&sql, &[params!["nobody"], &padded(&ids)].concat(), |row| row.get(0))?;
                assert_eq!(found, length);
            }
            Ok::<_, Error>(())
        }).unwrap();
    }
}

#[test]
fn lists_of_near_lengths_share_one_text() {
    assert_eq!(places(2, 3), "$2, $3, $4, $5");
    assert_eq!(places(2, 4), places(2, 3));
    assert_eq!(places(1, 1), "$1");
    assert_eq!(places(1, 0), "null");
    assert!(padded::<i64>(&[]).is_empty());
}
