#![allow(clippy::unwrap_used)]
use super::*;
use crate::posts;
use axum::{Router, extract::Path, routing::get};
use db::params;
use people::testing::{Actor, PASSWORD, TestTown};

/// A page with a post's button on it.
async fn page(
    axum::extract::State(town): axum::extract::State<people::Town>,
    caller: people::Caller,
    Path(post): Path<String>,
) -> web::Result {
    let id: PostId = post.parse().map_err(|_| web::Error::NotFound)?;
    let (_, saved) = town
        .read(&caller, move |tx, viewer| match &viewer.me {
            Some(me) => Ok(has(tx, me.id, id)?),
            None => Ok(false),
        })
        .await?;
    Ok(web::html(button(id, saved, &format!("/page/{id}"))))
}

struct Shelf {
    town: TestTown,
    rosa: Actor,
    post: PostId,
}

impl Shelf {
    fn new(kind: testkit::Kind) -> Self {
        let town =
            TestTown::new(kind, people::routes().merge(routes()).merge(Router::new().route("/page/{id}", get(page))), |_| Ok(Vec::new()));
        let rosa = town.member("Rosa", "member");
        let author = rosa.id;
        let post = town.town.db.write_now(move |tx| posts::insert(tx, "story", author, 0)).unwrap();
        let this = Self { town, rosa, post };
        this.show(post, "public");
        this
    }

    fn show(&self, post: PostId, visibility: &'static str) {
        self.town.town.db.write_now(move |tx| tx.run("update posts set visibility = $2 where id = $1", params![post, visibility])).unwrap();
    }

    fn list(&self) -> Vec<PostId> {
        let account = self.rosa.id;
        let list = self.town.town.db.read_now(move |tx| of(tx, account, Cursor::NEWEST, 100)).unwrap();
        list.iter().map(|saved| saved.post).collect()
    }
}

testkit::on_both! {
    async fn the_button_saves_and_takes_off(kind) {
        let shelf = Shelf::new(kind);
        let address = format!("/page/{}", shelf.post);
        let shown = shelf.rosa.client.get(&address).await;
        assert_eq!(shown.one(".save button"), "Save");
        let answer = shelf.rosa.client.submit(&shown, "form.save", &[]).await;
        assert_eq!(answer.location(), format!("{address}?done=kept"));
        let shown = shelf.rosa.client.get(&address).await;
        assert_eq!(shown.one(".save button"), "Saved. Take it off your list");
        assert_eq!(shelf.list(), [shelf.post]);
        // Twice is once.
        shelf.rosa.client.post(&format!("/posts/{}/saved", shelf.post), &[("back", &address)]).await.assert_status(303);
        assert_eq!(shelf.list(), [shelf.post]);
        let answer = shelf.rosa.client.submit(&shown, "form.save", &[]).await;
        assert_eq!(answer.location(), format!("{address}?done=taken-off"));
        assert!(shelf.list().is_empty());
    }

    async fn with_scripts_only_the_button_changes(kind) {
        let shelf = Shelf::new(kind);
        let turbo = shelf.rosa.client.clone().with_header("accept", "text/vnd.turbo-stream.html, text/html, application/xhtml+xml");
        let answer = turbo.post(&format!("/posts/{}/saved", shelf.post), &[("back", "/page/1")]).await;
        answer.assert_status(200);
        assert!(answer.header("content-type").unwrap().starts_with("text/vnd.turbo-stream.html"));
        assert!(answer.text().contains(&format!("targets=\"form.save[data-post='{}']\"", shelf.post)));
        assert!(answer.text().contains("On your list of what you saved."));
        assert_eq!(shelf.list(), [shelf.post]);
    }

    async fn a_guest_signs_in_and_finds_it_saved(kind) {
        let shelf = Shelf::new(kind);
        let guest = shelf.town.guest();
        let address = format!("/page/{}", shelf.post);
        let asked = guest.submit(&guest.get(&address).await, "form.save", &[]).await;
        assert!(asked.location().starts_with("/sign-in?next="), "{}", asked.location());
        let door = guest.get(&asked.location()).await;
        let opened = guest.submit(&door, "form[action='/sign-in']", &[("email", "rosa"), ("password", PASSWORD)]).await;
        let granted = guest.get(&opened.location()).await;
        assert_eq!(granted.location(), format!("{address}?done=kept"));
        assert_eq!(shelf.list(), [shelf.post]);
    }

    async fn a_link_alone_saves_nothing(kind) {
        let shelf = Shelf::new(kind);
        let answer = shelf.rosa.client.get(&format!("/posts/{}/saved?back=//evil.example", shelf.post)).await;
        assert_eq!(answer.location(), "/");
        assert!(shelf.list().is_empty());
        shelf.town.guest().post(&format!("/posts/{}/saved/removal", shelf.post), &[("back", "/")]).await.assert_status(303);
    }

    async fn what_not_everyone_reads_is_not_saved_but_stays_on_the_list(kind) {
        let shelf = Shelf::new(kind);
        let path = format!("/posts/{}/saved", shelf.post);
        shelf.show(shelf.post, "only_me");
        shelf.rosa.client.post(&path, &[("back", "/")]).await.assert_status(404);
        shelf.rosa.client.post("/posts/7/saved", &[("back", "/")]).await.assert_status(404);
        shelf.rosa.client.post("/posts/x/saved", &[("back", "/")]).await.assert_status(404);
        shelf.show(shelf.post, "public");
        shelf.rosa.client.post(&path, &[("back", "/")]).await.assert_status(303);
        shelf.show(shelf.post, "only_me");
        assert_eq!(shelf.list(), [shelf.post]);
        shelf.rosa.client.post(&format!("{path}/removal"), &[("back", "/")]).await.assert_status(303);
        assert!(shelf.list().is_empty());
    }

    fn a_list_is_ones_own_newest_first_and_ends(kind) {
        let shelf = Shelf::new(kind);
        let (rosa, ben) = (shelf.rosa.id, shelf.town.actor("Ben", "member").id);
        let post = shelf.post;
        let seen = shelf.town.town.db.write_now(move |tx| {
            let second = posts::insert(tx, "story", rosa, 0)?;
            tx.run("update posts set visibility = 'public' where id = $1", params![second])?;
            put(tx, rosa, post, 1)?;
            put(tx, rosa, second, 2)?;
            put(tx, ben, post, 3)?;
            let first = of(tx, rosa, Cursor::NEWEST, 1)?;
            let rest = of(tx, rosa, first[0].cursor(), 9)?;
            Ok::<_, web::Error>((first, rest, second))
        }).unwrap();
        assert_eq!(seen.0, [Saved { post: seen.2, at: 2 }]);
        assert_eq!(seen.1, [Saved { post, at: 1 }]);
    }

    fn a_full_list_says_so(kind) {
        let shelf = Shelf::new(kind);
        let (rosa, post) = (shelf.rosa.id, shelf.post);
        let full = shelf.town.town.db.write_now(move |tx| {
            for _ in 0..MOST {
                let other = PostId::fresh();
                tx.run("insert into posts (id, kind, author_id, visibility, created_at, updated_at) values ($1, 'story', $2, 'public', 0, 0)", params![other, rosa])?;
                tx.run("insert into saved (account_id, post_id, created_at) values ($1, $2, 0)", params![rosa, other])?;
            }
            Ok::<_, web::Error>(put(tx, rosa, post, 1))
        }).unwrap();
        assert!(matches!(full, Err(web::Error::Conflict(_))));
    }
}
