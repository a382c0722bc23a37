#![allow(clippy::unwrap_used)]
use super::*;
use db::{Tx, params};
use people::{AccountId, testing::TestTown};

type Result<T = ()> = std::result::Result<T, db::Error>;

const SHELF: i64 = 77;

/// Runs one unit on a fresh town with an author in it.
fn with_author<T: Send + 'static>(kind: testkit::Kind, mut unit: impl FnMut(&mut Tx, AccountId) -> Result<T> + Send + 'static) -> T {
    let town = TestTown::of_people(kind);
    let author = town.actor("Rosa", "author").id;
    town.town.db.write_now(move |tx| unit(tx, author)).unwrap()
}

/// A page of a shelf as the doors read it.
fn page(tx: &mut Tx, shelf: i64, before: Cursor, limit: u32) -> Result<Vec<Cursor>> {
    tx.all(
        "select listed_at, post_id from shelves where owner_id = $1 and (listed_at, post_id) < ($2, $3) order by listed_at desc, post_id desc limit $4",
        params![shelf, before.at, before.id, limit],
        |row| Ok(Cursor { at: row.get(0)?, id: row.get(1)? }),
    )
}

fn count(tx: &mut Tx, sql: &str) -> Result<i64> {
    tx.one(sql, params![], |row| row.get(0))
}

