//! The local feed; and the table of who reads what where: every audience, every viewer, every surface.
#![allow(clippy::unwrap_used)]

use people::{
    accounts, blocks, connections, lists,
    testing::{Actor, TestTown},
};
use talk::PostId;
use testkit::{Client, Kind, Page};

use crate::{import_export::unpack::unpack, newsroom::Newsroom};

const AUDIENCES: [&str; 7] = ["public", "quiet", "members", "connections", "list", "mentioned", "only_me"];

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Guest,
    /// Joined, and not a member yet.
    Newcomer,
    Stranger,
    Follower,
    Friend,
    OnTheList,
    Named,
    /// An editor: a level gives no right to read what was not written for them.
    Editor,
    /// Blocked by the author, and named.
    Blocked,
    /// Blocks the author.
    Blocking,
    Author,
}

const EVERYBODY: [Who; 11] = [
    Who::Guest,
    Who::Newcomer,
    Who::Stranger,
    Who::Follower,
    Who::Friend,
    Who::OnTheList,
    Who::Named,
    Who::Editor,
    Who::Blocked,
    Who::Blocking,
    Who::Author,
];

/// The table.
fn reads(who: Who, audience: &str) -> bool {
    match who {
        Who::Author => true,
        Who::Blocked | Who::Blocking => false,
        Who::Guest | Who::Newcomer => matches!(audience, "public" | "quiet"),
        Who::Stranger | Who::Follower | Who::Editor => matches!(audience, "public" | "quiet" | "members"),
        Who::Friend => matches!(audience, "public" | "quiet" | "members" | "connections"),
        Who::OnTheList => matches!(audience, "public" | "quiet" | "members" | "list"),
        Who::Named => matches!(audience, "public" | "quiet" | "members" | "mentioned"),
    }
}

/// What stands in lists of what is new.
fn promoted(audience: &str) -> bool {
    matches!(audience, "public" | "members")
}

fn open(audience: &str) -> bool {
    matches!(audience, "public" | "quiet")
}

struct Table {
    news: Newsroom,
    rosa: Actor,
    actors: Vec<(Who, Actor)>,
    notes: Vec<(&'static str, PostId)>,
}

fn post(town: &TestTown, by: &Actor, body: &str, audience: &str) -> impl Future<Output = PostId> {
    let client = by.client.clone();
    let _ = town;
    let (body, audience) = (body.to_owned(), audience.to_owned());
    async move {
        let posted = client.post("/notes", &[("body", &body), ("audience", &audience), ("place", "Depot Street")]).await;
        posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap()
    }
}

impl Table {
    async fn new(kind: Kind) -> Self {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Ito", "member");
        let level = |who: Who| if who == Who::Editor { "editor" } else { "member" };
        let named = |who: Who| format!("{who:?}");
        let others = EVERYBODY.into_iter().filter(|who| !matches!(who, Who::Guest | Who::Author));
        let actors: Vec<(Who, Actor)> = others.map(|who| (who, news.town.actor(&named(who), level(who)))).collect();
        let id = |wanted: Who| actors.iter().find(|(who, _)| *who == wanted).unwrap().1.id;
        let (me, newcomer, friend, follower, listed) = (rosa.id, id(Who::Newcomer), id(Who::Friend), id(Who::Follower), id(Who::OnTheList));
        let (blocked, blocking) = (id(Who::Blocked), id(Who::Blocking));
        let list = news
            .town
            .town
            .db
            .write_now(move |tx| {
                tx.run("update accounts set standing = 'unconfirmed' where id = $1", db::params![newcomer])?;
                connections::ask(tx, me, friend, 1)?;
                connections::accept(tx, friend, me, 1)?;
                connections::follow(tx, follower, me.get(), 1)?;
                let list = lists::make(tx, me, "Choir", 1)?;
                lists::put(tx, me, list, listed, 1)?;
                blocks::block(tx, me, blocked, 1)?;
                blocks::block(tx, blocking, me, 1)?;
                Ok::<_, web::Error>(list)
            })
            .unwrap();
        let mut notes = Vec::new();
        for audience in AUDIENCES {
            let chosen = if audience == "list" { format!("list:{list}") } else { audience.to_owned() };
            let body = format!("marker-{audience} #table @named @blocked @newcomer");
            notes.push((audience, post(&news.town, &rosa, &body, &chosen).await));
        }
        Self { news, rosa, actors, notes }
    }

