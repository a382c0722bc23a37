//! Readers' context through its forms, its job and its store.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::{PostId, posts};
use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use db::{Tx, params};
use people::{
    AccountId, Caller, Town,
    testing::{Actor, TestTown},
};
use testkit::Page;

const DAY: i64 = 24 * 60 * 60 * 1000;
const SOURCE: &str = "https://archive.example/minutes/1974";

/// A page with what is shown under a post.
async fn page(State(town): State<Town>, caller: Caller, Path(post): Path<PostId>) -> web::Result {
    let (viewer, shown) = town
        .read(&caller, move |tx, _| {
            let many = tx.one("select contexts from post_counts where post_id = $1", params![post], |row| row.get::<i64>(0))?;
            Ok(shown_of(tx, post, many)?)
        })
        .await?;
    Ok(web::html(section(&shown, post, &viewer, &[])))
}

struct Stand {
    town: TestTown,
    rosa: Actor,
    sam: Actor,
    /// Others of good standing.
    others: Vec<Actor>,
    post: PostId,
}

impl Stand {
    /// Rosa posted a note, and everybody is of good standing.
    fn new(kind: testkit::Kind) -> Self {
        let rooms = people::routes().merge(routes()).merge(Router::new().route("/page/{id}", get(page)));
        let town = TestTown::new(kind, rooms, |_| Ok(Vec::new()));
        let [rosa, sam] = ["Rosa", "Sam"].map(|name| town.actor(name, "member"));
        let others: Vec<Actor> = (0..6).map(|number| town.actor(&format!("Reader {number}"), "member")).collect();
        let (author, ids) = (rosa.id, others.iter().chain([&rosa, &sam]).map(|actor| actor.id).collect::<Vec<_>>());
        let post = town
            .town
            .db
            .write_now(move |tx| {
                for id in &ids {
                    grown(tx, *id)?;
                }
                posted(tx, author)
            })
            .unwrap();
        Self { town, rosa, sam, others, post }
    }

    fn write<T: Send + 'static>(&self, mut unit: impl FnMut(&mut Tx) -> Result<T, db::Error> + Send + 'static) -> T {
        self.town.town.db.write_now(move |tx| unit(tx)).unwrap()
    }

    async fn add(&self, by: &Actor, post: PostId, body: &str) -> Page {
        let page = by.client.get(&format!("/posts/{post}/context")).await;
        page.assert_status(200).assert_landmarks();
        by.client.submit(&page, "form.form", &[("body", body), ("sources", SOURCE)]).await
    }

    async fn added(&self, by: &Actor, post: PostId, body: &str) -> ContextId {
        let answer = self.add(by, post, body).await;
        answer.assert_status(303).location().rsplit_once("#context-").unwrap().1.parse().unwrap()
    }

    async fn say(&self, by: &Actor, context: ContextId, value: &str) -> u16 {
        by.client.post(&format!("/contexts/{context}/rating"), &[("value", value), ("reason", "clear")]).await.status.as_u16()
    }

    async fn judged(&self) {
        judge(self.town.town.clone(), Judge {}).await.unwrap();
        assert_eq!(self.town.town.db.read_now(|tx| drift(tx, false)).unwrap(), []);
    }

    /// Sam's context on Rosa's post, that is shown: the first two readers disagree about two others, and agree here.
    async fn bridged(&self) -> ContextId {
        let author = self.rosa.id;
        for body in ["One.", "Two."] {
            let post = self.write(move |tx| posted(tx, author));
            let context = self.added(&self.sam, post, body).await;
            assert_eq!(self.say(&self.others[0], context, "helpful").await, 303);
            assert_eq!(self.say(&self.others[1], context, "not").await, 303);
        }
        let context = self.added(&self.sam, self.post, "The vote of 1974 was three to two.").await;
        for other in &self.others[..5] {
            assert_eq!(self.say(other, context, "helpful").await, 303);
        }
        context
    }

    async fn is_shown(&self) -> bool {
        self.town.guest().get(&format!("/page/{}", self.post)).await.has(".reader-context")
    }

    fn told(&self, who: &Actor) -> Vec<String> {
        let id = who.id;
        self.write(move |tx| tx.all("select kind from notices where account_id = $1 order by kind", params![id], |row| row.get(0)))
    }
}

