//! Open pages are told what is new, as far as whoever looks at them may see it.
#![allow(clippy::unwrap_used)]

use axum::body::Body;
use http::{HeaderMap, Request};
use people::{
    blocks, connections, lists,
    testing::{Actor, TestTown},
};
use talk::PostId;
use testkit::Client;
use web::{Tag, live::Listener};

use super::{Grows, Teller, counts, reading, unread};
use crate::newsroom::Newsroom;

const AUDIENCES: [&str; 7] = ["public", "quiet", "members", "connections", "list", "mentioned", "only_me"];

/// A page that somebody has open.
struct Open {
    stream: web::live::Stream,
}

impl Open {
    fn of(town: &TestTown, reader: i64, tags: &[Tag], after: Option<u64>) -> (Self, bool) {
        let (feeds, tags): (Vec<Tag>, Vec<Tag>) = tags.iter().partition(|tag| Grows::named(tag.0).is_some());
        // No session of its own: the teller would find that it has ended.
        let listener = Listener { reader, session: None, address: [192, 0, 2, 7].into(), tags, feeds };
        let (stream, caught_up) = town.town.live.listen(listener, after).map_err(|_| ()).unwrap();
        (Self { stream }, caught_up)
    }

    fn heard(&mut self) -> String {
        self.stream.heard_now().unwrap_or_default()
    }
}

async fn post(by: &Actor, fields: &[(&str, &str)]) -> PostId {
    let posted = by.client.post("/notes", fields).await;
    posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap()
}

/// What opening a stream answers: status, headers, what it says at once.
async fn listen(town: &TestTown, client: &Client, query: &str, last: Option<&str>) -> (u16, HeaderMap, String) {
    let mut request = Request::get(format!("/live?{query}"));
    if let Some(cookie) = client.cookie(web::door::SESSION_COOKIE) {
        request = request.header("cookie", format!("{}={cookie}", web::door::SESSION_COOKIE));
    }
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let (status, headers, body) = town.answer(request.body(Body::empty()).unwrap()).await;
    (status.as_u16(), headers, web::live::heard_now(body))
}

