//! The table of who is told what: every kind of notice about posts, every audience, every reader; and that what somebody may not see
//! (any more) is on no surface: not counted, not on the page, not in a letter.

use people::{
    AccountId, blocks, connections, lists,
    notices::{self, Kind, News},
    testing::Actor,
};
use talk::PostId;

use super::{super::kinds, counted, notices as notices_of, post, work};
use crate::newsroom::Newsroom;

const AUDIENCES: [&str; 7] = ["public", "quiet", "members", "connections", "list", "mentioned", "only_me"];

/// Who hears, beside the author, of a note that names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Stranger,
    Friend,
    OnTheList,
    Blocked,
    Blocking,
    Muting,
    Newcomer,
    Suspended,
}

const EVERYBODY: [Who; 8] =
    [Who::Stranger, Who::Friend, Who::OnTheList, Who::Blocked, Who::Blocking, Who::Muting, Who::Newcomer, Who::Suspended];

/// The table: whether somebody who is named in a note for this audience is told.
fn hears(who: Who, audience: &str) -> bool {
    match who {
        Who::Blocked | Who::Blocking | Who::Muting | Who::Newcomer | Who::Suspended => false,
        Who::Stranger => matches!(audience, "public" | "quiet" | "members" | "mentioned"),
        Who::Friend => matches!(audience, "public" | "quiet" | "members" | "connections" | "mentioned"),
        Who::OnTheList => matches!(audience, "public" | "quiet" | "members" | "list" | "mentioned"),
    }
}

struct Table {
    news: Newsroom,
    rosa: Actor,
    actors: Vec<(Who, Actor)>,
    list: lists::ListId,
}

impl Table {
    fn new(kind: testkit::Kind) -> Self {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Ito", "member");
        let actors: Vec<(Who, Actor)> = EVERYBODY.into_iter().map(|who| (who, news.town.actor(&format!("{who:?}"), "member"))).collect();
        let id = |wanted: Who| actors.iter().find(|(who, _)| *who == wanted).unwrap().1.id;
        let (me, friend, listed, blocked, blocking) = (rosa.id, id(Who::Friend), id(Who::OnTheList), id(Who::Blocked), id(Who::Blocking));
        let (muting, newcomer, suspended) = (id(Who::Muting), id(Who::Newcomer), id(Who::Suspended));
        let unit = move |tx: &mut db::Tx| {
            connections::ask(tx, me, friend, 1)?;
            connections::accept(tx, friend, me, 1)?;
            let list = lists::make(tx, me, "Choir", 1)?;
            lists::put(tx, me, list, listed, 1)?;
            blocks::block(tx, me, blocked, 1)?;
            blocks::block(tx, blocking, me, 1)?;
            blocks::mute(tx, muting, me, None, 1)?;
            tx.run("update accounts set standing = 'unconfirmed' where id = $1", db::params![newcomer])?;
            tx.run("update accounts set suspended_at = 1 where id = $1", db::params![suspended])?;
            tx.run("delete from notices", db::params![])?;
            tx.run("update connection_counts set unread = 0", db::params![])?;
            Ok::<_, web::Error>(list)
        };
        let list = news.town.town.db.write_now(unit).unwrap();
        Self { news, rosa, actors, list }
    }

    fn audience(&self, name: &str) -> String {
        if name == "list" { format!("list:{}", self.list) } else { name.to_owned() }
    }

    fn rows(&self, kind: &str, of: AccountId) -> i64 {
        let kind = kind.to_owned();
        let sql = "select count(*) from notices where account_id = $1 and kind = $2";
        self.news.town.town.db.read_now(move |tx| tx.one(sql, db::params![of, &kind], |row| row.get(0))).unwrap()
    }
}

async fn notices_page(of: &Actor) -> String {
    notices_of(of).await.text()
}

