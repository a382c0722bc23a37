//! What a block and a mute keep from whom: a table of every surface on which one member's doing reaches another, and of every notice.
//!
//! Rosa does everything that can be done here. A stranger sees it, so that the table tells when a surface shows nothing at all; whom
//! Rosa blocks and who blocks her see none of it; who mutes her meets it nowhere but where they go to look at her.
#![allow(clippy::unwrap_used)]

use people::{AccountId, Town, blocks, connections, safety, testing::Actor};
use std::collections::BTreeSet;
use talk::PostId;
use testkit::Kind;
use things::stories;

use crate::newsroom::{DAY, Newsroom, content};

/// Somebody who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Stranger,
    Blocked,
    Blocking,
    Muting,
}

const EVERYBODY: [Who; 4] = [Who::Stranger, Who::Blocked, Who::Blocking, Who::Muting];

/// A place where something of Rosa's is shown, by words that stand there; and whether who mutes her finds it there.
struct Surface {
    path: String,
    shows: &'static str,
    to_muting: bool,
}

struct World {
    news: Newsroom,
    rosa: Actor,
    tess: Actor,
    sam: Actor,
    looking: Vec<(Who, Actor, String)>,
}

async fn post(by: &Actor, fields: &[(&str, &str)]) -> PostId {
    let posted = by.client.post("/notes", fields).await;
    posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap()
}

async fn done(by: &Actor, path: &str, fields: &[(&str, &str)]) -> String {
    by.client.post(path, fields).await.assert_status(303).location().clone()
}

/// The newest post of a kind.
fn newest(town: &Town, kind: &'static str) -> PostId {
    let sql = "select id from posts where kind = $1 order by id desc limit 1";
    town.db.read_now(move |tx| tx.one(sql, db::params![kind], |row| row.get(0))).unwrap()
}

impl World {
    async fn new(kind: Kind) -> Self {
        let news = Newsroom::new(kind);
        let [rosa, tess, sam] =
            [("Rosa Ito", "author"), ("Tess Oak", "member"), ("Sam Park", "member")].map(|(name, level)| news.town.actor(name, level));
        let mut looking = Vec::new();
        for who in EVERYBODY {
            let actor = news.town.actor(&format!("{who:?} One"), "author");
            done(&actor, &format!("/connections/{}/follow", tess.id), &[]).await;
            let list = done(&actor, "/lists", &[("name", "Choir")]).await;
            let list = list.split('?').next().unwrap().trim_end_matches("/edit").to_owned();
            done(&actor, &format!("{list}/members"), &[("handle", &tess.handle)]).await;
            looking.push((who, actor, list));
        }
        let age = |tx: &mut db::Tx| tx.run("update accounts set created_at = created_at - $1", db::params![10 * DAY]);
        news.town.town.db.write_now(age).unwrap();
        Self { news, rosa, tess, sam, looking }
    }

    fn actor(&self, wanted: Who) -> &Actor {
        &self.looking.iter().find(|(who, ..)| *who == wanted).unwrap().1
    }

    fn part(&self) {
        let (rosa, blocked, blocking, muting) =
            (self.rosa.id, self.actor(Who::Blocked).id, self.actor(Who::Blocking).id, self.actor(Who::Muting).id);
        let unit = move |tx: &mut db::Tx| {
            blocks::block(tx, rosa, blocked, 1)?;
            blocks::block(tx, blocking, rosa, 1)?;
            blocks::mute(tx, muting, rosa, None, 1)
        };
        self.news.town.town.db.write_now(unit).unwrap();
    }

