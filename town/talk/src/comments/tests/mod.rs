#![allow(clippy::unwrap_used)]

mod pictured;

use super::{store::Thread, *};
use crate::{
    PostId,
    posts::{self, Visibility},
    told::{self, Which},
};
use db::{Tx, params};
use people::{AccountId, Permission, Viewer, accounts, blocks, connections, levels, testing::TestTown};
use web::Error;

type Result<T = ()> = std::result::Result<T, Error>;

/// A post of Rosa's that everybody reads, and four neighbours.
struct Talk {
    subject: PostId,
    rosa: AccountId,
    sam: AccountId,
    ana: AccountId,
    eve: AccountId,
}

fn with_talk(kind: testkit::Kind, mut unit: impl FnMut(&mut Tx, &Talk) -> Result + Send + 'static) {
    let town = TestTown::of_people(kind);
    let [rosa, sam, ana, eve] = ["Rosa Ito", "Sam Park", "Ana Duarte", "Eve Oak"].map(|name| town.actor(name, "member").id);
    town.town
        .db
        .write_now(move |tx| {
            let subject = subject(tx, "note", rosa, Visibility::Public)?;
            unit(tx, &Talk { subject, rosa, sam, ana, eve })
        })
        .unwrap();
}

fn subject(tx: &mut Tx, kind: &str, author: AccountId, visibility: Visibility) -> Result<PostId> {
    let id = posts::insert(tx, kind, author, 1)?;
    posts::set_authors(tx, id, &[author])?;
    tx.run("update posts set visibility = $2, published_at = 1 where id = $1", params![id, visibility.name()])?;
    Ok(id)
}

fn viewer(tx: &mut Tx, account: AccountId) -> Result<Viewer> {
    let account = accounts::by_id(tx, account)?.unwrap();
    Ok(Viewer::away(&account, &levels::all(tx)?))
}

fn say(tx: &mut Tx, by: AccountId, (subject, parent): (PostId, Option<PostId>), body: &str, now: i64) -> Result<PostId> {
    Ok(post(tx, by, (subject, parent), &Content { body: body.into(), ..Content::default() }, now)?.0)
}

fn shown(threads: &[Thread]) -> Vec<String> {
    let line = |comment: &Comment| {
        format!("{}{}", ">".repeat(comment.level()), if comment.stands() { comment.content.body.as_str() } else { "-" })
    };
    threads.iter().flat_map(|thread| std::iter::once(line(&thread.top)).chain(thread.replies.iter().map(line))).collect()
}

fn read(tx: &mut Tx, who: &Viewer, subject: PostId, order: &str) -> Result<Vec<String>> {
    let asked: Asked = serde_json::from_value(serde_json::json!({ "order": order })).unwrap();
    Ok(shown(&of(tx, who, subject, &asked, 1_000)?.threads))
}