testkit::on_both! {
    fn a_block_and_a_suspension_part_neighbours_not_readers_and_news(kind) {
        let town = TestTown::of_people(kind);
        let [rosa, sam] = ["Rosa", "Sam"].map(|name| town.actor(name, "author").id);
        town.town.db.write_now(move |tx| -> std::result::Result<(), web::Error> {
            let reads = |tx: &mut Tx, post: PostId| -> Result<bool> {
                let sql = format!("select 1 from posts p where p.id = $2 and {}", readable(1));
                Ok(tx.first(&sql, params![sam, post], |row| row.get::<i64>(0))?.is_some())
            };
            let mut made = Vec::new();
            for kind in ["story", "album", "note"] {
                let post = insert(tx, kind, rosa, 0)?;
                tx.run("update posts set visibility = 'public' where id = $1", params![post])?;
                made.push(post);
            }
            let all = |tx: &mut Tx| -> Result<Vec<bool>> { made.iter().map(|post| reads(tx, *post)).collect() };
            assert_eq!(all(tx)?, [true, true, true]);
            people::blocks::block(tx, rosa, sam, 1)?;
            assert_eq!(all(tx)?, [true, true, false]);
            people::blocks::unblock(tx, rosa, sam)?;
            people::accounts::set_suspended(tx, rosa, true, 1)?;
            assert_eq!(all(tx)?, [true, true, false]);
            people::accounts::set_suspended(tx, rosa, false, 1)?;
            remove(tx, made[2], 5)?;
            assert_eq!(all(tx)?, [true, true, false]);
            Ok(())
        }).unwrap();
    }

    fn a_new_post_is_seen_by_nobody_else(kind) {
        with_author(kind, |tx, rosa| {
            let post = insert(tx, "story", rosa, 5)?;
            let row = tx.one("select p.kind, p.visibility, p.published_at, c.views from posts p join post_counts c on c.post_id = p.id where p.id = $1", params![post], |row| {
                Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<Option<i64>>(2)?, row.get::<i64>(3)?))
            })?;
            assert_eq!(row, ("story".into(), "only_me".into(), None, 0));
            assert!(page(tx, rosa.get(), Cursor::NEWEST, 9)?.is_empty());
            Ok(())
        });
    }

    fn the_byline_keeps_its_order_and_is_replaced_whole(kind) {
        let town = TestTown::of_people(kind);
        let [rosa, ana, sam] = ["Rosa", "Ana", "Sam"].map(|name| town.actor(name, "author").id);
        town.town.db.write_now(move |tx| -> Result {
            let post = insert(tx, "story", rosa, 0)?;
            let names = |tx: &mut Tx| authors_of(tx, post).map(|authors| authors.into_iter().map(|author| author.name).collect::<Vec<_>>());
            set_authors(tx, post, &[sam, rosa, ana])?;
            assert_eq!(names(tx)?, ["Sam", "Rosa", "Ana"]);
            set_authors(tx, post, &[ana])?;
            assert_eq!(names(tx)?, ["Ana"]);
            Ok(())
        }).unwrap();
    }

    fn a_shelf_is_read_newest_first_without_gap_or_repetition(kind) {
        with_author(kind, |tx, rosa| {
            // Five moments with two posts each, one of them before 1970.
            let mut all = Vec::new();
            for number in 0..10 {
                let (post, at) = (insert(tx, "story", rosa, 0)?, (number / 2) * 1_000 - 1_000);
                shelve(tx, post, &[SHELF], at)?;
                all.insert(0, Cursor { at, id: post });
            }
            let (mut read, mut from) = (Vec::new(), Cursor::NEWEST);
            while let Some(last) = { read.extend(page(tx, SHELF, from, 3)?); read.last().copied().filter(|last| *last != from) } {
                // As an address carries it from page to page.
                from = last.to_string().parse().unwrap();
            }
            assert_eq!(read, all);
            Ok(())
        });
    }

    fn a_post_stands_on_exactly_the_shelves_it_was_put_on(kind) {
        with_author(kind, |tx, rosa| {
            let (post, other) = (insert(tx, "story", rosa, 0)?, insert(tx, "story", rosa, 0)?);
            shelve(tx, other, &[1, 2], 5)?;
            shelve(tx, post, &[1, 2, 2], 5)?;
            shelve(tx, post, &[2, 3], 9)?;
            let mut standing = |shelf| Ok::<_, db::Error>(page(tx, shelf, Cursor::NEWEST, 9)?.into_iter().filter(|place| place.id == post).map(|place| place.at).collect::<Vec<_>>());
            assert_eq!([standing(1)?, standing(2)?, standing(3)?], [vec![], vec![9], vec![9]]);
            unshelve(tx, post)?;
            assert_eq!(count(tx, "select count(*) from shelves")?, 2, "the other post stays");
            Ok(())
        });
    }

    fn what_changes_on_shelves_is_noted_in_order_and_for_a_day(kind) {
        with_author(kind, |tx, rosa| {
            let post = insert(tx, "story", rosa, 0)?;
            unshelve(tx, post)?;
            assert_eq!(latest_shelf_change(tx)?, 0, "it stood nowhere");
            shelve(tx, post, &[SHELF, 2], 5)?;
            let first = latest_shelf_change(tx)?;
            unshelve(tx, post)?;
            shelves_moved(tx)?;
            let changes = shelf_changes(tx, 0, 9)?;
            let told: Vec<_> = changes.iter().map(|change| (change.post, change.listed_at, change.owners.clone())).collect();
            assert_eq!(told, [(Some(post), Some(5), vec![SHELF, 2]), (Some(post), None, vec![]), (None, None, vec![])]);
            assert_eq!((shelf_changes(tx, first, 9)?, shelf_changes(tx, 0, 1)?), (changes[1..].to_vec(), changes[..1].to_vec()));
            let made = db::Id::new(first).created_ms();
            forget_shelf_changes(tx, made + CHANGES_KEPT_MS - 1)?;
            assert_eq!(shelf_changes(tx, 0, 9)?.len(), 3);
            forget_shelf_changes(tx, made + CHANGES_KEPT_MS + 60_000)?;
            assert!(shelf_changes(tx, 0, 9)?.is_empty());
            Ok(())
        });
    }

    fn what_was_removed_can_be_restored_for_thirty_days(kind) {
        with_author(kind, |tx, rosa| {
            let post = insert(tx, "story", rosa, 0)?;
            assert!(!restore(tx, post, 1)?, "it was never removed");
            assert!(remove(tx, post, 1_000)?);
            assert!(!remove(tx, post, 2_000)?, "a second removal does not prolong the time");
            assert!(!restore(tx, post, 1_000 + RESTORE_MS)?);
            assert!(restore(tx, post, 999 + RESTORE_MS)?);
            assert!(remove(tx, post, 5_000)?);
            Ok(())
        });
    }

    fn what_can_no_longer_be_restored_is_purged_with_all_that_hangs_on_it(kind) {
        with_author(kind, |tx, rosa| {
            let (post, kept, late) = (insert(tx, "story", rosa, 0)?, insert(tx, "story", rosa, 0)?, insert(tx, "story", rosa, 0)?);
            set_authors(tx, post, &[rosa])?;
            shelve(tx, post, &[SHELF], 5)?;
            crate::revisions::insert(tx, post, rosa, "{}", None, 0)?;
            crate::topics::set(tx, post, &[text::topic::parse("water").unwrap()], 0)?;
            remove(tx, post, 1_000)?;
            remove(tx, late, 1_001)?;
            assert_eq!(purge_removed(tx, 999 + RESTORE_MS)?, 0);
            assert_eq!(purge_removed(tx, 1_000 + RESTORE_MS)?, 1);
            for table in ["post_authors", "post_counts", "shelves", "revisions", "post_topics"] {
                assert_eq!(count(tx, &format!("select count(*) from {table} where post_id = {post}"))?, 0, "{table}");
            }
            let left = tx.all("select id from posts order by id", params![], |row| row.get::<PostId>(0))?;
            assert_eq!(left, [kept, late]);
            Ok(())
        });
    }

    fn views_are_added_to_what_is_there(kind) {
        with_author(kind, |tx, rosa| {
            let (post, other) = (insert(tx, "story", rosa, 0)?, insert(tx, "story", rosa, 0)?);
            add_views(tx, &[(post.get(), 2), (other.get(), 1), (12345, 9)])?;
            add_views(tx, &[(post.get(), 5)])?;
            let views = tx.all("select views from post_counts order by post_id", params![], |row| row.get::<i64>(0))?;
            assert_eq!(views, [7, 1], "views of a post that is gone are forgotten");
            Ok(())
        });
    }
}