    fn id(&self, who: Who) -> people::AccountId {
        self.actors.iter().find(|(known, _)| *known == who).map_or(self.rosa.id, |(_, actor)| actor.id)
    }

    fn client(&self, who: Who) -> Client {
        match who {
            Who::Guest => self.news.town.guest(),
            Who::Author => self.rosa.client.clone(),
            who => self.actors.iter().find(|(known, _)| *known == who).unwrap().1.client.clone(),
        }
    }

    /// The audiences whose notes stand on a page.
    async fn on(&self, who: Who, address: &str) -> Vec<&'static str> {
        seen(&self.client(who).get(address).await)
    }
}

fn seen(page: &Page) -> Vec<&'static str> {
    let text = String::from_utf8_lossy(&page.body).into_owned();
    AUDIENCES.into_iter().filter(|audience| text.contains(&format!("marker-{audience}"))).collect()
}

fn table(who: Who, more: impl Fn(&str) -> bool) -> Vec<&'static str> {
    AUDIENCES.into_iter().filter(|audience| reads(who, audience) && more(audience)).collect()
}

testkit::on_both! {
    async fn every_audience_before_every_viewer_in_every_list(kind) {
        let table_of = Table::new(kind).await;
        // Talked about, so that it stands among what is.
        for (_, note) in &table_of.notes {
            table_of.rosa.client.post(&format!("/posts/{note}/comments"), &[("body", "More soon.")]).await.assert_status(303);
        }
        for who in EVERYBODY {
            let lists: [(&str, Vec<&str>); 7] = [
                ("/square/local", table(who, promoted)),
                ("/@rosa_ito/posts", table(who, |_| true)),
                // Who has no stories shows what they post.
                ("/@rosa_ito", table(who, |_| true)),
                ("/topics/table/posts", table(who, promoted)),
                ("/topics/table", table(who, promoted)),
                ("/places/depot-street/posts", table(who, promoted)),
                ("/places/depot-street", table(who, promoted)),
            ];
            for (address, expected) in lists {
                assert_eq!(table_of.on(who, address).await, expected, "{who:?} at {address}");
            }
            // The home feed of those who follow her, and the feed of a list with her on it.
            if !matches!(who, Who::Guest | Who::Newcomer | Who::Blocked | Who::Blocking) {
                let (me, rosa) = (table_of.id(who), table_of.rosa.id);
                let list = table_of.news.town.town.db.write_now(move |tx| {
                    if me == rosa {
                        return Ok(None);
                    }
                    connections::follow(tx, me, rosa.get(), 2)?;
                    let list = lists::make(tx, me, "Hers", 2)?;
                    lists::put(tx, me, list, rosa, 2)?;
                    Ok::<_, web::Error>(Some(list))
                }).unwrap();
                assert_eq!(table_of.on(who, "/square").await, table(who, |_| true), "{who:?} at home");
                assert_eq!(table_of.on(who, "/square").await, table(who, |_| true), "{who:?} at home, from memory");
                table_of.client(who).post("/settings/profile", &[("place", "Depot street"), ("place_to", "only_me")]).await.assert_status(303);
                assert_eq!(table_of.on(who, "/square/near").await, table(who, promoted), "{who:?}, near");
                if let Some(list) = list {
                    assert_eq!(table_of.on(who, &format!("/lists/{list}")).await, table(who, |_| true), "{who:?}, a list");
                }
            }
            assert_eq!(table_of.on(who, "/square/discussed").await, table(who, promoted), "{who:?}, discussed");
            // Feeds are the same for everybody: what guests see.
            for ending in ["rss", "atom", "json"] {
                assert_eq!(table_of.on(who, &format!("/square/local.{ending}")).await, ["public"], "{who:?}, {ending}");
                assert_eq!(table_of.on(who, &format!("/@rosa_ito/posts.{ending}")).await, ["public", "quiet"], "{who:?}, {ending}");
            }
            for address in ["/search?q=marker", "/search/suggestions?q=marker", "/topics/table.rss", "/places/depot-street.rss", "/@rosa_ito.json", "/feed.rss", "/sitemap.xml", "/"] {
                assert!(table_of.on(who, address).await.is_empty(), "{who:?} at {address}");
            }
        }
    }

    async fn every_audience_before_every_viewer_at_its_own_address(kind) {
        let table = Table::new(kind).await;
        for who in EVERYBODY {
            let client = table.client(who);
            for (audience, id) in &table.notes {
                let readable = reads(who, audience);
                let at = format!("{who:?}, {audience}");
                let page = client.get(&format!("/@rosa_ito/{id}")).await;
                assert_eq!((page.status.as_u16(), seen(&page)), if readable { (200, vec![*audience]) } else { (404, vec![]) }, "{at}");
                let lead = client.get(&format!("/notes/{id}")).await.status.as_u16();
                assert_eq!(lead, if readable { 301 } else { 404 }, "{at}, by its id");
                let history = client.get(&format!("/notes/{id}/history")).await;
                let told = readable && (*audience != "mentioned" || who == Who::Author);
                assert_eq!(!seen(&history).is_empty(), told, "{at}, its history");
                if matches!(who, Who::Guest | Who::Newcomer) {
                    continue;
                }
                let saved = client.post(&format!("/posts/{id}/saved"), &[("back", "/")]).await.status.as_u16();
                assert_eq!(saved, if readable && *audience != "only_me" { 303 } else { 404 }, "{at}, saving");
                let may_pass = matches!(*audience, "public" | "quiet" | "members");
                let shared = client.post(&format!("/notes/{id}/share"), &[("back", "/")]).await.status.as_u16();
                assert_eq!(shared, match (readable, may_pass) { (false, _) => 404, (true, true) => 303, (true, false) => 403 }, "{at}, sharing");
                let quoted = client.get(&format!("/notes/new?quote={id}")).await.status.as_u16();
                let quotes = may_pass || who == Who::Author;
                assert_eq!(quoted, match (readable, quotes) { (false, _) => 404, (true, true) => 200, (true, false) => 403 }, "{at}, quoting");
            }
        }
    }

    async fn a_share_a_quote_and_a_list_of_saved_let_nobody_in(kind) {
        let table_of = Table::new(kind).await;
        // The stranger keeps and passes on whatever they can.
        let stranger = table_of.client(Who::Stranger);
        for (audience, id) in &table_of.notes {
            stranger.post(&format!("/notes/{id}/share"), &[("back", "/")]).await;
            stranger.post(&format!("/posts/{id}/saved"), &[("back", "/")]).await;
            if matches!(*audience, "public" | "quiet" | "members") {
                stranger.post("/notes", &[("body", "Look at this"), ("quote", &id.to_string())]).await.assert_status(303);
            }
        }
        let passed_on = |audience: &str| matches!(audience, "public" | "quiet" | "members");
        for who in EVERYBODY {
            assert_eq!(table_of.on(who, "/@stranger/posts").await, table(who, passed_on), "{who:?}: shares and quotes");
        }
        assert_eq!(table_of.on(Who::Guest, "/@stranger/posts.json").await, ["public", "quiet"]);
        assert_eq!(table_of.on(Who::Stranger, "/saved").await, table(Who::Stranger, passed_on));
        // What is no longer for them is no longer there.
        let (me, other) = (table_of.rosa.id, table_of.id(Who::Stranger));
        table_of.news.town.town.db.write_now(move |tx| blocks::block(tx, me, other, 2)).unwrap();
        assert!(table_of.on(Who::Stranger, "/saved").await.is_empty());
        assert!(table_of.on(Who::Stranger, "/@stranger/posts").await.is_empty());
    }

    async fn an_export_holds_what_one_wrote_and_nothing_of_others(kind) {
        let table_of = Table::new(kind).await;
        for who in [Who::Friend, Who::OnTheList, Who::Named, Who::Author] {
            let file = table_of.client(who).post("/settings/export", &[]).await;
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("mine.zip"), &file.assert_status(200).body).unwrap();
            let unpacked = unpack(&folder.path().join("mine.zip"), folder.path()).unwrap();
            let notes = std::fs::read_to_string(unpacked.path().join("notes.jsonl")).unwrap();
            let found: Vec<&str> = AUDIENCES.into_iter().filter(|audience| notes.contains(&format!("marker-{audience}"))).collect();
            assert_eq!(found, if who == Who::Author { AUDIENCES.to_vec() } else { Vec::new() }, "{who:?}");
        }
    }

    async fn who_was_shown_out_is_not_heard_while_it_lasts(kind) {
        let table_of = Table::new(kind).await;
        let rosa = table_of.rosa.id;
        let suspend = |suspended: bool| table_of.news.town.town.db.write_now(move |tx| accounts::set_suspended(tx, rosa, suspended, 1)).unwrap();
        suspend(true);
        for who in [Who::Guest, Who::Stranger, Who::Friend] {
            for address in ["/square/local", "/topics/table/posts", "/square/local.json", "/@rosa_ito/posts", "/@rosa_ito", "/@rosa_ito/posts.rss"] {
                assert!(table_of.on(who, address).await.is_empty(), "{who:?} at {address}");
            }
        }
        suspend(false);
        table_of.news.town.town.pages.changed(&[things::notes::LISTING]);
        assert_eq!(table_of.on(Who::Guest, "/square/local").await, ["public"]);
    }

    async fn who_is_muted_is_not_in_feeds_but_at_home(kind) {
        let table_of = Table::new(kind).await;
        let (me, rosa) = (table_of.id(Who::Stranger), table_of.rosa.id);
        let soon = table_of.news.town.town.now() + 1_000;
        table_of.news.town.town.db.write_now(move |tx| blocks::mute(tx, me, rosa, Some(soon), 1)).unwrap();
        assert!(table_of.on(Who::Stranger, "/square/local").await.is_empty());
        assert!(table_of.on(Who::Stranger, "/topics/table/posts").await.is_empty());
        assert_eq!(table_of.on(Who::Stranger, "/@rosa_ito/posts").await, table(Who::Stranger, open).into_iter().chain(["members"]).collect::<Vec<_>>());
        table_of.news.town.pass(2_000);
        assert_eq!(table_of.on(Who::Stranger, "/square/local").await, table(Who::Stranger, promoted));
    }

    async fn the_feed_is_read_to_its_end(kind) {
        let news = Newsroom::new(kind);
        let guest = news.town.guest();
        guest.get("/square/local").await.assert_status(200).assert_landmarks().assert_text("Nothing posted yet");
        let now = news.town.town.now();
        let ana = news.ana.id;
        news.town.town.db.write_now(move |tx| {
            for number in 0..45 {
                let content = things::notes::Content { body: format!("Note number {number}."), ..Default::default() };
                let written = things::notes::Written { content, audience: talk::posts::Visibility::Public.into(), speaker: None, poll: None };
                // Two share each moment.
                things::notes::post(tx, ana, &written, now + number / 2)?;
            }
            Ok::<_, web::Error>(())
        }).unwrap();
        news.town.town.pages.changed(&[things::notes::LISTING]);
        let (mut read, mut address) = (Vec::new(), "/square/local".to_owned());
        loop {
            let page = guest.get(&address).await;
            page.assert_status(200).assert_landmarks();
            read.extend(page.select_text(".feed .post-words"));
            match page.attr(".pager a[rel=next]", "href") {
                Some(next) => address = next,
                None => break,
            }
        }
        let all: Vec<String> = (0..45).rev().map(|number| format!("Note number {number}.")).collect();
        assert_eq!(read, all);
        guest.get("/square/local?before=1-1").await.assert_text("You are caught up");
        guest.get("/square/local?before=x").await.assert_status(400);
    }

    async fn members_write_where_they_read_and_guests_are_asked_in(kind) {
        let news = Newsroom::new(kind);
        let dee = news.town.actor("Dee", "member");
        let page = dee.client.get("/square/local").await;
        page.assert_landmarks();
        let posted = dee.client.submit(&page, "form#compose", &[("body", "The road is open again. #roads")]).await;
        assert!(posted.assert_status(303).location().starts_with("/square/local?done=posted#note-"));
        let after = dee.client.get(&posted.location()).await;
        after.assert_text("Posted.").assert_text("The road is open again.");
        let guest = news.town.guest().get("/square/local").await;
        guest.assert_text("The road is open again.").assert_text("sign in");
        assert!(!guest.has("form#compose") && !guest.has("form.share"));
        assert_eq!(news.town.guest().get("/topics/roads").await.select_text(".post-words"), ["The road is open again. #roads"]);
        assert_eq!(guest.attr("link[type='application/rss+xml']", "href").unwrap(), "http://localhost/square/local.rss");
    }

    async fn what_is_posted_and_passed_on_comes_home_at_once(kind) {
        let news = Newsroom::new(kind);
        let [dee, sam, mia] = ["Dee", "Sam", "Mia"].map(|name| news.town.actor(name, "member"));
        let (reader, followed) = (mia.id, sam.id.get());
        news.town.town.db.write_now(move |tx| connections::follow(tx, reader, followed, 1)).unwrap();
        let words = async || mia.client.get("/square").await.select_text(".post-words");
        assert!(words().await.is_empty());
        let first = post(&news.town, &dee, "Words of Dee", "public").await;
        news.town.pass(1_000);
        post(&news.town, &sam, "Words of Sam", "connections").await;
        news.town.pass(1_000);
        assert!(words().await.is_empty(), "they are no friends");
        post(&news.town, &sam, "For all", "members").await;
        assert_eq!(words().await, ["For all"]);
        news.town.pass(1_000);
        sam.client.post(&format!("/notes/{first}/share"), &[("back", "/")]).await.assert_status(303);
        let home = mia.client.get("/square").await;
        home.assert_landmarks();
        assert_eq!(home.select_text(".post-words"), ["Words of Dee", "For all"]);
        assert_eq!(home.select_text(".why"), ["Sam shared", "Because you follow Sam"]);
        // One's own needs no reason.
        news.town.pass(1_000);
        let own = mia.client.submit(&home, "form#compose", &[("body", "My own")]).await;
        let home = mia.client.get(&own.location()).await;
        assert_eq!(home.select_text(".post-words")[0], "My own");
        assert_eq!(home.count(".why"), 2);
        sam.client.post(&format!("/notes/{first}/removal"), &[]).await.assert_status(403);
        dee.client.post(&format!("/notes/{first}/removal"), &[]).await.assert_status(303);
        assert_eq!(words().await, ["My own", "For all"]);
    }

    async fn pins_stand_above_and_shares_say_whose_they_are(kind) {
        let news = Newsroom::new(kind);
        let (dee, sam) = (news.town.actor("Dee", "member"), news.town.actor("Sam", "member"));
        let first = post(&news.town, &dee, "Pinned words", "public").await;
        news.town.pass(1_000);
        post(&news.town, &dee, "Later words", "public").await;
        dee.client.post(&format!("/notes/{first}/pin"), &[("back", "/@dee/posts")]).await.assert_status(303);
        assert_eq!(news.town.guest().get("/@dee/posts").await.select_text(".post-words"), ["Pinned words", "Later words"]);
        sam.client.post(&format!("/notes/{first}/share"), &[("back", "/@dee/posts")]).await.assert_status(303);
        let shared = news.town.guest().get("/@sam/posts").await;
        shared.assert_landmarks();
        assert_eq!(shared.one(".post-why"), "Sam shared");
        assert_eq!(news.town.guest().get("/square/local").await.count(".post"), 2, "everyone here has it already");
        sam.client.post(&format!("/notes/{first}/share/removal"), &[("back", "/@dee/posts")]).await.assert_status(303);
        news.town.guest().get("/@sam/posts").await.assert_text("No posts yet");
    }
}
