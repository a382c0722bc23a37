//! Whatever members do, in whichever order, at once or after another: the counters say what there is.

use super::{LIKE, Stand, drift, of_one, posted, put, take_back};
use crate::PostId;
use db::{Db, params};
use people::{AccountId, Viewer, accounts, levels::Levels};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use std::{collections::BTreeMap, sync::Arc};

/// What somebody does: who, to which post, and with what; taking it back is nothing.
type Press = (usize, usize, Option<usize>);

const KINDS: [&str; 4] = [LIKE, "thanks", "funny", "sad"];
const MEMBERS: usize = 4;
const POSTS: usize = 2;
/// Devices that write at the same time.
const WRITERS: usize = 4;

struct Crowd {
    stand: Stand,
    levels: Arc<Levels>,
    members: Vec<AccountId>,
    posts: Vec<PostId>,
}

impl Crowd {
    fn new(kind: testkit::Kind) -> Self {
        let stand = Stand::new(kind);
        let members = (0..MEMBERS).map(|number| stand.town.actor(&format!("Member {number}"), "member").id).collect();
        let author = stand.rosa.id;
        let other = stand.town.town.db.write_now(move |tx| posted(tx, author)).unwrap();
        let levels = Arc::new(stand.town.town.db.read_now(people::levels::all).unwrap());
        Self { posts: vec![stand.post, other], levels, members, stand }
    }

    fn press(&self, db: &Db, (who, post, with): Press) {
        let (me, post, levels) = (self.members[who], self.posts[post], Arc::clone(&self.levels));
        db.write_now(move |tx| {
            let account = accounts::by_id(tx, me)?.ok_or(web::Error::NotFound)?;
            match with {
                Some(kind) => put(tx, &Viewer::away(&account, &levels), post, KINDS[kind], 1),
                None => Ok(take_back(tx, me, post)?),
            }
        })
        .unwrap();
    }

    fn begin_anew(&self) {
        let author = self.stand.rosa.id;
        self.stand.write(move |tx| {
            for sql in ["delete from reactions", "delete from reaction_counts", "update post_counts set likes = 0", "delete from notices"] {
                tx.run(sql, params![])?;
            }
            tx.run("update connection_counts set unread = 0 where owner_id = $1", params![author]).map(drop)
        });
    }

    /// What stands at each post by each member.
    fn standing(&self) -> BTreeMap<(PostId, AccountId), String> {
        let sql = "select post_id, account_id, kind from reactions";
        let rows = self.stand.town.town.db.read_now(move |tx| tx.all(sql, params![], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?))));
        rows.unwrap().into_iter().collect()
    }

    /// Every counter says what stands, on every surface: the stored ones, those that pages show, and what the author is told of.
    fn assert_exact(&self) {
        let standing = self.standing();
        let db = &self.stand.town.town.db;
        assert_eq!(db.read_now(|tx| drift(tx, false)).unwrap(), []);
        assert_eq!(db.read_now(|tx| people::notices::drift(tx, false)).unwrap(), []);
        for post in self.posts.iter().copied() {
            let seen = db.read_now(move |tx| of_one(tx, &Viewer::default(), post)).unwrap();
            let of = |name: &str| standing.iter().filter(|((at, _), kind)| *at == post && *kind == name).count() as i64;
            assert_eq!(seen.likes, of(LIKE));
            let typed: BTreeMap<String, i64> = seen.typed.into_iter().map(|(kind, count)| (kind.name, count)).collect();
            let expected = KINDS[1..].iter().map(|kind| ((*kind).to_owned(), of(kind))).filter(|(_, count)| *count > 0).collect();
            assert_eq!(typed, expected);
            let sql =
                "select n.kind, count(*) from notices n join notice_people p on p.notice_id = n.id where n.post_id = $1 group by n.kind";
            let told: BTreeMap<String, i64> =
                db.read_now(move |tx| tx.all(sql, params![post], |row| Ok((row.get(0)?, row.get(1)?)))).unwrap().into_iter().collect();
            assert_eq!(told.get("like").copied().unwrap_or(0), of(LIKE), "the author is told of every like that stands");
        }
    }
}

fn presses(most: usize) -> impl Strategy<Value = Vec<Press>> {
    let with = prop_oneof![1 => Just(None), 3 => (0..KINDS.len()).prop_map(Some)];
    prop::collection::vec((0..MEMBERS, 0..POSTS, with), 1..most)
}

/// A run on a database is a matter of milliseconds on one and of many of them on the other.
fn config(kind: testkit::Kind) -> Config {
    Config {
        cases: if kind == testkit::Kind::Sqlite { 48 } else { 16 },
        failure_persistence: None,
        max_shrink_iters: 64,
        ..Config::default()
    }
}

testkit::on_both! {
    fn one_after_another_what_was_chosen_last_stands(kind) {
        let crowd = Crowd::new(kind);
        TestRunner::new(config(kind)).run(&presses(24), |presses| {
            crowd.begin_anew();
            let mut last = BTreeMap::new();
            for press in presses {
                crowd.press(&crowd.stand.town.town.db, press);
                let key = (crowd.posts[press.1], crowd.members[press.0]);
                match press.2 {
                    Some(with) => last.insert(key, KINDS[with].to_owned()),
                    None => last.remove(&key),
                };
            }
            prop_assert_eq!(crowd.standing(), last);
            crowd.assert_exact();
            Ok(())
        }).unwrap();
    }

    fn at_once_nothing_is_counted_twice_or_lost(kind) {
        let crowd = Crowd::new(kind);
        TestRunner::new(config(kind)).run(&prop::collection::vec(presses(8), WRITERS), |devices| {
            crowd.begin_anew();
            std::thread::scope(|scope| {
                for presses in &devices {
                    let (crowd, db) = (&crowd, crowd.stand.town.town.db.clone());
                    scope.spawn(move || presses.iter().for_each(|press| crowd.press(&db, *press)));
                }
            });
            crowd.assert_exact();
            // Each stands once, with something that was chosen.
            for ((post, who), kind) in crowd.standing() {
                let chosen = devices.iter().flatten().any(|(by, at, with)| {
                    crowd.members[*by] == who && crowd.posts[*at] == post && with.is_some_and(|with| KINDS[with] == kind)
                });
                prop_assert!(chosen);
            }
            Ok(())
        }).unwrap();
    }

    fn a_double_tap_on_two_devices_is_one(kind) {
        let crowd = Crowd::new(kind);
        for round in 0..10 {
            std::thread::scope(|scope| {
                for _ in 0..WRITERS {
                    let (crowd, db) = (&crowd, crowd.stand.town.town.db.clone());
                    scope.spawn(move || crowd.press(&db, (0, 0, if round % 2 == 0 { Some(0) } else { None })));
                }
            });
            crowd.assert_exact();
            assert_eq!(crowd.standing().len(), 1 - round % 2);
        }
    }
}