    /// Rosa does everything, and others pass some of it on; answers where it is seen.
    async fn surfaces(&self) -> Vec<Surface> {
        let (rosa, tess, sam, town) = (&self.rosa, &self.tess, &self.sam, &self.news.town.town);
        let note = post(rosa, &[("body", "rosa-note #rain"), ("place", "Depot Street")]).await;
        let quoted = post(rosa, &[("body", "rosa-quoted"), ("audience", "quiet")]).await;
        done(tess, &format!("/notes/{note}/share"), &[]).await;
        post(tess, &[("body", "Hear this"), ("quote", &quoted.to_string())]).await;
        done(tess, &format!("/posts/{note}/comments"), &[("body", "Well said")]).await;
        let theirs = post(sam, &[("body", "sam-note")]).await;
        done(rosa, &format!("/posts/{theirs}/comments"), &[("body", "rosa-comment")]).await;
        let comment = newest(town, "comment");
        done(sam, &format!("/comments/{comment}/reply"), &[("body", "sam-reply")]).await;
        done(rosa, &format!("/posts/{theirs}/reaction"), &[("kind", "like")]).await;
        done(rosa, &format!("/notes/{theirs}/share"), &[]).await;
        done(rosa, &format!("/connections/{}/follow", tess.id), &[]).await;
        let story = self.news.story("Council votes", self.news.city, DAY);
        done(rosa, &format!("/posts/{story}/comments"), &[("body", "rosa-under-story")]).await;
        let review = [("stars", "4"), ("recommend", "yes"), ("title", "rosa-review"), ("body", "Read it twice.")];
        done(rosa, &format!("/posts/{story}/review"), &review).await;
        let judged = newest(town, "review");
        let own = self.by_rosa();
        done(sam, &format!("/posts/{own}/review"), &[("stars", "4"), ("recommend", "yes"), ("title", "sam-review"), ("body", "Good.")])
            .await;
        done(rosa, &format!("/reviews/{}/answer", newest(town, "review")), &[("body", "rosa-answers")]).await;
        for (_, actor, _) in &self.looking {
            done(actor, &format!("/posts/{note}/saved"), &[]).await;
        }
        let at = |path: &str, shows, to_muting| Surface { path: path.to_owned(), shows, to_muting };
        vec![
            at("/square/local", "rosa-note", false),
            at("/square/local", "rosa-quoted", false),
            at("/square", "rosa-note", false),
            at("/square", "rosa-quoted", false),
            at("/square/discussed", "rosa-note", false),
            at("/topics/rain/posts", "rosa-note", false),
            at("/places/depot-street/posts", "rosa-note", false),
            at("LIST", "rosa-quoted", false),
            at("/@tess_oak/posts", "rosa-note", false),
            at("/@tess_oak/posts", "rosa-quoted", false),
            at(&format!("/@sam_park/{theirs}"), "rosa-comment", false),
            at(&format!("/comments/{comment}/thread"), "rosa-comment", false),
            at(&format!("/posts/{theirs}/reactions"), "Rosa Ito", false),
            at(&format!("/stories/{story}/council-votes"), "rosa-under-story", false),
            at(&format!("/stories/{story}/council-votes"), "rosa-review", false),
            at(&format!("/posts/{story}/reviews"), "rosa-review", false),
            at(&format!("/posts/{own}/reviews"), "rosa-answers", false),
            // Where one goes to look at her, or for what one keeps.
            at("/saved", "rosa-note", true),
            at(&format!("/@rosa_ito/{note}"), "rosa-note", true),
            at("/@rosa_ito/posts", "rosa-note", true),
            at("/@rosa_ito/posts", "sam-note", true),
            at("/@rosa_ito/reviews", "rosa-review", true),
            at(&format!("/reviews/{judged}"), "rosa-review", true),
            at("/@tess_oak/followers", "Rosa Ito", true),
            at("/connections?q=rosa", "Rosa Ito", true),
            at("/notes/completions?q=@rosa", "Rosa Ito", true),
            at("/authors", "Rosa Ito", true),
        ]
    }

    /// A story of Rosa's own.
    fn by_rosa(&self) -> PostId {
        let (rosa, content, now) = (self.rosa.id, content("A walk by the river", self.news.arts), self.news.town.town.now());
        let unit = move |tx: &mut db::Tx| {
            let story = stories::create(tx, rosa, &content, now)?;
            stories::publish(tx, story, None, rosa, now)?;
            Ok::<_, web::Error>(story)
        };
        self.news.town.town.db.write_now(unit).unwrap()
    }

    /// The kinds of notices that somebody has of something that Rosa did.
    fn told(&self, of: AccountId) -> BTreeSet<String> {
        let (sql, rosa) = (
            "select distinct n.kind from notices n join notice_people q on q.notice_id = n.id where n.account_id = $1 and q.account_id = $2",
            self.rosa.id,
        );
        self.news.town.town.db.read_now(move |tx| tx.all(sql, db::params![of, rosa], |row| row.get(0))).unwrap().into_iter().collect()
    }
}