testkit::on_both! {
    async fn whoever_is_named_is_told_what_they_may_read(kind) {
        let table = Table::new(kind);
        let names: Vec<String> = EVERYBODY.into_iter().map(|who| format!("@{who:?}").to_lowercase()).collect();
        for audience in AUDIENCES {
            post(&table.rosa, &[("body", &format!("marker-{audience} {}", names.join(" "))), ("audience", &table.audience(audience))]).await;
        }
        for (who, actor) in &table.actors {
            let expected: Vec<&str> = AUDIENCES.into_iter().filter(|audience| hears(*who, audience)).collect();
            assert_eq!(table.rows("mention", actor.id), i64::try_from(expected.len()).unwrap(), "{who:?}");
            if matches!(who, Who::Newcomer | Who::Suspended) {
                continue;
            }
            assert_eq!(counted(actor).await, expected.len().to_string(), "{who:?}");
            let page = notices_page(actor).await;
            for audience in AUDIENCES {
                assert_eq!(page.contains(&format!("marker-{audience}")), expected.contains(&audience), "{who:?} {audience}");
            }
        }
        assert_eq!(table.rows("mention", table.rosa.id), 0);
    }

    async fn whoever_is_quoted_is_told_what_they_may_read(kind) {
        let table = Table::new(kind);
        // Everybody quotes Rosa where they can, and Rosa is told where she may read it.
        let quoted = post(&table.rosa, &[("body", "The bridge is open")]).await;
        let mut expected = 0;
        for (who, actor) in &table.actors {
            for audience in ["public", "members", "connections", "only_me"] {
                let fields = [("body", "So it is"), ("audience", audience), ("quote", &quoted.to_string())];
                let answer = actor.client.post("/notes", &fields).await;
                let speaks = answer.status == 303 && !matches!(who, Who::Newcomer | Who::Suspended);
                let reads = matches!(audience, "public" | "members") || (*who == Who::Friend && audience == "connections");
                expected += i64::from(speaks && reads);
            }
        }
        let sql = "select count(distinct q.account_id) from notice_people q join notices n on n.id = q.notice_id where n.kind = 'quote'";
        let people: i64 = table.news.town.town.db.read_now(move |tx| tx.one(sql, db::params![], |row| row.get(0))).unwrap();
        // One row each in one notice: a stranger, a friend, one of a list, one who mutes Rosa.
        assert_eq!((table.rows("quote", table.rosa.id), people), (1, 4));
        assert!(expected >= people);
        assert_eq!(counted(&table.rosa).await, "1");
    }

    // However a notice came to be written: every kind about a post, every audience, every reader.
    async fn every_kind_is_withheld_from_those_who_may_not_read(kind) {
        let table = Table::new(kind);
        let mut notes = Vec::new();
        for audience in AUDIENCES {
            let fields = [("body", &*format!("marker-{audience}")), ("audience", &*table.audience(audience))];
            notes.push((audience, post(&table.rosa, &fields).await));
        }
        let about_posts: Vec<&'static Kind> =
            kinds::KINDS.into_iter().filter(|kind| ["mention", "quote", "share", "poll", "story"].contains(&kind.name)).collect();
        assert_eq!(about_posts.len(), 5);
        for (who, actor) in table.actors.iter().filter(|(who, _)| !matches!(who, Who::Newcomer | Who::Suspended)) {
            let (to, by, posts, told) = (actor.id, table.rosa.id, notes.clone(), about_posts.clone());
            let unit = move |tx: &mut db::Tx| {
                for kind in &told {
                    for (_, note) in &posts {
                        let by = (kind.name != "poll").then_some(by);
                        let with = (kind.name == "quote").then_some(note.get());
                        notices::tell(tx, to, &News { kind, by, about: note.get(), post: Some(note.get()), with }, 5)?;
                    }
                }
                Ok::<_, db::Error>(())
            };
            table.news.town.town.db.write_now(unit).unwrap();
            let page = notices_page(actor).await;
            for (audience, _) in &notes {
                // Nobody is named here; and who mutes hears only of what nobody in particular did.
                let reads = hears(*who, audience) && *audience != "mentioned";
                let muting = *who == Who::Muting && matches!(*audience, "public" | "quiet" | "members");
                let expected = if reads { 5 } else { usize::from(muting) };
                assert_eq!(page.matches(&format!("marker-{audience}<")).count(), expected, "{who:?} {audience}");
            }
            let shown = page.matches("id=\"notice-").count().to_string();
            assert_eq!(counted(actor).await, shown, "{who:?}: what is not shown is not counted");
        }
    }

    async fn what_may_not_be_seen_any_more_is_on_no_surface(kind) {
        let table = Table::new(kind);
        let friend = &table.actors.iter().find(|(who, _)| *who == Who::Friend).unwrap().1;
        let wants = [("mention-site", "1"), ("mention-email", "once"), ("share-site", "1"), ("share-email", "daily")];
        friend.client.post("/settings/notifications", &wants).await.assert_status(303);
        let note: PostId = post(&table.rosa, &[("body", "marker @friend"), ("audience", "connections")]).await;
        let own = post(friend, &[("body", "own words")]).await;
        table.rosa.client.post(&format!("/notes/{own}/share"), &[]).await.assert_status(303);
        assert_eq!(counted(friend).await, "2");
        let (me, other) = (table.rosa.id, friend.id);
        table.news.town.town.db.write_now(move |tx| blocks::block(tx, me, other, 5)).unwrap();
        work(&table.news).await;
        table.news.town.pass(24 * 60 * 60 * 1000);
        work(&table.news).await;
        assert!(table.news.town.letters().is_empty(), "{:?}", table.news.town.letters());
        assert_eq!(counted(friend).await, "0");
        assert_eq!(notices_of(friend).await.count(".notice"), 0);
        let _ = note;
    }
}