/// What is stored of a post: comments counted, comments under the whole thread.
fn counts(tx: &mut Tx, post: PostId) -> Result<(i64, i64)> {
    let sql = "select k.comments, coalesce(c.replies, 0) from post_counts k left join comments c on c.id = k.post_id where k.post_id = $1";
    Ok(tx.one(sql, params![post], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn notices(tx: &mut Tx, of: AccountId) -> Result<Vec<String>> {
    let found = told::notices(tx, of, Which::Page(None, crate::Cursor::NEWEST), 20, 1_000)?;
    Ok(found.into_iter().filter(|notice| !notice.read).map(|notice| notice.kind).collect())
}

testkit::on_both! {
    fn a_thread_is_read_in_its_order_whatever_came_when(kind) {
        with_talk(kind, |tx, talk| {
            let one = say(tx, talk.sam, (talk.subject, None), "one", 10)?;
            let two = say(tx, talk.ana, (talk.subject, None), "two", 20)?;
            let first = say(tx, talk.rosa, (talk.subject, Some(one)), "one first", 30)?;
            say(tx, talk.eve, (talk.subject, Some(one)), "one second", 40)?;
            let mut deep = say(tx, talk.sam, (talk.subject, Some(first)), "deep 2", 50)?;
            for step in 3..12 {
                deep = say(tx, talk.ana, (talk.subject, Some(deep)), &format!("deep {step}"), 50 + step)?;
            }
            let who = viewer(tx, talk.sam)?;
            let order = ["one", ">one first", ">>deep 2", ">>>deep 3", ">>>deep 4", ">>>deep 5", ">>>deep 6", ">>>deep 7", ">>>deep 8", ">>>deep 9", ">>>deep 10", "two"];
            assert_eq!(read(tx, &who, talk.subject, "oldest")?, order, "the first ten of them, and the next thread");
            assert_eq!(read(tx, &who, talk.subject, "newest")?[0], "two");
            assert_eq!(read(tx, &who, talk.subject, "discussed")?[0], "one");
            tx.run("update post_counts set likes = 3 where post_id = $1", params![two])?;
            assert_eq!(read(tx, &who, talk.subject, "top")?[0], "two");
            let conversation = of(tx, &who, talk.subject, &Asked::default(), 1_000)?;
            assert_eq!(conversation.threads.iter().map(|thread| thread.more).collect::<Vec<_>>(), [0, 2]);
            let part = store::thread(tx, &who, one, (None, None), 1_000)?;
            assert_eq!(part.replies.len(), 12);
            assert!(part.past.is_none() && part.replies.iter().all(|reply| reply.path.len() <= 8 * 16));
            assert_eq!(part.replies.last().unwrap().content.body, "one second");
            Ok(())
        });
    }

    fn many_threads_are_paged_without_gap_or_repetition_in_every_order(kind) {
        with_talk(kind, |tx, talk| {
            let (who, mut ids) = (viewer(tx, talk.sam)?, Vec::new());
            for number in 0..45 {
                let id = say(tx, talk.sam, (talk.subject, None), &number.to_string(), number / 3)?;
                for (table, id_of) in [("post_counts", "post_id"), ("comments", "id")] {
                    tx.run(&format!("update {table} set likes = $2 where {id_of} = $1"), params![id, number % 4])?;
                }
                ids.push(id);
                for reply in 0..number % 3 {
                    say(tx, talk.ana, (talk.subject, Some(id)), &format!("{number} reply {reply}"), 100)?;
                }
            }
            for order in ["top", "newest", "oldest", "discussed"] {
                let (mut all, mut past) = (Vec::new(), String::new());
                for page in 0..3 {
                    let asked: Asked = serde_json::from_value(serde_json::json!({ "order": order, "past": past })).unwrap();
                    let found = of(tx, &who, talk.subject, &asked, 1_000)?;
                    assert_eq!((found.first, found.threads.len()), (page == 0, if page < 2 { 20 } else { 5 }), "{order}");
                    all.extend(found.threads.iter().map(|thread| thread.top.content.body.parse::<i64>().unwrap()));
                    past = found.past.map(|cursor| cursor.to_string()).unwrap_or_default();
                }
                assert_eq!(past, "", "{order}");
                if order == "top" {
                    let mut most: Vec<i64> = (0..45).collect();
                    most.sort_by_key(|number| std::cmp::Reverse((number % 4, *number)));
                    assert_eq!(all, most);
                    for (place, number) in most.into_iter().enumerate() {
                        let id = ids[usize::try_from(number).unwrap()];
                        let here = if place < 20 { format!("/notes/{}", talk.subject) } else { format!("/comments/{id}/thread") };
                        assert_eq!(store::landing(tx, &who, id, 1_000)?, here, "{number}");
                    }
                }
                all.sort_unstable();
                assert_eq!(all, (0..45).collect::<Vec<_>>(), "{order}");
            }
            assert!(matches!(of(tx, &who, talk.subject, &serde_json::from_value(serde_json::json!({ "past": "x" })).unwrap(), 1), Err(Error::NotFound)));
            Ok(())
        });
    }

    fn what_was_just_posted_is_shown_where_it_stands(kind) {
        with_talk(kind, |tx, talk| {
            let (who, ana, mut landed) = (viewer(tx, talk.sam)?, viewer(tx, talk.ana)?, Vec::new());
            for number in 0..45 {
                let head = store::head(tx, &who, talk.subject, number)?;
                let id = say(tx, talk.sam, (talk.subject, None), &number.to_string(), number)?;
                let address = store::lands(tx, &head, &store::Landing { id, parent: None, thread: id, fresh: true })?;
                assert_eq!(address, store::landing(tx, &who, id, number)?, "{number}");
                landed.push(address == format!("/notes/{}", talk.subject));
                crate::reactions::put(tx, &ana, id, "like", number)?;
            }
            // Below twenty that are liked, nobody sees it on the first page.
            assert_eq!(landed, (0..45).map(|number| number < 20).collect::<Vec<_>>());
            Ok(())
        });
    }

    fn a_long_thread_is_paged_and_any_reply_of_it_found(kind) {
        with_talk(kind, |tx, talk| {
            let who = viewer(tx, talk.sam)?;
            let top = say(tx, talk.sam, (talk.subject, None), "top", 1)?;
            let mut ids = Vec::new();
            for number in 0..130 {
                ids.push(say(tx, talk.ana, (talk.subject, Some(top)), &number.to_string(), 2 + number)?);
            }
            let conversation = of(tx, &who, talk.subject, &Asked::default(), 1_000)?;
            assert_eq!((conversation.threads[0].replies.len(), conversation.threads[0].more), (10, 120));
            let (mut all, mut after) = (Vec::new(), None);
            loop {
                let part = store::thread(tx, &who, top, (after, None), 1_000)?;
                all.extend(part.replies.iter().map(|reply| reply.id));
                after = part.past;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(all, ids);
            for number in [0, 9, 10, 49, 50, 51, 129] {
                let address = store::landing(tx, &who, ids[number], 1_000)?;
                if number < 10 {
                    assert_eq!(address, format!("/notes/{}", talk.subject));
                    continue;
                }
                assert_eq!(address, format!("/comments/{top}/thread?at={}", ids[number]));
                let part = store::thread(tx, &who, top, (None, Some(ids[number])), 1_000)?;
                assert!(part.replies.iter().any(|reply| reply.id == ids[number]), "{number}");
            }
            assert!(matches!(store::thread(tx, &who, ids[0], (None, None), 1), Err(Error::NotFound)), "it begins no thread");
            Ok(())
        });
    }

    fn what_is_gone_keeps_its_place_while_anything_stands_under_it(kind) {
        with_talk(kind, |tx, talk| {
            let who = viewer(tx, talk.ana)?;
            let top = say(tx, talk.sam, (talk.subject, None), "top", 1)?;
            let middle = say(tx, talk.sam, (talk.subject, Some(top)), "middle", 2)?;
            let leaf = say(tx, talk.eve, (talk.subject, Some(middle)), "leaf", 3)?;
            assert_eq!((counts(tx, talk.subject)?.0, counts(tx, top)?, counts(tx, middle)?.0), (3, (1, 2), 1));
            remove(tx, middle, 4)?;
            remove(tx, middle, 4)?;
            assert_eq!(read(tx, &who, talk.subject, "top")?, ["top", ">-", ">>leaf"]);
            assert_eq!((counts(tx, talk.subject)?.0, counts(tx, top)?, counts(tx, middle)?.0), (2, (0, 1), 1));
            remove(tx, top, 5)?;
            assert_eq!(read(tx, &who, talk.subject, "top")?, ["-", ">-", ">>leaf"]);
            remove(tx, leaf, 6)?;
            assert!(read(tx, &who, talk.subject, "top")?.is_empty());
            assert_eq!(counts(tx, talk.subject)?.0, 0);
            restore(tx, leaf, 7)?;
            restore(tx, leaf, 7)?;
            assert_eq!(read(tx, &who, talk.subject, "top")?, ["-", ">-", ">>leaf"]);
            // After thirty days the words are gone; the place stays, and goes with what stood under it.
            let later = 6 + posts::RESTORE_MS;
            posts::purge_removed(tx, later)?;
            assert!(matches!(restore(tx, middle, later), Err(Error::Gone)));
            assert_eq!(store::said_in(tx, middle)?.0, Content::default());
            assert_eq!(read(tx, &who, talk.subject, "top")?, ["-", ">-", ">>leaf"]);
            assert_eq!(counts(tx, talk.subject)?.0, 1);
            posts::remove(tx, talk.subject, 8)?;
            posts::purge_removed(tx, 8 + posts::RESTORE_MS)?;
            assert_eq!(tx.one("select count(*) from posts where kind = 'comment'", params![], |row| row.get::<i64>(0))?, 0);
            Ok(())
        });
    }

    fn comments_are_read_by_whoever_reads_what_they_are_under(kind) {
        with_talk(kind, |tx, talk| {
            connections::ask(tx, talk.rosa, talk.sam, 1)?;
            connections::accept(tx, talk.sam, talk.rosa, 1)?;
            // What it is under, and who of guest, Rosa (its author), Sam (her friend), Ana, Eve (who said it) reads.
            for (kind, visibility, reads) in [
                ("note", Visibility::Public, [true; 5]),
                ("story", Visibility::Public, [true; 5]),
                ("album", Visibility::Quiet, [true; 5]),
                ("note", Visibility::Members, [false, true, true, true, true]),
                ("note", Visibility::Connections, [false, true, true, false, false]),
                ("note", Visibility::Mentioned, [false, true, false, false, false]),
                ("note", Visibility::OnlyMe, [false, true, false, false, false]),
            ] {
                let under = subject(tx, kind, talk.rosa, visibility)?;
                let said = say(tx, talk.eve, (under, None), "Well said", 2)?;
                let readers = [0, talk.rosa.get(), talk.sam.get(), talk.ana.get(), talk.eve.get()];
                let may = posts::readers_among(tx, said, &readers)?;
                assert_eq!(readers.map(|reader| may.contains(&reader)), reads, "{kind} {}", visibility.name());
            }
            let said = say(tx, talk.eve, (talk.subject, None), "Well said", 3)?;
            let reads = |tx: &mut Tx, who: AccountId| -> Result<bool> { Ok(posts::readers_among(tx, said, &[who.get()])?.len() == 1) };
            blocks::block(tx, talk.ana, talk.eve, 4)?;
            assert!(!reads(tx, talk.ana)? && reads(tx, talk.sam)? && reads(tx, talk.eve)?);
            blocks::unblock(tx, talk.ana, talk.eve)?;
            accounts::set_suspended(tx, talk.eve, true, 5)?;
            assert!(!reads(tx, talk.ana)? && !reads(tx, talk.rosa)?);
            accounts::set_suspended(tx, talk.eve, false, 5)?;
            posts::remove(tx, talk.subject, 6)?;
            assert!(!reads(tx, talk.ana)? && !reads(tx, talk.eve)?, "with what it was under");
            Ok(())
        });
    }

    fn whom_one_does_not_see_leaves_a_place_in_lists(kind) {
        with_talk(kind, |tx, talk| {
            let top = say(tx, talk.eve, (talk.subject, None), "from Eve", 1)?;
            say(tx, talk.sam, (talk.subject, Some(top)), "to Eve", 2)?;
            say(tx, talk.eve, (talk.subject, None), "Eve again", 3)?;
            blocks::mute(tx, talk.ana, talk.eve, Some(5_000), 4)?;
            let ana = viewer(tx, talk.ana)?;
            assert_eq!(read(tx, &ana, talk.subject, "oldest")?, ["-", ">to Eve"]);
            let conversation = of(tx, &ana, talk.subject, &Asked::default(), 1_000)?;
            assert!(conversation.threads[0].top.author.name.is_empty(), "nothing is told of her");
            let sam = viewer(tx, talk.sam)?;
            assert_eq!(read(tx, &sam, talk.subject, "oldest")?, ["from Eve", ">to Eve", "Eve again"]);
            assert_eq!(find(tx, &ana, top)?.content.body, "from Eve", "who asks for it alone sees it");
            blocks::block(tx, talk.eve, talk.sam, 5)?;
            assert_eq!(read(tx, &sam, talk.subject, "oldest")?, ["-", ">to Eve"]);
            assert!(matches!(find(tx, &sam, top), Err(Error::NotFound)));
            Ok(())
        });
    }

    fn who_may_comment_is_the_authors_affair(kind) {
        with_talk(kind, |tx, talk| {
            let may = |tx: &mut Tx, who: &Viewer| -> Result<May> { Ok(store::head(tx, who, talk.subject, 1_000)?.may) };
            let (guest, rosa, sam, ana) = (Viewer::default(), viewer(tx, talk.rosa)?, viewer(tx, talk.sam)?, viewer(tx, talk.ana)?);
            connections::follow(tx, talk.rosa, talk.sam.get(), 1)?;
            for (rules, expected) in [
                (Rules::default(), [May::Guest, May::Yes, May::Yes, May::Yes]),
                (Rules { open_to: OpenTo::Followed, slow_minutes: 0 }, [May::Guest, May::Yes, May::Yes, May::NotFollowed]),
                (Rules { open_to: OpenTo::Nobody, slow_minutes: 0 }, [May::Guest, May::Closed, May::Closed, May::Closed]),
            ] {
                set_rules(tx, talk.subject, rules)?;
                let found = [&guest, &rosa, &sam, &ana].map(|who| may(tx, who).unwrap());
                assert_eq!(found, expected, "{rules:?}");
            }
            set_rules(tx, talk.subject, Rules { open_to: OpenTo::Everyone, slow_minutes: 5 })?;
            say(tx, talk.sam, (talk.subject, None), "Quick", 900)?;
            say(tx, talk.rosa, (talk.subject, None), "Mine", 900)?;
            assert_eq!([may(tx, &rosa)?, may(tx, &sam)?, may(tx, &ana)?], [May::Yes, May::Slow(900 + 300_000), May::Yes]);
            blocks::block(tx, talk.rosa, talk.ana, 1)?;
            assert!(matches!(may(tx, &ana), Err(Error::NotFound)), "she does not read it");
            let story = subject(tx, "story", talk.rosa, Visibility::Public)?;
            assert_eq!(store::head(tx, &ana, story, 1)?.may, May::Parted);
            levels::grant(tx, "member", &[Permission::WriteNotes])?;
            let sam = viewer(tx, talk.sam)?;
            assert_eq!(may(tx, &sam)?, May::Level);
            Ok(())
        });
    }

    fn each_hears_once_of_what_concerns_them_and_not_of_what_is_gone(kind) {
        with_talk(kind, |tx, talk| {
            let top = say(tx, talk.sam, (talk.subject, None), "Ask @ana_duarte and @rosa_ito", 1)?;
            assert_eq!(notices(tx, talk.rosa)?, ["comment"], "named and author: once");
            assert_eq!(notices(tx, talk.ana)?, ["mention"]);
            let reply = say(tx, talk.eve, (talk.subject, Some(top)), "@sam_park yes", 2)?;
            assert_eq!(notices(tx, talk.sam)?, ["reply"]);
            remove(tx, reply, 3)?;
            assert!(notices(tx, talk.sam)?.is_empty());
            assert_eq!(people::notices::unread(tx, talk.sam)?, 0);
            remove(tx, top, 3)?;
            assert!(notices(tx, talk.ana)?.is_empty());
            store::choose(tx, talk.subject, talk.rosa, store::Choice::Mute)?;
            say(tx, talk.ana, (talk.subject, None), "For @rosa_ito", 4)?;
            assert!(notices(tx, talk.rosa)?.is_empty(), "she wants to hear nothing of it");
            Ok(())
        });
    }

    async fn followers_hear_of_every_comment_once(kind) {
        let town = TestTown::of_people(kind);
        let [rosa, sam, ana] = ["Rosa Ito", "Sam Park", "Ana Duarte"].map(|name| town.actor(name, "member").id);
        let comment = town.town.db.write_now(move |tx| {
            let subject = subject(tx, "note", rosa, Visibility::Public)?;
            for who in [rosa, sam, ana] {
                store::choose(tx, subject, who, store::Choice::Follow)?;
            }
            say(tx, sam, (subject, None), "Anybody there?", 1)
        }).unwrap();
        tell_followers(town.town.clone(), Follow { comment, after: None }).await.unwrap();
        let heard = town.town.db.read_now(move |tx| -> Result<_> { Ok([notices(tx, rosa)?, notices(tx, sam)?, notices(tx, ana)?]) }).unwrap();
        assert_eq!(heard, [vec!["comment".to_owned()], vec![], vec!["conversation".to_owned()]]);
    }

    fn a_comment_goes_out_and_comes_back_as_it_was(kind) {
        with_talk(kind, |tx, talk| {
            let top = say(tx, talk.sam, (talk.subject, None), "top", 10)?;
            let reply = say(tx, talk.ana, (talk.subject, Some(top)), "reply", 20)?;
            store::change(tx, reply, talk.ana, &Content { body: "a better reply".into(), ..Content::default() }, 30)?;
            pick(tx, top, Some(talk.rosa), 40)?;
            let lines = whole::page(tx, None, PostId::new(0), 10)?;
            assert_eq!(lines.iter().map(|line| line.versions.len()).collect::<Vec<_>>(), [1, 2]);
            assert_eq!(whole::page(tx, Some(talk.ana), PostId::new(0), 10)?.len(), 1);
            for line in &lines {
                assert_eq!(whole::take_back(tx, line)?, posts::Taken::Same);
            }
            tx.run("delete from posts where kind = 'comment'", params![])?;
            tx.run("update post_counts set comments = 0", params![])?;
            assert!(matches!(whole::take_back(tx, &lines[1]), Err(Error::Conflict(_))), "what it answers is not here");
            tx.run("delete from posts where kind = 'comment'", params![])?;
            for line in &lines {
                assert_eq!(whole::take_back(tx, line)?, posts::Taken::New);
                assert_eq!(whole::take_back(tx, line)?, posts::Taken::Same);
            }
            assert_eq!((counts(tx, talk.subject)?.0, counts(tx, top)?), (2, (1, 1)));
            assert_eq!(whole::page(tx, None, PostId::new(0), 10)?, lines);
            let who = viewer(tx, talk.sam)?;
            assert_eq!(read(tx, &who, talk.subject, "top")?, ["top", ">a better reply"]);
            remove(tx, reply, 50)?;
            assert_eq!(whole::take_back(tx, &lines[1])?, posts::Taken::Removed);
            let rules = Rules { open_to: OpenTo::Nobody, slow_minutes: 5 };
            set_rules(tx, talk.subject, rules)?;
            let ruled = whole::ruled(tx, None, 5)?;
            assert!(!whole::take_ruled(tx, &ruled[0])?, "what is set here stays");
            tx.run("delete from conversations", params![])?;
            assert!(whole::take_ruled(tx, &ruled[0])?);
            assert_eq!(store::head(tx, &who, talk.subject, 1)?.rules, rules);
            Ok(())
        });
    }
}