testkit::on_both! {
    async fn a_block_and_a_mute_hold_on_every_surface(kind) {
        let world = World::new(kind).await;
        let surfaces = world.surfaces().await;
        world.part();
        let mut wrong = Vec::new();
        for surface in &surfaces {
            for (who, actor, list) in &world.looking {
                let path = if surface.path == "LIST" { list } else { &surface.path };
                let seen = actor.client.get(path).await;
                let shown = seen.text().contains(surface.shows);
                let expected = *who == Who::Stranger || (*who == Who::Muting && surface.to_muting);
                if shown != expected {
                    wrong.push(format!("{path} {} {who:?}: {shown} (status {})", surface.shows, seen.status));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn behind_a_lock_friends_alone_see_somebody(kind) {
        let world = World::new(kind).await;
        let surfaces = world.surfaces().await;
        let (rosa, friend) = (world.rosa.id, world.actor(Who::Blocked).id);
        let unit = move |tx: &mut db::Tx| {
            connections::ask(tx, rosa, friend, 1)?;
            connections::accept(tx, friend, rosa, 1)?;
            safety::lock(tx, rosa, None, 1).map(drop)
        };
        world.news.town.town.db.write_now(unit).unwrap();
        let (stranger, list) = world.looking.iter().find(|(who, ..)| *who == Who::Stranger).map(|(_, actor, list)| (actor, list)).unwrap();
        let mut wrong = Vec::new();
        // Her answer under a review is the newsroom's.
        for surface in surfaces.iter().filter(|surface| surface.shows != "rosa-answers") {
            let path = if surface.path == "LIST" { list } else { &surface.path };
            if stranger.client.get(path).await.text().contains(surface.shows) {
                wrong.push(format!("a stranger sees {} on {path}", surface.shows));
            }
            if surface.path != "LIST" && !world.actor(Who::Blocked).client.get(path).await.text().contains(surface.shows) {
                wrong.push(format!("a friend does not see {} on {path}", surface.shows));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let (stranger, feed) = (&stranger.client, world.news.town.guest());
        for path in ["/@rosa_ito", "/@rosa_ito/about", "/@rosa_ito/followers"] {
            stranger.get(path).await.assert_status(404);
        }
        feed.get("/@rosa_ito.rss").await.assert_status(404);
        feed.get("/@rosa_ito/posts.rss").await.assert_status(404);
        stranger.post(&format!("/connections/{rosa}/follow"), &[]).await.assert_status(404);
    }

    async fn guests_see_nothing_that_a_minor_says(kind) {
        let world = World::new(kind).await;
        let surfaces = world.surfaces().await;
        let rosa = world.rosa.id;
        world.news.town.town.db.write_now(move |tx| tx.run("update accounts set minor_until = 9999999999999 where id = $1", db::params![rosa])).unwrap();
        let guest = world.news.town.guest();
        for surface in surfaces.iter().filter(|surface| surface.shows != "rosa-answers" && surface.path != "LIST") {
            assert!(!guest.get(&surface.path).await.text().contains(surface.shows), "{} on {}", surface.shows, surface.path);
        }
        assert!(guest.get("/@rosa_ito").await.location().starts_with("/sign-in"));
        guest.get("/@rosa_ito/posts.rss").await.assert_status(404);
        // Members see it, and do not come upon it by looking for people.
        let stranger = &world.actor(Who::Stranger).client;
        stranger.get("/square/local").await.assert_text("rosa-note");
        for path in ["/connections?q=rosa", "/notes/completions?q=@rosa", "/authors"] {
            assert!(!stranger.get(path).await.text().contains("Rosa Ito"), "{path}");
        }
    }

    async fn nobody_hears_of_what_is_done_across_a_block_or_by_somebody_they_mute(kind) {
        let world = World::new(kind).await;
        world.part();
        let rosa = &world.rosa;
        for (who, actor, _) in &world.looking {
            let note = post(actor, &[("body", "The bridge is open")]).await;
            done(actor, &format!("/posts/{}/comments", post(&world.sam, &[("body", "Any news?")]).await), &[("body", "None yet")]).await;
            let comment = newest(&world.news.town.town, "comment");
            post(rosa, &[("body", &format!("Hello @{}", actor.handle))]).await;
            // What a block forbids is answered with words; what counts here is what is heard of it.
            for (path, fields) in [
                (format!("/notes/{note}/share"), vec![]),
                (format!("/posts/{note}/reaction"), vec![("kind", "like")]),
                (format!("/posts/{note}/comments"), vec![("body", "So it is")]),
                (format!("/comments/{comment}/reply"), vec![("body", "Nor here")]),
                (format!("/connections/{}/follow", actor.id), vec![]),
                (format!("/connections/{}/request", actor.id), vec![]),
                ("/notes".to_owned(), vec![("body", "So they say"), ("quote", &*note.to_string())]),
            ] {
                let answer = rosa.client.post(&path, &fields).await;
                assert!(*who != Who::Stranger || answer.status == 303, "{path}: {}", answer.status);
            }
            let heard: BTreeSet<String> = match who {
                Who::Stranger => ["comment", "follow", "friend_request", "like", "mention", "quote", "reply", "share"].map(String::from).into(),
                _ => BTreeSet::new(),
            };
            let kinds: BTreeSet<String> = world.told(actor.id);
            assert_eq!(kinds, heard, "{who:?}");
        }
    }
}
