//! Reactions through their store and their forms. The pages they stand on are wings above, and tested there.
#![allow(clippy::unwrap_used)]

mod counting;

use super::*;
use crate::{Cursor, PostId, posts};
use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use db::{Tx, params};
use people::{
    AccountId, Caller, Town, Viewer, blocks,
    testing::{Actor, TestTown},
};
use testkit::Client;

/// A page with a post's buttons on it.
async fn page(State(town): State<Town>, caller: Caller, Path(post): Path<PostId>) -> web::Result {
    let (_, reactions) = town.read(&caller, move |tx, viewer| Ok(of_one(tx, viewer, post)?)).await?;
    Ok(web::html(button(post, &reactions, &format!("/page/{post}"))))
}

struct Stand {
    town: TestTown,
    rosa: Actor,
    sam: Actor,
    post: PostId,
}

impl Stand {
    /// Rosa posted a note, and Sam reads it.
    fn new(kind: testkit::Kind) -> Self {
        let rooms = people::routes().merge(routes()).merge(Router::new().route("/page/{id}", get(page)));
        let town = TestTown::new(kind, rooms, |_| Ok(Vec::new()));
        let [rosa, sam] = ["Rosa", "Sam"].map(|name| town.actor(name, "member"));
        let author = rosa.id;
        let post = town.town.db.write_now(move |tx| posted(tx, author)).unwrap();
        Self { town, rosa, sam, post }
    }

    fn write(&self, mut unit: impl FnMut(&mut Tx) -> Result<(), db::Error> + Send + 'static) {
        self.town.town.db.write_now(move |tx| unit(tx)).unwrap();
    }

    async fn press(&self, who: &Client, kind: &str) -> u16 {
        who.post(&format!("/posts/{}/reaction", self.post), &[("kind", kind), ("back", "/page/1")]).await.status.as_u16()
    }

    async fn undo(&self, who: &Client) -> u16 {
        who.post(&format!("/posts/{}/reaction/undo", self.post), &[("back", "/page/1")]).await.status.as_u16()
    }

    /// How many of everything stand, as a guest sees it.
    fn counts(&self) -> (i64, Vec<(String, i64)>) {
        let post = self.post;
        let seen = self.town.town.db.read_now(move |tx| of_one(tx, &Viewer::default(), post)).unwrap();
        assert_eq!(self.town.town.db.read_now(|tx| drift(tx, false)).unwrap(), []);
        (seen.likes, seen.typed.into_iter().map(|(kind, count)| (kind.name, count)).collect())
    }

    /// The kinds of notices that somebody has not read, with how many people are in each.
    fn told(&self, who: &Actor) -> Vec<(String, i64)> {
        let (id, sql) = (
            who.id,
            "select n.kind, count(p.account_id) from notices n join notice_people p on p.notice_id = n.id
            where n.account_id = $1 and n.read_at is null group by n.kind order by n.kind",
        );
        self.town.town.db.read_now(move |tx| tx.all(sql, params![id], |row| Ok((row.get(0)?, row.get(1)?)))).unwrap()
    }
}

fn posted(tx: &mut Tx, author: AccountId) -> Result<PostId, db::Error> {
    let post = posts::insert(tx, "note", author, 0)?;
    posts::set_authors(tx, post, &[author])?;
    tx.run("update posts set visibility = 'public', published_at = 0 where id = $1", params![post])?;
    Ok(post)
}