#[test]
fn a_place_in_a_list_survives_its_address() {
    for at in [0, -1, 1_764_000_000_000, i64::MIN, i64::MAX] {
        let place = Cursor { at, id: PostId::new(42) };
        assert_eq!(place.to_string().parse(), Ok(place));
    }
    for broken in ["", "-", "5", "5-", "-5", "a-b", "5-6-7", "5--6", "99999999999999999999-1", "5-99999999999999999999", "٣-٤"] {
        assert!(broken.parse::<Cursor>().is_err(), "{broken:?}");
    }
}

#[test]
fn counts_use_the_right_plural() {
    use maud::Render as _;
    let counts = Counts { views: 1_204, comments: 0, likes: 1, reviews: 2 };
    let page = counts.render().into_string();
    for words in ["1,204 views", "0 comments", "1 like<", "2 reviews"] {
        assert!(page.contains(words), "{words} in {page}");
    }
}

#[test]
fn an_audience_is_known_by_its_name() {
    for visibility in Visibility::ALL.into_iter().filter(|visibility| *visibility != Visibility::List) {
        let audience = Audience::from(visibility);
        assert_eq!(audience.to_string().parse(), Ok(audience));
    }
    let list = Audience { visibility: Visibility::List, list: Some(people::lists::ListId::new(7)) };
    assert_eq!((list.to_string(), "list:7".parse()), ("list:7".into(), Ok(list)));
    for none in ["", "list", "list:", "list:x", "everyone", "PUBLIC"] {
        assert!(none.parse::<Audience>().is_err(), "{none}");
    }
}