testkit::on_both! {
    async fn a_member_is_told_how_many_notices_are_unread_on_every_device(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        let mut teller = Teller::new(news.town.town.clone());
        let mut phone = Open::of(&news.town, rosa.id.get(), &[unread(rosa.id)], None).0;
        let mut desk = Open::of(&news.town, rosa.id.get(), &[unread(rosa.id)], None).0;
        let mut other = Open::of(&news.town, sam.id.get(), &[unread(sam.id)], None).0;
        teller.look().await.unwrap();
        assert!(phone.heard().contains("data-count=\"0\"") && desk.heard().contains("data-count=\"0\""));
        other.heard();
        post(&sam, &[("body", "Hello @rosa_mora")]).await;
        teller.look().await.unwrap();
        for device in [&mut phone, &mut desk] {
            assert!(device.heard().contains("data-count=\"1\""));
        }
        let page = phone_reads(&rosa).await;
        assert_eq!(page, 303);
        teller.look().await.unwrap();
        assert!(desk.heard().contains("data-count=\"0\""), "read on one device clears on the other");
        assert!(!other.heard().contains("data-count"));
        teller.look().await.unwrap();
        assert!(!desk.heard().contains("data-count"), "the same is not told twice");
    }

    async fn new_posts_are_told_to_those_who_may_read_them(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Ito", "member");
        let [stranger, friend, named, blocked, muting] =
            ["Stranger", "Friend", "Named", "Blocked", "Muting"].map(|name| news.town.actor(name, "member"));
        let (me, ids) = (rosa.id, [friend.id, named.id, blocked.id, muting.id, stranger.id]);
        let list = news.town.town.db.write_now(move |tx| {
            connections::ask(tx, me, ids[0], 1)?;
            connections::accept(tx, ids[0], me, 1)?;
            connections::follow(tx, ids[1], me.get(), 1)?;
            connections::follow(tx, ids[3], me.get(), 1)?;
            let list = lists::make(tx, me, "Choir", 1)?;
            lists::put(tx, me, list, ids[4], 1)?;
            blocks::block(tx, me, ids[2], 1)?;
            blocks::mute(tx, ids[3], me, None, 1)?;
            Ok::<_, web::Error>(list)
        }).unwrap();
        let everybody = [0, rosa.id.get(), stranger.id.get(), friend.id.get(), named.id.get(), blocked.id.get(), muting.id.get()];
        let open = |feed: Grows| everybody.map(|reader| (reader, Open::of(&news.town, reader, &[feed.tag()], None).0));
        let (mut local, mut home) = (open(Grows::Local), open(Grows::Home));
        let mut teller = Teller::new(news.town.town.clone());
        teller.look().await.unwrap();
        for audience in AUDIENCES {
            let chosen = if audience == "list" { format!("list:{list}") } else { audience.to_owned() };
            let note = post(&rosa, &[("body", "Hello @named"), ("audience", &chosen)]).await;
            teller.look().await.unwrap();
            let mark = format!("id=\"new-{note}\"");
            let told = |pages: &mut [(i64, Open)]| -> Vec<i64> {
                pages.iter_mut().filter_map(|(reader, page)| page.heard().contains(&mark).then_some(*reader)).collect()
            };
            let [stranger, friend, named] = [stranger.id.get(), friend.id.get(), named.id.get()];
            let in_local = match audience {
                "public" => vec![0, rosa.id.get(), stranger, friend, named],
                "members" => vec![rosa.id.get(), stranger, friend, named],
                _ => vec![],
            };
            assert_eq!(told(&mut local), in_local, "{audience} in the local feed");
            let in_home = match audience {
                "public" | "members" | "quiet" => vec![rosa.id.get(), friend, named],
                "connections" => vec![rosa.id.get(), friend],
                "mentioned" => vec![rosa.id.get(), named],
                _ => vec![rosa.id.get()],
            };
            assert_eq!(told(&mut home), in_home, "{audience} at home");
        }
    }

    async fn what_is_passed_on_comes_home_to_those_who_follow(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam, lina, muting] = ["Rosa Ito", "Sam Oak", "Lina Paz", "Muting"].map(|name| news.town.actor(name, "member"));
        let (by, follower, deaf) = (sam.id, lina.id, muting.id);
        news.town.town.db.write_now(move |tx| {
            connections::follow(tx, follower, by.get(), 1)?;
            connections::follow(tx, deaf, by.get(), 1)?;
            blocks::mute(tx, deaf, by, None, 1)
        }).unwrap();
        let note = post(&rosa, &[("body", "The bridge is open")]).await;
        let mut home = [lina.id, muting.id, rosa.id].map(|reader| Open::of(&news.town, reader.get(), &[Grows::Home.tag()], None).0);
        let mut teller = Teller::new(news.town.town.clone());
        teller.look().await.unwrap();
        sam.client.post(&format!("/notes/{note}/share"), &[]).await.assert_status(303);
        teller.look().await.unwrap();
        let told = home.each_mut().map(|page| page.heard().contains(&format!("new-{note}")));
        assert_eq!(told, [true, false, false]);
        // What was changed is no news, and what came in from elsewhere neither.
        news.town.pass(120_000);
        rosa.client.post(&format!("/notes/{note}/edit"), &[("body", "The bridge is open again")]).await.assert_status(303);
        teller.look().await.unwrap();
        assert!(home.iter_mut().all(|page| !page.heard().contains("new-")));
    }

    async fn whoever_lost_their_connection_gets_what_they_missed(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        let mut teller = Teller::new(news.town.town.clone());
        let page = rosa.client.get("/square/local").await;
        let query = page.attr("live-stream", "data-query").unwrap();
        assert!(query.starts_with("feed=local&after="), "{query}");
        teller.look().await.unwrap();
        let missed = post(&sam, &[("body", "For all")]).await;
        let secret = post(&sam, &[("body", "For me"), ("audience", "only_me")]).await;
        teller.look().await.unwrap();
        let (status, headers, heard) = listen(&news.town, &rosa.client, &query, None).await;
        assert_eq!((status, headers["content-type"].to_str().unwrap()), (200, "text/event-stream"));
        assert!(heard.contains(&format!("new-{missed}")) && !heard.contains(&format!("new-{secret}")), "{heard}");
        let last = heard.lines().filter_map(|line| line.strip_prefix("id: ")).next_back().unwrap().to_owned();
        // The header of a browser that comes back counts more than what its page says.
        let (_, _, again) = listen(&news.town, &rosa.client, &query, Some(&last)).await;
        assert!(!again.contains("new-") && !again.contains("event: behind"), "{again}");
        let (_, _, behind) = listen(&news.town, &rosa.client, &query, Some("17")).await;
        assert!(behind.contains("event: behind"), "{behind}");
        let (_, _, nonsense) = listen(&news.town, &rosa.client, "feed=local&after=x", None).await;
        assert!(nonsense.contains("event: behind"));
    }

    async fn what_changes_while_a_page_opens_is_told(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        let note = post(&rosa, &[("body", "Rain tonight.")]).await;
        let path = format!("/posts/{note}/reaction");
        let likes = |count: &str| format!("data-likes=&quot;{note}&quot;]\"><template>{count}<");
        // Liked after the page was drawn, and before its stream is open.
        sam.client.post(&path, &[]).await.assert_status(303);
        let (_, _, heard) = listen(&news.town, &rosa.client, &format!("posts={note}"), None).await;
        assert!(heard.contains(&likes("1")) && !heard.contains("data-shares"), "{heard}");
        // And before anybody has looked at it.
        let mut teller = Teller::new(news.town.town.clone());
        look_slowly(&mut teller).await;
        let mut open = Open::of(&news.town, 0, &[counts(note.get())], None).0;
        rosa.client.post(&path, &[]).await.assert_status(303);
        look_slowly(&mut teller).await;
        let heard = open.heard();
        assert!(heard.contains(&likes("2")), "{heard}");
    }

    async fn counts_are_told_to_those_who_may_read_the_post(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam, lina] = ["Rosa Mora", "Sam Oak", "Lina Paz"].map(|name| news.town.actor(name, "member"));
        let note = post(&rosa, &[("body", "The bridge is open")]).await;
        let hidden = post(&rosa, &[("body", "Mine"), ("audience", "only_me")]).await;
        let (_, _, heard) = listen(&news.town, &sam.client, &format!("posts={note},{hidden},17"), Some("17")).await;
        assert!(heard.contains(&format!("data-shares=&quot;{note}&quot;")) && !heard.contains(&hidden.to_string()), "{heard}");
        let open = |reader: &Actor| Open::of(&news.town, reader.id.get(), &[counts(note.get())], None).0;
        let (mut first, mut other) = (open(&sam), open(&lina));
        let mut teller = Teller::new(news.town.town.clone());
        look_slowly(&mut teller).await;
        assert!([&mut first, &mut other].map(|page| page.heard().contains("turbo-stream")) == [true; 2], "how it stands");
        let (me, parted) = (rosa.id, lina.id);
        news.town.town.db.write_now(move |tx| blocks::block(tx, me, parted, 1)).unwrap();
        sam.client.post(&format!("/notes/{note}/share"), &[]).await.assert_status(303);
        look_slowly(&mut teller).await;
        assert!(first.heard().contains("<template>1<span class=\"visually-hidden\"> share</span></template>"));
        assert!(!other.heard().contains("turbo-stream"), "not across a block that came between");
    }

    async fn reactions_are_told_to_open_pages(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        let note = post(&rosa, &[("body", "The bridge is open")]).await;
        let mut open = Open::of(&news.town, 0, &[counts(note.get())], None).0;
        let mut teller = Teller::new(news.town.town.clone());
        look_slowly(&mut teller).await;
        let path = format!("/posts/{note}/reaction");
        sam.client.post(&path, &[]).await.assert_status(303);
        look_slowly(&mut teller).await;
        let heard = open.heard();
        let like = format!("data-likes=&quot;{note}&quot;]\"><template>1<span class=\"visually-hidden\"> like</span></template>");
        assert!(heard.contains(&like), "{heard}");
        sam.client.post(&path, &[("kind", "thanks")]).await.assert_status(303);
        look_slowly(&mut teller).await;
        let heard = open.heard();
        assert!(heard.contains(&format!("data-likes=&quot;{note}&quot;]\"><template></template>")), "{heard}");
        assert!(heard.contains("🙏") && heard.contains(&format!("/posts/{note}/reactions")), "{heard}");
        let (_, _, again) = listen(&news.town, &news.town.guest(), &format!("posts={note}"), Some("17")).await;
        assert!(again.contains("🙏"), "{again}");
    }

    async fn likes_of_comments_are_told_like_those_of_what_they_are_under(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam, eve] = ["Rosa Mora", "Sam Oak", "Eve Fir"].map(|name| news.town.actor(name, "member"));
        let story = news.story("The new pipe", news.water, 60_000);
        let sent = rosa.client.post(&format!("/posts/{story}/comments"), &[("body", "At last")]).await;
        let comment: i64 = sent.assert_status(303).location().rsplit('-').next().unwrap().parse().unwrap();
        let (by, other) = (rosa.id, eve.id);
        news.town.town.db.write_now(move |tx| blocks::block(tx, by, other, 1)).unwrap();
        // The stream is asked for it as for any post; whoever may not read it is told nothing of it.
        let query = format!("posts={story},{comment}");
        let guest = news.town.guest();
        for client in [&guest, &sam.client] {
            let mut told = Open::of(&news.town, 0, &[counts(comment)], None).0;
            let mut teller = Teller::new(news.town.town.clone());
            look_slowly(&mut teller).await;
            told.heard();
            let path = format!("/posts/{comment}/reaction");
            sam.client.post(&path, &[("kind", "like")]).await.assert_status(303);
            look_slowly(&mut teller).await;
            let like = format!("data-likes=&quot;{comment}&quot;]\"><template>1<span class=\"visually-hidden\"> like</span></template>");
            let heard = told.heard();
            assert!(heard.contains(&like), "{heard}");
            let (status, _, opened) = listen(&news.town, client, &query, None).await;
            assert_eq!((status, opened.contains(&like)), (200, true), "{opened}");
            sam.client.post(&format!("{path}/undo"), &[]).await.assert_status(303);
        }
        assert_eq!(listen(&news.town, &guest, &format!("posts={comment}"), None).await.0, 200);
        assert!(!listen(&news.town, &eve.client, &format!("posts={comment}"), Some("17")).await.2.contains(&comment.to_string()));
        // A page has sixty of them told, and asks for no more.
        let many = (0..60).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
        assert_eq!(listen(&news.town, &guest, &format!("posts={many},{comment}"), None).await.0, 204);
        let thread = guest.get(&format!("/comments/{comment}/thread")).await;
        assert_eq!(thread.attr("live-stream", "data-query").unwrap(), format!("posts={comment}"));
        assert!(thread.has(&format!("[data-likes='{comment}']")));
    }

    async fn readers_of_a_story_are_counted_and_few_are_not_told(kind) {
        let news = Newsroom::new(kind);
        let story = news.story("The new pipe", news.water, 60_000);
        let mut teller = Teller::new(news.town.town.clone());
        let tag = reading(story.get());
        let (mut first, _second) = (Open::of(&news.town, 0, &[tag], None).0, Open::of(&news.town, 0, &[tag], None).0);
        look_slowly(&mut teller).await;
        assert!(!first.heard().contains("reading"), "two would say who");
        let third = Open::of(&news.town, news.ana.id.get(), &[tag], None).0;
        let again = Open::of(&news.town, news.ana.id.get(), &[tag], None).0;
        look_slowly(&mut teller).await;
        assert!(first.heard().contains("<template>3 reading</template>"), "and nobody is counted twice");
        drop((third, again));
        look_slowly(&mut teller).await;
        assert!(first.heard().contains("<template></template>"));
        let (_, _, heard) = listen(&news.town, &news.town.guest(), &format!("reading={story}"), None).await;
        assert!(heard.contains("<template>3 reading</template>"), "whoever comes is told at once: {heard}");
    }

    async fn a_stream_ends_with_its_session(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        let mut teller = Teller::new(news.town.town.clone());
        let account = rosa.id;
        let session = move |tx: &mut db::Tx| tx.one("select id from sessions where account_id = $1", db::params![account], |row| row.get::<i64>(0));
        let session = news.town.town.db.read_now(session).unwrap();
        let listener = Listener { reader: rosa.id.get(), session: Some(session), address: [192, 0, 2, 7].into(), tags: vec![unread(rosa.id)], feeds: Vec::new() };
        let mut stream = news.town.town.live.listen(listener, None).map_err(|_| ()).unwrap().0;
        look_slowly(&mut teller).await;
        assert!(stream.heard_now().is_some());
        rosa.client.post("/sign-out", &[]).await.assert_status(303);
        look_slowly(&mut teller).await;
        assert!(stream.heard_now().is_none());
    }

    async fn a_guest_who_asks_for_nothing_gets_nothing(kind) {
        let news = Newsroom::new(kind);
        let note = post(&news.town.actor("Rosa Mora", "member"), &[("body", "x"), ("audience", "members")]).await;
        for query in ["", "feed=home", "feed=x", "posts=17,x", "reading=x", &format!("posts={note}")] {
            assert_eq!(listen(&news.town, &news.town.guest(), query, None).await.0, 204, "{query}");
        }
        assert_eq!(listen(&news.town, &news.town.guest(), "feed=local", None).await.0, 200);
        assert!(news.town.town.live.is_empty(), "a stream that nobody holds is closed");
    }

    async fn pages_ask_for_what_they_show(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        let story = news.story("The new pipe", news.water, 60_000);
        let guest = news.town.guest();
        let lead = guest.get(&format!("/stories/{story}/the-new-pipe")).await;
        assert_eq!(lead.attr("live-stream", "data-query").unwrap(), format!("posts={story}&reading={story}"));
        assert!(lead.has(&format!("#reading-{story}")) && lead.has(&format!("[data-counts='{story}']")));
        assert!(!guest.get("/archive").await.has("live-stream"));
        assert_eq!(rosa.client.get("/archive").await.attr("live-stream", "data-query").unwrap(), "");
        assert!(rosa.client.get("/square").await.attr("live-stream", "data-query").unwrap().starts_with("feed=home&after="));
        assert!(rosa.client.get("/square").await.has("new-posts ul#new-posts"));
        assert!(!rosa.client.get("/square/local?before=5-5").await.has("new-posts"), "older pages do not grow");
    }
}

async fn phone_reads(of: &Actor) -> u16 {
    let page = of.client.get("/notifications").await;
    of.client.submit(&page, "form.read-all", &[]).await.status.as_u16()
}

/// Looks until also what changes all the time was seen to.
async fn look_slowly(teller: &mut Teller) {
    for _ in 0..3 {
        teller.look().await.unwrap();
    }
}