testkit::on_both! {
    async fn one_press_likes_and_another_takes_it_back(kind) {
        let stand = Stand::new(kind);
        let address = format!("/page/{}", stand.post);
        let shown = stand.sam.client.get(&address).await;
        assert_eq!((shown.one("form.react button"), shown.attr("form.react button", "aria-pressed").unwrap()), ("Like".into(), "false".into()));
        let answer = stand.sam.client.submit(&shown, "form.react", &[]).await;
        assert_eq!(answer.location(), format!("{address}#reactions-{}", stand.post));
        assert_eq!(stand.counts(), (1, vec![]));
        let shown = stand.sam.client.get(&address).await;
        assert_eq!((shown.one("form.react button"), shown.attr("form.react button", "aria-pressed").unwrap()), ("Like 1 like".into(), "true".into()));
        assert_eq!(stand.press(&stand.sam.client, LIKE).await, 303, "a double tap is one");
        assert_eq!(stand.counts(), (1, vec![]));
        stand.sam.client.submit(&shown, "form.react", &[]).await.assert_status(303);
        stand.sam.client.submit(&shown, "form.react", &[]).await.assert_status(303);
        assert_eq!(stand.counts(), (0, vec![]));
    }

    async fn choosing_another_changes_it(kind) {
        let stand = Stand::new(kind);
        assert_eq!(stand.press(&stand.sam.client, LIKE).await, 303);
        let shown = stand.sam.client.get(&format!("/page/{}", stand.post)).await;
        let thanks = shown.form(".react-menu li:nth-child(2) form");
        assert_eq!(thanks.value("kind"), Some("thanks"));
        stand.sam.client.submit_form(&thanks).await.assert_status(303);
        assert_eq!(stand.counts(), (0, vec![("thanks".into(), 1)]));
        assert_eq!(stand.press(&stand.rosa.client, "sad").await, 303);
        assert_eq!(stand.press(&stand.rosa.client, "thanks").await, 303);
        assert_eq!(stand.counts(), (0, vec![("thanks".into(), 2)]));
        let shown = stand.sam.client.get(&format!("/page/{}", stand.post)).await;
        assert_eq!(shown.one("form.react button"), "🙏Thanks");
        assert_eq!(shown.one(".reacted a"), "🙏 2 Thanks.");
        assert_eq!(shown.attr(".react-menu li:nth-child(2) form", "action").unwrap(), format!("/posts/{}/reaction/undo", stand.post));
        assert_eq!(stand.undo(&stand.sam.client).await, 303);
        assert_eq!(stand.counts(), (0, vec![("thanks".into(), 1)]));
        for nonsense in ["", "kiss", "LIKE"] {
            assert_eq!(stand.press(&stand.sam.client, nonsense).await, 422, "{nonsense:?}");
        }
    }

    async fn with_scripts_only_the_buttons_and_the_counts_change(kind) {
        let stand = Stand::new(kind);
        let turbo = stand.sam.client.clone().with_header("accept", "text/vnd.turbo-stream.html, text/html, application/xhtml+xml");
        let answer = turbo.post(&format!("/posts/{}/reaction", stand.post), &[("back", "/page/1")]).await;
        answer.assert_status(200);
        assert!(answer.header("content-type").unwrap().starts_with("text/vnd.turbo-stream.html"));
        for part in [format!("targets=\".reactions[data-post='{}']\"", stand.post), format!("targets=\"[data-counts='{}']\"", stand.post), "You like this.".into(), "1 like<".into()] {
            assert!(answer.text().contains(&part), "{part} in {}", answer.text());
        }
    }

    async fn who_may_not_read_may_not_react(kind) {
        let stand = Stand::new(kind);
        let (post, list) = (stand.post, format!("/posts/{}/reactions", stand.post));
        for (visibility, sams, guests) in [("members", 303, 404), ("connections", 404, 404), ("only_me", 404, 404), ("public", 303, 200)] {
            stand.write(move |tx| tx.run("update posts set visibility = $2 where id = $1", params![post, visibility]).map(drop));
            assert_eq!(stand.press(&stand.sam.client, LIKE).await, sams, "{visibility}");
            assert_eq!(stand.sam.client.get(&list).await.status.as_u16(), if sams == 303 { 200 } else { 404 }, "{visibility}");
            assert_eq!(stand.town.guest().get(&list).await.status.as_u16(), guests, "{visibility}");
        }
        stand.write(move |tx| tx.run("update posts set published_at = null where id = $1", params![post]).map(drop));
        assert_eq!(stand.press(&stand.rosa.client, LIKE).await, 404, "nobody reacts to what is not out");
        for nowhere in ["7", "x"] {
            stand.sam.client.post(&format!("/posts/{nowhere}/reaction"), &[]).await.assert_status(404);
            stand.sam.client.get(&format!("/posts/{nowhere}/reactions")).await.assert_status(404);
        }
    }

    async fn only_members_whose_level_includes_it_react(kind) {
        let stand = Stand::new(kind);
        let guest = stand.town.guest();
        let address = format!("/page/{}", stand.post);
        let asked = guest.submit(&guest.get(&address).await, "form.react", &[]).await;
        assert_eq!(asked.location(), format!("/sign-in?next=%2Fpage%2F{0}%23reactions-{0}", stand.post));
        let asked = guest.post(&format!("/posts/{}/reaction/undo", stand.post), &[("back", "//evil.example")]).await;
        assert_eq!(asked.location(), format!("/sign-in?next=%2F%23reactions-{}", stand.post));
        let new = stand.sam.id;
        stand.write(move |tx| tx.run("update accounts set standing = 'unconfirmed' where id = $1", params![new]).map(drop));
        assert_eq!(stand.press(&stand.sam.client, LIKE).await, 403);
        stand.write(move |tx| {
            tx.run("update accounts set standing = 'member' where id = $1", params![new])?;
            tx.run("delete from level_permissions where permission = 'posts.react'", params![]).map(drop)
        });
        stand.town.reload();
        assert_eq!(stand.press(&stand.sam.client, LIKE).await, 403);
        let now = stand.town.town.now();
        stand.write(move |tx| people::accounts::set_suspended(tx, new, true, now));
        let answer = stand.sam.client.post(&format!("/posts/{}/reaction", stand.post), &[("back", &address)]).await;
        assert!(answer.location().starts_with("/sign-in"), "whoever is suspended is signed out");
        assert_eq!(stand.counts(), (0, vec![]));
    }

    async fn authors_are_told_together_and_not_of_what_is_taken_back(kind) {
        let stand = Stand::new(kind);
        let lina = stand.town.actor("Lina", "member");
        let (post, both) = (stand.post, [stand.rosa.id, lina.id]);
        stand.write(move |tx| posts::set_authors(tx, post, &both));
        let ana = stand.town.actor("Ana", "member");
        for who in [&stand.sam, &ana, &stand.rosa] {
            assert_eq!(stand.press(&who.client, LIKE).await, 303);
        }
        assert_eq!((stand.told(&stand.rosa), stand.told(&lina)), (vec![("like".into(), 2)], vec![("like".into(), 3)]), "nobody of their own");
        assert_eq!(stand.press(&stand.sam.client, "sad").await, 303);
        assert_eq!(stand.told(&stand.rosa), [("like".into(), 1), ("reaction".into(), 1)]);
        for who in [&stand.sam, &ana, &stand.rosa] {
            assert_eq!(stand.undo(&who.client).await, 303);
        }
        assert_eq!((stand.told(&stand.rosa), stand.told(&lina)), (vec![], vec![]));
    }

    async fn who_reacted_is_listed_without_whom_a_block_parts(kind) {
        let stand = Stand::new(kind);
        let [lina, ana] = ["Lina", "Ana"].map(|name| stand.town.actor(name, "member"));
        for (who, kind) in [(&stand.sam, LIKE), (&lina, "sad"), (&ana, LIKE)] {
            assert_eq!(stand.press(&who.client, kind).await, 303);
            stand.town.pass(1_000);
        }
        let list = format!("/posts/{}/reactions", stand.post);
        let page = stand.rosa.client.get(&list).await;
        page.assert_status(200).assert_landmarks();
        assert_eq!(page.select_text("li.person a"), ["Ana", "Lina", "Sam"]);
        assert_eq!(page.select_text(".tabs a"), ["All", "❤️ Like 2", "😢 Sad 1"]);
        assert_eq!(page.attr(".kicker a", "href").unwrap(), format!("/notes/{}", stand.post));
        assert_eq!(stand.rosa.client.get(&format!("{list}?kind=sad")).await.select_text("li.person a"), ["Lina"]);
        stand.rosa.client.get(&format!("{list}?kind=kiss")).await.assert_status(404);
        stand.rosa.client.get(&format!("{list}?before=x")).await.assert_status(404);
        let (one, other, away) = (stand.sam.id, lina.id, ana.id);
        stand.town.town.db.write_now(move |tx| blocks::block(tx, one, other, 1)).unwrap();
        assert_eq!(lina.client.get(&list).await.select_text("li.person a"), ["Ana", "Lina"]);
        assert_eq!(stand.sam.client.get(&list).await.select_text("li.person a"), ["Ana", "Sam"]);
        assert_eq!(stand.counts(), (2, vec![("sad".into(), 1)]), "they count all the same");
        stand.write(move |tx| people::accounts::set_suspended(tx, away, true, 1));
        assert_eq!(stand.rosa.client.get(&list).await.select_text("li.person a"), ["Lina", "Sam"]);
        assert_eq!(stand.counts(), (2, vec![("sad".into(), 1)]));
        stand.rosa.client.get(&format!("{list}?kind=funny")).await.assert_status(200).assert_text("Nobody here");
    }

    fn a_long_list_is_read_in_pages_without_gap(kind) {
        let stand = Stand::new(kind);
        let post = stand.post;
        let people: Vec<AccountId> = (0..7).map(|number| stand.town.actor(&format!("Reader {number}"), "member").id).collect();
        let read = stand.town.town.db.write_now(move |tx| {
            for (place, by) in people.iter().enumerate() {
                // Two in the same moment.
                let line = whole::Line { post, by: *by, kind: if place % 3 == 0 { "sad" } else { LIKE }.into(), at: (place / 2) as i64 };
                assert!(whole::take_in(tx, &line)? && !whole::take_in(tx, &line)?);
            }
            let mut found = Vec::new();
            for kind in [None, Some(LIKE)] {
                let mut before = Cursor::NEWEST;
                loop {
                    let page = who(tx, &Viewer::default(), post, kind, before, 3)?;
                    let Some(last) = page.last() else { break };
                    before = last.cursor();
                    found.extend(page.into_iter().map(|one| one.who.id));
                }
            }
            let all: Vec<AccountId> = people.iter().rev().copied().collect();
            let liked = people.iter().enumerate().filter(|(place, _)| place % 3 != 0).map(|(_, by)| *by).rev();
            Ok::<_, db::Error>((found, all.into_iter().chain(liked).collect::<Vec<_>>()))
        }).unwrap();
        assert_eq!(read.0, read.1);
    }

    fn whoever_leaves_takes_it_all_back_a_part_at_a_time(kind) {
        let stand = Stand::new(kind);
        let (rosa, sam, post) = (stand.rosa.id, stand.sam.id, stand.post);
        let left = stand.town.town.db.write_now(move |tx| {
            let mut posts = vec![post];
            for _ in 0..4 {
                posts.push(posted(tx, rosa)?);
            }
            for (place, post) in posts.iter().enumerate() {
                for by in [rosa, sam] {
                    let kind = if place % 2 == 0 { LIKE } else { "funny" };
                    whole::take_in(tx, &whole::Line { post: *post, by, kind: kind.into(), at: 0 })?;
                }
            }
            let parts = [leave(tx, sam, 2)?, leave(tx, sam, 2)?, leave(tx, sam, 2)?];
            let of = tx.one("select count(*) from reactions where account_id = $1", params![sam], |row| row.get::<i64>(0))?;
            Ok::<_, db::Error>((parts, of))
        }).unwrap();
        assert_eq!(left, ([true, true, false], 0));
        assert_eq!(stand.counts(), (1, vec![]));
    }

    fn what_drifted_is_mended(kind) {
        let stand = Stand::new(kind);
        let (post, sam, rosa) = (stand.post, stand.sam.id, stand.rosa.id);
        stand.write(move |tx| {
            for (by, kind) in [(sam, LIKE), (rosa, "sad")] {
                whole::take_in(tx, &whole::Line { post, by, kind: kind.into(), at: 0 })?;
            }
            tx.run("update post_counts set likes = 40 where post_id = $1", params![post])?;
            tx.run("delete from reaction_counts", params![])?;
            tx.run("insert into reaction_counts (post_id, kind, count) values ($1, 'funny', 3)", params![post])?;
            let found = drift(tx, true)?;
            let said: Vec<_> = found.iter().map(|one| (one.what, one.of.1.as_str(), one.stored, one.counted)).collect();
            assert_eq!(said, [("likes", "", 40, 1), ("reactions", "funny", 3, 0), ("reactions", "sad", 0, 1)]);
            Ok(())
        });
        assert_eq!(stand.counts(), (1, vec![("sad".into(), 1)]));
    }
}