/// Somebody comes to good standing: they joined long ago, and wrote three things.
fn grown(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    tx.run("update accounts set created_at = created_at - $2 where id = $1", params![account, 20 * DAY])?;
    (0..3).try_for_each(|_| posted(tx, account).map(drop))
}

fn posted(tx: &mut Tx, author: AccountId) -> Result<PostId, db::Error> {
    let post = posts::insert(tx, "note", author, 0)?;
    posts::set_authors(tx, post, &[author])?;
    tx.run("update posts set visibility = 'public', published_at = 0 where id = $1", params![post])?;
    Ok(post)
}

testkit::on_both! {
    async fn what_people_find_helpful_who_usually_disagree_is_shown(kind) {
        let stand = Stand::new(kind);
        let context = stand.bridged().await;
        assert!(!stand.is_shown().await, "nothing is shown before it is judged");
        stand.judged().await;
        let guest = stand.town.guest().get(&format!("/page/{}", stand.post)).await;
        guest.assert_text("Readers added context").assert_text("three to two");
        assert_eq!(guest.attr(".reader-context .sources a", "href").unwrap(), SOURCE);
        assert_eq!((stand.told(&stand.rosa), stand.told(&stand.sam)), (vec!["context_given".to_owned()], vec!["context_shown".to_owned()]));
        // One who changes their mind is enough here; who was told is not told again.
        assert_eq!(stand.say(&stand.others[1], context, "not").await, 303);
        stand.judged().await;
        assert!(!stand.is_shown().await);
        assert_eq!(stand.say(&stand.others[1], context, "helpful").await, 303);
        stand.judged().await;
        assert!(stand.is_shown().await);
        assert_eq!(stand.told(&stand.rosa).len(), 1);
        let about = stand.town.guest().get("/context").await;
        about.assert_status(200).assert_landmarks().assert_text("fewer than 200 ratings").assert_text("the plain rule");
        assert_eq!(about.one(".context-state div:nth-child(2) dd"), "1");
        // Nobody need have asked for it.
        look_through(stand.town.town.clone()).await.unwrap();
        assert!(stand.is_shown().await);
    }

    async fn a_brigade_of_new_accounts_moves_nothing(kind) {
        let stand = Stand::new(kind);
        let author = stand.rosa.id;
        let context = stand.added(&stand.sam, stand.post, "It was the mayor’s idea.").await;
        let new: Vec<Actor> = (0..8).map(|number| stand.town.actor(&format!("New {number}"), "member")).collect();
        for one in &new {
            assert_eq!(stand.say(one, context, "helpful").await, 403);
            one.client.get(&format!("/posts/{}/context", stand.post)).await.assert_status(200).assert_text("You have not been here for long");
        }
        // Nor when their ratings stand there, whatever else they said.
        let ids: Vec<AccountId> = new.iter().map(|one| one.id).collect();
        let more = stand.write(move |tx| Ok([posted(tx, author)?, posted(tx, author)?]));
        let contexts = [stand.added(&stand.sam, more[0], "One.").await, stand.added(&stand.sam, more[1], "Two.").await, context];
        let (sql, everybody) = ("insert into context_ratings (context_id, account_id, value, reasons, rated_at) values ($1, $2, $3, '', 0)", ids.clone());
        stand.write(move |tx| {
            for (at, id) in everybody.iter().enumerate() {
                for of in contexts {
                    let value = if of == context || at == 0 { "helpful" } else { "not" };
                    tx.run(sql, params![of, *id, value])?;
                }
            }
            Ok(())
        });
        stand.judged().await;
        assert!(!stand.is_shown().await);
        // It is their standing alone that kept it back.
        let everybody = ids.clone();
        stand.write(move |tx| everybody.iter().try_for_each(|id| grown(tx, *id)));
        stand.judged().await;
        assert!(stand.is_shown().await);
        let everybody = ids.clone();
        stand.write(move |tx| everybody.iter().try_for_each(|id| tx.run("update accounts set suspended_at = 1 where id = $1", params![*id]).map(drop)));
        stand.judged().await;
        assert!(!stand.is_shown().await, "nor do those who were suspended since count");
    }

    async fn who_may_write_and_rate(kind) {
        let stand = Stand::new(kind);
        let address = format!("/posts/{}/context", stand.post);
        stand.rosa.client.get(&address).await.assert_status(200).assert_text("This is your own post");
        let form = [("body", "Not so."), ("sources", SOURCE)];
        stand.rosa.client.post(&address, &form).await.assert_status(403);
        let context = stand.added(&stand.sam, stand.post, "It was 1974.").await;
        stand.sam.client.post(&address, &form).await.assert_status(403);
        stand.sam.client.get(&address).await.assert_text("You have added context").assert_text("You wrote this");
        assert_eq!(stand.say(&stand.sam, context, "helpful").await, 403, "one’s own");
        assert_eq!(stand.say(&stand.rosa, context, "not").await, 403, "on one’s own post");
        assert_eq!(stand.say(&stand.others[0], context, "very").await, 422);
        assert_eq!(stand.say(&stand.others[0], context, "somewhat").await, 303);
        let seen = stand.others[0].client.get(&address).await;
        assert_eq!(seen.one("form.rate button[aria-pressed='true']"), "Somewhat helpful");
        assert!(seen.has("form.rate input[value='clear'][checked]"));
        assert!(!seen.has_text("Sam"), "nobody is told who wrote it");
        stand.others[0].client.post(&format!("/contexts/{context}/rating/undo"), &[]).await.assert_status(303);
        assert!(!stand.others[0].client.get(&address).await.has("form.rate button[aria-pressed='true']"));
        assert!(stand.town.guest().get(&address).await.location().starts_with("/sign-in"));
        assert_eq!(stand.others[0].client.get(&format!("/contexts/{context}")).await.location(), format!("{address}#context-{context}"));
        let post = stand.post;
        stand.write(move |tx| tx.run("update posts set visibility = 'only_me' where id = $1", params![post]).map(drop));
        stand.others[0].client.get(&address).await.assert_status(404);
        assert_eq!(stand.say(&stand.others[0], context, "helpful").await, 404);
        for nowhere in ["/posts/7/context", "/posts/x/context", "/contexts/7", "/contexts/x"] {
            stand.sam.client.get(nowhere).await.assert_status(404);
        }
    }

    async fn what_is_typed_comes_back_where_it_cannot_be_taken(kind) {
        let stand = Stand::new(kind);
        let page = stand.sam.client.get(&format!("/posts/{}/context", stand.post)).await;
        let long = "é".repeat(MAX_BODY + 1);
        let answer = stand.sam.client.submit(&page, "form.form", &[("body", &*long), ("sources", "my uncle")]).await;
        answer.assert_status(422).assert_landmarks().assert_text("601 characters").assert_text("is no web address");
        assert_eq!((answer.form("form.form").value("body"), answer.form("form.form").value("sources")), (Some(&*long), Some("my uncle")));
        let hostile = "<script>alert(1)</script> javascript:alert(1)";
        let author = stand.rosa.id;
        stand.added(&stand.sam, stand.post, hostile).await;
        let shown = stand.others[0].client.get(&format!("/posts/{}/context", stand.post)).await;
        assert!(!shown.has("main article script, main a[href^='javascript']"));
        shown.assert_text("<script>alert(1)</script>");
        for number in 1..10 {
            let post = stand.write(move |tx| posted(tx, author));
            stand.added(&stand.sam, post, &format!("Number {number}.")).await;
        }
        let post = stand.write(move |tx| posted(tx, author));
        stand.add(&stand.sam, post, "One more.").await.assert_status(422).assert_text("Go on tomorrow");
    }

    async fn staff_take_it_down_and_bring_it_back(kind) {
        let stand = Stand::new(kind);
        let context = stand.bridged().await;
        stand.judged().await;
        let address = format!("/contexts/{context}/takedown");
        stand.others[0].client.get(&address).await.assert_status(403);
        let boss = stand.town.actor("Ada", "administrator");
        let page = boss.client.get(&address).await;
        page.assert_status(200).assert_landmarks().assert_text("Sam");
        boss.client.submit(&page, "form.form", &[("why", " ")]).await.assert_status(422).assert_text("Write why");
        boss.client.submit(&page, "form.form", &[("why", "The source is a hoax.")]).await.assert_status(303);
        assert!(!stand.is_shown().await);
        stand.judged().await;
        assert_eq!(stand.say(&stand.others[0], context, "helpful").await, 410);
        stand.sam.client.get(&format!("/posts/{}/context", stand.post)).await.assert_text("The source is a hoax.");
        assert!(!stand.others[0].client.get(&format!("/posts/{}/context", stand.post)).await.has_text("1974"));
        stand.sam.client.post(&format!("/contexts/{context}/removal"), &[]).await.assert_status(410);
        let logged: (String, String) = stand.write(|tx| tx.one("select words, reason from decisions order by id desc limit 1", params![], |row| Ok((row.get(0)?, row.get(1)?))));
        assert_eq!(logged, ("Took down context".into(), "The source is a hoax.".into()));
        let letters: i64 = stand.write(|tx| tx.one("select count(*) from jobs where payload like '%hoax%'", params![], |row| row.get(0)));
        assert_eq!(letters, 1, "its author gets a letter");
        boss.client.post(&format!("{address}/undo"), &[]).await.assert_status(303);
        assert!(stand.is_shown().await);
    }

    async fn administrators_are_handed_all_that_goes_into_it(kind) {
        let stand = Stand::new(kind);
        let context = stand.bridged().await;
        stand.judged().await;
        for file in ["/context/ratings.csv", "/context/contexts.csv"] {
            stand.sam.client.get(file).await.assert_status(403);
        }
        let boss = stand.town.actor("Ada", "administrator");
        boss.client.get("/context").await.assert_text("All that goes into it");
        let ratings = boss.client.get("/context/ratings.csv").await;
        let ratings = ratings.text();
        let lines: Vec<&str> = ratings.lines().collect();
        assert_eq!((lines[0], lines.len()), ("rater,context,rating", 10));
        assert_eq!(lines.iter().filter(|line| line.ends_with(&format!(",{context},1"))).count(), 5);
        let sam = stand.sam.id.to_string();
        assert!(!ratings.contains(&sam));
        let contexts = boss.client.get("/context/contexts.csv").await;
        assert!(contexts.text().contains(&format!("{context},{},", stand.post)) && contexts.text().contains(",shown,5,0.0000,0.0000"));
    }

    async fn what_becomes_of_it_when_somebody_leaves(kind) {
        let stand = Stand::new(kind);
        let context = stand.bridged().await;
        stand.judged().await;
        let (reader, sam) = (stand.others[0].id, stand.sam.id);
        assert!(stand.write(move |tx| leave(tx, reader, 2, 0)), "there is more");
        assert!(!stand.write(move |tx| leave(tx, reader, 2, 0)));
        stand.judged().await;
        assert!(!stand.is_shown().await, "four are too few");
        assert_eq!(stand.say(&stand.others[5], context, "helpful").await, 303);
        let taken = stand.write(move |tx| take_along(tx, sam, 100, 0)).0;
        assert_eq!(taken, 3);
        stand.judged().await;
        let left: i64 = stand.write(|tx| tx.one("select (select count(*) from contexts) + (select count(*) from context_ratings)", params![], |row| row.get(0)));
        assert_eq!(left, 0);
    }

    async fn it_travels_with_its_ratings_and_is_judged_where_it_comes(kind) {
        let stand = Stand::new(kind);
        stand.bridged().await;
        stand.judged().await;
        let (lines, ratings) = stand.write(|tx| Ok((whole::lines(tx, None, None, 100)?, whole::ratings(tx, None, None, 100)?)));
        assert_eq!((lines.len(), ratings.len()), (3, 9));
        let own = stand.sam.id;
        assert_eq!(stand.write(move |tx| Ok((whole::lines(tx, Some(own), None, 100)?.len(), whole::ratings(tx, Some(own), None, 100)?.len()))), (3, 0));
        let (again, same) = (lines.clone(), ratings.clone());
        stand.write(move |tx| {
            assert!(!whole::take_in(tx, &again[0], 0)? && !whole::take_rating(tx, &same[0], 0)?, "nothing is doubled");
            take_along(tx, own, 100, 0)?;
            for line in &again {
                assert!(whole::take_in(tx, line, 0)?);
            }
            for line in &same {
                assert!(whole::take_rating(tx, line, 0)?);
            }
            let bad = whole::Line { id: ContextId::fresh(), sources: vec!["javascript:alert(1)".into()], ..again[0].clone() };
            assert!(!whole::take_in(tx, &bad, 0)?);
            assert_eq!((whole::lines(tx, None, None, 100)?, whole::ratings(tx, None, None, 100)?), (again.clone(), same.clone()));
            Ok(())
        });
        let before = stand.told(&stand.rosa).len();
        stand.judged().await;
        assert!(stand.is_shown().await);
        assert_eq!(stand.told(&stand.rosa).len(), before, "who was told is not told again");
    }
}
